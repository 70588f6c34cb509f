# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of answers: their keys, and of each value no more than its class, such as ``int`` or ``email``.

A node is a text, the classes of a value (``int | null``); or an object by its keys; or a list, as
``{"<list>": node, "<count>": 3}``. In an object, ``<int>``, ``<ip>`` and ``<str>`` stand for keys that may be an id, an
address or a name, and ``<count>`` for how many of them there are; ``missing`` is the class of a key that some of the
objects do not have. Where the same place holds objects here and values there, ``{"<any>": [...]}`` lists both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .._core.reading import vocabulary
from .._core.reading.values import is_host_name, listed, to_address, to_ascii_digits, to_decimal
from .._core.response.response import MEANINGS
from .._core.response.secret_names import words_of
from .keys import COLLECTIONS, NO_VALUES, Values, is_known, is_made_of_joined_words, is_made_of_known_words

Shape = Any
#: Counts up to this one are shown; a longer number could be found again in an account.
MAX_COUNT = 999
#: Keys whose words are the portal's, and no one's own.
WORD_KEYS = frozenset(("status", "state", "power", "built", "locked", "type", "method", "billingcycle"))
#: Keys that only a person has: beside them, ``state`` is a province.
PERSONAL = frozenset(
    ("firstname", "lastname", "companyname", "address1", "address2", "city", "postcode", "country", "phonenumber")
)
#: Words of keys that hold the state of a machine, wherever they stand; ``state`` alone could be a province.
_OF_STATE = frozenset(("status", "power", "powerstate", "vmstate", "runstate", "gueststate", "وضعیت"))
_OF_MACHINES = listed(
    "vm guest run running runtime server instance machine current node host job task tools power domain lcm"
)
_AROUND = """
attributes current domain guest instance item items list machine node power result results runtime
data diag info methods operation reinstall replies rescue result server servers service services state status task
ticket tickets vm vms
"""
#: What may stand around a record; below any other key, words are shown by their class only.
AROUND = frozenset(_AROUND.split())
_WORD = re.compile(r"[^\W\d_]{1,24}")
_JOINED_WORD = re.compile(r"(?=.{3,24}$)[^\W\d_]+([_-][^\W\d_]+)+")
_STATE_WORDS = vocabulary.POWER_WORDS | vocabulary.DOCUMENTED
_ERROR_CODE = re.compile(r"[a-z]{1,20}(_[a-z]{1,20}){1,5}")
_MISSING = object()
#: An object with so many known keys is a record, and none that holds things by their names.
RECORD = 2


@dataclass(frozen=True)
class Place:
    """Where a value stands.

    :ivar words: whether state words may be shown here. :ivar routes: the documented routes, to show them as they are.
    :ivar values: what the account's answers hold.
    """

    path: tuple[str, ...] = ()
    words: bool = False
    routes: frozenset[str] = frozenset()
    values: Values = NO_VALUES

    @property
    def key(self) -> str:
        """The nearest key above, in lower case."""
        return next((part.lower() for part in reversed(self.path) if part != "<list>"), "")

    def below(self, key: str, personal: bool = False) -> Place:
        """The place of *key* in an object here."""
        words = self.words and not (personal and key.lower() == "state")
        return Place((*self.path, key), words, self.routes, self.values)

    @property
    def shows_words(self) -> bool:
        around = [part for part in self.path[:-1] if not part.startswith("<")]
        return self.words and ((self.key in WORD_KEYS and AROUND.issuperset(around)) or self._is_of_machine)

    @property
    def _is_of_machine(self) -> bool:
        """Whether the key says by itself that it holds the state of a machine: ``powerState``, ``vm_status``."""
        words = words_of(next((part for part in reversed(self.path) if part != "<list>"), ""))
        named = bool(_OF_STATE & set(words)) or any(word.endswith("status") for word in words)
        return (named and words != ("status",)) or (words[-1:] == ("state",) and bool(_OF_MACHINES & set(words)))

    @property
    def holds_errors(self) -> bool:
        keys = [part for part in self.path if part != "<list>"]
        return bool(keys) and keys[-1] in ("error", "errors") and set(keys[:-1]) <= {"data"}


