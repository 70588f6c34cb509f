# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer says of itself: that it was done, that it was refused, or neither.

Portals answer HTTP 200 whatever happened, and have many ways to say no. Evidence beside each word: [V] verbatim output
or vendor text, [C] code of a client of a live portal, [G] a guess by convention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: Keys that say whether something worked, wherever they stand: [V] success, [C] ok.
FLAGS = ("success", "ok")
#: Keys that say so in an answer to a change; in an answer to a read the object may own them: [V] status, [C] result.
AMBIGUOUS = ("status", "result")
#: Keys in which a portal explains itself: [V] info, [C] message and msg, [G] the rest.
EXPLANATIONS = ("info", "message", "msg", "reason", "description", "detail")
#: [C] error, failed, false, no, 0; [G] the rest.
DENIALS = ("error", "failed", "false", "no", "0", "fail", "failure", "denied", "refused", "rejected", "unsuccessful")
#: [V] true; [C] 1, ok, success; [G] the rest.
CONSENTS = re.compile(
    "true|1|ok|yes|success(ful(ly)?)?|succeeded|done|completed?|accepted|queued|scheduled|pending|processing|created"
)
#: Codes in ``info`` that say what was done: [V] those of the facts (``label_updated``, ``cancell_sent``,
#: ``cancelled_already`` for a repeat), [G] their kind.
DONE = re.compile(
    r"\w+_(sent|added|updated|success|already|created|deleted|removed|saved|queued|started|stopped)", re.I
)
#: Keys that only the answer to an accepted change has, even if they are empty: [C] (an order has ``checkout: {}``).
RECEIPTS = ("task_id", "order_num", "invoice_id", "checkout")
#: What tells of pages beside a list: [C] page; [V] sorter; [G] the rest.
PAGING = (
    *("page", "sorter", "total", "count", "per_page", "perpage", "current_page", "last_page", "pages", "total_pages"),
    *("next", "next_page", "next_page_url", "prev", "prev_page_url", "from", "to", "limit", "offset", "has_more"),
    *("meta", "links", "pagination", "paging"),
)
#: What may stand beside a payload, and is none. [G] the last four.
BESIDE = frozenset(
    (
        *(*FLAGS, *AMBIGUOUS, *EXPLANATIONS, *PAGING, "error", "errors", "code", "data"),
        *("timestamp", "request_id", "execution_time", "api_version"),
    )
)
#: Values of ``error`` that tell of no error [C]; in a list or an object, where a text explains, ``no`` is a denial.
NOTHING = ("", "0", "none", "null", "[]", "{}")
HARMLESS = (*NOTHING, "false", "no")
#: HTTP statuses that say by themselves that it was done.
SAYS_DONE = (201, 202, 204)


def errors_of(payload: Any) -> list[str]:
    """The texts of ``error`` and ``errors``: a list of strings, a string, an object, a list of objects, or absent."""
    for level in _levels(payload):
        found = list(texts(level.get("error")))
        if isinstance(level.get("errors"), (str, list, dict)):  # a number is a count of them
            found += texts(level["errors"])
        if found and all(word in ("error", "1") for word in found):
            return _explanations(level) or found
        if found:
            return found
    return []


def code_of(payload: Any) -> int | None:
    """The status that an answer tells beside that of HTTP: ``{"code": 404, ...}``."""
    codes = [str(level.get("code")) for level in _levels(payload)]
    return next((int(code) for code in codes if re.fullmatch("[2-5][0-9][0-9]", code)), None)


def denials_of(payload: Any, own_status: bool = False) -> list[str]:
    """What a refusal that names no error says: ``{"status": false, "message": "..."}`` and its kin.

    :param own_status: ``status`` is what was asked for here (the power of a server, the progress of an operation).
    """
    for level in _levels(payload):
        if any(_is_denial(level.get(key)) for key in FLAGS if key in level):
            return _explained(level, FLAGS)
        if _is_flat(level):
            continue
        if any(_denies(key, level, own_status) for key in ("code", *AMBIGUOUS)):
            return _explained(level, (*AMBIGUOUS, "code"))
    return []


