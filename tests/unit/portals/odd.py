# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator behind a transport that shows each VM as a backend would that nobody has seen, and modules run on it."""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.module_utils._context import execute
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.transport import HttpTransport
from unit.clock import MovedClock

Vm = dict[str, Any]
EMULATOR: Any = None
for _package in ("tests.emulator", "ansible_collections.sindad.cloud.tests.emulator"):
    with contextlib.suppress(ImportError):
        EMULATOR = importlib.import_module(f"{_package}.portal")
        break
#: What is asked for has happened when it is looked at next.
AT_ONCE = {"stale": 0, "duration": 0, "create_delay": 0, "operation_duration": 0, "upgrade_delay": 0, "vm_room": 4}
LOGIN = {"username": "user@example.com", "password": "secret"}
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def is_on(vm: Vm) -> bool:
    return bool(vm["state"] == "online")


# -- backends that can be read ---------------------------------------------------------------------------------------


def vendor(vm: Vm) -> Vm:
    """A host name only, units in words, other spellings of keys."""
    return {
        "vmid": int(vm["id"]),
        "hostname": vm["label"],
        "power_status": "PoweredOn" if is_on(vm) else "powered-off",
        "vcpus": int(vm["cpus"]),
        "ram": f"{vm['memory'] / 1024:g} GB RAM",
        "disk_size": f"{vm['disk']} GB SSD",
        "ips": [{"ip": each} for each in vm["ip"]],
        "template_name": vm["template_label"],
    }


def numeric(vm: Vm) -> Vm:
    """Numbers for states, bytes for sizes."""
    return {
        "id": int(vm["id"]),
        "label": vm["label"],
        "status": 1 if is_on(vm) else 0,
        "cores": vm["cpus"],
        "memory": vm["memory"] << 20,
        "disk": vm["disk"] << 30,
        "ip_addresses": ", ".join(vm["ip"]),
        "template": vm["template"],
    }


def persian(vm: Vm) -> Vm:
    """Persian words, digits and units, Arabic letters."""
    return {
        "id": vm["id"],
        "name": vm["label"].replace("ک", "ك").replace("ی", "ي"),
        "status": "روشن" if is_on(vm) else "خاموش",
        "cpu": f"{vm['cpus']} هسته".translate(PERSIAN),
        "memory": f"{vm['memory']} مگابایت".translate(PERSIAN),
        "disk": f"{vm['disk']} گیگابایت".translate(PERSIAN),
        "ipv4": vm["ip"],
        "os": vm["template_label"],
    }


def switched(vm: Vm) -> Vm:
    """A switch for the power beside the flag of the answer, sizes as objects, lists of one."""
    return {
        "vm_id": vm["id"],
        "vm_label": vm["label"],
        "status": True,
        "power": "1" if is_on(vm) else "0",
        "memory": {"total": vm["memory"], "used": 0},
        "disk": [{"size": vm["disk"]}],
        "cpu": {"cores": vm["cpus"], "usage": 0.5},
        "interfaces": [{"ip": [{"ipaddress": each} for each in vm["ip"]]}],
        "template": {"id": vm["template"], "name": vm["template_label"]},
    }


def worded(vm: Vm) -> Vm:
    """Words for the power that are several, and sizes with letters for units."""
    return {
        "uuid": vm["id"],
        "fqdn": vm["label"],
        "state": "Power On" if is_on(vm) else "Shut_Off",
        "vcpu": f"{vm['cpus']} vCPU",
        "mem": f"{vm['memory']}M",
        "hdd": f"{vm['disk']}G",
        "os_name": vm["template_label"],
        "address": vm["ip"],
    }


READABLE = (vendor, numeric, persian, switched, worded)

# -- backends whose VMs have no name that can be read ----------------------------------------------------------------


def unnamed(vm: Vm) -> Vm:
    """A key for the name that nothing speaks for."""
    return {"vm_id": vm["id"], "server_name": vm["label"], "machine": vm["id"], "status": "running", "ram": 512}


def nested(vm: Vm) -> Vm:
    return {"id": vm["id"], "type": "vm", "attributes": {"label": vm["label"], "state": vm["state"]}}


def sectioned(vm: Vm) -> Vm:
    return {
        "id": vm["id"],
        "info": {"hostname": vm["label"]},
        "resources": {"ram": vm["memory"]},
        "power": {"on": True},
    }


def shouting(vm: Vm) -> Vm:
    return {key.upper(): value for key, value in vm.items()}


def strange(vm: Vm) -> Vm:
    return {"kennung": vm["id"], "bezeichnung": vm["label"], "zustand": vm["state"]}


UNREADABLE = (unnamed, nested, sectioned, shouting, strange)


class Odd:
    """A transport to the emulator that changes how each VM is shown."""

    def __init__(self, running: Any, show: Callable[[Vm], Vm] | None = None):
        self.running, self.show = running, show
        self.transport = HttpTransport(running.api_url, True)
        self.clock = MovedClock()
        self.make_client = functools.partial(Client, transport=self, clock=self.clock)
        self.warnings: list[str] = []

    def send(self, request: Any, credentials: Any, limits: Any) -> Any:
        response = self.transport.send(request, credentials, limits)
        if self.show is None or request.method != "GET" or "/vms" not in request.path or response.status != 200:
            return response
        shown = self._shown(json.loads(response.content))
        return replace(response, content=json.dumps(shown).encode())

    def _shown(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._shown(each) for each in value]
        if not isinstance(value, dict):
            return value
        if "burstmem" in value and self.show:
            return self.show(value)
        return {key: self._shown(each) for key, each in value.items()}

    def client(self) -> Client:
        return self.make_client(api_url=self.running.api_url, **LOGIN)

    def run(self, module: Any, check_mode: bool = False, **options: Any) -> dict[str, Any]:
        rules = {key: value for key, value in module.SPEC.items() if key != "supports_check_mode"}
        given = {"api_url": self.running.api_url, **LOGIN, **options}
        checked = ArgumentSpecValidator(**rules).validate(given)
        assert not checked.error_messages, checked.error_messages
        params = checked.validated_parameters
        result, self.warnings = execute(module.run, params, check_mode, diff=True, make_client=self.make_client)
        assert "exception" not in result, result["exception"]
        return result

    @property
    def effects(self) -> dict[str, int]:
        """What was done on the portal, by method and path below the API, and how often."""
        found: dict[str, int] = self.running.control("GET", "log", summary=1)["effects"]
        return {key.replace(" /api", " "): count for key, count in found.items()}
