# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.modules import account
from unit.canned import Canned

PUT = "PUT /details"


class Portal(Canned):
    """A portal that stores the fields that it knows, and shows what it is told to show."""

    def __init__(self, details, known=(), shown=lambda details: details):
        self.details = {"id": "26", "email": "joe@example.com", "city": "", "phonenumber": "", **details}
        self.known = {*self.details, *known}
        super().__init__({"GET /details": lambda body: {"client": shown(self.details)}, PUT: self.store})

    def store(self, body):
        self.details.update({key: value for key, value in body.items() if key in self.known})
        return {"client": self.details, "info": ["client_info_updated"]}


def test_only_what_differs_is_sent_and_read_again():
    portal = Portal({"city": "Tehran", "phonenumber": "+989121234567"})
    result = portal.run(account, city="Shiraz", phonenumber="0912 123 4567", email="JOE@example.com")
    assert portal.sent == [(PUT, {"city": "Shiraz"})]
    assert result["changed"] is True
    assert result["account"]["city"] == "Shiraz"
    assert result["diff"]["before"]["city"] == "Tehran"
    assert portal.run(account, city="Shiraz")["changed"] is False
    assert len(portal.sent) == 1


def test_check_mode():
    portal = Portal({})
    result = portal.run(account, check_mode=True, city="Shiraz")
    assert (result["changed"], result["account"]["city"], portal.sent) == (True, "Shiraz", [])


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_field_that_the_portal_lacks_is_refused_if_that_can_be_seen(check_mode):
    portal = Portal({"mellicardimage": [""]})
    result = portal.run(account, check_mode, city="Shiraz", national_id="0012345678")
    assert result["failed"]
    assert "The account has no national_id: this portal seems to have no such field" in result["msg"]
    assert portal.sent == []


def test_a_field_that_shows_once_it_is_set():
    portal = Portal({}, known=["socialsecuritynumberpersonalid"])
    result = portal.run(account, national_id="0012345678")
    assert result["changed"] is True
    assert result["account"]["national_id"] == "0012345678"
    assert portal.run(account, national_id="0012345678")["changed"] is False


def test_a_field_that_the_portal_ignores(clock):
    result = Portal({}).run(account, national_id="0012345678")
    assert result["failed"]
    assert "accepted national_id for the account but does not show it" in result["msg"]
    assert "socialsecuritynumberpersonalid" in result["msg"]


def test_a_value_that_the_portal_does_not_take(clock):
    portal = Portal({"city": "Tehran"})
    portal.known.discard("city")
    result = portal.run(account, city="Shiraz")
    assert "did not take city: it still shows 'Tehran' instead of 'Shiraz'" in result["msg"]


def test_an_old_value_that_shows_for_a_while_is_no_failure(clock):
    late = iter(["", "", "", "Shiraz"])
    portal = Portal({}, shown=lambda details: {**details, "city": next(late)})
    result = portal.run(account, city="Shiraz")
    assert result["changed"] is True
    assert "failed" not in result


def test_a_type_that_never_shows_is_sent(clock):
    portal = Portal({}, known=["type"], shown=lambda details: {**details, "type": None})
    result = portal.run(account, type="Company")
    assert result["changed"] is True
    assert "failed" not in result
    assert clock.slept == []


def test_a_lost_answer_is_looked_for(clock):
    portal = Portal({})

    def lost(body):
        portal.store(body)
        return TransportError("the connection broke", outcome_unknown=True)

    portal.answers[PUT] = lost
    result = portal.run(account, city="Shiraz")
    assert (result["changed"], result["account"]["city"], len(portal.sent)) == (True, "Shiraz", 1)


def test_a_new_email_address_is_the_new_user_name():
    portal = Portal({})

    def details(body):
        if portal.sent and len(portal.asked) == 3:
            return {"error": ["wronglogin"]}
        return {"client": portal.details}

    portal.answers["GET /details"] = details
    login = {"token": "", "username": "joe@example.com", "password": "secret"}
    result = portal.run(account, email="jack@example.com", **login)
    assert result["account"]["email"] == "jack@example.com"


def test_bad_input_is_refused_before_anything_is_asked():
    portal = Portal({})
    result = portal.run(account, national_id="123")
    assert result["msg"] == "national_id must be ten digits, in quotes so that leading zeros stay, not '123'."
    assert portal.asked == []
