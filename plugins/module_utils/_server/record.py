# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of dedicated servers, of the operations that run on them, and of recipes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from .._core.reading import states
from .._core.reading.lookup import to_choice
from .._core.reading.values import (
    ADDRESS_KEYS,
    addresses,
    first_present,
    is_empty,
    spellings,
    to_bool,
    to_date,
    to_int,
    to_text,
)
from .._core.reading.vocabulary import (
    OPERATIONS,
    broke_off,
    has_come_to_end,
    has_ended,
    has_failed,
    is_idle,
    is_receipt,
    is_transitional,
    is_understood,
    power,
    says_busy,
    says_idle,
    state_of,
)


class KnownServer(TypedDict):
    """A dedicated server, as the portal reports it."""

    service_id: str
    hostname: str | None
    os: str | None
    power: str | None
    state: str | None
    operation: str | None
    ipv4: list[str]
    ipv6: list[str]
    raw: dict[str, Any]


class ServerRecord(KnownServer, total=False):
    """The same, with the password where a module may return one."""

    password: str | None


class ProgressRecord(TypedDict):
    """How far an operation is, in percent; ``word`` is the portal's own."""

    running: bool
    failed: bool
    word: str | None
    template: str | None
    hostname: str | None
    percent: int | None
    password: str | None


class PowerRecord(TypedDict):
    """The power state of a server, None if it cannot be read; ``state`` is the portal's own word."""

    power: str | None
    state: str | None


def to_recipe(source: dict[str, Any]) -> dict[str, Any]:
    """A recipe; ``usable_for`` lists the ids of the templates that it supports."""
    usable = first_present(source, "usablefor", "usable_for", "templates")
    if isinstance(usable, dict):
        counted_up = list(usable) == [str(place) for place in range(len(usable))]
        switches = not counted_up and all(to_bool(part) is not None for part in usable.values())
        usable = [key for key, part in usable.items() if to_bool(part)] if switches else list(usable.values())
    elif not isinstance(usable, list):
        usable = re.split(r"[,;|\n]" if re.search(r"[,;|\n]", str(usable)) else r"\s+", to_text(usable) or "")
    names = [to_text(first_present(part, "id", "name") if isinstance(part, dict) else part) for part in usable]
    return {**to_choice(source), "usable_for": [name for name in names if name]}


#: What GET /service/@id/info calls it: no answer to it is known, so all of them are guesses.
SYSTEM_KEYS = spellings(G="os, os_name, osname, operating_system, system, template_name, template, os_template")
HOSTNAME_KEYS = spellings(G="hostname, host_name, host, fqdn, domain")
#: Keys of which an object must have one to be taken for a server: [G], but those of addresses [T].
INFO_KEYS = frozenset((*HOSTNAME_KEYS, *SYSTEM_KEYS, *ADDRESS_KEYS)).union(
    spellings(
        G="id, server_id, name, label, type, model, mac, cpu, cpus, ram, memory, disk, hdd, location, datacenter, rack,"
        "bandwidth, traffic, power, state, status"
    )
)


def to_server(
    service_id: object, info: dict[str, Any], status: Any = None, operations: Mapping[str, Any] | None = None
) -> ServerRecord:
    """A dedicated server.

    :param info: the object of GET /service/@id/info. :param status: the answer to GET /service/@id/status, or None if
        it cannot be read.
    :param operations: answers to GET /service/@id/reinstall, rescue and diag, by the operation's name.
    """
    ipv4, ipv6 = addresses(info)
    operations = operations or {}
    running = (name for name, answer in without_idle(operations).items() if to_progress(name, answer)["running"])
    name = to_text(info.get("name"))
    return {
        "service_id": str(service_id),
        "hostname": to_text(first_present(info, *HOSTNAME_KEYS)) or (name if name and "." in name else None),
        "os": _named(first_present(info, *SYSTEM_KEYS)),
        **server_power(status),  # type: ignore[typeddict-item]  # neither holds a password
        "operation": next(running, None),
        "ipv4": ipv4,
        "ipv6": ipv6,
        "raw": {"info": info, "status": status, **operations},
    }


