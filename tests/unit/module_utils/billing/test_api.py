# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._billing.api import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import UnexpectedResponse
from unit.canned import Canned

AMOUNTS = {"currency": "", "acc_balance": "12.50", "acc_credit": 0.5}


@pytest.mark.parametrize(
    "answer",
    [
        {"success": True, "details": AMOUNTS},
        {"0": {"success": True, "details": AMOUNTS}},
        [{"success": True, "details": AMOUNTS}],
        {"balance": {"balance": "12.50", "credit": 0.5}},
        AMOUNTS,
    ],
)
def test_the_balance_in_any_wrapping(answer):
    found = Billing(Canned({"GET /balance": answer}).client).balance()
    assert (found["currency"], found["balance"], found["credit"]) == (None, "12.50", "0.50")


def test_a_balance_that_is_not_there_is_never_zero():
    with pytest.raises(UnexpectedResponse):
        Billing(Canned({"GET /balance": {"success": True, "details": []}}).client).balance()


@pytest.mark.parametrize("answer", [{"error": ["Invoice not found"]}, {"invoice": []}])
def test_an_invoice_that_is_not_there(answer):
    canned = Canned({"GET /invoice/5": answer, "GET /invoice": {"invoices": []}})
    assert Billing(canned.client).invoice("5") is None
