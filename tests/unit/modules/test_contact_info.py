# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import contact_info
from unit.canned import Canned

ANSWERS = {
    "GET /contact": {
        "contacts": {"49": {"email": "mary@example.com", "company": "1"}, "50": {"email": "reza@example.com"}}
    },
    "GET /contact/49": {"contact": {"id": 49, "email": "mary@example.com", "privileges": []}},
    "GET /contact/50": {"contact": {"50": {"email": "reza@example.com", "privileges": {"support": ["tickets"]}}}},
}


@pytest.mark.parametrize(
    "options, ids",
    [
        ({}, ["49", "50"]),
        ({"id": "50"}, ["50"]),
        ({"email": " MARY@example.com"}, ["49"]),
        ({"id": "7"}, []),
        ({"email": "nobody@example.com"}, []),
    ],
)
def test_which_contacts(options, ids):
    found = Canned(ANSWERS).run(contact_info, **options)["contacts"]
    assert [each["id"] for each in found] == ids


def test_what_only_the_list_tells_is_kept():
    first, second = Canned(ANSWERS).run(contact_info)["contacts"]
    assert (first["type"], first["privileges"]) == ("Company", {})
    assert (second["type"], second["privileges"]) == (None, {"support": ["tickets"]})
