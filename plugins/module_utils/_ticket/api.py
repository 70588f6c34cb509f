# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The section Support of the API: tickets, their replies and files, and the departments that answer them."""

from __future__ import annotations

import contextlib
from typing import Any

from .._core.errors import EmptyResponse, NotFound, SindadError
from .._core.http.client import Client
from .._core.reading import vocabulary
from .._core.reading.lookup import CHOICE_KEYS, choose, listing, there_is, to_choice
from .._core.reading.values import first_present, to_int, to_text
from .._core.response.envelope import entries, entry, held
from .record import NUMBER, TICKET_KEYS, AttachmentRecord, ReplyRecord, TicketRecord, to_ticket

# Below the method ``list`` the name means the method.
TicketRecords = list[TicketRecord]
Departments = list[dict[str, Any]]


class Tickets:
    """/tickets, /ticket and what is below them."""

    def __init__(self, client: Client):
        self.client = client

    def list(self) -> TicketRecords:
        """GET /tickets: records without body and replies."""
        listed = self.client.get_list("/tickets", "tickets", known=TICKET_KEYS, identity=NUMBER)
        return [to_ticket(each) for each in listed]

    def get(self, ticket: str) -> TicketRecord:
        """GET /tickets/@number: the full record of the ticket with this number, whatever its details call it."""
        answer = self.client.get("/tickets/@number", number=ticket)
        try:
            source = entry(answer, "ticket", key=ticket, known=TICKET_KEYS)
        except EmptyResponse:
            raise NotFound(f"The portal answered nothing for ticket {ticket}.") from None
        # The replies stand beside the ticket, not in it.
        replies = held(answer, "replies") or source.get("replies") or []
        return {**to_ticket(source, entries({"replies": replies}, "replies"), answer), "number": ticket}

    def find(self, ticket: str) -> TicketRecord:
        """The same, for a number that a user wrote. NotFound lists the tickets that there are."""
        ticket = ticket.strip().lstrip("#")
        try:
            return self.get(ticket)
        except NotFound as error:
            with contextlib.suppress(SindadError):
                there = there_is(ticket, self.list(), ("subject",), "number")
                message = f"There is no ticket {ticket} on this account. {there}"
                error = NotFound(message, error.request, error.errors, error.status_code)
            raise error from None

    def create(self, department: str, subject: str, body: str) -> Any:
        """POST /tickets. *department* is an id. ``created_number`` reads the number of the ticket in the answer."""
        dept_id = int(department) if department.isdecimal() else department
        return self.client.post("/tickets", {"dept_id": dept_id, "subject": subject, "body": body})

    def reply(self, ticket: str, body: str) -> Any:
        """POST /tickets/@number."""
        return self.client.post("/tickets/@number", {"body": body}, number=ticket)

    def open(self, ticket: str) -> Any:
        """PUT /tickets/@number/open: open a closed ticket again."""
        return self.client.put("/tickets/@number/open", number=ticket)

    def close(self, ticket: str) -> Any:
        """PUT /tickets/@number/close."""
        return self.client.put("/tickets/@number/close", number=ticket)

    def departments(self) -> Departments:
        """GET /ticket/departments."""
        listed = self.client.get_list("/ticket/departments", "departments", known=CHOICE_KEYS, identity=CHOICE_KEYS)
        return [to_choice(each) for each in listed]

    def department(self, desired: str) -> dict[str, Any]:
        """The department with this id or name."""
        return choose(desired, self.departments(), "department")

    def find_attachment(self, ticket: str, wanted: str) -> AttachmentRecord:
        """GET /tickets/@number: the attachment with this id or name; where it lists none, *wanted* is the id.

        :raises LookupFailed: if none of those that the ticket lists is meant, or several are.
        """
        listed = self.find(ticket)["attachments"]
        where = f"in ticket {ticket.strip()}"
        return choose(wanted, listed, "attachment", where) if listed else {"id": wanted.strip(), "name": ""}

    def attachment(self, ticket: str, file: str, max_bytes: int) -> bytes:
        """GET /ticket/attachment/@file: the bytes of a file. NotFound lists the files that the ticket has."""
        ticket, file = ticket.strip().lstrip("#"), file.strip()
        query = {"number": ticket}
        try:
            return self.client.download("/ticket/attachment/@file", query=query, max_bytes=max_bytes, file=file)
        except NotFound as error:
            there = listing(self.find(ticket)["attachments"] or []) or "none that the portal reports"
            message = f"Ticket {ticket} has no file {file}. There is: {there}."
            raise NotFound(message, error.request, error.errors, error.status_code) from None


# -- what a ticket says ----------------------------------------------------------------------------------------------


def is_closed(ticket: TicketRecord) -> bool:
    return vocabulary.is_closed(ticket["status"])


def created_number(answer: Any) -> str | None:
    """The number of the ticket in the *answer* to its creation, or None if it is not reported."""
    made = first_present(answer, "ticket", "ticket_number", "number") if isinstance(answer, dict) else None
    return to_text(first_present(made, "ticket_number", "number", "id") if isinstance(made, dict) else made)


def our_replies(ticket: TicketRecord) -> list[ReplyRecord]:
    """The client's replies, the last one at the end. Their order is not documented: ids and dates report it."""
    ours = [reply for reply in ticket["replies"] or [] if not vocabulary.is_staff(reply["type"])]
    return sorted(ours, key=lambda reply: (to_int(reply["id"]) or 0, reply["date"] or ""))


def last_reply(ticket: TicketRecord) -> str | None:
    """The text of the client's last reply, or None."""
    ours = our_replies(ticket)
    return ours[-1]["body"] if ours else None
