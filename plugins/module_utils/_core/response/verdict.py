# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer says of itself: that it was done, that it was refused, or neither.

Portals answer HTTP 200 whatever happened, and have many ways to say no. A failure is one at any level of the envelope
and in any spelling of its key; what an object says of itself is none. Evidence beside each word: [V] verbatim output
or vendor text, [C] code of a client of a live portal, [G] a guess by convention.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..reading.values import listed

Level = dict[Any, Any]

#: Keys that say whether something worked, wherever they stand: [V] success, [C] ok, [G] the rest.
FLAGS = ("success", "ok", "successful", "issuccess", "succeeded")
#: Keys that say so in an answer to a change; in an answer to a read the object may own them: [V] status, [C] result.
AMBIGUOUS = ("status", "result")
#: Keys of a status as of HTTP: [C] code, [G] the rest.
CODES = ("code", "statuscode", "httpcode", "httpstatus", "httpstatuscode", "responsecode", "resultcode")
#: Keys in which a portal explains itself: [V] info, [C] message and msg, [G] the rest.
EXPLANATIONS = ("info", "message", "messages", "msg", "reason", "description", "detail", "statusmessage")
#: Keys that hold a failure: [C] error, errors, [G] the rest.
_FAULT = re.compile(
    r"^(is|has|had|any)?(error|fault(?!toler)|exception|failure|failed)|^(errs?|err(no|code|msg)|fails?)$"
    r"|(error|exception|failure)s?$|^(is)?(access)?(denied|rejected|refused|forbidden|unauthori[sz]ed)$"
)
#: [C] error, failed, false, no, 0; [G] the rest.
DENIALS = ("error", "failed", "false", "no", "0", "fail", "failure", "denied", "refused", "rejected", "unsuccessful")
#: [V] true; [C] 1, ok, success; [G] the rest.
CONSENTS = re.compile(r"true|1(\.0+)?|ok(ay)?|yes|success(ful(ly)?)?|succeeded|done|completed?|موفق|بله")
#: Words in an explanation that speak against a flag beside it [G].
_TROUBLE = re.compile(
    r"fail|error|denied|refus|reject|invalid|forbid|expired|abort|unable|cannot|can't|could ?n.t|(\b|_)not(\b|_)"
    r"|خطا|ناموفق|نشد|نمی|نیست|ندارد"
)
#: Codes in ``info`` that say what was done [V]: those of the facts, and no others.
RECEIPTS = frozenset(
    (
        *("cancell_sent", "cancelled_already", "label_updated", "reply_added", "client_info_updated"),
        *("profile_added", "profile_updated", "upgrade_order_success"),
    )
)
#: Keys that only the answer to an accepted change has, each with the number of what was made: [V] ticket, contact_id;
#: [C] those of an order, whose ``checkout`` may be empty.
DOCUMENTED = {
    "POST /tickets": ("ticket",),
    "POST /contact": ("contact_id",),
    "POST /service/@id/upgrade": ("order_num", "invoice_id"),
}
#: Keys that are made of nothing but these words tell of the pages of a list: [C] page; [V] sorter; [G] the rest.
_PAGING = listed(
    """
    total count number num page sorter record item element result row entry entri entrie found size length index max
    last first current cur per next prev previous has is of no more url link token cursor offset skip limit take
    from to meta metadata pagination paging paginator pager self in all filtered wp href vm service ticket invoice
    contact ip template notification
    """
)
#: No such key is longer, and no such word.
_LONGEST_PAGING_KEY, _LONGEST_PAGING_WORD = 60, 13
_PAGES = re.compile(
    "total|count|num|page|record|found|next|more|sorter|limit|offset|skip|take|per|last|meta|link|pag|cursor|current|^from$|^to$"
)
#: What an answer may stand in as a whole: [C] data, [G] the rest.
WRAPPERS = ("data", "result", "response", "payload", "body", "content")
#: What may stand beside a payload besides all that, and says nothing of it [G]; of an object the latter are its own.
_METADATA = ("timestamp", "servertime", "requestid", "traceid", "executiontime", "duration", "elapsed", "apiversion")
NEUTRAL = frozenset(
    (
        *_METADATA,
        *("time", "date", "version", "locale", "lang", "language", "currency", "generated", "generatedat", "serviceid"),
    )
)
#: Keys that an object has, and an envelope has not: beside one of them ``status`` is the object's.
_IDENTITIES = frozenset(
    (
        *("id", "vmid", "uuid", "number", "ticketnumber", "name", "label", "hostname", "domain", "title", "subject"),
        *("email", "os", "state", "power", "template"),
    )
)
#: Values of ``error`` that tell of no error [C]; in a list or an object, where a text explains, ``no`` is a denial.
NOTHING = ("", "0", "none", "null", "nil", "[]", "{}", "no error", "no errors")
HARMLESS = (*NOTHING, "false", "no", "ok", "success", "200")
#: How many texts of a failure are kept, and how long each.
MAX_TEXTS, MAX_TEXT = 20, 2000
_MAX_LEVELS = 6


