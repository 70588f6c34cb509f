# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records of services and of what is chosen by id or name."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import UnexpectedResponse
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.lookup import to_choice
from ansible_collections.sindad.cloud.plugins.module_utils._server.record import to_recipe
from ansible_collections.sindad.cloud.plugins.module_utils._service.record import to_method, to_service

KEYS = [
    "id",
    "domain",
    "label",
    "product",
    "category",
    "category_url",
    "status",
    "billing_cycle",
    "total",
    "first_payment",
    "currency",
    "next_due",
    "next_invoice",
    "date_created",
    "username",
    "password",
    "raw",
]

LISTED = {
    "id": 301,
    "domain": " web1.example.com ",
    "total": "9.99",
    "status": "Active",
    "billingcycle": "Monthly",
    "next_due": "2026-12-20",
    "category": "سرور مجازی",
    "category_url": "vps",
    "name": "VPS 1",
}
DETAILS = {
    "id": "301",
    "date_created": "2016-12-30",
    "domain": "web1.example.com",
    "firstpayment": 12,
    "total": "9.99",
    "billingcycle": "Monthly",
    "next_due": "2026-12-20",
    "next_invoice": "0000-00-00",
    "status": "Active",
    "label": "web",
    "username": "root",
    "password": "geheim",
    "name": "VPS 1",
}


def test_a_service_of_the_list():
    record = to_service(LISTED)
    assert list(record) == KEYS
    assert record == {
        "id": "301",
        "domain": "web1.example.com",
        "label": None,
        "product": "VPS 1",
        "category": "سرور مجازی",
        "category_url": "vps",
        "status": "Active",
        "billing_cycle": "Monthly",
        "total": "9.99",
        "first_payment": None,
        "currency": None,
        "next_due": "2026-12-20",
        "next_invoice": None,
        "date_created": None,
        "username": None,
        "password": None,
        "raw": LISTED,
    }


def test_a_service_with_details():
    record = to_service(LISTED, DETAILS)
    assert list(record) == KEYS
    assert (record["label"], record["first_payment"], record["date_created"]) == ("web", "12", "2016-12-30")
    assert (record["category"], record["next_invoice"]) == ("سرور مجازی", None)
    assert (record["username"], record["password"], record["raw"]) == ("root", "geheim", DETAILS)


def test_the_currency_of_a_service():
    assert to_service({**LISTED, "total": "$9.99 USD"})["currency"] == "USD"
    record = to_service({**LISTED, "total": "۴۵۰٬۰۰۰ ریال"})
    assert (record["total"], record["currency"]) == ("450000", "ریال")


@pytest.mark.parametrize("hole", [None, "", [], {}, "  "])
def test_a_hole_in_the_details_does_not_hide_what_the_list_tells(hole):
    record = to_service(LISTED, {**DETAILS, "id": hole, "domain": hole, "status": hole, "category": hole})
    assert (record["id"], record["domain"], record["status"]) == ("301", "web1.example.com", "Active")
    assert record["category"] == "سرور مجازی"


def test_a_service_of_which_nothing_is_told():
    record = to_service({})
    assert list(record) == KEYS
    assert all(value is None for key, value in record.items() if key != "raw")


@pytest.mark.parametrize(
    ("source", "identity", "name"),
    [
        ({"id": 5, "name": "Debian 12"}, "5", "Debian 12"),
        ({"id": "debian-12", "name": ""}, "debian-12", "debian-12"),
        ({"name": "Debian 12"}, "Debian 12", "Debian 12"),
        ({"id": "5", "label": "Debian 12"}, "5", "Debian 12"),
        ({"id": 0, "name": " x "}, "0", "x"),
    ],
)
def test_choice(source, identity, name):
    assert to_choice(source) == {"id": identity, "name": name, "raw": source}


@pytest.mark.parametrize("source", [{}, {"id": "", "name": " "}, {"usablefor": []}])
def test_what_has_neither_id_nor_name_is_no_choice(source):
    with pytest.raises(UnexpectedResponse):
        to_choice(source)


@pytest.mark.parametrize(
    ("usable", "ids"),
    [
        (["a", "b"], ["a", "b"]),
        ([1, 2], ["1", "2"]),
        ([{"id": 1, "name": "A"}, {"id": 2}], ["1", "2"]),
        ({"0": "a", "1": "b"}, ["a", "b"]),
        ({"a": True, "b": 1, "c": 0}, ["a", "b"]),
        ({"a": {"id": "a"}, "b": {"id": "b"}}, ["a", "b"]),
        ("a, b", ["a", "b"]),
        ("a b", ["a", "b"]),
        ("a", ["a"]),
        ("", []),
        ([], []),
        ({}, []),
        (None, []),
        ([None, ""], []),
    ],
)
def test_the_templates_of_a_recipe(usable, ids):
    record = to_recipe({"id": "lamp", "name": "LAMP", "usablefor": usable})
    assert record["usable_for"] == ids
    assert (record["id"], record["name"]) == ("lamp", "LAMP")


def test_a_recipe_that_tells_no_templates():
    assert to_recipe({"id": "lamp", "name": "LAMP"})["usable_for"] == []


def test_a_route():
    source = {"name": "List VMs", "method": "GET", "route": "/service/@id/vms"}
    assert to_method(source) == source
