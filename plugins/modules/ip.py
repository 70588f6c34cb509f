#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ip
short_description: Manage the IP addresses of a dedicated server
version_added: 1.0.0
description:
  - With O(address), sets the reverse DNS name of that address, or removes it.
  - Without it, ensures that at least O(count) addresses of the server have O(domain) as their reverse DNS name. Missing
    addresses are added in a single request. B(Additional addresses may be charged for.)
  - If the portal lists an added address without a domain, the module sets it. If it gave the address another domain,
    the module warns.
  - Added addresses may be listed by the portal with a delay. Therefore the module checks the list for a few seconds
    before it adds any, and for a few seconds afterwards even with O(wait=false). A request whose response was lost is
    never repeated; the module checks whether it took effect.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
  - sindad.cloud.portal.wait
attributes:
  idempotent:
    support: full
    details:
      - If the task ends before the portal lists the added addresses, because of O(wait_timeout) or, with a warning,
        because of O(wait=false), another run on the same machine waits for them instead of adding them again. Another
        machine does not know of them; wait until M(sindad.cloud.ip_info) lists them.
options:
  state:
    description:
      - V(present) sets the domain of O(address), which must exist, or adds missing addresses if O(address) is not
        specified. It never removes an address.
      - V(absent) removes O(address). All other options except O(force) are ignored.
    type: str
    choices: [present, absent]
    default: present
  address:
    description:
      - The IP address, in any notation, or its ID.
      - Required if O(state=absent). If O(state=present), one of O(address) and O(domain) is required.
    type: str
  domain:
    description:
      - The domain (reverse DNS name) to set for O(address), or that O(count) addresses must have. Compared
        case-insensitively.
    type: str
  vlan:
    description:
      - ID or name of the VLAN in which O(count) addresses must have O(domain). Use M(sindad.cloud.vlan_info) to list
        the VLANs.
      - Addresses whose VLAN is not reported by the portal are also counted, with a warning.
      - If omitted, addresses of all VLANs are counted, and new ones are added to the only VLAN of the server. If the
        server has several VLANs, the portal selects one or rejects the request.
    type: str
  count:
    description:
      - Minimum number of addresses that must have O(domain), at most 256.
    type: int
    default: 1
  force:
    description:
      - Allow removing the main address, through which the server is reached. If the portal does not report which
        address that is, the first one is considered the main address.
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the portal reports that the change is complete.
  wait_timeout:
    description:
      - Total time to wait, in seconds or with a unit, such as V(10m). On timeout the task fails with the last observed
        state.
    type: str
    default: "120"
seealso:
  - module: sindad.cloud.ip_info
  - module: sindad.cloud.vlan_info
"""

EXAMPLES = r"""
- name: Ensure two addresses have the name of the mail server
  sindad.cloud.ip:
    service: server1.example.com
    domain: mail.example.com
    vlan: Public 12
    count: 2
  register: mail

- name: Set the reverse DNS name of the first one
  sindad.cloud.ip:
    service: server1.example.com
    address: "{{ mail.ips[0].address }}"
    domain: smtp.example.com

- name: Remove the second one
  sindad.cloud.ip:
    service: server1.example.com
    address: "{{ mail.ips[1].address }}"
    state: absent
"""

RETURN = r"""
ips:
  description:
    - The addresses concerned, after the task.
    - With O(address), this is that address; the list is empty if it was removed. Without it, these are all addresses
      with O(domain), the added ones last; in check mode, addresses that would be added are not included.
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
      description: The address exactly as returned by the portal.
      type: dict
      sample: {"id": "501", "ipaddress": "198.51.100.101", "domain": "mail.example.com"}
added:
  description: The addresses in RV(ips) that were added by this task. Empty in check mode.
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
      description: The address exactly as returned by the portal.
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

from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
    waiting,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import is_host_name
from ansible_collections.sindad.cloud.plugins.module_utils._ip.api import Ips, identity
from ansible_collections.sindad.cloud.plugins.module_utils._ip.state import IpState
from ansible_collections.sindad.cloud.plugins.module_utils._ip.transitions import MOST_ADDRESSES

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "address": {"type": "str"},
        "domain": {"type": "str"},
        "vlan": {"type": "str"},
        "count": {"type": "int", "default": 1},
        "force": {"type": "bool", "default": False},
        **waiting(120),
    },
    mutually_exclusive=[("address", "vlan"), ("address", "count")],
    required_if=[("state", "absent", ["address"]), ("state", "present", ["address", "domain"], True)],
)


def run(context: ModuleContext) -> Result:
    params = context.params
    domain = _checked(context)
    state = IpState(context, Ips(context.client, context.service()))
    if params["state"] == "absent":
        reached = state.apply_absent(params["address"], params["force"])
    elif params["address"] is None and domain is not None:
        reached = state.apply_count(domain, params["count"], params["vlan"])
    else:
        reached = state.apply_domain(params["address"], domain)
    diff = {"before": reached.before, "after": reached.after}
    return {"ips": reached.ips, "added": reached.added, "diff": diff}


def _checked(context: ModuleContext) -> str | None:
    """The option ``domain`` without a dot at its end, after refusing what cannot be meant."""
    count, domain = context.params["count"], context.params["domain"]
    context.positive("count")
    if count > MOST_ADDRESSES:
        raise InvalidInput(f"count must be at most {MOST_ADDRESSES}, not {count}.")
    if context.params["address"] is not None:
        identity(context.params["address"])  # refuses what is not an address
    if domain is None:
        return None
    domain = domain.strip().removesuffix(".")
    if not is_host_name(domain):
        raise InvalidInput(f"domain: '{domain}' is not a host name such as mail.example.com.")
    return domain


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
