# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads: one call for each of many, some at a time; and a call that is waited for no longer than so long."""

from __future__ import annotations

import contextvars
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import Any, Optional, TypeVar

WORKERS = 8
#: Seconds after which a call that is to be given up is, at the latest.
STOP_POLL_S = 0.2

Item = TypeVar("Item")
Result = TypeVar("Result")


def map_concurrently(
    items: Iterable[Item],
    call: Callable[[Item], Result],
    workers: int = WORKERS,
    stop: Callable[[], None] | None = None,
) -> list[Result]:
    """The results of *call* for each item, in order.

    The first failure, or Ctrl-C, keeps what has not begun from beginning; *stop* is called then, to end what has.
    No thread is left when this returns or raises.
    """
    items = list(items)
    if len(items) < 2 or workers < 2:
        return [call(item) for item in items]
    pool = ThreadPoolExecutor(min(workers, len(items)))
    try:
        futures = [pool.submit(contextvars.copy_context().run, call, item) for item in items]
        for future in wait(futures, return_when=FIRST_EXCEPTION).done:
            future.result()
        return [future.result() for future in futures]
    except BaseException:
        if stop:
            stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def run_with_timeout(seconds: float, call: Callable[[], Result], stopped: threading.Event | None = None) -> Result:
    """What *call* gives, or TimeoutError of concurrent.futures when *seconds* are over; it may still end, unheard.

    It is given up, with the same error, soon after *stopped* is set.
    For requests: the time-outs of a socket begin anew with every byte, and know nothing of the name server.
    """
    helper = getattr(_OWN, "helper", None)
    if helper is None or helper.process != os.getpid():
        helper = _OWN.helper = _Helper()
    future: Future[Result] = Future()
    helper.calls.put((call, future))
    try:
        if stopped is None:
            return future.result(seconds)
        end = time.monotonic() + seconds
        while not (future.done() or stopped.is_set() or time.monotonic() >= end):
            wait([future], min(STOP_POLL_S, seconds))
        return future.result(0)
    finally:
        if not future.done():
            _OWN.helper = None  # it hangs, and ends when it can


Work = Optional[tuple[Callable[[], Any], "Future[Any]"]]


class _Helper:
    """A thread that does the calls of the thread that owns it. A new one for each call would cost too much."""

    def __init__(self) -> None:
        self.process = os.getpid()  # a fork has the object, but not the thread
        self.calls: queue.SimpleQueue[Work] = queue.SimpleQueue()
        threading.Thread(target=_help, args=(self.calls,), daemon=True).start()

    def __del__(self) -> None:
        self.calls.put(None)


_OWN = threading.local()


def _help(calls: queue.SimpleQueue[Work]) -> None:
    while True:
        work = calls.get()
        if work is None:
            return
        call, future = work
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)
        del work, call, future
