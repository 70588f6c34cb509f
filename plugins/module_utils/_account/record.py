# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of tokens and notifications."""

from __future__ import annotations

import base64
import datetime
import json

from .._core.errors import UnexpectedResponse
from .._core.values import first_present, first_told, to_bool, to_date, to_text

# -- access ----------------------------------------------------------------------------------------------------------


def to_tokens(answer, given=None):
    """What POST /login and POST /token answer; ``refresh_token`` is None if the one *given* stays."""
    answer = answer if isinstance(answer, dict) else {}
    token = to_text(first_present(answer, "token", "access_token"))
    if token is None:
        raise UnexpectedResponse("token", answer)
    refresh = to_text(first_present(answer, "refresh", "refresh_token"))
    return {"token": token, "refresh_token": None if refresh == given else refresh, "expires_at": expiry(token)}


def expiry(token):
    """When a JWT ends, in UTC, or None if it does not tell. Its signature is the portal's affair."""
    try:
        claims = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        end = datetime.datetime.fromtimestamp(float(claims["exp"]), datetime.timezone.utc)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return end.strftime("%Y-%m-%dT%H:%M:%SZ")


# -- notifications ---------------------------------------------------------------------------------------------------


def to_notification(source):
    """A notification; ``read`` is None where only the list of new ones tells."""
    read = to_bool(first_told(source, "seen", "read", "is_read", "acknowledged", "ack"))
    if read is None:
        new = to_bool(first_told(source, "new", "is_new", "unread"))
        read = None if new is None else not new
    return {
        "id": to_text(first_present(source, "id", "notification_id")),
        "subject": to_text(first_present(source, "subject", "title", "name")),
        "text": to_text(first_present(source, "body", "text", "message", "content", "description")),
        "date": to_date(first_present(source, "date", "date_added", "created_at", "created", "time")),
        "read": read,
        "rel_type": to_text(source.get("rel_type")),
        "rel_id": to_text(source.get("rel_id")),
        "raw": source,
    }
