# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A handle on a running emulator, in this process or in another: the control routes as methods."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


class Remote:
    """Controls the emulator at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.api_url = f"{self.url}/api"
        # never through a proxy of the environment
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def control(self, method: str, route: str, body: Any = None, /, **query: Any) -> Any:
        """One control call; ValueError with the emulator's words if it refuses."""
        address = f"{self.url}/_emulator/{route}"
        if query:
            address += "?" + urllib.parse.urlencode(query)
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        try:
            with self._opener.open(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as problem:
            raise ValueError(problem.read().decode()) from problem

    def reset(self, **options: Any) -> Any:
        return self.control("POST", "reset", options)

    def start(self, **options: Any) -> Any:
        return self.control("POST", "start", options)

    def set(self, **options: Any) -> Any:
        return self.control("POST", "options", options)["options"]

    def fault(self, kind: str, **more: Any) -> Any:
        return self.control("POST", "faults", {"kind": kind, **more})

    def clear_faults(self) -> None:
        self.control("DELETE", "faults")

    def tamper(self, *changes: dict[str, Any]) -> Any:
        return self.control("POST", "tamper", list(changes))

    def advance(self, seconds: float) -> None:
        self.control("POST", "advance", {"seconds": seconds})

    def state(self, **query: Any) -> Any:
        """The true state of the account, or of the one with the username *account*."""
        return self.control("GET", "state", **query)

    def coverage(self) -> dict[str, list[str]]:
        """The endpoints that the collection got done, by profile."""
        found: dict[str, list[str]] = self.control("GET", "coverage")
        return found

    def log(self, **filters: Any) -> Any:
        """The entries of the log."""
        return self.control("GET", "log", **filters)["log"]

    def summary(self, **filters: Any) -> Any:
        """Counts of the log: count, connections, peak_in_flight, by_route."""
        return self.control("GET", "log", summary=1, **filters)

    def effects(self, **filters: Any) -> dict[str, int]:
        """How often each change took effect, whatever was answered, by method and path."""
        found: dict[str, int] = self.summary(**filters)["effects"]
        return found

    def clear_log(self) -> None:
        self.control("DELETE", "log")
