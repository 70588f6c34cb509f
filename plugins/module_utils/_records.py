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
    Unexpected,
    address,
    addresses,
    date,
    empty,
    entries,
    entry,
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
    both = {**listed, **{key: value for key, value in (details or {}).items() if not empty(value)}}
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


def resources(answer):
    """What GET /service/@id/resources tells, as it is: its shape is the backend's own."""
    if not isinstance(answer, dict):
        return answer
    if "resources" in answer:
        return answer["resources"]
    envelope = ("status", "success", "info", "error", "message")
    return {key: value for key, value in answer.items() if key not in envelope or isinstance(value, dict)}


def upgrade_options(answer):
    """What a service can be upgraded to, of GET /service/@id/upgrade; its keys are named as the portal names them."""
    found = {} if answer == [] else answer
    if not isinstance(found, dict):
        raise Unexpected("upgrade options", answer)
    if found and not {"resources", "package", "packages"} & set(found):
        found = entry(found, "upgrade", "options")
    return {
        "resources": [upgrade_resource(each) for each in _options(found, "resources")],
        "package": [choice(each) for each in _options(found, "package", "packages")],
        "raw": answer,
    }


def _options(answer, *names):
    return entries({names[0]: first(answer, *names) or []}, names[0])


def upgrade_resource(source):
    """A part of a service that can be upgraded; C(quantity) and C(selected) tell what it is now, if the portal does."""
    kind = text(source.get("type"))
    told = ["qty", "quantity", "selected_qty", "current_qty"]
    if counted(kind):
        told += ["value", "current", "selected"]
    chosen = None if counted(kind) else first(source, "data", "selected", "value", "current")
    if isinstance(chosen, (dict, list)):
        chosen = [text(first(each, "id") if isinstance(each, dict) else each) for each in chosen]
    elif chosen is not None:
        chosen = [text(chosen)]
    items = [_upgrade_item(each, told, chosen) for each in _options(source, "items", "options", "values")]
    quantity = number(first(source, *told))
    if quantity is None:
        ranked = sorted(items, key=lambda item: item["selected"] is not True)
        one = [item["quantity"] for item in ranked if item["selected"] or counted(kind)]
        quantity = next((each for each in one if each is not None), None)
    return {
        "id": text(source.get("id")),
        "name": text(source.get("name")) or text(source.get("id")),
        "type": kind,
        "quantity": quantity,
        "min": number(source.get("min")),
        "max": number(source.get("max")),
        "step": number(source.get("step")),
        "choices": items,
    }


def _upgrade_item(source, told, chosen):
    identity = text(first(source, "id", "value"))
    selected = flag(first(source, "selected", "checked", "current"))
    if selected is None and chosen:
        selected = identity in chosen
    return {
        "id": identity,
        "name": text(source.get("name")) or identity,
        "price": money(source.get("price")),
        "setup_price": money(first(source, "setup_price", "setup")),
        "selected": selected,
        "quantity": number(first(source, *told)),
    }


def counted(kind):
    """Whether an upgrade takes a number for a resource of this type: a slider or a quantity field, not a choice."""
    word = (kind or "").lower()
    return bool(re.search("slider|qty|quantity|number|input", word)) and not re.search("select|drop|radio|check", word)


def upgrade(service_id, order, answer, ordered):
    """An upgrade: what is ordered, by id, and what the portal answered to the order, or when asked for an estimate."""
    told = [answer, *answer.values()] if isinstance(answer, dict) else []
    charges = [money(first(each, "charge", "total", "amount")) for each in told if isinstance(each, dict)]
    return {
        "service_id": str(service_id),
        "ordered": ordered,
        "resources": order.get("resources", {}),
        "package": text(order.get("package")),
        "cycle": order.get("cycle"),
        "charge": next(filter(None, charges), None),
        "estimate": None if ordered else answer,
        "raw": answer,
    }


def choice(source):
    """Anything that is chosen by id or name: template, VLAN, department."""
    identity = text(first(source, "id", "template_id", "dept_id", "key", "value"))
    name = text(first(source, "name", "label", "title", "deptname", "description"))
    return {"id": identity or name, "name": name or identity, "raw": source}


