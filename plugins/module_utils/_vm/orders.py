# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which VM a label means: known by its name, believed by the note of an order, ordered and not listed yet, or none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from .._core.change.ledger import Ledger, Order, is_certain
from .._core.change.polling import Deadline
from .._core.errors import LookupFailed, PortalError, TimedOut
from .._core.reading.comparison import is_cut_or_prefixed, label_key
from .._core.reading.labels import name_of
from .._core.reading.lookup import listing
from .api import VmRecords, Vms
from .naming import own_label, refuse_nameless
from .record import VmRecord
from .transitions import SIZES, Create

#: Before a VM is ordered, reads that agree that there is none are at least so many seconds apart.
BETWEEN_READS_S = 2.0
#: So long they must agree if VMs are missing that an earlier read or a note knew: one of several front ends may lag.
LOST_FOR_S = 10.0
#: A VM of another name that came up after an order is taken for the ordered one after so long without a better one.
ALONE_FOR_S = 6.0
#: For so long the VM of an order is looked for that was refused in words that do not rule out that it was placed.
REFUSED_FOR_S = 30.0
#: A later run does not place a refused order again before so many seconds have passed since.
REFUSED_BEFORE_S = 60.0
#: A note outlives the first sight of its VM for so long.
KEPT_FOR_S = 3600.0

NOT_LISTED = (
    "It was ordered and is not listed yet, so it is not ordered again. Once the portal lists it, the task finds it. If "
    "the portal shows that the order came to nothing, create the VM there or use another label."
)


@dataclass(frozen=True)
class Found:
    """What the list and the notes say of one label.

    :ivar vm: as listed; None if there is none, or it is unclear. :ivar belief: why it is only believed to be the one;
        "" if that is known. :ivar is_pending: whether it was ordered and is not listed yet.
    :ivar was_refused: whether the order that is pending was refused, not long ago, in words that may mean otherwise.
    :ivar unclear: why no answer can be given.
    """

    vm: VmRecord | None = None
    belief: str = ""
    is_pending: bool = False
    was_refused: bool = False
    unclear: LookupFailed | None = None

    def ensure_known(self) -> None:
        """Refuse to change what is only believed to be the VM."""
        if self.belief:
            raise LookupFailed(f"{self.belief} Nothing that changes it is sent. If it is meant, name it by its vmid.")


NONE = Found()


def candidates(order: Order, listed: Sequence[VmRecord], others: Sequence[Order], taken: Collection[str]) -> VmRecords:
    """Return the VMs that *order*, whose VM was not seen yet, may have become: those that fit best of the new ones.

    :param others: the other orders. What may as well be that of an open one is not a candidate.
    :param taken: the ids of VMs that bear the labels of other orders.
    """
    known = {*order.before, *taken, *(other.id for other in others)}
    new = [vm for vm in listed if vm["id"] not in known]
    others_open = [other.label for other in others if other.id is None]
    related = [vm for vm in new if is_cut_or_prefixed(vm["label"], order.label)]
    fitting = [vm for vm in related if not any(is_cut_or_prefixed(vm["label"], label) for label in others_open)]
    return fitting or ([] if related or others_open else new)


