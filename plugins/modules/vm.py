#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vm
short_description: Manage virtual machines
version_added: 1.0.0
description:
  - Creates, resizes, starts, stops, restarts, rebuilds and destroys one virtual machine of a service.
  - Nothing is created, rebuilt or destroyed twice. A request whose response was lost is never repeated; the module
    checks whether it took effect and continues from there.
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
      - O(state=restarted) always restarts the VM, and O(state=rebuilt) with O(force=true) always rebuilds it.
options:
  label:
    description:
      - Label of the VM. Words of a label that begin with C(#) are tags, and not part of the name by which it is found.
      - Labels are not unique; if several VMs of the service have the same name, use O(vmid).
      - A VM that the portal lists under another name than it was ordered with is not ordered again, and only changed by
        its O(vmid).
      - One of O(label) and O(vmid) is required.
    type: str
  vmid:
    description:
      - ID of the VM. It must exist, unless O(state=absent).
    type: str
  state:
    description:
      - V(present) creates the VM if no VM has the O(label), and resizes it if O(memory) or O(cpu) differ. It never
        changes the power state of an existing VM.
      - V(started) and V(stopped) do the same and then start or stop the VM.
      - V(restarted) always restarts the VM. A VM that is off is started.
      - V(rebuilt) installs O(template) if the VM has another one. B(The data on the VM is lost.)
      - V(absent) destroys the VM. B(The data on the VM is lost.)
    type: str
    choices: [present, started, stopped, restarted, rebuilt, absent]
    default: present
  template:
    description:
      - ID or name of the template of the operating system. Use M(sindad.cloud.vm_template_info) to list the templates.
      - Required to create a VM and if O(state=rebuilt). In all other states, a VM with another template is left
        unchanged, with a warning.
    type: str
  memory:
    description:
      - Memory in MB, or with a unit, such as V(2G) or V(2048 MB). Required to create a VM.
      - Less than 64 MB is refused, as it is usually meant in GB.
    type: str
  cpu:
    description:
      - Number of CPU cores. Required to create a VM.
    type: int
  disk:
    description:
      - Disk size in GB, or with a unit, such as V(20G). Required to create a VM. It cannot be changed through the API;
        for an existing VM, another value is an error.
    type: str
  force:
    description:
      - With O(state=rebuilt), install O(template) even if the VM already has it, or may have it.
      - With O(state=rebuilt) and O(state=absent), also act on a VM that is tagged C(#protected), or whose service is.
    type: bool
    default: false
  when_unknown:
    description:
      - What O(state=rebuilt) does if the portal's name for the template of the VM fits none of the available templates,
        or several. It is then unknown whether the VM has O(template).
      - V(fail) changes nothing and reports what was compared.
      - V(keep) assumes that the VM has O(template), with a warning.
      - V(install) installs O(template). B(The data on the VM is lost.)
    type: str
    choices: [fail, keep, install]
    default: fail
  wait:
    description:
      - Whether to wait until the portal reports that the change is complete.
      - If V(false), the module only waits until a VM that it created is listed.
  wait_timeout:
    description:
      - Total time to wait, in seconds or with a unit, such as V(10m). On timeout the task fails with the last observed
        state; running it again resumes the wait.
    type: str
    default: "600"
seealso:
  - module: sindad.cloud.vm_info
  - module: sindad.cloud.vm_template_info
  - module: sindad.cloud.vm_rescue
"""

EXAMPLES = r"""
- name: Ensure a web server exists and is running
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    state: started
    template: Debian 12
    memory: 2G
    cpu: 2
    disk: 20G

- name: Change its memory
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    memory: 4096  # MB

- name: Stop it
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    state: stopped

- name: Rebuild it with another operating system
  sindad.cloud.vm:
    service: cloud-a.example.com
    label: web2
    state: rebuilt
    template: Ubuntu 24.04

- name: Destroy it
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
    WHEN_UNKNOWN,
    ModuleContext,
    Result,
    module_spec,
    run_module,
    waiting,
)
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms
from ansible_collections.sindad.cloud.plugins.module_utils._vm.sizes import SIZE_SPEC, with_sizes
from ansible_collections.sindad.cloud.plugins.module_utils._vm.state import VmState

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
        **SIZE_SPEC,
        "force": {"type": "bool", "default": False},
        "when_unknown": WHEN_UNKNOWN,
        **RETURN_PASSWORD,
        **waiting(600),
    },
    mutually_exclusive=[("label", "vmid")],
    required_one_of=[("label", "vmid")],
    required_if=[("state", "rebuilt", ["template"])],
)


def run(context: ModuleContext) -> Result:
    options = with_sizes(context.params)
    vms = Vms(context.client, context.service())
    vm, before, after = VmState(context, vms, options).apply()
    return {"vm": vm, "diff": {"before": before, "after": after}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