def recipe(source):
    """A recipe; C(usable_for) lists the ids of the templates that it supports."""
    usable = first(source, "usablefor", "usable_for", "templates")
    if isinstance(usable, dict):
        counted_up = list(usable) == [str(place) for place in range(len(usable))]
        switches = not counted_up and all(flag(part) is not None for part in usable.values())
        usable = [key for key, part in usable.items() if flag(part)] if switches else list(usable.values())
    elif not isinstance(usable, list):
        usable = re.split(r"\s*[,;|\n]\s*" if re.search(r"[,;|\n]", str(usable)) else r"\s+", text(usable) or "")
    names = [text(first(part, "id", "name") if isinstance(part, dict) else part) for part in usable]
    return {**choice(source), "usable_for": [name for name in names if name]}


# -- virtual machines ------------------------------------------------------------------------------------------------


def vm(service_id, listed, details=None):
    """A virtual machine, of any of the families that backends render. What *details* tell wins, by whatever key."""
    told, known = _vm(details or {}), _vm(listed)
    told = {key: known[key] if value in (None, []) else value for key, value in told.items()}
    words = told.pop("words") or known["words"]
    return {
        **told,
        "service_id": str(service_id),
        "power": power(*words),
        "state": next(filter(None, map(text, reversed(words))), None),
        "raw": details or listed,
    }


def _vm(source):
    """The keys of a VM's record that one object tells; of its power C(words), the last of which names the state."""
    state = first(source, "state", "status")
    switch = first(source, "power", "power_state", "powerstate", "power_status")
    # Beside a switch, C(status: true) is the success flag of an answer.
    words = [switch, None if isinstance(state, bool) and switch is not None else state]
    template, template_name = _template(source)
    ipv4, ipv6 = addresses(source)
    return {
        "id": text(first(source, "id", "vmid", "vm_id", "uuid")),
        "label": text(first(source, "label", "name", "vm_label")),
        "hostname": text(first(source, "hostname", "host", "fqdn")),
        "built": flag(source.get("built")),
        "locked": flag(source.get("locked")),
        "template": template,
        "template_name": template_name,
        "memory": _size(source, "MB", "memory", "ram", "mem", "memory_mb", "ram_mb"),
        "cpu": _cores(source),
        "disk": _size(source, "GB", "disk", "disk_size", "hdd", "storage", "disk_gb"),
        "ipv4": ipv4,
        "ipv6": ipv6,
        "username": text(first(source, "username", "user", "login")),
        "password": text(first(source, "password", "rootpassword", "root_password", "rootpass", "pass")),
        "words": [word for word in words if word is not None],
    }


def _template(source):
    """Id and name of the template that a VM was made from."""
    told = first(source, "template_id", "templateid", "template", "os_template", "image")
    name = first(source, "template_name", "template_label", "os_name", "os", "template")
    if told is None and isinstance(name, dict):
        told = name
    if isinstance(told, dict):
        name = first(told, "name", "label", "id") if name is None or isinstance(name, dict) else name
        told = first(told, "id", "name")
    return text(told), text(name)


def _cores(source):
    inner = source.get("cpu")
    if isinstance(inner, dict):
        source = {**inner, **{key: value for key, value in source.items() if key != "cpu"}}
    cores = number(first(source, "cpus", "vcpus", "vcpu"))
    if cores is None:
        cores = number(first(source, "cores", "cpu_cores", "cpu"))
        sockets = number(source.get("sockets"))
        cores = cores * sockets if cores and sockets else cores
    return cores or None  # some tell the load as C(cpu)


def _size(source, unit, *names):
    """The first size in MB or GB that one of the keys *names* holds; else the one of the object C(usage)."""
    usage = source.get("usage") if isinstance(source.get("usage"), dict) else {}
    for value in [source.get(name) for name in names] + [usage.get(names[0])]:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, dict):
            value = first(value, "total", "size", "value", "limit")
        size = number(value, unit)
        if size is not None:
            return size
    return None


