# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that come in pages, followed to their end.

The first page taken for all is a lost host, or a VM that is bought twice: a list that says that it is longer than what
came, and cannot be had whole, is an error, and so is an empty list beside something that nobody can explain. Keys are
compared without case and separators. Evidence beside each form: [V] verbatim output or vendor text, [C] code of a
client of a live portal, [G] a guess.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..errors import IncompleteList
from ..reading.values import is_empty, to_ascii_digits, to_bool, to_decimal
from .envelope import Entry
from .verdict import (
    AMBIGUOUS,
    CODES,
    EXPLANATIONS,
    FLAGS,
    NEUTRAL,
    WRAPPERS,
    Level,
    consents,
    flags_of,
    inner,
    is_flat,
    levels,
    plain,
    tells_of_pages,
    texts,
)

#: Gives the answer to a query and what its head tells of pages.
Fetch = Callable[[dict[str, Any]], tuple[Any, Mapping[str, Any]]]
#: More pages than any account has; a portal that goes on for longer turns in circles.
MAX_PAGES = 1000
#: Objects that hold what tells of pages: [C] page, [V] sorter, [G] the rest.
HOLDERS = ("page", "sorter", "pagination", "paging", "paginator", "pager", "pageinfo", "meta", "metadata", "links")
#: What a key of pages means: that of the first expression that it fits [G].
_ROLES = (
    ("more", re.compile("^(has|is).*(next|more)|more")),
    ("next", re.compile("next|cursor")),
    ("ignored", re.compile("prev|first|self|^from$|^to$")),
    ("last", re.compile(r"(total|num(ber)?s?|count|max|last)(of)?page|pages?(total|count)|^pages$|^last$")),
    ("per", re.compile("per(page)?$|^page(size|limit)$")),
    ("limit", re.compile("limit|take")),
    ("offset", re.compile("offset|skip")),
    ("current", re.compile(r"^(current|cur|sorter)?page(no|num(ber)?|index)?$|^current$")),
    ("records", re.compile("total|record|found|num|element")),
    ("count", re.compile("count|length")),
)
#: What may be the length of a list, or say that there is more, under a key with other words; no money, no resource [G].
_LOOSE = re.compile("total|(?<!ac)(?<!dis)count(?!r)|numberof|more|next|cursor")
_NOT_LOOSE = re.compile(
    "price|cost|amount|due|balance|credit|tax|pa(id|y)|date|time|run|memory|ram|disk|cpu|core|traffic|bandwidth|usage|size"
    "|storage|[kmgt]b$"
)
#: What says in a key that something was left out [G]; not of a rate.
_LEFT_OUT = re.compile(
    "warn|trunc|incomplet|partial|missing|unavail|unreach|skipped|omit|degrad|stale|timedout|remaining|^continu"
)
#: What says so by ``false`` [G].
_WHOLE = re.compile(r"(is)?(all|complete|full|whole|final|finished|last|lastpage|end|eof)")
#: What says so in a word, in a sentence, or by an address beside a list [G].
_BAD_WORDS = ("partial", "incomplete", "truncated", "degraded", "stale", "error", "failed", "failure", "timeout")
_SHORT = re.compile(
    r"truncat|incomplete|partial|unreachable|unavailable|timed? ?out|could ?n[o']t|\bfail(?!over)"
    r"|\d (of|out of|از) \d|ناقص"
)
_ADDRESS = re.compile(r"[?&](page|offset|cursor|start|after)=")
#: What an explanation beside an empty list may consist of [G].
_WORDS = """
ok okay success successful successfully done completed retrieved fetched loaded listed list lists no not none found
empty nothing data record records result results item items entry entries you have has there are is yet any
available the of for your this account 0 200 vm vms service services server servers ticket tickets invoice invoices
contact contacts template templates ip ips address addresses notification notifications request
موفق موفقیت با عملیات انجام شد هیچ موردی یافت نشد وجود ندارد
"""
_NOTHING_HERE = frozenset(_WORDS.split())


