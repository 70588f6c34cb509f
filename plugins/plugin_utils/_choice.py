# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which services of an account become hosts. A choice that chooses nothing is an error unless nothing is welcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.lookup import there_is
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import natural_order
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import (
    GONE,
    SERVICE_STATUSES,
    spelling,
)

Service = Mapping[str, Any]

#: Statuses of services that an account need not have for them to be right.
KNOWN = frozenset((*map(spelling, SERVICE_STATUSES), *GONE))
#: How to accept an inventory without hosts.
ALLOW_EMPTY = "If an inventory without hosts is what you want, set allow_empty: true."


def choose_services(
    services: Sequence[Service],
    names: Iterable[object] = (),
    statuses: Iterable[object] = (),
    categories: Iterable[object] = (),
    allow_empty: bool = False,
) -> list[Service]:
    """The services with one of these ids or domains, of these statuses and categories, by id; an empty list is any.

    :raises LookupFailed: for a name or a category that no service has, for a status that neither portals nor this
        account have, and if an account that has services keeps none.
    """
    rules = (("id or domain", names), ("status", statuses), ("category", categories))
    _ensure_there(services, "service", "services", _folded(names))
    if services:
        _ensure_there(services, "category", "categories", _folded(categories))
        _ensure_there(
            services, "status", "statuses", {word for word in _folded(statuses) if spelling(word) not in KNOWN}
        )
    chosen = list(services)
    given = ""
    for noun, wanted in rules:
        fitting = [each for each in chosen if _fits(each, noun, _folded(wanted))]
        if chosen and not fitting and not allow_empty:
            raise LookupFailed(_none_left(chosen, noun, wanted, given))
        chosen = fitting
        given += _given(noun, wanted)
    return sorted(chosen, key=lambda service: natural_order(service["id"]))


def _words(service: Service, noun: str) -> list[str]:
    """What a service may be called by, as far as the portal told."""
    fields = {"status": ("status",), "category": ("category", "category_url")}.get(noun, ("id", "domain"))
    return [service[name] for name in fields if service[name]]


def _folded(words: Iterable[object]) -> set[str]:
    return {str(word).strip().casefold() for word in words}


def _fits(service: Service, noun: str, wanted: set[str]) -> bool:
    return not wanted or bool(wanted & _folded(_words(service, noun)))


def _ensure_there(services: Sequence[Service], noun: str, option: str, wanted: set[str]) -> None:
    unknown = sorted(wanted - {word for service in services for word in _folded(_words(service, noun))})
    if unknown:
        if noun == "service":
            there = there_is(unknown[0], services, ("domain",))
        else:
            there = f"There is: {_names(services, noun) or 'none'}."
        raise LookupFailed(f"There is no {noun} {', '.join(unknown)} on this account, but {option} names it. {there}")


def _names(services: Sequence[Service], noun: str) -> str:
    """The categories, or statuses, there are: ``Cloud Servers (cloud-servers), Domains``."""
    found = {tuple(dict.fromkeys(_words(service, noun))) for service in services}
    return ", ".join(words[0] + (f" ({words[1]})" if words[1:] else "") for words in sorted(filter(None, found)))


def _given(noun: str, wanted: Iterable[object]) -> str:
    words = " or ".join(map(str, wanted))
    return f" with {noun} {words}" if words else ""


def _none_left(services: Sequence[Service], noun: str, wanted: Iterable[object], given: str) -> str:
    """``0 of 57 services have status Active; there are: Suspended 57.``"""
    counts = Counter((_words(service, noun) or ["none"])[0] for service in services)
    there = ", ".join(f"{word} {count}" for word, count in counts.most_common())
    words = " or ".join(map(str, wanted))
    return f"0 of {len(services)} services{given} have {noun} {words}; there are: {there}. {ALLOW_EMPTY}"
