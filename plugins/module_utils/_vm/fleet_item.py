# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One VM of a fleet: what is desired of it, how far it is, and what becomes its result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from .._core.change.polling import RESUME_ADVICE, SeenToChange
from .._core.errors import NotFound, PortalError, SindadError
from .._core.reading.values import to_text
from .._core.reading.vocabulary import is_being_destroyed
from .api import Vms
from .orders import LOST_FOR_S, NONE, NOT_LISTED, REFUSED_FOR_S, Found
from .record import VmRecord, is_in_transition, is_stable, tells_state
from .state import LOOK_ADVICE
from .transitions import (
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

    def __init__(self, options: Mapping[str, Any], state: str, vms: Vms):
        self.options, self.vms, self.clock = {**options, "state": options["state"] or state}, vms, vms.client.clock
        self.label, self.vmid = to_text(options["label"]), to_text(options["vmid"])
        self.state: str = self.options["state"]
        self.name = f"VM {self.label or self.vmid} of service {vms.service_id}"
        self.was_ordered = False  # by an earlier run, and not listed yet
        self.found, self.desired = NONE, DesiredVm(self.name, self.state)
        self.vm: Vm = None
        self.before: dict[str, Any] = {}
        self.steps: list[VmTransition] = []
        self.done: list[VmTransition] = []
        self.error: SindadError | None = None
        self._is_done: Callable[[Vm], bool] | None = None
        self._refusal: PortalError | None = None  # of its order, which may have been placed
        self._refused_at = 0.0
        self._missing_since: float | None = None

    @classmethod
    def purged(cls, vm: VmRecord, vms: Vms) -> FleetItem:
        """A VM that nobody listed, and that is destroyed for it."""
        options = {
            **dict.fromkeys((*SIZES, "template", "label", "force", "when_unknown")),
            "vmid": vm["id"],
            "state": "absent",
        }
        item = cls(options, "absent", vms)
        item.label, item.name = vm["label"], f"VM {vm['label']} of service {vms.service_id}"
        item.found, item.vm, item.before = Found(vm), vm, managed(vm)
        return item

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

    def find(self, found: Mapping[str, Found], listed: Sequence[VmRecord]) -> None:
        """Take the VM of *listed* with the id, or what *found* says of the label."""
        named = found[self.label] if self.label else Found(next((vm for vm in listed if vm["id"] == self.vmid), None))
        if named.unclear:
            raise named.unclear
        self.found, self.vm, self.was_ordered = named, named.vm, named.is_pending
        self.before = managed(self.vm)

    @property
    def is_unseen(self) -> bool:
        """Whether there is no sign of the VM."""
        return self.vm is None and not (self.failed or self.was_ordered)

    @property
    def is_doubtful(self) -> bool:
        """Whether more reads are needed before it is ordered."""
        return not self.failed and (self.is_creating or self.found.was_refused)

    @property
    def needs_details(self) -> bool:
        """Whether the list does not show what the plan compares."""
        if self.vm is None or self.failed or self.state == "absent":
            return False
        shown: Mapping[str, Any] = self.vm
        lacks_size = any(shown[name] is None for name in SIZES if self.options[name] is not None)
        template = self.options["template"] is not None and not (self.vm["template"] or self.vm["template_name"])
        return lacks_size or template or self.vm["state"] is None

    def plan(self, listed: Sequence[VmRecord], warn: Callable[[str], None]) -> None:
        """Decide what leads to what is desired: by the same ``plan`` as one VM."""
        if self.vm is not None and self.state != "absent" and is_being_destroyed(self.vm["state"]):
            raise NotFound(f"{self.name} is being destroyed. Nothing is done to it.")
        self.desired = DesiredVm.of(self.options, self.name, self.label, self.vms, self.vm)
        if self.is_unseen and self.state != "absent":
            self.desired.ensure_creatable(listed, self.vmid)
        for note in notes(self.vm, self.desired) if self.vm else ():
            warn(note)
        self.steps = list(plan(self.vm, self.desired, self.vms.service_id))
        if self.steps and self.vm is not None:
            self.found.ensure_known()
        if self.was_ordered:
            self.steps = self.steps[1:] if self.is_creating else [Destroy()]
            self._is_done = _is_settled
        elif self.vm is not None and is_being_destroyed(self.vm["state"]):
            self.leave_to_others()
        elif self.steps and self.vm is not None and is_in_transition(self.vm):
            self._is_done = _is_settled

    def leave_to_others(self) -> None:
        """Send nothing for the next step: it is not due any more. A VM that is being destroyed is waited for."""
        step = self.steps.pop(0)
        if isinstance(step, Destroy):
            self._is_done = step.is_done

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

    def begin(self) -> VmTransition:
        """Take the next transition; from now on it is waited for."""
        transition = self.steps.pop(0)
        self.done.append(transition)
        self._is_done = transition.is_done
        if transition.looks_the_same:
            self._is_done = SeenToChange(transition.is_done, self.clock)
        return transition

    def refused(self) -> None:
        """The portal did not take it: it was not done."""
        self.done.pop()

    def look_for(self, create: Create, refusal: PortalError) -> None:
        """The portal refused to create it, in words that do not rule out that it did."""
        self.done.append(create)
        self._refusal, self._refused_at = refusal, self.clock.monotonic()

    def give_up(self, after: float = REFUSED_FOR_S) -> None:
        """Fail with the refusal of the order, once its VM was looked for *after* so many seconds."""
        waited = self.clock.monotonic() - self._refused_at
        if self._refusal and self.vm is None and not self.failed and waited >= after:
            self.refused()
            self._refusal.args = (f"{self._refusal} {self.name} did not come up within {waited:.0f} s after that.",)
            self.fail(self._refusal)

    def postpone(self) -> None:
        """The portal was too busy for it: send it again when the VM is idle."""
        self.steps.insert(0, self.done.pop())
        self.settle()

    def settle(self) -> None:
        """Wait until the VM has finished its current operation."""
        self._is_done = _is_settled

    @property
    def has_begun(self) -> bool:
        """Whether what was sent last shows already."""
        return self._is_done is None or not self.done or self.done[-1].has_begun(self.vm)

    @property
    def awaited(self) -> str:
        if self.done:
            return self.done[-1].description
        return "to finish its current operation" if self.vm else "to be listed"

    @property
    def advice(self) -> str:
        """What a person can do if it takes too long. Nothing that could buy, or install, once more."""
        if self.vm is None and self.is_ordered:
            return NOT_LISTED
        return LOOK_ADVICE if self.done and self.done[-1].looks_the_same and self.done[-1].destroys else RESUME_ADVICE

    @property
    def is_ordered(self) -> bool:
        """Whether its creation was sent, by this run or an earlier one."""
        return self.was_ordered or (bool(self.done) and isinstance(self.done[0], Create))

    def appeared(self, found: Found) -> None:
        """It was ordered; *found* says whether it is listed now."""
        if found.unclear:
            raise found.unclear
        if found.vm is None:
            return
        self.found, self.vm = found, found.vm
        if self.steps:
            found.ensure_known()
        if tells_state(found.vm):
            self.observe(found.vm)

    @property
    def is_thin(self) -> bool:
        """Whether it is through, and the list showed less of it than its details would."""
        vm = self.vm
        through = vm is not None and not self.failed and self._is_done is None and not self.steps
        return through and vm is not None and (vm["memory"] is None or not (vm["ipv4"] or vm["ipv6"]))

    def learn(self, vm: Vm) -> None:
        self.vm = vm

    def observe(self, vm: Vm) -> None:
        """What a round of polling shows of it."""
        if vm is None and not self._may_go:
            self._missing_since = self._missing_since or self.clock.monotonic()
            if self.clock.monotonic() - self._missing_since < LOST_FOR_S:
                return None  # a front end of the portal may lag
            return self.fail(
                NotFound(f"{self.name} no longer exists; it may have been destroyed outside of this task.")
            )
        self._missing_since = None
        self.vm = None if vm is None else cast("VmRecord", {**(self.vm or vm), **_shown(vm)})
        if self._is_done is not None and self._is_done(self.vm):
            self._is_done = None
            self._skip_what_is_done()

    def is_shown_by(self, listed: Vm) -> bool:
        """Whether the list shows what is waited for, or at least that it is not so yet."""
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
        """It went before it could be destroyed: that is what was desired."""
        if not self._may_go:
            return self.fail(
                NotFound(f"{self.name} no longer exists; it may have been destroyed outside of this task.")
            )
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


def _shown(vm: VmRecord) -> dict[str, Any]:
    """What a list shows. Its state is taken as a whole: what details showed earlier must not outlive it."""
    of_state = ("state", "power", "built", "locked")
    return {key: value for key, value in vm.items() if key in of_state or value not in (None, [])}
