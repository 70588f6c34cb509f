#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_rescue
short_description: Boot a dedicated server into or out of rescue mode
version_added: 1.0.0
description:
  - Starts or cancels the rescue mode of a dedicated server.
  - Rescue mode stays active until it is cancelled.
  - If another operation is in progress on the server, the module waits until it has ended.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
  - sindad.cloud.portal.wait
  - sindad.cloud.portal.password
options:
  state:
    description:
      - V(started) starts rescue mode, unless it is already active. If it is active with another O(template), the task
        fails.
      - V(cancelled) cancels rescue mode.
    type: str
    choices: [started, cancelled]
    default: started
  template:
    description:
      - ID or name of the template of the rescue system. Use M(sindad.cloud.server_template_info) to list the templates.
      - It can be omitted if the server offers only one template, or if rescue mode is already active.
    type: str
  rescue_password:
    description:
      - Password for the rescue system. It is not compared with the password of a rescue system that is already active.
      - If the portal generates a password when none is specified, it is returned with O(return_password=true).
    type: str
  wait_timeout:
    description:
      - Total time to wait, in seconds or with a unit, such as V(10m), including the wait for another operation to end.
        On timeout the task fails with the last observed state; running it again resumes the wait.
    type: str
    default: "600"
seealso:
  - module: sindad.cloud.server_template_info
  - module: sindad.cloud.server_diagnostics
"""

EXAMPLES = r"""
- name: Boot a server into rescue mode
  sindad.cloud.server_rescue:
    service: server1.example.com
    state: started
    template: Debian Live 12
    rescue_password: "{{ lookup('ansible.builtin.password', '/dev/null length=20') }}"
  no_log: true

- name: Boot it back into its own system
  sindad.cloud.server_rescue:
    service: server1.example.com
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
    password:
      description:
        - Password of the system that is being installed or of the rescue system, if reported by the portal. V(null)
          unless O(return_password=true).
      type: str
      sample: null
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
    RETURN_PASSWORD,
    ModuleContext,
    Result,
    module_spec,
    run_module,
    waiting,
)
from ansible_collections.sindad.cloud.plugins.module_utils._server.rescue import ServerRescue

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["started", "cancelled"], "default": "started"},
        "template": {"type": "str"},
        "rescue_password": {"type": "str", "no_log": True},
        **RETURN_PASSWORD,
        **waiting(600),
    }
)


def run(context: ModuleContext) -> Result:
    record, before, after = ServerRescue(context, context.params).apply()
    return {"server": record, "diff": {"before": before, "after": after}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
