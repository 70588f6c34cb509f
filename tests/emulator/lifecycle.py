# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to a VM over time, the same in every family."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from .options import Options
from .state import Account, Operation, Service, Template, Vm


@dataclass(frozen=True, slots=True)
class Seen:
    """A VM as it shows itself now. `word` is on, off or the name of an operation."""

    word: str
    locked: bool
    built: bool


def seen(vm: Vm, now: float) -> Seen | None:
    """How a VM looks at this moment; None while it is not visible yet."""
    running = vm.operation
    if vm.looks > 0:
        return None
    if running and now >= running.visible_at:
        look = Seen(running.name, True, vm.built)
    elif running and running.name == "create":
        return None
    else:
        look = Seen(vm.power, False, vm.built)
    if vm.locked is not None:
        look = Seen(look.word, vm.locked, look.built)
    return look


def visible(service: Service, now: float) -> list[tuple[Vm, Seen]]:
    """The VMs of a service that can be seen, with their looks."""
    looks = ((vm, seen(vm, now)) for vm in service.vms.values())
    return [(vm, look) for vm, look in looks if look]


def begin(
    account: Account, options: Options, vm: Vm, name: str, finish: Callable[[], None], stale: float | None = None
) -> None:
    """Start an operation; `finish` is done when it ends."""
    now = account.clock.now()
    first = now + (options.stale if stale is None else stale)
    operation = Operation(name, first, first + options.duration, account.clock.stamp())
    vm.operation = operation

    def end() -> None:
        if vm.operation is operation:
            vm.operation = None
            finish()

    account.agenda.at(operation.ends_at, end)


def power(account: Account, options: Options, vm: Vm, name: str, word: str) -> None:
    """start, stop, reboot: ends with the power in this state."""

    def finish() -> None:
        vm.power = word

    begin(account, options, vm, name, finish)


def rescue(account: Account, options: Options, vm: Vm, enable: bool) -> None:
    def finish() -> None:
        vm.rescue = enable
        vm.power = "on"

    begin(account, options, vm, "reboot", finish)


def rebuild(account: Account, options: Options, vm: Vm, template: Template) -> None:
    def finish() -> None:
        vm.template = template
        vm.password = secrets.token_urlsafe(9)
        vm.power = "on"
        vm.rescue = False

    begin(account, options, vm, "rebuild", finish)


def resize(account: Account, options: Options, vm: Vm, memory: int, cpu: int) -> None:
    def finish() -> None:
        vm.memory, vm.cpu = memory, cpu

    begin(account, options, vm, "resize", finish)


def destroy(account: Account, options: Options, service: Service, vm: Vm) -> None:
    def finish() -> None:
        if service.vms.pop(str(vm.id), None):
            service.freed.append(vm.id)

    begin(account, options, vm, "destroy", finish)


def create(account: Account, options: Options, service: Service, vm: Vm) -> None:
    """The VM is listed after `create_delay`, and runs after `duration` more."""
    vm.built = False
    vm.power = "off"
    vm.looks = options.create_looks
    service.vms[str(vm.id)] = vm

    def finish() -> None:
        vm.built = True
        vm.power = "on"

    begin(account, options, vm, "create", finish, options.create_delay)
