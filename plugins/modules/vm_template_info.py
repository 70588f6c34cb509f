#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vm_template_info
short_description: List the templates for virtual machines of a service
version_added: 1.0.0
description:
  - Returns the operating systems that M(sindad.cloud.vm) can install on the virtual machines of a service.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
  - sindad.cloud.portal.service
seealso:
  - module: sindad.cloud.vm
"""

EXAMPLES = r"""
- name: Get the templates of a service
  sindad.cloud.vm_template_info:
    service: cloud-a.example.com
  register: result

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ result.templates | map(attribute='name') | join(', ') }}"
"""

RETURN = r"""
templates:
  description: The templates, in the order returned by the portal.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the template.
      type: str
      sample: linux-debian-12-x86_64-min-gen2-v1
    name:
      description: Name of the template, or its ID if it has no name.
      type: str
      sample: Debian 12
    raw:
      description: The template exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "linux-debian-12-x86_64-min-gen2-v1", "name": "Debian 12"}
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
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms

SPEC = info_spec({"service": {"type": "str", "required": True}})


def run(context: ModuleContext) -> Result:
    return {"templates": Vms(context.client, context.service()).templates()}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
