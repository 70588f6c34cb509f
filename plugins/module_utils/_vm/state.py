# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings one VM to a state: find, compare, act, wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .._context import ModuleContext
from .._core.change.ledger import Ledger
from .._core.change.polling import RESUME_ADVICE
from .._core.change.transition import Target
from .._core.errors import Busy, InvalidInput, LookupFailed, NotFound
from .._core.reading.comparison import SAME, compare_label
from .._core.reading.lookup import there_is
from .._core.reading.values import to_text
from .._core.reading.vocabulary import is_being_destroyed, is_transitional
from .api import Vms
from .guard import Guard
from .orders import Orders
from .record import VmRecord, is_in_transition
from .transitions import CREATING, SIZES, Create, DesiredVm, Destroy, Vm, VmTransition, managed, notes, plan

#: A rebuild that does not show is not to be repeated blindly: it would cost the data once more.
LOOK_ADVICE = "Look at the VM in the portal before you run the task again, which might install it once more."


class Reached(NamedTuple):
    """What a task made of a VM: its record, None if there is none, and what the diff shows."""

    vm: Vm
    before: dict[str, Any]
    after: dict[str, Any]


class VmState:
    """One VM of a service and what is wanted of it.

    :param options: those of M(sindad.cloud.vm) but for the connection.
    """

    def __init__(self, context: ModuleContext, vms: Vms, options: Mapping[str, Any]):
        self.context, self.vms, self.options = context, vms, options
        self.label, self.vmid = to_text(options["label"]), to_text(options["vmid"])
        if not (self.label or self.vmid):
            raise InvalidInput("label and vmid must not be empty.")
        self.name = f"VM {self.label or self.vmid} of service {vms.service_id}"
        self.orders = Orders(vms, Ledger(context.client.url, vms.service_id, "vms"), context.warn)
        self.guard = Guard(vms)
        self.vm: Vm = None  # its record, once it was looked for

    @property
    def wait(self) -> bool:
        return bool(self.options["wait"]) and not self.context.check_mode

    def find(self) -> Vm:
        """The VM with the label or id, or the one that was ordered by this label."""
        unclear: LookupFailed | None = None
        try:
            self.vm = self.vms.find(self.label, self.vmid)
        except LookupFailed as error:
            self.vm, unclear = None, error
        if self.vm is None and self.label:
            self.vm = self.orders.find(self.label, self.context.check_mode)
        elif self.vm is not None and self.label and not self.context.check_mode:
            self.orders.found(self.label, self.vm)
        if self.vm is None and unclear:
            raise unclear
        self._tell_other_label()
        return self.vm

    def _tell_other_label(self) -> None:
        shown = self.vm["label"] if self.vm else None
        if self.label and shown and shown != self.label and compare_label(shown, self.label) is SAME:
            self.context.warn(f"{self.name} is listed as '{shown}' (id {self._id}).")

    # -- the state that M(sindad.cloud.vm) wants ---------------------------------------------------------------------

    def reach(self) -> Reached:
        """Bring the VM to ``state``."""
        before = managed(self.find())
        self._wait_for_order()
        self._settle()
        if self.options["state"] == "absent":
            self._remove()
            return Reached(None, before, {})
        if self.vm is None:
            self._ensure_creatable()
        desired = self._desired()
        for note in notes(self.vm, desired) if self.vm else ():
            self.context.warn(note)
        for transition in plan(self.vm, desired, self.vms.service_id):
            self._apply(transition)
            if isinstance(transition, Create) and not (self.wait or self.context.check_mode):
                break  # it cannot be asked for anything while it is being built
        return Reached(self.vm, before, managed(self.vm))

    def _desired(self) -> DesiredVm:
        state, template = self.options["state"], self.options["template"]
        sizes = {name: self.options[name] for name in SIZES}
        wanted, templates = None, []
        if template is not None and (state == "rebuilt" or self.vm is None or not self._says(template)):
            rebuilt = self.vm["id"] if state == "rebuilt" and self.vm else None
            templates, wanted = self.vms.templates(rebuilt), self.vms.template(template, rebuilt)
        return DesiredVm(
            *(self.name, state, self.label, wanted),
            **sizes,
            force=self.options["force"],
            when_unknown=self.options["when_unknown"],
            templates=templates,
        )

    def _says(self, template: str) -> bool:
        """Whether the VM tells this template by the very word of the task: then no list is needed."""
        return self.vm is not None and template in (self.vm["template"], self.vm["template_name"])

    def _ensure_creatable(self) -> None:
        named = {**self.options, "label": self.label}
        missing = [name for name in ("label", "template", *SIZES) if named[name] is None]
        creates = self.label and self.options["state"] in CREATING
        if missing or not creates:
            raise self.missing(f" To create it, give {', '.join(missing)} too." if creates else "")

    def missing(self, how: str = "") -> LookupFailed:
        there = there_is(self.label or self.vmid or "", self.vms.labelled(), ("label",))
        return LookupFailed(f"There is no {self.name}. {there}{how}")

    def _remove(self) -> None:
        """Destroy the VM; one that is gone, whoever removed it, is what is wanted."""
        if self.vm is None:
            return
        if is_being_destroyed(self.vm["state"]):
            if self.wait:
                self._wait_until_destroyed()
            return
        self._apply(Destroy())

    # -- carrying out ------------------------------------------------------------------------------------------------

    def _apply(self, transition: VmTransition) -> None:
        """Carry out *transition*, unless the VM shows after an earlier one that it is done."""
        if self.context.changed and not transition.looks_the_same and transition.is_done(self.vm):
            return
        if self.vm is not None and not isinstance(transition, Destroy):
            self._refuse_if_busy(self.vm)
        if self.vm is not None and transition.destroys:
            self.vm = self.guard.look_again(self.name, self.vm, transition, self.options["force"])
            if self.vm is None:
                return self._vanished(transition)
        if isinstance(transition, Create):
            self._create(transition)
        else:
            advice = LOOK_ADVICE if transition.destroys and transition.looks_the_same else RESUME_ADVICE
            target = self._target(transition)
            self.vm = self.context.apply(transition, target, self.vm, advice=advice).record

    def _vanished(self, transition: VmTransition) -> None:
        if not isinstance(transition, Destroy):
            raise self.gone()

    def _create(self, transition: Create) -> None:
        """Order the VM, unless another task did so meanwhile, and wait until it is listed."""
        target = self._target(transition)
        if self.context.check_mode:
            self.vm = self.context.apply(transition, target, None).record
            return
        with self.orders.ledger.lock(self.context.deadline, self.name):
            before = [vm["id"] for vm in self.vms.list()]
            if self.find() is None:
                with self.orders.placing(transition.label, before):
                    self.context.apply(transition, target, None, wait=False)
                self._wait_until_listed()
        if self.wait:
            built = f"{self.name} {transition.description}"
            self.vm = self.context.wait(self.refresh, transition.is_done, built, describe)
        elif self.options["state"] == "stopped":
            self.context.warn(f"{self.name} is being created: run the task again to stop it.")

    def _wait_for_order(self) -> None:
        """A VM that was ordered, by whatever run, is waited for and not ordered again."""
        if self.vm is None and self.label and not self.context.check_mode and self.orders.is_pending(self.label):
            self._wait_until_listed()

    def _wait_until_listed(self) -> None:
        """Until the VM is listed, also without ``wait``: what is not seen cannot be told from what was not ordered."""
        listed, advice = f"{self.name} to be listed", self.orders.advice(self.label or "")
        self.vm = self.context.wait(self._find_created, bool, listed, describe, advice)

    def _target(self, transition: VmTransition) -> Target[Vms, Vm]:
        refresh = {Create: self._find_created, Destroy: self._listed}.get(type(transition), self.refresh)
        return Target(self.name, self.vms, refresh, describe)

    # -- waiting for what goes on already ----------------------------------------------------------------------------

    def _settle(self) -> None:
        """Let what the VM is at come to its end: what is asked of a busy VM is refused."""
        if self.vm is None:
            return
        absent = self.options["state"] == "absent"
        if is_being_destroyed(self.vm["state"]):
            if not absent:
                self._outlast(self.vm)
        elif self.wait and is_in_transition(self.vm):
            self.vm = self.settled(gone_is_fine=absent)

    def _outlast(self, vm: VmRecord) -> None:
        """Wait for the end of a VM that is being destroyed and yet wanted."""
        if self.context.check_mode:
            self.vm = None
            return
        self._refuse_if_busy(vm)
        self._wait_until_destroyed()

    def settled(self, gone_is_fine: bool = False) -> Vm:
        """The VM once it is at nothing; None if it went, which is an error unless *gone_is_fine*."""

        def settled(vm: Vm) -> bool:
            return vm is None or not is_in_transition(vm) or (gone_is_fine and is_being_destroyed(vm["state"]))

        refresh = self._listed_in_full if gone_is_fine else self.refresh
        return self.context.wait(refresh, settled, f"{self.name} to end what it is doing", describe)

    def _wait_until_destroyed(self) -> None:
        self.vm = self.context.wait(self._listed, Destroy().is_done, f"{self.name} to be destroyed", describe)

    def _refuse_if_busy(self, vm: VmRecord) -> None:
        if not self.options["wait"] and is_transitional(vm["state"]):
            raise Busy(f"{self.name} is {vm['state']} just now. Run the task again later, or let it wait (wait=true).")

    # -- looking -----------------------------------------------------------------------------------------------------

    def refresh(self) -> Vm:
        """The VM of now, from the list and its details: what an earlier list told must not outlive it."""
        vm = self._listed_in_full()
        if vm is None:
            raise self.gone()
        return vm

    def gone(self) -> NotFound:
        return NotFound(f"{self.name} is not there any more. Somebody else may have destroyed it.")

    def _listed_in_full(self) -> Vm:
        return self.vms.find(vmid=self._id)

    def _listed(self) -> Vm:
        """The VM as the list shows it: one that is being destroyed may have no details any more."""
        return next((vm for vm in self.vms.list() if vm["id"] == self._id), None)

    def _find_created(self) -> Vm:
        return self.orders.find_created(self.label or "")

    @property
    def _id(self) -> str:
        return str(self.vm["id"]) if self.vm else ""


def describe(vm: Vm) -> str:
    """What a VM shows, in words."""
    if vm is None:
        return "it is not listed"
    told = [f"its state is {vm['state'] or vm['power']}"]
    told += [f"its {name} is {vm[name]}" for name in ("memory", "cpu") if vm[name] is not None]
    told += ["it is not built yet"] if vm["built"] is False else []
    told += ["it is locked"] if vm["locked"] else []
    return ", ".join(told)
