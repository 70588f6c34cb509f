# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of tickets and their replies."""

from __future__ import annotations

from .._core.values import first_present, to_bool, to_date, to_text

# -- support ---------------------------------------------------------------------------------------------------------


def to_ticket(source, replies=None, answer=None):
    """A ticket, from GET /tickets (``replies`` is None there), or from the *answer* to GET /tickets/@number."""
    return {
        "number": to_text(first_present(source, "ticket_number", "number", "id")),
        "subject": to_text(source.get("subject")),
        "status": to_text(source.get("status")),
        "department": to_text(first_present(source, "deptname", "department", "dept_id")),
        "date": to_date(source.get("date")),
        "client_read": to_bool(source.get("client_read")),
        "name": to_text(source.get("name")),
        "email": to_text(source.get("email")),
        "body": source.get("body"),
        "replies": None if replies is None else [to_reply(each) for each in replies],
        "raw": answer or source,
    }


def to_reply(source):
    """A reply to a ticket; ``type`` is ``Admin`` [documented] or ``Client`` [inferred]."""
    return {
        "id": to_text(source.get("id")),
        "name": to_text(source.get("name")),
        "date": to_date(source.get("date")),
        "type": to_text(source.get("type")),
        "status": to_text(source.get("status")),
        "body": source.get("body"),
    }
