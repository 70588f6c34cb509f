# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the parameters of a request, as strictly as a portal does."""

from __future__ import annotations

import re
from typing import Any

from .answers import refuse

HOSTNAME = re.compile(r"(?=.{1,253}\Z)(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*\Z")


def text(body: dict[str, Any], name: str, required: bool = True) -> str:
    """A string; a number is taken for its digits. Missing: refused, or "" if it is not required."""
    value = body.get(name)
    if value is None or value == "":
        if required:
            refuse(f"{name} is required")
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        refuse(f"{name} is invalid")
    return str(value)


def amount(body: dict[str, Any], name: str, required: bool = True) -> int | None:
    """A positive whole number, as documented in a string."""
    value = text(body, name, required).strip()
    if not value and not required:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < 1:
        refuse(f"{name} is invalid")
    return int(value)


def php_truth(value: Any) -> bool:
    """What PHP takes for true: every string but "" and "0", so "false" too."""
    return value not in (None, False, 0, 0.0, "", "0", [], {})


def spoken_truth(body: dict[str, Any], name: str) -> bool:
    """A documented string "true" or "false"."""
    value = body.get(name)
    known = {None: False, "": False, "false": False, "0": False, "true": True, "1": True}
    if isinstance(value, bool):
        return value
    key = str(value).lower() if isinstance(value, (str, int)) else value
    if isinstance(key, (list, dict)) or key not in known:
        refuse(f"{name} is invalid")
    return known[key]


def hostname(body: dict[str, Any], name: str = "hostname", dotted: bool = True) -> str:
    value = text(body, name)
    if not HOSTNAME.match(value) or (dotted and "." not in value):
        refuse("invalid_hostname")
    return value
