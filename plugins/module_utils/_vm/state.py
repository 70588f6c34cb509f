# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired state of one VM: find, compare, act, wait."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .._context import ModuleContext
from .._core.change.polling import RESUME_ADVICE, STALE_READ_WINDOW_S, SeenToChange, wait_for, watch
from .._core.change.transition import Target
from .._core.errors import Busy, InvalidInput, LookupFailed, NotFound, PortalError, TimedOut
from .._core.reading.lookup import there_is
from .._core.reading.values import to_text
from .._core.reading.vocabulary import is_being_destroyed, is_transitional
from .api import Vms
from .guard import Guard
from .orders import LOST_FOR_S, NONE, NOT_LISTED, REFUSED_FOR_S, Found, Orders
from .record import VmRecord, is_in_transition
from .transitions import Create, DesiredVm, Destroy, Vm, VmTransition, existing, managed, notes, plan

#: An installation that does not show is not to be repeated blindly: it would cost the data once more.
LOOK_ADVICE = "Whether it was installed is not known: look at the VM in the portal."


class Reached(NamedTuple):
    """What a task made of a VM: its record, None if there is none, and what the diff shows."""

    vm: Vm
    before: dict[str, Any]
    after: dict[str, Any]


class VmState:
    """One VM of a service and its desired state.

    :param options: those of the module vm but for the connection.
    """

    def __init__(self, context: ModuleContext, vms: Vms, options: Mapping[str, Any]):
        self.context, self.vms, self.options = context, vms, options
        self.label, self.vmid = to_text(options["label"]), to_text(options["vmid"])
        if not (self.label or self.vmid):
            raise InvalidInput("label and vmid must not be empty.")
        self.name = f"VM {self.label or self.vmid} of service {vms.service_id}"
        self.orders = Orders(vms, context.deadline, context.check_mode, context.warn)
        self.guard = Guard(vms)
        self.found = NONE
        self.vm: Vm = None  # its record, once it was looked for
        self._missing_since: float | None = None

    @property
    def wait(self) -> bool:
        return bool(self.options["wait"]) and not self.context.check_mode

    def find(self) -> Vm:
        """Look for the VM, and return its record; None if there is none, or it was ordered and is not listed yet."""
        self.vm = None
        self.found = self.orders.find(self.label) if self.label else Found(self.vms.by_id(self.vmid))
        self.vm = self.found.vm and self.vms.get_if_there(self.found.vm)
        return self.vm

    def find_or_await(self) -> Vm:
        """Look for the VM; one that was ordered, by whatever run, is waited for and not ordered again."""
        try:
            self.find()
        except PortalError as error:
            if not (error.is_passing and self.wait):
                raise
        if not (self._is_decided(self.vm) or self.context.check_mode):
            self._wait_until_listed()
        return self.vm

    # -- the state that the module vm desires ------------------------------------------------------------------------

    def apply(self) -> Reached:
        """Bring the VM to ``state``."""
        absent = self.options["state"] == "absent"
        before = managed(self.find_or_await())
        self._settle()
        if self.vm is None and absent:
            self.find()  # what is not listed once may be listed the next time
        if not (self.vm is None and absent):
            while not self._carry_out(self._desired()):
                pass  # what was to be created has come up meanwhile
        return Reached(None, before, {}) if absent else Reached(self.vm, before, managed(self.vm))

    def _carry_out(self, desired: DesiredVm) -> bool:
        """Carry out what is planned. Returns False if that must be planned again."""
        if self.vm is None:
            desired.ensure_creatable(self.orders.listed or self.vms.labelled(), self.vmid)
        for note in notes(self.vm, desired) if self.vm else ():
            self.context.warn(note)
        for step in plan(self.vm, desired, self.vms.service_id):
            if self.vm is not None:
                self.found.ensure_known()
            if isinstance(step, Create):
                if not self._create(step):
                    return False
                if not (self.wait or self.context.check_mode):
                    break  # it cannot be asked for anything while it is being built
            elif step.destroys:
                self._destroy(step, desired)
            else:
                self.change(step)
        return True

    def _desired(self) -> DesiredVm:
        return DesiredVm.of(self.options, self.name, self.label, self.vms, self.vm)

    def missing(self) -> LookupFailed:
        there = there_is(self.label or self.vmid or "", self.orders.listed or self.vms.labelled(), ("label",))
        return LookupFailed(f"There is no {self.name}. {there}")

    # -- creating ----------------------------------------------------------------------------------------------------

    def _create(self, step: Create) -> bool:
        """Order the VM and wait until it is listed. Returns False if it has come up meanwhile."""
        target: Target[Vms, Vm] = Target(self.name, self.vms, self._find_ordered, describe)
        if self.context.check_mode:
            self.vm = self.context.apply(step, target, None).record
            return True
        with self.orders.lock(self.name):
            self.orders.pause()
            while self.find() is None and not self.found.is_pending and not self.orders.is_settled:
                self.orders.pause()
            if not self._is_decided(self.vm):
                self._wait_until_listed()
            if self.vm is not None:
                return False
            refusal = self.orders.place(step, lambda: self.context.apply(step, target, None, wait=False).answer)
            self._wait_until_listed(refusal)
        if self.wait:
            built = f"{self.name} {step.description}"
            self.vm = self.context.wait(self._find_ordered, step.is_done, built, describe)
        elif self.options["state"] == "stopped":
            self.context.warn(f"{self.name} is being created, and is not stopped yet.")
        return True

    def _wait_until_listed(self, refusal: PortalError | None = None) -> None:
        """Wait, also without ``wait``: what is not listed cannot be told from what was not ordered.

        :param refusal: of an order, in words that do not rule out that it was placed: its VM is looked for a while.
        :raises PortalError: that one, if the VM does not come up.
        """
        deadline, client = self.context.deadline, self.context.client
        if refusal:
            deadline = deadline.at_most(REFUSED_FOR_S)
        advice = NOT_LISTED if self.found.is_pending or self.vm is None else ""
        try:
            wait_for(
                client, self._find_ordered, self._is_decided, deadline, f"{self.name} to be listed", describe, advice
            )
        except TimedOut:
            if refusal is None:
                raise
            refusal.args = (f"{refusal} {self.name} did not come up within {deadline.seconds:.0f} s after that.",)
            raise refusal from None
        client.changed = client.changed or refusal is not None

    def _find_ordered(self) -> Vm:
        """The VM in full, once it is listed and can be read."""
        try:
            return self.find()
        except PortalError as error:
            if not error.is_passing:
                raise
            return None

    def _is_decided(self, vm: Vm) -> bool:
        """Whether the VM can be read, or is neither listed nor ordered."""
        return vm is not None or not (self.found.is_pending or self.found.vm)

    # -- carrying out ------------------------------------------------------------------------------------------------

    def change(self, step: VmTransition) -> None:
        """Carry out *step*, unless the VM shows after an earlier one that it is done."""
        if self.context.changed and not step.looks_the_same and step.is_done(self.vm):
            return
        self._refuse_if_busy(existing(self.vm))
        target: Target[Vms, Vm] = Target(self.name, self.vms, self.refresh, describe)
        self.vm = self.context.apply(step, target, self.vm).record

    def _destroy(self, step: VmTransition, desired: DesiredVm) -> None:
        """Carry out what costs data, if it is still due."""
        while self.vm is not None:
            try:
                is_done = self._begin(step, desired)
            except Busy:
                if not self.wait:
                    raise
                self.vm = self.settled(gone_is_fine=isinstance(step, Destroy))
                continue
            if is_done is not None and self.vm is not None and self.wait:
                advice = LOOK_ADVICE if step.looks_the_same else RESUME_ADVICE
                self._wait_until(step.description, self._target(step), is_done, advice)
            return

    def _begin(self, step: VmTransition, desired: DesiredVm) -> Callable[[Vm], bool] | None:
        """Plan *step* again under the lock, and send it; it shows before the lock goes to another task.

        :returns: whether a record shows that it is done; None if it is not due any more.
        :raises Busy: if the VM is at work.
        """
        with contextlib.nullcontext() if self.context.check_mode else self.orders.lock(self.name):
            self.vm, due = self.guard.recheck(existing(self.vm), step, desired, self.wait)
            if due is None:
                if self.vm is None and not isinstance(step, Destroy):
                    raise self.gone()
                return step.is_done if isinstance(step, Destroy) else None
            if not isinstance(step, Destroy):
                self._refuse_if_busy(existing(self.vm))
            target, clock = self._target(due), self.context.client.clock
            outcome = self.context.apply(due, target, self.vm, wait=False)
            is_done = SeenToChange(due.is_done, clock) if due.looks_the_same else due.is_done
            if not outcome.sent:
                self.vm = outcome.record
            elif target.refresh:
                shown = self.context.deadline.at_most(STALE_READ_WINDOW_S)
                watch(target.api.client, target.refresh, lambda vm: is_done(vm) or due.has_begun(vm), shown, self.vm)
            return is_done

    def _wait_until(
        self, description: str, target: Target[Vms, Vm], is_done: Callable[[Vm], bool], advice: str = RESUME_ADVICE
    ) -> None:
        vmid, refresh = self._id, target.refresh or self.refresh
        self.vm = self.context.wait(refresh, is_done, f"{self.name} {description}", describe, advice)
        if self.vm is None:
            self.orders.destroyed(vmid)

    def _target(self, step: VmTransition) -> Target[Vms, Vm]:
        return Target(self.name, self.vms, self._listed if isinstance(step, Destroy) else self.refresh, describe)

    # -- waiting for what goes on already ----------------------------------------------------------------------------

    def _settle(self) -> None:
        """Let the VM finish its current operation: what is requested of a busy VM is refused."""
        if self.vm is None:
            return
        absent = self.options["state"] == "absent"
        if is_being_destroyed(self.vm["state"]):
            if not absent:
                self._outlast(self.vm)
        elif self.wait and is_in_transition(self.vm):
            self.vm = self.settled(gone_is_fine=absent)

    def _outlast(self, vm: VmRecord) -> None:
        """Wait for the end of a VM that is being destroyed and yet desired."""
        if self.context.check_mode:
            self.vm = None
            return
        self._refuse_if_busy(vm)
        self._wait_until(Destroy.description, self._target(Destroy()), Destroy().is_done)

    def settled(self, gone_is_fine: bool = False) -> Vm:
        """Return the VM once it is idle; None if it went, which is an error unless *gone_is_fine*."""

        def settled(vm: Vm) -> bool:
            return vm is None or not is_in_transition(vm) or (gone_is_fine and is_being_destroyed(vm["state"]))

        refresh = self._listed_in_full if gone_is_fine else self.refresh
        return self.context.wait(refresh, settled, f"{self.name} to finish its current operation", describe)

    def _refuse_if_busy(self, vm: VmRecord) -> None:
        if not self.options["wait"] and is_transitional(vm["state"]):
            raise Busy(f"{self.name} is currently {vm['state']}. Run the task again later, or set wait=true.")

    # -- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> Vm:
        """Read the VM again, from the list and its details: what an earlier list showed must not outlive it."""
        vm, now = self._listed_in_full(), self.context.client.clock.monotonic()
        if vm is None:
            self._missing_since = self._missing_since or now
            error = self.gone()
            error.is_passing = now - self._missing_since < LOST_FOR_S  # a front end of the portal may lag
            raise error
        self._missing_since = None
        return vm

    def gone(self) -> NotFound:
        return NotFound(f"{self.name} no longer exists; it may have been destroyed outside of this task.")

    def _listed_in_full(self) -> Vm:
        return self.vms.find(vmid=self._id)

    def _listed(self) -> Vm:
        """The VM as the list shows it: one that is being destroyed may have no details any more."""
        return self.vms.by_id(self._id)

    @property
    def _id(self) -> str:
        return str(self.vm["id"]) if self.vm else ""


def describe(vm: Vm) -> str:
    """Return what a VM shows, in words."""
    if vm is None:
        return "it is not listed"
    shown = [f"its state is {vm['state'] or vm['power']}"]
    shown += [f"its {name} is {vm[name]}" for name in ("memory", "cpu") if vm[name] is not None]
    shown += ["it is not built yet"] if vm["built"] is False else []
    shown += ["it is locked"] if vm["locked"] else []
    return ", ".join(shown)
