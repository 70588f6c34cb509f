# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apply what is desired of one ticket: find, compare, create or open again, reply, close."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from .._context import ModuleContext
from .._core.change.ledger import Ledger
from .._core.change.once import KEPT_S, NOT_AGAIN, Once, account_of
from .._core.change.polling import LOST_RESPONSE_TIMEOUT_S, STALE_READ_WINDOW_S, Deadline, may_pass, watch
from .._core.change.transition import Target
from .._core.errors import InvalidInput, LookupFailed, NotFound, SindadError
from .._core.reading.comparison import ANOTHER, SAME, UNKNOWN, Comparison, compare_department, compare_text
from .._core.reading.lookup import choose, listing, there_is
from .api import Tickets, created_number, is_closed, last_reply, our_replies
from .record import TicketRecord
from .transitions import Create, DesiredTicket, Reply, Ticket, TicketTransition, existing, notes, plan

TEXTS = ("number", "subject", "department", "body", "reply")


class Reached(NamedTuple):
    """The ticket after the task, None if there is none, and what the diff shows."""

    ticket: Ticket
    before: dict[str, Any]
    after: dict[str, Any]


class Listed(NamedTuple):
    """A ticket of the list, and whether it is the requested one."""

    ticket: TicketRecord
    verdict: Comparison


