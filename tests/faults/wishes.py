# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tasks of a random sequence ask for, each of one object."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from ansible_collections.sindad.cloud.plugins.modules import (
    contact,
    ip,
    server_power,
    server_reinstall,
    service_label,
    service_upgrade,
    ticket,
    vm,
    vm_fleet,
)

from faults.twice import SECOND

TEMPLATES = ("Debian 12", "Ubuntu 24.04", "AlmaLinux 9")
SIZE = {"memory": 1024, "cpu": 1, "disk": 10}


@dataclass(frozen=True)
class Wish:
    """A task. *about*: the object; of two wishes about the same one the later counts."""

    about: str
    module: ModuleType
    options: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.module.__name__.rpartition('.')[2]} {self.options}"


def _machine(chance: random.Random) -> Wish:
    label, service = chance.choice(("web-1", "db & Co 1")), chance.choice(("101", "103"))
    options = {"service": service, "label": label, "wait_timeout": chance.choice((8, 60))}
    state = chance.choice(("present", "started", "stopped", "present", "absent"))
    return Wish(f"vm {service} {label}", vm, {**options, "state": state, "template": "Debian 12", **SIZE})


def _fleet(chance: random.Random) -> Wish:
    vms = [{"label": label, "template": "Debian 12", **SIZE, "state": "started"} for label in ("fleet-1", "fleet-2")]
    return Wish("fleet", vm_fleet, {"service": "102", "vms": vms, "wait_timeout": chance.choice((8, 60))})


def _rebuilt(chance: random.Random) -> Wish:
    options = {"service": "102", "vmid": "2001", "state": "rebuilt", "template": chance.choice(TEMPLATES[:2])}
    return Wish("vm 2001", vm, {**options, "wait_timeout": 60})


def _address(chance: random.Random) -> Wish:
    options = {"service": chance.choice(("201", "202")), "domain": "mail.example.com", "count": chance.choice((1, 2))}
    return Wish(f"ip {options['service']}", ip, {**options, "wait_timeout": chance.choice((8, 60))})


def _ticket(chance: random.Random) -> Wish:
    new = {"subject": "Disk is slow", "department": "Sales", "body": "Since today."}
    return Wish("ticket", ticket, {**new, "reply": chance.choice(("Any news?", "It is well again."))})


def _contact(chance: random.Random) -> Wish:
    options = {
        "email": "sara@example.com",
        "firstname": "Sara",
        "lastname": "Rad",
        "city": chance.choice(("Yazd", "Qom")),
    }
    return Wish("contact", contact, options)


def _label(chance: random.Random) -> Wish:
    return Wish("label", service_label, {"service": "301", "label": chance.choice(("blog", "shop #prod"))})


def _upgrade(chance: random.Random) -> Wish:
    resources = {"Bandwidth": chance.choice(("500 GB", "1 TB"))}
    return Wish("upgrade", service_upgrade, {"service": "301", "resources": resources})


def _power(chance: random.Random) -> Wish:
    return Wish(
        "server 202", server_power, {"service": "202", "state": chance.choice(("on", "off")), "wait_timeout": 60}
    )


def _reinstall(chance: random.Random) -> Wish:
    options = {"service": "201", "template": chance.choice(TEMPLATES), "hostname": "server1.example.com"}
    return Wish("server 201", server_reinstall, {**options, "wait_timeout": 120})


KINDS: tuple[Callable[[random.Random], Wish], ...] = (
    *(_machine, _machine, _machine, _fleet, _rebuilt),
    *(_address, _address, _ticket, _contact, _label, _upgrade, _power, _reinstall),
)


def wishes(chance: random.Random) -> list[Wish]:
    """A few tasks, most of them about objects that an earlier one was about."""
    kinds = chance.sample(KINDS, 2)
    return [chance.choice(kinds)(chance) for _task in range(chance.randint(3, 5))]


def of_second(wish: Wish) -> Wish:
    """The same of a second account, whose objects have the same names and ids."""
    return replace(wish, about=f"{wish.about} of {SECOND}", options={**wish.options, "username": SECOND})
