#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: notification_info
short_description: List the notifications of the portal
version_added: 1.0.0
description:
  - Returns the notifications that the portal has for the account.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
options:
  new_only:
    description:
      - Whether to return only unread notifications.
    type: bool
    default: false
  rel_type:
    description:
      - Only return notifications about this type of object, such as V(Invoice).
    type: str
  rel_id:
    description:
      - Only return notifications about the object with this ID.
    type: str
seealso:
  - module: sindad.cloud.notification
"""

EXAMPLES = r"""
- name: Get the unread notifications
  sindad.cloud.notification_info:
    new_only: true

- name: Get the notifications about an invoice
  sindad.cloud.notification_info:
    rel_type: Invoice
    rel_id: "308980"
"""

RETURN = r"""
notifications:
  description: The notifications, in the order returned by the portal.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the notification.
      type: str
      sample: "71"
    subject:
      description: Subject of the notification, if reported by the portal.
      type: str
      sample: Invoice created
    text:
      description: Text of the notification.
      type: str
      sample: Invoice 308980 is due
    date:
      description: Date and time of the notification, as reported by the portal.
      type: str
      sample: "2026-11-19 07:00:00"
    read:
      description: Whether the notification has been read, that is, acknowledged.
      type: bool
      sample: true
    rel_type:
      description: Type of the object that the notification is about, if reported by the portal.
      type: str
      sample: Invoice
    rel_id:
      description: ID of the object that the notification is about, if reported by the portal.
      type: str
      sample: "308980"
    raw:
      description:
        - The notification exactly as returned by the portal, before any change. Not returned with O(raw=false).
      type: dict
      sample: {"id": "71", "subject": "Invoice created", "rel_type": "Invoice", "rel_id": "308980"}
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

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Notifications
from ansible_collections.sindad.cloud.plugins.module_utils._context import ModuleContext, Result, info_spec, run_module

SPEC = info_spec(
    {
        "new_only": {"type": "bool", "default": False},
        "rel_type": {"type": "str"},
        "rel_id": {"type": "str"},
    }
)


def run(context: ModuleContext) -> Result:
    asked = {name: context.params[name] for name in ("new_only", "rel_type", "rel_id")}
    return {"notifications": Notifications(context.client).list(**asked)}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
