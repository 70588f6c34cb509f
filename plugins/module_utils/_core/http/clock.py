# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The time, as something that is passed in: a test moves it instead of sleeping."""

from __future__ import annotations

import time
from typing import Protocol

from .concurrency import Interrupted, is_interrupted, pause


class Clock(Protocol):
    """What this collection asks of a clock; the module ``time`` is one."""

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""

    def time(self) -> float:
        """Return the seconds since 1970."""

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass."""


class SystemClock:
    """The real time."""

    def monotonic(self) -> float:
        return time.monotonic()

    def time(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Sleep, unless Ctrl-C ends what this thread was started for.

        :raises Interrupted: if so.
        """
        pause(seconds)
        if is_interrupted():
            raise Interrupted


SYSTEM_CLOCK = SystemClock()
