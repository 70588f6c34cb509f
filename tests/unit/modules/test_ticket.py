# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.modules import ticket
from unit.canned import Canned
from unit.parallel import at_once

LOST = TransportError("no answer", Request("POST", "/tickets"), outcome_unknown=True)


class Portal(Canned):
    """A portal with some tickets. *lag*: so many looks pass before a change shows."""

    def __init__(self, *tickets, lag=0, told=True, stores=lambda text: text):
        self.tickets = {str(each["ticket_number"]): {"replies": [], **each} for each in tickets}
        self.lag, self.told, self.stores = lag, told, stores
        self.pending = []
        self.lost = False  # whether the answers to changes are lost
        self.during = lambda: None
        super().__init__({})
        self.answers = self

    def get(self, request, default):
        return lambda body: self.answer_to(*request.split(" "), body)

    def answer_to(self, method, path, body):
        last = path.rpartition("/")[2]
        if path == "/ticket/departments":
            return {"departments": {"1": "Billing", "2": "Sales", "3": "فروش"}}
        if method == "GET":
            self.lag -= 1
            while self.pending and self.lag < 0:
                self.pending.pop(0)()
            if path == "/tickets":
                return {"tickets": list(self.tickets.values())}
            if last not in self.tickets:
                return {"error": ["ticket_not_found"]}
            return {"ticket": self.tickets[last], "replies": self.tickets[last]["replies"]}
        self.during()
        self.pending.append(lambda: self.change(method, path, body))
        if self.lag <= 0:
            self.pending.pop(0)()
        return LOST if self.lost else {"ticket": 900} if self.told and path == "/tickets" else {"status": True}

    def change(self, method, path, body):
        if path == "/tickets":
            made = {**open_ticket(900, self.stores(body["subject"])), "deptname": "Sales", "body": body["body"]}
            self.tickets["900"] = made
        elif method == "POST":
            one = self.tickets[path.split("/")[2]]
            one["replies"] = [*one["replies"], {"type": "Client", "body": self.stores(body["body"])}]
            one["status"] = "Client-Reply"
        else:
            number, verb = path.split("/")[2:]
            self.tickets[number]["status"] = "Closed" if verb == "close" else "Open"

    @property
    def changes(self):
        return [request for request, body in self.sent]


def open_ticket(number, subject="a", status="Open", **more):
    return {"ticket_number": number, "subject": subject, "status": status, "deptname": "Sales", "replies": [], **more}


NEW = {"subject": "a", "department": "sales", "body": "b"}


def test_created_once():
    portal = Portal()
    predicted = portal.run(ticket, check_mode=True, **NEW)
    assert portal.changes == []
    result = portal.run(ticket, **NEW)
    assert portal.sent == [("POST /tickets", {"dept_id": 2, "subject": "a", "body": "b"})]
    assert result["changed"] and result["ticket"]["number"] == "900"
    assert result["diff"] == predicted["diff"]
    again = portal.run(ticket, **NEW, state="open")
    assert again["changed"] is False and len(portal.sent) == 1


@pytest.mark.parametrize(
    "there",
    [
        open_ticket(1, status="closed"),
        open_ticket(1, "b"),
        open_ticket(1, deptname="Billing"),
    ],
    ids=["closed", "another text", "another department"],
)
def test_created_beside_another(there):
    portal = Portal(there)
    assert portal.run(ticket, **NEW)["ticket"]["number"] == "900"


@pytest.mark.parametrize(
    "there",
    [
        open_ticket(1, status="In-Progress"),
        open_ticket(1, " a\n"),
        open_ticket(1, "A"),
        open_ticket(1, "<p>a</p>"),
        open_ticket(1, deptname=None),
        open_ticket(1, deptname="SALES"),
    ],
)
def test_not_created_beside_the_same(there):
    portal = Portal(there)
    result = portal.run(ticket, **NEW)
    assert result["ticket"]["number"] == "1" and portal.changes == []


def test_a_subject_with_special_signs_is_found():
    portal = Portal(open_ticket(1, "Disk &amp; &lt;memory&gt;"))
    assert portal.run(ticket, subject="Disk & <memory>")["ticket"]["number"] == "1"


def test_a_lagging_list_is_waited_for(clock):
    portal = Portal(lag=5)
    result = portal.run(ticket, **NEW, reply="c")
    assert result["ticket"]["number"] == "900" and result["ticket"]["body"] == "b"
    assert portal.changes == ["POST /tickets", "POST /tickets/900"]