@dataclass(frozen=True)
class Paging:
    """What an answer tells of the pages of its list; None where it does not.

    :ivar records: how long the list is. :ivar following: the query of the next page, None if there is none.
    :ivar per: how many entries a page may have. :ivar offset: the key that tells where a page begins.
    :ivar ends: whether the answer tells whether there is a next page.
    """

    current: int | None = None
    last: int | None = None
    records: int | None = None
    following: dict[str, Any] | None = None
    per: int | None = None
    offset: str | None = None
    ends: bool = False


@dataclass
class Listing:
    """A list as it was read: its entries, and the answers that they came in.

    :ivar size: how many entries the last answer had.
    """

    entries: list[Entry] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    size: int = 0
    _seen: set[str] = field(default_factory=set)

    def add(self, answer: Any, found: list[Entry]) -> bool:
        """Whether *found* holds what was on no page before. What moved to the next page meanwhile is listed once."""
        spelt = [json.dumps(each, sort_keys=True, default=str) for each in found]
        new = [each for each, text in zip(found, spelt) if text not in self._seen]
        self._seen.update(spelt)
        self.entries += new
        self.answers.append(answer)
        self.size = len(found)
        return bool(new)

    def incomplete(self, what: str, paging: Paging, why: str) -> IncompleteList:
        told = f"{paging.records} entries" if paging.records is not None else None
        told = told or (f"{paging.last} pages" if paging.last is not None else "more than that")
        return IncompleteList(what, told, f"{len(self.entries)} entries in {len(self.answers)} pages", why)


def follow(fetch: Fetch, read: Callable[[Any], list[Entry]], what: str, max_pages: int = MAX_PAGES) -> Listing:
    """All pages of a list.

    :param fetch: gives the answer to a query, {} for the first, and what its head tells, see :func:`told_by_head`.
    :param read: the entries of an answer. :param what: the name of the list.
    :raises IncompleteList: if the list says that it is longer than what can be had, or if it is empty beside something
        that nobody can explain.
    """
    listing, paging, certain = Listing(), Paging(), True
    query: dict[str, Any] | None = {}
    while query is not None:
        if len(listing.answers) >= max_pages:
            raise listing.incomplete(what, paging, "it has no end")
        answer, head = fetch(query)
        new = listing.add(answer, read(answer))
        told = paging_of(answer, what, head, listing.entries)
        paging = replace(told, last=told.last or paging.last, records=told.records or paging.records)
        doubt = left_out(answer, what) if listing.entries else unexplained(answer)
        if doubt is not None:
            raise listing.incomplete(what, paging, f'that is what "{doubt}" may mean')
        asked = _number(query.get("page"))
        if None not in (asked, paging.current) and asked != paging.current:
            raise listing.incomplete(what, paging, f"asked for page {asked}, it gave page {paging.current}")
        if query and not new:
            if paging.records == len(listing.entries) or not (certain or listing.size):
                break
            raise listing.incomplete(what, paging, f"page {asked or 'after that'} holds nothing new")
        query, certain = _query(paging, listing)
    if (paging.records or 0) > len(listing.entries):
        raise listing.incomplete(what, paging, "no more came")
    return listing


# -- what tells of pages ---------------------------------------------------------------------------------------------


def told_by_head(status: int, headers: Mapping[str, str]) -> dict[str, Any]:
    """What the head of a response tells of pages [G]: ``Link``, ``Content-Range``, ``X-Total-Count`` and their kin."""
    told: dict[str, Any] = {}
    for name, value in headers.items():
        key = plain(name).removeprefix("x")
        if key == "link":
            links = re.findall(r"<([^<>]*)>([^<>]*)", value[:4096])
            told["next"] = next((url for url, rest in links if re.search(r"\brel\W{1,3}next\b", rest, re.I)), None)
        elif key == "contentrange":
            told["records"] = value[:64].rpartition("/")[2].strip("* ") or None
        elif tells_of_pages(key):
            told[key] = value
    if status in (204, 206) and not any(told.values()):
        told["next"] = True  # a part, or nothing at all, is not a whole list
    return told


