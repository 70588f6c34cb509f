# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: money_sum
short_description: Add up amounts of money exactly
version_added: 1.0.0
description:
  - Adds up decimal strings, as the modules of this collection return amounts, without the errors of floating point.
  - V(null) and empty strings are left out. Anything else that is no amount is an error.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: The amounts.
    type: list
    elements: raw
    required: true
"""

EXAMPLES = r"""
- name: Look at what is to be paid
  sindad.cloud.invoice_info:
    status: Unpaid
  register: unpaid

- name: Show the sum
  ansible.builtin.debug:
    msg: "{{ unpaid.invoices | map(attribute='total') | sindad.cloud.money_sum }}"
"""

RETURN = r"""
_value:
  description: The sum, a decimal string with as many decimals as the amounts have, at least two.
  type: str
  sample: "98.99"
"""

from collections.abc import Callable, Iterable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.sindad.cloud.plugins.plugin_utils._money import exact, to_amount, total


def money_sum(amounts: Iterable[object]) -> str:
    """``["89.00", "9.99"]`` -> ``98.99``."""
    given = [each for each in amounts if each not in (None, "")]
    known = [to_amount(each) for each in given]
    if None in known:
        raise AnsibleFilterError(f"money_sum: {given[known.index(None)]!r} is not an amount.")
    return exact(total(known), "")


class FilterModule:
    """The filter ``sindad.cloud.money_sum``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"money_sum": money_sum}
