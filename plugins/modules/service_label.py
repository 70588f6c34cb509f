#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: service_label
short_description: Set the label of a service
version_added: 0.1.0
description:
  - Sets the label of a service, which helps you to distinguish it from others in the portal.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
options:
  label:
    description:
      - The label. An empty string removes it.
    type: str
    required: true
seealso:
  - module: sindad.cloud.service_info
"""

EXAMPLES = r"""
- name: Set the label of a server
  sindad.cloud.service_label:
    service: server1.example.com
    label: web, rack 4
"""

RETURN = r"""
label:
  description: The label of the service after the task. In check mode, the predicted label.
  returned: success
  type: str
  sample: web, rack 4
"""

from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "label": {"type": "str", "required": True},
    }
)


def run(context: ModuleContext) -> Result:
    service = Service(context.client, context.service())
    wanted = context.params["label"].strip()
    label = service.label()
    if label != wanted:
        context.act(
            lambda: service.set_label(wanted),
            landed=lambda: service.label() == wanted,
            aim=f"service {service.id} to be labelled",
        )
    return {"label": wanted, "diff": {"before": {"label": label}, "after": {"label": wanted}}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
