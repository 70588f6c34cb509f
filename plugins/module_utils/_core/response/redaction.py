# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials and portal-sent secrets, out of texts and objects."""

from __future__ import annotations

import base64
import html
import json
import re
import threading
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

from ..reading.text import printable
from ..reading.values import listed
from .secret_names import LONGEST_NAME, is_secret, words_of
from .secret_texts import MASK, NO_SECRETS, looks_generated, mask_secrets, spans

#: A shorter value that a portal sends is not taken out of texts: half of every sentence would go with it.
LEAST_LENGTH = 4
#: Last words of keys that name what stands beside them, and of the keys of that, in whatever case:
#: ``{"Name": "Root password", "Value": "..."}``, ``{"fieldType": "password", "fieldValue": "..."}``.
NAMING = listed(
    """
    name label title key field variable var option id type kind code slug caption param parameter attribute attr
    property prop setting item element identifier displayname fieldname fieldtype varname keyname n k
    نام عنوان برچسب فیلد کلید نوع متغیر
    """
)
NAMED = listed(
    """
    value values val data content contents default current text string answer entry input payload plain cleartext
    plaintext selected v raw_value fieldvalue مقدار محتوا داده متن
    """
)
#: Last words of keys that say more of a field, and are not its value.
DESCRIBING = NAMING | listed(
    """
    description help hint required order sort position category group visible hidden editable readonly class min max
    length size format regex
    """
)
#: Last words of keys that no field has as its value, but a record that only bears such a name has.
OF_RECORDS = listed(
    """
    status state date time created updated expires price cost method route path url domain ip address hostname product
    subject body
    """
)
#: The most keys of an object that describes a field and stands beside its value.
MOST_DESCRIBING = 8
#: A switch says that there is a secret, and is none.
_SWITCHES = ("", "0", "1", "true", "false", "yes", "no", "on", "off", "enabled", "disabled")


def _is_switch(value: Any) -> bool:
    return value is not None and not isinstance(value, (dict, list)) and str(value).strip().lower() in _SWITCHES[1:]


def _secret_keys(value: dict[Any, Any]) -> set[Any]:
    """The keys of an object that hold secrets: by their own name, or by the name that stands beside them."""
    secret = {key for key, part in value.items() if is_secret(str(key)) and not _is_switch(part)}
    if any(map(_names_secret, value.values())):
        last = {key: (words_of(str(key)) or ("",))[-1] for key in value}
        if any(last[key] in NAMING and _names_secret(part) for key, part in value.items()):
            secret |= _values_beside(value, last)
    return secret


def _names_secret(part: Any) -> bool:
    """Whether *part* is the name of a secret, or the description of a field with such a name."""
    if isinstance(part, dict) and len(part) <= MOST_DESCRIBING:
        return any(isinstance(name, str) and _names_secret(name) for name in part.values())
    return isinstance(part, str) and len(part) <= LONGEST_NAME and is_secret(part)


def _values_beside(value: dict[Any, Any], last: dict[Any, str]) -> set[Any]:
    """The keys of the value of a field: known ones, else the only one that does not describe the field."""
    named = {key for key, part in value.items() if last[key] in NAMED and not _is_switch(part)}
    rest = [key for key in value if last[key] not in DESCRIBING]
    is_field = not named and len(rest) == 1 and isinstance(value[rest[0]], str) and last[rest[0]] not in OF_RECORDS
    return set(rest) if is_field else named


def _pairs(value: list[Any]) -> Iterator[tuple[Any, Any]]:
    """The names and values of a list of pairs: ``[["Root password", "..."], ...]``."""
    if all(isinstance(part, list) and len(part) == 2 and isinstance(part[0], str) for part in value):
        yield from value


def secrets_in(value: Any) -> Iterator[str]:
    """The texts in a decoded response, or in what is sent, that are secrets by the names that introduce them."""
    if isinstance(value, list):
        for name, part in _pairs(value):
            yield from _leaves(part) if is_secret(name) else ()
        for part in value:
            yield from secrets_in(part)
    elif isinstance(value, dict):
        secret = _secret_keys(value)
        for key, part in value.items():
            yield from _leaves(part) if key in secret else secrets_in(part)
    elif isinstance(value, str):
        yield from (text for text in (value[begin:end] for begin, end in spans(value)) if looks_generated(text))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)
    elif value is not None and not isinstance(value, bool):
        text = str(value).strip()
        if len(text) >= LEAST_LENGTH and text.lower() not in NO_SECRETS:
            yield text


