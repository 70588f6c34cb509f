# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time, and what is due at which time. No threads: due work is done when somebody looks."""

from __future__ import annotations

import datetime
import heapq
import itertools
import time
from collections.abc import Callable


class Clock:
    """A monotonic clock that a test may push forward."""

    def __init__(self, skew: float = 0.0) -> None:
        self.skew = skew

    def now(self) -> float:
        return time.monotonic() + self.skew

    def wall(self) -> float:
        return time.time() + self.skew

    def stamp(self) -> str:
        """The date and time as the portal writes them."""
        return datetime.datetime.fromtimestamp(self.wall()).strftime("%Y-%m-%d %H:%M:%S")

    def advance(self, seconds: float) -> None:
        self.skew += seconds


class Agenda:
    """Effects that come due at a time, in the order of their times."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def at(self, when: float, effect: Callable[[], None]) -> None:
        heapq.heappush(self._due, (when, next(self._order), effect))

    def run(self, now: float) -> None:
        while self._due and self._due[0][0] <= now:
            heapq.heappop(self._due)[2]()
