#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vm_info
short_description: List the virtual machines of a service
version_added: 1.0.0
description:
  - Returns one virtual machine of a service, or all of them, each with its full details.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
  - sindad.cloud.portal.service
  - sindad.cloud.portal.password
options:
  label:
    description:
      - Label of the VM to return. If neither O(label) nor O(vmid) is specified, all VMs are returned.
    type: str
  vmid:
    description:
      - ID of the VM to return.
    type: str
seealso:
  - module: sindad.cloud.vm
"""

EXAMPLES = r"""
- name: Get all VMs of a service
  sindad.cloud.vm_info:
    service: cloud-a.example.com
  register: result

- name: Show their addresses
  ansible.builtin.debug:
    msg: "{{ item.label }}: {{ item.ipv4 | join(', ') }}"
  loop: "{{ result.vms }}"
  loop_control:
    label: "{{ item.label }}"

- name: Get one VM
  sindad.cloud.vm_info:
    service: cloud-a.example.com
    label: web1
"""

RETURN = r"""
vms:
  description:
    - The VMs, in the order returned by the portal. With O(label) or O(vmid), the list is empty if there is no such VM.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the VM.
      type: str
      sample: "18867"
    service_id:
      description: ID of the service that the VM belongs to.
      type: str
      sample: "101"
    label:
      description: Label of the VM.
      type: str
      sample: web1
    hostname:
      description: Host name of the VM, if reported by the portal.
      type: str
      sample: web1.example.com
    power:
      description: Power state, V(on) or V(off), or V(changing) for everything that is neither.
      type: str
      sample: "on"
    state:
      description: State of the VM, as reported by the portal.
      type: str
      sample: online
    built:
      description: Whether the installation of the VM is complete, if reported by the portal.
      type: bool
      sample: true
    locked:
      description: Whether the VM is locked by an operation in progress, if reported by the portal.
      type: bool
      sample: false
    template:
      description: ID of the template that the VM was created from, if reported by the portal.
      type: str
      sample: linux-debian-12-x86_64-min-gen2-v1
    template_name:
      description: Name of the template that the VM was created from.
      type: str
      sample: Debian 12
    memory:
      description: Memory in MB.
      type: int
      sample: 2048
    cpu:
      description: Number of CPU cores.
      type: int
      sample: 2
    disk:
      description: Disk size in GB.
      type: int
      sample: 20
    ipv4:
      description: IPv4 addresses, the primary one first.
      type: list
      elements: str
      sample: ["192.0.2.10"]
    ipv6:
      description: IPv6 addresses, the primary one first.
      type: list
      elements: str
      sample: ["2001:db8::ae42"]
    username:
      description: Login name, if reported by the portal.
      type: str
      sample: root
    password:
      description: Login password. V(null) unless O(return_password=true).
      type: str
      sample: null
    raw:
      description: The VM exactly as returned by the portal, without passwords. Not returned with O(raw=false).
      type: dict
      sample: {"id": "18867", "label": "web1", "state": "online"}
errors:
  description: Error codes or messages of the portal, as it sent them.
  returned: if the portal refused a request
  type: list
  elements: str
  sample: ["noprivileges"]
status_code:
  description: HTTP status code of the response.
  returned: if a request failed and the portal responded
  type: int
  sample: 200
method:
  description: HTTP method of the request that failed.
  returned: if a request failed
  type: str
  sample: GET
path:
  description: Path of the request that failed, below the URL of the API.
  returned: if a request failed
  type: str
  sample: /service
"""

from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    RETURN_PASSWORD,
    ModuleContext,
    Result,
    info_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms

SPEC = info_spec(
    {
        "service": {"type": "str", "required": True},
        "label": {"type": "str"},
        "vmid": {"type": "str"},
        **RETURN_PASSWORD,
    },
    mutually_exclusive=[("label", "vmid")],
)


def run(context: ModuleContext) -> Result:
    label, vmid = context.params["label"], context.params["vmid"]
    vms = Vms(context.client, context.service())
    if label is None and vmid is None:
        return {"vms": vms.all()}
    found = vms.find(label, vmid)
    return {"vms": [found] if found else []}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
