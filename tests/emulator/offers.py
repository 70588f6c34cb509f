# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which routes a service offers: a property of its product and its status."""

from __future__ import annotations

from functools import cache

from .options import Options
from .routing import REBUILD_LIST, Endpoint, endpoints
from .state import Service

PREFIX = "/service/@id/"
# These answer for every service, offered or not.
GENERAL = frozenset({"methods", "label", "upgrade", "cancel"})
_ORDER = {
    ("POST", "/service/@id/upgrade"): 0,
    ("GET", "/service/@id/upgrade"): 1,
    ("POST", "/service/@id/label"): 2,
    ("GET", "/service/@id/label"): 3,
    ("POST", "/service/@id/cancel"): 4,
}
_ACTIVE = ("label", "upgrade", "cancel")
_KINDS = {
    "vm": ("vms", "templates", "resources"),
    "server": (
        *("reinstall", "diag", "rescue", "info", "hostname", "ips", "vlans"),
        *("reboot", "poweroff", "poweron", "status"),
    ),
    "hosting": (),
}


def room(route: str) -> str:
    """The word after /service/@id/, which decides who offers the route."""
    return route[len(PREFIX) :].split("/", 1)[0] if route.startswith(PREFIX) else ""


@cache
def _listed(profile: str, kind: str, status: str) -> tuple[Endpoint, ...]:
    if status == "Active":
        rooms = {*_ACTIVE, *_KINDS[kind]}
    elif status == "Suspended":
        rooms = {"label", "cancel"}
    else:
        rooms = {"label"}
    found = [one for one in endpoints(profile) if room(one.route) in rooms]
    # the order of the documented answer comes first
    return tuple(sorted(found, key=lambda one: _ORDER.get((one.method, one.route), len(_ORDER))))


def methods(options: Options, service: Service) -> list[dict[str, str]]:
    """The answer of GET /service/@id/methods."""
    listed = _listed(options.profile, service.product.kind, service.status)
    if options.rebuild_list == "offered" and any(one.route == REBUILD_LIST.route for one in listed):
        listed = (*listed, REBUILD_LIST)
    return [{"name": one.title, "method": one.method, "route": one.route} for one in listed]


def offered(endpoint: Endpoint, service: Service) -> bool:
    """Whether this service answers on this route."""
    name = room(endpoint.route)
    if not name or name in GENERAL:
        return True
    return service.status == "Active" and name in _KINDS[service.product.kind]
