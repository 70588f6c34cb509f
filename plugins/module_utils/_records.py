# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal's objects -> records: one function a kind, exact in what it gives.

Ids are strings, counts and sizes ints, switches bools, money a decimal string, a missing date None; C(raw) keeps the
portal's own object.
"""

from __future__ import annotations

import re

from ansible_collections.sindad.cloud.plugins.module_utils._shapes import (
    ENDED,
    FAILED,
    address,
    addresses,
    date,
    first,
    flag,
    money,
    number,
    passing,
    power,
    text,
)

# -- services --------------------------------------------------------------------------------------------------------


def service(listed, details=None):
    """A service, from GET /service and, where given, GET /service/@id (only that one tells label, dates and login)."""
    both = {**listed, **(details or {})}
    return {
        "id": text(both.get("id")),
        "domain": text(both.get("domain")),
        "label": text(both.get("label")),
        "product": text(first(both, "name", "product")),
        "category": text(both.get("category")),
        "category_url": text(both.get("category_url")),
        "status": text(both.get("status")),
        "billing_cycle": text(first(both, "billingcycle", "billing_cycle")),
        "total": money(both.get("total")),
        "first_payment": money(first(both, "firstpayment", "first_payment")),
        "next_due": date(both.get("next_due")),
        "next_invoice": date(both.get("next_invoice")),
        "date_created": date(both.get("date_created")),
        "username": text(both.get("username")),
        "password": text(both.get("password")),
        "raw": details or listed,
    }


def method(source):
    """A route that a service offers."""
    return {"name": text(source.get("name")), "method": text(source.get("method")), "route": text(source.get("route"))}


def choice(source):
    """Anything that is chosen by id or name: template, VLAN, department."""
    identity = text(first(source, "id", "template_id", "key", "value"))
    name = text(first(source, "name", "label", "title", "description"))
    return {"id": identity or name, "name": name or identity, "raw": source}


def recipe(source):
    """A recipe; C(usable_for) lists the ids of the templates that it supports."""
    usable = first(source, "usablefor", "usable_for", "templates")
    if isinstance(usable, dict):
        usable = [part if isinstance(part, (str, dict)) else key for key, part in usable.items()]
    elif isinstance(usable, str):
        usable = re.split(r"[,;\s]+", usable)
    names = [text(part.get("id")) if isinstance(part, dict) else text(part) for part in usable or []]
    return {**choice(source), "usable_for": [name for name in names if name]}


# -- virtual machines ------------------------------------------------------------------------------------------------


def vm(service_id, listed, details=None):
    """A virtual machine, of any of the families that backends render."""
    both = {**listed, **(details or {})}
    state = first(both, "state", "status")
    state = text(state) if not isinstance(state, bool) else None
    switch = first(both, "power", "power_state", "powerstate", "power_status")
    if switch is None:
        switch = both.get("power")
    if switch is None and state is None:
        switch = both.get("status", both.get("state"))
    template = first(both, "template_id", "templateid", "template", "os_template", "image")
    template_name = first(both, "template_name", "template_label", "os_name", "os", "template")
    if isinstance(template, dict):
        template, template_name = first(template, "id", "name"), first(template, "name", "label", "id")
    ipv4, ipv6 = addresses(both)
    usage = both.get("usage") if isinstance(both.get("usage"), dict) else {}
    cores = number(first(both, "cpus", "vcpus", "vcpu"))
    if cores is None:
        cores = number(first(both, "cores", "cpu_cores", "cpu"))
        sockets = number(both.get("sockets"))
        cores = cores * sockets if cores and sockets else cores
    return {
        "id": text(first(both, "id", "vmid", "vm_id", "uuid")),
        "service_id": str(service_id),
        "label": text(first(both, "label", "name", "vm_label")),
        "hostname": text(first(both, "hostname", "host", "fqdn")),
        "power": power(switch, state),
        "state": state or text(switch),
        "built": flag(both.get("built")),
        "locked": flag(both.get("locked")),
        "template": text(template),
        "template_name": text(template_name),
        "memory": _size(both, usage, "MB", "memory", "ram", "mem", "memory_mb", "ram_mb"),
        "cpu": cores,
        "disk": _size(both, usage, "GB", "disk", "disk_size", "hdd", "storage", "disk_gb"),
        "ipv4": ipv4,
        "ipv6": ipv6,
        "username": text(first(both, "username", "user", "login")),
        "password": text(first(both, "password", "rootpassword", "root_password", "rootpass", "pass")),
        "raw": details or listed,
    }


def _size(source, usage, unit, *names):
    value = first(source, *names)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = first(value, "total", "size", "value", "limit")
    if value is None and isinstance(usage.get(names[0]), dict):
        value = first(usage[names[0]], "total", "limit")
    return number(value, unit)


def has_template(record, template):
    """Whether the VM *record* says that it was made from the record *template*; some backends tell the name only."""
    told = [word.casefold() for word in (record["template"], record["template_name"]) if word]
    if record["template"] and record["template"] != record["template_name"]:
        return record["template"] == template["id"]
    return template["id"].casefold() in told or template["name"].casefold() in told


def unsettled(record):
    """Whether a VM is at work: not built yet, locked, or in a state that ends by itself."""
    return record["built"] is False or record["locked"] is True or passing(record["state"])


# -- dedicated servers -----------------------------------------------------------------------------------------------


def server(service_id, info, status=None, operations=None):
    """A dedicated server.

    :param info: of GET /service/@id/info. :param status: of GET /service/@id/status, or None if it cannot be read.
    :param operations: answers to GET /service/@id/reinstall, rescue and diag, by the operation's name.
    """
    ipv4, ipv6 = addresses(info)
    word = server_state(status)
    operations = operations or {}
    running = (name for name, answer in operations.items() if progress(name, answer)["running"])
    return {
        "service_id": str(service_id),
        "hostname": text(first(info, "hostname", "host", "name", "domain")),
        "os": text(first(info, "os", "os_name", "template_name", "template", "os_template", "ostemplate")),
        "power": power(word) if word is not None else None,
        "state": text(word) if not isinstance(word, bool) else str(word).lower(),
        "operation": next(running, None),
        "ipv4": ipv4,
        "ipv6": ipv6,
        "raw": {"info": info, "status": status, **operations},
    }


def server_state(status):
    """The word for the power state in the answer to GET /service/@id/status: there, C(status) is no success flag."""
    while isinstance(status, dict):
        keys = ("power", "power_state", "powerstate", "power_status", "state", "status", "server")
        status = next((status[key] for key in keys if status.get(key) is not None), None)
    return status if status not in ([], "") else None


def progress(name, answer):
    """What the answer to GET /service/@id/reinstall, rescue or diag says of the operation *name*.

    Returns C(running), C(failed), C(word) (the portal's own), C(template) and C(hostname), None where it does not tell.
    An answer in an unknown shape counts as running: nothing must be started beside it.
    """
    about = _operation(name, answer)
    word = first(about, "status", "state", "running", "active", "in_progress", "inprogress")
    spelt = str(word).strip().lower()
    failed = bool(re.fullmatch(FAILED, spelt))
    ended = failed or bool(re.fullmatch(ENDED, spelt))
    if word is None:
        ended = not set(about) - {"status"} or (number(first(about, "progress", "percent")) or 0) >= 100
    template = first(about, "template", "template_id", "os")
    if isinstance(template, dict):
        template = first(template, "id", "name")
    return {
        "running": not ended,
        "failed": failed,
        "word": text(word),
        "template": text(template),
        "hostname": text(about.get("hostname")),
    }


def _operation(name, answer):
    """The object in *answer* that tells of the operation *name*: a dict, at the least with C(status)."""
    if isinstance(answer, dict):
        for key in (name, "diag", "operation", "task"):
            if key in answer:
                answer = answer[key]
                break
        else:
            if isinstance(answer.get("status"), (dict, list)):
                answer = answer["status"]
    if isinstance(answer, list):
        answer = answer[0] if answer else None
    if isinstance(answer, dict) and answer and all(isinstance(value, dict) for value in answer.values()):
        answer = next(iter(answer.values()))
    return answer if isinstance(answer, dict) else {"status": answer}


# -- IP addresses ----------------------------------------------------------------------------------------------------


def ip(listed, details=None):
    """An address of a server. Where the portal lists bare addresses, the address stands for its id."""
    both = {**listed, **(details or {})}
    each = address(first(both, "ipaddress", "address", "ip", "name", "id"))
    vlan = first(both, "vlan", "vlan_id", "vlanid")
    return {
        "id": text(first(both, "id", "ip_id")) or each,
        "address": each,
        "version": (6 if ":" in each else 4) if each else None,
        "domain": text(first(both, "domain", "ptr", "rdns")),
        "main": flag(first(both, "main", "primary", "is_main")),
        "vlan": text(first(vlan, "id", "name") if isinstance(vlan, dict) else vlan),
        "netmask": text(first(both, "netmask", "mask")),
        "gateway": text(both.get("gateway")),
        "raw": details or listed,
    }


# -- support ---------------------------------------------------------------------------------------------------------


def ticket(source, replies=None):
    """A ticket, from GET /tickets (C(replies) is None there) or GET /tickets/@number."""
    return {
        "number": text(first(source, "ticket_number", "number", "id")),
        "subject": text(source.get("subject")),
        "status": text(source.get("status")),
        "department": text(first(source, "deptname", "department")),
        "date": date(source.get("date")),
        "client_read": flag(source.get("client_read")),
        "name": text(source.get("name")),
        "email": text(source.get("email")),
        "body": source.get("body"),
        "replies": None if replies is None else [reply(each) for each in replies],
        "raw": source if replies is None else {"ticket": source, "replies": replies},
    }


def reply(source):
    """A reply to a ticket; C(type) is Admin or Client."""
    return {
        "id": text(source.get("id")),
        "name": text(source.get("name")),
        "date": date(source.get("date")),
        "type": text(source.get("type")),
        "status": text(source.get("status")),
        "body": source.get("body"),
    }
