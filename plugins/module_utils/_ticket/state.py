# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings one ticket to a state: find, compare, create or open again, reply, close."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .._context import ModuleContext
from .._core.change.ledger import Ledger, Order
from .._core.change.polling import LOST_RESPONSE_TIMEOUT_S, STALE_READ_WINDOW_S, Deadline, may_pass, watch
from .._core.change.transition import Target
from .._core.errors import InvalidInput, LookupFailed, NotFound, SindadError
from .._core.reading.comparison import ANOTHER, SAME, UNKNOWN, Comparison, compare_department, compare_text
from .._core.reading.lookup import choose, listing, there_is
from .api import Tickets, created_number, is_closed, last_reply
from .record import TicketRecord
from .transitions import Create, DesiredTicket, Reply, Ticket, TicketTransition, existing, notes, plan

TEXTS = ("number", "subject", "department", "body", "reply")


class Reached(NamedTuple):
    """The ticket after the task, None if there is none, and what the diff shows."""

    ticket: Ticket
    before: dict[str, Any]
    after: dict[str, Any]


class Listed(NamedTuple):
    """A ticket of the list, and how sure it is that it is the one that is meant."""

    ticket: TicketRecord
    verdict: Comparison


class TicketState:
    """One ticket of the account and what is wanted of it.

    :param options: those of M(sindad.cloud.ticket) but for the connection.
    """

    def __init__(self, context: ModuleContext, tickets: Tickets, options: Mapping[str, Any]):
        for name in TEXTS:
            if options[name] is not None and not options[name].strip():
                raise InvalidInput(f"{name} must not be empty.")
        self.context, self.tickets, self.options = context, tickets, options
        self.number: str | None = options["number"]
        client = context.client
        self.ledger = Ledger(client.url, client.username or client.token or "", "tickets")
        self.departments: list[dict[str, Any]] = []
        self.desired = DesiredTicket((options["subject"] or "").strip(), None, options["body"], options["reply"])
        self.is_sure = True
        self.listed: list[TicketRecord] = []
        self.ticket: Ticket = None

    def apply(self) -> Reached:
        """Bring the ticket to ``state``."""
        self.desired = self._desired()
        self.ticket = self._by_subject() if self.number is None else self.tickets.find(self.number)
        before = after = _managed(self.ticket, self.desired.reply)
        if self.ticket is None and self.desired.state == "closed":
            return Reached(self._closed_before(), before, after)
        for note in notes(self.ticket, self.desired):
            self.context.warn(note)
        for transition in self._plan():
            self._apply(transition)
            after = {**after, **transition.shown}
        return Reached(self.ticket, before, after)

    def _desired(self) -> DesiredTicket:
        wanted, department = self.options["department"], None
        if wanted is not None:
            self.departments = self.tickets.departments()
            department = choose(wanted, self.departments, "department")
        options = {name: self.options[name] for name in ("body", "reply", "state")}
        return DesiredTicket(self.desired.subject, department, **options)

    def _plan(self) -> list[TicketTransition]:
        try:
            steps = plan(self.ticket, self.desired)
        except LookupFailed as error:
            raise LookupFailed(f"{self._missing()} {error}") from None
        if steps and self.ticket is not None and not self.is_sure:
            raise LookupFailed(
                f"Ticket {self.ticket['number']} may be the one that is meant, but that is not certain: "
                f"{self._wording(self.ticket)}. Nothing was changed. Give its number."
            )
        return steps

    # -- finding -----------------------------------------------------------------------------------------------------

    def _by_subject(self) -> Ticket:
        """The ticket that is not closed and has the subject, in full, or None."""
        self.listed = self.tickets.list()
        found = self._fitting([ticket for ticket in self.listed if not is_closed(ticket)])
        if len(found) > 1:
            there = listing([each.ticket for each in found], ("department",), "number")
            raise LookupFailed(
                f"{len(found)} tickets that are not closed have the subject '{self.desired.subject}': "
                f"{there}. Give the number of the one that is meant."
            )
        if not found:
            return None
        ticket, verdict = found[0]
        self.is_sure = verdict is SAME
        if not self.is_sure:
            self.context.warn(
                f"Ticket {ticket['number']} is taken for the one that is meant: {self._wording(ticket)}. "
                "Give its number to be sure."
            )
        return self.tickets.get(ticket["number"])

    def _fitting(self, tickets: list[TicketRecord]) -> list[Listed]:
        """Those of *tickets* that are the one; else the one that was opened from here; else those that may be it."""
        judged = [Listed(ticket, self._compare(ticket)) for ticket in tickets]
        order = self.ledger.find(self._key)
        noted = [Listed(each.ticket, SAME) for each in judged if order and each.ticket["number"] == order.id]
        same = [each for each in judged if each.verdict is SAME]
        return same or noted or [each for each in judged if each.verdict is UNKNOWN]

    def _compare(self, ticket: TicketRecord) -> Comparison:
        """Whether *ticket* is the one; a department that the portal does not report is the one that is wanted."""
        if not ticket["subject"]:
            return ANOTHER
        verdicts = {compare_text(ticket["subject"], self.desired.subject)}
        if self.desired.department and ticket["department"]:
            verdicts.add(compare_department(ticket["department"], self.desired.department, self.departments))
        return next((verdict for verdict in (ANOTHER, UNKNOWN) if verdict in verdicts), SAME)

    def _closed_before(self) -> Ticket:
        """The newest closed ticket with the subject, in full, or None: a task that closes returns it again."""
        closed = [each.ticket for each in self._fitting([each for each in self.listed if is_closed(each)])]
        closed.sort(key=_date)
        return self.tickets.get(closed[-1]["number"]) if closed else None

    @property
    def _key(self) -> str:
        department = self.desired.department
        return f"{department['id'] if department else ''} {self.desired.subject}"

    # -- acting ------------------------------------------------------------------------------------------------------

    def _apply(self, transition: TicketTransition) -> None:
        if isinstance(transition, Create):
            self._create(transition)
            return
        name = f"ticket {existing(self.ticket)['number']}"
        outcome = self.context.apply(transition, Target(name, self.tickets, self._refresh, _describe), self.ticket)
        if not outcome.sent:
            self.ticket = outcome.record
            return
        seen = self._watch(self._refresh, transition.is_done)
        if not transition.is_done(seen):
            self.context.warn(self._not_shown(name, transition, seen))
        self.ticket = seen or outcome.record

    def _create(self, transition: Create) -> None:
        """Open the ticket, unless another task on this machine did so meanwhile."""
        target = Target(f"ticket '{self.desired.subject}'", self.tickets, None, _describe)
        if self.context.check_mode:
            self.ticket = self.context.apply(transition, target, None).record
            return
        with self.ledger.lock(self.context.deadline, target.name):
            self.ticket = self._by_subject()
            if self.ticket is None:
                self.ticket = self._created(transition, target)

    def _created(self, transition: Create, target: Target[Tickets, Ticket]) -> TicketRecord:
        known = [ticket["number"] for ticket in self.listed]
        target.refresh = functools.partial(self._new, known, None)
        outcome = self.context.apply(transition, target, None)
        number = created_number(outcome.answer)
        # Until it is listed, the same task run again would open a second one.
        listed = self._watch(functools.partial(self._new, known, number), transition.is_done, LOST_RESPONSE_TIMEOUT_S)
        listed = listed or (self._only_new(known) if number is None else None)
        number = listed["number"] if listed else number
        if number is None:
            raise SindadError(
                f"The portal accepted the ticket '{self.desired.subject}', but neither tells its number nor lists it. "
                "Look for it in the portal before you run the task again, which might open a second one."
            )
        self._note(number, known, listed)
        self.ticket = {**existing(outcome.record), "number": number}
        return self._watch(self._refresh, bool) or self.ticket

    def _note(self, number: str, known: list[str], listed: Ticket) -> None:
        """Remember a ticket that would not be found by its subject, and tell of it."""
        self.ledger.forget(self._key)
        if listed is not None and self._compare(listed) is SAME:
            return
        self.ledger.note(Order(self._key, tuple(known), number))
        if listed is None:
            self.context.warn(f"Ticket {number} was opened, but is not listed yet.")
        else:
            self.context.warn(
                f"The portal changed what ticket {number} was opened with: {self._wording(listed)}. This machine finds "
                "it again; elsewhere use its number."
            )

    # -- reading -----------------------------------------------------------------------------------------------------

    def _new(self, known: list[str], number: str | None) -> Ticket:
        """The new ticket in the list: the one with the *number*, else a new one that may be it."""
        listed = self.tickets.list()
        new = [each for each in listed if each["number"] not in known and not is_closed(each)]
        fitting = [each.ticket for each in self._fitting(new)]
        return next((each for each in listed if each["number"] == number), fitting[0] if fitting else None)

    def _only_new(self, known: list[str]) -> Ticket:
        """The only new ticket, whatever the portal made of its subject; None if there is none, or several."""
        new = [ticket for ticket in self.tickets.list() if ticket["number"] not in known]
        return new[0] if len(new) == 1 else None

    def _refresh(self) -> Ticket:
        try:
            return self.tickets.get(existing(self.ticket)["number"])
        except NotFound:
            return None  # created, but not yet known

    def _watch(
        self, poll: Callable[[], Ticket], is_done: Callable[[Ticket], bool], seconds: float = STALE_READ_WINDOW_S
    ) -> Ticket:
        """What *poll* gives once it is done: mostly at once, else within *seconds*; after them, what it gave last."""
        seen: Ticket = None
        try:
            seen = poll()
        except SindadError as error:
            if not may_pass(error):
                raise
        if is_done(seen):
            return seen
        return watch(self.context.client, poll, is_done, Deadline(seconds, self.context.client.clock), seen)

    # -- words -------------------------------------------------------------------------------------------------------

    def _missing(self) -> str:
        there = [ticket for ticket in self.listed if not is_closed(ticket)]
        subject = self.desired.subject or ""
        return f"There is no open ticket '{subject}'. {there_is(subject, there, ('subject',), 'number')}"

    def _wording(self, ticket: TicketRecord) -> str:
        """What the portal says of *ticket*, beside what is wanted."""
        told = f"the portal reports the subject '{ticket['subject']}' for '{self.desired.subject}'"
        if not self.desired.department:
            return told
        return f"{told}, and the department '{ticket['department']}' for {self.desired.department['name']}"

    def _not_shown(self, name: str, transition: TicketTransition, seen: Ticket) -> str:
        told = f"The portal accepted the request for {name} {transition.description}, but does not show that it is so."
        if not isinstance(transition, Reply):
            return told
        last = last_reply(seen) if seen else None
        return f"{told} Your last reply there is: {last!r}. Run again, the task would send it again."


def _managed(ticket: Ticket, reply: str | None = None) -> dict[str, Any]:
    """What the diff shows of a ticket; the client's last reply only if there is one wanted."""
    if ticket is None:
        return {}
    state = "closed" if is_closed(ticket) else "open"
    shown = {"subject": ticket["subject"], "department": ticket["department"], "state": state}
    return shown if reply is None else {**shown, "reply": last_reply(ticket)}


def _describe(ticket: Ticket) -> str:
    return f"its status is {ticket['status']}" if ticket else "it is not listed"


def _date(ticket: TicketRecord) -> str:
    return ticket["date"] or ""