def has_template(record, template, known=()):
    """Whether the VM *record* says that it was made from the record *template*.

    Some backends tell the name only, or an id of their own; *known* are all templates of the service.
    """
    if record["template"] == template["id"]:
        return True
    if record["template"] in [each["id"] for each in known]:
        return False
    told = [word.casefold() for word in (record["template"], record["template_name"]) if word]
    return template["id"].casefold() in told or template["name"].casefold() in told


def unsettled(record):
    """Whether a VM is at work: not built yet, locked, or in a state that ends by itself."""
    return record["built"] is False or record["locked"] is True or passing(record["state"])


def at_rest(record):
    """Whether a VM is in a state that lasts. In rescue mode it runs, though its state may say no more than that."""
    return not unsettled(record) and (record["power"] != "changing" or rescued(record) is True)


def rescued(record):
    """Whether a VM is in rescue mode, or None if it does not tell.

    Told by a key C(rescue), or by a state word that holds "rescue". Any other state word says nothing: many backends
    never show rescue mode.
    """
    key = next((name for name in ("rescue", "rescue_mode") if name in record["raw"]), None)
    told = record["raw"].get(key)
    if key and not (told and isinstance(told, (dict, list))):
        word = str(told or "").strip().lower()
        return flag(word) is not False and not re.fullmatch(ENDED + "|disabled", word)
    return True if re.search(r"(?<!un)rescue", record["state"] or "", re.I) else None


# -- dedicated servers -----------------------------------------------------------------------------------------------

#: The operations of a server as its record names them, with the words that portals use for them.
OPERATIONS = {
    "reinstall": ("reinstall", "reinstallation", "install", "installation", "os_install"),
    "rescue": ("rescue", "sysrescd", "rescue_mode"),
    "diagnostics": ("diagnostics", "diag", "diagnostic"),
}
SYSTEM_KEYS = ("os", "os_name", "osname", "operating_system", "system", "template_name", "template", "os_template")
HOSTNAME_KEYS = ("hostname", "host_name", "host", "fqdn", "domain")
#: What a portal says when no operation runs, in a message or in an error.
IDLE = re.compile(
    r"(?<![a-z])no[ _](\w+[ _])??(operation|task|job|process|(re)?install|rescue|diag)(?!.*(allow|permit))"
    r"|(?<![a-z])not[ _](currently[ _])?(running|started|active|found|in[ _]progress|in[ _]rescue)(?![a-z])"
    r"|(?<![a-z])nothing[ _](is[ _])?running",
    re.I,
)


def server(service_id, info, status=None, operations=None):
    """A dedicated server.

    :param info: the object of GET /service/@id/info. :param status: the answer to GET /service/@id/status, or None if
        it cannot be read.
    :param operations: answers to GET /service/@id/reinstall, rescue and diag, by the operation's name.
    """
    ipv4, ipv6 = addresses(info)
    operations = operations or {}
    running = (name for name, answer in operations.items() if progress(name, answer)["running"])
    name = text(info.get("name"))
    return {
        "service_id": str(service_id),
        "hostname": text(first(info, *HOSTNAME_KEYS)) or (name if name and "." in name else None),
        "os": _named(first(info, *SYSTEM_KEYS)),
        **server_power(status),
        "operation": next(running, None),
        "ipv4": ipv4,
        "ipv6": ipv6,
        "raw": {"info": info, "status": status, **operations},
    }


def server_power(status):
    """What GET /service/@id/status tells of a server: C(power) and C(state), both None if it cannot be read."""
    word = server_state(status)
    return {
        "power": None if word is None else power(word),
        "state": str(word).lower() if isinstance(word, bool) else text(word),
    }


def server_state(status):
    """The word for the power state in the answer to GET /service/@id/status: there, C(status) is no success flag."""
    if isinstance(status, list):
        return server_state(status[0]) if len(status) == 1 else None
    if not isinstance(status, dict):
        return None if status is None or str(status).strip() == "" else status
    power_keys = ("power", "power_state", "powerstate", "power_status", "server_status", "server_state")
    keys = ("state", "status", "server", "info", "data")
    # The object in an answer tells more than the success flag beside it.
    inner = [status[key] for key in keys if isinstance(status.get(key), (dict, list))]
    told = [status.get(key) for key in power_keys] + inner + [status.get(key) for key in keys[:2]]
    return next((word for word in map(server_state, told) if word is not None), None)


