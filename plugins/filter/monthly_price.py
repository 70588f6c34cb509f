# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: monthly_price
short_description: Work out what a price is per month
version_added: 1.0.0
description:
  - Turns the price of a billing cycle into a price per month, rounded half up to cents.
  - A year has 12 months and 365 days alike, so a month has 730 hours.
  - To add up prices per month, add up first and round once, as the role C(account_report) does.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: The price of a cycle, a decimal string.
    type: raw
    required: true
  cycle:
    description:
      - The billing cycle, by the word or the code that the portal uses, such as V(Monthly), V(Semi-Annually) or V(a).
      - What is paid once, or is free, costs nothing per month.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Compare services by their price per month
  ansible.builtin.debug:
    msg: "{{ item.domain }}: {{ item.total | sindad.cloud.monthly_price(item.billing_cycle) }}"
  loop: "{{ account.services }}"

# '{{ "1490.00" | sindad.cloud.monthly_price("Annually") }}' is "124.17"
"""

RETURN = r"""
_value:
  description: The price per month, a decimal string, or V(null) if the price or the cycle is not known.
  type: str
  sample: "124.17"
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.sindad.cloud.plugins.plugin_utils._money import monthly_price as exact_monthly_price
from ansible_collections.sindad.cloud.plugins.plugin_utils._money import to_decimal_string


def monthly_price(price: object, cycle: object) -> str | None:
    """``1490.00`` and ``Annually`` -> ``124.17``."""
    monthly = exact_monthly_price(price, cycle)
    return None if monthly is None else to_decimal_string(monthly)


class FilterModule:
    """The filter ``sindad.cloud.monthly_price``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"monthly_price": monthly_price}
