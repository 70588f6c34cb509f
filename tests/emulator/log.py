# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of the API requests."""

from __future__ import annotations

import re
import weakref
from collections import Counter
from typing import Any


class Log:
    """Every API request, in the order of arrival."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.sequence = 0
        self.in_flight = 0
        self.peak = 0
        #: What the collection's own requests got done, by profile. Neither a reset nor clear() empties it.
        self.reached: dict[str, set[str]] = {}
        self._connections: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
        self._connection_count = 0

    def clear(self) -> None:
        self.entries = []
        self.peak = self.in_flight

    def open(self, **fields: Any) -> dict[str, Any]:
        """A new entry; the status is filled in when the answer is known (0: no answer was sent)."""
        self.sequence += 1
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        entry = {"seq": self.sequence, **fields, "status": 0}
        self.entries.append(entry)
        return entry

    def close(self) -> None:
        self.in_flight -= 1

    def connection(self, transport: Any, port: int) -> int:
        """The number of a TCP connection, counted from 1 (its peer's port where it cannot be told)."""
        try:
            number = self._connections.get(transport)
            if number is None:
                self._connection_count += 1
                number = self._connections[transport] = self._connection_count
        except TypeError:
            return port
        return number

    def select(self, query: dict[str, str]) -> list[dict[str, Any]]:
        """Entries by method, since (after that number), path (a regular expression), route, status, effect, account."""
        found = self.entries
        if "since" in query:
            found = [one for one in found if one["seq"] > int(query["since"])]
        if "method" in query:
            methods = query["method"].upper().split(",")
            found = [one for one in found if one["method"] in methods]
        if "account" in query:
            found = [one for one in found if one["account"] == query["account"]]
        if "path" in query:
            pattern = re.compile(query["path"])
            found = [one for one in found if pattern.search(one["path"])]
        if "route" in query:
            found = [one for one in found if one["route"] == query["route"]]
        if "status" in query:
            found = [one for one in found if str(one["status"]) == query["status"]]
        if "effect" in query:
            found = [one for one in found if one["effect"] == (query["effect"] in ("1", "true", "True"))]
        return found

    def report(self, query: dict[str, str]) -> dict[str, Any]:
        """The answer of the control route."""
        found = self.select(query)
        answer: dict[str, Any] = {
            "count": len(found),
            "last": self.sequence,
            "connections": len({one["connection"] for one in found}),
            "peak_in_flight": self.peak,
            "effects": dict(Counter(f"{one['method']} {one['path']}" for one in found if one["effect"])),
            "by_route": dict(Counter(f"{one['method']} {one['route']}" for one in found)),
        }
        if query.get("summary") not in ("1", "true"):
            answer["log"] = found
        return answer
