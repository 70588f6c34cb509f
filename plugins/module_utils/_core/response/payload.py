# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the payload of an answer stands, and what stands around it, for whoever translates or describes an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from .documented import Payload
from .pages import left_out
from .verdict import WRAPPERS, is_beside, plain, tells_of_pages

#: How deep a payload may stand in an answer.
MAX_WRAPPERS = 5
_COUNTS = re.compile("total|count|record")
_FURTHER = re.compile("next|more|cursor|links?$|truncat|partial")
_PAGES = re.compile("pag|sorter|last|current|offset|limit|meta")

Path = tuple[Any, ...]


def locate(answer: Any, payload: Payload) -> Path | None:
    """The keys that lead to the payload of an *answer*: () for the answer itself, None if none can be told.

    It stands under one of its documented keys, or is the only thing of its kind in the answer or in a wrapper.
    """
    if not payload.keys:
        return ()
    path: Path = ()
    for _depth in range(MAX_WRAPPERS):
        if not isinstance(answer, dict):
            return path if isinstance(answer, list) == payload.is_list else None
        step = _step(answer, payload)
        if step is None:
            return path if _is_payload(answer, payload) else None
        path, answer = (*path, step), answer[step]
        if step in payload.keys:
            return path
    return None


def _step(answer: dict[str, Any], payload: Payload) -> str | None:
    """The key of *answer* in which the payload is, or is looked for; None if there is none, or more than one."""
    named = [key for key in payload.keys if isinstance(answer.get(key), (dict, list))]
    if named:
        return named[0]
    if payload.keys[0] in answer and not payload.is_list and not is_beside(payload.keys[0]):
        return payload.keys[0]
    if not payload.is_list and any(_is_scalar(value) and not is_beside(key) for key, value in answer.items()):
        return None  # an object with data of its own
    inside = {
        key: value for key, value in answer.items() if isinstance(value, list) or (value and isinstance(value, dict))
    }
    if payload.is_list:
        lists = [key for key, value in inside.items() if isinstance(value, list) and not _is_aside(key)]
        if len(lists) == 1:
            return lists[0]
    likely = [key for key in inside if not tells_of_pages(key) and not _is_aside(key)]
    return likely[0] if len(likely) == 1 and not _is_keyed(answer) else None


def _is_payload(answer: dict[str, Any], payload: Payload) -> bool:
    if payload.is_list:
        return _is_keyed(answer)
    return any(not is_beside(key) for key in answer)


def _is_aside(key: object) -> bool:
    """Whether a key may stand beside a payload, and not around it."""
    return is_beside(key) and plain(key) not in WRAPPERS


def _is_keyed(value: dict[str, Any]) -> bool:
    """Whether an object holds others by their ids."""
    return (
        bool(value)
        and all(str(key).isdigit() for key in value)
        and all(isinstance(each, dict) for each in value.values())
    )


def _is_scalar(value: Any) -> bool:
    return value is not None and not isinstance(value, (dict, list))


def is_collection(value: dict[str, Any], is_list: bool, names: Collection[str] = ()) -> bool:
    """Whether an object holds the entries of a payload, rather than being the one entry.

    :param is_list: whether the payload is a list. :param names: the keys that an entry is asked for.
    """
    containers = all(isinstance(each, (dict, list)) for each in value.values())
    by_id = all(str(key).isdigit() for key in value)
    if not is_list:
        return by_id and containers
    return containers or by_id or ("item" in names and not set(names) & set(value))


def count_of(value: Any) -> int:
    """How many entries a list has."""
    if isinstance(value, dict):
        return len(value) if is_collection(value, True) else 1
    return len(value) if isinstance(value, list) else 0


# -- what stands around it -------------------------------------------------------------------------------------------


def _may_tell_of_pages(key: object) -> bool:
    """Whether a key may say how a list goes on; of any that may, a dialect loses none."""
    name = plain(key)
    return bool(_COUNTS.search(name) or _FURTHER.search(name) or _PAGES.search(name))


