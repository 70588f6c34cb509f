# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a portal words what it was told and what it knows: labels, tickets, names, sizes."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

CUT = 16
SUBJECT_CUT = 24


def _more_blanks(text: str) -> str:
    return f" {text.replace(' ', '  ')} "


def _cut(text: str) -> str:
    return text[:CUT]


def _prefixed(text: str) -> str:
    return f"vm-{text}"


def _tagged(text: str) -> str:
    return f"{text} #new"


LABELS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "entities": html.escape,
    "blanks": _more_blanks,
    "cut": _cut,
    "prefix": _prefixed,
    "tag": _tagged,
}
TICKETS = ("paragraph", "signature", "subject_cut", "subject_prefix", "department")


def ways(names: str) -> list[str]:
    """The names in a list with commas."""
    return [one.strip() for one in names.split(",") if one.strip()]


def label(text: str, changes: str) -> str:
    """What becomes of the label of a new VM; the changes follow one another."""
    for name in ways(changes):
        text = LABELS[name](text)
    return text


def message(text: str, name: str, changes: str) -> str:
    """What becomes of the text of a ticket or reply."""
    wanted = ways(changes)
    if "paragraph" in wanted:
        text = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    return f"{text}\n-- \n{name}" if "signature" in wanted else text


def subject(text: str, number: int, changes: str) -> str:
    wanted = ways(changes)
    if "subject_cut" in wanted:
        text = text[:SUBJECT_CUT]
    return f"[#{number}] {text}" if "subject_prefix" in wanted else text


def department(name: str, changes: str) -> str:
    return f"{name} Department" if "department" in ways(changes) else name


def worded(name: str, wording: str) -> str:
    """A name in the portal's wording; {name} is all of it, {short} what comes before the first dot."""
    return wording.replace("{name}", name).replace("{short}", name.partition(".")[0])


def sizes(entry: dict[str, Any], units: str) -> dict[str, Any]:
    """A VM's entry with its memory (MB) and disk (GB) in other units: text, short or bytes."""
    found = dict(entry)
    for key in ("memory", "ram"):
        if key in found:
            found[key] = _size(int(found[key]), units, " RAM")
    if "disk" in found:
        found["disk"] = _size(int(found["disk"]) * 1024, units, " SSD")
    return found


def _size(megabytes: int, units: str, kind: str) -> Any:
    if units == "bytes":
        return megabytes * 1048576
    number, unit = (megabytes, "MB") if megabytes % 1024 else (megabytes // 1024, "GB")
    return f"{number}{unit[0]}" if units == "short" else f"{number} {unit}{kind}"
