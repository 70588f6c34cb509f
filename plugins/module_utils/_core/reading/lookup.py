# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One of many, by id or name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

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
    wanted: object,
    candidates: Sequence[Record],
    noun: str,
    where: str = "",
    names: Sequence[str] = ("name",),
    identity: str = "id",
) -> Record:
    """The one record that *wanted* means: exact id, exact name, name regardless of case, name with letters folded.

    :param noun: what it is, for the message: ``template``.
    :param where: a phrase that says where it was looked for, such as ``on service 101``.
    :param names: the keys of a record that hold its names.
    :raises LookupFailed: if nothing fits, or more than one; the message lists the candidates.
    """
    text = str(wanted).strip()
    rules = (
        [record for record in candidates if record[identity] == text],
        [record for record in candidates if any(record[name] == text for name in names)],
        [record for record in candidates if any(_equal_caseless(record[name], text) for name in names)],
        [record for record in candidates if record[identity] == to_ascii_digits(text)],
        [record for record in candidates if any(equal_names(record[name], text) for name in names)],
    )
    fitting = next(filter(None, rules), [])
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise LookupFailed(
            f"{len(fitting)} {noun}s{_spaced(where)} are named '{text}'. Give the id of the one that is meant: "
            f"{listing(fitting, names, identity)}."
        )
    raise LookupFailed(f"There is no {noun} '{text}'{_spaced(where)}. {there_is(text, candidates, names, identity)}")


def there_is(wanted: str, candidates: Sequence[Record], names: Sequence[str] = ("name",), identity: str = "id") -> str:
    """What there is instead of *wanted*, for a message: the closest first, and asked for if it is close."""
    if not candidates:
        return "There is none at all."
    ranked = sorted(candidates, key=lambda record: -_closeness(wanted, record, (identity, *names)))
    close = [each for each in ranked[:3] if _closeness(wanted, each, (identity, *names)) >= _CLOSE]
    hint = f"Did you mean {listing(close[:1], names, identity)}? " if close else ""
    return f"{hint}There is: {listing(ranked, names, identity)}."


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
    return f"{record[identity]} ({name})" if name and name != record[identity] else str(record[identity])


def _spaced(where: str) -> str:
    return f" {where}" if where else ""


def to_choice(source: dict[str, Any]) -> dict[str, Any]:
    """Anything that is chosen by id or name: template, VLAN, department. One key stands in for the other.

    :raises UnexpectedResponse: if it has neither.
    """
    identity = to_text(first_present(source, *CHOICE_IDS))
    name = to_text(first_present(source, *CHOICE_NAMES))
    if identity is None and name is None:
        raise UnexpectedResponse("id or name", source)
    return {"id": identity or name or "", "name": name or identity or "", "raw": source}
