# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of a virtual machine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from .._core.reading.comparison import UNKNOWN, Comparison
from .._core.reading.states import power_words
from .._core.reading.systems import compare_template
from .._core.reading.values import (
    ADDRESS_KEYS,
    addresses,
    first_present,
    is_empty,
    size_text,
    spellings,
    to_bool,
    to_int,
    to_size,
    to_text,
)
from .._core.reading.vocabulary import (
    is_idle,
    is_rescue,
    is_resting,
    is_transitional,
    opennebula_state,
    power,
    state_of,
)


class VmRecord(TypedDict):
    """A virtual machine. Memory is in MB, disk in GB."""

    id: str
    service_id: str
    label: str | None
    hostname: str | None
    power: str
    state: str | None
    built: bool | None
    locked: bool | None
    template: str | None
    template_name: str | None
    memory: int | None
    cpu: int | None
    disk: int | None
    ipv4: list[str]
    ipv6: list[str]
    username: str | None
    password: str | None
    raw: dict[str, Any]


# -- what portals call it --------------------------------------------------------------------------------------------

ID = spellings(V="id", C="vmid", G="vm_id, uuid")
LABEL = spellings(V="label", G="name, vm_label")
HOSTNAME = spellings(V="hostname", G="host, fqdn")
MEMORY = spellings(V="memory", G="ram, mem, memory_mb, ram_mb")
#: Beside these, the keys above and below hold what is used [C].
MEMORY_LIMIT = spellings(
    C="maxmem", G="max_mem, maxmemory, max_memory, memory_limit, mem_limit, memory_total, mem_total"
)
DISK_LIMIT = spellings(C="maxdisk", G="max_disk, disk_limit, disk_total")
DISK = spellings(V="disk", G="disk_size, hdd, storage, disk_gb")
CPUS = spellings(V="cpus", C="maxcpu", G="vcpus, vcpu")
CORES = spellings(C="cores", G="cpu_cores, cpu")
TEMPLATE = spellings(G="template_id, templateid") + spellings(V="template", G="os_template, image")
TEMPLATE_NAME = spellings(C="template_name", V="template_label", G="os_name, os") + spellings(V="template")
USERNAME = spellings(C="username", G="user, login")
PASSWORD = spellings(V="password", G="rootpassword, root_password, rootpass, pass")
RESCUE = spellings(G="rescue, rescue_mode")
#: Keys of which an object must have one to be taken for a VM.
VM_KEYS = frozenset(
    spellings(C="built, locked, sockets, uptime, usage, STATE, LCM_STATE, LCM_STATE_STR, status, power", V="state")
    + spellings(G="power_state, powerstate, power_status, power_on, running, online, vm_status")
).union(
    *(
        ID,
        LABEL,
        HOSTNAME,
        MEMORY,
        MEMORY_LIMIT,
        DISK,
        DISK_LIMIT,
        CPUS,
        CORES,
        TEMPLATE,
        TEMPLATE_NAME,
        USERNAME,
        PASSWORD,
    ),
    *(RESCUE, ADDRESS_KEYS),
)


def to_vm(service_id: object, listed: dict[str, Any], details: dict[str, Any] | None = None) -> VmRecord:
    """Return a virtual machine, of any of the families that backends render.

    What *details* hold wins, by whatever key; but the id is that of the list, as a backend may have its own number.

    A VM that neither of them labels is called by its host name.
    """
    detailed, known = _vm(details or {}), _vm(listed)
    merged: dict[str, Any] = {key: known[key] if value in (None, []) else value for key, value in detailed.items()}
    words = merged.pop("words")
    record: VmRecord = {
        **merged,  # type: ignore[typeddict-item]
        "id": known["id"] or merged["id"],
        "label": merged["label"] or merged["hostname"],
        "service_id": str(service_id),
        "power": power(*words),
        "state": state_of(words),
        "raw": details or listed,
    }
    return record


def _vm(source: dict[str, Any]) -> dict[str, Any]:
    """The keys of a VM's record that one object holds; of its power ``words``, the last of which names the state."""
    template, template_name = _template(source)
    ipv4, ipv6 = addresses(source)
    numbered = opennebula_state(source)
    return {
        "id": to_text(first_present(source, *ID)),
        "label": to_text(first_present(source, *LABEL)),
        "hostname": to_text(first_present(source, *HOSTNAME)),
        "built": to_bool(source.get("built")),
        "locked": to_bool(source.get("locked")),
        "template": template,
        "template_name": template_name,
        "memory": _size(source, "MB", MEMORY_LIMIT, *MEMORY),
        "cpu": _cores(source),
        "disk": _size(source, "GB", DISK_LIMIT, *DISK),
        "ipv4": ipv4,
        "ipv6": ipv6,
        "username": to_text(first_present(source, *USERNAME)),
        "password": to_text(first_present(source, *PASSWORD)),
        "words": power_words(source) if numbered is None else [numbered],
    }


