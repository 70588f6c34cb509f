# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import ticket_info
from unit.canned import Canned

TICKETS = {
    "1": {"ticket_number": 1, "subject": "A &amp; B", "status": "In-Progress", "deptname": "فروش"},
    "2": {"ticket_number": 2, "subject": "A", "status": "Closed", "deptname": "Billing"},
    "3": {"ticket_number": 3, "subject": None, "status": None, "deptname": None},
}
ANSWERS = {
    "GET /tickets": {"tickets": TICKETS},
    "GET /tickets/2": {"ticket": TICKETS["2"], "replies": []},
    "GET /tickets/9": {"error": ["ticket_not_found"]},
    "GET /ticket/departments": {"departments": {"7": "فروش", "8": "Billing"}},
}


@pytest.mark.parametrize(
    "options, numbers",
    [
        ({}, "123"),
        ({"status": "in-progress"}, "1"),
        ({"status": "Open"}, ""),
        ({"department": "7"}, "1"),
        ({"department": "BILLING", "status": "CLOSED"}, "2"),
        ({"subject": "A & B"}, "1"),
        ({"subject": " A "}, "2"),
        ({"number": "#2"}, "2"),
    ],
)
def test_filters(options, numbers):
    result = Canned(ANSWERS).run(ticket_info, **options)
    assert result["changed"] is False
    assert [ticket["number"] for ticket in result["tickets"]] == list(numbers)
    assert all((ticket["replies"] is None) is ("number" not in options) for ticket in result["tickets"])


@pytest.mark.parametrize(
    "options, message",
    [
        ({"number": "9"}, "There is no ticket 9 on this account. Available: 1 (A &amp; B), 2 (A), 3."),
        ({"department": "x"}, "Department 'x' not found. Available: 7 (فروش), 8 (Billing)."),
    ],
)
def test_unknown(options, message):
    result = Canned(ANSWERS).run(ticket_info, **options)
    assert result["failed"] and result["msg"] == message
