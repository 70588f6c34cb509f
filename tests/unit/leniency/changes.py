# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways in which another portal may write an answer. Each yields what was done to it, and the answer then."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

Change = tuple[str, Any]
Path = tuple[Any, ...]
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
SIZES = {"memory": ("{} MB", "{}MB", "{} MB RAM"), "disk": ("{} GB", "{}GB SSD", "{}G")}
#: Keys whose words mean the same in any case.
WORDS = ("state", "status", "power")
COUNTS = ("memory", "disk", "cpus", "cores", "vcpu", "STATE", "LCM_STATE", "progress")
FLAGS = ("built", "locked", "main", "client_read", "seen", "selected")
AMOUNTS = ("total", "acc_balance", "firstpayment", "subtotal", "fixed_fee", "price")
ADDRESSES = ("ipaddress", "ipv4", "ipv6")
IDENTITIES = ("id", "ticket_number")


# -- around it -------------------------------------------------------------------------------------------------------


def wrapped(answer: dict[str, Any]) -> Iterator[Change]:
    yield "data around", {"data": answer}
    yield "data twice around", {"data": {"data": answer}}
    yield "success and data around", {"success": True, "data": answer}
    yield "status and data around", {"status": "success", "data": answer}
    yield "code and message around", {"code": 200, "message": "OK", "data": answer}
    yield "data, error and info around", {"data": answer, "error": [], "info": []}
    yield "data with a list of it", {"data": [answer]}
    yield "response around", {"response": answer}
    yield "a list around", [answer]
    for word in ([], "", None, 0, False, "none"):
        yield "an error that is none beside", {**answer, "error": word}
    yield "errors that are none beside", {**answer, "errors": [], "info": []}
    yield "success beside", {**answer, "success": True}
    yield "a time beside", {**answer, "timestamp": 1795000000}
    (name, value), *rest = answer.items()
    if not rest and isinstance(value, (list, dict)):
        yield "data instead of the name", {"data": value}
        yield "the name in capitals", {name.upper(): value}
        yield "bare", value


# -- lists -----------------------------------------------------------------------------------------------------------


def listed(answer: Any) -> tuple[str, list[Any]] | None:
    """The name and the entries of the list in an answer."""
    if not isinstance(answer, dict) or not answer:
        return None
    (name, value), *rest = answer.items()
    entries = list(value.values()) if isinstance(value, dict) and all_objects(value.values()) else value
    return (name, entries) if not rest and isinstance(entries, list) and entries else None


def all_objects(values: Any) -> bool:
    return all(isinstance(each, dict) for each in values)


def regrouped(answer: dict[str, Any]) -> Iterator[Change]:
    """Lists as objects by their ids, and the other way round; entries in a wrapper of their own; lists in groups."""
    found = listed(answer)
    if found is None:
        return
    name, entries = found
    yield "a list", {name: entries}
    yield "by number", {name: {str(place): each for place, each in enumerate(entries)}}
    yield "by number from 1", {name: {str(place): each for place, each in enumerate(entries, 1)}}
    yield "a count beside", {name: entries, "count": len(entries)}
    yield "a list within, and its length", {name: {"list": entries, "total": len(entries)}}
    yield "its own name within, and its length", {name: {name: entries, "count": len(entries)}}
    yield "items under data, and pages", {"data": {"items": entries, "pagination": {"total": len(entries)}}}
    if not all_objects(entries):
        return
    yield "entries wrapped", {name: [{name[:-1]: each} for each in entries]}
    yield "entries under data", {name: [{"data": each} for each in entries]}
    if name == "templates":
        yield "in groups", {name: {"linux": entries[:2], "windows": entries[2:]}}
        groups = [{"name": "Linux", name: entries[:2]}, {"name": "Other", name: entries[2:]}]
        yield "in a list of groups", {name: groups}
    identity = next((key for key in IDENTITIES if key in entries[0]), None)
    if identity:
        yield "by id", {name: {each[identity]: each for each in entries}}
        yield "by id, wrapped", {name: {each[identity]: {name[:-1]: each} for each in entries}}
        bare = [{key: part for key, part in each.items() if key != identity} for each in entries]
        yield "by id alone", {name: {each[identity]: part for each, part in zip(entries, bare)}}


class Pages(list):  # type: ignore[type-arg]
    """The answers for the pages of a list, by the number in the query."""


def paged(answer: dict[str, Any]) -> Iterator[Change]:
    """Pages of two, in every form in which portals may tell of them."""
    found = listed(answer)
    if found is None or len(found[1]) != 3:
        return
    name, entries = found
    parts = [entries[:2], entries[2:]]
    for told, beside in PAGE_FORMS.items():
        answers = [{name: part, **beside(number)} for number, part in enumerate(parts, 1)]
        yield told, Pages(answers)
        yield f"{told}, under data", Pages({"data": each} for each in answers)
        within = [{name: {"data": part, **beside(number)}} for number, part in enumerate(parts, 1)]
        yield f"{told}, within", Pages(within)
    yield "meta beside data", Pages({"data": part, "meta": _total(number)} for number, part in enumerate(parts, 1))
    yield "an overlap", Pages([{name: entries[:2], **_page(1)}, {name: entries[1:], **_page(2)}])
    if all_objects(entries) and "id" in entries[0]:
        yield "by id", Pages({name: {each["id"]: each for each in part}, **_page(n)} for n, part in enumerate(parts, 1))


def _page(number: int) -> dict[str, Any]:
    return {"page": {"current": number, "total": 2}}


def _total(number: int) -> dict[str, Any]:
    return {"total": 3, "per_page": 2, "current_page": number, "last_page": 2}


