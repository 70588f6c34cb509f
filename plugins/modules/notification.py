#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: notification
short_description: Mark notifications of the portal as read
version_added: 1.0.0
description:
  - Acknowledges notifications of the portal.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
options:
  id:
    description:
      - IDs of the notifications. If one of them is not listed by the portal, the task fails and none is acknowledged.
    type: list
    elements: str
    required: true
  state:
    description:
      - V(read) acknowledges the notifications. They cannot be marked as unread through the API.
    type: str
    choices: [read]
    default: read
seealso:
  - module: sindad.cloud.notification_info
"""

EXAMPLES = r"""
- name: Mark a notification as read
  sindad.cloud.notification:
    id: "71"

- name: Get the unread notifications
  sindad.cloud.notification_info:
    new_only: true
  register: unread

- name: Mark all of them as read
  sindad.cloud.notification:
    id: "{{ unread.notifications | map(attribute='id') }}"
"""

RETURN = r"""
notifications:
  description: The notifications in O(id) after the task. In check mode, the predicted notifications.
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
      description: The notification exactly as returned by the portal, before any change.
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

import functools
from collections.abc import Collection

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Notifications
from ansible_collections.sindad.cloud.plugins.module_utils._account.transitions import plan_read
from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.transition import Target
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.lookup import listing

SPEC = module_spec(
    {
        "id": {"type": "list", "elements": "str", "required": True},
        "state": {"type": "str", "choices": ["read"], "default": "read"},
    }
)


def run(context: ModuleContext) -> Result:
    requested = list(dict.fromkeys(each.strip() for each in context.params["id"]))
    notifications = Notifications(context.client)
    new = {each["id"]: each for each in notifications.list(new_only=True)}
    there = {**new, **{each["id"]: each for each in notifications.list()}}
    missing = [each for each in requested if each not in there]
    if missing:
        listed = listing(list(there.values()), ("subject",)) or "none at all"
        raise LookupFailed(f"There is no notification {', '.join(missing)}. There is: {listed}.")
    ids: Collection[str] = list(new)
    for transition in plan_read(requested, new):
        target = Target(f"notification {transition.id}", notifications, functools.partial(_new, notifications), str)
        context.apply(transition, target, ids)
    return {
        "notifications": [{**there[each], "read": True} for each in requested],
        "diff": {
            "before": {each: "new" if each in new else "read" for each in requested},
            "after": dict.fromkeys(requested, "read"),
        },
    }


def _new(notifications: Notifications) -> Collection[str]:
    return [each["id"] for each in notifications.list(new_only=True)]


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
