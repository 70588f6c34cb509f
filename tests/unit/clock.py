# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock for tests: the real time, but sleeping only moves the hands."""

from __future__ import annotations

import time


class MovedClock:
    """The real time, but sleeping only moves the hands."""

    def __init__(self):
        self.ahead = 0.0
        self.slept = []

    def monotonic(self):
        return time.monotonic() + self.ahead

    def time(self):
        return time.time() + self.ahead

    def sleep(self, seconds):
        assert seconds >= 0
        self.slept.append(seconds)
        self.ahead += seconds
