# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a portal writes things: values, collections, words, addresses, secrets. Lenient in what is read."""

from __future__ import annotations

import contextlib
import ipaddress
import re

from ansible_collections.sindad.cloud.plugins.module_utils._errors import Failure

ON = ("running", "online", "on", "active", "true", "1", "up", "started", "poweredon", "powered on", "powered_on")
OFF = (
    "stopped",
    "offline",
    "off",
    "shutoff",
    "halted",
    "false",
    "0",
    "down",
    "poweredoff",
    "powered off",
    "powered_off",
)
#: States that end by themselves. Everything else that is neither on nor off is a word that we do not know.
PASSING = (
    "backup|snapshot|restore|rebuild|pending|queued|locked|busy|in[ _-]?progress|install|reinstall|build|destroy|delete"
    "|(?!running)[a-z_-]*ing"
)
#: States of an operation that is over.
ENDED = (
    "none|no|null|idle|inactive|finished|done|completed?|success(ful)?|succeeded|ok|ready|ended|cancell?ed|stopped|not[ _-]running"
    "|off|false|0|"
)
FAILED = "failed|failure|error|errored|aborted|broken|timeout"

SECRET = re.compile(r"passw|passphrase|^pass$|_pass$|rootpass|secret|private_?key|^pwd$|token$", re.I)


class Unexpected(Failure):
    """An answer in a shape that this collection does not know: never taken for "nothing"."""

    def __init__(self, what, answer):
        keys = ", ".join(map(str, answer)) if isinstance(answer, dict) else repr(answer)[:40]
        super().__init__(
            f"The portal's answer holds no {what}; it holds: {keys or 'nothing'}. "
            "Run the task again; if it stays so, please report this shape to the collection."
        )


class Nothing(Unexpected):
    """An answer that is well formed and holds no object."""


# -- values ----------------------------------------------------------------------------------------------------------


def text(value):
    """Text, or None for what is missing (None, "", False, an empty list)."""
    if value is None or isinstance(value, (bool, dict, list)):
        return None
    return str(value).strip() or None


def number(value, unit=None):
    """An int, or None. With *unit* (MB or GB) a unit in the text is converted: C(2 GB) is 2048 MB."""
    if isinstance(value, bool) or value is None:
        return None
    match = re.match(r"\s*(-?\d+(?:\.\d+)?)\s*([kmgt]?)i?b?\s*$", str(value), re.I)
    if not match:
        return None
    amount, prefix = float(match.group(1)), match.group(2).upper()
    if unit and prefix:
        amount *= 1024 ** ("KMGT".index(prefix) - "KMGT".index(unit[0]))
    return int(round(amount))


def flag(value):
    """True, False, or None for what says neither."""
    word = str(value).strip().lower()
    if word in ("true", "1", "yes", "on", "y"):
        return True
    if word in ("false", "0", "no", "off", "n"):
        return False
    return None


def money(value):
    """A decimal string such as C("9.99"), or None."""
    if isinstance(value, bool) or value in (None, ""):
        return None
    if isinstance(value, float):
        return f"{value:.2f}" if round(value, 2) == value else repr(value)
    return str(value).strip()


def date(value):
    """The portal's date as it is, or None for C(0000-00-00 ...)."""
    word = text(value)
    return None if word is None or word.startswith("0000-00-00") else word


def first(source, *names):
    """The first of the keys *names* that holds something."""
    return next((source[name] for name in names if source.get(name) not in (None, "", [], {})), None)


# -- answers ---------------------------------------------------------------------------------------------------------

ENVELOPE = ("status", "success", "info", "error", "message", "total", "count", "page")


def entries(answer, *names):
    """The collection in *answer* as a list of dicts, whatever its shape.

    *names* are the keys that it may stand under. An object keyed by id gives each entry its key as C(id) unless it has
    one; an entry that is no object becomes C({"id": key, "name": entry}) or C({"name": entry}).
    """
    found = _under(answer, names)
    if isinstance(found, dict):
        if set(found) & {"id", "vmid", "name"} and not all(isinstance(value, dict) for value in found.values()):
            return [found]
        return [_keyed(key, value) for key, value in found.items()]
    if isinstance(found, list):
        return [value if isinstance(value, dict) else {"name": value} for value in found]
    raise Unexpected(names[0], answer)


