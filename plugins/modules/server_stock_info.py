#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_stock_info
short_description: List the dedicated servers in stock
version_added: 1.0.0
description:
  - Returns the dedicated servers that the portal has in stock.
  - The details that a portal returns for them are not documented, so only IDs and names are common to all portals.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
seealso:
  - module: sindad.cloud.server_info
"""

EXAMPLES = r"""
- name: Get the servers in stock
  sindad.cloud.server_stock_info:
  register: stock

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ stock.servers | map(attribute='name') }}"
"""

RETURN = r"""
servers:
  description: The servers in stock, in the order returned by the portal.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the server, or its name if the portal does not report an ID.
      type: str
      sample: "71"
    name:
      description: Name of the server.
      type: str
      sample: Server X1
    raw:
      description: The server exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "71", "name": "Server X1", "cpu": "Intel Xeon E-2288G", "ram": "64 GB", "stock": "3"}
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
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import Stock

SPEC = info_spec({})


def run(context: ModuleContext) -> Result:
    return {"servers": Stock(context.client).list()}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
