#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: invoice_info
short_description: List the invoices of your account
version_added: 0.1.0
description:
  - Returns one invoice with its items, or the list of all invoices.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
options:
  id:
    description:
      - Id of the invoice to return, with its items. Without it all are listed.
    type: str
  status:
    description:
      - Return only invoices with this status, in any case, such as V(Paid), V(Unpaid), V(Cancelled), V(Draft) or
        V(Refunded).
    type: str
"""

EXAMPLES = r"""
- name: Look at what is to be paid
  sindad.cloud.invoice_info:
    status: Unpaid
  register: unpaid

- name: Show it
  ansible.builtin.debug:
    msg: "{{ item.total }} {{ item.currency }} until {{ item.due_date }}"
  loop: "{{ unpaid.invoices }}"
  loop_control:
    label: "{{ item.id }}"

- name: Look at one invoice with its items
  sindad.cloud.invoice_info:
    id: "308976"
"""

RETURN = r"""
invoices:
  description: The invoices, in the portal's order. With O(id) an empty list if there is none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the invoice.
      type: str
      sample: "308976"
    number:
      description: Its number, V(null) as long as it has none.
      type: str
      sample: 2016/12/1
    status:
      description: Its status, the portal's own word.
      type: str
      sample: Paid
    date:
      description: When it was made.
      type: str
      sample: "2016-12-30"
    due_date:
      description: When it is due.
      type: str
      sample: "2017-01-06"
    paid_date:
      description: When it was paid, V(null) if it was not.
      type: str
      sample: "2016-12-30 12:40:47"
    subtotal:
      description: Sum without tax, a decimal string. Only with O(id), else V(null).
      type: str
      sample: "16.24"
    tax:
      description: Tax, a decimal string. Only with O(id), else V(null).
      type: str
      sample: "3.41"
    credit:
      description: Credit that was used for it, a decimal string. Only with O(id), else V(null).
      type: str
      sample: "0"
    total:
      description: Sum, a decimal string.
      type: str
      sample: "19.65"
    currency:
      description: Currency of the amounts, V(null) if the portal does not tell.
      type: str
      sample: USD
    lines:
      description:
        - Its lines. Only with O(id), else V(null).
        - The same list is under C(items), which Jinja only reads as C(invoice['items']).
      type: list
      elements: dict
      contains:
        id:
          description: Id of the line.
          type: str
          sample: "12305"
        description:
          description: What it is for.
          type: str
          sample: Example Service
        amount:
          description: Price of one, a decimal string.
          type: str
          sample: "15.00"
        quantity:
          description: How many, a decimal string.
          type: str
          sample: "1.00"
        total:
          description: Sum of the line, a decimal string.
          type: str
          sample: "15.00"
        taxed:
          description: Whether tax is added, if the portal tells.
          type: bool
          sample: true
    raw:
      description: The portal's own object.
      type: dict
      sample: {"id": "308976", "status": "Paid", "total": "19.65"}
"""

from ansible_collections.sindad.cloud.plugins.module_utils._billing import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._module import module_spec, run_module

SPEC = module_spec({"id": {"type": "str"}, "status": {"type": "str"}})


def run(task):
    invoice_id, status = task.params["id"], task.params["status"]
    billing = Billing(task.portal)
    if invoice_id is None:
        found = billing.invoices()
    else:
        one = billing.invoice(invoice_id.strip())
        found = [one] if one else []
    if status is not None:
        found = [each for each in found if (each["status"] or "").casefold() == status.strip().casefold()]
    return {"invoices": found}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
