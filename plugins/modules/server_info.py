#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_info
short_description: Get information about a dedicated server
version_added: 1.0.0
description:
  - Returns the details of a dedicated server, its power state and the operation that is in progress on it.
  - Values that the server does not offer, or that the portal does not report, are V(null).
  - If the details of the server do not contain its addresses, they are read from its list of IP addresses.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
  - sindad.cloud.portal.service
seealso:
  - module: sindad.cloud.server_power
  - module: sindad.cloud.server_reinstall
  - module: sindad.cloud.server_template_info
  - module: sindad.cloud.ip_info
"""

EXAMPLES = r"""
- name: Get a server
  sindad.cloud.server_info:
    service: server1.example.com
  register: result

- name: Show its operating system and power state
  ansible.builtin.debug:
    msg: "{{ item.hostname }} runs {{ item.os }} and is {{ item.power }}"
  loop: "{{ result.servers }}"
  loop_control:
    label: "{{ item.service_id }}"
"""

RETURN = r"""
servers:
  description: The server, as the only element of a list.
  returned: success
  type: list
  elements: dict
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
        - Not returned with O(raw=false).
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
    info_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._server.operation import ServerState

SPEC = info_spec({"service": {"type": "str", "required": True}})


def run(context: ModuleContext) -> Result:
    return {"servers": [ServerState(context).record]}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
