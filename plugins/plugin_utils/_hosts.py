# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account -> the hosts of an inventory, as plain data. All of it, or an error."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    ApiError,
    DecodingError,
    NotFound,
    SindadError,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.concurrency import map_concurrently
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import natural_order
from ansible_collections.sindad.cloud.plugins.module_utils._ip.api import Ips
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import Server
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, Services
from ansible_collections.sindad.cloud.plugins.module_utils._service.routes import kind_of
from ansible_collections.sindad.cloud.plugins.module_utils._service.tags import tags_of
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms
from ansible_collections.sindad.cloud.plugins.plugin_utils._choice import choose_services
from ansible_collections.sindad.cloud.plugins.plugin_utils._prices import monthly_shares

#: The hostvars, without prefix, in the order in which they are set.
FIELDS = (
    *("id", "kind", "service_id", "vm_id", "label", "service_label", "tags", "hostname", "domain", "product"),
    *("category", "category_url", "status", "power", "state", "billing_cycle", "next_due", "total", "monthly"),
    *("currency", "memory", "cpu", "disk", "template", "ipv4", "ipv6"),
)
SECRET_FIELDS = ("username", "password")
#: What a portal says of one object that another of its kind does not have; also of one that has just gone.
DIFFERS = (NotFound, DecodingError, ApiError)

Record = Mapping[str, Any]
#: A host: FIELDS and SECRET_FIELDS. Texts, but for memory (MB), cpu and disk (GB), and for the lists ipv4, ipv6, tags.
Host = dict[str, Any]
#: What the services of a product are (vm, server or service), and the last words of the routes that can be read.
Offer = tuple[str, frozenset[str]]


@dataclass
class FetchOptions:
    """What is fetched: the options of the inventory plugin that matter for it.

    :ivar statuses: only services in one of these, any case; empty: in any.
    :ivar details: which calls are made for each service: vms, vm_details, ips, server, labels.
    :ivar allow_empty: whether these options may leave none of the services of an account.
    :ivar skip: called with a service's record and a SindadError to skip that service; None: the error is raised.
    """

    statuses: Sequence[str] = field(default_factory=lambda: ["Active"])
    categories: Sequence[str] = ()
    services: Sequence[object] = ()
    details: Sequence[str] = ("vms", "ips")
    allow_empty: bool = False
    workers: int = 16
    skip: Callable[[Record, SindadError], None] | None = None


def fetch(client: Client, wanted: FetchOptions) -> list[Host]:
    """The hosts of the account, ordered by service and VM id.

    Requests: one for the services, one for each product (what a service offers is a property of its product), and those
    that ``details`` asks for each service.

    :raises SindadError: if anything could not be read, unless ``skip`` takes it, and if nothing is left to read.
    """
    listed = Services(client).list()
    services = choose_services(listed, wanted.services, wanted.statuses, wanted.categories, wanted.allow_empty)
    products: dict[tuple[Any, ...], Record] = {}
    for service in services:
        products.setdefault(_product(service), service)
    ask = partial(_offer, client, wanted)
    offers = dict(zip(products, map_concurrently(products.values(), ask, wanted.workers, client.stop)))
    read = partial(_hosts, client, wanted, offers)
    return [host for some in map_concurrently(services, read, wanted.workers, client.stop) for host in some]


def _product(service: Record) -> tuple[Any, ...]:
    """What decides which routes a service offers. One that is not active offers fewer."""
    return service["category"], service["product"], service["status"] == "Active"


def _offer(client: Client, wanted: FetchOptions, service: Record) -> Offer | SindadError:
    """What the services of a product are, and which addresses may be asked for.

    A SindadError if that cannot be read, and all of them are to be skipped for it.
    """
    try:
        return _read_offer(client, service)
    except SindadError as failure:
        if not wanted.skip:
            raise
        return failure


def _read_offer(client: Client, service: Record) -> Offer:
    offered = Service(client, service["id"]).methods()
    routes = [each["route"] or "" for each in offered if (each["method"] or "").upper() == "GET"]
    return kind_of(offered), frozenset(each.rstrip("/").rpartition("/")[2] for each in routes)


