# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings one ticket to a state: find, compare, create or open again, reply, close."""

from __future__ import annotations

import typing as t

from .._core.comparison import equal_texts
from .._core.errors import (
    DecodingError,
    InvalidInput,
    LookupFailed,
    NotFound,
    RateLimited,
    SindadError,
    TimedOut,
    TransportError,
    UnexpectedResponse,
)
from .._core.lookup import listing
from .._core.polling import LOST_RESPONSE_TIMEOUT_S, STALE_READ_WINDOW_S, Deadline, wait_for
from .api import in_department, is_closed, last_reply
from .record import to_reply, to_ticket

TEXTS = ("number", "subject", "department", "body", "reply")


class TicketState:
    """One ticket of the account and what is wanted of it.

    :param task: the Task; its ``act`` is the only way to change.
    :param wanted: the options of M(sindad.cloud.ticket) but for the connection.
    """

    def __init__(self, context, tickets, wanted):
        self.context, self.tickets, self.wanted = context, tickets, wanted
        for name in TEXTS:
            if wanted[name] is not None and not wanted[name].strip():
                raise InvalidInput(f"{name} must not be empty.")
        self.subject = (wanted["subject"] or "").strip()
        self.department: t.Any = None
        self.listed: list = []
        self.ticket: t.Any = None
        self.after: dict = {}

    def reach(self):
        """Bring the ticket to ``state``. Returns C((record or None, before, after)), the latter two for the diff."""
        self.ticket = self._by_subject() if self.wanted["number"] is None else self.tickets.find(self.wanted["number"])
        state, before = self.wanted["state"], _managed(self.ticket, self.wanted["reply"])
        self.after = dict(before)
        if self.ticket is None and state == "closed":
            self.ticket = self._closed_before()
            return self.ticket, before, self.after
        if self.ticket is None:
            self._create()
        elif state == "open" and is_closed(self.ticket):
            self._reopen()
        replied = self._reply()
        if state == "closed" and (replied or not is_closed(self.ticket)):
            self._close()
        return self.ticket, before, self.after

    # -- finding -----------------------------------------------------------------------------------------------------

    def _by_subject(self):
        """The ticket that is not closed and has the subject, in full, or None."""
        if self.wanted["department"] is not None:
            self.department = self.tickets.department(self.wanted["department"])
        self.listed = self.tickets.list()
        fitting = [ticket for ticket in self.listed if self._fits(ticket) and not is_closed(ticket)]
        if len(fitting) > 1:
            raise LookupFailed(
                f"{len(fitting)} tickets that are not closed have the subject '{self.subject}': "
                f"{listing(fitting, ('department',), 'number')}. Give the number of the one that is meant."
            )
        return self.tickets.get(fitting[0]["number"]) if fitting else None

    def _fits(self, ticket):
        department = self.department is None or ticket["department"] is None or in_department(ticket, self.department)
        return department and equal_texts(ticket["subject"], self.subject)

    def _closed_before(self):
        """The newest closed ticket with the subject, in full, or None: a task that closes returns it again."""
        closed = sorted(filter(self._fits, self.listed), key=lambda ticket: ticket["date"] or "")
        return self.tickets.get(closed[-1]["number"]) if closed else None

    # -- one step each -----------------------------------------------------------------------------------------------

    def _create(self):
        wanted = self.wanted
        missing = [name for name in ("department", "body") if wanted[name] is None]
        if missing:
            there = listing([each for each in self.listed if not is_closed(each)], ("subject",), "number") or "none"
            raise LookupFailed(
                f"There is no open ticket '{self.subject}'. There is: {there}. "
                f"To create it, give {' and '.join(missing)} too."
            )
        known, number = {ticket["number"] for ticket in self.listed}, None

        def create():
            nonlocal number
            number = self.tickets.create(self.department["id"], self.subject, wanted["body"])

        def made():
            """The new ticket in the list: the one with the number, else a new one with the subject."""
            listed = self.tickets.list()
            new = [each for each in listed if each["number"] not in known and self._fits(each) and not is_closed(each)]
            return next((each for each in listed if each["number"] == number), new[0] if new else None)

        expected = {"subject": self.subject, "status": "Open", "department": self.department["name"]}
        self.ticket = to_ticket({**expected, "body": wanted["body"]}, [])
        self.after = {**_managed(self.ticket), "body": wanted["body"]}
        if not self.context.act(create, landed=made, aim=f"ticket '{self.subject}' to be created"):
            return
        # Until it is listed, the same task run again would create a second one.
        listed = self._shown(made, bool, LOST_RESPONSE_TIMEOUT_S)
        if listed is None and number is None:
            raise SindadError(
                f"The portal took the ticket '{self.subject}', but neither tells its number nor lists it. "
                "Look for it in the portal before you run the task again, which might create a second one."
            )
        if listed is None:
            self.context.warn(
                f"Ticket {number} is created, but not listed yet: until it is, the task would create another."
            )
        elif not equal_texts(listed["subject"], self.subject):
            self.context.warn(
                f"The portal keeps the subject of ticket {listed['number']} as '{listed['subject']}'. "
                "Use that as subject, or this task creates another ticket when it is run again."
            )
        self.ticket["number"] = listed["number"] if listed else number
        self.ticket = self._shown(self._look, bool) or self.ticket

    def _reopen(self):
        self._act(self.tickets.open, lambda ticket: not is_closed(ticket), "to be opened again", {"status": "Open"})
        self.after["state"] = "open"

    def _reply(self):
        """Reply, unless the client's last reply says the same. True if it was sent, or would be."""
        words = self.wanted["reply"]
        if words is None or equal_texts(last_reply(self.ticket), words):
            return False
        self._act(
            lambda number: self.tickets.reply(number, words),
            lambda ticket: equal_texts(last_reply(ticket), words),
            "to show the reply as it was written",
            {"replies": [*(self.ticket["replies"] or []), to_reply({"type": "Client", "body": words})]},
        )
        self.after["reply"] = words
        return True

    def _close(self):
        self._act(self.tickets.close, is_closed, "to be closed", {"status": "Closed"})
        self.after["state"] = "closed"

    # -- acting and looking ------------------------------------------------------------------------------------------

    def _act(self, call, reached, aim, expected):
        """*call* with the ticket's number, and return to the ticket as the portal then shows it."""
        number = self.ticket["number"]

        def done(ticket):
            return ticket is not None and reached(ticket)

        aim = f"ticket {number} {aim}"
        if not self.context.act(lambda: call(number), landed=lambda: done(self._look()), aim=aim):
            self.ticket = {**self.ticket, **expected}
            return
        seen = self._shown(self._look, done)
        if not done(seen):
            self.context.warn(f"The portal took the request for {aim}, but does not show that it is so.")
        self.ticket = seen or {**self.ticket, **expected}

    def _look(self):
        try:
            return self.tickets.get(self.ticket["number"])
        except NotFound:
            return None  # created, but not yet known

    def _shown(self, look, done, seconds=STALE_READ_WINDOW_S):
        """What *look* gives once it is *done*: mostly at once, else within *seconds*; after them, what it gave last."""
        seen = None

        def looked():
            nonlocal seen
            seen = look()
            return seen

        try:
            if done(looked()):
                return seen
        except (RateLimited, DecodingError, UnexpectedResponse, TransportError):
            pass  # it is asked again
        try:
            return wait_for(
                self.context.client, looked, done, Deadline(seconds, self.context.client.clock), "", lambda found: ""
            )
        except TimedOut:
            return seen


def _managed(ticket, reply=None):
    """What the diff shows of a ticket; the client's last reply only if there is one wanted."""
    if ticket is None:
        return {}
    state = "closed" if is_closed(ticket) else "open"
    shown = {"subject": ticket["subject"], "department": ticket["department"], "state": state}
    return shown if reply is None else {**shown, "reply": last_reply(ticket)}
