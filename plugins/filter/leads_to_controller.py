# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: leads_to_controller
short_description: Test whether an address leads to the controller itself
version_added: 1.0.0
description:
  - Returns V(true) for addresses of loopback, for unspecified ones such as C(0.0.0.0), and for those of the
    interfaces of the controller. What answers there is never the machine that a portal describes.
  - Nothing is sent to the address.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: An IPv4 or IPv6 address.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Refuse an address that leads nowhere else
  ansible.builtin.assert:
    that: not ('198.51.100.101' | sindad.cloud.leads_to_controller)
"""

RETURN = r"""
_value:
  description: Whether the address is one of the controller.
  type: bool
  sample: false
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.sindad.cloud.plugins.plugin_utils._addresses import is_own_address, means_controller


def leads_to_controller(address: object) -> bool:
    """Whether a connection to *address* ends at the controller."""
    return means_controller(str(address)) or is_own_address(str(address))


class FilterModule:
    """The filter ``sindad.cloud.leads_to_controller``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"leads_to_controller": leads_to_controller}
