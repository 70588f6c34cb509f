# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of tokens and notifications."""

from __future__ import annotations

import base64
import datetime
import json
from typing import Any, TypedDict, cast

from .._core.errors import UnexpectedResponse
from .._core.reading.values import first_present, first_told, spellings, to_bool, to_date, to_text


class TokenRecord(TypedDict):
    """An access token; ``refresh_token`` is None if the old one stays, ``expires_at`` if the token does not say."""

    token: str
    refresh_token: str | None
    expires_at: str | None


class NotificationRecord(TypedDict):
    """A notification; ``read`` is None where only the list of new ones shows it."""

    id: str
    subject: str | None
    text: str | None
    date: str | None
    read: bool | None
    rel_type: str | None
    rel_id: str | None
    raw: dict[str, Any]


TOKEN = spellings(V="token", G="access_token")
REFRESH = spellings(V="refresh", G="refresh_token")
READ = spellings(G="seen, read, is_read, acknowledged, ack")
NEW = spellings(G="new, is_new, unread")
ID = spellings(G="id, notification_id")
SUBJECT = spellings(G="subject, title, name")
TEXT = spellings(G="body, text, message, content, description")
DATE = spellings(G="date, date_added, created_at, created, time")
#: Keys of which an object must have one to be taken for a notification.
NOTIFICATION_KEYS = frozenset((*READ, *NEW, *ID, *SUBJECT, *TEXT, *DATE, "rel_type", "rel_id"))

# -- access ----------------------------------------------------------------------------------------------------------


def to_tokens(answer: Any, given: str | None = None) -> TokenRecord:
    """What POST /login and POST /token answer; ``refresh_token`` is None if the one *given* stays."""
    answer = answer if isinstance(answer, dict) else {}
    token = to_text(first_present(answer, *TOKEN))
    if token is None:
        raise UnexpectedResponse("token", answer)
    refresh = to_text(first_present(answer, *REFRESH))
    return {"token": token, "refresh_token": None if refresh == given else refresh, "expires_at": expiry(token)}


def expiry(token: str) -> str | None:
    """When a JWT ends, in UTC, or None if it does not say. Its signature is for the portal to check."""
    try:
        claims = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        end = datetime.datetime.fromtimestamp(float(claims["exp"]), datetime.timezone.utc)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return end.strftime("%Y-%m-%dT%H:%M:%SZ")


# -- notifications ---------------------------------------------------------------------------------------------------


def to_notification(source: dict[str, Any]) -> NotificationRecord:
    """A notification; ``read`` is None where only the list of new ones shows it."""
    read = to_bool(first_told(source, *READ))
    if read is None:
        new = to_bool(first_told(source, *NEW))
        read = None if new is None else not new
    return {
        "id": cast(str, to_text(first_present(source, *ID))),
        "subject": to_text(first_present(source, *SUBJECT)),
        "text": to_text(first_present(source, *TEXT)),
        "date": to_date(first_present(source, *DATE)),
        "read": read,
        "rel_type": to_text(source.get("rel_type")),
        "rel_id": to_text(source.get("rel_id")),
        "raw": source,
    }