def values_of(answers: Iterable[Any]) -> Iterator[str]:
    """All values in *answers* that are no words for a state and no errors."""
    for answer in answers:
        yield from _values(answer, Place((), words=True))


def _values(value: Any, place: Place) -> Iterator[str]:
    if isinstance(value, dict):
        personal = bool(PERSONAL & set(value))
        for key, part in value.items():
            yield from _values(part, place.below(str(key), personal))
    elif isinstance(value, list):
        for part in value:
            yield from _values(part, place.below("<list>"))
    elif value is not None and not (place.shows_words or place.holds_errors or place.key == "route"):
        yield str(value)


def shape_of(
    answers: Iterable[Any], words: bool = False, routes: Iterable[str] = (), values: Values | None = None
) -> Shape:
    """The one shape of all *answers* of an endpoint.

    :param words: the endpoint is one of services, VMs, servers or tickets, whose state words may be shown.
    :param routes: the documented routes. :param values: what the account's answers hold, if not only *answers* do.
    """
    answers = list(answers)
    values = Values.of(values_of(answers)) if values is None else values
    return _node(answers, Place((), words, frozenset(routes), values))


def _node(values: list[Any], place: Place) -> Shape:
    objects = [value for value in values if isinstance(value, dict)]
    lists = [value for value in values if isinstance(value, list)]
    scalars = [value for value in values if not isinstance(value, (dict, list))]
    found: list[Shape] = []
    if scalars:
        found.append(" | ".join(sorted({_class(value, place) for value in scalars})))
    if objects:
        found.append(_object(objects, place))
    if lists:
        found.append(_list(lists, place))
    return found[0] if len(found) == 1 else {"<any>": found}


def _list(lists: list[list[Any]], place: Place) -> Shape:
    items = [item for each in lists for item in each]
    if not items:
        return "empty list"
    return {"<list>": _node(items, place.below("<list>")), "<count>": _count(len(items))}


def _object(objects: list[dict[Any, Any]], place: Place) -> Shape:
    if not any(objects):
        return "empty object"
    held: dict[str, list[Any]] = {}
    personal = False
    for each in objects:
        personal = personal or bool(PERSONAL & set(each))
        for key, value in zip(_shown_keys(each, place), each.values()):
            held.setdefault(key, []).append(value)
    shape = {}
    for key in sorted(held, key=lambda each: (each.startswith("<"), each)):
        values = held[key]
        hidden = key.startswith("<")
        lacking = [] if hidden or len(values) >= len(objects) else [_MISSING]
        shape[key] = _node(values + lacking, place.below(key, personal))
        if hidden:
            shape["<count>"] = _count(sum(len(values) for name, values in held.items() if name.startswith("<")))
    return shape


def _count(number: int) -> int | str:
    return number if number <= MAX_COUNT else "many"


# -- keys ------------------------------------------------------------------------------------------------------------


def _shown_keys(each: dict[Any, Any], place: Place) -> list[str]:
    """The keys of an object as they may be shown: all of them hidden where they are ids or names of what they hold."""
    keys = [str(key) for key in each]
    alike = len({isinstance(value, (dict, list)) for value in each.values()}) == 1
    containers = alike and bool(each) and isinstance(next(iter(each.values())), (dict, list))
    known = _known_keys(keys, containers, place)
    by_name = containers and place.key in COLLECTIONS and place.path[-1] != "<list>"
    by_id = alike and any(_placeholder(key) != "<str>" for key in keys)
    most_unknown = alike and containers and len(known) * 2 < len(keys)
    hides = by_name or by_id or most_unknown
    return [key if key in known and not hides else _placeholder(key) for key in keys]


