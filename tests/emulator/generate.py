# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of any size, the same for the same options."""

from __future__ import annotations

import random

from .catalog import cloud, dedicated, hosting
from .clock import Clock
from .options import Options
from .seed import base_account, build_server, build_vm, day
from .state import Account, Product, Service

OSES = ("Debian 12", "Ubuntu 24.04", "AlmaLinux 9")


def generated_account(clock: Clock, options: Options, count: int) -> Account:
    """`count` services of five products, mixed as the option `mix` says."""
    account = base_account(clock, options)
    letters = options.families
    clouds = [
        cloud(11 + place, name, letters[place % len(letters)], 9.99 * (place + 1))
        for place, name in enumerate(("Cloud S", "Cloud M", "Cloud L"))
    ]
    server, starter = dedicated(31, "Server X1", 89.0), hosting(41, "Starter Hosting", 9.99)
    chance = random.Random(options.seed)
    kinds = _kinds(options.mix, count)
    chance.shuffle(kinds)
    machines = 0
    for place, kind in enumerate(kinds):
        product = {"vm": clouds[place % len(clouds)], "server": server, "hosting": starter}[kind]
        service = account.add(_service(account, place, product, chance))
        if kind == "vm":
            for _one in range(options.vms_per_service):
                machines += 1
                _add_vm(service, machines, chance)
        elif kind == "server":
            net = f"198.{18 + place // 65536 % 2}.{place % 256}"
            service.server = build_server(
                service.domain, "Debian 12", net, 100000 + place * 4, place % 2 == 1, "Intel Xeon E-2288G", "64 GB"
            )
    return account


def _kinds(mix: dict[str, float], count: int) -> list[str]:
    """Kinds in the shares of the mix; what rounding leaves goes to the first one."""
    unknown = set(mix) - {"vm", "server", "hosting"}
    if unknown or sum(mix.values()) <= 0:
        raise ValueError("mix: shares of vm, server and hosting")
    whole = sum(mix.values())
    kinds: list[str] = []
    for kind, share in mix.items():
        kinds += [kind] * int(count * share / whole)
    return [next(iter(mix))] * (count - len(kinds)) + kinds


def _service(account: Account, place: int, product: Product, chance: random.Random) -> Service:
    id: str | int = 1001 + place
    if place % 7:
        id = str(id)
    due = chance.randrange(1, 365)
    price = f"{product.price:.2f}"
    return Service(
        id,
        f"host-{place + 1:05d}.example.net",
        product,
        label=f"label {place + 1}" if place % 3 == 0 else "",
        total=price,
        firstpayment=price,
        next_due=day(account, due),
        next_invoice=day(account, due - 7),
        date_created=day(account, -due),
        username="root",
        password=f"Pw-{place + 1}",
    )


def _add_vm(service: Service, number: int, chance: random.Random) -> None:
    vm = build_vm(
        service.product,
        50000 + number,
        f"vm-{number:05d}",
        OSES[number % 3],
        1024 * chance.choice((1, 2, 4)),
        chance.choice((1, 2, 4)),
        chance.choice((20, 40, 80)),
        power="off" if number % 10 == 0 else "on",
        ipv4=[f"198.{18 + number // 62500 % 2}.{number // 250 % 250}.{number % 250 + 1}"],
        ipv6=[f"2001:db8:50::{number:x}"],
    )
    service.vms[str(vm.id)] = vm
