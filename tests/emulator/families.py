# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the backends show a VM. Three families, none like the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import backends
from .answers import Answer, json_answer
from .ids import next_id
from .lifecycle import Seen
from .options import Options
from .state import Service, Template, Vm
from .wordings import sizes, worded

Show = Callable[[Vm, Seen, str], dict[str, Any]]

WORDS: dict[str, dict[str, str]] = {
    "A": {
        "on": "online",
        "off": "offline",
        "start": "starting",
        "stop": "stopping",
        "reboot": "rebooting",
        "rebuild": "rebuilding",
        "resize": "updating",
        "create": "creating",
        "destroy": "destroying",
    },
    "B": {
        "on": "running",
        "off": "stopped",
        "start": "starting",
        "stop": "stopping",
        "reboot": "resetting",
        "rebuild": "rebuild",
        "resize": "updating",
        "create": "creating",
        "destroy": "destroying",
    },
    "C": {
        "on": "Running",
        "off": "Stopped",
        "start": "Starting",
        "stop": "Stopping",
        "reboot": "Rebooting",
        "rebuild": "Reinstalling",
        "resize": "Resizing",
        "create": "Building",
        "destroy": "Deleting",
    },
    "E": {word: name for word, (_state, _lcm, name) in backends.STATES.items()},
}
WORDS["D"] = WORDS["B"]


def vm_list(service: Service, looks: list[tuple[Vm, Seen]], options: Options) -> dict[str, Any]:
    """The answer of GET /service/@id/vms."""
    family = service.product.family
    shown = [(vm, _changed(vm, _entry(_LISTED[family], family, vm, look, options), options)) for vm, look in looks]
    if family in "CD" or not shown:
        return {"vms": [entry for _vm, entry in shown]}
    return {"vms": {str(vm.id): entry for vm, entry in shown}}


def vm_details(service: Service, vm: Vm, look: Seen, options: Options) -> dict[str, Any]:
    """The answer of GET /service/@id/vms/@vmid."""
    family = service.product.family
    entry = _changed(vm, _entry(_DETAILED[family], family, vm, look, options), options)
    if options.own_ids:
        # a number of the backend's own, unluckily the id of the next VM of the service
        entry[options.own_ids] = next_id((one.id for one in service.vms.values()), vm.id)
    entry.update(vm.details)
    return {"vms": {str(vm.id): entry}} if family == "C" else {"vm": entry}


def no_vm(service: Service, vmid: str) -> Answer:
    """What a family answers about a VM that is not there."""
    family = service.product.family
    if family in "AE":
        return json_answer({"error": ["VM not found"]}, 404)
    if family in "BD":
        return json_answer({"error": ["VM not found"]})
    return json_answer({"error": f"Vm {vmid} was not found on this account"})


def template_list(family: str, templates: list[Template]) -> Any:
    """A, E: a list; B: an object keyed by id, with numbers for ids; C, D: a list with numbers for ids."""
    if family == "B":
        return {one.id: {"id": int(one.id), "name": one.name} for one in templates} or []
    return [{"id": int(one.id) if family in "CD" else one.id, "name": one.name} for one in templates]


def _entry(show: Show, family: str, vm: Vm, look: Seen, options: Options) -> dict[str, Any]:
    """What the family shows, with its template as the portal words it."""
    entry = show(vm, look, _word(family, vm, look, options))
    for key in ("template_label", "template_name", "os"):
        if key in entry:
            entry[key] = worded(entry[key], options.template_wording)
    return entry


def _changed(vm: Vm, entry: dict[str, Any], options: Options) -> dict[str, Any]:
    """The entry in the portal's units, with what a test added to it or took from it."""
    if options.units:
        entry = sizes(entry, options.units)
    if vm.extra:
        entry = {**entry, **vm.extra}
    for key in vm.omit:
        entry.pop(key, None)
    return entry


def _word(family: str, vm: Vm, look: Seen, options: Options) -> str:
    if vm.word is not None:
        return vm.word
    if family == "B" and vm.rescue and look.word == "on":
        return "rescue"
    return options.words.get(look.word) or WORDS[family][look.word]


