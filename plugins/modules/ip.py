#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ip
short_description: Add, name and remove the IP addresses of a dedicated server
version_added: 0.1.0
description:
  - With O(address), sees to the domain of that IP address, or removes it.
  - Without it, sees to it that at least O(count) IP addresses of the server carry O(domain). The missing ones are added
    in one request. B(Additional addresses may be charged for.)
  - As new addresses are listed only after a while, the module looks again for a few seconds before it adds any, and
    with O(wait=false) it still looks for a few seconds whether they have come up. A request whose answer was lost is
    never repeated, the module looks whether it took effect.
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
      - If the task ended before the portal listed the addresses that it added, by O(wait_timeout) or with a warning by
        O(wait=false), another run may add them again. Wait until M(sindad.cloud.ip_info) shows them.
options:
  state:
    description:
      - V(present) sets the domain of O(address), which must exist, or without O(address) adds the missing addresses.
        Nothing is ever removed.
      - V(absent) removes O(address). The other options, but for O(force), have no meaning then.
    type: str
    choices: [present, absent]
    default: present
  address:
    description:
      - The IP address, in any spelling, or its id.
      - Required with O(state=absent). With O(state=present), one of O(address) and O(domain) is required.
    type: str
  domain:
    description:
      - The domain (reverse name) that O(address) gets, or that O(count) addresses carry. Case does not matter.
    type: str
  vlan:
    description:
      - Id or name of the VLAN in which O(count) addresses carry O(domain); M(sindad.cloud.vlan_info) lists them.
      - Addresses whose VLAN the portal does not tell are counted too, with a warning.
      - Without it addresses of all VLANs are counted, and new ones are added in the only VLAN of the server. If it has
        several, the portal chooses, or refuses.
    type: str
  count:
    description:
      - How many addresses carry O(domain), at the least.
    type: int
    default: 1
  force:
    description:
      - Remove even the main address, by which the server is reached. If the portal does not tell which one that is, the
        first address is taken for it.
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the portal shows that the change is complete.
  wait_timeout:
    description:
      - Seconds to wait altogether. When they are over the task fails and tells what was reached.
    type: float
    default: 120
seealso:
  - module: sindad.cloud.ip_info
  - module: sindad.cloud.vlan_info
"""

EXAMPLES = r"""
- name: Two addresses carry the name of the mail server
  sindad.cloud.ip:
    service: server1.example.com
    domain: mail.example.com
    vlan: Public 12
    count: 2
  register: mail

- name: The first of them has a name of its own
  sindad.cloud.ip:
    service: server1.example.com
    address: "{{ mail.ips[0].address }}"
    domain: smtp.example.com

- name: The second is removed
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
"""

from ansible_collections.sindad.cloud.plugins.module_utils._errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._ip_state import IpState
from ansible_collections.sindad.cloud.plugins.module_utils._ips import Ips, identity
from ansible_collections.sindad.cloud.plugins.module_utils._module import module_spec, run_module, waiting
from ansible_collections.sindad.cloud.plugins.module_utils._shapes import is_host_name

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


def run(task):
    address, domain = task.params["address"], task.params["domain"]
    task.positive("count")
    if address is not None:
        identity(address)  # refuses what is none
    if domain is not None:
        domain = domain.strip().removesuffix(".")
        if not is_host_name(domain):
            raise InvalidInput(f"domain: '{domain}' is not a host name such as mail.example.com.")
    state = IpState(task, Ips(task.portal, task.service()))
    if task.params["state"] == "absent":
        ips, added, before, after = state.remove(address, task.params["force"])
    elif address is not None:
        ips, added, before, after = state.name(address, domain)
    else:
        ips, added, before, after = state.supply(domain, task.params["count"], task.params["vlan"])
    return {"ips": ips, "added": added, "diff": {"before": before, "after": after}}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
