# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the processes of this machine may ask one account of a portal: the Throttle, kept in a file."""

from __future__ import annotations

import collections
import contextlib
import fcntl
import hashlib
import json
import math
import os
import stat
from collections.abc import Iterator
from typing import Any

from ..errors import SindadError
from ..files import default_folder
from .clock import SYSTEM_CLOCK, Clock
from .concurrency import Interrupted
from .throttle import FORGET_AFTER, LONGEST_PAUSE, WINDOW, Throttle

#: What a Throttle knows besides the requests that were accepted.
NUMBERS = ("interval", "next", "refused_at", "limit")
#: A process holds the lock for a few milliseconds. After so many seconds this one goes on by its own pace, for a while.
LOCK_PATIENCE_S, LOCK_POLL_S, ALONE_S = 0.5, 0.01, 10.0
#: A larger file is not one of these.
MOST_BYTES = 1 << 20


class SharedThrottle(Throttle):
    """A Throttle whose state all processes share that ask *account* at *api_url*.

    The monotonic clock counts from the start of the machine, alike in each process. Where the file cannot be read,
    written or locked, or holds what cannot be, each process learns its pace by itself: the pace never fails a task.
    """

    def __init__(self, api_url: str, account: str, clock: Clock = SYSTEM_CLOCK, folder: str | None = None) -> None:
        super().__init__(clock)
        name = hashlib.sha256(f"{api_url}\n{account}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._path: str | None = None
        self._alone_until = -math.inf
        with contextlib.suppress(SindadError):
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
        try:
            locked = file is not None and self._lock_file(file)
            if file is not None and locked:
                self._load(file)
            yield
            if file is not None and locked:
                self._save(file)
        finally:
            if file is not None:
                with contextlib.suppress(OSError):
                    os.close(file)

    def _open(self) -> int | None:
        """The descriptor of the file, unless it is a link, a pipe or somebody else's."""
        if self._path is None or self._clock.monotonic() < self._alone_until:
            return None
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            file = os.open(self._path, flags, 0o600)
        except (OSError, ValueError):
            return None
        status = os.fstat(file)
        if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
            return file
        os.close(file)
        return None

    def _lock_file(self, file: int) -> bool:
        """Lock the file, and say whether that was possible in time: its holder may have been stopped."""
        end = self._clock.monotonic() + LOCK_PATIENCE_S
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if self._clock.monotonic() >= end:
                    break
            except OSError:
                break
            try:
                self._clock.sleep(LOCK_POLL_S)
            except Interrupted:
                break
        self._alone_until = self._clock.monotonic() + ALONE_S
        return False

    def _load(self, file: int) -> None:
        try:
            state: dict[str, Any] = json.loads(os.pread(file, MOST_BYTES, 0))
            numbers = {name: float(state[name]) for name in NUMBERS}
            accepted, started = list(map(float, state["accepted"])), float(state["started"])
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return  # new, or damaged: what this process knows is used
        if not self._is_plausible(numbers, accepted) or self._is_stale(numbers, started):
            return
        with self._lock:
            self._accepted = collections.deque(accepted, maxlen=self._accepted.maxlen)
            for name, number in numbers.items():
                setattr(self, f"_{name}", number)

    def _is_plausible(self, numbers: dict[str, float], accepted: list[float]) -> bool:
        """Whether a Throttle may have written this: no turn is further ahead than the longest pause."""
        now = self._clock.monotonic()
        times = [numbers["next"], numbers["refused_at"], *accepted]
        slow = 0 <= numbers["interval"] <= LONGEST_PAUSE and 0 <= numbers["limit"] < math.inf
        return slow and all(0 <= when <= now + LONGEST_PAUSE for when in times)

    def _is_stale(self, numbers: dict[str, float], started: float) -> bool:
        """Whether it is from before the machine was started, or so old that it says nothing any more."""
        last = max(numbers["next"], numbers["refused_at"])
        return not abs(started - self._started()) <= 1 or last < self._clock.monotonic() - FORGET_AFTER

    def _started(self) -> float:
        """The time at which the monotonic clock began."""
        return self._clock.time() - self._clock.monotonic()

    def _save(self, file: int) -> None:
        with self._lock:
            oldest = self._clock.monotonic() - WINDOW
            state = {
                "accepted": [when for when in self._accepted if when >= oldest],
                "started": self._started(),
                **{name: getattr(self, f"_{name}") for name in NUMBERS},
            }
        with contextlib.suppress(OSError):  # a disk that is full: what is half written is not read
            os.ftruncate(file, os.pwrite(file, json.dumps(state).encode(), 0))