def _known_keys(keys: list[str], containers: bool, place: Place) -> list[str]:
    """Those of *keys* that are no names: documented ones, and those that are made of words of interfaces."""
    known = [key for key in keys if is_known(key)]
    own = len(known)
    rest = [key for key in keys if key not in known and not place.values.contain(key)]
    if own < RECORD and (containers or (not own and place.path[-1:] != ("<list>",) and place.key in COLLECTIONS)):
        return known
    made = [key for key in rest if is_made_of_known_words(key)]
    if own + len(made) >= RECORD:
        made = [key for key in rest if is_made_of_joined_words(key)]
    return known + made


def _placeholder(key: str) -> str:
    if re.fullmatch(r"\d+", to_ascii_digits(key.strip())):
        return "<int>"
    return "<ip>" if to_address(key) else "<str>"


# -- values ----------------------------------------------------------------------------------------------------------


def _class(value: Any, place: Place) -> str:
    if value is _MISSING:
        return "missing"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int"
    if isinstance(value, float):
        return "decimal"
    text = str(value).strip()
    return _verbatim(text, place) or class_of(text)


def _verbatim(text: str, place: Place) -> str | None:
    """The few texts that are shown: words for a state, codes of an error, documented routes."""
    if place.shows_words and (_is_joined_word(text) or (_WORD.fullmatch(text) and _is_of_no_one(text, place))):
        return f"word ({text})"
    if place.holds_errors and (text in MEANINGS or (_ERROR_CODE.fullmatch(text) and _is_of_no_one(text, place))):
        return f"error code ({text})"
    if place.key == "route" and text in place.routes:
        return f"route ({text})"
    return None


_PHRASE = re.compile(r"(?=.{2,40}$)[^\W\d_]+(?:[ _\u200c][^\W\d_]+){0,5}")


def is_showable(phrase: str, values: Values) -> bool:
    """Whether a word or phrase for a state may be shown: only letters, and no part that stands elsewhere."""
    parts = [phrase, *re.split(r"[ _\u200c]", phrase)]
    return _PHRASE.fullmatch(phrase) is not None and not any(map(values.hold, parts))


#: The words of messages of this collection; of any other message nothing else is shown.
_MESSAGE_WORDS = listed(
    """
    a again an and another answer answered answers as asked at be because been but by came cannot check code contain
    could decoded deeply did different does down each empty end ended entries entry error errors failed for found from
    has have holds how http if in incomplete instead is it its json key keys larger last later list lists login many
    means method more nested neither no none not nothing object of offer offers on one only or other page pages part
    portal readable redirects refused rejects reported reports request requests response route run says second seconds
    sent server service services shape status such take task tells text than that the them then there this time to too
    try unexpected unknown until used user value was what which with without word words yes
    """
)


def anonymous(message: str, values: Values) -> str:
    """A message of ours, without whatever in it is a value of the account, or could be one."""

    def shown(match: re.Match[str]) -> str:
        word = match[0]
        if word.isdigit():
            return word if len(word) == 3 and word[0] in "2345" else "<int>"
        if word.lower() in _MESSAGE_WORDS or word in MEANINGS or word == "GET":
            return word
        own = is_known(word) or is_made_of_known_words(word)
        return word if own and not values.contain(word) else "<str>"

    return re.sub(r"(?:<str>[^\w<]*){3,}", "<str> ", re.sub(r"\w+", shown, message))


def _is_of_no_one(word: str, place: Place) -> bool:
    """Whether *word* is known to be a word for a state, or does not stand elsewhere."""
    return vocabulary.spelling(word) in _STATE_WORDS or not place.values.hold(word)


def _is_joined_word(text: str) -> bool:
    """Whether *text* is one of the words with a hyphen that portals have; another could be a name."""
    known = text in vocabulary.DOCUMENTED_JOINED or vocabulary.spelling(text) in vocabulary.POWER_WORDS
    return known and _JOINED_WORD.fullmatch(text) is not None


