# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: markdown_text
short_description: Escape text for Markdown
version_added: 1.0.0
description:
  - Makes text fit a cell of a Markdown table, or any other place in a line, so that it is shown as it is.
  - Line breaks become blanks. Characters that only change the direction of the text around them are removed.
author:
  - The sindad.cloud contributors (@sindad-cloud)
options:
  _input:
    description: The text.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: Write the open tickets as a list
  ansible.builtin.debug:
    msg: |
      {% for ticket in open.tickets %}
      - {{ ticket.subject | sindad.cloud.markdown_text }}
      {% endfor %}
"""

RETURN = r"""
_value:
  description: The escaped text.
  type: str
  sample: a \| b
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.sindad.cloud.plugins.plugin_utils._page import markdown_text


class FilterModule:
    """The filter ``sindad.cloud.markdown_text``."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"markdown_text": markdown_text}
