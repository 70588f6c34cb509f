#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_hostname
short_description: Set the host name of a dedicated server
version_added: 1.0.0
description:
  - Sets the host name of a dedicated server in the portal. The operating system of the server is not changed.
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
      - If the portal does not report the host name of the server, or only a short name or a placeholder such as
        C(localhost), every run sets it, with a warning.
options:
  hostname:
    description:
      - The host name. Compared case-insensitively.
    type: str
    required: true
  wait_timeout:
    description:
      - Total time to wait, in seconds or with a unit, such as V(10m), including the wait for another operation to end.
        On timeout the task fails with the last observed state; running it again resumes the wait.
    type: str
    default: "120"
seealso:
  - module: sindad.cloud.server_info
  - module: sindad.cloud.server_reinstall
"""

EXAMPLES = r"""
- name: Set the host name of a server
  sindad.cloud.server_hostname:
    service: server1.example.com
    hostname: web1.example.com
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
from ansible_collections.sindad.cloud.plugins.module_utils._server.hostname import ServerHostname, checked_hostname

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "hostname": {"type": "str", "required": True},
        **waiting(120),
    }
)


def run(context: ModuleContext) -> Result:
    hostname = checked_hostname(context.params["hostname"])
    record, before, after = ServerHostname(context).apply(hostname)
    return {"server": record, "diff": {"before": before, "after": after}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
