# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two more families of VMs: D as HostBill's module for Proxmox lists them, E with the numbers of OpenNebula."""

from __future__ import annotations

from typing import Any

from .lifecycle import Seen
from .state import Vm

# STATE, LCM_STATE and its name
STATES: dict[str, tuple[int, int, str]] = {
    "on": (3, 3, "RUNNING"),
    "off": (8, 0, "LCM_INIT"),
    "start": (3, 20, "BOOT_POWEROFF"),
    "stop": (3, 18, "SHUTDOWN_POWEROFF"),
    "reboot": (3, 2, "BOOT"),
    "rebuild": (3, 1, "PROLOG"),
    "resize": (3, 69, "HOTPLUG_RESIZE"),
    "create": (1, 0, "LCM_INIT"),
    "destroy": (3, 11, "EPILOG"),
}


def listed_d(vm: Vm, _look: Seen, _word: str) -> dict[str, Any]:
    """The id and the name, and nothing else."""
    return {"id": vm.id, "hostname": vm.label}


def detailed_d(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    return {
        "id": vm.id,
        "hostname": vm.label,
        "status": word,
        "lock": "backup" if look.locked else "",
        "memory": vm.memory,
        "disk": vm.disk,
        "cores": vm.cpu,
        "template_name": vm.template.name,
        "ip": [*vm.ipv4, *vm.ipv6],
        "username": vm.username,
        "password": vm.password,
    }


def listed_e(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    state, lcm, _name = STATES[look.word]
    return {
        "id": str(vm.id),
        "hostname": vm.label,
        "state": state,
        "STATE": str(state),
        "LCM_STATE": str(lcm),
        "LCM_STATE_STR": word,
        "cpu": str(vm.cpu),
        "memory": str(vm.memory),
        "disk": vm.disk,
        "ips": [*vm.ipv4, *vm.ipv6],
        "tags": [],
    }


def detailed_e(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    return {
        **listed_e(vm, look, word),
        "template_id": int(vm.template.id) if vm.template.id.isdigit() else vm.template.id,
        "template_name": vm.template.name,
        "username": vm.username,
        "password": vm.password,
    }
