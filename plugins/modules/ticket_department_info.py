#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ticket_department_info
short_description: List the departments for support tickets
version_added: 1.0.0
description:
  - Returns the departments that support tickets can be assigned to.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
seealso:
  - module: sindad.cloud.ticket
"""

EXAMPLES = r"""
- name: Get the departments
  sindad.cloud.ticket_department_info:
  register: support

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ support.departments | map(attribute='name') | join(', ') }}"
"""

RETURN = r"""
departments:
  description: The departments, in the order returned by the portal.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the department.
      type: str
      sample: "1"
    name:
      description: Name of the department.
      type: str
      sample: Billing
    raw:
      description: The department exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "1", "name": "Billing"}
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
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.api import Tickets

SPEC = info_spec({})


def run(context: ModuleContext) -> Result:
    return {"departments": Tickets(context.client).departments()}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