def refusals_of(payload: Any) -> list[str]:
    """The same for the answer to a change: there, no key is the object's own."""
    for level in _levels(payload):
        if any(_denies(key, level) for key in (*FLAGS, *AMBIGUOUS, "code")):
            return _explained(level, (*FLAGS, *AMBIGUOUS, "code"))
    return []


def says_done(payload: Any, status: int) -> bool:
    """Whether the answer to a change says that it was accepted. To be asked of what is no refusal.

    It does by a flag or a word, by a documented code in ``info``, by a receipt, or by an object with data. Nothing
    (``[]``, ``null``, ``false``), a bare text and unknown words do not: whoever sent it has to look.
    """
    if status in SAYS_DONE or payload is True:
        return True
    return any(_consents(level) for level in _levels(payload))


def texts(value: Any, harmless: tuple[str, ...] = HARMLESS) -> Iterator[str]:
    """The texts in a value of ``error``; what tells of no error is none."""
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part, NOTHING)
    elif isinstance(value, dict):
        told = [value[key] for key in ("code", "message", "msg", "error", "text") if value.get(key)]
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


# -- one object of an answer -----------------------------------------------------------------------------------------


def _levels(payload: Any) -> Iterator[dict[Any, Any]]:
    """The answer, and what is nested under ``data`` in it [C]."""
    for _depth in range(3):
        payload = inner(payload)
        if not isinstance(payload, dict):
            return
        yield payload
        payload = payload.get("data")


def _is_flat(level: dict[Any, Any]) -> bool:
    """Whether the object has data of its own, so that its ``status`` may be one of them: ``{"id": 5, "status": ...}``.

    A list or an object beside a refusal is no such data: ``{"status": "error", "vms": []}``.
    """
    own = [value for key, value in level.items() if key not in BESIDE]
    return any(not isinstance(value, (list, dict, type(None))) for value in own)


def _denies(key: str, level: dict[Any, Any], own_status: bool = False) -> bool:
    value = level.get(key)
    if key == "code":
        return bool(re.fullmatch("[45][0-9][0-9]", str(value)))  # as of HTTP [C]
    if key == "status" and key in level and own_status:
        # ``failed`` is how an operation ended. Only ``error``, or ``false`` with a reason, speaks of the answer.
        word = str(value).strip().casefold()
        return word == "error" or (_is_denial(value) and word[:4] != "fail" and bool(_explanations(level)))
    return key in level and _is_denial(value)


def _is_denial(value: Any) -> bool:
    return not isinstance(value, (list, dict)) and str(value).strip().casefold() in DENIALS


def _consents(level: dict[Any, Any]) -> bool:
    flags = [level[key] for key in (*FLAGS, *AMBIGUOUS) if key in level]
    if any(CONSENTS.fullmatch(str(value).strip().casefold()) for value in flags if not isinstance(value, (list, dict))):
        return True
    if re.fullmatch("2[0-9][0-9]", str(level.get("code"))) or any(key in level for key in RECEIPTS):
        return True
    if any(DONE.fullmatch(word) for word in texts(level.get("info"))):
        return True
    return any(value not in (None, "", [], {}, False) for key, value in level.items() if key not in BESIDE)


def _explanations(level: dict[Any, Any]) -> list[str]:
    return [word for key in EXPLANATIONS for word in texts(level.get(key))]


def _explained(level: dict[Any, Any], keys: tuple[str, ...]) -> list[str]:
    """The words of a refusal; without any, the key that refuses."""
    told = [f"{key}: {str(level[key]).lower()}" for key in keys if key in level and _denies(key, level)]
    return list(dict.fromkeys(_explanations(level))) or told[:1]
