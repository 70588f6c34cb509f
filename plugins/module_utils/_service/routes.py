# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which routes a service offers, and what that means in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .._core.errors import NotOffered, PortalError
from .._core.request import Request
from .record import MethodRecord

Method = MethodRecord

#: What a part of the API below a service is, and the module for it.
PARTS = {
    "vms": ("virtual machines", "vm"),
    "reinstall": ("installation of a dedicated server", "server_reinstall"),
    "poweron": ("power of a dedicated server", "server_power"),
    "poweroff": ("power of a dedicated server", "server_power"),
    "reboot": ("power of a dedicated server", "server_power"),
    "rescue": ("rescue mode of a dedicated server", "server_rescue"),
    "diag": ("diagnostics of a dedicated server", "server_diagnostics"),
    "hostname": ("host name of a dedicated server", "server_hostname"),
    "info": ("details of a dedicated server", "server_info"),
    "ips": ("IP addresses", "ip"),
    "vlans": ("VLANs", "vlan_info"),
    "templates": ("templates of virtual machines", "vm_template_info"),
    "resources": ("resources", "service_info"),
    "upgrade": ("upgrades", "service_upgrade"),
    "label": ("a label", "service_label"),
    "cancel": ("cancellation", "service_cancellation"),
}

_SPEAKS_OF_ROUTES = re.compile(r"service|method|route|endpoint|not[ _](available|supported|offered|allowed)", re.I)


def same_route(left: str | None, right: str | None) -> bool:
    """Whether two routes are the same but for the names, or values, of their ids."""
    return shape(left) == shape(right)


def shape(route: str | None) -> list[str]:
    """The parts of a route, with ``@`` for each id: ``/service/@id/vms/7`` is service, @, vms, @."""
    return [re.sub(r"^([@:$].*|\{.*\}|\d+)$", "@", part) for part in (route or "").strip("/").split("/")]


def speaks_of_routes(errors: Iterable[str]) -> bool:
    """Whether what a portal said may mean that it has no such route."""
    return bool(_SPEAKS_OF_ROUTES.search(" ".join(errors)))


def offers(offered: Iterable[Method], request: Request) -> bool:
    return any(
        (each["method"] or "").upper() == request.method and same_route(each["route"], request.route)
        for each in offered
    )


def offers_kind(offered: Iterable[Method], request: Request) -> bool:
    """Whether there is a route of the same part of the API as that of *request*."""
    return bool(_kin(offered, request.route))


def not_offered(request: Request, offered: Sequence[Method], cause: PortalError | None = None) -> NotOffered:
    """The error for a route that a service does not offer; it says what the service does offer."""
    told = [f"{each['method']} {each['route']}" for each in _kin(offered, request.route)] or _in_words(offered)
    return NotOffered(
        f"Service {dict(request.ids)['id']} does not offer {request.method} {request.route}. "
        f"It offers: {', '.join(told) or 'nothing'}.",
        request,
        cause.errors if cause else (),
        cause.status_code if cause else None,
    )


def _kin(offered: Iterable[Method], route: str) -> list[Method]:
    return [each for each in offered if _part(each["route"]) and _part(each["route"]) == _part(route)]


def _part(route: str | None) -> str:
    """The part of the API below a service that a route belongs to; "" for that of the service itself."""
    return "".join(shape(route)[2:3])


def _in_words(offered: Iterable[Method]) -> list[str]:
    """What is offered, each part once, with its module; a part that is not known by its routes."""
    offered = list(offered)
    parts = {_part(each["route"]) for each in offered} - {"", "methods"}
    known = [f"{what} (use sindad.cloud.{module})" for part, (what, module) in PARTS.items() if part in parts]
    unknown = [f"{each['method']} {each['route']}" for each in offered if _part(each["route"]) in parts - set(PARTS)]
    return [*dict.fromkeys(known), *unknown]
