# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to a VM, and which of it leads from what there is to what is desired: ``plan``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional, cast

from .._core.change.transition import Transition
from .._core.errors import InvalidInput, LookupFailed
from .._core.reading.comparison import ANOTHER, SAME, UNKNOWN, Comparison
from .._core.reading.lookup import listing, there_is
from .._core.reading.vocabulary import is_being_destroyed, leads_to
from .api import Vms
from .record import VmRecord, compare_vm_template, is_in_transition, is_stable, to_vm

Vm = Optional[VmRecord]

SIZES = ("memory", "cpu", "disk")
MANAGED = ("label", "template", *SIZES, "power")
POWERS = {"started": "on", "stopped": "off"}
#: States that a VM which does not exist can be created for.
CREATING = ("present", "started", "stopped")


@dataclass(frozen=True)
class DesiredVm:
    """What a task requests of a VM.

    :ivar name: for messages: "VM web1 of service 101". :ivar state: as the option of M(sindad.cloud.vm) says.
    :ivar template: the one of *templates* that is desired, as a record.
    :ivar memory: in MB. :ivar disk: in GB.
    """

    name: str
    state: str
    label: str | None = None
    template: dict[str, Any] | None = None
    memory: int | None = None
    cpu: int | None = None
    disk: int | None = None
    force: bool = False
    when_unknown: str = "fail"
    templates: Sequence[dict[str, Any]] = field(default=(), repr=False)

    @classmethod
    def of(cls, options: Mapping[str, Any], name: str, label: str | None, vms: Vms, vm: Vm) -> DesiredVm:
        """Return what *options* request of *vm*, with the template that they name.

        The templates are read only if *vm* does not show the requested one by the very word of the task.

        :raises LookupFailed: if the template is unknown.
        """
        state, word = options["state"], options["template"]
        template, templates = None, []
        shown = (vm["template"], vm["template_name"]) if vm else ()
        if word is not None and state != "absent" and (state == "rebuilt" or word not in shown):
            rebuilt = vm["id"] if vm and state == "rebuilt" else None
            templates, template = vms.templates(rebuilt), vms.template(word, rebuilt)
        return cls(
            *(name, state, label, template),
            **{size: options[size] for size in SIZES},
            force=bool(options["force"]),
            when_unknown=options["when_unknown"] or "fail",
            templates=tuple(templates),
        )

    def ensure_creatable(self, listed: Sequence[VmRecord], vmid: str | None = None) -> None:
        """Refuse a VM that does not exist and cannot be created from what the task says.

        :param listed: the VMs that there are, for the message. :raises LookupFailed: naming what is missing.
        """
        creates = self.label is not None and self.state in CREATING
        missing = [name for name in ("label", "template", *SIZES) if getattr(self, name) is None]
        if missing or not creates:
            there = there_is(self.label or vmid or "", listed, ("label",))
            how = f" To create it, specify {', '.join(missing)} too." if creates else ""
            raise LookupFailed(f"There is no {self.name}. {there}{how}")

    def compare_template(self, vm: VmRecord) -> Comparison:
        """Whether *vm* says that it was made from the desired template."""
        return UNKNOWN if self.template is None else compare_vm_template(vm, self.template, self.templates)


def existing(vm: Vm) -> VmRecord:
    """Return the record of a VM that is there."""
    if vm is None:
        raise AssertionError("a VM that exists")
    return vm


class VmTransition(Transition[Vms, Vm]):
    """A change of one VM; its record is None while there is none."""

    def shows_in(self, listed: VmRecord) -> bool:
        """Whether *listed*, which may hold less than the details, shows whether it is done."""
        return True


@dataclass(frozen=True)
class Create(VmTransition):
    desired: DesiredVm
    service_id: str
    description = "to be created"
    is_paid = True

    @property
    def label(self) -> str:
        return self.desired.label or ""

    def send(self, api: Vms, record: Vm) -> Any:
        return api.create(self.label, self._template["id"], *self._sizes.values())

    def is_done(self, record: Vm) -> bool:
        return record is not None and is_stable(record)

    def has_begun(self, record: Vm) -> bool:
        return record is not None

    def predict(self, record: Vm) -> Vm:
        expected = {"label": self.desired.label, "template": self._template["id"], **self._sizes}
        vm = to_vm(self.service_id, {**expected, "template_name": self._template["name"]})
        return {**vm, "power": POWERS.get(self.desired.state, "on")}

    @property
    def _template(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self.desired.template)

    @property
    def _sizes(self) -> dict[str, int]:
        return {name: getattr(self.desired, name) for name in SIZES}