@functools.lru_cache(maxsize=4096)
def plain(key: object) -> str:
    """Return *key* without case and separators: ``total_pages``, ``TotalPages`` and ``totalPages`` are one."""
    return re.sub(r"[\W_]+", "", str(key)[:48]).casefold()


@functools.lru_cache(maxsize=4096)
def tells_of_pages(key: object) -> bool:
    """Whether *key* belongs to what tells of the pages of a list."""
    name = plain(key)
    return name != "number" and bool(_PAGES.search(name)) and _is_made_of_paging_words(name)


def _is_made_of_paging_words(name: str) -> bool:
    """Whether *name* is nothing but words of paging in a row, each perhaps in the plural."""
    ends = [0]
    for end in range(1, min(len(name), _LONGEST_PAGING_KEY) + 1):
        words = (name[start:end] for start in ends if end - start <= _LONGEST_PAGING_WORD)
        if any(word in _PAGING or word.removesuffix("s") in _PAGING for word in words):
            ends.append(end)
    return ends[-1] == len(name)


@functools.lru_cache(maxsize=4096)
def is_beside(key: object) -> bool:
    """Whether *key* may stand beside a payload, and is none."""
    name = plain(key)
    return (
        name in (*FLAGS, *AMBIGUOUS, *CODES, *EXPLANATIONS, "data")
        or name in _METADATA
        or bool(_FAULT.search(name))
        or (tells_of_pages(key) and name != "records")  # a list may be called so
    )


def wrapper_in(level: Level) -> Any:
    """Return the key of *level* that the whole answer stands under; None if there is no such key."""
    around = [key for key, value in level.items() if plain(key) in WRAPPERS and isinstance(value, (dict, list))]
    around = [key for key in around if level[key]] or around[:1]
    return around[0] if len(around) == 1 and all(key in around or is_beside(key) for key in level) else None


def errors_of(payload: Any, is_change: bool = False) -> list[str]:
    """The texts of ``error``, ``errors`` and their kin: a list of strings, a string, an object, a list of objects.

    :param is_change: a change is answered: there, no key is an object's own.
    """
    for level in levels(payload):
        owned = not is_change and is_flat(level)
        found = [text for key, value in flags_of(level) if _is_failure(key, value, owned) for text in texts(value)]
        if found and all(word in ("error", "1") for word in found):
            return _explanations(level) or found[:1]
        if found:
            return [text[:MAX_TEXT] for text in dict.fromkeys(found)][:MAX_TEXTS]
    return []


def code_of(payload: Any) -> int | None:
    """The status that an answer tells beside that of HTTP: ``{"code": 404, ...}``, ``{"statusCode": 404}``."""
    values = [str(level[key]) for level in levels(payload) for key in level if plain(key) in (*CODES, "status")]
    return next((int(code) for code in values if re.fullmatch("[2-5][0-9][0-9]", code)), None)


def denials_of(payload: Any, own_status: bool = False) -> list[str]:
    """What a refusal that names no error says: ``{"status": false, "message": "..."}`` and its kin.

    :param own_status: ``status`` is what was asked for here (the power of a server, the progress of an operation).
    """
    around = [id(level) for level in levels(payload, WRAPPERS)]
    for level in levels(payload):
        owned = is_flat(level) or (own_status and id(level) not in around)
        keys = FLAGS if owned else (*FLAGS, *AMBIGUOUS, *CODES)
        if denied := _denying(level, keys, own_status):
            return _explanations(level) or denied
    return []


def refusals_of(payload: Any) -> list[str]:
    """The same for the answer to a change: there, no key is the object's own."""
    for level in levels(payload):
        if denied := _denying(level, (*FLAGS, *AMBIGUOUS, *CODES)):
            return _explanations(level) or denied
    return []


def says_done(payload: Any, status: int, endpoint: str = "") -> bool:
    """Whether the answer to a change is a receipt. To be asked of what is no refusal.

    The receipts are a closed list: a flag that is true, a documented code in ``info``, what the documentation shows for
    *endpoint*, or HTTP 204 with no body, whose meaning is that of HTTP. All else says neither yes nor no, and so does a
    receipt beside something that speaks against it: whoever sent the change has to look.
    """
    if status == 204 and payload == {}:
        return True
    return any(_is_receipt(level, endpoint) for level in levels(payload, WRAPPERS)) and not _is_contradicted(payload)


def texts(value: Any, harmless: tuple[str, ...] = HARMLESS) -> Iterator[str]:
    """The texts in a value of ``error``; what tells of no error is none."""
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part, NOTHING)
    elif isinstance(value, dict):
        keys = {plain(key): key for key in reversed(value)}
        names = ("code", "message", "msg", "error", "text", "faultstring", "detail", "title", "reason", "description")
        told = [value[keys[name]] for name in names if name in keys and value[keys[name]]]
        # A word says more than its number.
        word = next((each for each in told if not re.fullmatch(r"\d+", str(each))), told[0] if told else None)
        yield from texts(list(value.values()) if word is None else word, NOTHING)
    elif value is True:
        yield "error"
    elif value not in (None, False) and str(value).strip().casefold() not in harmless:
        yield str(value).strip()


