#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ip_info
short_description: List the IP addresses of a dedicated server
version_added: 1.0.0
description:
  - Returns one IP address of a dedicated server, or all of them, each with its full details.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
  - sindad.cloud.portal.service
options:
  address:
    description:
      - The IP address to return, in any notation, or its ID. If omitted, all addresses are returned.
    type: str
seealso:
  - module: sindad.cloud.ip
"""

EXAMPLES = r"""
- name: Get all addresses of a server
  sindad.cloud.ip_info:
    service: server1.example.com
  register: result

- name: Show their reverse DNS names
  ansible.builtin.debug:
    msg: "{{ item.address }}: {{ item.domain }}"
  loop: "{{ result.ips }}"
  loop_control:
    label: "{{ item.address }}"

- name: Get one address
  sindad.cloud.ip_info:
    service: server1.example.com
    address: 198.51.100.102
"""

RETURN = r"""
ips:
  description:
    - The addresses, in the order returned by the portal. With O(address), the list is empty if the server does not have
      that address.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the address, or the address itself if the portal assigns no ID.
      type: str
      sample: "501"
    address:
      description: The IP address.
      type: str
      sample: 198.51.100.101
    version:
      description: IP version, V(4) or V(6).
      type: int
      sample: 4
    domain:
      description: Domain (reverse DNS name) of the address.
      type: str
      sample: mail.example.com
    main:
      description: Whether this is the main address of the server, if reported by the portal.
      type: bool
      sample: false
    vlan:
      description: The VLAN of the address, if reported by the portal.
      type: str
      sample: "12"
    netmask:
      description: Netmask or prefix length, if reported by the portal.
      type: str
      sample: 255.255.255.0
    gateway:
      description: Gateway, if reported by the portal.
      type: str
      sample: 198.51.100.1
    raw:
      description: The address exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "501", "ipaddress": "198.51.100.101", "domain": "mail.example.com"}
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
from ansible_collections.sindad.cloud.plugins.module_utils._ip.api import Ips, identity, pick

SPEC = info_spec({"service": {"type": "str", "required": True}, "address": {"type": "str"}})


def run(context: ModuleContext) -> Result:
    address = context.params["address"]
    if address is not None:
        identity(address)  # refuses what is none
    ips = Ips(context.client, context.service())
    if address is None:
        return {"ips": ips.all()}
    found = pick(address, ips.list())
    return {"ips": [ips.details(found)] if found else []}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