def entry(answer, *names, key=None):
    """The one object in *answer*; also from a collection that holds it under *key*, or holds nothing else."""
    found = _under(answer, names)
    if found in ([], {}, None):
        raise Nothing(names[0], answer)
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict):
        raise Unexpected(names[0], answer)
    if all(isinstance(value, dict) for value in found.values()):
        if str(key) in found:
            return _keyed(str(key), found[str(key)])
        if len(found) == 1:
            return next(_keyed(inner, value) if str(inner).isdigit() else value for inner, value in found.items())
    return found


def _keyed(key, value):
    if not isinstance(value, dict):
        return {"id": key, "name": value}
    return value if first(value, "id", "vmid", "vm_id") else {**value, "id": key}


def _under(answer, names):
    """What stands under one of *names*; else under the one other key; else *answer* itself."""
    if not isinstance(answer, dict):
        return answer
    for name in names:
        if name in answer:
            return answer[name]
    rest = {key: value for key, value in answer.items() if key not in ENVELOPE}
    if answer and not rest:
        raise Unexpected(names[0], answer)
    if len(rest) == 1:
        key, value = next(iter(rest.items()))
        if isinstance(value, (dict, list)) and not str(key).isdigit():
            return value
    return rest


def without_secrets(value):
    """A copy of *value* without the passwords that a portal sends in clear; a record keeps the key, with None."""
    if isinstance(value, list):
        return [without_secrets(part) for part in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, part in value.items():
        if not SECRET.search(str(key)):
            kept[key] = without_secrets(part)
        elif "raw" in value:
            kept[key] = None
    return kept


# -- power and progress ----------------------------------------------------------------------------------------------


def power(*words):
    """C(on), C(off), or C(changing) for a word that passes or is unknown. The first word that is known decides."""
    known = [str(word).strip().lower() for word in words if word is not None and not isinstance(word, (dict, list))]
    if any(re.fullmatch(PASSING, word) for word in known):
        return "changing"
    for word in known:
        if word in ON:
            return "on"
        if word in OFF:
            return "off"
    return "changing"


def passing(word):
    """Whether the state *word* is one that ends by itself."""
    return bool(word and re.fullmatch(PASSING, str(word).strip().lower()))


# -- addresses -------------------------------------------------------------------------------------------------------

ADDRESS_KEYS = (
    "ipv4",
    "ipv6",
    "ip",
    "ips",
    "ip_addresses",
    "ipaddresses",
    "ip_address",
    "ipaddress",
    "addresses",
    "address",
)
ADDRESS_KEYS += ("mainip", "main_ip", "ipv4_addresses", "ipv6_addresses", "interfaces", "networks")


def address(value):
    """An address in its usual spelling, or None."""
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_interface(str(value).strip()).ip)
    return None


def addresses(source):
    """All addresses below the keys that hold addresses: C((ipv4, ipv6)), each main first, then in the portal's order."""
    found = {}
    for key in ADDRESS_KEYS:
        if isinstance(source, dict) and key in source:
            _collect(source[key], found, False)
    ordered = sorted(found, key=lambda each: not found[each])
    return [each for each in ordered if ":" not in each], [each for each in ordered if ":" in each]


def _collect(value, found, main):
    if isinstance(value, dict):
        main = flag(value.get("main")) is True
        inner = [value[key] for key in ADDRESS_KEYS if key in value]
        # Without such a key it is a collection keyed by id or by address.
        for part in inner or [part if isinstance(part, (dict, list)) else key for key, part in value.items()]:
            _collect(part, found, main)
    elif isinstance(value, list):
        for part in value:
            _collect(part, found, main)
    elif value is not None:
        for part in re.split(r"[,;\s]+", str(value)):
            each = address(part)
            if each:
                found[each] = found.get(each, False) or main
