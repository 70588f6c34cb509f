#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vlan_info
short_description: List the VLANs of a dedicated server
version_added: 1.0.0
description:
  - Returns the VLANs in which M(sindad.cloud.ip) can add IP addresses to a dedicated server.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
  - sindad.cloud.portal.service
seealso:
  - module: sindad.cloud.ip
"""

EXAMPLES = r"""
- name: Get the VLANs of a server
  sindad.cloud.vlan_info:
    service: server1.example.com
  register: result

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ result.vlans | map(attribute='name') | join(', ') }}"
"""

RETURN = r"""
vlans:
  description: The VLANs, in the order returned by the portal.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the VLAN.
      type: str
      sample: "12"
    name:
      description: Name of the VLAN, or its ID if it has no name.
      type: str
      sample: Public 12
    raw:
      description: The VLAN exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "12", "name": "Public 12"}
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

from ansible_collections.sindad.cloud.plugins.module_utils._context import ModuleContext, Result, info_spec, run_module
from ansible_collections.sindad.cloud.plugins.module_utils._ip.api import Ips

SPEC = info_spec({"service": {"type": "str", "required": True}})


def run(context: ModuleContext) -> Result:
    return {"vlans": Ips(context.client, context.service()).vlans()}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
