# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account -> the hosts of an inventory, as plain data. All of it, or an error."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace

from ansible_collections.sindad.cloud.plugins.module_utils._core.concurrency import map_concurrently
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    ApiError,
    DecodingError,
    LookupFailed,
    NotFound,
    SindadError,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.lookup import listing
from ansible_collections.sindad.cloud.plugins.module_utils._core.values import natural_order
from ansible_collections.sindad.cloud.plugins.module_utils._ip.api import Ips
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import Server
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, Services
from ansible_collections.sindad.cloud.plugins.module_utils._service.routes import same_route
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms

#: The hostvars, without prefix, in the order in which they are set.
FIELDS = (
    *("kind", "service_id", "vm_id", "label", "hostname", "domain", "product", "category", "category_url", "status"),
    *("power", "state", "billing_cycle", "next_due", "total", "memory", "cpu", "disk", "template", "ipv4", "ipv6"),
)
SECRET_FIELDS = ("username", "password")
#: Routes that only a dedicated server has.
SERVER_ROUTES = ("reinstall", "rescue", "diag", "info", "poweron", "poweroff", "reboot")


@dataclass
class FetchOptions:
    """What is fetched: the options of the inventory plugin that matter for it.

    :ivar statuses: only services in one of these, any case; empty: in any.
    :ivar details: which calls are made for each service: vms, vm_details, ips, server.
    :ivar skip: called with a service's record and a Failure to skip that service; None: the failure is raised.
    """

    statuses: list = field(default_factory=lambda: ["Active"])
    categories: list = field(default_factory=list)
    services: list = field(default_factory=list)
    details: tuple = ("vms", "ips")
    workers: int = 16
    skip: object = None


def fetch(client, wanted):
    """The hosts of the account: a list of dicts with FIELDS and SECRET_FIELDS, ordered by service and VM id.

    Requests: one for the services, one for each product (what a service offers is a property of its product), and those
    that ``details`` asks for each service.

    :raises Failure: if anything could not be read, unless ``skip`` takes it.
    """
    services = _chosen(Services(client).list(), wanted)
    products: dict = {}
    for service in services:
        products.setdefault(_product(service), service)
    offers = map_concurrently(products.values(), lambda one: _offer(client, one, wanted), wanted.workers, client.stop)
    offers = dict(zip(products, offers))
    hosts = map_concurrently(
        services, lambda one: _hosts(client, one, offers[_product(one)], wanted), wanted.workers, client.stop
    )
    return [host for some in hosts for host in some]


def _chosen(services, wanted):
    """The services that the filters let through, by id."""
    names = {str(name).strip().casefold() for name in wanted.services}
    known = {word.casefold() for service in services for word in (service["id"], service["domain"]) if word}
    if names - known:
        raise LookupFailed(
            f"There is no service {', '.join(sorted(names - known))} on this account, but services names it. "
            f"There is: {listing(services, ('domain',)) or 'none'}."
        )
    chosen = [
        service
        for service in services
        if _among([service["status"]], wanted.statuses)
        and _among([service["category"], service["category_url"]], wanted.categories)
        and _among([service["id"], service["domain"]], wanted.services)
    ]
    return sorted(chosen, key=lambda service: natural_order(service["id"]))


def _among(words, allowed):
    allowed = {str(word).strip().casefold() for word in allowed}
    return not allowed or any(word.casefold() in allowed for word in words if word)


def _product(service):
    """What decides which routes a service offers. One that is not active offers fewer."""
    return service["category"], service["product"], service["status"] == "Active"


def _offer(client, service, wanted):
    """What the services of a product are, and which addresses may be asked for: C((kind, routes)).

    A Failure if that cannot be read, and all of them are to be skipped for it.
    """
    try:
        routes = [each["route"] for each in Service(client, service["id"]).methods() if each["method"] == "GET"]
    except SindadError as failure:
        if not wanted.skip:
            raise
        return failure
    every = {(each or "").rstrip("/").rpartition("/")[2] for each in routes}
    if any(same_route(route, "/service/@id/vms") for route in routes):
        return "vm", every
    return "server" if every.intersection(SERVER_ROUTES) else "service", every


def _hosts(client, service, offer, wanted):
    """The hosts that one service becomes; none if it is skipped."""
    with _skipping(service, wanted):
        if isinstance(offer, SindadError):
            raise offer
        try:
            return _asked(client, service, offer, wanted)
        except (NotFound, DecodingError, ApiError):
            # Not like others of its product, perhaps: it may not be set up yet.
            own = _offer(client, service, replace(wanted, skip=None))
            if own == offer:
                raise
        return _asked(client, service, own, wanted)
    return []


def _asked(client, service, offer, wanted):
    """The hosts of a service that offers C((kind, routes))."""
    kind, routes = offer
    if kind == "vm" and {"vms", "vm_details"}.intersection(wanted.details):
        vms = Vms(client, service["id"])
        found = vms.all() if "vm_details" in wanted.details else vms.list()
        found.sort(key=lambda vm: natural_order(vm["id"]))
        # Some backends tell no more of the template than its name.
        found = [{**vm, "template": vm["template"] or vm["template_name"]} for vm in found]
        return [_host(service, "vm", vm, vm_id=vm["id"]) for vm in found]
    about = {}
    if kind == "server" and "server" in wanted.details:
        about = Server(client, service["id"]).state()
        about["template"] = about["os"]
    if "ips" in wanted.details and "ips" in routes:
        records = sorted(Ips(client, service["id"]).list(), key=lambda each: not each["main"])
        for version in (4, 6):
            about[f"ipv{version}"] = [each["address"] for each in records if each["version"] == version]
    return [_host(service, "service" if kind == "vm" else kind, about)]


def _host(service, kind, about, **more):
    both = {**service, **{key: value for key, value in about.items() if value not in (None, "")}}
    host = {name: both.get(name) for name in (*FIELDS, *SECRET_FIELDS)}
    host.update(kind=kind, service_id=service["id"], ipv4=host["ipv4"] or [], ipv6=host["ipv6"] or [], **more)
    return host


@contextlib.contextmanager
def _skipping(service, wanted):
    try:
        yield
    except SindadError as failure:
        if not wanted.skip:
            raise
        wanted.skip(service, failure)
