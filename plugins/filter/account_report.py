# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: account_report
short_description: Work out a report of the account
version_added: 1.0.0
description:
  - Counts, adds up and sorts what the info modules returned; the role C(account_report) writes it into a page.
  - Amounts are added up exactly and rounded once. What could not be counted, or read, is listed.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description:
      - The results of the info modules as they were registered. The keys are C(services), C(account), C(invoices),
        C(tickets), C(incidents), C(details) (the active services with their details), C(vms) and C(servers) (results
        of loops over ids of services).
      - A result that failed is listed as unread.
    type: dict
    required: true
  today:
    description: The day of the report, as C(2026-11-23).
    type: str
    required: true
  due_days:
    description: How many days ahead the report looks for what falls due.
    type: int
    default: 90
  language:
    description: In which language amounts are written, and by which calendar months are counted.
    type: str
    choices: [en, fa]
    default: en
  since:
    description:
      - The JSON of an earlier report, as P(sindad.cloud.account_report_snapshot#filter) writes it. If set, the report
        says what has changed since.
    type: raw
"""

EXAMPLES = r"""
- name: Read the services
  sindad.cloud.service_info:
  register: services

- name: Show what they cost per month
  vars:
    report: "{{ {'services': services} | sindad.cloud.account_report(now().strftime('%Y-%m-%d')) }}"
  ansible.builtin.debug:
    msg: "{{ report.costs | map(attribute='monthly') | map(attribute='value') }}"
"""

RETURN = r"""
_value:
  description:
    - The parts of the report, such as C(costs), C(invoices), C(tickets), C(machines) and C(unread).
    - An amount has C(value), a decimal string, C(text), how it is written, and C(currency). A date has C(iso),
      C(jalali) and C(days), how far it is from today.
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import to_day
from ansible_collections.sindad.cloud.plugins.plugin_utils._report.changes import NotAReport, read_snapshot
from ansible_collections.sindad.cloud.plugins.plugin_utils._report.report import build


def account_report(
    read: Mapping[str, Any], today: object, due_days: int = 90, language: str = "en", since: Any = None
) -> dict[str, Any]:
    """Return the report of this day, see ``_report.report.build``."""
    day = to_day(today)
    if day is None:
        raise AnsibleFilterError(f"account_report: {today!r} is not a date such as 2026-11-23.")
    try:
        return build(read, day, int(due_days), language == "fa", read_snapshot(since))
    except NotAReport as error:
        raise AnsibleFilterError(f"account_report: since cannot be compared with: {error}.") from None


class FilterModule:
    """The filter ``sindad.cloud.account_report``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"account_report": account_report}
