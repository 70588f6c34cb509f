# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock of the collection that does not sleep: it moves its hands, and those of an emulator with them."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable

ROOM = "ansible_collections.sindad.cloud.plugins.module_utils._core.http"


class Hands:
    """How far the hands are ahead of the real time."""

    def __init__(self) -> None:
        self.url = ""
        self.ahead = 0.0
        self._lock = threading.Lock()

    def push(self, seconds: float) -> None:
        with self._lock:
            self.ahead += seconds
            body = json.dumps({"seconds": seconds, "slept": True}).encode()
            urllib.request.urlopen(f"{self.url}/advance", body, timeout=30).close()


HANDS = Hands()


def prepare() -> None:
    """Let whoever pauses ask here, before those modules are imported that take the function by its name."""
    from importlib import import_module

    concurrency = import_module(f"{ROOM}.concurrency")
    real: Callable[..., None] = concurrency.pause

    def pause(seconds: float, is_stopped: Callable[[], bool] = concurrency.is_interrupted) -> None:
        if not HANDS.url:
            real(seconds, is_stopped)
        elif not is_stopped() and seconds > 0:
            HANDS.push(seconds)

    concurrency.pause = pause  # type: ignore[attr-defined]


def start(control_url: str) -> None:
    """From now on, in this process, with the emulator of this control address."""
    from importlib import import_module

    HANDS.url = control_url
    clock = import_module(f"{ROOM}.clock").SystemClock
    clock.monotonic = lambda _self: time.monotonic() + HANDS.ahead
    clock.time = lambda _self: time.time() + HANDS.ahead
