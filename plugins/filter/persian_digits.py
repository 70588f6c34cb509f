# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: persian_digits
short_description: Write digits as Persian ones
version_added: 1.0.0
description:
  - Replaces the digits V(0) to V(9) by the Persian ones and leaves everything else.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: A number or a text.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: Tell how many services there are
  ansible.builtin.debug:
    msg: "{{ account.services | length | sindad.cloud.persian_digits }} سرویس"
"""

RETURN = r"""
_value:
  description: The text with Persian digits.
  type: str
  sample: ۱۲
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import to_persian_digits


def persian_digits(value: object) -> str:
    """``12`` -> ``۱۲``."""
    return to_persian_digits(value)


class FilterModule:
    """The filter ``sindad.cloud.persian_digits``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"persian_digits": persian_digits}
