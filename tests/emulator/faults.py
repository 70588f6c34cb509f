# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: which requests they hit, and what becomes of the answer."""

from __future__ import annotations

import asyncio
import random
import re
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from .answers import Answer, encode, html_page, json_answer

KINDS = [
    "status",
    "drop_before",
    "drop_after",
    "hang",
    "html",
    "empty",
    "invalid_json",
    "redirect",
    "error",
    "drip",
    "truncate",
]
_REASONS = {
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Temporarily Unavailable",
    504: "Gateway Time-out",
}


@dataclass(slots=True)
class Fault:
    """One fault. `effect`: whether the request takes effect before its answer is spoilt."""

    kind: str
    method: str = "*"
    path: str = ""
    times: int | None = 1  # None: for ever
    skip: int = 0
    probability: float = 1.0
    seed: int = 1
    effect: bool | None = None
    status: int | None = None
    retry_after: str | int | None = None
    title: str | None = None
    seconds: float = 1.0
    how: str = "close"  # close: FIN; reset: RST
    body: Any = None
    error: Any = None
    location: str = "https://elsewhere.example.com/login"
    hits: int = 0
    _pattern: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    _random: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}; there are {', '.join(KINDS)}")
        if self.how not in ("close", "reset"):
            raise ValueError("how: close or reset")
        self._pattern = re.compile(self.path)
        self._random = random.Random(self.seed)
        if self.effect is None:
            self.effect = self.kind in ("drop_after", "hang", "drip", "truncate")
        if self.kind == "drop_before":
            self.effect = False
        elif self.kind in ("drop_after", "drip", "truncate"):
            self.effect = True

    def takes(self, method: str, path: str) -> bool:
        """Whether this request is hit; counts it."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method != "*" and method not in self.method.upper().split(","):
            return False
        if not self._pattern.search(path):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.probability < 1 and self._random.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def describe(self) -> dict[str, Any]:
        names = ["kind", "method", "path", "times", "skip", "probability", "effect", "status", "seconds", "how", "hits"]
        return {name: getattr(self, name) for name in names}


class Faults:
    """The faults that were asked for, the first that fits is taken."""

    def __init__(self) -> None:
        self.active: list[Fault] = []

    def add(self, wanted: dict[str, Any]) -> Fault:
        known = {name for name in Fault.__dataclass_fields__ if not name.startswith("_") and name != "hits"}
        unknown = sorted(set(wanted) - known)
        if unknown or "kind" not in wanted:
            raise ValueError(f"a fault has a kind and may have {', '.join(sorted(known))}; not {', '.join(unknown)}")
        fault = Fault(**wanted)
        self.active.append(fault)
        return fault

    def pick(self, method: str, path: str) -> Fault | None:
        return next((one for one in self.active if one.takes(method, path)), None)


def substitute(fault: Fault, answer: Answer | None) -> Answer:
    """The answer that a fault puts in the place of the true one."""
    kind = fault.kind
    if kind == "status":
        status = fault.status or 500
        headers = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
        if fault.body is not None:
            replaced = json_answer(fault.body, status)
        else:
            replaced = html_page(status, fault.title or f"{status} {_REASONS.get(status, 'Error')}")
        replaced.headers = headers
        return replaced
    if kind == "html":
        return html_page(fault.status or 200, fault.title or "Just a moment...", "Checking your browser")
    if kind == "empty":
        return Answer(fault.status or 200, b"")
    if kind == "invalid_json":
        return Answer(fault.status or 200, (str(fault.body) if fault.body else '{"status": tru').encode())
    if kind == "redirect":
        moved = html_page(fault.status or 302, "302 Found")
        moved.headers = {"location": fault.location}
        return moved
    if kind == "error":
        payload = fault.body if isinstance(fault.body, dict) else {}
        wrong = ["Internal error"] if fault.error is None else fault.error
        return Answer(fault.status or 200, encode({**payload, "error": wrong}))
    return answer or Answer()


def hang_up(send: Any, how: str) -> None:
    """Close the TCP connection without an answer. uvicorn's `send` belongs to the object that knows the transport."""
    cycle = getattr(send, "__self__", None)
    transport = getattr(cycle, "transport", None)
    if cycle is None or transport is None:
        raise ConnectionAbortedError("this server does not let the emulator close the connection")
    cycle.disconnected = True  # or uvicorn would send its own 500
    if how == "reset":
        sock = transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()


async def drip(fault: Fault, answer: Answer, send: Any, start: dict[str, Any]) -> None:
    """The body in small pieces, spread over `seconds`."""
    await send(start)
    pieces = 10
    size = max(1, -(-len(answer.body) // pieces))
    for place in range(0, len(answer.body), size):
        await asyncio.sleep(fault.seconds / pieces)
        await send({"type": "http.response.body", "body": answer.body[place : place + size], "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def truncate(fault: Fault, answer: Answer, send: Any, start: dict[str, Any]) -> None:
    """Half of the body, then the connection ends."""
    await send(start)
    half = answer.body[: max(1, len(answer.body) // 2)]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    await asyncio.sleep(0.05)
    hang_up(send, fault.how)
