# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The section Support of the API: tickets, their replies and files, and the departments that answer them."""

from __future__ import annotations

import contextlib

from .._core import vocabulary
from .._core.comparison import plain_text
from .._core.envelope import entries, entry
from .._core.errors import EmptyResponse, NotFound, SindadError
from .._core.lookup import CHOICE_KEYS, choose, listing, to_choice
from .._core.values import first_present, to_int, to_text
from .record import to_ticket

#: Keys that hold a ticket's number: [V] ticket_number, [G] the rest.
TICKET_IDS = ("ticket_number", "number", "id")
#: Keys of which an object must have one to be taken for a ticket [V].
TICKET_KEYS = (*TICKET_IDS, "subject", "deptname", "client_read", "body", "email", "date")


class Tickets:
    """/tickets, /ticket and what is below them."""

    def __init__(self, client):
        self.client = client

    def list(self):
        """GET /tickets: records without body and replies."""
        listed = self.client.get_list("/tickets", "tickets", known=TICKET_KEYS, identity=TICKET_IDS)
        return [to_ticket(each) for each in listed]

    def get(self, ticket):
        """GET /tickets/@number: the full record of the ticket with this number."""
        answer = self.client.get("/tickets/@number", number=ticket)
        try:
            source = entry(answer, "ticket", key=ticket, known=TICKET_KEYS)
        except EmptyResponse:
            raise NotFound(f"The portal answered nothing for ticket {ticket}.") from None
        # The replies stand beside the ticket, not in it.
        replies = first_present({**source, **(answer if isinstance(answer, dict) else {})}, "replies") or []
        return to_ticket({"ticket_number": ticket, **source}, entries({"replies": replies}, "replies"), answer)

    def find(self, ticket):
        """The same, for a number that a user wrote. NotFound lists the tickets that there are."""
        ticket = ticket.strip().lstrip("#")
        try:
            return self.get(ticket)
        except NotFound as error:
            with contextlib.suppress(SindadError):
                there = listing(self.list(), ("subject",), "number") or "none"
                message = f"There is no ticket {ticket} on this account. There is: {there}."
                error = NotFound(message, error.request, error.errors, error.status_code)
            raise error from None

    def create(self, department, subject, body):
        """POST /tickets. *department* is an id. Returns the number of the ticket, or None if it is not told."""
        department = int(department) if department.isdecimal() else department
        answer = self.client.post("/tickets", {"dept_id": department, "subject": subject, "body": body})
        made = first_present(answer, "ticket", "ticket_number", "number") if isinstance(answer, dict) else None
        return to_text(first_present(made, "ticket_number", "number", "id") if isinstance(made, dict) else made)

    def reply(self, ticket, body):
        """POST /tickets/@number."""
        self.client.post("/tickets/@number", {"body": body}, number=ticket)

    def open(self, ticket):
        """PUT /tickets/@number/open: open a closed ticket again."""
        self.client.put("/tickets/@number/open", number=ticket)

    def close(self, ticket):
        """PUT /tickets/@number/close."""
        self.client.put("/tickets/@number/close", number=ticket)

    def departments(self):
        """GET /ticket/departments."""
        listed = self.client.get_list("/ticket/departments", "departments", known=CHOICE_KEYS, identity=CHOICE_KEYS)
        return [to_choice(each) for each in listed]

    def department(self, wanted):
        """The department with this id or name."""
        return choose(wanted, self.departments(), "department")

    def attachment(self, ticket, file):
        """GET /ticket/attachment/@file: the bytes of a file. NotFound lists the files that the ticket has."""
        ticket, file = ticket.strip().lstrip("#"), file.strip()
        try:
            return self.client.download("/ticket/attachment/@file", query={"number": ticket}, file=file)
        except NotFound as error:
            there = listing(_attachments(self.find(ticket)["raw"])) or "none that the portal tells"
            message = f"Ticket {ticket} has no file {file}. There is: {there}."
            raise NotFound(message, error.request, error.errors, error.status_code) from None


def _attachments(value):
    """The files named below any key ``attachments`` in an answer; that they are named at all is not documented."""
    if isinstance(value, list):
        return [file for part in value for file in _attachments(part)]
    if not isinstance(value, dict):
        return []
    own = value.get("attachments")
    files = entries({"attachments": own}, "attachments") if isinstance(own, (dict, list)) else []
    found = [
        {"id": to_text(each.get("id")), "name": to_text(first_present(each, "filename", "name"))} for each in files
    ]
    return found + [file for key, part in value.items() if key != "attachments" for file in _attachments(part)]


# -- what a ticket says ----------------------------------------------------------------------------------------------


def is_closed(ticket):
    return vocabulary.is_closed(ticket["status"])


def in_department(ticket, department):
    """Whether the portal tells that *ticket* belongs to the record *department*."""
    told = plain_text(ticket["department"] or "").casefold()
    return told in (department["id"].casefold(), plain_text(department["name"]).casefold())


def last_reply(ticket):
    """The text of the client's last reply, or None. The order of replies is not documented: ids and dates tell."""
    ours = [reply for reply in ticket["replies"] or [] if not vocabulary.is_staff(reply["type"])]
    ours.sort(key=lambda reply: (to_int(reply["id"]) or 0, reply["date"] or ""))
    return ours[-1]["body"] if ours else None
