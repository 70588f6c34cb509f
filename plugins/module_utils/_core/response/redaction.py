# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials and portal-sent secrets, out of texts and objects."""

from __future__ import annotations

import base64
import functools
import html
import json
import re
import threading
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

from ..reading.values import fold

MASK = "********"
#: A shorter value that a portal sends is not taken out of texts: half of every sentence would go with it.
LEAST_LENGTH = 4
#: A longer text does not name a field.
LONGEST_NAME = 60


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words of a key that make what it holds a secret: ``vnc-pass``, ``apiToken``, "Root password".
SECRET_WORDS = _words(
    """
    password passwd pass passphrase passcode pw pwd pswd secret secrets token tokens credential credentials creds
    totp hotp otp pin pincode puk cvv cvc csc session sessions sid cookie cookies jwt bearer authorization auth csrf
    privkey apikey authkey sshkey keypair pem htpasswd kubeconfig mnemonic autologin sso vnc novnc spice console kvm
    ipmi ilo idrac epp
    """
)
#: Two words in a row that do, where neither does alone.
SECRET_PAIRS = frozenset(
    [f"{kind} key" for kind in _words("private api access secret ssh encryption license recovery master signing")]
    + [f"{kind} key" for kind in _words("client consumer app application rsa pgp gpg preshared shared")]
    + [f"{kind} code" for kind in _words("recovery backup security verification activation access mfa transfer")]
    + ["recovery codes", "backup codes", "card number", "cc number", "security answer", "magic link", "login link"]
)
#: The same, glued to other words: ``rootpass``, ``sessionid``. (``bypass`` and ``compass`` are none.)
GLUED = re.compile(
    r"passw|passphrase|passcode|(?<!by)(?<!com|sur)(?<!tres|over)(?<!under)pass$|[a-z]{2}pwd?$|secret|credential"
    r"|[a-z]tokens?$|(private|priv|api|access|auth|license|ssh|rsa|encryption)key$|novnc|(vnc|console|kvm)url|totp"
    r"|session(key|token)|(recovery|backup|auth|epp|security|verification|activation|access)codes?$|cardnum(ber)?$"
    r"|magiclink|htpasswd|authorization|wwwauthenticate|setcookie"
)
#: A secret although it ends like something that is told of one.
ALWAYS = re.compile("sess(ion)?id$")
#: Last words of what is told *of* a secret: ``token_expires``, ``ssh_keys_count``, ``vnc_port``.
ABOUT = _words(
    """
    expires expiry expire expiration expired ttl age type kind count length strength policy changed updated created
    modified rotated date time at on set enabled disabled required status state available port host hostname min max
    size limit timeout lifetime used left remaining version method methods supported allowed active bits algorithm
    fingerprint name id protocol mode
    """
)
#: First words of a question about one: ``has_password``.
ASKING = _words("has is can use uses show hide require requires allow allows enable min max num last")
#: The same in Persian, as the name of a field.
SECRET_PERSIAN = re.compile("رمز(?!ارز)|گذرواژه|گذر واژه|پسورد|کلمه ?عبور|توکن")
#: Keys that name what stands beside them, and the keys of that: ``{"name": "Root password", "value": "..."}``.
NAMING = ("name", "label", "title", "key", "field", "variable", "option", "id")
NAMED = ("value", "val", "data", "content", "default", "current")
#: Words that say how it is with a secret, and are none.
NO_SECRETS = _words(
    """
    true false none null enabled disabled active inactive available unavailable required optional default basic bearer
    token hidden online offline running stopped open closed unknown expired valid invalid
    """
)


@functools.lru_cache(maxsize=4096)
def is_secret(key: str) -> bool:
    """Whether a key, or the name of a field, says that what it holds is a secret."""
    words = [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", key)]
    glued = "".join(words)
    if ALWAYS.search(glued) or SECRET_PERSIAN.search(fold(key)):
        return True
    if not words or words[-1] in ABOUT or words[0] in ASKING:
        return False
    pairs = {f"{first} {second}" for first, second in zip(words, words[1:])}
    return bool(SECRET_WORDS & set(words) or SECRET_PAIRS & pairs or GLUED.search(glued))


def _secret_keys(value: dict[Any, Any]) -> set[Any]:
    """The keys of an object that hold secrets: by their own name, or by the name that stands beside them."""
    names = [value[key] for key in NAMING if isinstance(value.get(key), str) and len(value[key]) <= LONGEST_NAME]
    beside = NAMED if any(map(is_secret, names)) else ()
    return {key for key in value if is_secret(str(key)) or key in beside}


def secrets_in(value: Any) -> Iterator[str]:
    """The texts in a decoded response, or in what is sent, that are secrets by the keys that they stand under."""
    if isinstance(value, list):
        for part in value:
            yield from secrets_in(part)
    elif isinstance(value, dict):
        secret = _secret_keys(value)
        for key, part in value.items():
            yield from _leaves(part) if key in secret else secrets_in(part)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)
    elif value is not None and not isinstance(value, bool):
        text = str(value).strip()
        if len(text) >= LEAST_LENGTH and text.lower() not in NO_SECRETS:
            yield text


def without_secrets(value: Any) -> Any:
    """A copy of *value* without the passwords that a portal sends in clear; a record keeps the key, with None."""
    if isinstance(value, list):
        return [without_secrets(part) for part in value]
    if not isinstance(value, dict):
        return value
    secret = _secret_keys(value)
    kept: dict[Any, Any] = {}
    for key, part in value.items():
        if key not in secret:
            kept[key] = without_secrets(part)
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
        """*text* without the secrets."""
        redacted = str(text)
        for spelling in self._spellings:
            redacted = redacted.replace(spelling, MASK)
        return redacted

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
