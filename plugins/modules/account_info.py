#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: account_info
short_description: Look at the details and the balance of your account
version_added: 0.1.0
description:
  - Returns the registration details of the account that the credentials belong to, and what it owes and has paid ahead.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
seealso:
  - module: sindad.cloud.account
  - module: sindad.cloud.invoice_info
"""

EXAMPLES = r"""
- name: Look at the account
  sindad.cloud.account_info:
  register: mine

- name: Show what is to be paid
  ansible.builtin.debug:
    msg: "{{ mine.account.email }} owes {{ mine.balance.balance }} {{ mine.balance.currency }}"
"""

RETURN = r"""
account:
  description: The details of the account.
  returned: success
  type: dict
  contains:
    id:
      description: Id of the account.
      type: str
      sample: "26"
    email:
      description: Email address.
      type: str
      sample: api@example.com
    firstname:
      description: First name.
      type: str
      sample: Joe
    lastname:
      description: Last name.
      type: str
      sample: Doe
    national_id:
      description: National identity number, if the portal has this field.
      type: str
      sample: "0012345678"
    companyname:
      description: Name of the company or organization.
      type: str
      sample: Example Ltd
    address1:
      description: Street and number.
      type: str
      sample: Pretty View Lane
    address2:
      description: Second line of the address. The API shows it and cannot change it.
      type: str
      sample: "3294"
    city:
      description: City.
      type: str
      sample: Santa Rosa
    province:
      description: Province or state.
      type: str
      sample: California
    postcode:
      description: Post code.
      type: str
      sample: "95401"
    country:
      description: Country, usually by its code.
      type: str
      sample: US
    phonenumber:
      description: Phone number, as the portal writes it.
      type: str
      sample: "+1.24123123"
    type:
      description: V(Private) or V(Company), if the portal tells.
      type: str
      sample: Private
    national_id_card_image:
      description: The image of the national identity card, if the portal tells.
      type: str
      sample: card.jpg
    telegram_notifications:
      description: Whether notifications come through Telegram, too, if the portal tells.
      type: bool
      sample: false
    landline:
      description: Landline number of the company, if the portal has this field.
      type: str
      sample: "02188776655"
    last_login:
      description: When this login was last used, in the portal's time, V(null) if never.
      type: str
      sample: "2016-12-30 12:24:28"
    raw:
      description: The portal's own object.
      type: dict
      sample: {"id": "26", "email": "api@example.com", "state": "California"}
balance:
  description: The amounts of the account.
  returned: success
  type: dict
  contains:
    currency:
      description: Currency of the amounts, V(null) if the portal does not tell.
      type: str
      sample: USD
    balance:
      description: Sum of the unpaid invoices, a decimal string.
      type: str
      sample: "123456.55"
    credit:
      description: Credit of the account, a decimal string.
      type: str
      sample: "0.00"
    raw:
      description: The portal's own object.
      type: dict
      sample: {"currency": "USD", "acc_balance": "123456.55", "acc_credit": "0.00"}
"""

from ansible_collections.sindad.cloud.plugins.module_utils._account import Account
from ansible_collections.sindad.cloud.plugins.module_utils._billing import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._module import module_spec, run_module

SPEC = module_spec({})


def run(task):
    return {"account": Account(task.portal).details(), "balance": Billing(task.portal).balance()}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