def _hosts(
    client: Client, wanted: FetchOptions, offers: Mapping[tuple[Any, ...], Offer | SindadError], service: Record
) -> list[Host]:
    """The hosts that one service becomes; none if it is skipped."""
    offer = offers[_product(service)]
    with _skipping(service, wanted):
        if isinstance(offer, SindadError):
            raise offer
        try:
            return _priced(service, _asked(client, wanted, service, offer))
        except DIFFERS:
            # Not like others of its product, perhaps: it may not be set up yet.
            own = _read_offer(client, service)
            if own == offer:
                raise
        return _priced(service, _asked(client, wanted, service, own))
    return []


@contextlib.contextmanager
def _skipping(service: Record, wanted: FetchOptions) -> Iterator[None]:
    try:
        yield
    except SindadError as failure:
        if not wanted.skip:
            raise
        wanted.skip(service, failure)


# -- one service -----------------------------------------------------------------------------------------------------


def _asked(client: Client, wanted: FetchOptions, service: Record, offer: Offer) -> list[Host]:
    """The hosts of a service that offers this."""
    kind, routes = offer
    if "labels" in wanted.details and "label" in routes:
        service = {**service, "label": Service(client, service["id"]).label() or None}
    if kind == "vm" and {"vms", "vm_details"}.intersection(wanted.details):
        vms = _vms(Vms(client, service["id"]), "vm_details" in wanted.details)
        return [_vm_host(service, vm) for vm in sorted(vms, key=lambda vm: natural_order(vm["id"]))]
    about: dict[str, Any] = {}
    if kind == "server" and "server" in wanted.details:
        about.update(Server(client, service["id"]).state())
        about["template"] = about["os"]
    if "ips" in wanted.details and "ips" in routes:
        about.update(_addresses(Ips(client, service["id"]).list()))
    return [_service_host(service, "service" if kind == "vm" else kind, about)]


def _addresses(records: Sequence[Record]) -> dict[str, list[str]]:
    records = sorted(records, key=lambda each: not each["main"])
    return {f"ipv{version}": [each["address"] for each in records if each["version"] == version] for version in (4, 6)}


def _vms(vms: Vms, in_full: bool) -> list[Record]:
    """The VMs of a service; one that goes between the list and its details is not there any more, and no failure."""
    listed = vms.list()
    if not in_full:
        return list(listed)
    found = map_concurrently(listed, partial(_details, vms))
    failures = {vm["id"]: each for vm, each in zip(listed, found) if isinstance(each, SindadError)}
    there = {vm["id"] for vm in vms.list()} if failures else set()
    for number, failure in failures.items():
        if number in there:
            raise failure
    return [each for each in found if not isinstance(each, SindadError)]


def _details(vms: Vms, vm: Any) -> Record | SindadError:
    try:
        return vms.get(vm)
    except DIFFERS as failure:
        return failure


def _vm_host(service: Record, vm: Record) -> Host:
    own = {
        "id": f"vm-{service['id']}-{vm['id']}",
        "kind": "vm",
        "vm_id": vm["id"],
        "tags": tags_of(" ".join(filter(None, (service["label"], vm["label"])))),
        # Some backends tell no more of the template than its name.
        "template": vm["template"] or vm["template_name"],
        # The label and the login of a service are not those of its VMs.
        **{name: vm[name] for name in ("label", *SECRET_FIELDS)},
    }
    return _host(service, vm, own)


def _service_host(service: Record, kind: str, about: Record) -> Host:
    return _host(
        service,
        about,
        {"id": f"service-{service['id']}", "kind": kind, "vm_id": None, "tags": tags_of(service["label"])},
    )


def _host(service: Record, about: Record, own: Record) -> Host:
    """A host: what *own* says of it, else what *about* tells, else its service."""
    both = {**service, **{key: value for key, value in about.items() if value not in (None, "")}}
    host = {name: both.get(name) for name in (*FIELDS, *SECRET_FIELDS)}
    host.update(service_id=service["id"], service_label=service["label"])
    host.update(ipv4=host["ipv4"] or [], ipv6=host["ipv6"] or [])
    return {**host, **own}


def _priced(service: Record, hosts: list[Host]) -> list[Host]:
    """*hosts*, each with its share of the price of their service."""
    shares = monthly_shares(service["total"], service["billing_cycle"], len(hosts))
    return [{**host, "monthly": share} for host, share in zip(hosts, shares)]
