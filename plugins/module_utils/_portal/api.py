# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks on while the readers of other nouns ask a portal: what each endpoint answered, how fast, and at what time."""

from __future__ import annotations

import contextlib
import email.utils
import statistics
import threading
from collections import defaultdict
from typing import Any

from .._core.errors import WouldChange
from .._core.http.client import Client
from .._core.http.clock import Clock
from .._core.http.request import Request
from .._core.http.session import Credentials
from .._core.http.transport import Limits, Transport
from .._core.response.decoding import decode
from .._core.response.response import LATER, RawResponse

#: Seconds from one request to the next.
PACE_S = 0.1
#: What stands for an answer that is no JSON; no portal can send it.
NO_JSON = object()


class Watch:
    """A transport that reads only, is in no hurry, and asks for nothing twice.

    :ivar answers: the decoded answers, by endpoint such as ``GET /service/@id/vms`` and by what was looked at then.
    :ivar looking_at: what the requests are about now, for *answers*.
    """

    def __init__(self, transport: Transport, clock: Clock):
        self.transport, self.clock = transport, clock
        self.answers: dict[tuple[Any, str], list[Any]] = defaultdict(list)
        self.looking_at: Any = None
        self.last: tuple[Any, str] | None = None
        self._known: dict[str, RawResponse] = {}
        self._seconds: list[float] = []
        self._skews: list[tuple[float, float]] = []
        self._next = 0.0
        self._lock = threading.Lock()

    @classmethod
    def of(cls, client: Client) -> Watch:
        """Look on at *client* from now on."""
        watch = cls(client.transport, client.clock)
        client.transport = watch
        return watch

    def send(self, request: Request, credentials: Credentials, limits: Limits) -> RawResponse:
        if not request.is_safe:
            raise WouldChange(request)
        with self._lock:
            asked = f"{request} {request.query}"
            if asked not in self._known:
                response = self._send(request, credentials, limits)
                if response.status in LATER:
                    return response
                self._known[asked] = response
                self._remember(request, response)
            return self._known[asked]

    def _send(self, request: Request, credentials: Credentials, limits: Limits) -> RawResponse:
        wait = self._next - self.clock.monotonic()
        if wait > 0:
            self.clock.sleep(wait)
        began = self.clock.monotonic()
        self._next = began + PACE_S
        response = self.transport.send(request, credentials, limits)
        took = self.clock.monotonic() - began
        self._seconds.append(took)
        with contextlib.suppress(TypeError, ValueError, OverflowError):
            date = email.utils.parsedate_to_datetime(response.headers.get("Date", "")).timestamp()
            # The header has no fractions of a second, and was written about half-way.
            self._skews.append((took, date + 0.5 - (self.clock.time() - took / 2)))
        return response

    def _remember(self, request: Request, response: RawResponse) -> None:
        answer: Any = NO_JSON
        with contextlib.suppress(ValueError):
            answer = decode(response.content)
        self.last = (self.looking_at, f"{request.method} {request.route}")
        self.answers[self.last].append(answer)

    @property
    def latency_ms(self) -> int | None:
        """The median time to an answer, in milliseconds."""
        return round(1000 * statistics.median(self._seconds)) if self._seconds else None

    @property
    def clock_skew(self) -> int | None:
        """Seconds by which the portal's clock is ahead of ours, by the fastest answer; None if none has it."""
        return round(min(self._skews)[1]) if self._skews else None
