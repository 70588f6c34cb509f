# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tickets, their replies and attachments."""

from __future__ import annotations

import html
import re
from typing import Any

from .. import wordings
from ..answers import Answer, refuse
from ..call import Call
from ..ids import next_id
from ..params import text
from ..routing import endpoint
from ..state import Reply, Ticket


@endpoint("GET", "/tickets")
def tickets(call: Call) -> dict[str, Any]:
    newest = sorted(call.account.tickets.values(), key=lambda one: one.date, reverse=True)
    return {
        "tickets": [
            {
                "client_read": one.client_read,
                "ticket_number": one.number,
                "date": one.date,
                "deptname": one.department,
                "subject": _told(call, one.subject),
                "status": one.status,
            }
            for one in newest
        ]
    }


@endpoint("GET", "/tickets/@number")
def ticket(call: Call) -> dict[str, Any]:
    one = _find(call)
    found: dict[str, Any] = {
        "date": one.date,
        "ticket_number": one.number,
        "name": one.name,
        "email": one.email,
        "subject": _told(call, one.subject),
        "body": _told(call, one.body),
        "status": one.status,
        "client_read": one.client_read,
        "deptname": one.department,
    }
    if call.options.other_ids:
        found["ticket_number"] = next_id(call.account.tickets, one.number)
    one.client_read = "1"
    if one.attachments:
        found["attachments"] = [{"id": file.id, "filename": file.filename} for file in one.attachments]
    replies = [
        {
            "id": reply.id,
            "name": reply.name,
            "date": reply.date,
            "body": _told(call, reply.body),
            "status": reply.status,
            "type": reply.type,
        }
        for reply in one.replies
    ]
    return {"ticket": found, "replies": replies}


@endpoint("POST", "/tickets")
def create_ticket(call: Call) -> dict[str, Any]:
    department = text(call.body, "dept_id")
    subject, body = text(call.body, "subject"), text(call.body, "body")
    if department not in call.account.departments:
        refuse("dept_id is invalid")
    number = call.account.number("ticket", 865650)
    changes = call.options.ticket_changes
    account = call.account
    account.tickets[str(number)] = Ticket(
        str(number),
        wordings.subject(subject.strip(), number, changes),
        wordings.message(body, _name(call), changes),
        "Open",
        wordings.department(account.departments[department], changes),
        account.clock.stamp(),
        name=_name(call),
        email=str(account.client["email"]),
    )
    return {"ticket": number}


@endpoint("POST", "/tickets/@number")
def reply(call: Call) -> dict[str, Any]:
    one = _find(call)
    body = wordings.message(text(call.body, "body"), _name(call), call.options.ticket_changes)
    number = str(call.account.number("reply", 1001))
    one.replies.append(Reply(number, _name(call), call.account.clock.stamp(), body))
    one.status = "Client-Reply"
    return {"info": ["reply_added"]}


@endpoint("PUT", "/tickets/@number/open")
def reopen(call: Call) -> dict[str, Any]:
    one = _find(call)
    if not call.options.reopen:
        refuse("This ticket can not be re-opened", status=200)
    if one.status != "Closed":
        return call.nothing({"status": True})
    one.status = "Open"
    return {"status": True}


@endpoint("PUT", "/tickets/@number/close")
def close(call: Call) -> dict[str, Any]:
    one = _find(call)
    if one.status == "Closed":
        return call.nothing({"status": True})
    one.status = "Closed"
    return {"status": True}


@endpoint("GET", "/ticket/departments")
def departments(call: Call) -> dict[str, Any]:
    return {"departments": [{"id": key, "name": name} for key, name in call.account.departments.items()]}


@endpoint("GET", "/ticket/attachment/@file")
def attachment(call: Call) -> Answer:
    number = call.query.get("number")
    if not number:
        refuse("number is required")
    one = call.account.tickets.get(number)
    found = [file for file in one.attachments if file.id == call.params["file"]] if one else []
    if not found:
        refuse("file_not_found")
    # bytes of UTF-8 as they are, which HTTP does not foresee and servers do
    name = found[0].filename.replace('"', '\\"').encode().decode("latin-1")
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Answer(200, found[0].content, "application/octet-stream", headers)


def _find(call: Call) -> Ticket:
    found = call.account.tickets.get(call.params["number"])
    if not found:
        refuse("ticket_not_found")
    return found


def _name(call: Call) -> str:
    return f"{call.account.client['firstname']} {call.account.client['lastname']}"


def _told(call: Call, stored: str) -> str:
    """Texts come back with \\r\\n, and as HTML entities where the portal is set so."""
    value = re.sub(r"\r\n|\r|\n", "\r\n", stored)
    return html.escape(value) if call.options.html_entities else value
