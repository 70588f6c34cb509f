# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON that is safe to work on, or the words of a page, in a time that grows with the size only."""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterable
from typing import Any

#: How deep an answer may be nested. Those of portals are six deep; Python gives up at a few hundred.
MAX_DEPTH = 64
#: How much an answer may hold. 50,000 services have about a million values; 50,000 VMs with usage and addresses have
#: 400,000 objects and lists. ``[{},{},...]`` of 64 MB has fifty times that, and would take 1.8 GB of memory.
MAX_VALUES, MAX_CONTAINERS = 2_000_000, 400_000
#: The part of a page, in bytes, in which its title is looked for, and of its words, in characters.
HEAD_BYTES, MAX_WORDS = 65536, 2000
#: Escapes of what no text may hold: NUL, and the halves of a character.
_SUSPECT = re.compile(r"\\u(0000|d[89a-f])", re.I)
_UNFIT = re.compile("[\0\ud800-\udfff]")


def decode(content: bytes) -> Any:
    """The value of a JSON text.

    :raises json.JSONDecodeError: if it is not JSON.
    :raises ValueError: if it is JSON that cannot be worked on: too many values, nested too deeply, a number that is
        none, a text that cannot be written.
    """
    # Counted before they are built; those within texts count, too, and do not matter.
    if content.count(b",") > MAX_VALUES or content.count(b"{") + content.count(b"[") > MAX_CONTAINERS:
        raise ValueError(f"it contains more than {MAX_VALUES:,} values or {MAX_CONTAINERS:,} objects and lists")
    text = content.decode("utf-8-sig", "replace")
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    suspect = _SUSPECT.search(text) is not None
    level = [value]
    for _depth in range(MAX_DEPTH):
        if suspect and any(isinstance(text, str) and _UNFIT.search(text) for text in _texts(level)):
            raise ValueError("a text in it contains NUL, or half a character")
        level = [part for each in level if isinstance(each, (dict, list)) for part in _parts(each)]
        if not level:
            return value
    raise ValueError("it is nested too deeply")


def words_of_page(content: bytes) -> str:
    """What a page says: its title, or its text without tags, from its first 64 KB."""
    head = content[:HEAD_BYTES]
    lower = head.lower()
    begin = lower.find(b"<title")
    begin = lower.find(b">", begin) + 1 if begin >= 0 else 0
    end = lower.find(b"</title", begin) if begin else -1
    text = (head[begin:end] if end >= 0 else head).decode("utf-8-sig", "replace")
    if end < 0:
        text = re.sub(r"<[^<>]*>", " ", text)
    return " ".join(html.unescape(text[:MAX_WORDS]).split())


def _parts(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _texts(level: list[Any]) -> Iterable[Any]:
    """The texts of one level of nesting, keys included."""
    for each in level:
        yield each
        if isinstance(each, dict):
            yield from each


def _no_number(name: str) -> Any:
    raise ValueError(f"it contains {name} for a number")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits[:20])
