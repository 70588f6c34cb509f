# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks that send each change of the API, one or more for each mutating route."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from ansible_collections.sindad.cloud.plugins.modules import (
    account,
    contact,
    ip,
    notification,
    server_diagnostics,
    server_hostname,
    server_power,
    server_reinstall,
    server_rescue,
    service_cancellation,
    service_label,
    service_upgrade,
    ticket,
    token,
    vm,
    vm_fleet,
    vm_rescue,
)

NEW_VM = {"label": "new1", "template": "Debian 12", "memory": 1024, "cpu": 1, "disk": 10}
VM_ROUTE = "/service/@id/vms/@vmid"
STOPPED_VM = {"service": "103", "vm": "31", "set": {"power": "off"}}
IN_RESCUE = {"service": "102", "vm": "2001", "set": {"rescue": True}}
SERVER_OFF = {"service": "201", "server": {"power": "off"}}
CLOSED = {"ticket": "736633", "set": {"status": "Closed"}}
RESCUE = {"service": "201", "template": "Debian Live 12", "wait": False, "wait_timeout": 60}
DIAGNOSTICS = {"service": "201", "template": "Memtest86+", "wait": False, "wait_timeout": 60}
#: An operation that does not end before the next run.
LASTING = {"operation_duration": 36000}
#: Filled in with what the portal gave at a login.
TOKEN, REFRESH = "<token>", "<refresh>"


#: What costs money, and so is looked for after a refusal that is not certain.
PAID = ("POST /service/@id/vms", "POST /service/@id/ips", "POST /service/@id/upgrade")


@dataclass(frozen=True)
class Case:
    """A task, and the one change that it makes.

    :ivar route: as documented. :ivar prepare: changes of the account before. :ivar before: a task before.
    :ivar again: each run does by what it is (a reboot, a login), so that one more does it once more.
    :ivar pace: options of the emulator for it. :ivar is_believed: only the note of an order says which object is meant,
        so that nothing is to be sent.
    """

    route: str
    module: ModuleType
    options: dict[str, Any]
    prepare: tuple[dict[str, Any], ...] = ()
    before: tuple[ModuleType, dict[str, Any]] | None = None
    again: bool = False
    pace: dict[str, Any] = field(default_factory=dict)
    is_believed: bool = False

    @property
    def name(self) -> str:
        return f"{self.module_name}: {self.route}{', believed' if self.is_believed else ''}"

    @property
    def module_name(self) -> str:
        return self.module.__name__.rpartition(".")[2]

    @property
    def is_paid(self) -> bool:
        return self.route in PAID

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def path(self) -> str:
        """A regular expression for the path of its request."""
        return f"^{re.sub('@[a-z]+', '[^/]+', self.route.partition(' ')[2])}$"


def _vm(verb: str, state: str, *prepare: dict[str, Any], again: bool = False, **more: Any) -> Case:
    options = {"service": "103", "label": "mail1", "state": state, "wait_timeout": 60, **more}
    return Case(verb.replace("VM", VM_ROUTE), vm, options, prepare, again=again)


def _server(route: str, state: str, *prepare: dict[str, Any], again: bool = False) -> Case:
    options = {"service": "201", "state": state, "wait_timeout": 60}
    return Case(f"POST /service/@id/{route}", server_power, options, prepare, again=again)


def _client_area() -> list[Case]:
    email = "new@example.com"
    person = {"email": email, "firstname": "Sara", "lastname": "Rad", "contact_password": "Contact-1-pass"}
    return [
        Case("POST /login", token, {}, again=True),
        Case("POST /logout", token, {"state": "absent", "token": TOKEN}, again=True),
        Case("POST /token", token, {"state": "refreshed", "refresh_token": REFRESH}, again=True),
        Case("POST /revoke", token, {"state": "absent", "refresh_token": REFRESH}, again=True),
        Case("PUT /details", account, {"city": "Shiraz"}),
        Case("POST /contact", contact, person),
        Case("PUT /contact/@id", contact, {"id": "49", "city": "Shiraz"}),
        Case("PUT /notifications/@id/ack", notification, {"id": ["71"]}),
    ]


def _support() -> list[Case]:
    new = {"subject": "Disk is slow", "department": "Sales", "body": "Since today."}
    return [
        Case("POST /tickets", ticket, new),
        Case("POST /tickets/@number", ticket, {"number": "736633", "reply": "Thank you."}),
        Case("PUT /tickets/@number/open", ticket, {"number": "736633", "state": "open"}, (CLOSED,)),
        Case("PUT /tickets/@number/close", ticket, {"number": "736633", "state": "closed"}),
    ]