@dataclass(frozen=True)
class Resize(VmTransition):
    memory: int | None
    cpu: int | None
    description = "to be resized"

    def send(self, api: Vms, record: Vm) -> Any:
        return api.resize(existing(record)["id"], self.memory, self.cpu)

    def is_done(self, record: Vm) -> bool:
        return self._fits(existing(record)) and not is_in_transition(existing(record))

    def has_begun(self, record: Vm) -> bool:
        return self._fits(existing(record)) or is_in_transition(existing(record))

    def predict(self, record: Vm) -> Vm:
        return {**existing(record), "memory": self.memory, "cpu": self.cpu}

    def shows_in(self, listed: VmRecord) -> bool:
        return None not in (listed["memory"], listed["cpu"])

    def _fits(self, vm: VmRecord) -> bool:
        return (vm["memory"], vm["cpu"]) == (self.memory, self.cpu)


@dataclass(frozen=True)
class Power(VmTransition):
    """Start or stop: *power* is on or off."""

    power: str

    @property
    def description(self) -> str:  # type: ignore[override]
        return "to be running" if self.power == "on" else "to be stopped"

    def send(self, api: Vms, record: Vm) -> Any:
        call = api.start if self.power == "on" else api.stop
        return call(existing(record)["id"])

    def is_done(self, record: Vm) -> bool:
        return existing(record)["power"] == self.power and is_stable(existing(record))

    def has_begun(self, record: Vm) -> bool:
        return existing(record)["power"] == self.power or is_in_transition(existing(record))

    def predict(self, record: Vm) -> Vm:
        return {**existing(record), "power": self.power}


@dataclass(frozen=True)
class Restart(VmTransition):
    description = "to be restarted"
    looks_the_same = True

    def send(self, api: Vms, record: Vm) -> Any:
        return api.reboot(existing(record)["id"])

    def is_done(self, record: Vm) -> bool:
        return existing(record)["power"] == "on" and is_stable(existing(record))

    def has_begun(self, record: Vm) -> bool:
        return not is_stable(existing(record))

    def predict(self, record: Vm) -> Vm:
        return {**existing(record), "power": "on"}


@dataclass(frozen=True)
class Rebuild(VmTransition):
    """Install the desired template anew.

    :ivar shows: whether the VM will show by its template that this one was installed: it has another one now.
    """

    desired: DesiredVm
    shows: bool = True
    looks_the_same = True
    destroys = True

    @property
    def description(self) -> str:  # type: ignore[override]
        return f"to be rebuilt with {self._template['name']}"

    def send(self, api: Vms, record: Vm) -> Any:
        return api.rebuild(existing(record)["id"], self._template["id"])

    def is_done(self, record: Vm) -> bool:
        return self.desired.compare_template(existing(record)) is not ANOTHER and is_stable(existing(record))

    def has_begun(self, record: Vm) -> bool:
        installed = self.shows and self.desired.compare_template(existing(record)) is SAME
        return is_in_transition(existing(record)) or installed

    def shows_in(self, listed: VmRecord) -> bool:
        return not _is_silent(listed)

    def predict(self, record: Vm) -> Vm:
        return {**existing(record), "template": self._template["id"], "template_name": self._template["name"]}

    @property
    def _template(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self.desired.template)


@dataclass(frozen=True)
class Destroy(VmTransition):
    description = "to be destroyed"
    destroys = True

    def send(self, api: Vms, record: Vm) -> Any:
        return api.destroy(existing(record)["id"])

    def is_done(self, record: Vm) -> bool:
        return record is None

    def has_begun(self, record: Vm) -> bool:
        return record is None or is_being_destroyed(record["state"])

    def predict(self, record: Vm) -> Vm:
        return None