def _template(source: dict[str, Any]) -> tuple[str | None, str | None]:
    """Id and name of the template that a VM was made from."""
    identity = first_present(source, *TEMPLATE)
    name = first_present(source, *TEMPLATE_NAME)
    if identity is None and isinstance(name, dict):
        identity = name
    if isinstance(identity, dict):
        name = first_present(identity, "name", "label", "id") if name is None or isinstance(name, dict) else name
        identity = first_present(identity, "id", "name")
    return to_text(identity), to_text(name)


def _cores(source: dict[str, Any]) -> int | None:
    inner = source.get("cpu")
    if isinstance(inner, dict):
        source = {**inner, **{key: value for key, value in source.items() if key != "cpu"}}
    cores = to_int(first_present(source, *CPUS))
    if cores is None:
        cores = to_int(first_present(source, *CORES))
        sockets = to_int(source.get("sockets"))
        cores = cores * sockets if cores and sockets else cores
    return cores or None  # some report the load as ``cpu``


def _size(source: dict[str, Any], unit: str, limits: Sequence[str], *names: str) -> int | None:
    """Return the first size in MB or GB that one of the keys *names* holds; else the one of the object ``usage``.

    Beside one of the keys *limits* the others hold what is used, and are not asked.
    """
    usage: dict[str, Any] = source["usage"] if isinstance(source.get("usage"), dict) else {}
    limited = [source[name] for name in limits if not is_empty(source.get(name))]
    values = [_with_unit(source, name) for name in names] + [usage.get(names[0])]
    sizes = (to_size(size_text(value), unit) for value in limited or values)
    return next((size for size in sizes if size is not None), None)


def _with_unit(source: dict[str, Any], name: str) -> Any:
    """Return the value of a key, with the unit that stands beside it: ``memory_unit``."""
    value, unit = source.get(name), source.get(f"{name}_unit", source.get(f"{name}Unit"))
    return value if unit is None or isinstance(value, (dict, list)) else {"value": value, "unit": unit}


def compare_vm_template(
    record: VmRecord, desired: Mapping[str, Any], templates: Sequence[Mapping[str, Any]]
) -> Comparison:
    """Whether a VM was made from the template *desired* of the list *templates*.

    An id of the list decides, unless the wording beside it names another template. Beside a wording that names one, an
    id of the backend's may be anything; any other wording must agree.
    """
    words = {word for word in (record["template"], record["template_name"]) if word}
    answers = {word: compare_template(word, desired, templates) for word in words}
    clear = {answer for answer in answers.values() if answer is not UNKNOWN}
    by_id = record["template"] in [each["id"] for each in templates]
    vague = [] if by_id else [word for word in words if answers[word] is UNKNOWN and not _is_backend_id(word)]
    return clear.pop() if len(clear) == 1 and not vague else UNKNOWN


def _is_backend_id(word: str) -> bool:
    """Whether *word* is an id: without blanks, and with a digit in it, which words for a trouble do not have."""
    return not re.search(r"\s", word) and any(sign.isdigit() for sign in word)


def is_in_transition(record: VmRecord) -> bool:
    """Whether a VM is at work: not built yet, locked, or in a state that ends by itself."""
    return record["built"] is False or record["locked"] is True or is_transitional(record["state"])


def is_stable(record: VmRecord) -> bool:
    """Whether a VM is in a state that lasts. In rescue mode it runs, though its state may say no more than that."""
    lasts = record["power"] != "changing" or is_resting(record["state"]) or is_rescued(record) is True
    return lasts and not is_in_transition(record)


def tells_state(record: VmRecord) -> bool:
    """Whether there is a word or a switch for what a VM does. Some lists hold names only."""
    return record["state"] is not None or record["power"] != "changing"


def is_rescued(record: VmRecord) -> bool | None:
    """Whether a VM is in rescue mode, or None if that is not reported.

    Told by a key ``rescue``, or by a state word that holds "rescue". Any other state word says nothing: many backends
    never show rescue mode.
    """
    key = next((name for name in RESCUE if name in record["raw"]), "")
    value = record["raw"].get(key)
    if key and not (value and isinstance(value, (dict, list))):
        return not is_empty(value) and to_bool(value) is not False and not is_idle(value)
    return True if is_rescue(record["state"]) else None
