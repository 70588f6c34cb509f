# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a source file: Ansible ignores those that it does not know, and a misspelt one changes nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def unknown_options(source: Mapping[str, Any], definitions: Mapping[str, Any]) -> list[str]:
    """A sentence for each key of *source*, or of an entry of its lists, that *definitions* do not know.

    *definitions* are the options as they are documented, with their suboptions.
    """
    found = list(_unknown(source, definitions, "option"))
    for name, definition in definitions.items():
        known, entries = definition.get("suboptions"), source.get(name)
        for entry in entries if known and isinstance(entries, list) else ():
            if isinstance(entry, dict):
                found.extend(_unknown(entry, known, f"option of {name}"))
    return found


def _unknown(given: Iterable[Any], known: Iterable[str], noun: str) -> Iterator[str]:
    names = sorted(known)
    for name in given:
        if name in names:
            continue
        near = difflib.get_close_matches(str(name), names, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else f"There is: {', '.join(names)}."
        yield f"There is no {noun} {name}. {hint}"
