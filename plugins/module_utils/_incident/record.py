# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of an entry of the network's state."""

from __future__ import annotations

import re

from .._core.values import first_present, to_date, to_text

# -- the network -----------------------------------------------------------------------------------------------------


def to_incident(source):
    """An entry of the network's state."""
    return {
        "id": to_text(source.get("id")),
        "name": to_text(first_present(source, "name", "title", "subject")),
        "status": to_text(source.get("status")),
        "date": to_date(source.get("date")),
        "start": _moment(source, "startdate", "start"),
        "end": _moment(source, "enddate", "end"),
        "description": to_text(first_present(source, "description", "text", "body")),
        "related": to_text(first_present(source, "relatedinfo", "related")),
        "raw": source,
    }


def _moment(source, day, clock):
    """Date and time of day, which stand under two keys, as one text; None without a date."""
    moment, time = to_date(source.get(day)), to_date(source.get(clock))
    if moment is None:
        return None if time is None or re.fullmatch(r"[\d:]+", time) else time
    return f"{moment} {time}" if time and re.fullmatch(r"[\d:]+", time) and ":" not in moment else moment
