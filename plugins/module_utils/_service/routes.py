# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which routes a service offers, and what that means in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._core.errors import NotOffered, PortalError
from .._core.http.request import Request
from .record import MethodRecord

Method = MethodRecord

#: What the parts of the API below a service are, and the module for each: first what a service is there for.
SPECIFIC: dict[str, dict[str, str]] = {
    "virtual machines": {"vms": "vm", "templates": "vm_template_info"},
    "a dedicated server": {
        **{"info": "server_info", "status": "server_info"},
        **dict.fromkeys(("poweron", "poweroff", "reboot"), "server_power"),
        **{"reinstall": "server_reinstall", "rescue": "server_rescue"},
        **{"diag": "server_diagnostics", "hostname": "server_hostname"},
    },
    "IP addresses": {"ips": "ip", "vlans": "vlan_info"},
}
#: Then what any service may have besides.
GENERAL: dict[str, dict[str, str]] = {
    "resources": {"resources": "service_info"},
    "upgrades": {"upgrade": "service_upgrade"},
    "a label": {"label": "service_label"},
    "cancellation": {"cancel": "service_cancellation"},
}
_KNOWN = {part for groups in (SPECIFIC, GENERAL) for parts in groups.values() for part in parts}
#: Parts that are only written. No poll reads them, so that a list leaves them out means what it says.
_WRITTEN_ONLY = {"cancel", "hostname", "poweron", "poweroff", "reboot"}

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


def offers(offered: Iterable[Mapping[str, Any]], request: Request) -> bool:
    return any(
        (each["method"] or "").upper() == request.method and same_route(each["route"], request.route)
        for each in offered
    )


def kind_of(offered: Iterable[Mapping[str, Any]]) -> str:
    """Return what a service is that offers these routes: ``vm``, ``server`` or ``service``.

    A service of addresses alone is a *service*: any kind may have them.
    """
    offered = list(offered)
    if offers(offered, Request("GET", "/service/@id/vms")):
        return "vm"
    is_server = any(_part(each["route"]) in SPECIFIC["a dedicated server"] for each in offered)
    return "server" if is_server else "service"


def denies(offered: Sequence[Method], request: Request) -> bool:
    """Whether a list of routes says that *request* is not offered; one that names nothing of its kind may be short."""
    if not offered or offers(offered, request):
        return False
    return bool(_kin(offered, request.route)) or _part(request.route) in _WRITTEN_ONLY


def not_offered(
    request: Request, offered: Sequence[Method], status: str | None = None, cause: PortalError | None = None
) -> NotOffered:
    """The error for a route that a service does not offer; it says what the service does offer.

    :param status: of the service, if that may be the reason. :param cause: how the portal refused it.
    """
    shown = [f"{each['method']} {each['route']}" for each in _kin(offered, request.route)] or _in_words(offered)
    return NotOffered(
        f"Service {dict(request.ids)['id']} {f'is {status} and ' if status else ''}does not offer "
        f"{request.method} {request.route}. "
        f"It offers: {', '.join(shown) or 'nothing'}.",
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
    """What is offered, each thing once, with its modules; a part that is not known by its routes."""
    offered = list(offered)
    parts = {_part(each["route"]) for each in offered} - {"", "methods"}
    known = _things(SPECIFIC, parts) or _things(GENERAL, parts)
    return known + [f"{each['method']} {each['route']}" for each in offered if _part(each["route"]) in parts - _KNOWN]


def _things(groups: dict[str, dict[str, str]], parts: set[str]) -> list[str]:
    """``virtual machines (use sindad.cloud.vm)`` for each of the *groups* of which something is offered."""
    offered = {what: [modules[part] for part in modules if part in parts] for what, modules in groups.items()}
    used = {what: ", ".join(f"sindad.cloud.{each}" for each in dict.fromkeys(found)) for what, found in offered.items()}
    return [f"{what} (use {modules})" for what, modules in used.items() if modules]
