# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account of 300 services in two currencies, summed by the variables of its hosts."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.plugin_utils._hosts import FetchOptions, fetch
from unit.emulated import QUICK

#: A total as a portal may write it, with its currency where that may stand, and what both are.
DOLLARS = [({"total": "$9.99 USD"}, "USD", "9.99"), ({"total": "30.00", "currency": "USD"}, "USD", "30")]
RIALS = [
    ({"total": "450,000 ریال"}, "ریال", "450000"),
    ({"total": "۱۲۰۰۰۰۰ ریال"}, "ریال", "1200000"),
]


@pytest.fixture
def priced(account):
    """The account, and what it costs by currency."""
    account.portal.reset(**QUICK, services=300, vms_per_service=3)
    wanted = defaultdict(Decimal)
    changes = []
    for place, (service, state) in enumerate(sorted(account.portal.state()["services"].items())):
        shown, currency, price = [*DOLLARS, *RIALS][place % 4]
        changes.append({"service": service, "set": {"extra": {**shown, "billingcycle": "Monthly"}}})
        if state["status"] == "Active":
            wanted[currency] += Decimal(price)
    account.portal.tamper(*changes)
    return account, wanted


def test_the_sum_of_the_hosts_is_what_the_account_costs(priced):
    account, wanted = priced
    client = Client(account.portal.api_url, "user@example.com", "secret")
    hosts = fetch(client, FetchOptions(details=["vms"]))
    sums = defaultdict(Decimal)
    for host in hosts:
        sums[host["currency"]] += Decimal(host["monthly"])
    assert len(wanted) == 2 and sums == wanted
    assert len(hosts) > 300
