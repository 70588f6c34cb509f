#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vm_rescue
short_description: Boot a virtual machine into or out of rescue mode
version_added: 1.0.0
description:
  - Reboots a virtual machine into a rescue system, or back into its own system. B(Services on the VM are interrupted.)
  - Whether a VM is in rescue mode is determined from its key C(rescue) or from a state such as C(rescue). Some backends
    report neither; the VM is then rebooted on every run, with a warning.
  - Backends that only report rescue mode while it is active do not report that a VM is not in rescue mode. With
    O(state=disabled) such a VM is asked to leave rescue mode nevertheless; if the portal responds that it is not in
    rescue mode, the task reports no change.
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
      - Only if the portal reports whether the VM is in rescue mode.
options:
  label:
    description:
      - Label of the VM. Words of a label that begin with C(#) are tags, and not part of the name by which it is found.
      - Labels are not unique; if several VMs of the service have the same name, use O(vmid).
      - One of O(label) and O(vmid) is required.
    type: str
  vmid:
    description:
      - ID of the VM.
    type: str
  state:
    description:
      - V(enabled) boots the VM into rescue mode, V(disabled) back into its own system.
    type: str
    choices: [enabled, disabled]
    default: enabled
  wait:
    description:
      - Whether to wait until the portal reports that the change is complete. If the portal does not report rescue mode,
        the module waits until the VM has reached a stable state.
  wait_timeout:
    description:
      - Total time to wait, in seconds or with a unit, such as V(10m). On timeout the task fails with the last observed
        state; running it again resumes the wait.
    type: str
    default: "600"
seealso:
  - module: sindad.cloud.vm
  - module: sindad.cloud.server_rescue
"""

EXAMPLES = r"""
- name: Boot a VM into rescue mode
  sindad.cloud.vm_rescue:
    service: cloud-a.example.com
    label: web1
    state: enabled

- name: Boot it back into its own system
  sindad.cloud.vm_rescue:
    service: cloud-a.example.com
    label: web1
    state: disabled
"""

RETURN = r"""
vm:
  description: The VM after the task.
  returned: success
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
    module_spec,
    run_module,
    waiting,
)
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms
from ansible_collections.sindad.cloud.plugins.module_utils._vm.rescue import VmRescue

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "label": {"type": "str"},
        "vmid": {"type": "str"},
        "state": {"type": "str", "choices": ["enabled", "disabled"], "default": "enabled"},
        **RETURN_PASSWORD,
        **waiting(600),
    },
    mutually_exclusive=[("label", "vmid")],
    required_one_of=[("label", "vmid")],
)


def run(context: ModuleContext) -> Result:
    vms = Vms(context.client, context.service())
    vm, before, after = VmRescue(context, vms, context.params).apply()
    return {"vm": vm, "diff": {"before": before, "after": after}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
