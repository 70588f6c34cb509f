# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import payment_method_info
from unit.canned import Canned


def test_methods_with_their_fees():
    answers = {
        "GET /payment": {"payments": {"9": "PayPal"}},
        "GET /payment/fees": {"payments": [{"id": 5, "name": "PayPal", "fixed_fee": "0.3", "percent_fee": "2.9"}]},
    }
    found = Canned(answers).run(payment_method_info)["payment_methods"]
    assert [(each["id"], each["name"], each["percent_fee"]) for each in found] == [("9", "PayPal", "2.9")]


def test_a_portal_without_any():
    answers = {"GET /payment": {"payments": []}, "GET /payment/fees": {"payments": []}}
    assert Canned(answers).run(payment_method_info)["payment_methods"] == []