def paging_around(answer: Any, found: Any, but: Collection[str] = ()) -> dict[str, Any]:
    """What tells of pages in the objects around the list *found* in an *answer*.

    :param but: ``total`` or ``next``, if that is known otherwise: what tells the same is left out.
    """
    told: dict[str, Any] = {}
    for level, inside in _levels(answer, found):
        told.update(
            (key, value)
            for key, value in level.items()
            if key != inside and (_may_tell_of_pages(key) or left_out({key: value}))
        )
    kept = _kept(told, but)
    return kept if count_of(found) or _tells_of_more(kept) or left_out(kept) else {}


def larger_total(around: dict[str, Any], came: int) -> int | None:
    """The largest number around a list that counts entries, if it is larger than what *came*."""
    return max((number for number in _counts(around) if number > came), default=None)


def _counts(around: dict[str, Any]) -> Iterator[int]:
    for key, value in around.items():
        if isinstance(value, dict):  # of ``page`` the total is that of pages [C]
            yield from _counts({name: part for name, part in value.items() if (key, name) != ("page", "total")})
        elif _counts_entries(key):
            yield _number(value)


def _counts_entries(key: object) -> bool:
    name = plain(key)
    return bool(_COUNTS.search(name)) and "page" not in name


def _levels(answer: Any, found: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """The objects around *found*, from the outside, each with the key that leads further in."""
    path = _path_to(answer, found, MAX_WRAPPERS)
    if path is None:  # made of parts of the answer: what is wrapped around those cannot be told
        whole = answer if isinstance(answer, dict) else {}
        wrappers = (each for key, each in whole.items() if isinstance(each, dict) and not _may_tell_of_pages(key))
        yield from ((level, None) for level in (whole, *wrappers))
        return
    for key in path:
        yield answer, key
        answer = answer[key]


def _path_to(answer: Any, found: Any, depth: int) -> Path | None:
    if answer is found:
        return ()
    if depth and isinstance(answer, dict):
        for key, value in answer.items():
            path = _path_to(value, found, depth - 1) if isinstance(value, (dict, list)) else None
            if path is not None:
                return (key, *path)
    return None


def _kept(told: dict[str, Any], but: Collection[str]) -> dict[str, Any]:
    kept = {}
    for key, value in told.items():
        counts = _counts_entries(key)
        if isinstance(value, list) or ("total" in but and counts):
            continue
        if isinstance(value, dict):
            value = _kept(value, but)
        elif "next" in but and not counts:
            continue
        kept[key] = value
    return kept


def _tells_of_more(told: dict[str, Any]) -> bool:
    if larger_total(told, 0):
        return True
    parts = [value for value in told.values() if isinstance(value, dict)]
    further = [value for key, value in told.items() if _FURTHER.search(str(key).lower()) and value not in parts]
    return any(str(value).lower() not in ("", "none", "false", "0") for value in further) or any(
        map(_tells_of_more, parts)
    )


def _number(value: Any) -> int:
    """A count in any form; 0 for what is none."""
    text = "" if isinstance(value, bool) else str(value).strip()
    return int(text.partition(".")[0]) if re.fullmatch(r"[0-9]{1,9}(\.0*)?", text) else 0


# -- rewriting -------------------------------------------------------------------------------------------------------


def with_value(answer: Any, path: Path, value: Any) -> Any:
    """A copy of *answer* with *value* at *path*."""
    if not path:
        return value
    return {**answer, path[0]: with_value(answer[path[0]], path[1:], value)}


def without_values(value: Any, secrets: Collection[str]) -> Any:
    """A copy of *value* without what is one of the *secrets*, whatever key it stands under."""
    if isinstance(value, dict):
        parts = {key: without_values(part, secrets) for key, part in value.items()}
        return {key: part for key, part in parts.items() if not _is_one_of(part, secrets)}
    if isinstance(value, list):
        return [without_values(part, secrets) for part in value if not _is_one_of(part, secrets)]
    return value


def _is_one_of(value: Any, secrets: Collection[str]) -> bool:
    return _is_scalar(value) and str(value).strip() in secrets
