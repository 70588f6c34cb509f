# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The VMs of a service as items of ``vm_fleet`` that change nothing.

What stands in an item is read where ``vm_fleet`` reads it, or it would differ where a list and its details do.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Optional

from .._core.change.draft import Draft, is_writable, left_out
from .._core.errors import InvalidInput
from .._core.http.concurrency import map_concurrently
from .._core.reading.comparison import label_key
from .._core.reading.values import size_option
from .._core.reading.vocabulary import is_being_destroyed
from .api import Vms
from .record import VmRecord, is_stable
from .sizes import UNITS
from .transitions import SIZES

STATES = {"on": "started", "off": "stopped"}
#: The label by which ``vm_fleet`` finds a VM, and the record that it compares.
Seen = tuple[Optional[str], VmRecord]


def draft_vms(vms: Vms, with_templates: bool) -> list[Draft]:
    """A draft for each VM.

    :param with_templates: whether the service tells its templates; an item names only one of those.
    """
    listed = vms.list()
    templates = vms.templates() if listed and with_templates else []
    read = functools.partial(_seen, vms, all(vm["label"] for vm in listed))
    seen = [each for each in map_concurrently(listed, read) if each]
    labels = Counter(label_key(label) for label, _vm in seen)
    once = {label for label, count in labels.items() if count == 1}
    return [_draft(label, vm, once, templates) for label, vm in seen]


def _seen(vms: Vms, has_labels: bool, listed: VmRecord) -> Seen | None:
    """None if it has just gone. Details are read where the list does not tell all that is compared."""
    told = listed["state"] and (listed["template"] or listed["template_name"])
    if has_labels and told and all(listed[size] is not None for size in SIZES):  # type: ignore[literal-required]
        return listed["label"], listed
    full = vms.get_if_there(listed)
    return full and (listed["label"] if has_labels else full["label"], full)


def _draft(label: str | None, vm: VmRecord, once: Collection[str], templates: Sequence[dict[str, Any]]) -> Draft:
    if is_being_destroyed(vm["state"]):
        return left_out(vm["id"], f"VM {vm['id']} ({label or 'no label'}) is being destroyed.")
    notes = [vm["id"], *vm["ipv4"], *vm["ipv6"]]
    options: dict[str, Any] = {"label": label}
    if label is None or not is_writable(label) or label_key(label) not in once:
        why = "it has no label" if label is None else "no file can hold its label"
        why = f"the label of another VM means the same as {label}" if label and is_writable(label) else why
        options = {"vmid": vm["id"]}
        notes.append(f"named by its ID, as {why}")
    if is_stable(vm) and vm["power"] in STATES:
        options["state"] = STATES[vm["power"]]
    template = _template(vm, templates)
    if template is not None:
        options["template"] = template["told"]
        notes.append(template["name"])
    else:
        notes.append("without template, as none of the service's is what the portal reports")
    sizes = {size: vm[size] for size in SIZES}  # type: ignore[literal-required]
    options.update({size: value for size, value in sizes.items() if _is_accepted(size, value)})
    return Draft(vm["id"], options, ", ".join(notes))


def _template(vm: VmRecord, templates: Sequence[dict[str, Any]]) -> dict[str, str] | None:
    """What the VM tells of its template, where that is the id, or the name, of exactly one of the service's."""
    for told in filter(None, (vm["template"], vm["template_name"])):
        fitting = [each for each in templates if each["id"] == told] or [
            each for each in templates if each["name"] == told
        ]
        if len(fitting) == 1 and is_writable(told):
            return {"told": told, "name": fitting[0]["name"]}
    return None


def _is_accepted(size: str, value: object) -> bool:
    """Whether the module takes it: a portal may report 0, or a size in a unit of its own."""
    if not isinstance(value, int) or value <= 0:
        return False
    try:
        return size not in UNITS or size_option(value, UNITS[size], size) == value
    except InvalidInput:
        return False
