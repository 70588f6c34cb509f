#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: contact_privilege_info
short_description: List the privileges that contacts can have
version_added: 1.0.0
description:
  - Returns all privileges that can be granted to contacts of the account.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
seealso:
  - module: sindad.cloud.contact
"""

EXAMPLES = r"""
- name: Get all privileges
  sindad.cloud.contact_privilege_info:
  register: available

- name: Grant a contact all privileges of the support section
  sindad.cloud.contact:
    email: mary@example.com
    privileges:
      support: "{{ available.privileges.support }}"
"""

RETURN = r"""
privileges:
  description:
    - The privileges by section, as returned by the portal. A section is a list of names. The sections C(services) and
      C(domains) hold such lists by the ID of a service or domain, and C(full), which stands for all of them.
    - The portal describes the meaning of each name.
  returned: success
  type: dict
  sample: {"support": ["newticket", "tickets"], "services": {"full": 1, "332": ["basic", "billing"]}}
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

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Contacts
from ansible_collections.sindad.cloud.plugins.module_utils._context import ModuleContext, Result, info_spec, run_module

SPEC = info_spec({})


def run(context: ModuleContext) -> Result:
    return {"privileges": Contacts(context.client).privileges()}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
