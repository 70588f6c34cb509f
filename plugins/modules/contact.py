#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: contact
short_description: Manage the contacts of the account
version_added: 1.0.0
description:
  - Creates a contact if no contact has the O(email), and updates it if it differs.
  - A contact is another person who belongs to the account. A contact with a password can log in, with the privileges
    granted to it.
  - Contacts cannot be deleted through the API.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.person
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
options:
  id:
    description:
      - ID of the contact, which must exist.
      - One of O(id) and O(email) is required.
    type: str
  email:
    description:
      - Email address. Without O(id), it identifies the contact, which is created if it does not exist.
      - With O(id), it is the email address to set.
  privileges:
    description:
      - Privileges of the contact, in the structure returned by M(sindad.cloud.contact_privilege_info), that is, a list
        of names per section.
      - The list is complete. Privileges that are not listed are revoked, and an empty dictionary revokes all of them.
        The order does not matter.
    type: dict
  contact_password:
    description:
      - Password with which the contact can log in.
      - It is only set when the contact is created. It cannot be changed through the API.
    type: str
seealso:
  - module: sindad.cloud.contact_info
  - module: sindad.cloud.contact_privilege_info
"""

EXAMPLES = r"""
- name: Ensure the help desk can read and open tickets
  sindad.cloud.contact:
    email: helpdesk@example.com
    firstname: Help
    lastname: Desk
    country: US
    privileges:
      support: [tickets, newticket, closeticket]

- name: Set the phone number of a contact
  sindad.cloud.contact:
    email: mary@example.com
    phonenumber: "+989121234567"

- name: Change the email address of a contact
  sindad.cloud.contact:
    id: "50"
    email: ahmadi@example.com
"""

RETURN = r"""
contact:
  description: The contact after the task. In check mode, the predicted contact.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the account or contact. V(null) in check mode for a contact that would be created.
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
    privileges:
      description: Privileges of the contact, in the structure returned by M(sindad.cloud.contact_privilege_info).
      type: dict
      sample: {"support": ["tickets", "newticket"]}
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

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Contacts
from ansible_collections.sindad.cloud.plugins.module_utils._account.person import CONTACT_OPTIONS
from ansible_collections.sindad.cloud.plugins.module_utils._account.state import ContactState
from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)

SPEC = module_spec(
    {
        **CONTACT_OPTIONS,
        "id": {"type": "str"},
        "contact_password": {"type": "str", "no_log": True},
    },
    required_one_of=[("id", "email")],
)


def run(context: ModuleContext) -> Result:
    state = ContactState(context, Contacts(context.client))
    before, after = state.apply()
    managed = state.desired.managed
    return {"contact": after, "diff": {"before": managed(before) if before else {}, "after": managed(after)}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
