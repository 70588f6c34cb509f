# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials and portal-sent secrets, out of texts and objects."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "********"
SECRET = re.compile(
    r"passw|passphrase|passcode|(?<!by)(?<!com)pass$|pwd?$|secret|(private|api|access)_?key|credential|tokens?$", re.I
)


class Redactor:
    """Takes secrets out of texts, however they are spelt there."""

    def __init__(self, secrets: Iterable[str | None] = ()):
        self._spellings: set[str] = set()
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str | None) -> None:
        """Take *secret* out from now on."""
        if secret:
            self._spellings.update(_spellings(secret))

    def learn_login(self, username: str | None, password: str | None) -> None:
        """Take a password out, also where HTTP Basic wrote it together with its user name."""
        self.learn(password)
        if username and password:
            self._spellings.add(base64.b64encode(f"{username}:{password}".encode()).decode())

    def redact(self, text: object) -> str:
        """*text* without the secrets."""
        redacted = str(text)
        for spelling in sorted(self._spellings, key=len, reverse=True):
            redacted = redacted.replace(spelling, MASK)
        return redacted


def _spellings(secret: str) -> tuple[str, ...]:
    """A secret as it may stand in a text, an address, JSON, HTML or Python."""
    quoted = (json.dumps(secret), json.dumps(secret, ensure_ascii=False), repr(secret))
    return (
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        html.escape(secret),
        html.escape(secret, quote=False),
        *(each[1:-1] for each in quoted),
    )


def without_secrets(value: Any) -> Any:
    """A copy of *value* without the passwords that a portal sends in clear; a record keeps the key, with None."""
    if isinstance(value, list):
        return [without_secrets(part) for part in value]
    if not isinstance(value, dict):
        return value
    kept: dict[Any, Any] = {}
    for key, part in value.items():
        if not SECRET.search(str(key)):
            kept[key] = without_secrets(part)
        elif "raw" in value:
            kept[key] = None
    return kept


def shape_of(value: object) -> str:
    """The keys and types of a decoded response, no value: ``{services: [{id: str, total: str}, ...]}``."""
    if isinstance(value, dict):
        if value and all(str(key).isdigit() for key in value):
            return f"{{<id>: {shape_of(next(iter(value.values())))}}}"
        return "{" + ", ".join(f"{_shown_key(key)}: {shape_of(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return f"[{shape_of(value[0])}{', ...' if len(value) > 1 else ''}]" if value else "[]"
    return "null" if value is None else type(value).__name__


def _shown_key(key: object) -> str:
    """A key that is a word; an address, a name or an id could be a value of the account."""
    return str(key) if re.fullmatch(r"[A-Za-z_][A-Za-z_-]{0,39}", str(key)) else "<key>"