def progress(name, answer):
    """What the answer to GET /service/@id/reinstall, rescue or diag says of the operation *name*.

    Returns C(running), C(failed), and C(word) (the portal's own), C(template), C(hostname), C(percent), C(password),
    None where it does not tell. An answer in an unknown shape counts as running: nothing must be started beside it.
    """
    newest = sorted(_told(name, answer) or [{}], key=lambda about: number(about.get("id")) or 0, reverse=True)
    found = [_progress(name, about) for about in newest]
    return next((each for each in found if each["running"]), found[0])


def _progress(name, about):
    """The progress that one object tells."""
    about = {key: value for key, value in about.items() if value not in (None, "", [], {})}
    percent = number(str(first(about, "progress", "percent", "percentage") or "").strip(" %"))
    words = [about[key] for key in ("status", "state", "stage", "result") if isinstance(about.get(key), (str, int))]
    words = words or [word for word in [str(about.get("operation", "-"))] if re.fullmatch(ENDED, word.lower())]
    flags = [about[key] for key in ("running", "active", "in_progress", "inprogress", "busy") if key in about]
    if percent is not None and percent < 100:
        words = [word for word in words if str(word).lower() not in ("ok", "success")]  # of the answer, not of this
    said = [word for word in words if flag(word) is None] or flags or words
    spelt = [str(word).strip().lower() for word in said]
    message = " ".join(str(value) for key, value in about.items() if key in ("message", "info", "status", "state"))
    failed = any(re.fullmatch(FAILED, word) for word in spelt)
    if IDLE.search(message) or _is_other(name, about):
        running = False
    elif spelt:
        running = not all(re.fullmatch(f"{ENDED}|{FAILED}|disabled|normal|free|available", word) for word in spelt)
    else:
        over = any(date(about.get(key)) for key in ("finished", "finished_at", "ended", "end", "completed_at"))
        running = bool(set(about) - {"success", "message", "info", "error"}) and not over and (percent or 0) < 100
    return {
        "running": running,
        "failed": failed and not running,
        "word": next((text(word) or str(word).lower() for word in said), None),
        "template": _named(first(about, "template", "template_id", "template_name", "os"), "id", "name"),
        "hostname": text(first(about, "hostname", "host")),
        "percent": percent,
        "password": text(first(about, "password", "root_password", "rootpassword", "rescue_password")),
    }


def _is_other(name, about):
    """Whether an operation says that it is another one than *name*."""
    kind = " ".join(str(about[key]) for key in ("operation", "type", "kind", "action") if key in about).lower()
    kinds = [each for each, words in OPERATIONS.items() if any(re.search(f"(?<![a-z]){word}", kind) for word in words)]
    return bool(kinds) and name not in kinds


def _told(name, answer):
    """The objects in *answer* that tell of the operation *name*; a bare word becomes C({"status": word})."""
    if isinstance(answer, list):
        return [each for part in answer for each in _told(name, part)]
    if not isinstance(answer, dict):
        return [] if answer in (None, "") else [{"status": answer}]
    for key in OPERATIONS[name]:
        if key in answer and not isinstance(answer[key], (dict, list)):
            rest = {other: value for other, value in answer.items() if other != key}
            return [] if answer[key] in (None, "") else [{**rest, "status": answer[key]}]
    for key in (*OPERATIONS[name], "operation", "operations", "task", "data", "info", "status"):
        inner = answer.get(key)
        if isinstance(inner, dict) or (isinstance(inner, list) and not (key == "info" and _is_text(inner))):
            return _told(name, inner)
    others = {word for other in OPERATIONS if other != name for word in OPERATIONS[other]}
    answer = {key: value for key, value in answer.items() if key not in others}
    if answer and all(isinstance(value, dict) for value in answer.values()):
        return [each for value in answer.values() for each in _told(name, value)]
    return [answer]


