#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: invoice_info
short_description: List the invoices of the account
version_added: 1.0.0
description:
  - Returns one invoice with its lines, or all invoices without them.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
options:
  id:
    description:
      - ID of the invoice to return, with its lines. If omitted, all invoices are returned.
    type: str
  status:
    description:
      - Only return invoices with this status, such as V(Paid), V(Unpaid), V(Cancelled), V(Draft) or V(Refunded).
        Compared case-insensitively.
    type: str
"""

EXAMPLES = r"""
- name: Get the unpaid invoices
  sindad.cloud.invoice_info:
    status: Unpaid
  register: unpaid

- name: Show the amounts
  ansible.builtin.debug:
    msg: "{{ item.total }} {{ item.currency }} until {{ item.due_date }}"
  loop: "{{ unpaid.invoices }}"
  loop_control:
    label: "{{ item.id }}"

- name: Get one invoice with its lines
  sindad.cloud.invoice_info:
    id: "308976"
"""

RETURN = r"""
invoices:
  description:
    - The invoices, in the order returned by the portal. With O(id), the list is empty if there is no such invoice.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the invoice.
      type: str
      sample: "308976"
    number:
      description: Number of the invoice. V(null) if none has been assigned yet.
      type: str
      sample: 2016/12/1
    status:
      description: Status of the invoice, as reported by the portal.
      type: str
      sample: Paid
    date:
      description: Date of the invoice.
      type: str
      sample: "2016-12-30"
    due_date:
      description: Date when the invoice is due.
      type: str
      sample: "2017-01-06"
    paid_date:
      description: Date and time when the invoice was paid. V(null) if it has not been paid.
      type: str
      sample: "2016-12-30 12:40:47"
    subtotal:
      description: Total before tax, as a decimal string. V(null) without O(id).
      type: str
      sample: "16.24"
    tax:
      description: Tax, as a decimal string. V(null) without O(id).
      type: str
      sample: "3.41"
    credit:
      description: Credit applied to the invoice, as a decimal string. V(null) without O(id).
      type: str
      sample: "0"
    total:
      description: Total, as a decimal string.
      type: str
      sample: "19.65"
    currency:
      description: Currency of the amounts, if reported by the portal.
      type: str
      sample: USD
    lines:
      description:
        - The lines of the invoice. V(null) without O(id).
        - The same list is returned as C(items), which can only be accessed as C(invoice['items']) in Jinja.
      type: list
      elements: dict
      contains:
        id:
          description: ID of the line.
          type: str
          sample: "12305"
        description:
          description: Description of the product or service.
          type: str
          sample: Example Service
        amount:
          description: Unit price, as a decimal string.
          type: str
          sample: "15.00"
        quantity:
          description: Quantity, as a decimal string.
          type: str
          sample: "1.00"
        total:
          description: Total of the line, as a decimal string.
          type: str
          sample: "15.00"
        taxed:
          description: Whether tax is added, if reported by the portal.
          type: bool
          sample: true
    raw:
      description: The invoice exactly as returned by the portal. Not returned with O(raw=false).
      type: dict
      sample: {"id": "308976", "status": "Paid", "total": "19.65"}
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

from ansible_collections.sindad.cloud.plugins.module_utils._billing.api import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._context import ModuleContext, Result, info_spec, run_module

SPEC = info_spec({"id": {"type": "str"}, "status": {"type": "str"}})


def run(context: ModuleContext) -> Result:
    invoice_id, status = context.params["id"], context.params["status"]
    billing = Billing(context.client)
    if invoice_id is None:
        found = billing.invoices()
    else:
        one = billing.invoice(invoice_id.strip())
        found = [one] if one else []
    if status is not None:
        found = [each for each in found if (each["status"] or "").casefold() == status.strip().casefold()]
    return {"invoices": found}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