def _listed_a(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    addresses = [*vm.ipv4, *vm.ipv6]
    entry: dict[str, Any] = {
        "id": str(vm.id),
        "label": vm.label,
        "state": word,
        "cpus": str(vm.cpu),
        "memory": vm.memory,
        "burstmem": -vm.memory,
        "disk": vm.disk,
        "bandwidth": 100,
        "pae": 0,
        "pxe": 0,
        "password": vm.password,
        "template": vm.template.id,
        "template_label": vm.template.name,
        "ip": [address if place == 0 else f" {address}" for place, address in enumerate(addresses)],
        "ipv6subnets": [f"{address.rsplit(':', 1)[0]}:/64" for address in vm.ipv6],
        "usage": {
            "disk": {"free": vm.disk, "percent": "0", "total": vm.disk, "used": 0},
            "memory": {},
            "bandwidth": {},
        },
    }
    if vm.rescue:
        entry["rescue"] = True
    return entry


def _detailed_a(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    entry = _listed_a(vm, look, word)
    entry["hostname"] = vm.hostname
    entry["username"] = vm.username
    if look.locked:
        entry["locked"] = True
    return entry


def _power_b(vm: Vm) -> Any:
    """Bools for odd ids, strings for even ones."""
    if vm.id % 2:
        return vm.power == "on"
    return "1" if vm.power == "on" else "0"


def _listed_b(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "status": word,
        "power": _power_b(vm),
        "built": look.built,
        "ipv4": vm.ipv4[0] if vm.ipv4 else "",
        "disk": vm.disk,
    }
    if vm.id % 2 == 0:
        entry = {"id": vm.id, **entry}
    return entry


def _detailed_b(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    return {
        "id": vm.id,
        "label": vm.label,
        "hostname": vm.hostname,
        "status": word,
        "power": _power_b(vm),
        "built": look.built,
        "locked": 1 if look.locked else "0",
        "memory": vm.memory,
        "disk": vm.disk,
        "cpus": vm.cpu,
        "cores": vm.cpu,
        "sockets": 1,
        "uptime": "3 days 04:12:55" if vm.power == "on" else 0,
        "template_name": vm.template.name,
        "username": vm.username,
        "password": vm.password,
        "ipv4": vm.ipv4[0] if vm.ipv4 else "",
        "ipv6": vm.ipv6[0] if vm.ipv6 else "",
        "ip": _address_objects(vm) or [],
        "interfaces": [_interface(vm)],
        "storage": [{"name": "scsi0", "size": vm.disk}],
        "bandwidth": {"data_received": 1048576 * (vm.id % 97), "data_sent": 524288 * (vm.id % 89)},
    }


def _address_objects(vm: Vm) -> dict[str, Any]:
    return {
        str(vm.id * 10 + place): {"ipaddress": address, "main": "1" if place == 0 else "0"}
        for place, address in enumerate(vm.ipv4)
    }


def _interface(vm: Vm) -> dict[str, Any]:
    found = []
    for place, address in enumerate(vm.ipv4):
        net = address.rsplit(".", 1)[0]
        found.append(
            {
                "ipaddress": address,
                "type": "ipv4",
                "mask": "255.255.255.0",
                "gateway": f"{net}.1",
                "network": f"{net}.0",
                "main": place == 0,
            }
        )
    for address in vm.ipv6:
        found.append(
            {"ipaddress": address, "type": "ipv6", "mask": "64", "gateway": "fe80::1", "network": "", "main": False}
        )
    tail = f"{vm.id & 0xFFFFFF:06x}"
    return {
        "name": "net0",
        "model": "virtio",
        "mac": f"02:00:00:{tail[:2]}:{tail[2:4]}:{tail[4:]}",
        "ip": found,
    }


def _listed_c(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    addresses: list[Any] = [*vm.ipv4, *vm.ipv6]
    if vm.id % 2:
        addresses = [{"ip": one, "version": 6 if ":" in one else 4} for one in addresses]
    return {
        "vmid": vm.id,
        "name": vm.label,
        "hostname": vm.hostname,
        "state": word,
        "power": "1" if vm.power == "on" else "0",
        "ram": vm.memory,
        "cores": vm.cpu,
        "disk": str(vm.disk),
        "ip_addresses": addresses,
        "os": vm.template.name,
        "template_id": int(vm.template.id) if vm.template.id.isdigit() else vm.template.id,
        "locked": look.locked,
    }


def _detailed_c(vm: Vm, look: Seen, word: str) -> dict[str, Any]:
    return {**_listed_c(vm, look, word), "built": "1" if look.built else "0", "rootpassword": vm.password}


_LISTED = {"A": _listed_a, "B": _listed_b, "C": _listed_c, "D": backends.listed_d, "E": backends.listed_e}
_DETAILED = {
    "A": _detailed_a,
    "B": _detailed_b,
    "C": _detailed_c,
    "D": backends.detailed_d,
    "E": backends.detailed_e,
}
