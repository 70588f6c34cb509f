# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: account_report_page
short_description: Write a report of the account as a page
version_added: 1.0.0
description:
  - Fills a template of the role C(account_report) with what P(sindad.cloud.account_report#filter) works out.
  - Whatever a portal sent is escaped, and is never taken for a template.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: What P(sindad.cloud.account_report#filter) takes.
    type: dict
    required: true
  template:
    description: Path of the template. One with C(.html) in its name escapes by itself.
    type: path
    required: true
  words:
    description: The words of the language.
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
    description: The language of the words.
    type: str
    choices: [en, fa]
    default: en
  title:
    description: Title of the page. If empty, the words of the language have one.
    type: str
    default: ""
  with_machines:
    description: Whether machines were asked for.
    type: bool
    default: true
  since:
    description:
      - The JSON of an earlier report, as P(sindad.cloud.account_report_snapshot#filter) writes it. If set, the report
        says what has changed since.
    type: raw
"""

EXAMPLES = r"""
- name: Write a page
  ansible.builtin.copy:
    content: "{{ read | sindad.cloud.account_report_page(template=page, words=words, today='2026-11-23') }}"
    dest: report.html
    mode: "0600"
"""

RETURN = r"""
_value:
  description: The page.
  type: str
"""

import os.path
from collections.abc import Callable, Mapping
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.sindad.cloud.plugins.filter.account_report import account_report
from ansible_collections.sindad.cloud.plugins.plugin_utils._page import render


def account_report_page(
    read: Mapping[str, Any],
    template: str,
    words: Mapping[str, Any],
    today: object,
    due_days: int = 90,
    language: str = "en",
    title: str = "",
    with_machines: bool = True,
    since: Any = None,
) -> Any:
    """Return the page, see ``_page.render``; wrapped, as ansible-core 2.18 might take text for a template."""
    folder, name = os.path.split(template)
    report = account_report(read, today, due_days, language, since)
    options = {"title": str(title), "language": str(language), "due_days": int(due_days)}
    return wrap_var(render(name, folder, report, words, with_machines=with_machines, **options))


class FilterModule:
    """The filter ``sindad.cloud.account_report_page``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"account_report_page": account_report_page}
