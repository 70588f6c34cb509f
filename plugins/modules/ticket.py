#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ticket
short_description: Manage support tickets
version_added: 1.0.0
description:
  - Opens, answers, closes and reopens one support ticket, which is identified by its O(number), or by its O(subject)
    among the tickets that are not closed.
  - Nothing is sent twice. A ticket that already exists is not opened again, and a reply with the text of your last
    reply is not sent.
  - Portals change what they store. Markup, HTML entities, whitespace, case and a signature make no difference. A text
    that was cut, or lost its emojis, or has lines added to it may be the same, and so may a department in words that
    are not in the list of departments; then nothing is opened or sent again, a warning says so, and the O(number) must
    be used to change such a ticket. A ticket that the portal stored under an unrecognizable subject is remembered on
    the machine that opened it.
  - A request whose response was lost is never repeated; the module checks whether it took effect.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
options:
  number:
    description:
      - Number of the ticket, which must exist.
      - One of O(number) and O(subject) is required. O(department) and O(body) can only be used with O(subject).
    type: str
  subject:
    description:
      - Subject of the ticket. It must match the whole subject of a ticket that is not closed, regardless of case.
      - If there is no such ticket, it is created, unless O(state=closed). If several tickets have the subject, specify
        O(department) or O(number).
    type: str
  department:
    description:
      - ID or name of the department that the ticket is assigned to. Use M(sindad.cloud.ticket_department_info) to list
        the departments.
      - Required to create a ticket. If specified, tickets of other departments with the same subject are ignored.
    type: str
  body:
    description:
      - First message of the ticket. Required to create a ticket, and ignored if the ticket exists.
    type: str
  reply:
    description:
      - Text of the reply to add, unless your last reply in the ticket has the same text.
      - A portal may reopen a closed ticket when a reply is added. Specify O(state=closed) to close it afterwards.
    type: str
  state:
    description:
      - V(open) creates a ticket with this O(subject) if there is none, or reopens the closed ticket with this
        O(number).
      - V(closed) closes the ticket, after adding the O(reply) if one is specified. If no open ticket has the
        O(subject), nothing is changed.
      - If omitted, a ticket is created if no open ticket has the O(subject), and the state of an existing ticket is not
        changed.
    type: str
    choices: [open, closed]
seealso:
  - module: sindad.cloud.ticket_info
  - module: sindad.cloud.ticket_department_info
  - module: sindad.cloud.ticket_attachment
"""

EXAMPLES = r"""
- name: Open a ticket
  sindad.cloud.ticket:
    subject: A larger disk for server1.example.com
    department: Sales
    body: |
      Hello,
      please tell us what a second disk for server1.example.com costs.

- name: Add a reply
  sindad.cloud.ticket:
    subject: A larger disk for server1.example.com
    reply: It should have 960 GB.

- name: Add a reply and close the ticket
  sindad.cloud.ticket:
    subject: A larger disk for server1.example.com
    reply: Thank you.
    state: closed

- name: Reopen a closed ticket
  sindad.cloud.ticket:
    number: "736600"
    state: open
    reply: The report shows the problem again.
"""

RETURN = r"""
ticket:
  description:
    - The ticket after the task, with its replies. In check mode, the predicted ticket.
    - If O(state=closed) and no open ticket has the O(subject), this is the most recent closed ticket with it, or
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    number:
      description: Number of the ticket. V(null) in check mode for a ticket that would be created.
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
      description: Name of the person who opened the ticket.
      type: str
      sample: Joe Doe
    email:
      description: Email address of the person who opened the ticket.
      type: str
      sample: api@example.com
    body:
      description: The first message of the ticket.
      type: str
      sample: Donec sollicitudin molestie malesuada.
    replies:
      description: The replies, in the order returned by the portal.
      type: list
      elements: dict
      contains:
        id:
          description: ID of the reply. V(null) in check mode for a reply that would be added.
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
      description: The files of the ticket and its replies, if reported by the portal.
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
      description: The ticket exactly as returned by the portal. It holds C(ticket) and C(replies).
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

from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.api import Tickets
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.state import TicketState

SPEC = module_spec(
    {
        "number": {"type": "str"},
        "subject": {"type": "str"},
        "department": {"type": "str"},
        "body": {"type": "str"},
        "reply": {"type": "str"},
        "state": {"type": "str", "choices": ["open", "closed"]},
    },
    mutually_exclusive=[("number", "subject"), ("number", "department"), ("number", "body")],
    required_one_of=[("number", "subject")],
)


def run(context: ModuleContext) -> Result:
    ticket, before, after = TicketState(context, Tickets(context.client), context.params).apply()
    return {"ticket": ticket, "diff": {"before": before, "after": after}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
