# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import NotFound, UnexpectedResponse
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.envelope import entries
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.api import (
    Tickets,
    created_number,
    is_closed,
    last_reply,
)
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.record import to_attachments, to_ticket

TICKET = {"ticket_number": 7, "subject": " گزارش ", "status": "Open", "deptname": "Sales", "client_read": "0"}


class Portal:
    """Answers every request with the same, and remembers what was sent."""

    def __init__(self, answer):
        self.answer = answer
        self.sent = []

    def get(self, route, **ids):
        return self.answer

    def get_list(self, route, *names, **keys):
        return entries(self.answer, *names, **keys)

    def post(self, route, body=None, **ids):
        self.sent.append((route, body))
        return self.answer


# -- answers -> records ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tickets",
    [[TICKET], {"7": TICKET}, {"7": {key: TICKET[key] for key in TICKET if key != "ticket_number"}}],
    ids=["list", "object by number", "object whose key alone tells the number"],
)
def test_list(tickets):
    (ticket,) = Tickets(Portal({"tickets": tickets})).list()
    assert (ticket["number"], ticket["subject"], ticket["client_read"]) == ("7", "گزارش", False)
    assert ticket["department"] == "Sales"
    assert ticket["replies"] is None and ticket["body"] is None
    assert ticket["raw"]["status"] == "Open"


@pytest.mark.parametrize("answer", [{"tickets": []}, {"tickets": {}}, []])
def test_an_empty_list(answer):
    assert Tickets(Portal(answer)).list() == []


def test_a_list_in_an_unknown_shape_is_not_taken_for_nothing():
    with pytest.raises(UnexpectedResponse):
        Tickets(Portal({"status": True})).list()


REPLY = {"id": 929, "name": "Staff", "date": "0000-00-00 00:00:00", "type": "Admin", "status": "Sent", "body": " a\r\n"}


@pytest.mark.parametrize(
    "answer, bodies",
    [
        ({"ticket": TICKET, "replies": [REPLY]}, [" a\r\n"]),
        ({"ticket": TICKET, "replies": {"929": REPLY, "930": {**REPLY, "body": "b"}}}, [" a\r\n", "b"]),
        ({"ticket": TICKET, "replies": REPLY}, [" a\r\n"]),
        ({"ticket": {**TICKET, "replies": [REPLY]}}, [" a\r\n"]),
        ({"ticket": {"7": TICKET}, "replies": []}, []),
        ({"ticket": TICKET, "replies": {}}, []),
        ({"ticket": TICKET, "replies": None}, []),
        ({"ticket": TICKET}, []),
        ({"ticket": {**TICKET, "ticket_number": None, "id": 12}}, []),
    ],
)
def test_one_with_replies(answer, bodies):
    ticket = Tickets(Portal(answer)).get("7")
    assert ticket["number"] == "7" or answer["ticket"].get("id") == 12
    assert [reply["body"] for reply in ticket["replies"]] == bodies
    assert ticket["raw"] == answer
    for reply in ticket["replies"]:
        assert (reply["id"], reply["date"]) == ("929", None)


def test_the_number_that_was_asked_for_is_the_number():
    assert Tickets(Portal({"ticket": {"id": 12, "subject": "a"}})).get("7")["number"] == "7"


@pytest.mark.parametrize("answer", [{"ticket": []}, {"ticket": None, "replies": []}, {"ticket": {}}])
def test_no_such_ticket_without_an_error(answer):
    with pytest.raises(NotFound):
        Tickets(Portal(answer)).get("7")


@pytest.mark.parametrize(
    "departments",
    [
        [{"id": 3, "name": "پشتیبانی فنی"}],
        {"3": "پشتیبانی فنی"},
        {"3": {"name": "پشتیبانی فنی"}},
        {"3": {"id": "3", "name": "پشتیبانی فنی"}},
        [{"dept_id": "3", "deptname": "پشتیبانی فنی"}],
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_departments(departments, wrapped):
    tickets = Tickets(Portal({"departments": departments} if wrapped else departments))
    assert [(each["id"], each["name"]) for each in tickets.departments()] == [("3", "پشتیبانی فنی")]
    assert tickets.department("3") == tickets.department("پشتیبانی فنی")


@pytest.mark.parametrize("department, sent", [("3", 3), ("technical", "technical")])
def test_an_id_in_digits_is_sent_as_documented(department, sent):
    portal = Portal({"ticket": 865650})
    assert Tickets(portal).create(department, "a", "b") == portal.answer
    assert portal.sent == [("/tickets", {"dept_id": sent, "subject": "a", "body": "b"})]


@pytest.mark.parametrize(
    "answer, number",
    [
        ({"ticket": "865650"}, "865650"),
        ({"ticket": {"ticket_number": 865650}}, "865650"),
        ({"ticket_number": 865650}, "865650"),
        ({"status": True}, None),
        ([], None),
    ],
)
def test_the_number_of_a_new_ticket(answer, number):
    assert created_number(answer) == number


# -- what a ticket says ----------------------------------------------------------------------------------------------


def reply(body, type="Client", id=None, date=None):
    return {"body": body, "type": type, "id": id, "date": date}


@pytest.mark.parametrize(
    "replies",
    [
        [reply("old"), reply("last")],
        [reply("old"), reply("last"), reply("no", "Admin"), reply("no", "staff"), reply("no", "System")],
        [reply("last", id="12"), reply("old", id="9")],
        [reply("last", date="2026-01-02 00:00:00"), reply("old", date="2026-01-01 00:00:00")],
        [reply("no", "Admin", id="13"), reply("last", None, id="12")],
        [reply("old", "Contact"), reply("last", "Owner")],
    ],
)
def test_the_last_reply_of_the_client(replies):
    assert last_reply({"replies": replies}) == "last"


@pytest.mark.parametrize("replies", [None, [], [reply("a", "Admin")]])
def test_no_reply_of_the_client(replies):
    assert last_reply({"replies": replies}) is None


@pytest.mark.parametrize("status, closed", [("Closed", True), ("closed", True), ("Open", False), (None, False)])
def test_closed(status, closed):
    assert is_closed({"status": status}) is closed


@pytest.mark.parametrize(
    ("answer", "attachments"),
    [
        ({}, []),
        ({"attachments": []}, []),
        ({"attachments": None}, []),
        ({"attachments": [{"id": 5501, "filename": "a.png"}]}, [("5501", "a.png")]),
        ({"attachments": {"5501": {"filename": "a.png"}}}, [("5501", "a.png")]),
        ({"attachments": {"5501": "a.png"}}, [("5501", "a.png")]),
        ({"attachments": ["a.png"]}, [("a.png", "a.png")]),
        ({"attachments": [{"id": 1, "filename": "x9f", "org_filename": "a.png"}]}, [("1", "a.png")]),
        ({"attachments": [{"id": 1}]}, [("1", "1")]),
        ({"ticket": {"attachments": [{"id": 1, "name": "a"}]}}, [("1", "a")]),
        (
            {"attachments": [{"id": 1, "name": "a"}], "replies": [{"attachments": [{"id": 1}, {"id": 2}]}]},
            [("1", "a"), ("2", "2")],
        ),
    ],
)
def test_the_files_of_a_ticket_and_its_replies(answer, attachments):
    assert [(each["id"], each["name"]) for each in to_attachments(answer)] == attachments


def test_a_list_of_tickets_does_not_name_files():
    assert to_ticket({"ticket_number": 1})["attachments"] is None
    assert to_ticket({"ticket_number": 1}, [])["attachments"] == []