#: What stands beside page 1 and page 2 of two.
PAGE_FORMS = {
    "page": _page,
    "page in texts": lambda number: {"page": {"current": str(number), "total": "2"}},
    "page from 0": lambda number: {"page": {"current": number - 1, "total": 2}},
    "sorter": lambda number: {"sorter": {"perpage": 2, "totalpages": 2, "sorterrecords": 3, "sorterpage": number}},
    "sorter without its page": lambda number: {"sorter": {"perpage": "2", "totalpages": "2", "sorterrecords": "3"}},
    "total": _total,
    "total alone": lambda number: {"total": 3},
    "count alone": lambda number: {"count": 3},
    "pages": lambda number: {"page": number, "pages": 2, "limit": 2},
    "total_pages": lambda number: {"current_page": number, "total_pages": 2},
    "a pagination": lambda number: {"pagination": {"page": number, "per_page": 2, "total": 3, "total_pages": 2}},
    "meta": lambda number: {"meta": {"pagination": _total(number)}},
    "next as an address": lambda number: {"next": "https://x.example.com/api/list?page=2" if number == 1 else None},
    "next as a path": lambda number: {"next_page_url": "/api/list?page=2" if number == 1 else ""},
    "next as a number": lambda number: {"next_page": 2 if number == 1 else None},
    "links": lambda number: {"links": {"next": "/api/list?page=2" if number == 1 else None}},
    "has_more": lambda number: {"has_more": number == 1},
}


def cut_short(answer: dict[str, Any]) -> Iterator[Change]:
    """Lists that say that they are longer than what can be had: none of them may be read."""
    found = listed(answer)
    if found is None:
        return
    name, entries = found
    for told, beside in PAGE_FORMS.items() if len(entries) == 3 else ():
        yield f"the first page always: {told}", {name: entries[:2], **beside(1)}
        yield f"the first page always, within: {told}", {name: {"data": entries[:2], **beside(1)}}
    more = len(entries) + 2
    yield "a greater total", {name: entries, "total": more}
    yield "a greater total in a text", {name: entries, "total": str(more)}
    yield "more records", {name: entries, "sorter": {"perpage": len(entries), "sorterrecords": more}}
    yield "an entry that is null", {name: [*entries, None]}
    yield "an entry that is empty", {name: [*entries, {}]}
    yield "an entry that is a list", {name: [*entries, ["x"]]}
    for word in (None, "", False, True, 0, 1, "none", "error"):
        yield f"{word!r} for the list", {name: word}
    yield "nothing at all", {"status": True}
    yield "a text", "Service temporarily unavailable"


# -- within it -------------------------------------------------------------------------------------------------------


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, (dict, list)):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, key))
    else:
        yield path, value


def changed_at(answer: Any, path: Path, value: Any) -> Any:
    changed = copy.deepcopy(answer)
    inner = changed
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return changed


def rewritten(answer: dict[str, Any]) -> Iterator[Change]:
    """One value at a time, in another spelling."""
    for path, value in leaves(answer):
        for told, other in spellings(path[-1], value):
            yield told, changed_at(answer, path, other)


def spellings(key: Any, value: Any) -> Iterator[Change]:
    text = str(value)
    if text.isdigit() and key in (*IDENTITIES, *COUNTS):
        yield "a number as text", text
        yield "a text as number", int(text)
        yield "blanks around", f" {text} "
    if key in COUNTS:
        yield "Persian digits", text.translate(PERSIAN)
    if key in ("memory", "disk", "cores"):
        yield "with a fraction", float(text)
    for form in SIZES.get(key, ()):
        yield "with its unit", form.format(value)
    if key == "memory" and text.isdigit():
        yield "in another unit", f"{int(value) / 1024:g} GB"
        yield "in bytes", int(value) << 20
    if key in FLAGS:
        on = text in ("True", "1")
        for word in (True, 1, "1", "yes", "true", "on", "Yes") if on else (False, 0, "0", "no", "false", "off", "No"):
            yield "a switch", word
    if key in WORDS and isinstance(value, str) and value != "California":
        yield "in capitals", text.upper()
        yield "in lower case", text.lower()
        yield "blanks around", f" {text} "
    if key in AMOUNTS:
        yield "with a currency", f"{text} USD"
        yield "with a sign", f"${text}"
        yield "with commas", f"{float(text):,.2f}"
        yield "as a number", float(text)
        yield "Persian digits", text.translate(PERSIAN)
    if key in ADDRESSES:
        yield "blanks around", f" {text} "
        yield "a list of one", [value]


# -- less of it ------------------------------------------------------------------------------------------------------


def reduced(answer: dict[str, Any]) -> Iterator[Change]:
    """One value at a time taken away, or where nobody looks for it."""
    for path, value in leaves(answer):
        key = path[-1]
        if not isinstance(key, str) or key.isdigit() or len(path) < 2:
            continue
        yield "null", changed_at(answer, path, None)
        yield "empty", changed_at(answer, path, "")
        yield "a list of it", changed_at(answer, path, [value])
        yield "an object of it", changed_at(answer, path, {"value": value})
        for told, other in (("missing", None), ("in capitals", key.upper()), ("another name", f"x_{key}")):
            changed = copy.deepcopy(answer)
            inner = changed
            for part in path[:-1]:
                inner = inner[part]
            del inner[key]
            if other is not None:
                inner[other] = value
            yield told, changed


# -- several at once -------------------------------------------------------------------------------------------------


def combined(answer: dict[str, Any], seed: str, number: int) -> Iterator[Change]:
    """A spelling, a form of the list and a wrapper at once: *number* of them, the same in every run."""
    chance = random.Random(seed)
    for _count in range(number):
        names, changed = [], answer
        for make in (rewritten, regrouped, wrapped):
            possible = list(make(changed))
            if possible:
                name, changed = chance.choice(possible)
                names.append(name)
        yield " + ".join(names), changed
