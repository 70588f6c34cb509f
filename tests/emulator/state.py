# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account: what the portal knows. Times are seconds of the account's clock."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from .clock import Agenda, Clock

ZERO_TIME = "0000-00-00 00:00:00"


@dataclass(slots=True)
class Template:
    """An operating system that a machine can get."""

    id: str
    name: str


@dataclass(slots=True)
class Item:
    """One choice of an upgrade resource."""

    id: str
    name: str
    price: float
    setup_price: float = 0


@dataclass(slots=True)
class Resource:
    """A configurable part of a product: type select, radio, slider, qty or dropdown (an item and its quantity)."""

    id: int
    name: str
    type: str
    items: list[Item]
    low: int = 0
    high: int = 0

    @property
    def counted(self) -> bool:
        return self.type in ("slider", "qty")


@dataclass(slots=True)
class Product:
    """What a service was bought as; it decides which routes the service offers."""

    id: int
    name: str
    category: str
    category_url: str
    kind: str  # vm, server or hosting
    price: float
    family: str = ""
    templates: list[Template] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=list)
    packages: list[int] = field(default_factory=list)
    cycles: tuple[str, ...] = ("m", "q", "a")


@dataclass(slots=True)
class Operation:
    """Something that takes time: hidden while stale, then visible, then over."""

    name: str
    visible_at: float
    ends_at: float
    started: str = ""
    template: str = ""
    hostname: str = ""
    password: str = ""
    cancelled_at: float | None = None


@dataclass(slots=True)
class Vm:
    """A virtual server, whatever the family it is shown in."""

    id: int
    label: str
    hostname: str
    template: Template
    memory: int
    cpu: int
    disk: int
    power: str = "on"
    built: bool = True
    rescue: bool = False
    username: str = "root"
    password: str = ""
    ipv4: list[str] = field(default_factory=list)
    ipv6: list[str] = field(default_factory=list)
    operation: Operation | None = None
    word: str | None = None  # tampered: shown instead of the state
    locked: bool | None = None  # tampered
    extra: dict[str, Any] = field(default_factory=dict)  # tampered: merged into what is shown
    omit: list[str] = field(default_factory=list)  # tampered: left out of what is shown
    looks: int = 0  # at the list that do not show it yet
    details: dict[str, Any] = field(default_factory=dict)  # tampered: merged into what the details alone show


@dataclass(slots=True)
class Address:
    """An IP address of a dedicated server."""

    id: str
    ipaddress: str
    domain: str
    main: bool
    vlan: str
    mask: str = "255.255.255.0"
    gateway: str = ""
    network: str = ""
    visible_at: float = 0.0
    gone_at: float | None = None


@dataclass(slots=True)
class Server:
    """A dedicated server."""

    hostname: str
    os: Template | None
    cpu: str
    ram: str
    disks: str
    keyed: bool  # templates as an object, and the address list with domains
    power: str = "on"
    power_operation: Operation | None = None
    operation: Operation | None = None
    ips: dict[str, Address] = field(default_factory=dict)
    vlans: dict[str, str] = field(default_factory=dict)
    net: str = "192.0.2"
    extra: dict[str, Any] = field(default_factory=dict)
    omit: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Service:
    """A service of the account."""

    id: str | int
    domain: str
    product: Product
    status: str = "Active"
    label: str = ""
    billingcycle: str = "Monthly"
    total: str = "9.99"
    firstpayment: str = "9.99"
    next_due: str = ""
    next_invoice: str = ""
    date_created: str = ""
    username: str = ""
    password: str = ""
    name: str = ""  # tampered product name
    vms: dict[str, Vm] = field(default_factory=dict)
    freed: list[int] = field(default_factory=list)  # ids of VMs that are gone
    server: Server | None = None
    chosen: dict[int, dict[str, int]] = field(default_factory=dict)
    upgrade_invoice: str | None = None
    cancellation: dict[str, Any] | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    omit: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reply:
    """A reply in a ticket."""

    id: str
    name: str
    date: str
    body: str
    type: str = "Client"
    status: str = "Sent"


@dataclass(slots=True)
class Attachment:
    """A file of a ticket."""

    id: str
    filename: str
    content: bytes


@dataclass(slots=True)
class Ticket:
    """A support ticket."""

    number: str
    subject: str
    body: str
    status: str
    department: str
    date: str
    client_read: str = "1"
    name: str = "Joe Doe"
    email: str = "api@example.com"
    replies: list[Reply] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


@dataclass(slots=True)
class Invoice:
    """An invoice with its items."""

    id: str
    number: str
    date: str
    duedate: str
    status: str
    items: list[dict[str, Any]]
    datepaid: str = ZERO_TIME
    taxrate: float = 0
    credit: float = 0


@dataclass
class Account:
    """Everything of one client."""

    clock: Clock
    today: str
    client: dict[str, Any] = field(default_factory=dict)
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    products: dict[int, Product] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    invoices: dict[str, Invoice] = field(default_factory=dict)
    notifications: dict[str, dict[str, Any]] = field(default_factory=dict)
    incidents: dict[str, dict[str, Any]] = field(default_factory=dict)
    stock: list[dict[str, Any]] = field(default_factory=list)
    agenda: Agenda = field(default_factory=Agenda)
    service_list: bytes | None = None  # the rendered list, until a service changes

    def __post_init__(self) -> None:
        self._numbers: dict[str, itertools.count[int]] = {}

    def number(self, kind: str, first: int) -> int:
        """The next number of a series."""
        return next(self._numbers.setdefault(kind, itertools.count(first)))

    def settle(self) -> float:
        """Do what has come due; the present time."""
        now = self.clock.now()
        self.agenda.run(now)
        return now

    def touched(self) -> None:
        """A service changed: the rendered list is old."""
        self.service_list = None

    def add(self, service: Service) -> Service:
        self.services[str(service.id)] = service
        self.products[service.product.id] = service.product
        return service
