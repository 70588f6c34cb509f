# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report -> a page or a text, from the templates of the role ``account_report``.

In an environment of its own: it escapes all that the templates do not make themselves, no text of a portal can become
a template in it, and a thousand services take it a second, not twenty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jinja2
from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import to_persian_digits
from markupsafe import Markup

SPECIAL = re.compile(r"([\\`*_\[\]|#~!$])")
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def markdown_text(value: object) -> str:
    """Text as it is shown by Markdown, even in a table: one line, nothing that turns its direction."""
    line = " ".join(DIRECTION.sub("", "" if value is None else str(value)).split())
    line = re.sub("[&<>]", lambda found: ENTITIES[found[0]], line)
    return SPECIAL.sub(r"\\\1", line)


def plain(value: Any, leaf: type[str] = str) -> Any:
    """A copy of plain containers; texts become ``leaf``."""
    if isinstance(value, Mapping):
        return {str(key): plain(each, leaf) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each, leaf) for each in value]
    return leaf(value) if isinstance(value, str) else value


def render(template: str, folder: str, report: Mapping[str, Any], words: Mapping[str, Any], **options: Any) -> str:
    """The template of this name in ``folder``, filled.

    :param words: the words of the language; they are our own and are not escaped.
    :param options: ``title``, ``language``, ``due_days`` and ``with_machines``.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=".html" in template,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(md=markdown_text, persian_digits=to_persian_digits)
    filled = environment.get_template(template).render(
        report=report, t=plain(words, Markup), fa=options["language"] == "fa", **options
    )
    return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"