def test_a_portal_that_does_not_tell_the_number(clock):
    portal = Portal(open_ticket(1, status="Closed"), lag=4, told=False)
    assert portal.run(ticket, **NEW)["ticket"]["number"] == "900"


def test_a_portal_that_neither_tells_the_number_nor_lists_it(clock):
    result = Portal(lag=1000, told=False).run(ticket, **NEW)
    assert result["failed"] and result["changed"]
    assert result["msg"].startswith("The portal accepted the ticket 'a', but neither reports its number nor lists it.")


@pytest.mark.parametrize("lag", [0, 6])
@pytest.mark.parametrize(
    "options, sent",
    [
        (NEW, "POST /tickets"),
        ({"number": "1", "reply": "c"}, "POST /tickets/1"),
        ({"number": "1", "state": "closed"}, "PUT /tickets/1/close"),
        ({"number": "2", "state": "open"}, "PUT /tickets/2/open"),
    ],
    ids=["create", "reply", "close", "open"],
)
def test_a_lost_answer_is_looked_for(clock, options, sent, lag):
    portal = Portal(open_ticket(1, "x"), open_ticket(2, "y", "Closed"), lag=lag)
    portal.lost = True

    def long():
        clock.ahead += 90  # the request hung for longer than is looked for its effect

    portal.during = long
    result = portal.run(ticket, **options)
    assert result["changed"] and "failed" not in result, result
    assert portal.changes == [sent]


def test_a_lost_request_is_not_sent_again(clock):
    portal = Portal()
    portal.lost, portal.change = True, lambda *args: None
    result = portal.run(ticket, **NEW)
    says = "no answer No sign of it was seen within 30 seconds. This machine does not send it again"
    assert result["failed"] and result["msg"].startswith(says)
    assert portal.changes == ["POST /tickets"]


REPLIES = [{"type": "Client", "body": "گفتم &amp;\r\nشنیدم "}, {"type": "Admin", "body": "Done."}]


@pytest.mark.parametrize("words, sent", [("گفتم &\nشنیدم", 0), ("Done.", 1), ("گفتم", 0), ("چیزی دیگر", 1)])
def test_a_reply_is_told_once(words, sent):
    portal = Portal(open_ticket(1, replies=REPLIES))
    predicted = portal.run(ticket, check_mode=True, number="1", reply=words)
    assert portal.changes == []
    result = portal.run(ticket, number=" 1 ", reply=words)
    assert len(portal.changes) == sent
    assert result["changed"] is predicted["changed"] is bool(sent)
    assert result["diff"] == predicted["diff"]
    assert len(result["ticket"]["replies"]) == len(predicted["ticket"]["replies"]) == 2 + sent
    assert portal.run(ticket, number="1", reply=words)["changed"] is False


LONG = "A larger disk for server1.example.com, please"
CHANGES = {
    "lost signs": ("Thanks 🙂", lambda text: text.replace("🙂", "?")),
    "markup": (LONG, lambda text: f"<p>{text}</p>\n"),
    "signature": (LONG, lambda text: f"{text}\r\n-- \r\nJoe Frank"),
    "a signature of no known form": (LONG, lambda text: f"{text}\r\nBest regards"),
    "cut": (LONG, lambda text: text[:24]),
    "upper case": (LONG, str.upper),
}


@pytest.mark.parametrize("words, stores", CHANGES.values(), ids=CHANGES)
def test_a_reply_that_the_portal_changed_is_not_sent_again(clock, words, stores):
    portal = Portal(open_ticket(1), stores=stores)
    assert portal.run(ticket, number="1", reply=words)["changed"]
    assert portal.run(ticket, number="1", reply=words)["changed"] is False
    assert portal.changes == ["POST /tickets/1"]


@pytest.mark.parametrize("words, stores", CHANGES.values(), ids=CHANGES)
def test_a_ticket_whose_subject_the_portal_changed_is_not_opened_again(clock, words, stores):
    portal, new = Portal(stores=stores), {**NEW, "subject": words}
    assert portal.run(ticket, **new)["ticket"]["number"] == "900"
    assert portal.run(ticket, **new)["changed"] is False
    assert portal.changes == ["POST /tickets"]


