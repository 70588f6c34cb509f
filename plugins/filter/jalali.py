# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: jalali
short_description: Write a date in the Jalali calendar
version_added: 1.0.0
description:
  - Turns a Gregorian date into one of the Jalali (Solar Hijri) calendar, with Persian digits.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: A date, or a text that begins with one, as the modules of this collection return it.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: Show when each service has to be paid next
  ansible.builtin.debug:
    msg: "{{ item.domain }}: {{ item.next_due | sindad.cloud.jalali }}"
  loop: "{{ account.services }}"

# "2026-11-23" becomes "۱۴۰۵/۰۹/۰۲"
"""

RETURN = r"""
_value:
  description: Year, month and day, or an empty string if the input is no date.
  type: str
  sample: ۱۴۰۵/۰۹/۰۲
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import jalali_text, to_day


def jalali(value: object) -> str:
    """``2026-11-23`` -> ``۱۴۰۵/۰۹/۰۲``."""
    day = to_day(value)
    return "" if day is None else jalali_text(day)


class FilterModule:
    """The filter ``sindad.cloud.jalali``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"jalali": jalali}
