# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a person, as M(sindad.cloud.account) and M(sindad.cloud.contact) have them in common."""

from __future__ import annotations


class ModuleDocFragment:
    """The fragment C(sindad.cloud.person); the options are OPTIONS in module_utils/_person.py."""

    DOCUMENTATION = r"""
options:
  email:
    description:
      - Email address. The case of its letters makes no difference.
    type: str
  firstname:
    description:
      - First name.
    type: str
  lastname:
    description:
      - Last name.
    type: str
  national_id:
    description:
      - National identity number, ten digits. Put it in quotes, or YAML may drop its leading zeros.
      - my.sindad.com has this field, my.royaserver.com does not.
    type: str
    aliases: [socialsecuritynumberpersonalid]
  companyname:
    description:
      - Name of the company or organization.
    type: str
  address1:
    description:
      - Street and number.
    type: str
  city:
    description:
      - City.
    type: str
  province:
    description:
      - Province or state. The portal calls it C(state).
    type: str
  postcode:
    description:
      - Post code. Blanks and hyphens make no difference.
    type: str
  country:
    description:
      - Country, by its code of two letters such as V(IR).
    type: str
  phonenumber:
    description:
      - Phone number. V(+989121234567), V(0912 123 4567) and V(9121234567) are the same number.
      - my.sindad.com takes mobile numbers of Iran only.
    type: str
  type:
    description:
      - Whether this is a person or a company.
    type: str
    choices: [Private, Company]
  national_id_card_image:
    description:
      - The image of the national identity card, by the name of a C(.jpg), C(.gif), C(.png) or C(.pdf) file as the
        portal knows it. The API uploads no files.
    type: str
    aliases: [mellicardimage]
  telegram_notifications:
    description:
      - Whether the portal sends its notifications through Telegram, too.
    type: bool
    aliases: [telegramnotifications]
  landline:
    description:
      - Landline number of the company.
      - my.sindad.com has this field, my.royaserver.com does not.
    type: str
    aliases: [langcustomline0180]
attributes:
  idempotent:
    support: partial
    details:
      - A portal that never shows O(type) leaves nothing to compare it with. It is sent at every run then, with a
        warning.
notes:
  - Only the options that are given are compared and sent. An empty text empties a field.
  - Values are compared as the portal means them, whatever the blanks, the spelling of phone numbers, or the case of
    email address and country.
  - Portals differ in their fields. One that a portal does not have is an error; where that can be read beforehand,
    nothing is sent. After a change the module reads again whether the portal took every field.
"""
