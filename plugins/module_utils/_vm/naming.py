# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the listed VMs bears a name: the one rule for all who look a VM up by its label. It reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .._core.errors import LookupFailed
from .._core.reading.comparison import SAME, compare_label
from .._core.reading.labels import name_of
from .._core.reading.lookup import listing
from .._core.reading.values import first_present, to_text
from .record import LABEL, VmRecord


def own_label(vm: VmRecord) -> str | None:
    """Return the label of a VM; None where its label is the host name, for want of another."""
    return to_text(first_present(vm["raw"], *LABEL))


def bearing(label: str, listed: Sequence[VmRecord]) -> list[VmRecord]:
    """Return those of *listed* that bear *label*: by its exact text, else by the name in it, else by that loosely."""
    name = name_of(label)
    rules: tuple[Callable[[str], bool], ...] = (
        lambda shown: shown == label,
        lambda shown: bool(name) and name_of(shown) == name,
        lambda shown: compare_label(shown, label) is SAME,
    )
    tiers = ([vm for vm in listed if vm["label"] and is_it(vm["label"])] for is_it in rules)
    return next(filter(None, tiers), [])


def only_one(label: str, fitting: Sequence[VmRecord], service_id: str) -> VmRecord | None:
    """Return the VM that is alone in *fitting*, or None.

    :raises LookupFailed: if there are several.
    """
    if len(fitting) > 1:
        raise LookupFailed(
            f"{len(fitting)} VMs of service {service_id} are labelled '{label}': {listing(fitting, ('label',))}. "
            "Specify the vmid."
        )
    return fitting[0] if fitting else None


def refuse_nameless(label: str, listed: Sequence[VmRecord], service_id: str) -> None:
    """Refuse to take *label* for missing while the name of a VM is unknown.

    :raises LookupFailed: naming those VMs.
    """
    nameless = [vm["id"] for vm in listed if not vm["label"]]
    if nameless:
        raise LookupFailed(
            f"No VM of service {service_id} is labelled '{label}', but the portal reports no name for: "
            f"{', '.join(nameless)}. One of them may be meant: specify its vmid."
        )
