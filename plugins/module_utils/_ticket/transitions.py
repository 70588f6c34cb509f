# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to a ticket, and which of it leads from what there is to what is desired: ``plan``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from .._core.change.transition import Transition
from .._core.errors import LookupFailed
from .._core.reading.comparison import ANOTHER, UNKNOWN, Comparison, compare_text
from .api import Tickets, is_closed, last_reply
from .record import TicketRecord, to_reply, to_ticket

Ticket = Optional[TicketRecord]


@dataclass(frozen=True)
class DesiredTicket:
    """What is desired of a ticket; see the options of the module ``ticket``.

    :ivar department: as a record. :ivar state: open, closed, or None to leave it.
    """

    subject: str = ""
    department: dict[str, Any] | None = None
    body: str | None = None
    reply: str | None = None
    state: str | None = None

    @property
    def missing_to_create(self) -> list[str]:
        return [name for name in ("department", "body") if getattr(self, name) is None]


class TicketTransition(Transition[Tickets, Ticket]):
    """A change of one ticket; its record is None while there is none."""

    @property
    def shown(self) -> dict[str, Any]:
        """What the diff shows of it afterwards."""
        raise NotImplementedError


@dataclass(frozen=True)
class Create(TicketTransition):
    subject: str
    department: dict[str, Any]
    body: str
    description = "to be created"
    is_paid = True  # it costs the time of those who answer it

    def send(self, api: Tickets, record: Ticket) -> Any:
        return api.create(self.department["id"], self.subject, self.body)

    def is_done(self, record: Ticket) -> bool:
        return record is not None

    def predict(self, record: Ticket) -> TicketRecord:
        shown = {"subject": self.subject, "status": "Open", "department": self.department["name"], "body": self.body}
        return to_ticket(shown, [])

    @property
    def shown(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "department": self.department["name"],
            "state": "open",
            "body": self.body,
        }


@dataclass(frozen=True)
class Reopen(TicketTransition):
    description = "to be opened again"

    def send(self, api: Tickets, record: Ticket) -> Any:
        return api.open(existing(record)["number"])

    def is_done(self, record: Ticket) -> bool:
        return record is not None and not is_closed(record)

    def predict(self, record: Ticket) -> TicketRecord:
        return {**existing(record), "status": "Open"}

    @property
    def shown(self) -> dict[str, Any]:
        return {"state": "open"}


@dataclass(frozen=True)
class Reply(TicketTransition):
    """A reply. It is sent only if the last one says something else."""

    words: str
    description = "to show the reply as it was written"
    is_paid = True  # it costs the time of those who read it

    def send(self, api: Tickets, record: Ticket) -> Any:
        return api.reply(existing(record)["number"], self.words)

    def is_done(self, record: Ticket) -> bool:
        return record is not None and compare_reply(record, self.words) is not ANOTHER

    def predict(self, record: Ticket) -> TicketRecord:
        ticket = existing(record)
        return {**ticket, "replies": [*(ticket["replies"] or []), to_reply({"type": "Client", "body": self.words})]}

    @property
    def shown(self) -> dict[str, Any]:
        return {"reply": self.words}


@dataclass(frozen=True)
class Close(TicketTransition):
    description = "to be closed"

    def send(self, api: Tickets, record: Ticket) -> Any:
        return api.close(existing(record)["number"])

    def is_done(self, record: Ticket) -> bool:
        return record is not None and is_closed(record)

    def predict(self, record: Ticket) -> TicketRecord:
        return {**existing(record), "status": "Closed"}

    @property
    def shown(self) -> dict[str, Any]:
        return {"state": "closed"}


def plan(ticket: Ticket, desired: DesiredTicket) -> list[TicketTransition]:
    """What leads from *ticket* to what is desired, in order. It reads nothing, and sends nothing.

    :raises LookupFailed: if it has to be created, and something for that is missing.
    """
    if ticket is None:
        return [] if desired.state == "closed" else _creating(desired)
    reply = desired.reply is not None and compare_reply(ticket, desired.reply) is ANOTHER
    steps: list[TicketTransition] = [Reopen()] if desired.state == "open" and is_closed(ticket) else []
    steps += [Reply(desired.reply)] if reply and desired.reply is not None else []
    if desired.state == "closed" and (reply or not is_closed(ticket)):
        steps.append(Close())
    return steps


def _creating(desired: DesiredTicket) -> list[TicketTransition]:
    if desired.department is None or desired.body is None:
        raise LookupFailed(f"To create it, give {' and '.join(desired.missing_to_create)} too.")
    steps: list[TicketTransition] = [Create(desired.subject, desired.department, desired.body)]
    return steps if desired.reply is None else [*steps, Reply(desired.reply)]


def notes(ticket: Ticket, desired: DesiredTicket) -> list[str]:
    """What is desired but left as it is, for warnings."""
    if ticket is None or desired.reply is None or compare_reply(ticket, desired.reply) is not UNKNOWN:
        return []
    return [
        f"Your last reply in ticket {ticket['number']} seems to be this one, as the portal changed it. It is not sent "
        "again. If it is another reply, word it differently."
    ]


def compare_reply(ticket: TicketRecord, words: str) -> Comparison:
    """SAME, ANOTHER or UNKNOWN: whether the client's last reply is *words*."""
    last = last_reply(ticket)
    return ANOTHER if last is None else compare_text(last, words)


def existing(ticket: Ticket) -> TicketRecord:
    if ticket is None:
        raise AssertionError("a transition of a ticket that exists")
    return ticket
