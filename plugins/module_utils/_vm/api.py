# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual machines of one service."""

from __future__ import annotations

from typing import Any

from .._core.errors import EmptyResponse, LookupFailed, NotFound
from .._core.http.client import Client
from .._core.http.concurrency import map_concurrently
from .._core.reading.comparison import SAME, compare_label
from .._core.reading.lookup import CHOICE_KEYS, choose, listing, to_choice
from .._core.response.envelope import entry
from .._service.api import MAY_NOT_BE_OFFERED, Service
from .record import ID, VM_KEYS, VmRecord, to_vm

# Below the method ``list`` the name means the method.
VmRecords = list[VmRecord]
Templates = list[dict[str, Any]]


class Vms:
    """/service/@id/vms and what is below it."""

    def __init__(self, client: Client, service_id: str):
        self.client = client
        self.service_id = service_id
        self._templates: dict[str | None, Templates] = {}

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
        """The same; None if it vanished since it was listed."""
        try:
            return self.get(listed)
        except NotFound:
            if any(vm["id"] == listed["id"] for vm in self.list()):
                raise
            return None

    def labelled(self) -> VmRecords:
        """The list with labels; where the backend's list has none, each VM is asked for."""
        return map_concurrently(self.list(), lambda vm: vm if vm["label"] else self.get(vm))

    def all(self) -> VmRecords:
        """Every VM with its full details."""
        return self._all_there(self.list())

    def _all_there(self, listed: VmRecords) -> VmRecords:
        return [vm for vm in map_concurrently(listed, self.get_if_there) if vm is not None]

    def find(self, label: str | None = None, vmid: str | None = None) -> VmRecord | None:
        """The VM with this label or id, in full, or None.

        :raises LookupFailed: if two have the label, or if none has it while some VMs have no readable name.
        """
        vms, full = self.list(), False
        if vmid is not None:
            fitting = [vm for vm in vms if vm["id"] == str(vmid).strip()]
        else:
            if not all(vm["label"] for vm in vms):
                vms, full = self._all_there(vms), True
            fitting = self._labelled(vms, label)
        if not fitting:
            return None
        return fitting[0] if full else self.get_if_there(fitting[0])

    def _labelled(self, vms: VmRecords, label: str | None) -> VmRecords:
        """Those with this label: exactly, or else but for case, blanks and entities."""
        exact = [vm for vm in vms if vm["label"] == label]
        fitting = exact or [vm for vm in vms if label and compare_label(vm["label"], label) is SAME]
        if len(fitting) > 1:
            raise LookupFailed(
                f"{len(fitting)} VMs of service {self.service_id} are labelled '{label}': "
                f"{listing(fitting, ('label',))}. Give the vmid of the one that is meant."
            )
        nameless = [vm["id"] for vm in vms if not vm["label"]]
        if not fitting and nameless:
            raise LookupFailed(
                f"No VM of service {self.service_id} is labelled '{label}', but the portal reports no name for: "
                f"{', '.join(nameless)}. One of them may be meant: give its vmid."
            )
        return fitting

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
        """POST /service/@id/vms. *memory* in MB, *disk* in GB. The answer tells no id."""
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
