#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_power
short_description: Power a dedicated server on or off, or reboot it
version_added: 1.0.0
description:
  - Powers a dedicated server on or off, or reboots it.
  - If an installation or diagnostics are in progress on the server, the module waits until they have ended. Rescue mode
    does not block the change.
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
      - O(state=rebooted) always reboots the server.
      - If the portal does not report the power state of the server, every run sends the request, with a warning.
options:
  state:
    description:
      - V(on) and V(off) power the server on or off, unless it already has that power state.
      - V(rebooted) always reboots the server. A server that is off is powered on.
      - If the service does not offer to read the power state, or the portal does not report it for several seconds, the
        module sends the request for O(state) nevertheless, warns, and does not wait.
    type: str
    choices: ["on", "off", rebooted]
    required: true
  wait_timeout:
    description:
      - Total time to wait, in seconds or with a unit, such as V(10m), including the wait for another operation to end.
        On timeout the task fails with the last observed state; running it again resumes the wait.
    type: str
    default: "300"
seealso:
  - module: sindad.cloud.server_info
"""

EXAMPLES = r"""
- name: Power a server off
  sindad.cloud.server_power:
    service: server1.example.com
    state: "off"

- name: Power it on again
  sindad.cloud.server_power:
    service: server1.example.com
    state: "on"

- name: Reboot another server without waiting until it is running
  sindad.cloud.server_power:
    service: server2.example.com
    state: rebooted
    wait: false
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
from ansible_collections.sindad.cloud.plugins.module_utils._server.power import ServerPower

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["on", "off", "rebooted"], "required": True},
        **waiting(300),
    }
)


def run(context: ModuleContext) -> Result:
    record, before, after = ServerPower(context).apply(context.params["state"])
    return {"server": record, "diff": {"before": before, "after": after}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
