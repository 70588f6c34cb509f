#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_template_info
short_description: List the templates and recipes for a dedicated server
version_added: 1.0.0
description:
  - Returns the templates for an operation on a dedicated server and, for installations, the recipes.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
  - sindad.cloud.portal.service
options:
  operation:
    description:
      - V(reinstall) lists the operating systems for M(sindad.cloud.server_reinstall), V(rescue) the rescue systems for
        M(sindad.cloud.server_rescue), and V(diagnostics) the diagnostics for M(sindad.cloud.server_diagnostics).
    type: str
    choices: [reinstall, rescue, diagnostics]
    default: reinstall
seealso:
  - module: sindad.cloud.server_reinstall
  - module: sindad.cloud.server_rescue
  - module: sindad.cloud.server_diagnostics
"""

EXAMPLES = r"""
- name: Get the operating systems and recipes
  sindad.cloud.server_template_info:
    service: server1.example.com
  register: systems

- name: Show the recipes that support Debian 12
  ansible.builtin.debug:
    msg: "{{ systems.recipes | selectattr('usable_for', 'contains', debian.id) | map(attribute='name') }}"
  vars:
    debian: "{{ systems.templates | selectattr('name', 'equalto', 'Debian 12') | first }}"

- name: Get the rescue systems
  sindad.cloud.server_template_info:
    service: server1.example.com
    operation: rescue
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
      sample: ISPsystem__Debian-12-x86_64
    name:
      description: Name of the template.
      type: str
      sample: Debian 12
    raw:
      description: The template exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "ISPsystem__Debian-12-x86_64", "name": "Debian 12"}
recipes:
  description: The recipes, in the order returned by the portal. Empty unless O(operation=reinstall).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the recipe.
      type: str
      sample: ISPsystem__docker
    name:
      description: Name of the recipe.
      type: str
      sample: Docker
    usable_for:
      description: IDs of the templates that the recipe supports.
      type: list
      elements: str
      sample: ["ISPsystem__Debian-12-x86_64"]
    raw:
      description: The recipe exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "ISPsystem__docker", "name": "Docker", "usablefor": ["ISPsystem__Debian-12-x86_64"]}
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
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import Server

SPEC = info_spec(
    {
        "service": {"type": "str", "required": True},
        "operation": {"type": "str", "choices": ["reinstall", "rescue", "diagnostics"], "default": "reinstall"},
    }
)


def run(context: ModuleContext) -> Result:
    templates, recipes = Server(context.client, context.service()).templates(context.params["operation"])
    return {"templates": templates, "recipes": recipes}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
