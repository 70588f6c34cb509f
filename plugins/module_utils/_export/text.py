# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as YAML, so that any text of a portal is that text again when Ansible reads it, and never a template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from .._core.reading.text import INVISIBLE, printable

_UNSEEN = re.compile(f"[{INVISIBLE}]")
#: Without these no ansible-core takes a text for a template. Whatever has none is not tagged: of a tagged text,
#: ansible-core 2.19 and newer make a number, a date or null if it looks like one, quotes or not.
_OF_TEMPLATES = re.compile("[{}%#]")
LONGEST_COMMENT = 200


def to_yaml(value: Any) -> str:
    """*value* on one line. JSON is YAML, and its quotes and escapes leave nothing to guess.

    Text that might be a template is tagged ``!unsafe``; of containers, the whole.
    """
    written = json.dumps(value, ensure_ascii=False)
    return ("" if _is_plain(value) else "!unsafe ") + _UNSEEN.sub(_escape, written)


def _is_plain(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(_is_plain(part) for pair in value.items() for part in pair)
    if isinstance(value, (list, tuple)):
        return all(map(_is_plain, value))
    return not isinstance(value, str) or not _OF_TEMPLATES.search(value)


def _escape(found: re.Match[str]) -> str:
    sign = ord(found[0])
    return f"\\U{sign:08x}" if sign > 0xFFFF else f"\\u{sign:04x}"


def to_comment(text: object) -> str:
    """*text* as it may stand behind a ``#``: one line, in which nothing moves a cursor or turns the direction."""
    line = " ".join(printable(text).split())
    return line if len(line) <= LONGEST_COMMENT else f"{line[: LONGEST_COMMENT - 1]}…"


def comments(lines: Iterable[object], indent: str = "") -> str:
    """A line for each, behind ``#``."""
    return "".join(f"{indent}# {to_comment(line)}".rstrip() + "\n" for line in lines)


def mapping(options: Mapping[str, Any], indent: str = "", first: str = "") -> str:
    """A line for each option; before the first, in place of the indent, *first*: ``- `` of an item."""
    lines = [f"{key}: {to_yaml(value)}\n" for key, value in options.items()]
    return "".join(f"{indent if place or not first else first}{line}" for place, line in enumerate(lines))
