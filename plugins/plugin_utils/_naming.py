# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of hosts and groups, out of what a portal writes."""

from __future__ import annotations

import ipaddress
import re

from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.text import INVISIBLE

#: What Ansible or AWX reads as more than a name: paths, templates, ports, ranges, patterns, and blanks, as a name with
#: one cannot be given in a pattern.
_MORE_THAN_A_NAME = r"\s/\\{}%\[\]:,!&*?~"
UNSAFE_IN_NAMES = re.compile(f"[{_MORE_THAN_A_NAME}{INVISIBLE}]+")
#: Of names for hosts, in bytes: what a file system and AWX take.
LONGEST_NAME = 200
#: What a name must not begin with: a file of host patterns, and an option of ssh (``-oProxyCommand=...``).
_FIRST = re.compile(r"^[@-]")


def host_name(text: object) -> str | None:
    """Return *text* as the name of a host, what is more than a name replaced by ``_``; None if no name is left."""
    plain = str(text).strip()
    if _is_ipv6(plain):
        return plain
    name = with_suffix(_FIRST.sub("_", UNSAFE_IN_NAMES.sub("_", plain)), "")
    return name if any(each.isalnum() for each in name) else None


def with_suffix(name: str, suffix: str) -> str:
    """Return *name* with *suffix*; *name* is cut, at a whole character, so that both are as long as a name may be."""
    rest = max(0, LONGEST_NAME - len(suffix.encode()))
    return name.encode()[:rest].decode(errors="ignore") + suffix


def group_name(text: str) -> str:
    """*text* as the name of a group: lower case, ``_`` for all but letters, digits and ``_``."""
    return re.sub(r"\W", "_", text.lower())


def _is_ipv6(text: str) -> bool:
    try:
        return "%" not in text and bool(ipaddress.IPv6Address(text))
    except ValueError:
        return False
