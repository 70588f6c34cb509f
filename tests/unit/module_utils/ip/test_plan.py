# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task would do to the addresses of a server: tables, without portal or clock."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._ip.record import to_ip
from ansible_collections.sindad.cloud.plugins.module_utils._ip.transitions import (
    DesiredAddresses,
    Order,
    Remove,
    SetDomain,
    ensure_comparable,
    plan_count,
    plan_domain,
    plan_removal,
)

VLAN = {"id": "12", "name": "Net 12", "raw": {}}
DOMAIN = "a.example.com"


def ip(number, **told):
    return to_ip({"id": number, "ipaddress": f"198.51.100.{number}", **told})


@pytest.mark.parametrize(
    ("there", "force", "steps"),
    [
        ([ip(1, main="0"), ip(2, main="1")], False, [Remove()]),
        ([ip(1, main="1"), ip(2, main="0")], True, [Remove()]),
        ([ip(1, main="1"), ip(2, main="0")], False, None),
        ([ip(1), ip(2)], False, None),  # which is the main one is not told: the first is taken for it
        ([ip(1, main="0")], False, None),  # an only one is it, whatever is told
    ],
)
def test_removal(there, force, steps):
    if steps is None:
        with pytest.raises(InvalidInput, match="To remove it, use force=true"):
            plan_removal(there[0], there, "x", force)
    else:
        assert plan_removal(there[0], there, "x", force) == steps


def test_details_of_another_address_refuse_even_with_force():
    both = {**ip(1), "raw": {"ipaddress": "198.51.100.9"}}
    with pytest.raises(InvalidInput, match="not certain which one"):
        plan_removal(both, [both, ip(2)], "x", force=True)


@pytest.mark.parametrize(
    ("shown", "wanted", "steps"),
    [
        (DOMAIN, None, []),
        (DOMAIN, "A.Example.Com", []),
        ("a.example.com.", DOMAIN, []),
        (None, DOMAIN, [SetDomain(DOMAIN)]),
        ("b.example.com", DOMAIN, [SetDomain(DOMAIN)]),
    ],
)
def test_domain(shown, wanted, steps):
    assert plan_domain(ip(1, domain=shown), wanted) == steps


@pytest.mark.parametrize(
    ("carrying", "count", "steps"),
    [(0, 1, [Order(DOMAIN, 1, "12")]), (1, 3, [Order(DOMAIN, 2, "12")]), (1, 1, []), (5, 2, [])],
)
def test_count(carrying, count, steps):
    assert plan_count(carrying, DesiredAddresses(DOMAIN, count), "12") == steps


@pytest.mark.parametrize(
    ("told", "vlan", "fits"),
    [
        ({"domain": DOMAIN}, None, True),
        ({"domain": DOMAIN}, VLAN, True),  # an untold VLAN
        ({"domain": DOMAIN, "vlan": "12"}, VLAN, True),
        ({"domain": DOMAIN, "vlan": "NET 12"}, VLAN, True),
        ({"domain": DOMAIN, "vlan": "13"}, VLAN, False),
        ({"domain": "b.example.com", "vlan": "12"}, VLAN, False),
        ({}, None, False),
    ],
)
def test_which_addresses_count(told, vlan, fits):
    assert DesiredAddresses(DOMAIN, 1, vlan).fits(ip(1, **told)) is fits


@pytest.mark.parametrize(
    ("shown", "is_done", "has_begun"),
    [([], False, False), ([DOMAIN], True, True), ([None], True, True), (["b.example.com"], True, False)],
)
def test_whether_an_order_took_effect(shown, is_done, has_begun):
    """After a lost answer an address of another domain may be somebody else's."""
    order, new = Order(DOMAIN, 1), [ip(9, domain=domain) for domain in shown]
    assert (order.is_done(new), order.has_begun(new)) == (is_done, has_begun)


def test_bare_addresses_cannot_be_counted():
    with pytest.raises(InvalidInput, match="does not report the domains"):
        ensure_comparable([to_ip({"name": "198.51.100.5"})], DesiredAddresses(DOMAIN, 1), "on service 201")
