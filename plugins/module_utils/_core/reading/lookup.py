# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One of many, by id or name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from ..errors import LookupFailed, UnexpectedResponse
from .values import first_present, fold, to_ascii_digits, to_text

SHOWN = 30
#: The keys that id and name of a thing that is chosen may stand under: [V] id, name, [C] title, [G] the rest.
CHOICE_IDS = ("id", "template_id", "dept_id", "key", "value")
CHOICE_NAMES = ("name", "label", "title", "deptname", "description")
CHOICE_KEYS = (*CHOICE_IDS, *CHOICE_NAMES)
#: From here on two names are close enough to ask whether one was meant; two numbers, which are alike anyway.
_CLOSE, _CLOSE_NUMBERS = 0.6, 0.75
#: So many letters may be the beginning of a name: ``ubunto`` of ``Ubuntu 24.04``.
_LEAST_BEGINNING = 4

Record = TypeVar("Record", bound=Mapping[str, Any])


def choose(
    wanted: object, candidates: Sequence[Record], noun: str, where: str = "", names: Sequence[str] = ("name",)
) -> Record:
    """The one record that *wanted* means: exact id, exact name, name regardless of case, name with letters folded.

    Where the id of a choice is not known, its name does not choose it, but any text that stands beside the name in it
    alone does.

    :param noun: what it is, for the message: ``template``.
    :param where: a phrase that says where it was looked for, such as ``on service 101``.
    :param names: the keys of a record that hold its names.
    :raises LookupFailed: if nothing fits, or more than one; the message lists the candidates.
    """
    text = str(wanted).strip()
    rules = (
        [record for record in candidates if text and record["id"] == text],
        [record for record in candidates if any(record[name] == text for name in names)],
        [record for record in candidates if any(_equal_caseless(record[name], text) for name in names)],
        [record for record in candidates if text and record["id"] == to_ascii_digits(text)],
        [record for record in candidates if any(equal_names(record[name], text) for name in names)],
        [cast(Record, {**each, "id": text}) for each in candidates if not each["id"] and text in _beside_name(each)],
    )
    fitting = next(filter(None, rules), [])
    if len(fitting) == 1 and fitting[0]["id"]:
        return fitting[0]
    named = f"{noun[:1].upper()}{noun[1:]} '{text}'"
    if len(fitting) == 1:
        keys = ", ".join(map(str, fitting[0].get("raw") or fitting[0]))
        raise LookupFailed(
            f"{named}{_spaced(where)} has no ID that is known (keys: {keys}). Specify the value of the key that is it, "
            "or name that key in a dialect."
        )
    if fitting:
        raise LookupFailed(
            f"{len(fitting)} {noun}s{_spaced(where)} are named '{text}'. Specify the ID: {listing(fitting, names)}."
        )
    raise LookupFailed(f"{named} not found{_spaced(where)}. {there_is(text, candidates, names)}")


def there_is(wanted: str, candidates: Sequence[Record], names: Sequence[str] = ("name",), identity: str = "id") -> str:
    """What there is instead of *wanted*, for a message: the closest first, and asked for if it is close."""
    if not candidates:
        return "None are available."
    ranked = sorted(candidates, key=lambda record: -_closeness(wanted, record, (identity, *names)))
    close = [each for each in ranked[:3] if _closeness(wanted, each, (identity, *names)) >= _CLOSE]
    hint = f"Did you mean {listing(close[:1], names, identity)}? " if close else ""
    return f"{hint}Available: {listing(ranked, names, identity)}."


def _closeness(wanted: str, record: Record, names: Sequence[str]) -> float:
    """How much one of the names of *record* is like *wanted*: 0 to 1, and 0 if not enough to say so."""
    given = fold(wanted)[:200]
    told = [fold(str(record[name]))[:200] for name in names if record[name]]
    told += [name[: len(given)] for name in told if len(given) >= _LEAST_BEGINNING]
    best = max((difflib.SequenceMatcher(None, given, name, autojunk=False).ratio() for name in told), default=0.0)
    return best if best >= (_CLOSE_NUMBERS if given.isdecimal() else _CLOSE) else 0.0


def _equal_caseless(told: str | None, wanted: str) -> bool:
    return told is not None and told.strip().casefold() == wanted.casefold()


def equal_names(told: str | None, wanted: str | None) -> bool:
    """Whether two names are one, see :func:`fold`; one that is missing is like no other."""
    return told is not None and wanted is not None and fold(told) == fold(wanted)


def listing(records: Sequence[Mapping[str, Any]], names: Sequence[str] = ("name",), identity: str = "id") -> str:
    """Records for a message: ``18867 (web1), 18868 (db1)``."""
    shown = [_shown(record, names, identity) for record in records[:SHOWN]]
    if len(records) > SHOWN:
        shown.append(f"and {len(records) - SHOWN} more")
    return ", ".join(shown)


def _shown(record: Mapping[str, Any], names: Sequence[str], identity: str) -> str:
    name = next((record[name] for name in names if record[name]), None)
    shown = record[identity] or name
    return f"{shown} ({name})" if name and name != shown else str(shown)


def _spaced(where: str) -> str:
    return f" {where}" if where else ""


def to_choice(source: dict[str, Any]) -> dict[str, Any]:
    """Anything that is chosen by id or name: template, VLAN, department. One key stands in for the other.

    A name does not stand in for an id that may be there under a key that is not known: then ``id`` is "".

    :raises UnexpectedResponse: if it has neither.
    """
    spelt = {key if key in CHOICE_KEYS else _plain(key): value for key, value in reversed(source.items())}
    identity = to_text(first_present(spelt, *CHOICE_IDS, *map(_plain, CHOICE_IDS)))
    name = to_text(first_present(spelt, *CHOICE_NAMES))
    if identity is None and name is None:
        raise UnexpectedResponse("id or name", source)
    stand_in = "" if _beside_name({"raw": source}) else name
    return {"id": identity or stand_in or "", "name": name or identity or "", "raw": source}


def _beside_name(choice: Mapping[str, Any]) -> set[str]:
    """The texts of a choice that may be its id: all but its names and its group."""
    raw = choice.get("raw")
    own = raw.items() if isinstance(raw, dict) else ()
    found = {to_text(value) for key, value in own if _plain(key) not in (*CHOICE_NAMES, "group", "category")}
    return {text for text in found if text}


def _plain(key: object) -> str:
    return re.sub(r"[\W_]+", "", str(key)).casefold()
