# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual machines of one service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._core.errors import AuthenticationFailed, EmptyResponse, NotFound, PortalError
from .._core.http.client import Client
from .._core.http.concurrency import WORKERS, map_concurrently
from .._core.reading.lookup import CHOICE_KEYS, choose, to_choice
from .._core.response.envelope import entry
from .._service.api import MAY_NOT_BE_OFFERED, Service
from .naming import bearing, only_one, own_label, refuse_nameless
from .record import ID, VM_KEYS, VmRecord, is_stable, to_vm

# Below the method ``list`` the name means the method.
VmRecords = list[VmRecord]
Templates = list[dict[str, Any]]


class Vms:
    """/service/@id/vms and what is below it."""

    def __init__(self, client: Client, service_id: str):
        self.client = client
        self.service_id = service_id
        self.workers = WORKERS
        self._templates: dict[str | None, Templates] = {}
        self._labels: dict[str, str | None] = {}  # of VMs whose labels only their details tell

    # -- reading -----------------------------------------------------------------------------------------------------

    def list(self) -> VmRecords:
        """GET /service/@id/vms. How much a record holds depends on the backend; it may lack even the label."""
        listed = self.client.get_list("/service/@id/vms", "vms", known=VM_KEYS, identity=ID, id=self.service_id)
        return [to_vm(self.service_id, each) for each in listed]

    def get(self, listed: VmRecord) -> VmRecord:
        """GET /service/@id/vms/@vmid: the full record of a VM that the list gave; id and label are the list's."""
        answer = self.client.get("/service/@id/vms/@vmid", id=self.service_id, vmid=listed["id"])
        try:
            details = entry(answer, "vm", "vms", key=listed["id"], known=VM_KEYS)
        except EmptyResponse:
            raise NotFound(f"The portal answered nothing for VM {listed['id']} of service {self.service_id}.") from None
        record = to_vm(self.service_id, {**listed["raw"], "id": listed["id"]}, details)
        # What the details call it may be the backend's own: whoever gives this id or label must find this VM again.
        return {**record, "id": listed["id"], "label": listed["label"] or record["label"]}

    def get_if_there(self, listed: VmRecord) -> VmRecord | None:
        """Return the full record of a VM that was just listed; None if it has vanished since.

        :raises PortalError: if the portal refuses its details, in whatever words, and still lists it. It may be too
            new for them: a task that waits asks again.
        """
        try:
            return self.get(listed)
        except (*MAY_NOT_BE_OFFERED, AuthenticationFailed) as error:
            if any(vm["id"] == listed["id"] for vm in self.list()):
                error.is_passing = True
                raise
            return None

    def by_id(self, vmid: str | None) -> VmRecord | None:
        """Return the VM as the list shows it; None if two reads in a row do not list it."""
        reads = (self.list() for _read in range(2))
        return next((vm for listed in reads for vm in listed if vm["id"] == vmid), None)

    def labelled(self) -> VmRecords:
        """Return the list with labels: where the list has none, the details have; None where both have none."""
        listed = self.list()
        self._read_labels([vm for vm in listed if not vm["label"]])
        return [{**vm, "label": vm["label"] or self._labels.get(vm["id"])} for vm in listed]

    def all(self) -> VmRecords:
        """Every VM with its full details."""
        return [vm for vm in map_concurrently(self.list(), self.get_if_there) if vm is not None]

    def find(self, label: str | None = None, vmid: str | None = None) -> VmRecord | None:
        """Return the VM with this label or id, in full, or None.

        :raises LookupFailed: if several have the label, or if none has it while some VMs have no readable name.
        """
        if label is None:
            found = self.by_id(str(vmid).strip())
        else:
            listed = self.labelled()
            found = self.named(label, listed)
            if found is None:
                refuse_nameless(label, listed, self.service_id)
        return found and self.get_if_there(found)

    def named(self, label: str, listed: Sequence[VmRecord]) -> VmRecord | None:
        """Return the one of *listed* that bears *label*.

        A list may name VMs by their host names while their details have the labels: those are read before a label is
        taken for missing.

        :param listed: as :meth:`labelled` gives it. :raises LookupFailed: if several bear the label.
        """
        fitting = bearing(label, listed)
        if not fitting:
            unlabelled = [vm for vm in listed if vm["label"] and not own_label(vm)]
            self._read_labels(unlabelled)
            shown: VmRecords = [{**vm, "label": self._labels.get(vm["id"])} for vm in unlabelled]
            ids = {vm["id"] for vm in bearing(label, shown)}
            fitting = [vm for vm in unlabelled if vm["id"] in ids]
        return only_one(label, fitting, self.service_id)

    def _read_labels(self, listed: VmRecords) -> None:
        """Read the details of those of *listed* whose labels are not known from there yet."""
        unread = [vm for vm in listed if vm["id"] not in self._labels]
        for vm in map_concurrently(unread, self._details_or_none, self.workers, self.client.stop):
            if vm is not None and (vm["label"] or is_stable(vm)):
                self._labels[vm["id"]] = own_label(vm) or vm["label"]

    def _details_or_none(self, listed: VmRecord) -> VmRecord | None:
        try:
            return self.get_if_there(listed)
        except PortalError as error:
            if not error.is_passing:
                raise
            return None

    def templates(self, rebuilt: str | None = None) -> Templates:
        """GET /service/@id/templates; of the VM *rebuilt*, what it can be rebuilt with, if that is listed."""
        if rebuilt not in self._templates:
            self._templates[rebuilt] = self._rebuild_templates(rebuilt) if rebuilt else self._listed_templates()
        return self._templates[rebuilt]

    def template(self, wanted: str, rebuilt: str | None = None) -> dict[str, Any]:
        """The template with this id or name."""
        where = f"on service {self.service_id}" if rebuilt is None else f"for VM {rebuilt} of service {self.service_id}"
        return choose(wanted, self.templates(rebuilt), "template", where)

    def _listed_templates(self, route: str = "/service/@id/templates", **ids: Any) -> Templates:
        keys = CHOICE_KEYS
        listed = self.client.get_list(route, "templates", known=keys, identity=keys, id=self.service_id, **ids)
        return [to_choice(each) for each in listed]

    def _rebuild_templates(self, vmid: str) -> Templates:
        """GET /service/@id/vms/@vmid/rebuild [V, prose; C]; where it is not offered, the templates of the service."""
        try:
            own = self._listed_templates("/service/@id/vms/@vmid/rebuild", vmid=vmid)
        except MAY_NOT_BE_OFFERED as error:
            Service(self.client, self.service_id).routes_without(error)
            own = []
        return own or self.templates()

    # -- changing ----------------------------------------------------------------------------------------------------

    def create(self, label: str, template: str, memory: int, cpu: int, disk: int) -> Any:
        """POST /service/@id/vms. *memory* in MB, *disk* in GB. The answer gives no id."""
        body = {"label": label, "template": template, "memory": str(memory), "cpu": str(cpu), "disk": str(disk)}
        return self.client.post("/service/@id/vms", body, id=self.service_id)

    def resize(self, vmid: str, memory: int | None, cpu: int | None) -> Any:
        """PUT /service/@id/vms/@vmid. *memory* in MB; None leaves one out."""
        body = {key: str(value) for key, value in (("memory", memory), ("cpu", cpu)) if value is not None}
        return self.client.put("/service/@id/vms/@vmid", body, id=self.service_id, vmid=vmid)

    def destroy(self, vmid: str) -> Any:
        """DELETE /service/@id/vms/@vmid."""
        return self.client.delete("/service/@id/vms/@vmid", id=self.service_id, vmid=vmid)

    def start(self, vmid: str) -> Any:
        """POST /service/@id/vms/@vmid/start."""
        return self._post("start", vmid)

    def stop(self, vmid: str) -> Any:
        """POST /service/@id/vms/@vmid/stop."""
        return self._post("stop", vmid)

    def reboot(self, vmid: str) -> Any:
        """POST /service/@id/vms/@vmid/reboot."""
        return self._post("reboot", vmid)

    def rebuild(self, vmid: str, template: str) -> Any:
        """POST /service/@id/vms/@vmid/rebuild: install *template* (an id) anew; the VM's data is lost."""
        return self._post("rebuild", vmid, {"template": template})

    def rescue(self, vmid: str) -> Any:
        """POST /service/@id/vms/@vmid/rescue: reboot into rescue mode."""
        return self._post("rescue", vmid)

    def unrescue(self, vmid: str) -> Any:
        """POST /service/@id/vms/@vmid/unrescue: reboot out of rescue mode."""
        return self._post("unrescue", vmid)

    def _post(self, action: str, vmid: str, body: dict[str, Any] | None = None) -> Any:
        return self.client.post(f"/service/@id/vms/@vmid/{action}", body, id=self.service_id, vmid=vmid)
