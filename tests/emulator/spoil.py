# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What faults do to answers and connections."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from typing import Any

from .answers import Answer, encode, html_page, json_answer
from .faults import Fault
from .replies import BUSY, REPLIES, denial

_REASONS = {
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Temporarily Unavailable",
    504: "Gateway Time-out",
    520: "Web Server Returned an Unknown Error",
}
_PIECE = 65536


async def spoil(fault: Fault, answer: Answer | None, entry: dict[str, Any], send: Any) -> None:
    """Answer as the fault wants it. `answer` is the true one, None if nothing was done."""
    if fault.kind in ("drop_before", "drop_after"):
        _hang_up(send, fault.how)
    elif fault.kind == "hang":
        await asyncio.sleep(fault.seconds)
        if answer is None:
            _hang_up(send, fault.how)
        else:
            await send_answer(answer, entry, send)
    elif fault.kind == "endless":
        entry["status"] = fault.status or 200
        await _flow(fault, Answer(entry["status"]), send)
    elif fault.kind in ("drip", "truncate"):
        assert answer is not None
        entry["status"] = answer.status
        await (_drip if fault.kind == "drip" else _truncate)(fault, answer, send)
    else:
        await send_answer(_with_headers(substitute(fault, entry["route"]), fault.headers), entry, send)


def substitute(fault: Fault, route: str | None) -> Answer:
    """The answer that a fault puts in the place of the true one."""
    kind, status = fault.kind, fault.status or 200
    if kind == "status":
        return _status(fault)
    if kind == "html":
        return html_page(status, fault.title or "Just a moment...", "Checking your browser")
    if kind == "empty":
        return Answer(status, b"")
    if kind == "invalid_json":
        return Answer(status, (str(fault.body) if fault.body else '{"status": tru').encode())
    if kind == "redirect":
        moved = html_page(fault.status or 302, "302 Found")
        moved.headers = {"location": fault.location}
        return moved
    if kind == "denial":
        return json_answer(denial(fault.form, route), status)
    if kind == "busy":
        return json_answer(BUSY[fault.form], status)
    if kind == "reply":
        return json_answer(REPLIES[fault.form], status)
    if kind == "expire":
        return json_answer({"error": ["token_expired"]}, status)
    payload = fault.body if isinstance(fault.body, dict) else {}
    wrong = ["Internal error"] if fault.error is None else fault.error
    return Answer(status, encode({**payload, "error": wrong}))


def _with_headers(answer: Answer, headers: dict[str, str]) -> Answer:
    for name, value in headers.items():
        if name.lower() == "content-type":
            answer.content_type = value
        else:
            answer.headers[name.lower()] = value
    return answer


def _status(fault: Fault) -> Answer:
    status = fault.status or 500
    if fault.body is not None:
        replaced = json_answer(fault.body, status)
    else:
        replaced = html_page(status, fault.title or f"{status} {_REASONS.get(status, 'Error')}")
    if fault.retry_after is not None:
        replaced.headers = {"retry-after": str(fault.retry_after)}
    return replaced


def _start(answer: Answer, length: int | None) -> dict[str, Any]:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"cache-control", b"no-store, no-cache, must-revalidate"),
    ]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    headers += [(name.encode(), value.encode("latin-1")) for name, value in answer.headers.items()]
    return {"type": "http.response.start", "status": answer.status, "headers": headers}


async def send_answer(answer: Answer, entry: dict[str, Any], send: Any) -> None:
    entry["status"] = answer.status
    await send(_start(answer, len(answer.body)))
    await send({"type": "http.response.body", "body": answer.body})


def _hang_up(send: Any, how: str) -> None:
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


async def _drip(fault: Fault, answer: Answer, send: Any) -> None:
    """The body in small pieces, spread over `seconds`."""
    await send(_start(answer, len(answer.body)))
    pieces = 10
    size = max(1, -(-len(answer.body) // pieces))
    for place in range(0, len(answer.body), size):
        await asyncio.sleep(fault.seconds / pieces)
        await send({"type": "http.response.body", "body": answer.body[place : place + size], "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _truncate(fault: Fault, answer: Answer, send: Any) -> None:
    """Half of the body, then the connection ends."""
    await send(_start(answer, len(answer.body)))
    half = answer.body[: max(1, len(answer.body) // 2)]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    await asyncio.sleep(0.05)
    _hang_up(send, fault.how)


async def _flow(fault: Fault, answer: Answer, send: Any) -> None:
    """`body`, then `unit` again and again: `size` bytes of it, or until the client leaves or `seconds` are over."""
    await send(_start(answer, None))
    await send({"type": "http.response.body", "body": str(fault.body or "").encode(), "more_body": True})
    unit = fault.unit.encode()
    piece = unit * max(1, _PIECE // len(unit))
    left = fault.size
    ends = time.monotonic() + fault.seconds
    cycle = getattr(send, "__self__", None)
    while left != 0 and not getattr(cycle, "disconnected", False):
        if left is None and time.monotonic() > ends:
            break
        part = piece if left is None else piece[:left]
        left = None if left is None else left - len(part)
        await send({"type": "http.response.body", "body": part, "more_body": True})
        await asyncio.sleep(0)
    await send({"type": "http.response.body", "body": b""})
