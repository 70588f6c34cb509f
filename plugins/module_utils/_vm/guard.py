# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last look before a VM loses its data: is it the one that is meant, and may it?"""

from __future__ import annotations

from .._core.errors import InvalidInput, LookupFailed
from .._service.api import MAY_NOT_BE_OFFERED, Service
from .._service.protection import ensure_unprotected, label_of_service
from .._service.routes import speaks_of_routes
from .api import Vms
from .record import VmRecord, to_vm
from .transitions import Destroy, VmTransition


class Guard:
    """Refuses what destroys the data of a VM of one service that is protected, or not surely the one that is meant."""

    def __init__(self, vms: Vms):
        self.vms = vms
        self._service_label: str | None = None

    def look_again(self, name: str, vm: VmRecord, transition: VmTransition, force: bool) -> VmRecord | None:
        """*vm* as it is now; None if it is gone.

        :raises LookupFailed: if the list and the details name it differently, or not as they did before.
        :raises InvalidInput: if it, or its service, is tagged ``#protected`` and *force* is not set.
        """
        listed = next((each for each in self.vms.list() if each["id"] == vm["id"]), None)
        if listed is None:
            return None
        now = self.vms.get(listed)
        in_details = to_vm(self.vms.service_id, now["raw"])
        names = {each["label"] for each in (vm, listed, now, in_details) if each["label"]}
        if len(names) > 1:
            raise LookupFailed(
                f"The portal names the VM with the id {vm['id']} in several ways: {', '.join(sorted(names))}. Nothing "
                f"was done to {name}, as it cannot be told which VM would lose its data. Look at it in the portal."
            )
        if not force:
            act = "destroy it" if isinstance(transition, Destroy) else "install it anew"
            ensure_unprotected(name, act, now["label"], self.service_label())
        return now

    def service_label(self) -> str:
        """The label of the service, read once."""
        if self._service_label is None:
            self._service_label = label_of_service(self.vms.client, self.vms.service_id)
        return self._service_label


def ensure_identified(vms: list[VmRecord]) -> None:
    """Refuse to purge while a VM of the service has no readable name: it could be one that is wanted."""
    nameless = [vm["id"] for vm in vms if not vm["label"]]
    if nameless:
        raise InvalidInput(
            f"The portal reports no name for the VMs {', '.join(nameless)}, so it cannot be told which VMs are not "
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