def without_secrets(value: Any) -> Any:
    """A copy of *value* without the passwords that a portal sends in clear; a record keeps the key, with None.

    Of a text, which may be one that the task asked for, nothing is taken away; of the texts in an object or a list is.
    """
    return value if isinstance(value, str) else _without(value)


def _without(value: Any) -> Any:
    if isinstance(value, str):
        return mask_secrets(value)
    if isinstance(value, list):
        hidden = {id(pair) for pair in _pairs(value) if is_secret(pair[0])}
        return [[part[0], None] if id(part) in hidden else _without(part) for part in value]
    if not isinstance(value, dict):
        return value
    secret = _secret_keys(value)
    kept: dict[Any, Any] = {}
    for key, part in value.items():
        if key not in secret:
            kept[key] = _without(part)
        elif "raw" in value:
            kept[key] = None
    return kept


class Redactor:
    """Takes secrets out of texts, however they are spelt there. Safe for threads."""

    def __init__(self, secrets: Iterable[str | None] = ()):
        self._lock = threading.Lock()
        self._known: set[str] = set()
        self._spellings: tuple[str, ...] = ()
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str | None) -> None:
        """Take *secret* out from now on."""
        if secret and secret not in self._known:
            self._known.add(secret)
            self._add(_spellings(secret))

    def learn_login(self, username: str | None, password: str | None) -> None:
        """Take a password out, also where HTTP Basic wrote it together with its user name."""
        self.learn(password)
        if username and password:
            self._add([base64.b64encode(f"{username}:{password}".encode()).decode()])

    def learn_from(self, value: Any) -> None:
        """Take out what *value*, a decoded response or what is sent, holds under the keys of secrets."""
        for secret in secrets_in(value):
            self.learn(secret)

    def redact(self, text: object) -> str:
        """*text* without the secrets: those that are known, and those that it introduces itself."""
        redacted = str(text)
        for spelling in self._spellings:
            redacted = redacted.replace(spelling, MASK)
        return mask_secrets(redacted)

    def _add(self, spellings: Iterable[str]) -> None:
        with self._lock:  # the longest first: one may be a part of another
            self._spellings = tuple(sorted({*self._spellings, *spellings}, key=len, reverse=True))


def _spellings(secret: str) -> set[str]:
    """A secret as it may stand in a text, an address, JSON, HTML, Python or base64."""
    quoted = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    ascii_json, utf8_json = json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]
    escaped = {html.escape(secret), html.escape(secret, quote=False)}
    return {
        secret,
        *quoted,
        *(re.sub("%[0-9A-F]{2}", _lower, each) for each in quoted),
        *escaped,
        *(each.replace("&#x27;", "&#039;") for each in escaped),  # as PHP writes it
        *(each.replace("&#x27;", "&#39;") for each in escaped),
        *(ascii_json, utf8_json, ascii_json.replace("/", "\\/"), utf8_json.replace("/", "\\/")),
        *(repr(secret)[1:-1], repr(secret.encode("utf-8", "replace"))[2:-1]),
        *_in_base64(secret),
    }


def _lower(match: re.Match[str]) -> str:
    return match.group().lower()


def _in_base64(secret: str) -> Iterator[str]:
    """What is left of a secret in base64 wherever it begins in the text that was encoded: ``user:secret``."""
    encoded = secret.encode("utf-8", "replace")
    for before in range(3):
        bits = base64.b64encode(b"\0" * before + encoded).decode()
        whole = bits[-(-before * 4 // 3) : (before + len(encoded)) * 4 // 3]
        if len(whole) >= 2 * LEAST_LENGTH:
            yield from (whole, whole.replace("+", "-").replace("/", "_"))


def shown(value: Any, redactor: Redactor) -> Any:
    """A copy of a result whose messages may be shown: without secrets, and without what a terminal acts on.

    Messages are ``msg``, ``errors`` and ``exception`` at any depth; what else a portal sends stays as it is.
    """
    if isinstance(value, list):
        return [shown(part, redactor) for part in value]
    if not isinstance(value, dict):
        return value
    kept = {key: part if key == "raw" else shown(part, redactor) for key, part in value.items()}
    for key, lines in (("msg", False), ("exception", True)):
        if isinstance(value.get(key), str):
            kept[key] = printable(redactor.redact(value[key]), lines)
    if isinstance(value.get("errors"), list):  # a password such as "wrong" must not hide the code ``wronglogin``
        kept["errors"] = [printable(mask_secrets(str(text))) for text in value["errors"]]
    return kept


def without_raw(value: Any) -> Any:
    """A copy of a record, or of a list of records, without the portal's own objects, at any depth."""
    if isinstance(value, list):
        return [without_raw(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {key: without_raw(part) for key, part in value.items() if key != "raw"}


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
