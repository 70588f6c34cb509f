# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of tickets and their replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict, cast

from .._core.reading.values import first_present, spellings, to_bool, to_date, to_text
from .._core.response.envelope import entries


class ReplyRecord(TypedDict):
    """A reply to a ticket."""

    id: str | None
    name: str | None
    date: str | None
    type: str | None
    status: str | None
    body: Any


class AttachmentRecord(TypedDict):
    """A file of a ticket, or of one of its replies."""

    id: str
    name: str


class TicketRecord(TypedDict):
    """A ticket; what only its details report is None in a list."""

    number: str
    subject: str | None
    status: str | None
    department: str | None
    date: str | None
    client_read: bool | None
    name: str | None
    email: str | None
    body: Any
    replies: list[ReplyRecord] | None
    attachments: list[AttachmentRecord] | None
    raw: Any


NUMBER = spellings(V="ticket_number", G="number, id")
FILE_ID = spellings(G="id, file_id, attachment_id, key")
FILE_NAME = spellings(G="org_filename, original_name, filename, file_name, name, file, title")
DEPARTMENT = spellings(V="deptname", G="department, dept_id")
#: Keys of which an object must have one to be taken for a ticket; those without a constant are documented [V].
TICKET_KEYS = frozenset((*NUMBER, *DEPARTMENT, "subject", "status", "date", "client_read", "name", "email", "body"))


def to_ticket(
    source: dict[str, Any], replies: Iterable[dict[str, Any]] | None = None, answer: Any = None
) -> TicketRecord:
    """A ticket, from GET /tickets (``replies`` is None there), or from the *answer* to GET /tickets/@number."""
    return {
        "number": cast(str, to_text(first_present(source, *NUMBER))),
        "subject": to_text(source.get("subject")),
        "status": to_text(source.get("status")),
        "department": to_text(first_present(source, *DEPARTMENT)),
        "date": to_date(source.get("date")),
        "client_read": to_bool(source.get("client_read")),
        "name": to_text(source.get("name")),
        "email": to_text(source.get("email")),
        "body": _body(source),
        "replies": None if replies is None else [to_reply(each) for each in replies],
        "attachments": None if replies is None else to_attachments(answer or source),
        "raw": answer or source,
    }


def to_reply(source: dict[str, Any]) -> ReplyRecord:
    """A reply to a ticket; ``type`` is ``Admin`` [V] or ``Client`` [I]."""
    return {
        "id": to_text(source.get("id")),
        "name": to_text(source.get("name")),
        "date": to_date(source.get("date")),
        "type": to_text(source.get("type")),
        "status": to_text(source.get("status")),
        "body": _body(source),
    }


def to_attachments(answer: Any) -> list[AttachmentRecord]:
    """The files that an answer names below any key ``attachments``, each once; that they are named is a guess [G]."""
    found: dict[str, AttachmentRecord] = {}
    for each in _files(answer):
        identity, name = to_text(first_present(each, *FILE_ID)), to_text(first_present(each, *FILE_NAME))
        if identity or name:
            found.setdefault(identity or name or "", {"id": identity or name or "", "name": name or identity or ""})
    return list(found.values())


def _files(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        own = value.get("attachments")
        if isinstance(own, (dict, list)):
            yield from entries({"attachments": own}, "attachments")
        value = [part for key, part in value.items() if key != "attachments"]
    for part in value if isinstance(value, list) else []:
        yield from _files(part)


def _body(source: dict[str, Any]) -> str | None:
    """The text of a ticket or a reply, with its blanks."""
    body = source.get("body")
    return body if isinstance(body, str) else to_text(body)
