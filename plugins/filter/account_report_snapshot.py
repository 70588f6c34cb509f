# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: account_report_snapshot
short_description: Write what the next report compares itself with
version_added: 1.0.0
description:
  - Writes names, prices and states of services and machines as JSON. The role C(account_report) keeps it beside a
    report.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: What P(sindad.cloud.account_report#filter) takes.
    type: dict
    required: true
  today:
    description: The day of the report, as C(2026-11-23).
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Keep what the next report compares itself with
  ansible.builtin.copy:
    content: "{{ read | sindad.cloud.account_report_snapshot('2026-11-23') }}"
    dest: report.json
    mode: "0600"
"""

RETURN = r"""
_value:
  description: The JSON text.
  type: str
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.sindad.cloud.plugins.filter.account_report import account_report


def account_report_snapshot(read: Mapping[str, Any], today: object) -> Any:
    """Return the snapshot of this day; wrapped, as ansible-core 2.18 might take text for a template."""
    kept = account_report(read, today)["snapshot"]
    return wrap_var(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


class FilterModule:
    """The filter ``sindad.cloud.account_report_snapshot``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"account_report_snapshot": account_report_snapshot}
