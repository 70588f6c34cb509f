#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vm
short_description: Create, resize, switch, rebuild and destroy a virtual machine
version_added: 0.1.0
description:
  - Manages one virtual machine of a service that offers virtual machines.
  - Nothing is created, rebuilt or destroyed twice. A request whose answer was lost is never repeated, the module looks
    whether it took effect and goes on from there.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
  - sindad.cloud.portal.wait
  - sindad.cloud.portal.password
attributes:
  idempotent:
    support: partial
    details:
      - O(state=restarted) always restarts, and O(state=rebuilt) with O(force=true) always rebuilds.
options:
  label:
    description:
      - Label of the VM. Labels are not unique at a portal; if two VMs of the service have it, use O(vmid).
      - One of O(label) and O(vmid) is required.
    type: str
  vmid:
    description:
      - Id of the VM. It must exist, unless O(state=absent).
    type: str
  state:
    description:
      - V(present) creates the VM if no VM has the O(label), and resizes it if O(memory) or O(cpu) differ. It never
        touches the power of a VM that exists.
      - V(started) and V(stopped) do the same and then see to the power.
      - V(restarted) always restarts the VM; one that is off is started.
      - V(rebuilt) installs O(template) if the VM has another one. B(The data on the VM is lost.)
      - V(absent) destroys the VM. B(The data on the VM is lost.)
    type: str
    choices: [present, started, stopped, restarted, rebuilt, absent]
    default: present
  template:
    description:
      - Operating system, by the id or the name of a template; M(sindad.cloud.vm_info) shows which one a VM has.
      - Required to create a VM and for O(state=rebuilt). In other states a VM with another template is left as it is,
        with a warning.
    type: str
  memory:
    description:
      - Memory in MB. Required to create a VM.
    type: int
  cpu:
    description:
      - Number of CPU cores. Required to create a VM.
    type: int
  disk:
    description:
      - Disk in GB. Required to create a VM. The API cannot change it later, so another value fails.
    type: int
  force:
    description:
      - With O(state=rebuilt), install O(template) even if the VM has it already.
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the portal shows that the change is complete.
      - Without it a VM that was created is waited for only until it is listed.
  wait_timeout:
    description:
      - Seconds to wait altogether. When they are over the task fails and tells what was reached; run again, it goes on.
    type: float
    default: 600
seealso:
  - module: sindad.cloud.vm_info
"""

EXAMPLES = r"""
- name: A web server exists and runs
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    state: started
    template: Debian 12
    memory: 2048
    cpu: 2
    disk: 20

- name: It has more memory
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    memory: 4096

- name: It is stopped
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    state: stopped

- name: It is installed anew with another system
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    state: rebuilt
    template: Ubuntu 24.04

- name: It is gone
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    state: absent
"""

RETURN = r"""
vm:
  description: The VM after the task, or V(null) if it does not exist. In check mode, the predicted VM.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the VM. V(null) in check mode for a VM that would be created.
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
      description: The VM exactly as returned by the portal, without passwords.
      type: dict
      sample: {"id": "18867", "label": "web1", "state": "online"}
"""

from ansible_collections.sindad.cloud.plugins.module_utils._module import (
    RETURN_PASSWORD,
    module_spec,
    run_module,
    waiting,
)
from ansible_collections.sindad.cloud.plugins.module_utils._vm_state import VmState
from ansible_collections.sindad.cloud.plugins.module_utils._vms import Vms

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "label": {"type": "str"},
        "vmid": {"type": "str"},
        "state": {
            "type": "str",
            "choices": ["present", "started", "stopped", "restarted", "rebuilt", "absent"],
            "default": "present",
        },
        "template": {"type": "str"},
        "memory": {"type": "int"},
        "cpu": {"type": "int"},
        "disk": {"type": "int"},
        "force": {"type": "bool", "default": False},
        **RETURN_PASSWORD,
        **waiting(600),
    },
    mutually_exclusive=[("label", "vmid")],
    required_one_of=[("label", "vmid")],
    required_if=[("state", "rebuilt", ["template"])],
)


def run(task):
    task.positive("memory", "cpu", "disk")
    vms = Vms(task.portal, task.service())
    vm, before, after = VmState(task, vms, task.params).reach()
    return {"vm": vm, "diff": {"before": before, "after": after}}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