_UNITS = {
    *("b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "k", "m", "g", "t", "byte", "bytes", "%", "ms", "s"),
    *("sec", "min", "h", "days", "day", "hours", "months", "month", "mbps", "gbps", "kbps", "mbit", "gbit", "mbit/s"),
    *("gbit/s", "mb/s", "mhz", "ghz", "core", "cores", "vcpu", "vcpus", "cpu", "cpus"),
    *("$", "€", "£", "﷼", "usd", "eur", "gbp", "irr", "irt", "rial", "rials", "toman", "ریال", "تومان", "تومن"),
    *("gb ram", "gb ssd", "gb nvme", "gb hdd", "mb ram", "tb hdd", "مگابایت", "گیگابایت", "ترابایت", "هسته"),
}
_NUMBER = r"[-+]?\d[\d.,\u066b\u066c]*"
_WITH_UNIT = re.compile(rf"({_NUMBER})\s*([^\d\s]\D*)")
_UNIT_FIRST = re.compile(rf"(\D*?[^\d\s])\s*({_NUMBER})")
_DATE = re.compile(
    r"(?P<day>\d{4}(?P<a>[-/.])\d{1,2}(?P=a)\d{1,2}|\d{1,2}(?P<b>[-/.])\d{1,2}(?P=b)\d{4})"
    r"(?P<time>(?P<t>[T ])\d{1,2}:\d{2}(?P<s>:\d{2}(?P<f>\.\d+)?)?)?(?P<zone> ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_HTML = re.compile(r"</?[a-z!][^>]*>|&[a-z]+;|&#\d+;", re.I)
_SLUG = re.compile(r"[A-Za-z0-9]+([-_.:/][A-Za-z0-9]+)*")


def class_of(text: str) -> str:
    """The class of a text, which says nothing of it but its form."""
    return next(filter(None, _classes(text.strip())), "text")


def _classes(text: str) -> Iterator[str | None]:
    plain = to_ascii_digits(text)
    yield None if text else "empty"
    yield "int" if re.fullmatch(r"[-+]?\d+", plain) else None
    yield _date(plain)
    yield _address(text)
    yield "decimal" if re.fullmatch(_NUMBER, plain) and to_decimal(plain) is not None else None
    yield _with_unit(plain)
    yield "email" if _EMAIL.fullmatch(text) else None
    yield "uuid" if _UUID.fullmatch(text) else None
    yield "html" if _HTML.search(text) else None
    yield "host name" if "." in text and is_host_name(text) and text.rstrip(".")[-1].isalpha() else None
    yield "word" if re.fullmatch(r"[^\W\d_]+", text) else None
    yield "slug" if _SLUG.fullmatch(text) else None


def _address(text: str) -> str | None:
    address = to_address(text)
    return None if address is None else "ipv6" if ":" in address else "ipv4"


def _date(plain: str) -> str | None:
    match = _DATE.fullmatch(plain)
    if not match:
        return None
    part = match.groupdict()
    day = f"YYYY{part['a']}MM{part['a']}DD" if part["a"] else f"DD{part['b']}MM{part['b']}YYYY"
    seconds = f":SS{'.f' if part['f'] else ''}" if part["s"] else ""
    time = f"{part['t']}HH:MM{seconds}" if part["time"] else ""
    zone = "+ZZ" if part["zone"] else ""
    zero = "zero " if not re.search("[1-9]", plain) else ""
    return f"{zero}date ({day}{time}{zone})"


def _with_unit(plain: str) -> str | None:
    """A number with a unit that is known; what else stands beside a number could be anything."""
    behind, before = _WITH_UNIT.fullmatch(plain), _UNIT_FIRST.fullmatch(plain)
    unit = behind.group(2) if behind else before.group(1) if before else ""
    unit = " ".join(unit.split())
    return f"number with unit ({unit})" if unit.isprintable() and unit.lower() in _UNITS else None
