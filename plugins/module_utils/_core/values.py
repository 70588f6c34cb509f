# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text, numbers, switches, money, dates and addresses, out of what a portal writes. Lenient in what is read."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import unicodedata

# -- letters and digits ----------------------------------------------------------------------------------------------

#: Arabic letters by the Persian or plain ones that a keyboard may write in their place.
_LETTERS = str.maketrans("يىئكةۀأإٱؤ", "یییکههاااو")
#: Signs that are not seen: ZWNJ and its kin, marks of direction, the soft hyphen, the tatweel.
_UNSEEN = re.compile("[\u00ad\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def fold(text: str) -> str:
    """*text* as names are compared last: regardless of case, script of digits, ي or ی, ك or ک, ZWNJ or blank."""
    folded = to_ascii_digits(unicodedata.normalize("NFKC", text)).translate(_LETTERS)
    folded = "".join(sign for sign in _UNSEEN.sub("", folded) if not unicodedata.combining(sign))
    folded = re.sub(r"(?<=[\u0600-\u06ff])\s+(?=[\u0600-\u06ff])", "", folded)
    return " ".join(folded.casefold().split())


def to_ascii_digits(text: str) -> str:
    """*text* with Persian, Arabic and other digits written as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


# -- values ----------------------------------------------------------------------------------------------------------


def to_text(value):
    """Text, or None for what is missing (None, "", False, an empty list)."""
    if value is None or isinstance(value, (bool, dict, list)):
        return None
    return str(value).strip() or None


def to_int(value, unit=None):
    """An int, or None. With *unit* (MB or GB) a unit in the text is converted: ``2 GB`` is 2048 MB."""
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


def to_bool(value):
    """True, False, or None for what says neither."""
    word = str(value).strip().lower()
    if word in ("true", "1", "yes", "on", "y"):
        return True
    if word in ("false", "0", "no", "off", "n"):
        return False
    return None


def to_decimal(value):
    """A decimal string such as ``"9.99"``, or None."""
    if isinstance(value, float):
        return f"{value:.2f}" if round(value, 2) == value else repr(value)
    return to_text(value)


def to_date(value):
    """The portal's date as it is, or None for ``0000-00-00 ...``."""
    word = to_text(value)
    return None if word is None or word.startswith("0000-00-00") else word


def first_present(source, *names):
    """The first of the keys *names* that holds something."""
    return next((source[name] for name in names if not is_empty(source.get(name))), None)


def is_empty(value):
    """Whether *value* says nothing: None, blanks, or an empty collection. 0 and False do."""
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


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


def to_address(value):
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
        main = to_bool(value.get("main")) is True
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
            each = None if _is_network(part) else to_address(part)
            if each:
                found[each] = found.get(each, False) or main


def _is_network(word):
    """Whether *word* is a whole network such as ``2001:db8::/64``, and not an address in it."""
    with contextlib.suppress(ValueError):
        return "/" in word and ipaddress.ip_network(word).num_addresses > 2
    return False


def natural_order(identity):
    """A key that sorts ids as people count: 9 before 10."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", identity or "")]


def first_told(source, *names):
    """The first of the keys *names* that is there, with whatever it holds."""
    return next((source[name] for name in names if source.get(name) is not None), None)
