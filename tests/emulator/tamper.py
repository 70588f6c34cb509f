# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes to the account behind the API's back, as staff or a failing backend would make them."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

from .sections import services, upgrades
from .state import Account, Address, Attachment, Reply, Service, Template, Vm


def tamper(account: Account, wanted: dict[str, Any]) -> str:
    """Do one change; what was changed. KeyError names a thing that is not there."""
    if "service" in wanted:
        return _service(account, wanted)
    if "ticket" in wanted:
        return _ticket(account, wanted)
    for name in ("contact", "notification", "incident", "invoice"):
        if name in wanted:
            return _record(account, name, wanted)
    if "client" in wanted:
        account.client.update(wanted["client"])
        return "client"
    if "department" in wanted:
        account.departments[str(wanted["department"])] = str(wanted["name"])
        return "department"
    raise ValueError("tamper: service, ticket, contact, notification, incident, invoice, client or department")


def _set(thing: Any, values: dict[str, Any]) -> None:
    """Set fields of a record; a wrong name is refused. A template may be given as {"id": ..., "name": ...}."""
    known = {one.name for one in dataclasses.fields(thing)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"no such field: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    for name, value in values.items():
        if name in ("template", "os") and isinstance(value, dict):
            value = Template(**value)
        setattr(thing, name, value)


def _service(account: Account, wanted: dict[str, Any]) -> str:
    key = str(wanted["service"])
    account.touched()
    if wanted.get("remove"):
        del account.services[key]
        return f"service {key} removed"
    service = account.services[key]
    if "vm" in wanted:
        vm = service.vms[str(wanted["vm"])]
        _set(vm, wanted.get("set", {}))
        if wanted.get("finish"):
            vm.operation = None
        return f"vm {vm.id}"
    if "add_vm" in wanted:
        return _add_vm(account, service, wanted["add_vm"])
    if "remove_vm" in wanted:
        service.freed.append(service.vms.pop(str(wanted["remove_vm"])).id)
        return f"vm {wanted['remove_vm']} removed"
    if "ip" in wanted or "add_ip" in wanted or "server" in wanted:
        return _server(service, wanted)
    if wanted.get("process_cancel"):
        services.end(account, service)
    if wanted.get("pay_upgrade") and service.upgrade_invoice:
        upgrades.pay(account, service.upgrade_invoice)
        service.upgrade_invoice = None
    _set(service, wanted.get("set", {}))
    return f"service {key}"


def _add_vm(account: Account, service: Service, values: dict[str, Any]) -> str:
    """A VM out of nothing. `like` copies another VM of the service (a twin)."""
    values = dict(values)
    like = values.pop("like", None)
    number = int(values.pop("id", 0)) or account.number("vm", 90001)
    if like is not None:
        vm = copy.deepcopy(service.vms[str(like)])
        vm.id = number
    else:
        label = str(values.get("label", "unnamed"))
        vm = Vm(number, label, label, service.product.templates[0], 1024, 1, 20, ipv4=["203.0.113.99"])
    _set(vm, values)
    service.vms[str(number)] = vm
    return f"vm {number}"


def _server(service: Service, wanted: dict[str, Any]) -> str:
    server = service.server
    if server is None:
        raise ValueError(f"service {service.id} is no dedicated server")
    if "server" in wanted:
        _set(server, wanted["server"])
        return f"server {service.id}"
    if "add_ip" in wanted:
        values = {"domain": "", "main": False, "vlan": "12", **wanted["add_ip"]}
        server.ips[str(values["id"])] = Address(**values)
        return f"ip {values['id']}"
    key = str(wanted["ip"])
    if wanted.get("remove"):
        del server.ips[key]
    else:
        _set(server.ips[key], wanted.get("set", {}))
    return f"ip {key}"


def _ticket(account: Account, wanted: dict[str, Any]) -> str:
    key = str(wanted["ticket"])
    if wanted.get("remove"):
        del account.tickets[key]
        return f"ticket {key} removed"
    ticket = account.tickets[key]
    if "reply" in wanted:
        given = wanted["reply"]
        ticket.replies.append(
            Reply(
                str(account.number("reply", 1001)),
                given.get("name", "Support Staff"),
                account.clock.stamp(),
                given["body"],
                given.get("type", "Admin"),
            )
        )
        ticket.status = given.get("status", "Answered")
        ticket.client_read = "0"
    if "attachment" in wanted:
        given = wanted["attachment"]
        ticket.attachments.append(Attachment(str(given["id"]), given["filename"], given["content"].encode()))
    _set(ticket, wanted.get("set", {}))
    return f"ticket {key}"


def _record(account: Account, name: str, wanted: dict[str, Any]) -> str:
    """A record of a plain collection: changed, added (`add`) or removed."""
    key = str(wanted[name])
    collection: dict[str, Any] = getattr(account, f"{name}s")
    values = wanted.get("set", {})
    if wanted.get("remove"):
        del collection[key]
    elif wanted.get("add"):
        collection[key] = {"id": key, **values}
    elif dataclasses.is_dataclass(collection[key]):
        _set(collection[key], values)
    else:
        collection[key].update(values)
    return f"{name} {key}"
