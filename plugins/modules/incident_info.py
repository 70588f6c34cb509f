#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: incident_info
short_description: List network incidents and maintenance of the provider
version_added: 1.0.0
description:
  - Returns the entries of the network status page of the portal.
  - They are public. No credentials are needed, and none are sent.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
options:
  id:
    description:
      - ID of the entry to return. If omitted, all entries are returned.
    type: str
  status:
    description:
      - Only return entries with this status.
    type: str
    choices: [Scheduled, InProgress, Cancelled, ResolvedFaultIssue, CompletedMaintenance, Finished]
"""

EXAMPLES = r"""
- name: Get the incidents in progress
  sindad.cloud.incident_info:
    status: InProgress
  register: ongoing

- name: Stop if there is more than one
  ansible.builtin.assert:
    that: ongoing.incidents | length < 2
    fail_msg: "Incidents in progress: {{ ongoing.incidents | map(attribute='name') | join(', ') }}"

- name: Get one entry
  sindad.cloud.incident_info:
    id: "5"
"""

RETURN = r"""
incidents:
  description:
    - The entries, in the order returned by the portal. With O(id), the list is empty if there is no such entry.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the entry.
      type: str
      sample: "5"
    name:
      description: Title of the entry.
      type: str
      sample: Core switch upgrade
    status:
      description: Status of the entry, as reported by the portal.
      type: str
      sample: Scheduled
    date:
      description: Date and time when the entry was published, as reported by the portal.
      type: str
      sample: "2026-11-24 09:00:00"
    start:
      description: Start of the incident or maintenance, as reported by the portal.
      type: str
      sample: "2026-11-25 01:00:00"
    end:
      description: End of the incident or maintenance, as reported by the portal. V(null) if it is not known yet.
      type: str
      sample: "2026-11-26 03:00:00"
    description:
      description: Description by the provider.
      type: str
      sample: Short interruptions.
    related:
      description: What is affected, if reported by the portal.
      type: str
      sample: Server X1
    raw:
      description: The entry exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "5", "name": "Core switch upgrade", "status": "Scheduled"}
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
from ansible_collections.sindad.cloud.plugins.module_utils._incident.api import Incidents

SPEC = info_spec(
    {
        "id": {"type": "str"},
        "status": {
            "type": "str",
            "choices": [
                "Scheduled",
                "InProgress",
                "Cancelled",
                "ResolvedFaultIssue",
                "CompletedMaintenance",
                "Finished",
            ],
        },
    },
    mutually_exclusive=[("id", "status")],
)


def run(context: ModuleContext) -> Result:
    incidents = Incidents(context.client)
    if context.params["id"] is None:
        return {"incidents": incidents.list(context.params["status"])}
    found = incidents.get(context.params["id"].strip())
    return {"incidents": [found] if found else []}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
