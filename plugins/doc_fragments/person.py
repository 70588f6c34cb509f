# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that ``account`` and ``contact`` have in common."""

from __future__ import annotations


class ModuleDocFragment:
    """The fragment ``sindad.cloud.person``; the options are OPTIONS in module_utils/_person.py."""

    DOCUMENTATION = r"""
options:
  email:
    description:
      - Email address. Compared case-insensitively.
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
      - National identity number with ten digits. Quote it, as YAML may otherwise drop leading zeros.
      - Available on my.sindad.com, but not on my.royaserver.com.
    type: str
    aliases: [socialsecuritynumberpersonalid]
  companyname:
    description:
      - Name of the company or organization.
    type: str
  address1:
    description:
      - Street and house number.
    type: str
  city:
    description:
      - City.
    type: str
  province:
    description:
      - Province or state. Called C(state) by the portal.
    type: str
  postcode:
    description:
      - Postal code. Spaces and hyphens are ignored when comparing.
    type: str
  country:
    description:
      - Two-letter country code, such as V(IR).
    type: str
  phonenumber:
    description:
      - Phone number. V(+989121234567), V(0912 123 4567) and V(9121234567) are considered equal.
      - my.sindad.com only accepts Iranian mobile numbers.
    type: str
  type:
    description:
      - Whether this is a person or a company.
    type: str
    choices: [Private, Company]
  national_id_card_image:
    description:
      - Name of the image of the national identity card, a C(.jpg), C(.gif), C(.png) or C(.pdf) file that the portal
        already has. Files cannot be uploaded through the API.
    type: str
    aliases: [mellicardimage]
  telegram_notifications:
    description:
      - Whether the portal also sends notifications through Telegram.
    type: bool
    aliases: [telegramnotifications]
  landline:
    description:
      - Landline number of the company.
      - Available on my.sindad.com, but not on my.royaserver.com.
    type: str
    aliases: [langcustomline0180]
attributes:
  idempotent:
    support: partial
    details:
      - If the portal does not report O(type), it cannot be compared and is sent on every run, with a warning.
notes:
  - Only the specified options are compared and sent. An empty string clears a field.
  - Differences in whitespace, in the notation of phone numbers, and in the case of email addresses and countries are
    ignored.
  - The available fields depend on the portal. Specifying a field that the portal does not have is an error. If this can
    be determined beforehand, nothing is sent. After a change, the module verifies that the portal accepted every field.
"""
