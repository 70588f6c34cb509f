# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: offering
short_description: Choose the services that offer a route
version_added: 1.0.0
description:
  - Gives the ids of the services that offer to read a route of the API.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description:
      - Services, as M(sindad.cloud.service_info) returns them with V(methods) in
        O(sindad.cloud.service_info#module:include).
    type: list
    elements: dict
    required: true
  route:
    description: The last part of the route, such as V(vms) of C(/service/@id/vms).
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Read the services and what they offer
  sindad.cloud.service_info:
    status: Active
    include: [methods]
  register: active

- name: Look at the VMs of each service that has VMs
  sindad.cloud.vm_info:
    service: "{{ item }}"
  loop: "{{ active.services | sindad.cloud.offering('vms') }}"
"""

RETURN = r"""
_value:
  description: Ids of services.
  type: list
  elements: str
  sample: ["101", "102"]
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible_collections.sindad.cloud.plugins.plugin_utils._report.machines import offering as offering_services


def offering(services: Iterable[Mapping[str, Any]], route: str) -> list[str]:
    """The ids of those whose ``methods`` have ``GET`` of this route."""
    return offering_services(services, route)


class FilterModule:
    """The filter ``sindad.cloud.offering``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"offering": offering}