def server_power(status: Any) -> PowerRecord:
    """Return the power and its word in the answer to GET /service/@id/status, both None if it cannot be read."""
    words = states.answered_words(status)
    state = state_of(words) or next((str(word).lower() for word in words), None)
    return {"power": power(*words) if words else None, "state": state}


def to_progress(name: str, answer: Any) -> ProgressRecord:
    """What the answer to GET /service/@id/reinstall, rescue or diag says of the operation *name*.

    Returns ``running``, ``failed``, and ``word`` (the portal's own), ``template``, ``hostname``, ``percent`` and
    ``password``, None where none is reported. An answer in an unknown shape counts as running: nothing must be started
    beside it.
    """
    about = [] if _is_bare_success(answer) else _described(name, answer)
    newest = sorted(about or [{}], key=lambda each: to_int(each.get("id")) or 0, reverse=True)
    found = [_progress(name, about) for about in newest]
    return next((each for each in found if each["running"]), found[0])


def without_idle(operations: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by operation, with [] for those that say no more than ``{"reinstall": {"status": true}}`` [G].

    That may be a switch for an operation that runs. But only one runs at a time: where several say so, it is the way of
    the portal to say that it understood.
    """
    bare = [name for name, answer in operations.items() if is_bare_switch(name, answer)]
    return {name: [] if len(bare) > 1 and name in bare else answer for name, answer in operations.items()}


def is_bare_switch(name: str, answer: Any) -> bool:
    """Whether an answer has nothing but ``status: true`` under the name of the operation."""
    held = [answer[key] for key in OPERATIONS[name] if key in answer] if isinstance(answer, dict) else []
    return len(held) == 1 and isinstance(held[0], dict) and bool(held[0]) and _is_bare_success(held[0])


def _is_bare_success(answer: Any) -> bool:
    """Whether an answer says that it was understood, and nothing else."""
    if not isinstance(answer, dict):
        return False
    answer = {states.plain_key(key): value for key, value in answer.items() if not is_empty(value)}
    flags = [value for key, value in answer.items() if key in _RECEIPTS]
    sentences = [answer[key] for key in states.SENTENCES if key in answer]
    texts = [_texts(each) for each in sentences]
    return (
        answer.keys() <= {*_RECEIPTS, *states.SENTENCES}
        and all(map(is_understood, flags))
        and all(each and all(map(is_receipt, each)) for each in texts)
    )


#: Keys that may hold the receipt of the request.
_RECEIPTS = ("status", "success", "ok", "code", "result")
#: Keys of an operation, in lower case and without separators: words for how far it is; switches that say that it runs,
#: and that it is over; shares of the whole; times at which it ended.
_WORDS = ("status", "state", "stage", "phase", "result", "data", "value", "response")
_RUNS = (
    "running",
    "isrunning",
    "active",
    "isactive",
    "inprogress",
    "busy",
    "pending",
    "processing",
    "started",
    "locked",
)
_OVER = ("finished", "isfinished", "done", "isdone", "completed", "complete", "iscompleted", "idle", "isidle", "ended")
_PERCENT = ("progress", "percent", "percentage")
_ENDED_AT = ("finished", "finishedat", "ended", "endedat", "end", "completedat")


def _progress(name: str, about: dict[str, Any]) -> ProgressRecord:
    """Return the progress that one object reports.

    Nothing runs only if something says so, and nothing contradicts it: a word, a switch, a share or a sentence.
    """
    about = {key: value for key, value in about.items() if not is_empty(value)}
    keyed = {states.plain_key(key): value for key, value in about.items()}
    percent = to_int(str(first_present(keyed, *_PERCENT)).strip(" %"))
    words = [keyed[key] for key in _WORDS if isinstance(keyed.get(key), (str, int))]
    words = words or [word for word in [str(keyed.get("operation", "-"))] if has_ended(word)]
    sentences = [text for key in states.SENTENCES for text in _texts(keyed.get(key)) if not is_receipt(text)]
    hints = list(_hints(keyed, percent)) + [hint for text in sentences if (hint := _hint_of(text)) is not None]
    plain = [word for word in words if not is_understood(word)]
    if not (hints or plain):
        plain = words  # a flag, and nothing but what may be anything beside it
        hints += [True for _text in sentences]
    hints += [not is_idle(word) and not says_idle(str(word)) for word in plain]
    if 0 < (percent or 0) < 100:
        hints += [True for word in plain if not broke_off(word)] or ([] if plain else [True])
    if not hints:
        over = any(to_date(keyed.get(key)) for key in _ENDED_AT)
        hints = [bool(set(keyed) - {*_RECEIPTS, *states.SENTENCES}) and not over and (percent or 0) < 100]
    running = any(hints) and not _is_other(name, about)
    return {
        "running": running,
        "failed": any(map(has_failed, plain)) and not running,
        "word": next((to_text(word) or str(word).lower() for word in plain), None),
        "template": _named(first_present(about, "template", "template_id", "template_name", "os"), "id", "name"),
        "hostname": to_text(first_present(about, "hostname", "host")),
        "percent": percent,
        "password": to_text(first_present(about, "password", "root_password", "rootpassword", "rescue_password")),
    }


def _hints(keyed: Mapping[str, Any], percent: int | None) -> Iterator[bool]:
    """Yield what switches, and a share that is 0 beside a word for the end, say of whether an operation runs."""
    for keys, when_true in ((_RUNS, True), (_OVER, False)):
        switches = (to_bool(keyed[key]) for key in keys if key in keyed)
        yield from (switch is when_true for switch in switches if switch is not None)
    if percent == 0 and any(has_come_to_end(keyed[key]) for key in _WORDS if key in keyed):
        yield True


def _hint_of(text: str) -> bool | None:
    """Whether a sentence says that an operation runs; None if it says neither."""
    idle, busy = says_idle(text) or is_idle(text), says_busy(text) or is_transitional(text)
    return busy if idle or busy else None


def _texts(value: Any) -> list[str]:
    """Return the sentences in a value: a text, or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [str(each) for each in values if not isinstance(each, (dict, list)) and not is_empty(each)]


def _is_other(name: str, about: dict[str, Any]) -> bool:
    """Whether an operation says that it is another one than *name*."""
    kind = " ".join(str(about[key]) for key in ("operation", "type", "kind", "action") if key in about).lower()
    kinds = [each for each, words in OPERATIONS.items() if any(re.search(f"(?<![a-z]){word}", kind) for word in words)]
    return bool(kinds) and name not in kinds


def _described(name: str, answer: Any) -> list[dict[str, Any]]:
    """Return the objects in *answer* that describe the operation *name*; a bare word becomes ``{"status": word}``."""
    if isinstance(answer, list):
        return [each for part in answer for each in _described(name, part)]
    if not isinstance(answer, dict):
        return [] if answer in (None, "") else [{"status": answer}]
    for key in OPERATIONS[name]:
        if key in answer and not isinstance(answer[key], (dict, list)):
            rest = {other: value for other, value in answer.items() if other != key}
            return [] if answer[key] in (None, "") else [{**rest, "status": answer[key]}]
    for key in (*OPERATIONS[name], "operation", "operations", "task", "data", "info", "status"):
        inner = answer.get(key)
        if isinstance(inner, dict) or (isinstance(inner, list) and not (key == "info" and _is_text(inner))):
            return _beside_sentences(answer, _described(name, inner))
    others = {word for other in OPERATIONS if other != name for word in OPERATIONS[other]}
    answer = {key: value for key, value in answer.items() if key not in others}
    if answer and all(isinstance(value, dict) for value in answer.values()):
        return [each for value in answer.values() for each in _described(name, value)]
    return [answer]


def _beside_sentences(answer: dict[str, Any], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the objects *found* in an answer, to which a sentence beside them is added that says that one runs."""
    keys = (key for key in answer if states.plain_key(key) in states.SENTENCES)
    outer = {key: answer[key] for key in keys if any(map(_hint_of, _texts(answer[key])))}
    return [{**outer, **each} for each in found or [{}]] if outer else found


def _is_text(value: Any) -> bool:
    return all(isinstance(part, str) for part in value)


def _named(value: Any, *keys: str) -> str | None:
    """The text of *value*, or of the name in it."""
    return to_text(
        first_present(value, *(keys or ("name", "label", "title", "id"))) if isinstance(value, dict) else value
    )
