# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual machines and dedicated servers: which run, and which of those nobody has tagged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypedDict

from ansible_collections.sindad.cloud.plugins.module_utils._service.tags import tags_of

from .writing import Record, clean, percentages, word

POWERS = ("on", "off", "changing", "unknown")


class Machine(TypedDict):
    """A virtual machine or a dedicated server; ``tagged`` is ``None`` where the labels could not be read."""

    kind: str
    key: str
    id: str
    service: str
    name: str
    power: str
    tagged: bool | None


class Power(TypedDict):
    """How many machines are in a state; ``share`` of all in percent, ``offset`` of those before."""

    state: str
    count: int
    share: str
    offset: str


def machines(read: Record, names: Mapping[str, str], labels: Mapping[str, str] | None) -> list[Machine]:
    """Return every VM and server whose service could be asked.

    :param names: of services, by ID. :param labels: of services, by ID; None if they could not be read.
    """
    found: list[Machine] = []
    for kind, key in (("vm", "vms"), ("server", "servers")):
        for answer in results(read.get(key)):
            found += [_machine(kind, each, names, labels) for each in answer.get(key) or []]
    return found


def untagged(found: list[Machine], labels: Mapping[str, str] | None) -> list[Machine]:
    """Return the machines that run without a tag; none where nobody uses tags."""
    if not any(each["tagged"] for each in found) and not any(map(tags_of, (labels or {}).values())):
        return []
    return [each for each in found if each["power"] == "on" and each["tagged"] is False]


def _machine(kind: str, record: Record, names: Mapping[str, str], labels: Mapping[str, str] | None) -> Machine:
    service, own = clean(record.get("service_id")), clean(record.get("label"))
    power, identity = word(record.get("power")), clean(record.get("id"))
    tagged = None if labels is None or service not in labels else bool(tags_of(labels[service]))
    return {
        "kind": kind,
        "key": f"{kind}-{service}-{identity}",
        "id": identity or service,
        "service": names.get(service, service),
        "name": own or clean(record.get("hostname")) or names.get(service, service),
        "power": power if power in POWERS else "unknown",
        "tagged": True if tags_of(own) else tagged,
    }


def powers(found: list[Machine]) -> list[Power]:
    """Return how many machines are on, off, changing or in a state that is not known."""
    counts = [sum(1 for each in found if each["power"] == state) for state in POWERS]
    shares = percentages([Fraction(count) for count in counts])
    return [
        {"state": state, "count": count, "share": share, "offset": offset}
        for state, count, (share, offset) in zip(POWERS, counts, shares)
        if count
    ]


def results(registered: Any) -> list[Record]:
    """Return the results of a task, with a loop or without one."""
    if not registered:
        return []
    found = registered.get("results")
    return list(found) if found is not None else [registered]


def offering(services: Iterable[Record], route: str) -> list[str]:
    """Return the ids of the services that offer ``GET`` of a route, such as ``vms`` of ``/service/@id/vms``."""
    return [clean(each.get("id")) for each in services if any(_is_get(one, route) for one in each.get("methods") or [])]


def _is_get(method: Record, route: str) -> bool:
    parts = clean(method.get("route")).strip("/").split("/")
    return word(method.get("method")) == "get" and len(parts) == 3 and parts[0] == "service" and parts[2] == route
