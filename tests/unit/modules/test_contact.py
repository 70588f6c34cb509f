# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.modules import contact
from unit.canned import Canned
from unit.parallel import at_once

POSSIBLE = {"privileges": {"support": ["tickets", "newticket"], "services": {"full": 1}}}


class Portal(Canned):
    """A portal with contacts."""

    def __init__(self):
        self.contacts = {"49": {"id": "49", "email": "mary@example.com", "firstname": "Mary", "privileges": []}}
        super().__init__(
            {
                "GET /contact": lambda body: {"contacts": [self.short(each) for each in self.contacts.values()]},
                "GET /contact/49": lambda body: {"contact": self.contacts["49"]},
                "GET /contact/50": lambda body: {"contact": self.contacts["50"]},
                "GET /contact/privileges": POSSIBLE,
                "POST /contact": self.add,
                "PUT /contact/49": self.edit,
            },
        )

    @staticmethod
    def short(each):
        return {"id": each["id"], "email": each["email"], "company": "0", "lastlogin": "0000-00-00 00:00:00"}

    def add(self, body):
        self.contacts["50"] = {"id": "50", **{key: value for key, value in body.items() if key != "password"}}
        return {"contact_id": "50", "info": ["profile_added"]}

    def edit(self, body):
        self.contacts["49"].update(body)
        return {"info": ["profile_updated"]}


NEW = {
    "email": "help@example.com",
    "firstname": "Help",
    "contact_password": "Pw",
    "privileges": {"support": ["tickets"]},
}


def test_a_contact_is_created_once():
    portal = Portal()
    result = portal.run(contact, **NEW)
    body = {"email": "help@example.com", "firstname": "Help", "password": "Pw", "privileges": {"support": ["tickets"]}}
    assert portal.sent == [("POST /contact", body)]
    assert (result["changed"], result["contact"]["id"]) == (True, "50")
    assert result["diff"]["before"] == {}
    assert "Pw" not in str(result)
    assert portal.run(contact, **{**NEW, "email": "HELP@example.com"})["changed"] is False
    assert len(portal.sent) == 1


def test_a_creation_whose_answer_was_lost_is_looked_for(clock):
    portal = Portal()

    def lost(body):
        portal.add(body)
        return TransportError("the connection broke", outcome_unknown=True)

    portal.answers["POST /contact"] = lost
    result = portal.run(contact, **NEW)
    assert (result["changed"], result["contact"]["id"], len(portal.sent)) == (True, "50", 1)


def test_ten_tasks_at_once_create_one_contact(monkeypatch):
    portal = Portal()
    results = at_once(monkeypatch, portal, contact, **NEW)
    assert [each["contact"]["id"] for each in results] == ["50"] * 10
    assert [each["changed"] for each in results].count(True) == len(portal.sent) == 1


def test_one_bad_list_creates_nothing():
    portal = Portal()
    listed = portal.answers["GET /contact"]
    answers = iter([{"contacts": []}])
    portal.answers["GET /contact"] = lambda body: next(answers, listed(body))
    result = portal.run(contact, email="mary@example.com", firstname="Mary")
    assert (result["changed"], portal.sent) == (False, [])


def test_a_contact_that_is_not_listed_is_not_created_again():
    portal = Portal()
    portal.answers["POST /contact"] = TransportError("the connection broke", outcome_unknown=True)
    lost = portal.run(contact, **NEW)
    assert "This machine does not send it again" in lost["msg"]
    again = portal.run(contact, **{**NEW, "email": "Help@example.com"})
    assert "waiting for contact Help@example.com to be listed" in again["msg"]
    assert "that is not listed yet is not created again. If it is not in the portal," in again["msg"]
    assert len(portal.sent) == 1
    portal.add({"email": NEW["email"]})
    assert portal.run(contact, email=NEW["email"])["contact"]["id"] == "50"


def test_a_contact_that_never_shows_is_created_an_hour_later():
    portal = Portal()
    portal.answers["POST /contact"] = TransportError("the connection broke", outcome_unknown=True)
    portal.run(contact, **NEW)
    portal.answers["POST /contact"] = portal.add
    portal.clock.ahead += 3700
    assert portal.run(contact, **NEW)["changed"]


def test_a_contact_that_was_removed_in_the_portal_is_created_again():
    portal = Portal()
    portal.run(contact, **NEW)
    del portal.contacts["50"]
    assert portal.run(contact, **NEW)["changed"]
    assert len(portal.sent) == 2


def test_the_id_of_the_list_is_the_one_that_is_changed():
    """What the details call id may be a number of something else."""
    portal = Portal()
    portal.contacts["49"]["id"] = "7"
    portal.answers["GET /contact"] = {"contacts": [{"id": "49", "email": "mary@example.com"}]}
    result = portal.run(contact, email="mary@example.com", firstname="Ann")
    assert portal.sent == [("PUT /contact/49", {"firstname": "Ann"})]
    assert result["contact"]["id"] == "49"


def test_details_of_somebody_else_are_not_changed():
    portal = Portal()
    portal.answers["GET /contact"] = {"contacts": [{"id": "49", "email": "help@example.com"}]}
    result = portal.run(contact, **NEW)
    assert result["msg"].startswith("The portal lists contact 49 as help@example.com, but its details say mary@")
    assert portal.sent == []


def test_check_mode():
    portal = Portal()
    result = portal.run(contact, check_mode=True, **NEW)
    assert (result["changed"], result["contact"]["id"], result["contact"]["email"]) == (True, None, NEW["email"])
    assert portal.run(contact, check_mode=True, id="49", firstname="Ann")["contact"]["firstname"] == "Ann"
    assert portal.sent == []


def test_a_contact_by_id_gets_another_address():
    portal = Portal()
    result = portal.run(contact, id=" 49", email="ann@example.com", firstname="Mary", contact_password="ignored")
    assert portal.sent == [("PUT /contact/49", {"email": "ann@example.com"})]
    assert result["contact"]["email"] == "ann@example.com"


def test_privileges_are_replaced_and_compared_in_any_order():
    portal = Portal()
    wanted = {"support": ["tickets", "newticket"]}
    assert portal.run(contact, id="49", privileges=wanted)["changed"] is True
    assert portal.sent == [("PUT /contact/49", {"privileges": wanted})]
    assert portal.run(contact, id="49", privileges={"support": ["newticket", "tickets"]})["changed"] is False
    assert portal.run(contact, id="49", privileges={})["contact"]["privileges"] == {}


@pytest.mark.parametrize(
    "options, words",
    [
        ({"id": "7"}, "There is no contact 7. Available: 49 (mary@example.com)."),
        ({"id": "49", "privileges": {"support": ["all"]}}, "There is no privilege all in the section 'support'"),
        ({"email": "new@example.com", "privileges": {"x": ["all"]}}, "There is no section 'x' of privileges"),
        ({"email": "new"}, "email must be an email address"),
    ],
)
def test_bad_input_is_refused_before_anything_is_sent(options, words):
    portal = Portal()
    result = portal.run(contact, **options)
    assert result["failed"]
    assert words in result["msg"]
    assert portal.sent == []