class TicketState:
    """One ticket of the account and what is desired of it.

    :param options: those of the module ``ticket`` but for the connection.
    """

    def __init__(self, context: ModuleContext, tickets: Tickets, options: Mapping[str, Any]):
        for name in TEXTS:
            if options[name] is not None and not options[name].strip():
                raise InvalidInput(f"{name} must not be empty.")
        self.context, self.tickets, self.options = context, tickets, options
        self.number: str | None = options["number"]
        self.ledger = Ledger(context.client.url, account_of(context.client), "tickets")
        self.departments: list[dict[str, Any]] = []
        self.desired = DesiredTicket((options["subject"] or "").strip(), None, options["body"], options["reply"])
        self.is_sure = True
        self.listed: list[TicketRecord] = []
        self.ticket: Ticket = None
        self.before: dict[str, Any] = {}

    def apply(self) -> Reached:
        """Create, reply to, open or close the ticket, as desired."""
        self.desired = self._desired()
        what = f"ticket '{self.desired.subject}'" if self.number is None else f"ticket {self.number}"
        return self.opening.planned(self._plan, self._carry_out, what)

    def _desired(self) -> DesiredTicket:
        department = None
        if self.options["department"] is not None:
            self.departments = self.tickets.departments()
            department = choose(self.options["department"], self.departments, "department")
        options = {name: self.options[name] for name in ("body", "reply", "state")}
        return DesiredTicket(self.desired.subject, department, **options)

    def _plan(self) -> Sequence[TicketTransition]:
        self.ticket = self._by_subject() if self.number is None else self.tickets.find(self.number)
        self.before = _managed(self.ticket, self.desired.reply)
        desired = self.desired
        if self.ticket is not None and self._is_sent(self.ticket):
            desired = replace(desired, reply=None)
        try:
            steps = plan(self.ticket, desired)
        except LookupFailed as error:
            raise LookupFailed(f"{self._missing()} {error}") from None
        if steps and self.ticket is not None and not self.is_sure:
            raise LookupFailed(
                f"Ticket {self.ticket['number']} may be the requested one, but that is not certain: "
                f"{self._wording(self.ticket)}. Nothing was changed. Specify its number."
            )
        return steps

    def _carry_out(self, steps: Sequence[TicketTransition]) -> Reached:
        after = self.before
        if self.ticket is None and self.desired.state == "closed":
            return Reached(self._closed_before(), after, after)
        for note in notes(self.ticket, self.desired):
            self.context.warn(note)
        for transition in steps:
            self._apply(transition)
            after = {**after, **transition.shown}
        return Reached(self.ticket, self.before, after)

    # -- what was sent before ----------------------------------------------------------------------------------------

    @property
    def opening(self) -> Once:
        """The guard of the ticket's creation."""
        department = self.desired.department
        return self._once("ticket", department["id"] if department else "", self.desired.subject)

    def replying(self, ticket: TicketRecord) -> Once:
        """The guard of the reply."""
        return self._once("reply", ticket["number"], self.desired.reply or "")

    def _once(self, *label: str) -> Once:
        return Once(self.context.client, self.ledger, *label, open_for=KEPT_S)

    def _is_sent(self, ticket: TicketRecord) -> bool:
        """Whether the reply was sent from this machine and does not show: then it is not sent again."""
        once, words = self.replying(ticket), self.desired.reply
        if words is None or once.order is None:
            return False
        if any(compare_text(each["body"], words) is not ANOTHER for each in our_replies(ticket)):
            once.found("shown")
        elif once.is_open:
            self.context.warn(
                f"The reply to ticket {ticket['number']} was sent from this machine within the last hour, but the "
                "portal does not show it. It is not sent again. If it is another reply, word it differently."
            )
            return True
        return False

    # -- finding -----------------------------------------------------------------------------------------------------

    def _by_subject(self) -> Ticket:
        """The ticket that is not closed and has the subject, in full, or None."""
        self.listed = self.tickets.list()
        found, order = self._fitting([ticket for ticket in self.listed if not is_closed(ticket)]), self.opening.order
        noted = [each for each in found if order and each.ticket["number"] == order.id]
        if found and found[0].verdict is UNKNOWN:
            found = noted or found
        if len(found) > 1:
            there = listing([each.ticket for each in found], ("department",), "number")
            raise LookupFailed(
                f"{len(found)} tickets that are not closed have the subject '{self.desired.subject}': "
                f"{there}. Specify the number of the ticket."
            )
        if not found:
            return self._opened_before()
        ticket, verdict = found[0]
        if verdict is SAME:
            self.opening.found(ticket["number"])
        return self._judged(ticket["number"], verdict, is_noted=bool(noted))

    def _judged(self, number: str, verdict: Comparison, is_noted: bool) -> Ticket:
        """The ticket in full, with a warning unless it is certain that it is the requested one.

        A ticket that was opened from this machine is, also where only its department is shown in other words.
        """
        ticket = self.tickets.get(number)
        same_subject = compare_text(ticket["subject"], self.desired.subject) is SAME
        self.is_sure = verdict is SAME or (is_noted and same_subject)
        if verdict is not SAME:
            self.context.warn(
                f"Ticket {number} is taken for the requested one: {self._wording(ticket)}. Specify its number to be "
                "sure."
            )
        return ticket

    def _opened_before(self) -> Ticket:
        """The ticket that was opened from this machine and is not listed by its subject; None if there is none.

        :raises LookupFailed: if it was opened and cannot be read.
        """
        order = self.opening.order
        if self.opening.is_open:
            raise LookupFailed(
                f"The ticket '{self.desired.subject}' was sent from this machine within the last hour, but the portal "
                "does not list it. It is not opened again. If it is not in the portal, word its subject differently."
            )
        if order is None or order.id is None:
            return None
        with contextlib.suppress(NotFound):
            ticket = self.tickets.get(order.id)
            if not is_closed(ticket):
                return self._judged(order.id, self._compare(ticket), is_noted=True)
        return None

    def _fitting(self, tickets: list[TicketRecord]) -> list[Listed]:
        """Those of *tickets* that are the requested one; else those that may be it."""
        judged = [Listed(ticket, self._compare(ticket)) for ticket in tickets]
        same = [each for each in judged if each.verdict is SAME]
        return same or [each for each in judged if each.verdict is UNKNOWN]

    def _compare(self, ticket: TicketRecord) -> Comparison:
        """Whether *ticket* is the requested one; a department that is not reported may be the desired one."""
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

    # -- acting ------------------------------------------------------------------------------------------------------

    def _apply(self, transition: TicketTransition) -> None:
        if isinstance(transition, Create):
            self.ticket = self._created(transition)
            return
        ticket = existing(self.ticket)
        name = f"ticket {ticket['number']}"
        target = Target(name, self.tickets, self._refresh, _describe)
        once = self.replying(ticket) if isinstance(transition, Reply) and not self.context.check_mode else None
        with once.placing() if once else contextlib.nullcontext():
            outcome = self.context.apply(transition, target, self.ticket)
        if not outcome.sent:
            self.ticket = outcome.record
            return
        seen = self._watch(self._refresh, transition.is_done)
        if not transition.is_done(seen):
            self.context.warn(self._not_shown(name, transition, seen))
        elif once:
            once.found("shown")
        self.ticket = seen or outcome.record

    def _created(self, transition: Create) -> Ticket:
        known = [ticket["number"] for ticket in self.listed]
        refresh = functools.partial(self._new, known, None)
        target = Target(f"ticket '{self.desired.subject}'", self.tickets, refresh, _describe)
        if self.context.check_mode:
            return self.context.apply(transition, target, None).record
        with self.opening.placing(known):
            outcome = self.context.apply(transition, target, None)
        number = created_number(outcome.answer)
        # Until it is listed, another machine's task would open a second one.
        listed = self._watch(functools.partial(self._new, known, number), transition.is_done, LOST_RESPONSE_TIMEOUT_S)
        listed = listed or (self._only_new(known) if number is None else None)
        number = listed["number"] if listed else number
        if number is None:
            raise SindadError(
                f"The portal accepted the ticket '{self.desired.subject}', but neither reports its number nor lists "
                f"it. {NOT_AGAIN}"
            )
        self.ticket = {**existing(outcome.record), "number": number}
        seen = self._watch(self._refresh, bool)
        if listed or seen:
            self.opening.found(number)
        self._warn_of_wording(number, listed)
        return seen or self.ticket

    def _warn_of_wording(self, number: str, listed: Ticket) -> None:
        """Warn of a new ticket that is not found by its subject."""
        if listed is None:
            self.context.warn(f"Ticket {number} was opened, but is not listed yet.")
        elif self._compare(listed) is not SAME:
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
        """What the portal reports of *ticket*, beside what is desired."""
        shown = f"the portal reports the subject '{ticket['subject']}' for '{self.desired.subject}'"
        if not self.desired.department:
            return shown
        return f"{shown}, and the department '{ticket['department']}' for {self.desired.department['name']}"

    def _not_shown(self, name: str, transition: TicketTransition, seen: Ticket) -> str:
        said = f"The portal accepted the request for {name} {transition.description}, but does not show that it is so."
        if not isinstance(transition, Reply):
            return said
        last = last_reply(seen) if seen else None
        return f"{said} Your last reply there is: {last!r}. {NOT_AGAIN}"


def _managed(ticket: Ticket, reply: str | None = None) -> dict[str, Any]:
    """What the diff shows of a ticket; the client's last reply only if one is desired."""
    if ticket is None:
        return {}
    state = "closed" if is_closed(ticket) else "open"
    shown = {"subject": ticket["subject"], "department": ticket["department"], "state": state}
    return shown if reply is None else {**shown, "reply": last_reply(ticket)}


def _describe(ticket: Ticket) -> str:
    return f"its status is {ticket['status']}" if ticket else "it is not listed"


def _date(ticket: TicketRecord) -> str:
    return ticket["date"] or ""
