#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ticket
short_description: Open, answer, close and re-open a support ticket
version_added: 0.1.0
description:
  - Manages one support ticket, which is named by its O(number), or by its O(subject) among the tickets that are not
    closed.
  - Nothing is told twice. A ticket that is open already is not opened again, and a reply that says what your last reply
    says is not sent.
  - A request whose answer was lost is never repeated, the module looks whether it took effect.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
options:
  number:
    description:
      - Number of the ticket, which must exist.
      - One of O(number) and O(subject) is required. O(department) and O(body) go with O(subject) only.
    type: str
  subject:
    description:
      - Subject of the ticket. Only tickets that are not closed are looked at, and the whole text must be the same.
      - If there is none, the ticket is created, unless O(state=closed). If several tickets have the subject, use
        O(department) or O(number).
    type: str
  department:
    description:
      - Department that answers the ticket, by its id or name; see M(sindad.cloud.ticket_department_info).
      - Required to create a ticket. With it, a ticket of the same subject in another department is another ticket.
    type: str
  body:
    description:
      - First message of the ticket. Required to create a ticket, and left alone in a ticket that exists.
    type: str
  reply:
    description:
      - Text to answer with, unless your last reply in the ticket says the same. Line ends, blanks and HTML entities
        make no difference, as portals change them.
      - A portal may open a closed ticket again by a reply. Use O(state=closed) too if it is to be closed afterwards.
    type: str
  state:
    description:
      - V(open) creates the ticket with this O(subject) if there is none, or opens the closed ticket with this O(number)
        again.
      - V(closed) closes the ticket, after the O(reply) if there is one. Without an open ticket of that O(subject)
        nothing is done.
      - If it is left out, an open ticket stays open and a closed one closed. A O(subject) that no open ticket has is
        created all the same.
    type: str
    choices: [open, closed]
seealso:
  - module: sindad.cloud.ticket_info
  - module: sindad.cloud.ticket_department_info
  - module: sindad.cloud.ticket_attachment
"""

EXAMPLES = r"""
- name: Ask for a larger disk
  sindad.cloud.ticket:
    subject: A larger disk for server1.example.com
    department: Sales
    body: |
      Hello,
      please tell us what a second disk for server1.example.com costs.

- name: Add what was forgotten
  sindad.cloud.ticket:
    subject: A larger disk for server1.example.com
    reply: It should have 960 GB.

- name: Thank and close
  sindad.cloud.ticket:
    subject: A larger disk for server1.example.com
    reply: Thank you.
    state: closed

- name: Take up a ticket again that was closed
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
    raw:
      description: The ticket exactly as returned by the portal. It holds C(ticket) and C(replies).
      type: dict
      sample: {"ticket_number": "736633", "subject": "Lore Ipsum", "status": "Answered"}
"""

from ansible_collections.sindad.cloud.plugins.module_utils._module import module_spec, run_module
from ansible_collections.sindad.cloud.plugins.module_utils._ticket_state import TicketState
from ansible_collections.sindad.cloud.plugins.module_utils._tickets import Tickets

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


def run(task):
    ticket, before, after = TicketState(task, Tickets(task.portal), task.params).reach()
    return {"ticket": ticket, "diff": {"before": before, "after": after}}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
