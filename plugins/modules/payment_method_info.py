#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: payment_method_info
short_description: List the payment methods with their fees
version_added: 1.0.0
description:
  - Returns the payment methods that the portal offers, with the fees of each.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
notes:
  - A portal returns methods and fees in two lists whose IDs may differ. They are matched by name, ignoring case and
    whitespace. A method that only one of the lists contains is returned, too.
"""

EXAMPLES = r"""
- name: Get the payment methods
  sindad.cloud.payment_method_info:
  register: result

- name: Show the methods without a percentage fee
  ansible.builtin.debug:
    msg: "{{ result.payment_methods | selectattr('percent_fee', 'equalto', '0.0') | map(attribute='name') | list }}"
"""

RETURN = r"""
payment_methods:
  description: The payment methods. Those that only the list of fees contains come last.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the method; from the list of fees if only that list contains the method.
      type: str
      sample: "9"
    name:
      description: Name of the method.
      type: str
      sample: PayPal
    fixed_fee:
      description: Fixed fee per payment as a decimal string, if reported by the portal.
      type: str
      sample: "0.3"
    percent_fee:
      description: Fee in percent of the payment as a decimal string, if reported by the portal.
      type: str
      sample: "2.9"
    currency:
      description: Currency of the amounts, if reported by the portal.
      type: str
      sample: USD
    raw:
      description:
        - The method exactly as returned by the portal, C(payment) from the list of methods and C(fees) from the list of
          fees. V(null) for a list that does not contain the method. Not returned with O(raw=false).
      type: dict
      sample: {"payment": {"id": "9", "name": "PayPal"}, "fees": {"id": 5, "name": "PayPal", "percent_fee": "2.9"}}
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

SPEC = info_spec({})


def run(context: ModuleContext) -> Result:
    return {"payment_methods": Billing(context.client).payment_methods()}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
