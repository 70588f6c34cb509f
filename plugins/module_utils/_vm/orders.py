# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""VMs that were ordered from this machine: which of those that are listed is the one, whatever it is called now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Union

from .._core.change.ledger import Ledger, Order
from .._core.errors import LookupFailed, NotFound
from .._core.reading.comparison import SAME, compare_label, is_cut_or_prefixed
from .._core.reading.lookup import listing
from .api import Vms
from .record import VmRecord

#: What is said where an order was placed and its VM is not to be seen.
NOT_LISTED = (
    "It was ordered and is not listed yet, so it is not ordered again. Look in the portal: once it is listed, the task "
    "finds it; if the order came to nothing, remove {path} and run the task again."
)

#: What became of each label: its VM, None if there is none, or why it is unclear.
Picked = dict[str, Union[VmRecord, LookupFailed, None]]


class Orders:
    """The orders of VMs of one service.

    :param warn: is given a sentence for a VM that is called otherwise than it was ordered.
    """

    def __init__(self, vms: Vms, ledger: Ledger, warn: Callable[[str], None]):
        self.vms, self.ledger, self.warn = vms, ledger, warn

    def find(self, label: str, read_only: bool = False) -> VmRecord | None:
        """The VM that was ordered as *label*, in full; None if there was no such order, or it is not listed."""
        if self.ledger.find(label) is None:
            return None
        listed = self.pick(label, self.vms.labelled(), read_only)
        return listed and self.in_full(listed)

    def find_created(self, label: str) -> VmRecord | None:
        """The VM that is, or was just ordered as, *label*, in full."""
        listed = self.pick(label, self.vms.labelled())
        return listed and self.in_full(listed)

    def pick(self, label: str, listed: Sequence[VmRecord], read_only: bool = False) -> VmRecord | None:
        """The one of *listed* that is, or was ordered as, *label*.

        :raises LookupFailed: if several may be it.
        """
        picked = self.pick_each([label], listed, read_only)[label]
        if isinstance(picked, LookupFailed):
            raise picked
        return picked

    def pick_each(self, labels: Collection[str], listed: Sequence[VmRecord], read_only: bool = False) -> Picked:
        """Of each of *labels*, the one of *listed* that is it, or was ordered as it; else None, or why it is unclear.

        Those that bear their labels come first: they are none of those that are looked for by their notes.
        """
        orders = {order.label: order for order in self.ledger.orders()}
        picked: Picked = {label: _labelled(label, listed) for label in labels}
        taken = [Order(label, (), vm["id"]) for label, vm in picked.items() if isinstance(vm, dict)]
        became = {order.label: replace(orders[order.label], id=order.id) for order in taken if order.label in orders}
        for label in sorted(orders.keys() & set(labels) - became.keys()):
            others = [order for order in {**orders, **became}.values() if order.label != label] + taken
            try:
                vm = picked[label] = identify(orders[label], listed, others)
            except LookupFailed as error:
                picked[label] = error
                continue
            if vm is not None:
                became[label] = replace(orders[label], id=vm["id"])
                self._tell_other_label(label, vm)
            elif orders[label].id and not read_only:
                self.ledger.forget(label)  # it was there, and is gone
        if not read_only:
            self._keep({**orders, **became}, orders, listed)
        return picked

    def found(self, label: str, vm: VmRecord) -> None:
        """The VM was found by its label: its note has told enough."""
        order = self.ledger.find(label)
        if order is not None:
            orders = {each.label: each for each in self.ledger.orders()}
            self._keep({**orders, label: replace(order, id=vm["id"])}, orders, [vm])

    def _keep(self, now: Mapping[str, Order], noted: Mapping[str, Order], listed: Sequence[VmRecord]) -> None:
        """Note what orders became. The notes of VMs that bear their labels go, but not while another order is open:
        till then they tell that these VMs are not the one that was ordered."""
        names = {vm["id"]: vm["label"] for vm in listed}
        is_open = any(order.id is None for order in now.values())
        for label, order in now.items():
            if order.id in names and not is_open and compare_label(names[order.id], label) is SAME:
                self.ledger.forget(label)
            elif order != noted[label]:
                self.ledger.note(order)

    def _tell_other_label(self, label: str, vm: VmRecord) -> None:
        self.warn(
            f"The portal lists the VM that was ordered as '{label}' under the name '{vm['label']}' (id {vm['id']}). "
            f"Use that label, or vmid {vm['id']}, from now on."
        )

    def is_pending(self, label: str) -> bool:
        """Whether a VM was ordered as *label* and has not been seen yet."""
        order = self.ledger.find(label)
        return order is not None and order.id is None

    def note(self, label: str, before: Collection[str]) -> None:
        """Note that *label* is about to be ordered."""
        self.ledger.note(Order(label, tuple(sorted(before))))

    def placing(self, label: str, before: Collection[str]) -> AbstractContextManager[None]:
        """A context in which *label* is ordered: the note is there before, and goes if the portal refused."""
        return self.ledger.placing(Order(label, tuple(sorted(before))))

    def advice(self, label: str) -> str:
        """What to do about a VM that was ordered as *label* and is not listed."""
        return NOT_LISTED.format(path=self.ledger.path(label))

    def in_full(self, listed: VmRecord) -> VmRecord | None:
        try:
            return self.vms.get(listed)
        except NotFound:
            return None


def _labelled(label: str, listed: Sequence[VmRecord]) -> VmRecord | None:
    exact = [vm for vm in listed if vm["label"] == label]
    return exact[0] if len(exact) == 1 else None


def identify(order: Order, listed: Sequence[VmRecord], others: Sequence[Order] = ()) -> VmRecord | None:
    """The one of *listed* that *order* became: by its id once that is known, else the best fit among the new ones.

    :param others: the other orders. What one of them became is not it; while one of them is open, neither is a VM of
        another name.
    :raises LookupFailed: if several new ones may be it.
    """
    if order.id is not None:
        return next((vm for vm in listed if vm["id"] == order.id), None)
    known = {*order.before, *(other.id for other in others)}
    new = [vm for vm in listed if vm["id"] not in known]
    for fitting in _fits(order.label, new, alone=all(other.id for other in others)):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise LookupFailed(
                f"Several VMs have come up since '{order.label}' was ordered, and any of them may be it: "
                f"{listing(fitting, ('label',))}. Give the vmid of the one that is meant."
            )
    return None


def _fits(label: str, new: list[VmRecord], alone: bool) -> Iterator[list[VmRecord]]:
    """From sure to likely. The only new one is the one that was made, whatever it is called."""
    yield [vm for vm in new if vm["label"] == label]
    yield [vm for vm in new if compare_label(vm["label"], label) is SAME]
    yield [vm for vm in new if is_cut_or_prefixed(vm["label"], label)]
    yield new if alone else []
