# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual machines of one service."""

from __future__ import annotations

from .._core.concurrency import map_concurrently
from .._core.envelope import entries, entry
from .._core.errors import EmptyResponse, LookupFailed, NotFound, UnexpectedResponse
from .._core.lookup import choose, listing, to_choice
from .record import to_vm


class Vms:
    """/service/@id/vms and what is below it."""

    def __init__(self, client, service_id):
        self.client = client
        self.service_id = service_id
        self._templates = None

    def list(self):
        """GET /service/@id/vms. How much a record holds depends on the backend; it may lack even the label."""
        answer = self.client.get("/service/@id/vms", id=self.service_id)
        listed = [to_vm(self.service_id, each) for each in entries(answer, "vms")]
        if not all(vm["id"] for vm in listed):
            raise UnexpectedResponse("id of each VM", answer)
        return listed

    def get(self, listed):
        """GET /service/@id/vms/@vmid: the full record of a VM that the list gave."""
        answer = self.client.get("/service/@id/vms/@vmid", id=self.service_id, vmid=listed["id"])
        try:
            details = entry(answer, "vm", "vms", key=listed["id"])
        except EmptyResponse:
            raise NotFound(f"The portal answered nothing for VM {listed['id']} of service {self.service_id}.") from None
        return to_vm(self.service_id, {**listed["raw"], "id": listed["id"]}, details)

    def labelled(self):
        """The list with labels; where the backend's list has none, each VM is asked for."""
        return map_concurrently(self.list(), lambda vm: vm if vm["label"] else self.get(vm))

    def all(self):
        """Every VM with its full details."""
        return map_concurrently(self.list(), self.get)

    def find(self, label=None, vmid=None):
        """The VM with this label or id, in full, or None. Two with one label: NoChoice, with their ids."""
        vms, full = self.list(), False
        if vmid is not None:
            fitting = [vm for vm in vms if vm["id"] == str(vmid).strip()]
        else:
            if not all(vm["label"] for vm in vms):
                vms, full = map_concurrently(vms, self.get), True
            fitting = [vm for vm in vms if vm["label"] == label]
        if len(fitting) > 1:
            raise LookupFailed(
                f"{len(fitting)} VMs of service {self.service_id} are labelled '{label}': "
                f"{listing(fitting, ('label',))}. Give the vmid of the one that is meant."
            )
        if not fitting:
            return None
        return fitting[0] if full else self.get(fitting[0])

    def create(self, label, template, memory, cpu, disk):
        """POST /service/@id/vms. *memory* in MB, *disk* in GB. The answer tells no id."""
        body = {"label": label, "template": template, "memory": str(memory), "cpu": str(cpu), "disk": str(disk)}
        self.client.post("/service/@id/vms", body, id=self.service_id)

    def resize(self, vmid, memory, cpu):
        """PUT /service/@id/vms/@vmid. *memory* in MB; None leaves one out."""
        body = {key: str(value) for key, value in (("memory", memory), ("cpu", cpu)) if value is not None}
        self.client.put("/service/@id/vms/@vmid", body, id=self.service_id, vmid=vmid)

    def destroy(self, vmid):
        """DELETE /service/@id/vms/@vmid."""
        self.client.delete("/service/@id/vms/@vmid", id=self.service_id, vmid=vmid)

    def start(self, vmid):
        """POST /service/@id/vms/@vmid/start."""
        self.client.post("/service/@id/vms/@vmid/start", id=self.service_id, vmid=vmid)

    def stop(self, vmid):
        """POST /service/@id/vms/@vmid/stop."""
        self.client.post("/service/@id/vms/@vmid/stop", id=self.service_id, vmid=vmid)

    def reboot(self, vmid):
        """POST /service/@id/vms/@vmid/reboot."""
        self.client.post("/service/@id/vms/@vmid/reboot", id=self.service_id, vmid=vmid)

    def rebuild(self, vmid, template):
        """POST /service/@id/vms/@vmid/rebuild: install *template* (an id) anew; the VM's data is lost."""
        self.client.post("/service/@id/vms/@vmid/rebuild", {"template": template}, id=self.service_id, vmid=vmid)

    def rescue(self, vmid):
        """POST /service/@id/vms/@vmid/rescue: reboot into rescue mode."""
        self.client.post("/service/@id/vms/@vmid/rescue", id=self.service_id, vmid=vmid)

    def unrescue(self, vmid):
        """POST /service/@id/vms/@vmid/unrescue: reboot out of rescue mode."""
        self.client.post("/service/@id/vms/@vmid/unrescue", id=self.service_id, vmid=vmid)

    def templates(self):
        """GET /service/@id/templates, once."""
        if self._templates is None:
            answer = self.client.get("/service/@id/templates", id=self.service_id)
            self._templates = [to_choice(each) for each in entries(answer, "templates")]
        return self._templates

    def template(self, wanted):
        """The template with this id or name."""
        return choose(wanted, self.templates(), "template", f"on service {self.service_id}")
