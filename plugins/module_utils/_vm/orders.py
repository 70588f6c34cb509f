# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""VMs that were ordered from this machine: which of those that are listed is the one, whatever it is called now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from .._core.comparison import SAME, compare_label, is_cut_or_prefixed
from .._core.errors import LookupFailed, NotFound, PortalError
from .._core.ledger import Ledger, Order
from .._core.lookup import listing
from .api import Vms
from .record import VmRecord

#: What is said where an order was placed and its VM is not to be seen.
NOT_LISTED = (
    "It was ordered and is not listed yet, so it is not ordered again. Look in the portal: once it is listed, the task "
    "finds it; if the order came to nothing, remove {path} and run the task again."
)


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
        listed = self._by_note(label, self.vms.labelled(), read_only)
        return listed and self._in_full(listed)

    def find_created(self, label: str) -> VmRecord | None:
        """The VM that is, or was just ordered as, *label*, in full."""
        listed = self.pick(label, self.vms.labelled())
        return listed and self._in_full(listed)

    def pick(self, label: str, listed: Sequence[VmRecord]) -> VmRecord | None:
        """The one of *listed* that is, or was ordered as, *label*; the note goes once a label says so by itself."""
        exact = [vm for vm in listed if vm["label"] == label]
        if len(exact) != 1:
            return self._by_note(label, listed)
        self.ledger.forget(label)
        return exact[0]

    def _by_note(self, label: str, listed: Sequence[VmRecord], read_only: bool = False) -> VmRecord | None:
        order = self.ledger.find(label)
        if order is None:
            return None
        vm = identify(order, listed, [each for each in self.ledger.orders() if each != order])
        if vm is None:
            if order.id and not read_only:
                self.ledger.forget(label)  # it was there, and is gone
            return None
        self.warn(
            f"The portal lists the VM that was ordered as '{label}' under the name '{vm['label']}' (id {vm['id']}). "
            f"Use that label, or vmid {vm['id']}, from now on."
        )
        if not read_only:
            self.ledger.became(label, vm["id"])
        return vm

    def is_pending(self, label: str) -> bool:
        """Whether a VM was ordered as *label* and has not been seen yet."""
        order = self.ledger.find(label)
        return order is not None and order.id is None

    def note(self, labels: Sequence[str], before: Collection[str]) -> None:
        """Note that these are about to be ordered."""
        for label in labels:
            self.ledger.note(Order(label, tuple(sorted(before))))

    def placing(self, label: str, before: Collection[str]) -> _Placing:
        """A context in which *label* is ordered: the note is there before, and goes if the portal refused."""
        return _Placing(self.ledger, Order(label, tuple(sorted(before))))

    def advice(self, label: str) -> str:
        """What to do about a VM that was ordered as *label* and is not listed."""
        return NOT_LISTED.format(path=self.ledger.path(label))

    def _in_full(self, listed: VmRecord) -> VmRecord | None:
        try:
            return self.vms.get(listed)
        except NotFound:
            return None


class _Placing:
    def __init__(self, ledger: Ledger, order: Order):
        self.ledger, self.order = ledger, order

    def __enter__(self) -> None:
        self.ledger.note(self.order)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, PortalError) and not error.outcome_unknown:
            self.ledger.forget(self.order.label)


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
