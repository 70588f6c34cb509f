# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tickets and incidents that are open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import (
    is_incident_past,
    is_incident_running,
    is_settled,
)

from .writing import Record, Writer, clean


def open_tickets(tickets: Iterable[Record], writer: Writer) -> list[dict[str, Any]]:
    """Return the tickets that are not closed, the newest first."""
    rows = [
        {
            "number": clean(each.get("number")),
            "subject": clean(each.get("subject")),
            "status": clean(each.get("status")),
            "department": clean(each.get("department")),
            "date": writer.date(each.get("date")),
            "unread": each.get("client_read") is False,
        }
        for each in tickets
        if not is_settled(each.get("status"))
    ]
    return sorted(rows, key=_by_date, reverse=True)


def open_incidents(incidents: Iterable[Record], writer: Writer) -> list[dict[str, Any]]:
    """Return the incidents that are announced or go on, in the order of their begin."""
    rows = [
        {
            "name": clean(each.get("name")),
            "status": clean(each.get("status")),
            "running": is_incident_running(each.get("status")),
            "date": writer.date(each.get("start") or each.get("date")),
            "end": writer.date(each.get("end")),
            "description": clean(each.get("description")),
            "related": clean(each.get("related")),
        }
        for each in incidents
        if not is_incident_past(each.get("status"))
    ]
    return sorted(rows, key=_by_date)


def _by_date(row: Any) -> str:
    return str((row["date"] or {}).get("iso", ""))
