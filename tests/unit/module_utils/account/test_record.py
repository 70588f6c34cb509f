# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._account.record import expiry, to_notification, to_tokens
from ansible_collections.sindad.cloud.plugins.module_utils._billing.record import to_invoice, to_payment_methods
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import UnexpectedResponse
from ansible_collections.sindad.cloud.plugins.module_utils._incident.record import to_incident


def jwt(**claims):
    return "e30." + base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=") + ".signature"


@pytest.mark.parametrize(
    "token, expected",
    [
        (jwt(exp=1795259318), "2026-11-21T11:08:38Z"),
        (jwt(exp="1795259318.7", name="رضا"), "2026-11-21T11:08:38Z"),
        (jwt(iat=1), None),
        (jwt(exp=None), None),
        (jwt(exp=10**30), None),
        ("e30.W10.x", None),
        ("eyJ0eX(...)5lZ9T", None),
        ("opaque", None),
        ("a.b.c", None),
        ("a.\u20ac.c", None),
    ],
)
def test_when_a_token_ends(token, expected):
    assert expiry(token) == expected


@pytest.mark.parametrize("refresh, expected", [({"refresh": "new"}, "new"), ({"refresh": "old"}, None), ({}, None)])
def test_a_refresh_token_that_the_portal_keeps_is_none(refresh, expected):
    assert to_tokens({"token": "t", **refresh}, "old")["refresh_token"] == expected


@pytest.mark.parametrize("answer", [{"token": None}, {"status": True}, [], "a.bare.token"])
def test_no_token(answer):
    with pytest.raises(UnexpectedResponse) as caught:
        to_tokens(answer)
    assert "bare" not in str(caught.value)


@pytest.mark.parametrize(
    "source, expected",
    [
        ({"seen": "0"}, False),
        ({"seen": 1}, True),
        ({"read": True}, True),
        ({"is_new": "1"}, False),
        ({"status": "whatever"}, None),
        ({}, None),
    ],
)
def test_whether_a_notification_was_read(source, expected):
    assert to_notification({"id": 7, **source})["read"] is expected


def test_a_notification_of_other_words():
    record = to_notification({"id": 7, "title": "Hello", "message": "There", "date_added": "0000-00-00", "rel_id": 5})
    assert (record["id"], record["subject"], record["text"], record["date"]) == ("7", "Hello", "There", None)
    assert (record["rel_type"], record["rel_id"]) == (None, "5")


def test_an_invoice_with_its_items_by_id():
    record = to_invoice(
        {},
        {
            "id": 5,
            "subtotal": 16.24,
            "credit": 0,
            "total": "19.65",
            "number": "",
            "items": {"9": {"amount": 15, "qty": 1}},
        },
    )
    assert (record["subtotal"], record["credit"], record["total"], record["tax"]) == ("16.24", "0", "19.65", None)
    assert record["number"] is None
    assert record["items"] == [
        {"id": "9", "description": None, "amount": "15", "quantity": "1", "total": None, "taxed": None}
    ]


@pytest.mark.parametrize("items, expected", [([], []), (None, []), ({}, [])])
def test_an_invoice_without_items(items, expected):
    assert to_invoice({}, {"id": 5, "items": items})["items"] == expected
    assert to_invoice({"id": 5})["items"] is None


def test_methods_and_fees_meet_by_name_and_none_is_lost():
    methods = [{"id": "10", "name": "BankTransfer"}, {"id": "9", "name": "PayPal"}, {"id": "5", "name": "Cash"}]
    fees = [
        {"id": 5, "name": "PAYPAL", "fixed_fee": 0.3, "percent_fee": "2.9"},
        {"id": 1, "name": "Bank Transfer", "fixed_fee": "0.0", "percent_fee": "0.0"},
        {"id": 2, "name": "Stripe", "fixed_fee": "0.5", "percent_fee": "2.9"},
    ]
    found = to_payment_methods(methods, fees)
    assert [(each["id"], each["name"], each["fixed_fee"]) for each in found] == [
        ("10", "BankTransfer", "0.0"),
        ("9", "PayPal", "0.30"),
        ("5", "Cash", None),
        ("2", "Stripe", "0.5"),
    ]
    assert found[3]["raw"] == {"payment": None, "fees": fees[2]}


@pytest.mark.parametrize(
    "source, start, end",
    [
        (
            {"startdate": "2026-11-25", "start": "01:00:00", "enddate": "0000-00-00", "end": "00:00:00"},
            "2026-11-25 01:00:00",
            None,
        ),
        ({"startdate": "2026-11-25", "enddate": ""}, "2026-11-25", None),
        ({"start": "2026-11-25 01:00", "end": "0000-00-00 00:00:00"}, "2026-11-25 01:00", None),
        ({"startdate": "2026-11-25 01:00:00", "start": "01:00:00", "end": "03:00"}, "2026-11-25 01:00:00", None),
    ],
)
def test_when_an_incident_begins_and_ends(source, start, end):
    record = to_incident(source)
    assert (record["start"], record["end"]) == (start, end)