def _is_text(value):
    return all(isinstance(part, str) for part in value)


def _named(value, *keys):
    """The text of *value*, or of the name in it."""
    return text(first(value, *(keys or ("name", "label", "title", "id"))) if isinstance(value, dict) else value)


def same_name(left, right):
    """Whether two host names are the same; False if one is None."""
    return bool(left and right) and left.casefold().rstrip(".") == right.casefold().rstrip(".")


def means(told, template):
    """Whether the text *told* is the id or the name of the record *template*."""
    return told.strip().casefold() in (template["id"].casefold(), template["name"].casefold())


def meant(told, templates):
    """The records of *templates* that the text *told* means: by id or name, else the closest that it contains.

    A backend may tell C(Debian GNU/Linux 12) of what a template calls C(Debian 12).
    """
    exact = [template for template in templates if means(told, template)]
    if exact:
        return exact
    words = set(_words(told))
    fits = [max(_fit(template["id"], words), _fit(template["name"], words)) for template in templates]
    return [template for template, fit in zip(templates, fits) if fit and fit == max(fits)]


def _fit(name, words):
    """How many words of a template's name the *words* hold; 0 unless they hold all."""
    parts = set(_words(name))
    return len(parts) if parts <= words and any(part.isalpha() for part in parts) else 0


def _words(name):
    """The words of a system's name but for its vendor and architecture: C(ISPsystem__Debian-12-x86_64) is debian 12."""
    plain = re.sub(r"x86[ _-]?64|amd64|x64|i[36]86|\b(64|32)[ -]?bits?\b", " ", name.casefold().rpartition("__")[2])
    return re.findall(r"[^\W\d_]+|\d+", plain)


# -- IP addresses ----------------------------------------------------------------------------------------------------


def ip(listed, details=None):
    """An address of a server. Where the portal lists bare addresses, the address stands for its id."""
    both = {**listed, **(details or {})}
    names = ("ipaddress", "ip_address", "address", "ip", "ipv4", "ipv6", "name", "id")
    each = next(filter(None, (address(both.get(name)) for name in names)), None)
    vlan = first(both, "vlan", "vlan_id", "vlanid")
    return {
        # C(ip_id) first: C(id) may be no more than the place in a list.
        "id": text(first(both, "ip_id", "ipid", "id")) or each or text(both.get("name")),
        "address": each,
        "version": (6 if ":" in each else 4) if each else None,
        "domain": text(first(both, "domain", "ptr", "rdns")),
        "main": flag(first(both, "main", "primary", "is_main")),
        "vlan": text(first(vlan, "id", "name") if isinstance(vlan, dict) else vlan),
        "netmask": text(first(both, "netmask", "mask")),
        "gateway": text(both.get("gateway")),
        "raw": details or listed,
    }


def vlan(source):
    """A VLAN; its id may stand under the name of the thing itself."""
    record = choice(source)
    identity = text(first(source, "id", "vlan_id", "vlanid", "vlan", "vid")) or record["id"]
    return {**record, "id": identity, "name": record["name"] or identity}


# -- support ---------------------------------------------------------------------------------------------------------


def ticket(source, replies=None, answer=None):
    """A ticket, from GET /tickets (C(replies) is None there), or from the *answer* to GET /tickets/@number."""
    return {
        "number": text(first(source, "ticket_number", "number", "id")),
        "subject": text(source.get("subject")),
        "status": text(source.get("status")),
        "department": text(first(source, "deptname", "department", "dept_id")),
        "date": date(source.get("date")),
        "client_read": flag(source.get("client_read")),
        "name": text(source.get("name")),
        "email": text(source.get("email")),
        "body": source.get("body"),
        "replies": None if replies is None else [reply(each) for each in replies],
        "raw": answer or source,
    }


def reply(source):
    """A reply to a ticket; C(type) is C(Admin) [documented] or C(Client) [inferred]."""
    return {
        "id": text(source.get("id")),
        "name": text(source.get("name")),
        "date": date(source.get("date")),
        "type": text(source.get("type")),
        "status": text(source.get("status")),
        "body": source.get("body"),
    }
