#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: account
short_description: Manage the details of the account
version_added: 1.0.0
description:
  - Changes the registration details of the account that the credentials belong to.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.person
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
options:
  email:
    description:
      - Email address. Compared case-insensitively.
      - It is also the user name. After it has been changed, the tasks that follow need the new O(username).
seealso:
  - module: sindad.cloud.account_info
  - module: sindad.cloud.contact
"""

EXAMPLES = r"""
- name: Set the address of the account
  sindad.cloud.account:
    address1: Pretty View Lane 12
    city: Santa Rosa
    province: California
    postcode: "95401"
    country: US

- name: Enable notifications through Telegram
  sindad.cloud.account:
    telegram_notifications: true
"""

RETURN = r"""
account:
  description: The account after the task. In check mode, the predicted account.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the account or contact.
      type: str
      sample: "49"
    email:
      description: Email address.
      type: str
      sample: mary@example.com
    firstname:
      description: First name.
      type: str
      sample: Mary
    lastname:
      description: Last name.
      type: str
      sample: Sue
    national_id:
      description: National identity number, if the portal has this field.
      type: str
      sample: 0012345678
    companyname:
      description: Name of the company or organization.
      type: str
      sample: Example Ltd
    address1:
      description: Street and house number.
      type: str
      sample: Pretty View Lane
    address2:
      description: Second line of the address. It cannot be changed through the API.
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
      description: Postal code.
      type: str
      sample: "95401"
    country:
      description: Country, usually as a country code.
      type: str
      sample: US
    phonenumber:
      description: Phone number, as reported by the portal.
      type: str
      sample: "+1.24123123"
    type:
      description: V(Private) or V(Company), if reported by the portal.
      type: str
      sample: Private
    national_id_card_image:
      description: Name of the image of the national identity card, if reported by the portal.
      type: str
      sample: card.jpg
    telegram_notifications:
      description: Whether notifications are also sent through Telegram, if reported by the portal.
      type: bool
      sample: false
    landline:
      description: Landline number of the company, if the portal has this field.
      type: str
      sample: 02188776655
    last_login:
      description: Date and time of the last login, as reported by the portal. V(null) if there was none.
      type: str
      sample: "2016-12-30 12:24:28"
    raw:
      description: The account or contact exactly as returned by the portal.
      type: dict
      sample: {"id": "49", "email": "mary@example.com", "state": "California"}
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

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Account
from ansible_collections.sindad.cloud.plugins.module_utils._account.person import OPTIONS
from ansible_collections.sindad.cloud.plugins.module_utils._account.state import apply_to_owner
from ansible_collections.sindad.cloud.plugins.module_utils._account.transitions import DesiredPerson
from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)

SPEC = module_spec(OPTIONS)


def run(context: ModuleContext) -> Result:
    desired = DesiredPerson(context.params, "the account")
    before, after = apply_to_owner(context, Account(context.client), desired)
    return {"account": after, "diff": {"before": desired.managed(before), "after": desired.managed(after)}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
