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
    "|(?!running|not[_-]|missing|nothing)[a-z_-]*ing([ _-](on|off|up|down))?"
)
#: States of an operation that is over.
ENDED = (
    "none|no|null|idle|inactive|finished|done|completed?|success(ful)?|succeeded|ok|ready|ended|cancell?ed|stopped"
    "|not[ _-]running|off|false|0|"
)
FAILED = "failed|failure|error|errored|aborted|broken|timeout"

SECRET = re.compile(
    r"passw|passphrase|passcode|(?<!by)(?<!com)pass$|pwd?$|secret|(private|api|access)_?key|credential|tokens?$", re.I
)


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
    match = re.fullmatch(
        r"(-?\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+)\s*(?:([kmgt]?)i?b?|(v?cpu|core)s?)", str(value).strip(), re.I
    )
    if not match:
        return None
    amount, prefix = float(match.group(1).replace(",", "")), (match.group(2) or "").upper()
    if unit and prefix:
        amount *= 1024 ** ("KMGT".index(prefix) - "KMGT".index(unit[0]))
    return round(amount)


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
    if isinstance(value, float):
        return f"{value:.2f}" if round(value, 2) == value else repr(value)
    return text(value)


def date(value):
    """The portal's date as it is, or None for C(0000-00-00 ...)."""
    word = text(value)
    return None if word is None or word.startswith("0000-00-00") else word


def first(source, *names):
    """The first of the keys *names* that holds something."""
    return next((source[name] for name in names if not empty(source.get(name))), None)


def empty(value):
    """Whether *value* says nothing: None, blanks, or an empty collection. 0 and False do."""
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


# -- answers ---------------------------------------------------------------------------------------------------------

ENVELOPE = ("status", "success", "info", "error", "message", "total", "count", "page")


def entries(answer, *names):
    """The collection in *answer* as a list of dicts, whatever its shape.

    *names* are the keys that it may stand under. An object keyed by id gives each entry its key as C(id) unless it has
    one; an entry that is no object becomes C({"id": key, "name": entry}) or C({"name": entry}).
    """
    found, named = _under(answer, names)
    if isinstance(found, dict):
        objects = all(isinstance(value, dict) for value in found.values())
        if set(found) & {"id", "vmid", "name"} and not objects:
            return [found]
        holes = any(value is None or isinstance(value, bool) for value in found.values())
        if not holes and (named or objects or all(str(key).isdigit() for key in found)):
            return [_keyed(key, value) for key, value in found.items()]
    elif isinstance(found, list) and all(isinstance(value, dict) or text(value) for value in found):
        return [value if isinstance(value, dict) else {"name": value} for value in found]
    raise Unexpected(names[0], answer)


def entry(answer, *names, key=None):
    """The one object in *answer*; also from a collection that holds it under *key*, or holds nothing else."""
    found, named = _under(answer, names)
    if found in ([], {}, None):
        raise Nothing(names[0], answer)
    if isinstance(found, list):
        fitting = [value for value in found if isinstance(value, dict) and text(_identity(value)) == str(key)]
        found = (fitting or found)[0] if len(fitting or found) == 1 else None
    if not isinstance(found, dict):
        raise Unexpected(names[0], answer)
    if all(isinstance(value, dict) for value in found.values()):
        if str(key) in found:
            return _keyed(str(key), found[str(key)])
        if len(found) == 1:
            return next(_keyed(inner, value) if str(inner).isdigit() else value for inner, value in found.items())
        if all(str(inner).isdigit() for inner in found):
            raise Unexpected(names[0], answer)
    elif not named and isinstance(answer, dict):
        # Of a bare object the state and the price are its own, unlike the success flag of an answer.
        found = {**{own: answer[own] for own in ("status", "total") if text(answer.get(own))}, **found}
    return found


def _identity(value):
    return first(value, "id", "vmid", "vm_id")


def _keyed(key, value):
    if not isinstance(value, dict):
        return {"id": key, "name": value}
    return value if _identity(value) is not None else {**value, "id": key}


def _under(answer, names):
    """What stands under one of *names*, or under the one other key, and True; else *answer* without its envelope."""
    if not isinstance(answer, dict):
        return answer, False
    for name in names:
        if name in answer:
            return answer[name], True
    rest = {key: value for key, value in answer.items() if key not in ENVELOPE}
    if answer and not rest:
        raise Unexpected(names[0], answer)
    if len(rest) == 1:
        key, value = next(iter(rest.items()))
        if isinstance(value, dict) and set(value) & set(names):
            return _under(value, names)
        if isinstance(value, (dict, list)) and not str(key).isdigit():
            return value, True
    return rest, False


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
    "mainip",
    "main_ip",
    "ipv4_addresses",
    "ipv6_addresses",
    "interfaces",
    "networks",
)


def address(value):
    """An address in its usual spelling, or None."""
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_interface(str(value).strip()).ip)
    return None


def is_host_name(value):
    """Whether *value* has the form of a host name, with or without dots; an address has not."""
    names = str(value).removesuffix(".").split(".")
    label = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
    return len(str(value)) <= 253 and all(label.fullmatch(name) for name in names) and not names[-1].isdigit()


def addresses(source):
    """All addresses below the keys that hold some: C((ipv4, ipv6)), each main first, then in the portal's order."""
    found: dict[str, bool] = {}
    for key in ADDRESS_KEYS:
        if isinstance(source, dict) and key in source:
            _collect(source[key], found, key.startswith("main"))
    ordered = sorted(found, key=lambda each: not found[each])
    return [each for each in ordered if ":" not in each], [each for each in ordered if ":" in each]


def _collect(value, found, main):
    if isinstance(value, dict):
        main = flag(value.get("main")) is True
        inner = [value[key] for key in ADDRESS_KEYS if key in value]
        # Without such a key it is a collection keyed by id or by address.
        keyed = (part if isinstance(part, (dict, list)) or str(key).isdigit() else key for key, part in value.items())
        for part in inner or keyed:
            _collect(part, found, main)
    elif isinstance(value, list):
        for part in value:
            _collect(part, found, main)
    elif value is not None:
        for part in re.split(r"[,;\s]+", str(value)):
            each = None if _is_network(part) else address(part)
            if each:
                found[each] = found.get(each, False) or main


def _is_network(word):
    """Whether *word* is a whole network such as C(2001:db8::/64), and not an address in it."""
    with contextlib.suppress(ValueError):
        return "/" in word and ipaddress.ip_network(word).num_addresses > 2
    return False
