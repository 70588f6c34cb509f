# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text, numbers, switches, money, dates and addresses, out of what a portal writes. Lenient in what is read."""

from __future__ import annotations

import contextlib
import html
import ipaddress
import itertools
import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..errors import InvalidInput


def listed(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


# -- letters and digits ----------------------------------------------------------------------------------------------

#: Arabic letters by the Persian or plain ones that a keyboard may write in their place.
_LETTERS = str.maketrans("يىئكةۀأإٱؤ", "یییکههاااو")
#: Signs that are not seen: ZWNJ and its kin, marks of direction, the soft hyphen, the tatweel.
_UNSEEN = re.compile("[\u00ad\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def fold(text: str) -> str:
    """*text* as names are compared last: regardless of case, script of digits, ي or ی, ك or ک, ZWNJ or blank.

    Superscript, circled and other forms of digits are characters of their own kind: ``node²`` is not ``node2``.
    """
    parts = itertools.groupby(text, _is_form_of_digit)
    plain = ("".join(part) if is_form else _plain("".join(part)) for is_form, part in parts)
    folded = "".join(plain).translate(_LETTERS)
    folded = "".join(sign for sign in _UNSEEN.sub("", folded) if not unicodedata.combining(sign))
    words = " ".join(folded.casefold().split())
    return re.sub(r"(?<=[\u0600-\u06ff]) (?=[\u0600-\u06ff])", "", words)


def _plain(text: str) -> str:
    return to_ascii_digits(unicodedata.normalize("NFKC", text))


def _is_form_of_digit(sign: str) -> bool:
    """Whether *sign* stands for digits in another form than a digit of a script, or a full-width one, does."""
    if sign.isascii() or (sign.isdecimal() and unicodedata.decomposition(sign).partition(" ")[0] in ("", "<wide>")):
        return False
    return any(each.isdecimal() for each in unicodedata.normalize("NFKC", sign))


def to_ascii_digits(text: str) -> str:
    """*text* with Persian, Arabic and other digits written as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


# -- texts and switches ----------------------------------------------------------------------------------------------


def to_text(value: object) -> str | None:
    """Text, or None for what is missing (None, "", False, an empty list)."""
    if value is None or isinstance(value, (bool, dict, list)):
        return None
    return str(value).strip() or None


def to_bool(value: object) -> bool | None:
    """True, False, or None for what says neither."""
    word = fold(str(value))
    if word in ("true", "1", "yes", "on", "y", "بله"):
        return True
    if word in ("false", "0", "no", "off", "n", "خیر"):
        return False
    return None


def to_date(value: object) -> str | None:
    """The portal's date as it is, with digits 0 to 9; None for ``0000-00-00 ...``."""
    word = to_text(value)
    return None if word is None or word.startswith("0000-00-00") else to_ascii_digits(word)


def first_present(source: Mapping[str, Any], *names: str) -> Any:
    """The first of the keys *names* that holds something."""
    return next((source[name] for name in names if not is_empty(source.get(name))), None)


def first_told(source: Mapping[str, Any], *names: str) -> Any:
    """The first of the keys *names* that is there, with whatever it holds."""
    return next((source[name] for name in names if source.get(name) is not None), None)


def is_empty(value: object) -> bool:
    """Whether *value* says nothing: None, blanks, or an empty collection. 0 and False do."""
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


def spellings(**names: str) -> tuple[str, ...]:
    """The spellings of a key, parted by commas, behind the letter of their evidence: see docs/portal_facts.md."""
    return tuple(name.strip() for listed in names.values() for name in listed.split(","))


# -- numbers ---------------------------------------------------------------------------------------------------------

#: More characters than any number has that a portal means.
_LONGEST_NUMBER = 40
#: Numbers as portals write them, and what has to be taken out or turned round to read them, see :func:`_number`.
_GROUPED_BY_BLANKS = re.compile(r"\d{1,3}(?:[ '\u2019]\d{3})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"\d*\.\d+|\d+")
_GROUPED_BY_COMMAS = re.compile(r"(?!0,)\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GROUPED_BY_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_WITH_COMMA = re.compile(r"\d+,\d+")


def _number(text: str) -> str | None:
    """A number of any script and spelling as ``1234.50``, or None.

    A single point is the decimal sign: the portals write ``4.000`` for four. So a comma before three digits groups them
    (``450,000``), any other single comma is the decimal sign (``5,50``).
    """
    plain = to_ascii_digits(unicodedata.normalize("NFKC", _UNSEEN.sub("", text))).strip()
    plain = plain.replace("\u066c", ",").replace("\u060c", ",").replace("\u066b", ".").replace("\u2212", "-")
    sign, body = ("-", plain[1:].strip()) if plain.startswith("-") else ("", plain.removeprefix("+"))
    if len(body) > _LONGEST_NUMBER:
        return None
    if _GROUPED_BY_BLANKS.fullmatch(body):
        body = re.sub(r"[ '\u2019]", "", body)
    if _GROUPED_BY_COMMAS.fullmatch(body):
        body = body.replace(",", "")
    elif _GROUPED_BY_POINTS.fullmatch(body) or _WITH_COMMA.fullmatch(body):
        body = body.replace(".", "").replace(",", ".")
    if not _PLAIN.fullmatch(body):
        return None
    return sign + (f"0{body}" if body.startswith(".") else body)


#: What may stand behind a count: a unit that is not converted, or what is counted.
_COUNTED = re.compile(r"(.*\d)\s*(?:[kmgt]?i?b?|v?cpus?|v?cores?|هسته)", re.I)


def to_int(value: object) -> int | None:
    """A count, or None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return round(value) if math.isfinite(value) else None
    match = _COUNTED.fullmatch(str(value).strip()[: _LONGEST_NUMBER * 2])
    number = _number(match.group(1)) if match else None
    return None if number is None else round(Decimal(number))


# -- sizes -----------------------------------------------------------------------------------------------------------

_UNITS = ("B", "KB", "MB", "GB", "TB")
_SIZE = re.compile(
    r"(.*\d)\s*(?:([kmgt])?i?b|([kmgt])|bytes?|(kilo|mega|giga|tera)bytes?|(بایت|کیلوبایت|مگابایت|گیگابایت|ترابایت|مگ|گیگ))?"
)
_PERSIAN_UNITS = {"بایت": 0, "کیلوبایت": 1, "مگابایت": 2, "مگ": 2, "گیگابایت": 3, "گیگ": 3, "ترابایت": 4}
#: Words beside a size that say what it is the size of [G].
_NOT_A_UNIT = re.compile(r"\b(ram|memory|mem|ddr\d?|ecc|ssd|nvme|hdd|sata|sas|disk|storage|space)\b:?|حافظه|رم|دیسک")
#: A bare number of MB or GB up to the first is that, from the second on it is one of bytes (64 MB of memory, 1 GB of
#: disk). Between them it may be that or KB, which are indistinguishable: unknown.
_BARE = {"MB": (1 << 20, 64 << 20), "GB": (1 << 16, 1 << 30)}


def to_size(value: object, unit: str) -> int | None:
    """A size in *unit*, MB or GB; None for what is not one: ``2 GB RAM`` is 2048 MB, ``42949672960`` is 40 GB."""
    amount, power = _amount_and_power(value)
    if amount is None:
        return None
    if power is None:
        certain, in_bytes = _BARE[unit]
        if abs(amount) >= in_bytes:
            power = 0
        elif abs(amount) >= certain:
            return None
        else:
            return round(amount)
    return round(amount * Decimal(1024) ** (power - _UNITS.index(unit)))


#: Keys by which an object holds a size [G], the limit before what is used of it.
_SIZES = ("total", "limit", "max", "maximum", "allocated", "size", "value", "amount")


def size_text(value: object) -> object:
    """Return the size in *value*, which may be an object or a list of one: ``{"value": 2, "unit": "GB"}`` is 2 GB."""
    if isinstance(value, list) and len(value) == 1:
        return size_text(value[0])
    if not isinstance(value, dict):
        return value
    size, unit = size_text(first_present(value, *_SIZES)), to_text(first_present(value, "unit", "units"))
    return f"{size} {unit}" if unit and _PLAIN.fullmatch(str(size)) else size


def _amount_and_power(value: object) -> tuple[Decimal | None, int | None]:
    """A size as a number and the power of 1024 that its unit is; None for that where it has no unit."""
    if (
        isinstance(value, (bool, dict, list))
        or value is None
        or (isinstance(value, float) and not math.isfinite(value))
    ):
        return None, None
    text = " ".join(_NOT_A_UNIT.sub(" ", fold(str(value)[: _LONGEST_NUMBER * 2])).split())
    match = _SIZE.fullmatch(text)
    number = _number(match.group(1)) if match else None
    if match is None or number is None:
        return None, None
    prefix = match.group(2) or match.group(3) or (match.group(4) or "")[:1]
    if match.group(5):
        return Decimal(number), _PERSIAN_UNITS[match.group(5)]
    has_unit = match.end(1) < len(text)
    return Decimal(number), " kmgt".index(prefix) if prefix else (0 if has_unit else None)


#: Less memory than this, in MB, is one that was meant in GB.
_LEAST_MEMORY_MB = 64


#: What may part thousands or decimals: users of either habit give sizes.
_COMMA = re.compile("[,\u060c\u066b\u066c]")


def size_option(value: object, unit: str, name: str, owner: str = "") -> int:
    """What a user gave as a size, in *unit*, MB (of memory) or GB (of disk): ``2G``, ``2 GB``, ``2048``.

    :param name: the option, for the message. :param owner: what has this size, if that is not clear.
    :raises InvalidInput: for what is not such a size.
    """
    what = f"{name} of {owner}" if owner else name
    hint = f"Give it in {unit}, or with a unit, such as {name}: 2G."
    if _COMMA.search(str(value)):
        raise InvalidInput(f"{what} must not contain a comma: '{value}' may mean two sizes. Write 2.5G, or 2048.")
    amount, power = _amount_and_power(value)
    if amount is None:
        raise InvalidInput(f"{what} must be a size, not '{value}'. {hint}")
    size = amount if power is None else amount * Decimal(1024) ** (power - _UNITS.index(unit))
    if size <= 0 or size != round(size):
        raise InvalidInput(f"{what} must be a whole number of {unit} above 0, not '{value}'. {hint}")
    if unit == "MB" and size < _LEAST_MEMORY_MB:
        raise InvalidInput(f"{what} is {size} MB, which is too little for a VM. For {size} GB write {name}: {size}G.")
    if size >= _BARE[unit][0]:
        raise InvalidInput(f"{what} is {size} {unit}, which is more than a VM can have. {hint}")
    return int(size)


def bytes_option(value: object, name: str) -> int:
    """What a user gave as the size of a file, in bytes: ``256M``, ``64 MB``, ``1048576``.

    :param name: the option, for the message. :raises InvalidInput: for what is not such a size.
    """
    amount, power = _amount_and_power(value)
    size = None if amount is None else amount * Decimal(1024) ** (power or 0)
    if size is None or size < 1 or size != round(size):
        raise InvalidInput(f"{name} must be a size such as 256M or 1048576 (bytes), not '{value}'.")
    return int(size)


# -- money -----------------------------------------------------------------------------------------------------------

#: Words for a currency, besides codes of three capital letters and signs such as $ [G].
_CURRENCIES = {
    *("ریال", "تومان", "تومن", "دلار", "یورو", "درهم", "لیر"),
    *("rial", "rials", "rls", "toman", "tomans", "usd", "eur", "gbp", "irr", "irt", "aed", "try", "euro", "euros"),
}
_AMOUNT = re.compile(
    r"((?:[^\d.,\u066b\u066c]|(?<=[^\W\d_])\.(?!\d))*)([.\u066b]?\d(?:[\d.,\u066b\u066c\u060c' \u2019]*\d)?)(\D*)"
)


def to_decimal(value: object) -> str | None:
    """An amount as an exact decimal string such as ``"9.99"``; None for what is none.

    ``450,000.00``, ``۴۵۰٬۰۰۰``, ``450000 ریال``, ``1.234,56 EUR`` and ``$5.00 USD`` are read, see :func:`_number`. With
    a word that names no currency, nothing is guessed.
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return f"{value:.2f}" if round(value, 2) == value else format(Decimal(repr(value)), "f")
    return _amount(value)[0]


def to_currency(source: Mapping[str, Any], *names: str) -> str | None:
    """The currency of an object, as the portal calls it: its own key, else beside one of the amounts *names*."""
    own = first_present(source, "currency", "currency_code", "currencycode")
    if isinstance(own, dict):
        own = first_present(own, "code", "iso", "name", "sign")
    beside = (_amount(source.get(name))[1] for name in names)
    return to_text(own) or next(filter(None, beside), None)


def _amount(value: object) -> tuple[str | None, str | None]:
    """An amount and its currency."""
    text = to_text(value)
    if text is None or len(text) > _LONGEST_NUMBER * 2:
        return None, None
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", _UNSEEN.sub("", html.unescape(text))))
    if not match:
        return None, None
    before, number, after = match.groups()
    signs = re.sub(r"[^-\u2212]", "", before + after)
    words = [word.strip(".") for word in re.split(r"[\s+\u2212-]+", f"{before} {after}") if word.strip(".")]
    if len(signs) > 1 or not all(map(_is_currency, words)):
        return None, None
    plain = _number(number)
    codes = sorted(words, key=lambda word: not re.fullmatch("[A-Z]{3}", word))
    return plain and ("-" if signs else "") + plain, (codes or [None])[0] if plain else None


def _is_currency(word: str) -> bool:
    if re.fullmatch("[A-Z]{3}", word) or fold(word) in _CURRENCIES:
        return True
    signs = [sign for sign in word if unicodedata.category(sign) == "Sc"]
    return len(signs) == 1 and bool(re.fullmatch("[A-Z]{0,3}", word.replace(signs[0], "")))


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


def to_address(value: object) -> str | None:
    """An address in its usual spelling, or None."""
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_interface(to_ascii_digits(str(value)).strip()).ip)
    return None


def is_host_name(value: object) -> bool:
    """Whether *value* has the form of a host name, with or without dots; an address has not."""
    names = str(value).removesuffix(".").split(".")
    label = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
    return len(str(value)) <= 253 and all(label.fullmatch(name) for name in names) and not names[-1].isdigit()


def addresses(source: Any) -> tuple[list[str], list[str]]:
    """All addresses below the keys that hold some: ``(ipv4, ipv6)``, each main first, then in the portal's order."""
    found: dict[str, bool] = {}
    for key in ADDRESS_KEYS:
        if isinstance(source, dict) and key in source:
            _collect(source[key], found, key.startswith("main"))
    ordered = sorted(found, key=lambda each: not found[each])
    return [each for each in ordered if ":" not in each], [each for each in ordered if ":" in each]


def _collect(value: Any, found: dict[str, bool], main: bool) -> None:
    if isinstance(value, dict):
        main = to_bool(value.get("main")) is True
        value = _parts(value)
    if isinstance(value, list):
        for part in value:
            _collect(part, found, main)
        return
    for word in re.split(r"[,;\s]+", "" if value is None else str(value)):
        address = None if _is_network(word) else to_address(word)
        if address:
            found[address] = found.get(address, False) or main


def _parts(source: dict[str, Any]) -> list[Any]:
    """What holds the addresses of an object: its keys for them, else it is a collection by id or by address."""
    inner = [source[key] for key in ADDRESS_KEYS if key in source]
    keyed = [
        part if isinstance(part, (dict, list)) or _HOLDER.fullmatch(str(key)) else key for key, part in source.items()
    ]
    return inner or keyed


#: A key of a collection whose value is the address: an id, or the name of an interface [C].
_HOLDER = re.compile(r"\d+|(eth|net|nic|vnet|venet|veth|tap|en[ops])\d[\w.:]{0,12}|public|private|primary|main", re.I)


def _is_network(word: str) -> bool:
    """Whether *word* is a whole network such as ``2001:db8::/64``, and not an address in it."""
    with contextlib.suppress(ValueError):
        return "/" in word and ipaddress.ip_network(word).num_addresses > 2
    return False


def natural_order(identity: str | None) -> list[tuple[int, int, str]]:
    """A key that sorts ids as people count: 9 before 10. A number may have more digits than ``int`` takes."""
    return [_place(part) for part in re.split(r"(\d+)", identity or "")]


def _place(part: str) -> tuple[int, int, str]:
    digits = to_ascii_digits(part).lstrip("0")
    return (0, len(digits), digits) if part.isdecimal() else (1, 0, part)
