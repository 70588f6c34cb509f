#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: contact_info
short_description: List the contacts of the account
version_added: 1.0.0
description:
  - Returns one contact of the account, or all of them, each with its full details.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
options:
  id:
    description:
      - ID of the contact to return. If neither O(id) nor O(email) is specified, all contacts are returned.
    type: str
  email:
    description:
      - Email address of the contact to return. Compared case-insensitively.
    type: str
seealso:
  - module: sindad.cloud.contact
"""

EXAMPLES = r"""
- name: Get all contacts
  sindad.cloud.contact_info:
  register: result

- name: Show the contacts that can use the support section
  ansible.builtin.debug:
    msg: "{{ item.firstname }} {{ item.lastname }}"
  loop: "{{ result.contacts | selectattr('privileges.support', 'defined') }}"
  loop_control:
    label: "{{ item.email }}"

- name: Get one contact
  sindad.cloud.contact_info:
    email: mary@example.com
"""

RETURN = r"""
contacts:
  description:
    - The contacts, in the order returned by the portal. With O(id) or O(email), the list is empty if there is no such
      contact.
  returned: success
  type: list
  elements: dict
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
    privileges:
      description: Privileges of the contact, in the structure returned by M(sindad.cloud.contact_privilege_info).
      type: dict
      sample: {"support": ["tickets", "newticket"]}
    last_login:
      description: Date and time of the last login, as reported by the portal. V(null) if there was none.
      type: str
      sample: "2016-12-30 12:24:28"
    raw:
      description: The account or contact exactly as returned by the portal. Not returned with O(raw=false).
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
from ansible_collections.sindad.cloud.plugins.module_utils._context import ModuleContext, Result, info_spec, run_module

SPEC = info_spec({"id": {"type": "str"}, "email": {"type": "str"}}, mutually_exclusive=[("id", "email")])


def run(context: ModuleContext) -> Result:
    return {"contacts": Contacts(context.client).some(context.params["id"], context.params["email"])}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
