#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_diagnostics
short_description: Run or cancel diagnostics on a dedicated server
version_added: 1.0.0
description:
  - Boots a dedicated server into diagnostics, which test its hardware and can erase its disks.
  - Diagnostics that are already running are waited for and not started again. After they have ended, another run of the
    task starts them again.
  - If another operation is in progress on the server, the module waits until it has ended.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
  - sindad.cloud.portal.wait
attributes:
  idempotent:
    support: partial
    details:
      - O(state=started) always runs diagnostics, unless they are already running.
options:
  state:
    description:
      - V(started) runs diagnostics. If they are already running with another O(template), the task fails.
      - V(cancelled) cancels running diagnostics.
    type: str
    choices: [started, cancelled]
    default: started
  template:
    description:
      - ID or name of the template of the diagnostics. Use M(sindad.cloud.server_template_info) to list the templates.
      - It can be omitted if the server offers only one template, or if diagnostics are already running.
    type: str
  clear_disks:
    description:
      - Also erase the disks of the server. B(All data on it is lost.) Requires O(force=true).
      - The portal does not report whether diagnostics that are already running erase the disks. In this case, the task
        warns.
    type: bool
    default: false
  full_erase:
    description:
      - Overwrite the disks completely, which takes hours. Requires O(clear_disks=true).
    type: bool
    default: false
  force:
    description:
      - Confirms O(clear_disks=true).
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the diagnostics have ended.
      - If V(false), the module only waits a few seconds until the portal reports that the diagnostics are running.
  wait_timeout:
    description:
      - Total time to wait, in seconds or with a unit, such as V(10m), including the wait for another operation to end.
        On timeout the task fails with the last observed state; running it again resumes the wait.
    type: str
    default: "3600"
seealso:
  - module: sindad.cloud.server_template_info
  - module: sindad.cloud.server_rescue
"""

EXAMPLES = r"""
- name: Test the memory of a server
  sindad.cloud.server_diagnostics:
    service: server1.example.com
    template: Memtest86+

- name: Erase the disks of another server
  sindad.cloud.server_diagnostics:
    service: server2.example.com
    template: Diag x86_64
    clear_disks: true
    force: true
    wait: false

- name: Cancel the diagnostics
  sindad.cloud.server_diagnostics:
    service: server2.example.com
    state: cancelled
"""

RETURN = r"""
server:
  description: The server after the task. In check mode, the predicted server.
  returned: success
  type: dict
  contains:
    service_id:
      description: ID of the service.
      type: str
      sample: "201"
    hostname:
      description: Host name of the server, if reported by the portal.
      type: str
      sample: server1.example.com
    os:
      description: Operating system, as reported by the portal. V(null) if none is installed.
      type: str
      sample: Debian 12
    power:
      description:
        - Power state, V(on) or V(off), or V(changing) for everything that is neither. V(null) if it cannot be read.
      type: str
      sample: "on"
    state:
      description: Power state in the words of the portal. V(null) if it cannot be read.
      type: str
      sample: "on"
    operation:
      description: The operation in progress, V(reinstall), V(rescue) or V(diagnostics). V(null) if there is none.
      type: str
      sample: null
    ipv4:
      description: IPv4 addresses, the primary one first.
      type: list
      elements: str
      sample: ["198.51.100.101"]
    ipv6:
      description: IPv6 addresses, the primary one first.
      type: list
      elements: str
      sample: ["2001:db8:1f5::1"]
    raw:
      description:
        - The server exactly as returned by the portal, without passwords.
        - C(info) is the response to C(GET /service/@id/info), C(status) the response to C(GET /service/@id/status), and
          C(reinstall), C(rescue) and C(diagnostics) are the responses that describe the operations.
      type: dict
      sample: {"info": {"hostname": "server1.example.com", "os": "Debian 12"}, "status": {"status": "on"}}
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
    ModuleContext,
    Result,
    module_spec,
    run_module,
    waiting,
)
from ansible_collections.sindad.cloud.plugins.module_utils._server.diagnostics import ServerDiagnostics

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["started", "cancelled"], "default": "started"},
        "template": {"type": "str"},
        "clear_disks": {"type": "bool", "default": False},
        "full_erase": {"type": "bool", "default": False},
        "force": {"type": "bool", "default": False},
        **waiting(3600),
    }
)


def run(context: ModuleContext) -> Result:
    record, before, after = ServerDiagnostics(context, context.params).apply()
    return {"server": record, "diff": {"before": before, "after": after}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