def test_what_is_not_recognised_is_told_of(clock):
    portal = Portal(open_ticket(1), stores=lambda text: "Ticket of joe@example.com")
    portal.run(ticket, number="1", reply="Thanks")
    assert "Your last reply there is: 'Ticket of joe@example.com'. This machine does not send" in portal.warnings[0]
    again = portal.run(ticket, number="1", reply="Thanks")
    assert (again["changed"], portal.changes) == (False, ["POST /tickets/1"])
    assert "was sent from this machine within the last hour, but the portal does not show it" in portal.warnings[0]
    portal = Portal(stores=lambda text: "Ticket of joe@example.com", told=False)
    assert portal.run(ticket, **NEW)["ticket"]["number"] == "900"
    assert "the portal reports the subject 'Ticket of joe@example.com' for 'a'" in portal.warnings[0]
    assert portal.run(ticket, **NEW)["changed"] is False  # this machine opened it, and remembers the number
    assert portal.changes == ["POST /tickets"]


# -- once ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        (NEW, ["POST /tickets"]),
        ({**NEW, "reply": "c"}, ["POST /tickets", "POST /tickets/900"]),
        ({"number": "1", "reply": "c"}, ["POST /tickets/1"]),
        ({"number": "1", "reply": "c", "state": "closed"}, ["POST /tickets/1", "PUT /tickets/1/close"]),
    ],
)
def test_ten_tasks_at_once_send_one(monkeypatch, options, sent):
    portal = Portal(open_ticket(1, "x"))
    results = at_once(monkeypatch, portal, ticket, **options)
    assert portal.changes == sent
    assert [each["changed"] for each in results].count(True) == 1


@pytest.mark.parametrize("options", [NEW, {"number": "1", "reply": "c"}])
def test_a_request_that_was_lost_is_not_sent_by_a_later_run(options):
    portal = Portal(open_ticket(1, "x"))
    portal.lost, portal.change = True, lambda *args: None
    portal.run(ticket, **options)
    predicted = portal.run(ticket, check_mode=True, **options)
    later = portal.run(ticket, **options)
    assert len(portal.changes) == 1
    assert later.get("msg") == predicted.get("msg")
    assert "again" in f"{later.get('msg')} {portal.warnings}"
    assert not later.get("changed")
    portal.clock.ahead += 3700
    portal.run(ticket, **options)
    assert len(portal.changes) == 2


def test_a_ticket_that_is_not_listed_is_found_by_its_number():
    portal = Portal()
    portal.run(ticket, **NEW)
    hidden = portal.tickets["900"]
    portal.tickets = type("Unlisted", (dict,), {"values": lambda self: []})({"900": hidden})
    assert portal.run(ticket, **NEW, reply="c")["ticket"]["number"] == "900"
    assert portal.changes == ["POST /tickets", "POST /tickets/900"]


def test_one_bad_list_opens_nothing():
    portal = Portal(open_ticket(1))
    lists = iter([{"tickets": []}])
    answer_to = portal.answer_to
    portal.answer_to = lambda method, path, body: (
        next(lists, answer_to(method, path, body)) if path == "/tickets" else answer_to(method, path, body)
    )
    assert portal.run(ticket, **NEW)["changed"] is False
    assert portal.changes == []


def test_a_closed_ticket_makes_room_for_the_next():
    portal = Portal()
    portal.run(ticket, **NEW)
    portal.tickets = {"7": {**portal.tickets["900"], "ticket_number": "7", "status": "Closed"}}
    assert portal.run(ticket, **NEW)["ticket"]["number"] == "900"
    assert portal.changes == ["POST /tickets"] * 2


def test_the_same_words_after_somebody_elses_are_another_reply():
    portal = Portal(open_ticket(1))
    portal.run(ticket, number="1", reply="Thanks")
    portal.run(ticket, number="1", reply="More")
    assert portal.run(ticket, number="1", reply="Thanks")["changed"]
    assert len(portal.changes) == 3


def test_a_department_in_other_words_warns_on_each_run():
    portal, new = Portal(stores=lambda text: text), {**NEW, "department": "billing"}
    change = portal.change
    portal.change = lambda *args: (change(*args), portal.tickets["900"].update(deptname="Accounts Desk"))
    assert portal.run(ticket, **new)["ticket"]["number"] == "900"
    for options in ({}, {"reply": "c"}):
        again = portal.run(ticket, **new, **options)
        assert again["ticket"]["number"] == "900"
        assert any("the department 'Accounts Desk' for Billing" in each for each in portal.warnings)
    assert portal.changes == ["POST /tickets", "POST /tickets/900"]


