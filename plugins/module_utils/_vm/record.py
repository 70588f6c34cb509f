# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of a virtual machine."""

from __future__ import annotations

from .._core.values import addresses, first_present, to_bool, to_int, to_size, to_text
from .._core.vocabulary import is_idle, is_rescue, is_resting, is_transitional, opennebula_state, power

# -- virtual machines ------------------------------------------------------------------------------------------------


def to_vm(service_id, listed, details=None):
    """A virtual machine, of any of the families that backends render. What *details* tell wins, by whatever key."""
    told, known = _vm(details or {}), _vm(listed)
    told = {key: known[key] if value in (None, []) else value for key, value in told.items()}
    words = told.pop("words") or known["words"]
    return {
        **told,
        "service_id": str(service_id),
        "power": power(*words),
        "state": next(filter(None, map(to_text, reversed(words))), None),
        "raw": details or listed,
    }


def _vm(source):
    """The keys of a VM's record that one object tells; of its power ``words``, the last of which names the state."""
    words = _power_words(source)
    template, template_name = _template(source)
    ipv4, ipv6 = addresses(source)
    return {
        "id": to_text(first_present(source, "id", "vmid", "vm_id", "uuid")),
        "label": to_text(first_present(source, "label", "name", "vm_label")),
        "hostname": to_text(first_present(source, "hostname", "host", "fqdn")),
        "built": to_bool(source.get("built")),
        "locked": to_bool(source.get("locked")),
        "template": template,
        "template_name": template_name,
        "memory": _size(source, "MB", "memory", "ram", "mem", "memory_mb", "ram_mb"),
        "cpu": _cores(source),
        "disk": _size(source, "GB", "disk", "disk_size", "hdd", "storage", "disk_gb"),
        "ipv4": ipv4,
        "ipv6": ipv6,
        "username": to_text(first_present(source, "username", "user", "login")),
        "password": to_text(first_present(source, "password", "rootpassword", "root_password", "rootpass", "pass")),
        "words": [word for word in words if word is not None],
    }


def _power_words(source):
    """The words for a VM's power state, the last of which names the state."""
    numbered = opennebula_state(source)
    if numbered is not None:
        return [numbered]
    state = first_present(source, "state", "status")
    switch = first_present(source, "power", "power_state", "powerstate", "power_status")
    # Beside a switch, ``status: true`` is the success flag of an answer.
    return [switch, None if isinstance(state, bool) and switch is not None else state]


def _template(source):
    """Id and name of the template that a VM was made from."""
    told = first_present(source, "template_id", "templateid", "template", "os_template", "image")
    name = first_present(source, "template_name", "template_label", "os_name", "os", "template")
    if told is None and isinstance(name, dict):
        told = name
    if isinstance(told, dict):
        name = first_present(told, "name", "label", "id") if name is None or isinstance(name, dict) else name
        told = first_present(told, "id", "name")
    return to_text(told), to_text(name)


def _cores(source):
    inner = source.get("cpu")
    if isinstance(inner, dict):
        source = {**inner, **{key: value for key, value in source.items() if key != "cpu"}}
    cores = to_int(first_present(source, "cpus", "vcpus", "vcpu"))
    if cores is None:
        cores = to_int(first_present(source, "cores", "cpu_cores", "cpu"))
        sockets = to_int(source.get("sockets"))
        cores = cores * sockets if cores and sockets else cores
    return cores or None  # some tell the load as ``cpu``


def _size(source, unit, *names):
    """The first size in MB or GB that one of the keys *names* holds; else the one of the object ``usage``."""
    usage = source.get("usage") if isinstance(source.get("usage"), dict) else {}
    for value in [source.get(name) for name in names] + [usage.get(names[0])]:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, dict):
            value = first_present(value, "total", "size", "value", "limit")
        size = to_size(value, unit)
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


def is_in_transition(record):
    """Whether a VM is at work: not built yet, locked, or in a state that ends by itself."""
    return record["built"] is False or record["locked"] is True or is_transitional(record["state"])


def is_stable(record):
    """Whether a VM is in a state that lasts. In rescue mode it runs, though its state may say no more than that."""
    lasts = record["power"] != "changing" or is_resting(record["state"]) or is_rescued(record) is True
    return lasts and not is_in_transition(record)


def is_rescued(record):
    """Whether a VM is in rescue mode, or None if it does not tell.

    Told by a key ``rescue``, or by a state word that holds "rescue". Any other state word says nothing: many backends
    never show rescue mode.
    """
    key = next((name for name in ("rescue", "rescue_mode") if name in record["raw"]), None)
    told = record["raw"].get(key)
    if key and not (told and isinstance(told, (dict, list))):
        word = str(told or "")
        return to_bool(word) is not False and not is_idle(word)
    return True if is_rescue(record["state"]) else None
