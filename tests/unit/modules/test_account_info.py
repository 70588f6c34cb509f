# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import account_info
from unit.canned import Canned


def test_details_and_balance():
    answers = {
        "GET /details": {"client": {"id": 26, "email": "joe@example.com", "state": "Tehran", "password": "x"}},
        "GET /balance": {"success": True, "details": {"currency": "", "acc_balance": "9.99", "acc_credit": "0.00"}},
    }
    result = Canned(answers).run(account_info)
    assert result["changed"] is False
    assert (result["account"]["id"], result["account"]["province"]) == ("26", "Tehran")
    assert "password" not in result["account"]["raw"]
    assert (result["balance"]["currency"], result["balance"]["balance"]) == (None, "9.99")
