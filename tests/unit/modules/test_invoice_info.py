# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import invoice_info
from unit.canned import Canned

ANSWERS = {
    "GET /invoice": {
        "invoices": [{"id": "5", "status": "Paid", "total": "9.99"}, {"id": 6, "status": "Unpaid", "total": 4}]
    },
    "GET /invoice/5": {"invoice": {"id": "5", "status": "Paid", "items": [{"id": "1", "taxed": "1", "linetotal": 4}]}},
    "GET /invoice/7": {"error": ["invoice_not_found"]},
}


@pytest.mark.parametrize(
    "options, ids",
    [
        ({}, ["5", "6"]),
        ({"status": "unpaid"}, ["6"]),
        ({"id": "5"}, ["5"]),
        ({"id": "5", "status": "Draft"}, []),
        ({"id": "7"}, []),
    ],
)
def test_which_invoices(options, ids):
    found = Canned(ANSWERS).run(invoice_info, **options)["invoices"]
    assert [each["id"] for each in found] == ids


def test_only_one_alone_has_items():
    canned = Canned(ANSWERS)
    assert canned.run(invoice_info)["invoices"][0]["items"] is None
    (invoice,) = canned.run(invoice_info, id="5")["invoices"]
    assert [(line["id"], line["taxed"], line["total"]) for line in invoice["items"]] == [("1", True, "4")]
    assert invoice["lines"] == invoice["items"]
