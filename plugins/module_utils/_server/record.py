# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of dedicated servers, of the operations that run on them, and of recipes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypedDict

from .._core.reading.lookup import to_choice
from .._core.reading.states import answered_words
from .._core.reading.values import ADDRESS_KEYS, addresses, first_present, spellings, to_bool, to_date, to_int, to_text
from .._core.reading.vocabulary import OPERATIONS, has_ended, has_failed, is_idle, power, says_idle, state_of


class KnownServer(TypedDict):
    """A dedicated server, as the portal tells of it."""

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
        usable = re.split(r"\s*[,;|\n]\s*" if re.search(r"[,;|\n]", str(usable)) else r"\s+", to_text(usable) or "")
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
        **server_power(status),  # type: ignore[typeddict-item]  # neither tells a password
        "operation": next(running, None),
        "ipv4": ipv4,
        "ipv6": ipv6,
        "raw": {"info": info, "status": status, **operations},
    }


def server_power(status: Any) -> PowerRecord:
    """Return the power and its word in the answer to GET /service/@id/status, both None if it cannot be read."""
    words = answered_words(status)
    state = state_of(words) or next((str(word).lower() for word in words), None)
    return {"power": power(*words) if words else None, "state": state}


def to_progress(name: str, answer: Any) -> ProgressRecord:
    """What the answer to GET /service/@id/reinstall, rescue or diag says of the operation *name*.

    Returns ``running``, ``failed``, and ``word`` (the portal's own), ``template``, ``hostname``, ``percent`` and
    ``password``, None where it does not tell. An answer in an unknown shape counts as running: nothing must be started
    beside it.
    """
    told = [] if _is_bare_success(answer) else _told(name, answer)
    newest = sorted(told or [{}], key=lambda about: to_int(about.get("id")) or 0, reverse=True)
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
    told = [answer[key] for key in OPERATIONS[name] if key in answer] if isinstance(answer, dict) else []
    return len(told) == 1 and isinstance(told[0], dict) and bool(told[0]) and _is_bare_success(told[0])


def _is_bare_success(answer: Any) -> bool:
    """Whether an answer says that it was understood, and nothing else."""
    if not isinstance(answer, dict):
        return False
    told = {key: value for key, value in answer.items() if value not in (None, "", [], {})}
    return set(told) <= {"status", "success"} and all(map(to_bool, told.values()))


def _progress(name: str, about: dict[str, Any]) -> ProgressRecord:
    """The progress that one object tells."""
    about = {key: value for key, value in about.items() if value not in (None, "", [], {})}
    percent = to_int(str(first_present(about, "progress", "percent", "percentage") or "").strip(" %"))
    words = [about[key] for key in ("status", "state", "stage", "result") if isinstance(about.get(key), (str, int))]
    words = words or [word for word in [str(about.get("operation", "-"))] if has_ended(word)]
    flags = [about[key] for key in ("running", "active", "in_progress", "inprogress", "busy") if key in about]
    if percent is not None and percent < 100:
        words = [word for word in words if str(word).lower() not in ("ok", "success")]  # of the answer, not of this
    said = [word for word in words if to_bool(word) is None] or flags or words
    message = " ".join(str(value) for key, value in about.items() if key in ("message", "info", "status", "state"))
    failed = any(map(has_failed, said))
    if says_idle(message) or _is_other(name, about):
        running = False
    elif said:
        running = not all(map(is_idle, said))
    else:
        over = any(to_date(about.get(key)) for key in ("finished", "finished_at", "ended", "end", "completed_at"))
        running = bool(set(about) - {"success", "message", "info", "error"}) and not over and (percent or 0) < 100
    return {
        "running": running,
        "failed": failed and not running,
        "word": next((to_text(word) or str(word).lower() for word in said), None),
        "template": _named(first_present(about, "template", "template_id", "template_name", "os"), "id", "name"),
        "hostname": to_text(first_present(about, "hostname", "host")),
        "percent": percent,
        "password": to_text(first_present(about, "password", "root_password", "rootpassword", "rescue_password")),
    }


def _is_other(name: str, about: dict[str, Any]) -> bool:
    """Whether an operation says that it is another one than *name*."""
    kind = " ".join(str(about[key]) for key in ("operation", "type", "kind", "action") if key in about).lower()
    kinds = [each for each, words in OPERATIONS.items() if any(re.search(f"(?<![a-z]){word}", kind) for word in words)]
    return bool(kinds) and name not in kinds


def _told(name: str, answer: Any) -> list[dict[str, Any]]:
    """The objects in *answer* that tell of the operation *name*; a bare word becomes ``{"status": word}``."""
    if isinstance(answer, list):
        return [each for part in answer for each in _told(name, part)]
    if not isinstance(answer, dict):
        return [] if answer in (None, "") else [{"status": answer}]
    for key in OPERATIONS[name]:
        if key in answer and not isinstance(answer[key], (dict, list)):
            rest = {other: value for other, value in answer.items() if other != key}
            return [] if answer[key] in (None, "") else [{**rest, "status": answer[key]}]
    for key in (*OPERATIONS[name], "operation", "operations", "task", "data", "info", "status"):
        inner = answer.get(key)
        if isinstance(inner, dict) or (isinstance(inner, list) and not (key == "info" and _is_text(inner))):
            return _told(name, inner)
    others = {word for other in OPERATIONS if other != name for word in OPERATIONS[other]}
    answer = {key: value for key, value in answer.items() if key not in others}
    if answer and all(isinstance(value, dict) for value in answer.values()):
        return [each for value in answer.values() for each in _told(name, value)]
    return [answer]


def _is_text(value: Any) -> bool:
    return all(isinstance(part, str) for part in value)


def _named(value: Any, *keys: str) -> str | None:
    """The text of *value*, or of the name in it."""
    return to_text(
        first_present(value, *(keys or ("name", "label", "title", "id"))) if isinstance(value, dict) else value
    )
