# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drafts: what a task would have to be given to find an object of the account exactly as it is."""

from __future__ import annotations

from typing import Any, NamedTuple


class Draft(NamedTuple):
    """One object as the options of its module.

    :ivar options: None if no task could leave the object as it is; the comment says why.
    :ivar comment: what the object is, in one line. It may hold text of the portal.
    """

    id: str
    options: dict[str, Any] | None
    comment: str


def left_out(identity: str, why: str) -> Draft:
    return Draft(identity, None, why)


def is_writable(text: str) -> bool:
    """Whether *text* can stand in a YAML file: half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
