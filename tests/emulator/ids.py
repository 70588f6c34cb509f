# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ids that belong to somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def next_id(ids: Iterable[Any], mine: Any) -> Any:
    """The id that follows this one among its like, or the number after it where it is alone."""
    known = sorted(ids, key=int)
    if len(known) < 2:
        return type(mine)(int(mine) + 1)
    return known[(known.index(mine) + 1) % len(known)]