def test_a_ticket_that_is_known_by_a_note_alone_is_left_alone():
    portal = Portal(stores=lambda text: "Ticket of joe@example.com")
    portal.run(ticket, **NEW)
    result = portal.run(ticket, **NEW, reply="c")
    assert "Ticket 900 may be the requested one, but that is not certain" in result["msg"]
    assert portal.changes == ["POST /tickets"]


# -- which one -------------------------------------------------------------------------------------------------------

UNSURE = [open_ticket(1, "A larger disk 🙂"), open_ticket(1, "A larger disk", deptname="Verkauf")]


@pytest.mark.parametrize("there", UNSURE)
def test_a_ticket_that_may_be_the_one_is_not_opened_again_with_a_warning(there):
    portal = Portal(there)
    result = portal.run(ticket, **{**NEW, "subject": "A larger disk"})
    assert (result["ticket"]["number"], result["changed"], portal.changes) == ("1", False, [])
    assert portal.warnings[0].startswith("Ticket 1 is taken for the requested one: the portal reports the subject")


@pytest.mark.parametrize("there", UNSURE)
@pytest.mark.parametrize("options", [{"reply": "c"}, {"state": "closed"}])
def test_nothing_is_done_to_a_ticket_that_may_be_the_one(there, options):
    portal = Portal(there)
    result = portal.run(ticket, subject="A larger disk", department="sales", **options)
    assert "Ticket 1 may be the requested one, but that is not certain" in result["msg"]
    assert portal.changes == []


def test_the_one_that_is_the_same_goes_before_those_that_may_be():
    portal = Portal(open_ticket(1, "A larger disk!"), open_ticket(2, "A larger disk"))
    assert portal.run(ticket, subject="A larger disk", reply="c")["ticket"]["number"] == "2"


def test_the_number_that_was_asked_for_is_the_one_that_is_closed():
    """What the details call the number may be a number of something else."""
    portal = Portal(open_ticket(1))
    portal.tickets["1"]["ticket_number"] = "2"
    assert portal.run(ticket, number="1", state="closed")["ticket"]["number"] == "1"
    assert portal.changes == ["PUT /tickets/1/close"]


@pytest.mark.parametrize("state, last", [("closed", "Closed"), (None, "Client-Reply"), ("open", "Client-Reply")])
def test_a_reply_in_a_closed_ticket(state, last):
    portal = Portal(open_ticket(1, status="Closed"))
    options = {"number": "1", "reply": "c", **({"state": state} if state else {})}
    assert portal.run(ticket, **options)["ticket"]["status"] == last
    assert portal.run(ticket, **options)["changed"] is False


def test_closed_by_subject():
    old = open_ticket(1, status="Closed", date="2026-01-01 00:00:00")
    portal = Portal(open_ticket(2, date="2026-01-02 00:00:00"), old, open_ticket(3, "b"))
    result = portal.run(ticket, subject="a", state="closed", reply="c")
    assert portal.changes == ["POST /tickets/2", "PUT /tickets/2/close"]
    again = portal.run(ticket, subject="a", state="closed", reply="c")
    assert again["changed"] is False
    assert again["ticket"] == result["ticket"]
    assert portal.run(ticket, subject="c", state="closed")["ticket"] is None


@pytest.mark.parametrize("state", ["open", "closed"])
def test_two_with_one_subject(state):
    portal = Portal(open_ticket(1), open_ticket(2, deptname="Billing"))
    result = portal.run(ticket, subject="a", state=state)
    assert result["msg"] == (
        "2 tickets that are not closed have the subject 'a': 1 (Sales), 2 (Billing). Specify the number of the ticket."
    )
    assert portal.run(ticket, subject="a", department="billing", state=state)["ticket"]["number"] == "2"


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    "options, message",
    [
        (
            {"subject": "a"},
            "There is no open ticket 'a'. Available: 1 (x). To create it, give department and body too.",
        ),
        ({"subject": "a", "body": "b", "department": "IT"}, "Department 'IT' not found. Available: 1 (Billing), 2"),
        ({"number": "7"}, "There is no ticket 7 on this account. Available: 1 (x)."),
        ({"subject": " "}, "subject must not be empty."),
        ({"number": "1", "reply": "\n"}, "reply must not be empty."),
    ],
)
def test_bad_input(options, message, check_mode):
    portal = Portal(open_ticket(1, "x"))
    result = portal.run(ticket, check_mode, **options)
    assert result["failed"] and result["msg"].startswith(message)
    assert portal.changes == []
