# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Products, templates and upgrade resources that the seeds sell."""

from __future__ import annotations

from .state import Item, Product, Resource, Template

# Family B has two templates of one name, family C two that differ in case only.
VM_TEMPLATES: dict[str, list[Template]] = {
    "A": [
        Template("linux-debian-12-x86_64-min-gen2-v1", "Debian 12"),
        Template("linux-ubuntu-24.04-x86_64-min-gen2-v1", "Ubuntu 24.04"),
        Template("linux-almalinux-9-x86_64-min-gen2-v1", "AlmaLinux 9"),
        Template("windows-2022-x64-std-v3", "Windows Server 2022"),
    ],
    "B": [
        Template("11", "Debian 12"),
        Template("12", "Ubuntu 24.04"),
        Template("13", "AlmaLinux 9"),
        Template("17", "Rocky Linux 9"),
        Template("18", "Rocky Linux 9"),
    ],
    "C": [
        Template("401", "Debian 12"),
        Template("402", "Ubuntu 24.04"),
        Template("403", "AlmaLinux 9"),
        Template("404", "debian 12"),
        Template("405", "دبیان ۱۲"),
    ],
    "D": [
        Template("9001", "Debian 12"),
        Template("9002", "Ubuntu 24.04"),
        Template("9003", "AlmaLinux 9"),
    ],
    "E": [
        Template("71", "Debian 12"),
        Template("72", "Ubuntu 24.04"),
        Template("73", "AlmaLinux 9"),
        Template("74", "Windows Server 2022"),
    ],
}

REINSTALL_TEMPLATES = [
    Template("ISPsystem__Debian-12-x86_64", "Debian 12"),
    Template("ISPsystem__Ubuntu-24.04-x86_64", "Ubuntu 24.04"),
    Template("ISPsystem__AlmaLinux-9-x86_64", "AlmaLinux 9"),
    Template("ISPsystem__Windows2022-x64", "Windows Server 2022"),
]
DIAG_TEMPLATES = [
    Template("ISPsystem__Diag-x86_64", "Diag x86_64"),
    Template("ISPsystem__Memtest", "Memtest86+"),
]
RESCUE_TEMPLATES = [
    Template("ISPsystem__Sysrescd-x86_64", "Sysrescd x86_64"),
    Template("ISPsystem__DebianLive-12-x86_64", "Debian Live 12"),
]
RECIPES = [
    ("ISPsystem__docker", "Docker", ["ISPsystem__Debian-12-x86_64", "ISPsystem__Ubuntu-24.04-x86_64"]),
    ("ISPsystem__ispmanager6", "ISPmanager 6", ["ISPsystem__AlmaLinux-9-x86_64", "ISPsystem__Debian-12-x86_64"]),
    ("ISPsystem__lamp", "LAMP", ["ISPsystem__Ubuntu-24.04-x86_64"]),
]


def by_name(templates: list[Template], name: str) -> Template:
    return next(one for one in templates if one.name == name)


def bandwidth() -> Resource:
    """The documented resource."""
    return Resource(
        1557,
        "Bandwidth",
        "select",
        [Item("9953", "100 GB", 1), Item("10103", "500 GB", 5), Item("10104", "1 TB", 10)],
    )


def machine_resources() -> list[Resource]:
    return [
        bandwidth(),
        Resource(1561, "Backup", "radio", [Item("9971", "None", 0), Item("9972", "Weekly", 2.5, 1)]),
        Resource(1562, "CPU Cores", "slider", [Item("9981", "Core", 3)], low=1, high=16),
        Resource(1563, "Additional IPs", "qty", [Item("9985", "IPv4 address", 1.5)], low=0, high=8),
        Resource(
            1564,
            "Licence",
            "dropdown",
            [Item("9991", "None", 0), Item("9992", "cPanel", 15), Item("9993", "Plesk", 12)],
        ),
    ]


def cloud(number: int, name: str, family: str, price: float = 9.99) -> Product:
    return Product(
        number,
        name,
        "Cloud Servers",
        "cloud-servers",
        "vm",
        price,
        family,
        VM_TEMPLATES[family],
        {"memory": 32768, "cpu": 32, "disk": 1000},
        machine_resources(),
    )


def dedicated(number: int, name: str, price: float) -> Product:
    return Product(
        number, name, "Dedicated Servers", "dedicated-servers", "server", price, resources=machine_resources()
    )


def hosting(number: int, name: str, price: float) -> Product:
    return Product(number, name, "Hosting", "hosting", "hosting", price, resources=[bandwidth()])