def paging_of(
    answer: Any, what: str = "", head: Mapping[str, Any] | None = None, found: Sequence[Entry] = ()
) -> Paging:
    """What *answer*, and the *head* of its response, tell of pages, in any of the known forms:

    ``{"page": {"current": 1, "total": 3}}`` [C], ``{"sorter": {"perpage", "totalpages", "sorterrecords"}}`` [V],
    ``total``, ``per_page``, ``current_page``, ``last_page`` or ``pages`` [G], and ``next`` [G].

    :param what: the name of the list. :param found: its entries: what they have themselves may be a sum of theirs.
    """
    sums = {plain(key) for key in found[0]} if found else set()
    told: dict[str, tuple[str, Any]] = {}
    for level in (dict(head or {}), *_levels(answer, what)):
        for key, value in flags_of(level):
            role = _role(key, value, sums)
            if role is not None and (told.get(role, ("", None))[1] is None):
                told[role] = key, value
    numbers = {role: _number(_page_in(value) if role == "last" else value) for role, (_key, value) in told.items()}
    last, records = numbers.get("last"), numbers.get("records")
    if records is None and last is None:  # beside other keys a count is that of one page
        records = numbers["count"] if numbers.get("count") is not None else numbers.get("loose")
    offset = told["offset"][0] if numbers.get("offset") is not None else None
    # Without a place in the list a limit may be that of the account.
    per = numbers.get("per") or (numbers.get("limit") if offset or "current" in numbers else None)
    ends = "next" in told or "more" in told
    return Paging(numbers.get("current"), last, records, _following(told), per, offset, ends)


def left_out(answer: Any, what: str = "") -> str | None:
    """The key beside a list that says that something was left out of it, or may say so; None if there is none."""
    flags = (flag for level in _levels(answer, what) for flag in flags_of(level))
    return next((key for key, value in flags if _may_be_short(key, value)), None)


def unexplained(answer: Any, key: object = "") -> str | None:
    """The key of an answer without entries that may say more than that there are none; None if there is none."""
    whole = inner(answer) if plain(key) in ("", *WRAPPERS) else answer
    if not isinstance(whole, dict):
        return None if is_empty(whole) else str(key)
    for name, value in whole.items():
        if not _says_nothing(name, value) and (found := unexplained(value, name)):
            return found
    return None


def _says_nothing(key: object, value: Any) -> bool:
    """Whether a key and its value are known to be harmless beside an empty list."""
    name, word = plain(key), _word(value)
    if is_empty(value) or word in ("0", "false", "none") or name in (*NEUTRAL, "recipes", "links"):
        return True
    if name in EXPLANATIONS:
        words = (each for text in texts(value) for each in re.findall(r"\w+", text.casefold()))
        return _NOTHING_HERE.issuperset(words)
    if isinstance(value, (dict, list)):
        return False
    return consents(value) or word == "200" if name in (*FLAGS, *AMBIGUOUS, *CODES) else tells_of_pages(key)


def _may_be_short(key: object, value: Any) -> bool:
    name, word = plain(key), _word(value)
    if name in EXPLANATIONS:
        return any(_SHORT.search(text.casefold()) for text in texts(value))
    if is_empty(value) or word in ("0", "false", "no", "none"):
        return bool(_WHOLE.fullmatch(name)) and to_bool(value) is False
    if _LEFT_OUT.search(name) and "rate" not in name:
        return True
    if isinstance(value, (dict, list)):
        return False
    if word in _BAD_WORDS or (name in (*CODES, "status") and word in ("206", "207")):
        return True
    if not tells_of_pages(key):
        return bool(_ADDRESS.search(word)) and not re.search("ur[li]|href|path|self|first|request", name)
    role = _role(key, value)
    is_text = isinstance(value, str) and _number(_page_in(value)) is None
    return is_text and (role == "last" or (role == "records" and to_decimal(value) is None))


