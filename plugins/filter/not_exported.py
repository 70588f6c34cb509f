# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: not_exported
short_description: Find what is on the account and in no file of an export
version_added: 1.0.0
description:
  - Compares what info modules return with what there was when the account was exported. The playbook C(site.yml) that
    M(sindad.cloud.account_export) writes reports it in check mode.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: The variables of C(account.yml).
    type: dict
    required: true
  results:
    description:
      - Registered results of M(sindad.cloud.contact_info) and M(sindad.cloud.service_info), and of loops of
        M(sindad.cloud.vm_info) and M(sindad.cloud.ip_info) over the variables of the files in C(services).
      - Results of tasks that were skipped, or that failed, tell nothing.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Read what was exported
  ansible.builtin.include_vars:
    file: account.yml
    name: account

- name: Read the services
  sindad.cloud.service_info:
  register: services_now

- name: Show which services are new
  ansible.builtin.debug:
    msg: "{{ account | sindad.cloud.not_exported([services_now]) }}"
"""

RETURN = r"""
_value:
  description: What is new, each with where it is.
  type: list
  elements: str
  sample: ["VM 18869 of service 101"]
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Record = Mapping[str, Any]


def not_exported(account: Record, results: Iterable[Record]) -> list[str]:
    """What of *results* was not there when *account* was exported."""
    found: list[str] = []
    for result in results:
        for kind in ("contact", "service"):
            there = [record["id"] for record in result.get(f"{kind}s") or ()]
            found += [f"{kind.capitalize()} {each}" for each in there if each not in account[f"known_{kind}s"]]
        for part in result.get("results") or ():
            found += _of_service(part.get("item") or {}, part)
    return found


def _of_service(service: Record, result: Record) -> list[str]:
    """The VMs and addresses of one service that are not in its file. A VM that was added to the file is."""
    labels = [item.get("label") for item in service.get("vms") or ()]
    vms = [vm for vm in result.get("vms") or () if vm["id"] not in service["known_vms"] and vm["label"] not in labels]
    addresses = [each["address"] for each in result.get("ips") or ()]
    where = f"of service {service.get('id')}"
    found = [f"VM {vm['id']} {where}" for vm in vms]
    return found + [f"Address {each} {where}" for each in addresses if each not in service["known_addresses"]]


class FilterModule:
    """The filter ``sindad.cloud.not_exported``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"not_exported": not_exported}
