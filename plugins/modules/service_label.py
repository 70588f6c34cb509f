#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: service_label
short_description: Set the label of a service
version_added: 1.0.0
description:
  - Sets the label of a service, which helps you to distinguish it from others in the portal, or the tags in it.
  - Tags are the words of a label that begin with C(#). The inventory plugin P(sindad.cloud.sindad#inventory) makes
    groups of them, and a service tagged C(#protected) is neither cancelled, nor reinstalled, nor is one of its virtual
    machines destroyed or rebuilt, unless the task forces it.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
options:
  label:
    description:
      - The whole label. An empty string removes it.
      - At least one of O(label) and O(tags) is required. With both, the tags in O(label) are replaced with O(tags).
    type: str
  tags:
    description:
      - The tags of the service, with or without the leading C(#). All other tags are removed from the label, and the
        rest of the label stays as it is. An empty list removes all tags.
    type: list
    elements: str
seealso:
  - module: sindad.cloud.service_info
"""

EXAMPLES = r"""
- name: Set the label of a server
  sindad.cloud.service_label:
    service: server1.example.com
    label: web, rack 4

- name: Tag it, and protect it from being reinstalled or cancelled
  sindad.cloud.service_label:
    service: server1.example.com
    tags: [prod, db, protected]
"""

RETURN = r"""
label:
  description: The label of the service after the task. In check mode, the predicted label.
  returned: success
  type: str
  sample: "web, rack 4 #prod"
tags:
  description: The tags in the label, without the leading C(#).
  returned: success
  type: list
  elements: str
  sample: ["prod"]
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

from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service
from ansible_collections.sindad.cloud.plugins.module_utils._service.label import apply_label
from ansible_collections.sindad.cloud.plugins.module_utils._service.tags import checked_tag, tags_of

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "label": {"type": "str"},
        "tags": {"type": "list", "elements": "str"},
    },
    required_one_of=[("label", "tags")],
)


def run(context: ModuleContext) -> Result:
    label, tags = context.params["label"], context.params["tags"]
    for tag in tags or ():
        checked_tag(tag)  # refuses what is not a tag
    service = Service(context.client, context.service())
    before, after = apply_label(context, service, label, tags)
    return {"label": after, "tags": tags_of(after), "diff": {"before": {"label": before}, "after": {"label": after}}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
