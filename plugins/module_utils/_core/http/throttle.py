# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the threads of one client may ask. Learnt from the portal's refusals, as no portal publishes its limit."""

from __future__ import annotations

import collections
import threading

from .clock import SYSTEM_CLOCK, Clock

#: Seconds over which the portal's willingness is measured.
WINDOW = 1.0
#: How far below the rate that was refused to go.
CAUTION = 0.9
#: How much faster to try every second: far below the rate that was refused last, and near it.
GROWTH, GROWTH_NEAR_LIMIT = 0.15, 0.01
#: After so many seconds without a refusal the limit was a passing one.
FORGET_AFTER = 20.0
#: An interval below which pacing is of no use any more, in seconds.
UNLIMITED = 0.002
#: No refusal lets the others pause longer, in seconds. Then they ask, and may be refused themselves.
LONGEST_PAUSE = 60.0
#: The slowest that requests go, in requests a second.
LOWEST_RATE = 0.2


class Throttle:
    """No limit until the portal refuses; then all threads pause, and go on a little slower than what it took before."""

    def __init__(self, clock: Clock = SYSTEM_CLOCK) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._interval = 0.0
        self._next = 0.0
        self._refused_at = 0.0
        self._limit = 0.0
        self._accepted: collections.deque[float] = collections.deque(maxlen=10000)

    def turn(self) -> float:
        """Return the seconds to wait before the next request may go: at most LONGEST_PAUSE."""
        with self._lock:
            now = self._clock.monotonic()
            slot = min(max(now, self._next), now + LONGEST_PAUSE)
            self._next = min(slot + self._interval, now + LONGEST_PAUSE)
            return slot - now

    def accepted(self) -> None:
        """The portal took a request."""
        with self._lock:
            now = self._clock.monotonic()
            self._accepted.append(now)
            if self._interval:
                near = self._limit and self._interval * self._limit * CAUTION < 1.02
                known = now - self._refused_at < FORGET_AFTER
                growth = GROWTH_NEAR_LIMIT if near and known else GROWTH
                self._interval *= 1 - min(0.5, growth * self._interval)
                if self._interval < UNLIMITED:
                    self._interval = 0.0

    def refused(self, pause: float) -> None:
        """The portal asked for fewer requests: everyone waits *pause* seconds, or LONGEST_PAUSE, then goes slower."""
        with self._lock:
            now = self._clock.monotonic()
            self._next = max(self._next, now + min(pause, LONGEST_PAUSE))
            if now - self._refused_at < WINDOW:
                return  # one of the requests that were under way together
            self._refused_at = now
            if self._interval:
                self._limit = max(LOWEST_RATE, 1 / self._interval)
            else:
                taken = sum(1 for when in self._accepted if now - when <= WINDOW)
                self._limit = max(1.0, taken / WINDOW)
            self._interval = 1 / (self._limit * CAUTION)
