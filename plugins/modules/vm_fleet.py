#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vm_fleet
short_description: Manage many virtual machines of a service at once
version_added: 1.0.0
description:
  - Creates, resizes, starts, stops, restarts, rebuilds and destroys any number of VMs of one service in one task. The
    VMs are changed side by side, and waited for together.
  - A VM that fails does not stop the others. The task fails in the end if any VM failed, with a result for each VM.
  - Each VM is brought to its state as M(sindad.cloud.vm) would do it.
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
      - V(restarted) restarts the VM every time.
      - V(rebuilt) with O(vms[].force=true) reinstalls the VM every time.
options:
  vms:
    description:
      - The VMs, each with its O(vms[].label) or its O(vms[].vmid). Each VM must be listed only once; two items that
        mean one VM are refused before anything is changed.
      - An empty list is only of use with O(purge).
    type: list
    elements: dict
    required: true
    suboptions:
      label:
        description:
          - Label of the VM. A VM is created if no VM of the service has the label.
          - Words that begin with C(#) are tags, and not part of the name by which the VM is found.
        type: str
      vmid:
        description: ID of the VM. It must exist, unless it is to be V(absent).
        type: str
      state:
        description: State of this VM, see O(state), which is the default.
        type: str
        choices: [present, started, stopped, restarted, rebuilt, absent]
      template:
        description: ID or name of the template of the operating system. Required to create or rebuild a VM.
        type: str
      memory:
        description: Memory in MB, or with a unit, such as V(2G). Required to create a VM.
        type: str
      cpu:
        description: Number of CPU cores. Required to create a VM.
        type: int
      disk:
        description:
          - Disk size in GB, or with a unit, such as V(20G). Required to create a VM. It cannot be changed through the
            API.
        type: str
      force:
        description:
          - With V(rebuilt), install the template even if the VM already has it.
          - Destroy or rebuild the VM even if it or its service is tagged C(#protected).
        type: bool
        default: false
      when_unknown:
        description: What V(rebuilt) does if the template of the VM is unknown. See M(sindad.cloud.vm).
        type: str
        choices: [fail, keep, install]
        default: fail
  state:
    description:
      - State of the VMs that do not have one of their own. See M(sindad.cloud.vm) for what the states mean.
    type: str
    choices: [present, started, stopped, restarted, rebuilt, absent]
    default: present
  purge:
    description:
      - Destroy the VMs of the service that O(vms) does not list. B(The data on them is lost.) Requires O(force=true).
      - A VM that is tagged C(#protected), or whose service is, is not destroyed. It is reported as failed.
      - Nothing is changed if the portal does not report the name of one of the VMs.
    type: bool
    default: false
  force:
    description: Confirms O(purge).
    type: bool
    default: false
  workers:
    description: How many requests are sent at the same time.
    type: int
    default: 8
  wait:
    description:
      - Whether to wait until the portal reports that all changes are complete.
      - If V(false), only the first change of each VM is sent, and the module only waits until the VMs that it created
        are listed.
  wait_timeout:
    description:
      - Total time to wait for all VMs, in seconds or with a unit, such as V(10m). On timeout the VMs that are not ready
        fail with their last observed state; running the task again resumes the wait.
    type: str
    default: "900"
seealso:
  - module: sindad.cloud.vm
  - module: sindad.cloud.vm_info
"""

EXAMPLES = r"""
- name: Ensure two web servers are running, and an old one is gone
  sindad.cloud.vm_fleet:
    service: cloud-a.example.com
    state: started
    vms:
      - label: fleet1
        template: Debian 12
        memory: 2G
        cpu: 2
        disk: 20G
      - label: fleet2
        template: Debian 12
        memory: 2G
        cpu: 2
        disk: 20G
      - label: fleet0
        state: absent

- name: Stop both
  sindad.cloud.vm_fleet:
    service: cloud-a.example.com
    state: stopped
    vms:
      - label: fleet1
      - label: fleet2
"""

RETURN = r"""
fleet:
  description: A result for each VM, in the order of O(vms), followed by the VMs that were purged.
  returned: success
  type: list
  elements: dict
  contains:
    label:
      description: Label of the VM.
      type: str
      sample: web1
    vmid:
      description: ID of the VM, or V(null) if there is none.
      type: str
      sample: "18867"
    action:
      description:
        - What was done, one of V(none), V(created), V(resized), V(started), V(stopped), V(restarted), V(rebuilt) and
          V(destroyed). If several things were done, the last one; but a VM that was created is always V(created).
      type: str
      sample: created
    changed:
      description: Whether the VM was changed.
      type: bool
      sample: true
    failed:
      description: Whether the VM failed.
      type: bool
      sample: false
    msg:
      description: Why the VM failed, or V(null).
      type: str
      sample: null
    vm:
      description: The VM after the task, or V(null) if it does not exist. In check mode, the predicted VM.
      type: dict
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
          description: The VM exactly as returned by the portal, without passwords.
          type: dict
          sample: {"id": "18867", "label": "web1", "state": "online"}
    diff:
      description: What the task manages of the VM, before and after.
      type: dict
      sample: {"before": {}, "after": {"label": "web1", "power": "on"}}
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
from ansible_collections.sindad.cloud.plugins.module_utils._vm.fleet import Fleet, ensure_valid, to_result
from ansible_collections.sindad.cloud.plugins.module_utils._vm.sizes import SIZE_SPEC, with_sizes

STATE = {"type": "str", "choices": ["present", "started", "stopped", "restarted", "rebuilt", "absent"]}
ITEM = {
    "label": {"type": "str"},
    "vmid": {"type": "str"},
    "state": STATE,
    "template": {"type": "str"},
    **SIZE_SPEC,
    "force": {"type": "bool", "default": False},
    "when_unknown": WHEN_UNKNOWN,
}
SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "vms": {"type": "list", "elements": "dict", "required": True, "options": ITEM},
        "state": {**STATE, "default": "present"},
        "purge": {"type": "bool", "default": False},
        "force": {"type": "bool", "default": False},
        "workers": {"type": "int", "default": 8},
        **RETURN_PASSWORD,
        **waiting(900),
    }
)


def run(context: ModuleContext) -> Result:
    context.positive("workers")
    ensure_valid(context.params)
    vms = [with_sizes(each, owner=each["label"] or each["vmid"]) for each in context.params["vms"]]
    fleet = Fleet(context, Vms(context.client, context.service()), {**context.params, "vms": vms})
    return to_result(fleet.apply())


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
