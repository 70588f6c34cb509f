#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ticket_info
short_description: List support tickets
version_added: 1.0.0
description:
  - Returns one support ticket with its replies, or all tickets without them.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
options:
  number:
    description:
      - Number of the ticket to return, with its replies. It must exist.
    type: str
  status:
    description:
      - Only return tickets with this status, such as V(Open), V(Answered), V(Client-Reply), V(In-Progress) or
        V(Closed). Compared case-insensitively.
    type: str
  department:
    description:
      - Only return tickets of this department, specified by its ID or name.
    type: str
  subject:
    description:
      - Only return tickets with exactly this subject.
    type: str
seealso:
  - module: sindad.cloud.ticket
  - module: sindad.cloud.ticket_attachment
"""

EXAMPLES = r"""
- name: Get the answered tickets
  sindad.cloud.ticket_info:
    status: Answered
  register: answered

- name: Get the replies of each
  sindad.cloud.ticket_info:
    number: "{{ item.number }}"
  loop: "{{ answered.tickets }}"
  loop_control:
    label: "{{ item.subject }}"
  register: read

- name: Show the latest reply of each
  ansible.builtin.debug:
    msg: "{{ item.tickets[0].replies | map(attribute='body') | last | default('no reply') }}"
  loop: "{{ read.results }}"
  loop_control:
    label: "{{ item.tickets[0].subject }}"
"""

RETURN = r"""
tickets:
  description: The tickets, in the order returned by the portal.
  returned: success
  type: list
  elements: dict
  contains:
    number:
      description: Number of the ticket.
      type: str
      sample: "736633"
    subject:
      description: Subject of the ticket, as reported by the portal.
      type: str
      sample: Lore Ipsum
    status:
      description:
        - Status of the ticket, as reported by the portal, such as V(Open), V(Answered), V(Client-Reply), V(In-Progress)
          or V(Closed).
      type: str
      sample: Answered
    department:
      description: Name of the department that the ticket is assigned to.
      type: str
      sample: Billing
    date:
      description: Date and time when the ticket was opened, as reported by the portal, without a time zone.
      type: str
      sample: "2016-12-30 12:48:13"
    client_read:
      description: Whether you have read the latest reply, if reported by the portal.
      type: bool
      sample: true
    name:
      description: Name of the person who opened the ticket. V(null) without O(number).
      type: str
      sample: Joe Doe
    email:
      description: Email address of the person who opened the ticket. V(null) without O(number).
      type: str
      sample: api@example.com
    body:
      description: The first message of the ticket. V(null) without O(number).
      type: str
      sample: Donec sollicitudin molestie malesuada.
    replies:
      description: The replies, in the order returned by the portal. V(null) without O(number).
      type: list
      elements: dict
      contains:
        id:
          description: ID of the reply.
          type: str
          sample: "929"
        name:
          description: Name of the author.
          type: str
          sample: Support Staff
        date:
          description: Date and time of the reply, as reported by the portal.
          type: str
          sample: "2016-12-30 12:51:04"
        type:
          description: Which side wrote the reply, V(Admin) for the provider or V(Client) for you.
          type: str
          sample: Admin
        status:
          description: Status of the reply, as reported by the portal.
          type: str
          sample: Sent
        body:
          description: Text of the reply.
          type: str
          sample: Praesent sapien massa.
    attachments:
      description: The files of the ticket and its replies, if reported by the portal. V(null) without O(number).
      type: list
      elements: dict
      contains:
        id:
          description: ID of the file, for M(sindad.cloud.ticket_attachment).
          type: str
          sample: "5502"
        name:
          description: Name of the file.
          type: str
          sample: screenshot.png
    raw:
      description:
        - The ticket exactly as returned by the portal. With O(number), it holds C(ticket) and C(replies). Not returned
          with O(raw=false).
      type: dict
      sample: {"ticket_number": "736633", "subject": "Lore Ipsum", "status": "Answered"}
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
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.comparison import (
    SAME,
    compare_department,
    compare_text,
)
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.api import Tickets

SPEC = info_spec(
    {
        "number": {"type": "str"},
        "status": {"type": "str"},
        "department": {"type": "str"},
        "subject": {"type": "str"},
    },
    mutually_exclusive=[("number", "status"), ("number", "department"), ("number", "subject")],
)


def run(context: ModuleContext) -> Result:
    tickets = Tickets(context.client)
    number, status, department, subject = (
        context.params[name] for name in ("number", "status", "department", "subject")
    )
    if number is not None:
        return {"tickets": [tickets.find(number)]}
    found = tickets.list()
    if status is not None:
        found = [each for each in found if (each["status"] or "").casefold() == status.strip().casefold()]
    if department is not None:
        departments, requested = tickets.departments(), tickets.department(department)
        found = [each for each in found if compare_department(each["department"], requested, departments) is SAME]
    if subject is not None:
        found = [each for each in found if compare_text(each["subject"], subject) is SAME]
    return {"tickets": found}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