def _services() -> list[Case]:
    upgrade = {"service": "101", "resources": {"Bandwidth": "500 GB"}}
    return [
        Case("POST /service/@id/upgrade", service_upgrade, upgrade),
        Case("POST /service/@id/cancel", service_cancellation, {"service": "301", "reason": "It has ended."}),
        Case("POST /service/@id/label", service_label, {"service": "201", "label": "new label"}),
    ]


def _machines() -> list[Case]:
    fleet = {"service": "102", "vms": [NEW_VM], "wait_timeout": 60}
    return [
        Case("POST /service/@id/vms", vm, {"service": "102", **NEW_VM, "wait_timeout": 60}),
        Case("POST /service/@id/vms", vm_fleet, fleet),
        _vm("PUT VM", "present", memory=8192, cpu=4),
        _vm("DELETE VM", "absent"),
        _vm("POST VM/stop", "stopped"),
        _vm("POST VM/start", "started", STOPPED_VM),
        _vm("POST VM/reboot", "restarted", again=True),
        _vm("POST VM/rebuild", "rebuilt", template="AlmaLinux 9"),
        Case("POST /service/@id/vms/@vmid/rescue", vm_rescue, {"service": "102", "label": "app1", "wait_timeout": 60}),
        Case(
            "POST /service/@id/vms/@vmid/unrescue",
            vm_rescue,
            {"service": "102", "label": "app1", "state": "disabled", "wait_timeout": 60},
            (IN_RESCUE,),
        ),
    ]


#: The portal names a new VM otherwise than the order: only the note of the order knows which one it is.
RENAMED = {"label_changes": "prefix", "create_delay": 0, "stale": 0, "duration": 0}


def _believed() -> list[Case]:
    order = (vm, {"service": "102", **NEW_VM, "wait_timeout": 60})
    meant = {"service": "102", "label": NEW_VM["label"], "wait_timeout": 60}
    fleet = {"service": "102", "vms": [{"label": NEW_VM["label"]}], "state": "absent", "wait_timeout": 60}
    tasks: list[tuple[str, ModuleType, dict[str, Any]]] = [
        ("POST VM/stop", vm, {**meant, "state": "stopped"}),
        ("POST VM/rebuild", vm, {**meant, "state": "rebuilt", "template": "Ubuntu 24.04"}),
        ("DELETE VM", vm, {**meant, "state": "absent"}),
        ("DELETE VM", vm_fleet, fleet),
    ]
    return [
        Case(verb.replace("VM", VM_ROUTE), module, options, before=order, pace=RENAMED, is_believed=True)
        for verb, module, options in tasks
    ]


def _servers() -> list[Case]:
    new = {"service": "201", "template": "AlmaLinux 9", "hostname": "db1.example.com", "wait_timeout": 120}
    return [
        _server("poweroff", "off"),
        _server("poweron", "on", SERVER_OFF),
        _server("reboot", "rebooted", again=True),
        Case("POST /service/@id/reinstall", server_reinstall, new),
        Case("POST /service/@id/rescue", server_rescue, RESCUE),
        Case(
            "POST /service/@id/rescue/cancel",
            server_rescue,
            {"service": "201", "state": "cancelled", "wait_timeout": 60},
            before=(server_rescue, RESCUE),
        ),
        Case("POST /service/@id/diag", server_diagnostics, DIAGNOSTICS, pace=LASTING),
        Case(
            "POST /service/@id/diag/cancel",
            server_diagnostics,
            {"service": "201", "state": "cancelled", "wait_timeout": 60},
            before=(server_diagnostics, DIAGNOSTICS),
            pace=LASTING,
        ),
        Case("POST /service/@id/hostname", server_hostname, {"service": "201", "hostname": "web9.example.com"}),
        Case("POST /service/@id/ips", ip, {"service": "201", "domain": "new.example.com", "wait_timeout": 60}),
        Case("POST /service/@id/ips/@ip", ip, {"service": "202", "address": "192.0.2.102", "domain": "x.example.com"}),
        Case("DELETE /service/@id/ips/@ip", ip, {"service": "202", "address": "192.0.2.102", "state": "absent"}),
    ]


CASES = [*_client_area(), *_support(), *_services(), *_machines(), *_servers(), *_believed()]
