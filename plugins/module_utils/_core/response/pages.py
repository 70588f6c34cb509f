# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that come in pages, followed to their end.

The first page taken for all is a lost host, or a VM that is bought twice: a list that says that it is longer than what
came, and cannot be had whole, is an error. Evidence beside each form: [V] verbatim output or vendor text, [C] code of a
client of a live portal, [G] a guess.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..errors import IncompleteList
from .envelope import Entry, split_paging
from .verdict import BESIDE, inner

#: More pages than any account has; a portal that goes on for longer turns in circles.
MAX_PAGES = 1000
#: Objects that hold what tells of pages: [C] page, [V] sorter, [G] the rest.
HOLDERS = ("page", "sorter", "pagination", "paging", "meta", "links")
CURRENT = ("current", "current_page", "sorterpage", "page")
LAST = ("last_page", "totalpages", "total_pages", "pages", "last")
RECORDS = ("sorterrecords", "total", "total_records", "records", "total_count")
NEXT = ("next", "next_page", "next_page_url")


@dataclass(frozen=True)
class Paging:
    """What an answer tells of the pages of its list; None where it does not.

    :ivar records: how long the list is. :ivar following: the query of the next page, None if there is none.
    """

    current: int | None = None
    last: int | None = None
    records: int | None = None
    following: dict[str, Any] | None = None


@dataclass
class Listing:
    """A list as it was read: its entries, and the answers that they came in."""

    entries: list[Entry] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def add(self, answer: Any, found: list[Entry]) -> bool:
        """Whether *found* holds what was on no page before. What moved to the next page meanwhile is listed once."""
        spelt = [json.dumps(each, sort_keys=True, default=str) for each in found]
        new = [each for each, text in zip(found, spelt) if text not in self._seen]
        self._seen.update(spelt)
        self.entries += new
        self.answers.append(answer)
        return bool(new)

    def incomplete(self, what: str, paging: Paging, why: str) -> IncompleteList:
        told = f"{paging.records} entries" if paging.records is not None else None
        told = told or (f"{paging.last} pages" if paging.last is not None else "more pages")
        return IncompleteList(what, told, f"{len(self.entries)} entries in {len(self.answers)} pages", why)


def follow(
    fetch: Callable[[dict[str, Any]], Any], read: Callable[[Any], list[Entry]], what: str, max_pages: int = MAX_PAGES
) -> Listing:
    """All pages of a list.

    :param fetch: gives the answer to a query, {} for the first. :param read: the entries of an answer.
    :param what: the list, for the message.
    :raises IncompleteList: if the list says that it is longer than what can be had.
    """
    answer = fetch({})
    listing = Listing()
    listing.add(answer, read(answer))
    paging = paging_of(answer)
    while (query := _query(paging, listing)) is not None:
        if len(listing.answers) >= max_pages:
            raise listing.incomplete(what, paging, "it has no end")
        answer = fetch(query)
        new = listing.add(answer, read(answer))
        paging = paging_of(answer)
        asked = _number(query.get("page"))
        if None not in (asked, paging.current) and asked != paging.current:
            raise listing.incomplete(what, paging, f"asked for page {asked}, it gave page {paging.current}")
        if not new and paging.records != len(listing.entries):
            raise listing.incomplete(what, paging, f"page {asked or 'after that'} holds nothing new")
        if not new:
            break
    if (paging.records or 0) > len(listing.entries):
        raise listing.incomplete(what, paging, "no more came")
    return listing


def paging_of(answer: Any) -> Paging:
    """What *answer* tells of pages, in any of the known forms:

    ``{"page": {"current": 1, "total": 3}}`` [C], ``{"sorter": {"perpage", "totalpages", "sorterrecords"}}`` [V],
    ``total``, ``per_page``, ``current_page``, ``last_page`` or ``pages`` [G], and ``next`` [G].
    """
    told: dict[str, Any] = {}
    for level in _levels(answer):
        for key, value in level.items():
            told.setdefault(key, value)
    page = told.get("page")
    last = _number(page.get("total")) if isinstance(page, dict) else None
    last = _first(told, LAST) if last is None else last
    records = _first(told, RECORDS)
    if records is None and last is None:
        records = _number(told.get("count"))  # beside other keys it counts those of one page
    return Paging(_first(told, CURRENT), last, records, _following(told))


def _levels(answer: Any) -> Iterator[dict[str, Any]]:
    """The objects in which an answer may tell of pages."""
    for _depth in range(3):
        answer = inner(answer)
        if not isinstance(answer, dict) or "id" in answer:
            return
        yield from _with_holders(answer)
        beside = [value for key, value in answer.items() if key not in BESIDE and isinstance(value, dict)]
        if len(beside) == 1:
            yield from _with_holders(split_paging(beside[0])[0])
        answer = answer.get("data")


def _with_holders(level: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What an object tells of pages in objects of its own, and itself."""
    for holder in HOLDERS:
        held = level.get(holder)
        if isinstance(held, dict):
            # Of ``page`` the total is that of pages.
            yield {key: value for key, value in held.items() if holder != "page" or key != "total"}
            yield from (each for each in (held.get("pagination"), held.get("links")) if isinstance(each, dict))
    yield level


def _query(paging: Paging, listing: Listing) -> dict[str, Any] | None:
    """The query of the next page; None if there is none."""
    pages = len(listing.answers)
    number = pages + 1 if paging.current is None else paging.current + 1  # some count from 0
    if paging.following is not None:
        return paging.following or {"page": number}
    more = paging.last > pages if paging.last is not None else (paging.records or 0) > len(listing.entries)
    return {"page": number} if more else None


def _first(told: dict[str, Any], names: tuple[str, ...]) -> int | None:
    return next((number for number in (_number(told.get(name)) for name in names) if number is not None), None)


def _number(value: Any) -> int | None:
    """A count, or None; an amount of money or a flag is none."""
    text = str(value).strip()
    return int(text) if not isinstance(value, bool) and text.isdecimal() and len(text) < 10 else None


def _following(told: dict[str, Any]) -> dict[str, Any] | None:
    """The query that ``next`` means: of its address nothing else is used; {} if it only says that there is more."""
    value = next((told[name] for name in NEXT if told.get(name)), None)
    if value is None or isinstance(value, (dict, list)):
        return {} if told.get("has_more") is True else None
    if _number(value) is not None:
        return {"page": _number(value)}
    with contextlib.suppress(ValueError):
        return dict(parse_qsl(urlsplit(str(value)).query))
    return {}