class Orders:
    """The VMs of a service, those that are listed and those that were ordered from this machine.

    :param read_only: whether no note may be written: in check mode.
    :param warn: is given a sentence for a VM that is called otherwise than the task calls it.
    :ivar listed: the VMs of the last read. :ivar seen: the ids of all VMs that this run has seen.
    :ivar is_settled: whether what the last read did not list is absent: reads have agreed for long enough.
    """

    def __init__(self, vms: Vms, deadline: Deadline, read_only: bool, warn: Callable[[str], None]):
        self.vms, self.deadline, self.read_only, self.warn = vms, deadline, read_only, warn
        self.clock = vms.client.clock
        self.ledger = Ledger(vms.client.url, vms.service_id, "vms", key=label_key)
        self.seen: set[str] = set()
        self.listed: VmRecords = []
        self.is_settled = False
        self._accepted: dict[str, Create] = {}  # the orders of this run that the portal has accepted
        self._alone_since: dict[tuple[str, str], float] = {}
        self._missing: frozenset[str] | None = None
        self._since = 0.0
        self._reading = threading.Lock()

    def lock(self, what: str) -> AbstractContextManager[None]:
        """A context in which no other task of this machine plans or changes what destroys, or costs money, here."""
        return self.ledger.lock(self.deadline, what)

    # -- reading -----------------------------------------------------------------------------------------------------

    def find(self, label: str) -> Found:
        """Read the list, and return what *label* means.

        :raises LookupFailed: if that is unclear.
        """
        found = self.find_each([label])[label]
        if found.unclear:
            raise found.unclear
        return found

    def find_each(self, labels: Collection[str]) -> dict[str, Found]:
        """Read the list, and return what each of *labels* means.

        A list that has lost what this run or a note knew is read again until reads agree for LOST_FOR_S seconds.

        :raises TimedOut: if the deadline ends that.
        """
        found = self.read_each(labels)
        while not self.read_only and self._missing and not self.is_settled and NONE in found.values():
            self.pause()
            found = self.read_each(labels)
        return found

    def pause(self, at_least: float = 0.0) -> None:
        """Wait until the next read may settle what is absent, and *at_least* so many seconds.

        :raises TimedOut: if the deadline ends that.
        """
        age = 0.0 if self._missing else self.clock.monotonic() - self._since
        rest = max(at_least, BETWEEN_READS_S - age)
        if self.deadline.remaining < rest:
            lost = f" The list lacks VMs that were there before: {', '.join(self._missing)}." if self._missing else ""
            raise TimedOut(
                f"Timed out after {self.deadline.seconds:g} s before it was certain which VMs of service "
                f"{self.vms.service_id} are missing.{lost} Nothing was ordered."
            )
        self.clock.sleep(rest)

    def read_each(self, labels: Collection[str]) -> dict[str, Found]:
        """The same, from one read."""
        with self._reading:
            asked_at = self.clock.monotonic()
            self.listed = self.vms.labelled()
            notes = self._notes()
            self._compare_with_earlier(notes, asked_at)
            found = {label: self._named(label) for label in labels}
            by_name = {label_key(label): each.vm["id"] for label, each in found.items() if each.vm}
            for label, each in found.items():
                order = notes.get(label_key(label))
                if order is not None:
                    others = [other for key, other in notes.items() if other is not order and key not in by_name]
                    found[label] = each = self._with_note(label, each, order, others, by_name.values())
                    self._keep(order, each, label_key(label) in by_name)
                if each == NONE:
                    found[label] = self._or_nameless(label)
            return found

    def _notes(self) -> dict[str, Order]:
        """The notes by their keys. One goes an hour after its VM was first found by its label."""
        notes = {}
        for order in self.ledger.orders():
            if order.found_at is None or self._age(order.found_at) < KEPT_FOR_S:
                notes[label_key(order.label)] = order
            elif not self.read_only:
                self.ledger.forget(order.label)
        return notes

    def _compare_with_earlier(self, notes: dict[str, Order], asked_at: float) -> None:
        """Reckon how long reads have agreed on what is missing, up to the one that was *asked_at* this time."""
        ids = {vm["id"] for vm in self.listed}
        self.seen |= ids
        missing = frozenset((self.seen | {order.id for order in notes.values() if order.id}) - ids)
        if missing != self._missing:
            self._missing, self._since = missing, self.clock.monotonic()
        self.is_settled = asked_at - self._since >= (LOST_FOR_S if missing else BETWEEN_READS_S)
        for key, order in list(notes.items()):
            if order.id in missing and self.is_settled:
                del notes[key]
                if not self.read_only:
                    self.ledger.forget(order.label)

    def _named(self, label: str) -> Found:
        try:
            vm = self.vms.named(label, self.listed)
        except LookupFailed as error:
            return Found(unclear=error)
        shown = vm["label"] if vm else None
        if vm and shown and name_of(shown) != name_of(label) and own_label(vm):
            self.warn(f"VM {label} of service {self.vms.service_id} is listed as '{shown}' (id {vm['id']}).")
        return Found(vm)

    def _or_nameless(self, label: str) -> Found:
        try:
            refuse_nameless(label, self.listed, self.vms.service_id)
        except LookupFailed as error:
            return Found(unclear=error)
        return NONE

    # -- notes -------------------------------------------------------------------------------------------------------

    def _with_note(
        self, label: str, named: Found, order: Order, others: Sequence[Order], taken: Collection[str]
    ) -> Found:
        """What a label means of which there is a note. A VM that bears the label is it, whatever the note says."""
        if named.vm is not None or named.unclear:
            return named
        if order.id is not None:
            fitting = [vm for vm in self.listed if vm["id"] == order.id and vm["id"] not in taken]
        else:
            fitting = self._candidates(order, others, taken)
        if len(fitting) > 1:
            message = (
                f"Several VMs have come up since '{label}' was ordered, and any of them may be it: "
                f"{listing(fitting, ('label',))}. Specify the vmid."
            )
            return Found(unclear=LookupFailed(message))
        if fitting:
            return Found(fitting[0], self._belief(label, order, fitting[0]))
        was_refused = order.refused_at is not None
        has_expired = order.refused_at is not None and self._age(order.refused_at) >= REFUSED_BEFORE_S
        is_pending = order.id is None and not has_expired
        return Found(is_pending=is_pending, was_refused=is_pending and was_refused)

    def _candidates(self, order: Order, others: Sequence[Order], taken: Collection[str]) -> VmRecords:
        """The VMs that *order* may have become; of an order of this run, after a while without a better one."""
        fitting = candidates(order, self.listed, others, taken)
        ordered = self._accepted.get(label_key(order.label))
        if ordered is None:
            # After a refusal that may mean otherwise, only a name that was made of the label speaks for a VM.
            return [vm for vm in fitting if not order.refused_at or is_cut_or_prefixed(vm["label"], order.label)]
        fitting = [vm for vm in fitting if not _differs(vm, ordered)]
        if len(fitting) != 1 or is_cut_or_prefixed(fitting[0]["label"], order.label):
            return fitting
        since = self._alone_since.setdefault((order.label, fitting[0]["id"]), self.clock.monotonic())
        return fitting if self.clock.monotonic() - since >= ALONE_FOR_S else []

    def _belief(self, label: str, order: Order, vm: VmRecord) -> str:
        """Why *vm* is only believed to be *label*; "" for what this very run has bought. Warns of either."""
        shown = f"'{vm['label']}' (id {vm['id']})"
        if label_key(label) in self._accepted:
            self.warn(
                f"The portal lists the VM that was ordered as '{label}' under the name {shown}. Use that label, or "
                f"vmid {vm['id']}, from now on."
            )
            return ""
        called = f", and was called '{order.name}' then" if order.name and order.name != vm["label"] else ""
        belief = (
            f"The portal does not list a VM named '{label}' on service {self.vms.service_id}. By the note of an order "
            f"it may be {shown}{called}, so it is not ordered again."
        )
        self.warn(f"{belief} If it is meant, name it by vmid {vm['id']}.")
        return belief

    def _keep(self, order: Order, found: Found, by_name: bool) -> None:
        """Keep in the note what is known now."""
        if self.read_only or found.unclear or found.belief or found.is_pending:
            return
        if found.vm is not None:
            found_at = (order.found_at or self.clock.time()) if by_name else None
            now = replace(order, id=found.vm["id"], name=found.vm["label"], found_at=found_at, refused_at=None)
            if now != order:
                self.ledger.note(now)
        elif order.id is None:
            self.ledger.forget(order.label)  # it was refused a while ago, and has not come up

    def _age(self, since: float) -> float:
        return self.clock.time() - since

    def destroyed(self, vmid: str) -> None:
        """Drop the notes of a VM that this run has destroyed, and do not miss it."""
        self.seen.discard(vmid)
        for order in self.ledger.orders():
            if order.id == vmid:
                self.ledger.forget(order.label)

    # -- ordering ----------------------------------------------------------------------------------------------------

    def place(self, create: Create, send: Callable[[], object]) -> PortalError | None:
        """Order a VM, once: its note comes right before, so that whoever is killed in between does not order another.

        :param send: sends the order, and returns None if its response was lost.
        :returns: a refusal that does not rule out that the VM was ordered.
        :raises PortalError: if it was refused for certain, or its response was lost and no effect is seen.
        """
        order = Order(create.label, tuple(sorted(self.seen)))
        self.ledger.note(order)
        try:
            answer = send()
        except PortalError as error:
            if error.outcome_unknown:
                raise
            if is_certain(error):
                self.ledger.forget(create.label)
                raise
            self.ledger.note(replace(order, refused_at=self.clock.time()))
            return error
        if answer is not None:
            self._accepted[label_key(create.label)] = create
        return None


def _differs(vm: VmRecord, ordered: Create) -> bool:
    """Whether the list shows a size that was not ordered."""
    shown: Mapping[str, object] = vm
    return any(shown[name] not in (None, getattr(ordered.desired, name)) for name in SIZES)
