# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of an entry of the network's state."""

from __future__ import annotations

import re
from typing import Any, TypedDict

from .._core.reading.values import first_present, is_empty, spellings, to_date, to_text
from .._core.response.envelope import entries


class IncidentRecord(TypedDict):
    """An entry of the network's state."""

    id: str | None
    name: str | None
    status: str | None
    date: str | None
    start: str | None
    end: str | None
    description: str | None
    related: str | None
    raw: dict[str, Any]


NAME = spellings(I="name", G="title, subject")
DESCRIPTION = spellings(I="description", G="text, body, message")
DATE = spellings(I="date", G="created_at, updated_at, published_at")
RELATED = spellings(I="relatedinfo", G="related")
#: Keys of which an object must have one to be taken for an incident; those without a constant are of the plugin's
#: form [I].
INCIDENT_KEYS = frozenset(
    (*NAME, *DESCRIPTION, *RELATED, *DATE, "id", "status", "startdate", "start", "enddate", "end", "updates")
)


def to_incident(source: dict[str, Any]) -> IncidentRecord:
    """An entry of the network's state. What it leaves to its ``updates`` [V] is that of the latest one."""
    raw, source = source, {**_latest(source), **{key: each for key, each in source.items() if not is_empty(each)}}
    return {
        "id": to_text(source.get("id")),
        "name": to_text(first_present(source, *NAME)),
        "status": to_text(source.get("status")),
        "date": to_date(first_present(source, *DATE)),
        "start": _moment(source, "startdate", "start"),
        "end": _moment(source, "enddate", "end"),
        "description": to_text(first_present(source, *DESCRIPTION)),
        "related": to_text(first_present(source, *RELATED)),
        "raw": raw,
    }


def _latest(source: dict[str, Any]) -> dict[str, Any]:
    """What the latest of the updates says; nothing if their dates do not show which that is."""
    listed = entries({"updates": source.get("updates") or []}, "updates")
    dated = sorted(listed, key=lambda each: to_date(first_present(each, *DATE)) or "")
    known = len(dated) == 1 or (dated and all(first_present(each, *DATE) for each in dated))
    names = ("status", *DESCRIPTION, *DATE)
    return {key: each for key, each in dated[-1].items() if key in names} if known else {}


def _moment(source: dict[str, Any], day: str, clock: str) -> str | None:
    """Date and time of day, which stand under two keys, as one text; None without a date."""
    moment, time = to_date(source.get(day)), to_date(source.get(clock))
    if moment is None:
        return None if time is None or re.fullmatch(r"[\d:]+", time) else time
    return f"{moment} {time}" if time and re.fullmatch(r"[\d:]+", time) and ":" not in moment else moment