def plan(vm: Vm, desired: DesiredVm, service_id: str = "") -> list[VmTransition]:
    """Return what leads from *vm* to what is desired, in order. It reads nothing, and sends nothing.

    A VM that is at work, or is being destroyed, has to come to its end before; see ``VmState``.

    :raises InvalidInput: if the API cannot do it, or must not without ``force``.
    """
    if desired.state == "absent":
        return [] if vm is None else [Destroy()]
    if vm is None:
        power = POWERS.get(desired.state)
        return [Create(desired, service_id), *([Power(power)] if power else [])]
    ensure_possible(vm, desired)
    return [*_resizing(vm, desired), *_finishing(vm, desired)]


def ensure_possible(vm: VmRecord, desired: DesiredVm) -> None:
    """Refuse what the API cannot change: the disk."""
    if desired.disk is not None and vm["disk"] is not None and desired.disk != vm["disk"]:
        raise InvalidInput(
            f"{desired.name} has a disk of {vm['disk']} GB, and the API cannot change it to {desired.disk} GB. "
            "Leave disk out, or create another VM."
        )


def notes(vm: VmRecord, desired: DesiredVm) -> list[str]:
    """Return what is requested but left as it is, for warnings."""
    untold = [name for name in ("memory", "cpu") if getattr(desired, name) is not None and vm[name] is None]
    told = [f"The portal does not report the {name} of {desired.name}: it is left as it is." for name in untold]
    if desired.template is None:
        return told
    answer, wanted = desired.compare_template(vm), desired.template["name"]
    if desired.state != "rebuilt" and answer is ANOTHER:
        told.append(f"{desired.name} was made from {_wording(vm)}, not {wanted}. To install that, use state=rebuilt.")
    if desired.state == "rebuilt" and answer is UNKNOWN and not desired.force and desired.when_unknown == "keep":
        told.append(f"The portal calls the template of {desired.name} {_wording(vm)}, which was taken for {wanted}.")
    return told


def _resizing(vm: VmRecord, desired: DesiredVm) -> list[VmTransition]:
    """Both sizes are sent; one that the portal does not report stays as it is."""
    memory = vm["memory"] and (desired.memory or vm["memory"])
    cpu = vm["cpu"] and (desired.cpu or vm["cpu"])
    return [] if (vm["memory"], vm["cpu"]) == (memory, cpu) else [Resize(memory=memory, cpu=cpu)]


def _finishing(vm: VmRecord, desired: DesiredVm) -> list[VmTransition]:
    if desired.state == "restarted":
        return _powering(vm, "on") if vm["power"] == "off" else [Restart()]
    if desired.state == "rebuilt":
        return _rebuilding(vm, desired)
    return _powering(vm, POWERS[desired.state]) if desired.state in POWERS else []


def _rebuilding(vm: VmRecord, desired: DesiredVm) -> list[VmTransition]:
    """Install the template if the VM has another; on a wording that tells neither, as ``when_unknown`` says."""
    answer = desired.compare_template(vm)
    if answer is UNKNOWN and not desired.force and desired.when_unknown == "fail":
        wanted = desired.template["name"] if desired.template else ""
        raise InvalidInput(
            f"It cannot be told whether {desired.name} has the template {wanted}: the portal calls what it has "
            f"{_wording(vm)}. It was compared with: {listing(desired.templates)}. Nothing was changed. To install "
            f"{wanted} anyway, use force=true; to take what is there for it, use when_unknown=keep."
        )
    installs = desired.force or answer is ANOTHER or (answer is UNKNOWN and desired.when_unknown == "install")
    return [Rebuild(desired, shows=answer is ANOTHER)] if installs else []


def _wording(vm: VmRecord) -> str:
    """What the portal calls the template of a VM, for a message."""
    words = [word for word in (vm["template_name"], vm["template"]) if word]
    return f"'{words[0]}'" if words else "nothing"


def _powering(vm: VmRecord, power: str) -> list[VmTransition]:
    return [] if power in (vm["power"], leads_to(vm["state"])) else [Power(power)]


def managed(vm: Vm) -> dict[str, Any]:
    """What the diff shows of a VM."""
    shown: Mapping[str, Any] = vm or {}
    return {name: shown[name] for name in MANAGED if shown}


def _is_silent(vm: VmRecord) -> bool:
    return not (vm["template"] or vm["template_name"])
