# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One VM of a fleet: what is wanted of it, how far it is, and what becomes its result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from .._core.change.polling import SeenToChange
from .._core.errors import LookupFailed, NotFound, SindadError
from .._core.http.clock import Clock
from .._core.reading.comparison import SAME, compare_label
from .._core.reading.lookup import listing
from .._core.reading.values import to_text
from .._core.reading.vocabulary import is_being_destroyed
from .api import Vms
from .orders import Orders, Picked
from .record import VmRecord, is_in_transition, is_stable, tells_state
from .transitions import (
    CREATING,
    SIZES,
    Create,
    DesiredVm,
    Destroy,
    Power,
    Rebuild,
    Resize,
    Restart,
    Vm,
    VmTransition,
    managed,
    notes,
    plan,
)

#: What a transition is called in the result; of several the last counts, but a creation stays one.
ACTIONS: dict[type, str] = {
    Create: "created",
    Resize: "resized",
    Restart: "restarted",
    Rebuild: "rebuilt",
    Destroy: "destroyed",
}


class FleetItem:
    """One item of ``vms``.

    :ivar vm: its record; None if there is none, or not yet.
    :ivar steps: the transitions that are left, the next one first.
    """

    def __init__(self, options: Mapping[str, Any], state: str, service_id: str):
        self.options, self.service_id = options, service_id
        self.label, self.vmid = to_text(options["label"]), to_text(options["vmid"])
        self.state = options["state"] or state
        self.name = f"VM {self.label or self.vmid} of service {service_id}"
        self.force = bool(options["force"])
        self.was_ordered = False  # by an earlier run, and not listed yet
        self.vm: Vm = None
        self.before: dict[str, Any] = {}
        self.steps: list[VmTransition] = []
        self.done: list[VmTransition] = []
        self.error: SindadError | None = None
        self._is_done: Callable[[Vm], bool] | None = None

    @classmethod
    def purged(cls, vm: VmRecord, service_id: str) -> FleetItem:
        """A VM that nobody listed, and that is destroyed for it."""
        options = {
            **dict.fromkeys((*SIZES, "template", "label", "force", "when_unknown")),
            "vmid": vm["id"],
            "state": "absent",
        }
        item = cls(options, "absent", service_id)
        item.label, item.name = vm["label"], f"VM {vm['label']} of service {service_id}"
        item.vm, item.before = vm, managed(vm)
        return item

    @property
    def existing(self) -> VmRecord:
        if self.vm is None:
            raise AssertionError("a VM that exists")
        return self.vm

    # -- failures ----------------------------------------------------------------------------------------------------

    @property
    def failed(self) -> bool:
        return self.error is not None

    def attempt(self, call: Callable[..., Any], *args: Any) -> Any:
        """*call*; a failure is this item's and stops no other."""
        if self.failed:
            return None
        try:
            return call(*args)
        except SindadError as error:
            self.fail(error)
            return None

    def fail(self, error: SindadError) -> None:
        self.error, self.steps, self._is_done = error, [], None

    # -- finding and planning ----------------------------------------------------------------------------------------

    def find(self, listed: Sequence[VmRecord], orders: Orders, picked: Picked, read_only: bool) -> None:
        """Look for the VM in *listed*; one that was ordered by its label may be listed under another, or not yet.

        :param picked: what the notes of orders tell of the labels.
        """
        fitting = [vm for vm in listed if vm["id"] == self.vmid or (self.label and vm["label"] == self.label)]
        if not fitting and self.label:
            fitting = [vm for vm in listed if compare_label(vm["label"], self.label) is SAME]
        if len(fitting) > 1:
            raise LookupFailed(
                f"{len(fitting)} VMs of service {self.service_id} are labelled '{self.label}': "
                f"{listing(fitting, ('label',))}. Give the vmid of the one that is meant."
            )
        self.vm = fitting[0] if fitting else None
        if self.vm is not None and self.label and self.vm is not picked.get(self.label) and not read_only:
            orders.found(self.label, self.vm)
        if self.vm is None and self.label:
            noted = _sure(picked.get(self.label))
            self.vm = noted and orders.in_full(noted)
            self.was_ordered = self.vm is None and orders.is_pending(self.label)
            if self.vm is None and not self.was_ordered:
                self._refuse_nameless(listed)
        self.before = managed(self.vm)

    def _refuse_nameless(self, listed: Sequence[VmRecord]) -> None:
        nameless = [vm["id"] for vm in listed if not vm["label"]]
        if nameless:
            raise LookupFailed(
                f"No VM of service {self.service_id} is labelled '{self.label}', but the portal reports no name for: "
                f"{', '.join(nameless)}. One of them may be meant: give its vmid."
            )

    @property
    def names_template(self) -> bool:
        template = self.options["template"]
        if template is None or self.failed:
            return False
        told = (self.vm["template"], self.vm["template_name"]) if self.vm else ()
        return self.state == "rebuilt" or template not in told

    @property
    def needs_details(self) -> bool:
        """Whether the list does not tell what the plan compares."""
        if self.vm is None or self.failed or self.state == "absent":
            return False
        shown: Mapping[str, Any] = self.vm
        untold = any(shown[name] is None for name in SIZES if self.options[name] is not None)
        template = self.options["template"] is not None and not (self.vm["template"] or self.vm["template_name"])
        return untold or template or self.vm["state"] is None

    def plan(self, vms: Vms, warn: Callable[[str], None]) -> None:
        """Decide what leads to what is wanted: by the same ``plan`` as one VM."""
        if self.vm is not None and self.state != "absent" and is_being_destroyed(self.vm["state"]):
            raise NotFound(f"{self.name} is being destroyed. Run the task again when it is gone to create it anew.")
        template, templates = None, []
        if self.names_template:
            rebuilt = self.vm["id"] if self.vm and self.state == "rebuilt" else None
            templates, template = vms.templates(rebuilt), vms.template(self.options["template"], rebuilt)
        sizes = {name: self.options[name] for name in SIZES}
        desired = DesiredVm(
            *(self.name, self.state, self.label, template),
            **sizes,
            force=self.force,
            when_unknown=self.options["when_unknown"] or "fail",
            templates=tuple(templates),
        )
        if self.vm is None and self.state != "absent" and not self.was_ordered:
            self._ensure_creatable(desired)
        for note in notes(self.vm, desired) if self.vm else ():
            warn(note)
        self.steps = list(plan(self.vm, desired, self.service_id))
        if self.was_ordered:
            self.steps = self.steps[1:] if self.is_creating else [Destroy()]
            self._is_done = _is_settled
        elif self.vm is not None and is_being_destroyed(self.vm["state"]):
            self._is_done = Destroy().is_done  # somebody else destroys it
            self.steps = []
        elif self.steps and self.vm is not None and is_in_transition(self.vm):
            self._is_done = _is_settled

    def _ensure_creatable(self, desired: DesiredVm) -> None:
        missing = [name for name in desired.missing_to_create if name != "label" or self.vmid]
        creates = self.label and self.state in CREATING
        if missing or not creates:
            how = f" To create it, give {', '.join(missing)} too." if missing and creates else ""
            raise LookupFailed(f"There is no {self.name}.{how}")

    # -- how far it is -----------------------------------------------------------------------------------------------

    @property
    def is_creating(self) -> bool:
        return bool(self.steps) and isinstance(self.steps[0], Create)

    @property
    def changed(self) -> bool:
        return bool(self.done)

    def is_ready(self, wait: bool) -> bool:
        """Whether its next transition may be sent now."""
        if self.failed or not self.steps or self._is_done is not None:
            return False
        return wait or not self.done

    def is_waiting(self, wait: bool) -> bool:
        return not self.failed and self._is_done is not None and (wait or self.vm is None)

    def begin(self, clock: Clock) -> VmTransition:
        """Take the next transition; from now on it is waited for."""
        transition = self.steps.pop(0)
        self.done.append(transition)
        self._is_done = transition.is_done
        if transition.looks_the_same:
            self._is_done = SeenToChange(transition.is_done, clock)
        return transition

    def refused(self) -> None:
        """The portal did not take it: it was not done."""
        self.done.pop()

    def try_again(self) -> None:
        """The portal was too busy to create it."""
        self._is_done = None

    def postpone(self) -> None:
        """The portal was too busy for it: send it again when the VM is at nothing."""
        self.steps.insert(0, self.done.pop())
        self._is_done = _is_settled

    @property
    def awaited(self) -> str:
        if self.done:
            return self.done[-1].description
        return "to end what it is doing" if self.vm else "to be ordered, for which the portal was too busy"

    @property
    def is_ordered(self) -> bool:
        """Whether its creation was sent, by this run or an earlier one."""
        return self.was_ordered or (bool(self.done) and isinstance(self.done[0], Create))

    @property
    def outcome_unknown(self) -> bool:
        """Whether what failed may have taken effect."""
        return bool(self.error and self.error.outcome_unknown)

    def appeared(self, picked: Picked) -> None:
        """It was ordered; *picked* tells whether it is listed now."""
        vm = _sure(picked[self.label or ""])
        if vm is not None:
            self.vm = vm
            if tells_state(vm):
                self.observe(vm)

    @property
    def is_thin(self) -> bool:
        """Whether it is through, and the list told less of it than its details would."""
        vm = self.vm
        through = vm is not None and not self.failed and self._is_done is None and not self.steps
        return through and vm is not None and (vm["memory"] is None or not (vm["ipv4"] or vm["ipv6"]))

    def learn(self, vm: VmRecord) -> None:
        self.vm = vm

    def observe(self, vm: Vm) -> None:
        """What a round of polling shows of it."""
        if vm is None and not self._may_go:
            return self.fail(NotFound(f"{self.name} is not there any more. Somebody else may have destroyed it."))
        self.vm = None if vm is None else cast("VmRecord", {**(self.vm or vm), **_told(vm)})
        if self._is_done is not None and self._is_done(self.vm):
            self._is_done = None
            self._skip_what_is_done()

    def is_told_by(self, listed: Vm) -> bool:
        """Whether the list shows what it is waited for, or at least that it is not so yet."""
        if listed is None or not tells_state(listed):
            return listed is None
        step = self.done[-1] if self.done else None
        return step is None or step.shows_in(listed) or not is_stable(listed)

    @property
    def _may_go(self) -> bool:
        return self.state == "absent"

    def _skip_what_is_done(self) -> None:
        while self.steps and not self.steps[0].looks_the_same and self.steps[0].is_done(self.vm):
            self.steps.pop(0)
        if self.vm is None:
            self.steps = []

    def vanished(self) -> None:
        """It went before it could be destroyed: that is what was wanted."""
        if not self._may_go:
            return self.fail(NotFound(f"{self.name} is not there any more. Somebody else may have destroyed it."))
        self.vm, self.steps, self._is_done = None, [], None

    def predict(self) -> None:
        """Check mode: as if all had been done."""
        while self.steps:
            step = self.steps.pop(0)
            if self.done and not step.looks_the_same and step.is_done(self.vm):
                continue
            self.vm = step.predict(self.vm)
            self.done.append(step)

    # -- the result --------------------------------------------------------------------------------------------------

    def result(self) -> dict[str, Any]:
        after = managed(self.vm)
        return {
            "label": self.label or (self.vm["label"] if self.vm else None),
            "vmid": self.vm["id"] if self.vm else self.vmid,
            "action": self.action,
            "changed": self.changed,
            "failed": self.failed,
            "msg": str(self.error) if self.error else None,
            "vm": self.vm,
            "diff": {"before": self.before, "after": after},
        }

    @property
    def action(self) -> str:
        kinds = [type(step) for step in self.done]
        if not kinds:
            return "none"
        if Create in kinds:
            return "created"
        last = self.done[-1]
        return ("started" if last.power == "on" else "stopped") if isinstance(last, Power) else ACTIONS[kinds[-1]]


def _is_settled(vm: Vm) -> bool:
    return vm is None or not is_in_transition(vm)


def _sure(picked: VmRecord | LookupFailed | None) -> Vm:
    if isinstance(picked, LookupFailed):
        raise picked
    return picked


def _told(vm: VmRecord) -> dict[str, Any]:
    """What a list tells. Of its state it is believed as a whole: what details told earlier must not outlive it."""
    of_state = ("state", "power", "built", "locked")
    return {key: value for key, value in vm.items() if key in of_state or value not in (None, [])}
