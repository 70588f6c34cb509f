# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the processes of this machine may ask one account of a portal: the Throttle, kept in a file."""

from __future__ import annotations

import collections
import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from typing import Any, TextIO

from ..files import default_folder
from .clock import SYSTEM_CLOCK, Clock
from .throttle import FORGET_AFTER, WINDOW, Throttle

#: What a Throttle knows besides the requests that were accepted.
NUMBERS = ("interval", "next", "refused_at", "limit")


class SharedThrottle(Throttle):
    """A Throttle whose state all processes share that ask *account* at *api_url*.

    The monotonic clock counts from the start of the machine, alike in each process. Where the file cannot be written,
    each process learns its pace by itself.
    """

    def __init__(self, api_url: str, account: str, clock: Clock = SYSTEM_CLOCK, folder: str | None = None) -> None:
        super().__init__(clock)
        name = hashlib.sha256(f"{api_url}\n{account}".encode()).hexdigest()[:32]
        self._path = os.path.join(folder or default_folder(), f"{name}.pace")

    def turn(self) -> float:
        with self._shared():
            return super().turn()

    def accepted(self) -> None:
        with self._shared():
            super().accepted()

    def refused(self, pause: float) -> None:
        with self._shared():
            super().refused(pause)

    @contextlib.contextmanager
    def _shared(self) -> Iterator[None]:
        """The state as the file has it, and back there at the end."""
        file = self._open()
        if file is None:
            yield
            return
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._load(file)
            yield
            with contextlib.suppress(OSError):
                self._save(file)

    def _open(self) -> TextIO | None:
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return None
        return os.fdopen(descriptor, "r+", encoding="utf-8")

    def _load(self, file: TextIO) -> None:
        try:
            state: dict[str, Any] = json.load(file)
            accepted, numbers = list(map(float, state["accepted"])), {name: float(state[name]) for name in NUMBERS}
            if self._is_stale(numbers, float(state["started"])):
                return
        except (ValueError, TypeError, KeyError):
            return  # new, or damaged: what this process knows is used
        self._accepted = collections.deque(accepted, maxlen=self._accepted.maxlen)
        for name, number in numbers.items():
            setattr(self, f"_{name}", number)

    def _is_stale(self, numbers: dict[str, float], started: float) -> bool:
        """Whether it is from before the machine was started, or so old that it says nothing any more."""
        last = max(numbers["next"], numbers["refused_at"])
        return abs(started - self._started()) > 1 or last < self._clock.monotonic() - FORGET_AFTER

    def _started(self) -> float:
        """The time at which the monotonic clock began."""
        return self._clock.time() - self._clock.monotonic()

    def _save(self, file: TextIO) -> None:
        oldest = self._clock.monotonic() - WINDOW
        state = {
            "accepted": [when for when in self._accepted if when >= oldest],
            "started": self._started(),
            **{name: getattr(self, f"_{name}") for name in NUMBERS},
        }
        file.seek(0)
        file.truncate()
        json.dump(state, file)