def _word(value: Any) -> str:
    return "" if isinstance(value, (dict, list)) else str(value)[:1000].strip().casefold()


def _levels(answer: Any, what: str) -> Iterator[Level]:
    """The objects in which an answer may tell of pages, what they hold for that first."""
    whole = inner(answer)
    if isinstance(whole, dict) and is_flat(whole) and what not in whole:
        return  # an object
    known: set[int] = set()
    for level in levels(answer):
        for key, value in flags_of(level):
            if plain(key) in HOLDERS and isinstance(value, dict):
                known.add(id(value))
                # Of ``page`` the total is that of pages.
                names = {"total": "last", "number": "current"} if plain(key) == "page" else {}
                yield {names.get(plain(name), name): part for name, part in value.items()}
        if id(level) not in known:
            yield level


def _role(key: object, value: Any, sums: Collection[str] = ()) -> str | None:
    """What *key* tells of pages; an amount of money that the entries have too is none."""
    if isinstance(value, (dict, list)) and not (isinstance(value, dict) and plain(key) in ("next", "total")):
        return None
    name = plain(key)
    if name in sums and not str(value).strip().isdecimal():
        return None
    is_known = tells_of_pages(name)
    if not is_known and (_NOT_LOOSE.search(name) or not _LOOSE.search(name)):
        return None
    role = next((role for role, rule in _ROLES if rule.search(name)), None)
    return role if is_known or role in ("more", "next") else "loose"


def _query(paging: Paging, listing: Listing) -> tuple[dict[str, Any] | None, bool]:
    """The query of the next page, None if there is none; and whether the portal says that there is such a page."""
    pages, came = len(listing.answers), len(listing.entries)
    number = pages + 1 if paging.current is None else paging.current + 1  # some count from 0
    by_place = {paging.offset: came} if paging.offset and paging.current is None else {"page": number}
    if paging.following is not None:
        return paging.following or by_place, True
    if paging.last is not None or paging.records is not None:
        more = paging.last > pages if paging.last is not None else (paging.records or 0) > came
        return (by_place if more else None), True
    is_full = not paging.ends and 0 < (paging.per or 0) <= listing.size
    return (by_place if is_full else None), False


def _number(value: Any) -> int | None:
    """A whole number in any spelling, such as ``"2.00"``; a flag is none, nor is an amount of money."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("value", "count", "total") if key in value), None)
    text = to_ascii_digits(str(value)[:24]).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d[\d.,\u066b\u066c]*", text):
        return None
    number = Decimal(to_decimal(text) or "0.5")
    return int(number) if number == int(number) and number < 10**9 else None


def _page_in(value: Any) -> Any:
    """The number of the page in an address; any other value as it is."""
    address = re.search(r"[?&]page=(\d{1,9})\b", str(value)[:2000])
    return address.group(1) if address else value


def _following(told: Mapping[str, tuple[str, Any]]) -> dict[str, Any] | None:
    """The query that ``next`` means: of its address nothing else is used; {} if it only says that there is more."""
    key, value = told.get("next", ("", None))
    if isinstance(value, dict):
        value = next((value[name] for name in ("href", "url") if name in value), value)
    if is_empty(value) or str(value).strip().casefold() in ("0", "false", "none", "null"):
        more = told.get("more", ("", None))[1]
        return None if is_empty(more) or to_bool(more) is False else {}
    if _number(value) is not None:
        return {"offset" if "offset" in plain(key) else "page": _number(value)}
    with contextlib.suppress(ValueError):
        return dict(parse_qsl(urlsplit(str(value)).query))
    return {}
