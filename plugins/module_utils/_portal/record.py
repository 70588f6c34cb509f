# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of a check: the products, which modules work on them, and which fields of records came out odd."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._core.reading.vocabulary import is_resting, is_transitional
from .._service.routes import kind_of, same_route
from .shapes import MAX_COUNT, class_of

Record = Mapping[str, Any]

# -- which modules work on a service ---------------------------------------------------------------------------------

_VM = "/service/@id/vms/@vmid"
_VMS = ("GET /service/@id/vms", f"GET {_VM}")
#: The routes without which a module is of no use. ``service_info`` needs none that a service may lack.
MODULE_ROUTES: dict[str, tuple[str, ...]] = {
    "vm": (*_VMS, f"POST {_VM}/start", f"POST {_VM}/stop"),
    "vm_fleet": (*_VMS, f"POST {_VM}/start", f"POST {_VM}/stop"),
    "vm_info": _VMS,
    "vm_rescue": (*_VMS, f"POST {_VM}/rescue", f"POST {_VM}/unrescue"),
    "vm_template_info": ("GET /service/@id/templates",),
    "server_info": ("GET /service/@id/info",),
    "server_power": ("POST /service/@id/poweron", "POST /service/@id/poweroff", "POST /service/@id/reboot"),
    "server_reinstall": ("GET /service/@id/reinstall/templates", "POST /service/@id/reinstall"),
    "server_rescue": (
        "GET /service/@id/rescue/templates",
        "POST /service/@id/rescue",
        "POST /service/@id/rescue/cancel",
    ),
    "server_diagnostics": (
        "GET /service/@id/diag/templates",
        "POST /service/@id/diag",
        "POST /service/@id/diag/cancel",
    ),
    "server_hostname": ("POST /service/@id/hostname",),
    "server_template_info": ("GET /service/@id/reinstall/templates",),
    "ip": ("GET /service/@id/ips", "POST /service/@id/ips/@ip"),
    "ip_info": ("GET /service/@id/ips",),
    "vlan_info": ("GET /service/@id/vlans",),
    "service_info": (),
    "service_label": ("GET /service/@id/label", "POST /service/@id/label"),
    "service_upgrade": ("GET /service/@id/upgrade", "POST /service/@id/upgrade"),
    "service_cancellation": ("POST /service/@id/cancel",),
}
_SERVICE_ROUTES = (
    *("GET /service/@id/upgrade", "POST /service/@id/upgrade", "POST /service/@id/cancel"),
    *("GET /service/@id/label", "POST /service/@id/label"),
)
#: The documented routes that a service of a kind may offer.
KIND_ROUTES: dict[str, tuple[str, ...]] = {
    "vm": (
        *(*_VMS, "POST /service/@id/vms", f"PUT {_VM}", f"DELETE {_VM}"),
        f"GET {_VM}/rebuild",
        *(f"POST {_VM}/{change}" for change in ("start", "stop", "reboot", "rescue", "unrescue", "rebuild")),
        *("GET /service/@id/templates", "GET /service/@id/resources", *_SERVICE_ROUTES),
    ),
    "server": (
        *(f"GET /service/@id/{name}" for name in ("info", "status", "reinstall", "rescue", "diag", "ips", "vlans")),
        *(f"GET /service/@id/{name}/templates" for name in ("reinstall", "rescue", "diag")),
        *(f"POST /service/@id/{name}" for name in ("reinstall", "rescue", "rescue/cancel", "diag", "diag/cancel")),
        *(f"POST /service/@id/{name}" for name in ("poweron", "poweroff", "reboot", "hostname", "ips")),
        *("GET /service/@id/ips/@ip", "POST /service/@id/ips/@ip", "DELETE /service/@id/ips/@ip", *_SERVICE_ROUTES),
    ),
    "service": _SERVICE_ROUTES,
}
#: All of them without the verb, as a portal lists them.
ROUTES = frozenset(route.partition(" ")[2] for routes in KIND_ROUTES.values() for route in routes)


def offers_route(offered: Iterable[Record], route: str) -> bool:
    """Whether *route*, such as ``GET /service/@id/vms``, is among the routes that a service offers."""
    method, _blank, path = route.partition(" ")
    return any((each["method"] or "").upper() == method and same_route(each["route"], path) for each in offered)


def to_product(services: Sequence[Record], offered: Sequence[Record] | None) -> dict[str, Any]:
    """A product, of its *services* and the routes that they offer; None if those cannot be read."""
    kind = kind_of(offered or ())
    needed = MODULE_ROUTES.items() if offered is not None else ()
    documented = KIND_ROUTES[kind] if offered is not None else ()
    return {
        "category": services[0]["category"],
        "product": services[0]["product"],
        "services": [each["id"] for each in services],
        "kind": kind,
        "modules": sorted(name for name, routes in needed if all(offers_route(offered or (), each) for each in routes)),
        "missing": [route for route in documented if not offers_route(offered or (), route)],
    }


# -- which fields came out odd ---------------------------------------------------------------------------------------

#: The class that a field should have. Money is always decimal, and ids may be anything.
_DATES = ("date", "due_date", "paid_date", "next_due", "next_invoice", "date_created", "start", "end")
_FIELD_CLASSES = {**dict.fromkeys(_DATES, "date"), "email": "email"}


@dataclass
class Fields:
    """Fields of our records by what they came out as, over all records of an endpoint.

    :ivar unknown_words: the portal's words for a power state that were not understood.
    """

    null_fields: list[str]
    changing_fields: list[str]
    unexpected_fields: list[str]
    unknown_words: list[str]


def judge(records: Sequence[Record]) -> Fields:
    """The fields of *records* that are null, ``changing``, or of a form that nobody expects."""
    fields = list(dict.fromkeys(key for each in records for key in each if key not in ("raw", "service_id")))
    null = [(key, sum(each.get(key) is None for each in records)) for key in fields]
    changing = [key for key in fields if any(each.get(key) == "changing" for each in records)]
    unexpected = [key for key in fields if any(_is_odd(key, each) for each in records)]
    unknown = sorted({str(each["state"]) for each in records if _is_odd("power", each) and each.get("state")})
    nulls = [_counted(key, count, len(records)) for key, count in null if count]
    return Fields(nulls, changing, unexpected, unknown)


def _counted(key: str, count: int, records: int) -> str:
    """*key*, with the number of records that it concerns if those are not all of them."""
    return key if count == records or records > MAX_COUNT else f"{key} ({count} of {records})"


def _is_odd(key: str, record: Record) -> bool:
    value = record.get(key)
    if value is None:
        return False
    if key == "power" and value == "changing":
        word = record.get("state")
        return not (is_transitional(word) or is_resting(word))
    if key in _FIELD_CLASSES:
        return _FIELD_CLASSES[key] not in class_of(str(value))
    return isinstance(value, int) and not isinstance(value, bool) and value < 0