def inner(payload: Any) -> Any:
    """*payload* out of a list of one that some portals put around everything."""
    if isinstance(payload, list) and len(payload) == 1 and isinstance(payload[0], dict):
        return payload[0]
    return payload


def levels(payload: Any, names: Iterable[str] | None = None, depth: int = _MAX_LEVELS) -> Iterator[Level]:
    """The objects of the envelope: the answer, what wraps it further in, and what says no more than an envelope does.

    ``{"vms": {"error": "..."}}`` has two; in ``{"vm": {"id": 5, "error": "..."}}`` the inner one is an object.

    :param names: descend only below these keys.
    """
    payload = inner(payload)
    if not isinstance(payload, dict) or not depth:
        return
    yield payload
    for key, value in payload.items():
        within = inner(value)
        if not isinstance(within, dict) or not within or str(key).isdigit():
            continue
        name = plain(key)
        if name in names if names is not None else name in WRAPPERS or not is_flat(within):
            yield from levels(within, names, depth - 1)


def flags_of(level: Level) -> list[tuple[str, Any]]:
    """The keys of *level*, and their values, but for ids that entries stand under."""
    return [(key, value) for key, value in level.items() if not str(key)[:1].isdigit()]


# -- one object of an answer -----------------------------------------------------------------------------------------


def is_flat(level: Level) -> bool:
    """Whether the object has data of its own, so that its ``status`` may be one of them: ``{"id": 5, "status": ...}``.

    A list or an object beside a refusal is no such data: ``{"status": "error", "vms": []}``.
    """
    own = [
        key for key, value in level.items() if not isinstance(value, (list, dict, type(None))) and not is_beside(key)
    ]
    holds = any(isinstance(value, list) and not is_beside(key) for key, value in level.items())
    return any(plain(key) in _IDENTITIES for key in own) or bool(own and not holds)


def _is_failure(key: object, value: Any, owned: bool) -> bool:
    """Whether *key* holds what went wrong; where an object *owned* it, only ``error`` and ``errors`` do."""
    name = plain(key)
    if owned and name == "errors":
        return not isinstance(value, (int, float))  # a count of them
    return name in ("error", "errors") or (not owned and bool(_FAULT.search(name)))


def _denying(level: Level, names: tuple[str, ...], own_status: bool = False) -> list[str]:
    """The first key of *level*, among those called *names*, that says no, with what it says."""
    found = [
        f"{key}: {str(value).lower()}"
        for key, value in flags_of(level)
        if plain(key) in names and _denies(plain(key), value, level, own_status)
    ]
    return found[:1]


def _denies(name: str, value: Any, level: Level, own_status: bool) -> bool:
    word = str(value).strip().casefold()
    if name in CODES:
        return bool(re.fullmatch("[45][0-9][0-9]", word))  # as of HTTP [C]
    if name == "status" and own_status:
        # ``failed`` is how an operation ended. Only ``error``, or ``false`` with a reason, speaks of the answer.
        return word == "error" or (_is_denial(value) and word[:4] != "fail" and bool(_explanations(level)))
    return _is_denial(value) or (name == "status" and bool(re.fullmatch("[45][0-9][0-9]", word)))


def _is_denial(value: Any) -> bool:
    return not isinstance(value, (list, dict)) and str(value).strip().casefold() in DENIALS


def consents(value: Any) -> bool:
    """Whether the *value* of a flag is true, 1 or a word for it."""
    return not isinstance(value, (list, dict)) and bool(CONSENTS.fullmatch(str(value).strip().casefold()))


def _is_receipt(level: Level, endpoint: str) -> bool:
    for key, value in level.items():
        if plain(key) in ("status", "success", "ok", "result") and consents(value):
            return True
        if plain(key) == "info" and RECEIPTS.intersection(texts(value)):
            return True
        if key in DOCUMENTED.get(endpoint, ()) and re.fullmatch(r"#?0*[1-9]\d*", str(value).strip()):
            return True
    return endpoint == "POST /service/@id/upgrade" and level.get("checkout") == {}


def _is_contradicted(payload: Any, depth: int = _MAX_LEVELS) -> bool:
    """Whether anything in the answer to a change speaks of a failure, an object in it included."""
    parts = payload if isinstance(payload, list) else []
    if isinstance(payload, dict):
        if any(_TROUBLE.search(text.casefold()) for text in _explanations(payload) if text not in RECEIPTS):
            return True
        for key, value in payload.items():
            name = plain(key)
            if _FAULT.search(name) and any(texts(value)):
                return True
            if name in (*FLAGS, *AMBIGUOUS) and _is_denial(value):
                return True
        parts = list(payload.values())
    return depth > 0 and any(_is_contradicted(part, depth - 1) for part in parts if isinstance(part, (dict, list)))


def _explanations(level: Level) -> list[str]:
    """What *level* explains, in the order of the keys for that."""
    found = [word for name in EXPLANATIONS for key in level if plain(key) == name for word in texts(level[key]) if word]
    return [text[:MAX_TEXT] for text in dict.fromkeys(found)][:MAX_TEXTS]
