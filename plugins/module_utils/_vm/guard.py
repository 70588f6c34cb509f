# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last check before a VM loses its data: is it the one that is meant, is that still due, and may it?"""

from __future__ import annotations

from .._core.errors import Busy, InvalidInput, LookupFailed
from .._core.reading.comparison import SAME, compare_label
from .._core.reading.vocabulary import is_being_destroyed
from .._service.api import MAY_NOT_BE_OFFERED, Service
from .._service.protection import ensure_unprotected, label_of_service
from .._service.routes import speaks_of_routes
from .api import Vms
from .naming import own_label
from .record import VmRecord, is_in_transition, to_vm
from .transitions import DesiredVm, Destroy, VmTransition, plan


class Guard:
    """Refuses what destroys the data of a VM of one service that is protected, or not surely the one that is meant."""

    def __init__(self, vms: Vms):
        self.vms = vms
        self._service_label: str | None = None

    def recheck(
        self, vm: VmRecord, step: VmTransition, desired: DesiredVm, waits: bool
    ) -> tuple[VmRecord | None, VmTransition | None]:
        """Read *vm* once more, and plan again whether *step*, which destroys, is still due.

        :param waits: whether the task waits for a VM that is at work.
        :returns: the VM, None if it is gone; and the step, None if it is not due any more.
        :raises LookupFailed: if the list and the details name it differently, or not as they did before.
        :raises InvalidInput: if it, or its service, is tagged ``#protected`` and the task has no ``force``.
        :raises Busy: if it is at work and the task *waits*.
        """
        listed = self.vms.by_id(vm["id"])
        if listed is None:
            return None, None
        if isinstance(step, Destroy) and is_being_destroyed(listed["state"]):
            return listed, None
        now = self.vms.get_if_there(listed)
        if now is None:
            return None, None
        self._ensure_same(desired.name, vm, listed, now)
        if waits and is_in_transition(now):
            raise Busy(f"{desired.name} is currently {now['state'] or 'locked'}.")
        due = next((each for each in plan(now, desired) if type(each) is type(step)), None)
        if due and not desired.force:
            act = "destroy it" if isinstance(step, Destroy) else "install it anew"
            labels = (vm["label"], listed["label"], now["label"], own_label(now))
            ensure_unprotected(desired.name, act, *labels, self.service_label())
        return now, due

    def _ensure_same(self, name: str, vm: VmRecord, listed: VmRecord, now: VmRecord) -> None:
        """Compare like with like: labels with labels, and host names where one of the answers has no label."""
        details = to_vm(self.vms.service_id, now["raw"])
        pairs = [(vm["label"], now["label"]), (own_label(listed), own_label(now))]
        if None in pairs[1]:
            pairs.append((listed["hostname"], details["hostname"]))
        for pair in pairs:
            if all(pair) and compare_label(pair[0], pair[1] or "") is not SAME:
                names = ", ".join(sorted(map(str, pair)))
                raise LookupFailed(
                    f"The portal names the VM with the id {vm['id']} in several ways: {names}. Nothing was done "
                    f"to {name}, as it is not certain which VM would lose its data. Look at it in the portal."
                )

    def service_label(self) -> str:
        """The label of the service, read once."""
        if self._service_label is None:
            self._service_label = label_of_service(self.vms.client, self.vms.service_id)
        return self._service_label


def ensure_identified(vms: list[VmRecord]) -> None:
    """Refuse to purge while a VM of the service has no readable name: it could be one that is desired."""
    nameless = [vm["id"] for vm in vms if not vm["label"]]
    if nameless:
        raise InvalidInput(
            f"The portal reports no name for the VMs {', '.join(nameless)}, so it is not known which VMs are not "
            "listed in vms. Nothing was changed. Name VMs by vmid, or leave purge out."
        )


def ensure_none_protected(vms: Vms, act: str) -> None:
    """Refuse what destroys all VMs of a service, if one of them is tagged ``#protected``.

    :param act: what would be done: "cancel the service". :raises PortalError: if the VMs cannot be read.
    """
    for vm in _if_offered(vms):
        ensure_unprotected(f"VM {vm['label']} of service {vms.service_id}", act, vm["label"])


def _if_offered(vms: Vms) -> list[VmRecord]:
    """The VMs with their labels; none if the service is of another kind."""
    try:
        return vms.labelled()
    except MAY_NOT_BE_OFFERED as error:
        offered = Service(vms.client, vms.service_id).routes_without(error)
        if not (offered or speaks_of_routes(error.errors)):
            raise
        return []
