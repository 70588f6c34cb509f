# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads: one call for each of many, some at a time; and a call that is waited for no longer than so long."""

from __future__ import annotations

import contextlib
import contextvars
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any, Optional, TypeVar

WORKERS = 8
#: How often those who wait look whether they shall stop, in seconds.
STEP_S = 0.2
HELPER = "sindad-request"

Item = TypeVar("Item")
Result = TypeVar("Result")

#: The groups of threads that this one belongs to: whether each was interrupted.
_GROUPS: contextvars.ContextVar[tuple[threading.Event, ...]] = contextvars.ContextVar("sindad_groups", default=())


#: How many requests may be under way at once for the outermost map_concurrently that this thread works for.
_SLOTS: contextvars.ContextVar[threading.Semaphore | None] = contextvars.ContextVar("sindad_slots", default=None)


class Interrupted(TookTooLong):
    """Whoever waited is not to wait any more."""


def is_interrupted() -> bool:
    """Whether Ctrl-C has ended what this thread was started for."""
    return any(group.is_set() for group in _GROUPS.get())


def pause(seconds: float, is_stopped: Callable[[], bool] = is_interrupted) -> None:
    """Sleep, but not on after *is_stopped*."""
    end = time.monotonic() + seconds
    while not is_stopped() and (rest := end - time.monotonic()) > 0:
        time.sleep(min(rest, STEP_S))


def map_concurrently(
    items: Iterable[Item],
    call: Callable[[Item], Result],
    workers: int = WORKERS,
    stop: Callable[[], None] | None = None,
) -> list[Result]:
    """The results of *call* for each item, in order.

    *workers* bounds the requests that are under way at once, too, those of further calls within *call* included.
    The first failure, or Ctrl-C, keeps what has not begun from beginning; *stop* is called then, to end what has.
    Ctrl-C ends by itself whatever waits below. No thread is left when this returns or raises.
    """
    items = list(items)
    slots = _SLOTS.get() or threading.Semaphore(max(1, workers))
    if len(items) < 2 or workers < 2:
        return _with_slots(contextvars.copy_context(), slots).run(lambda: [call(item) for item in items])
    pool = ThreadPoolExecutor(min(workers, len(items)))
    interrupted = threading.Event()
    try:
        futures = [pool.submit(_with_slots(_context_of(interrupted), slots).run, call, item) for item in items]
        for future in wait(futures, return_when=FIRST_EXCEPTION).done:
            future.result()
        return [future.result() for future in futures]
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        if not isinstance(error, Exception):
            interrupted.set()
        if stop:
            stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def slot(is_over: Callable[[], bool]) -> Iterator[None]:
    """Keep one of the places for requests, as soon as one is free; without one only if *is_over* says so."""
    slots = _SLOTS.get()
    has_one = False
    while slots and not has_one and not is_over():
        has_one = slots.acquire(timeout=STEP_S)
    try:
        yield
    finally:
        if slots and has_one:
            slots.release()


def _with_slots(context: contextvars.Context, slots: threading.Semaphore) -> contextvars.Context:
    context.run(_SLOTS.set, slots)
    return context


def _context_of(group: threading.Event) -> contextvars.Context:
    context = contextvars.copy_context()
    context.run(_GROUPS.set, (*_GROUPS.get(), group))
    return context


def run_with_timeout(
    seconds: float,
    call: Callable[[], Result],
    stopped: threading.Event | None = None,
    abandon: Callable[[], None] | None = None,
) -> Result:
    """What *call* gives, at the most after *seconds*. For requests: the time-outs of a socket begin anew with every
    byte, and know nothing of the name server.

    :param stopped: when set, it is not waited for any longer.
    :param abandon: ends a *call* that nobody waits for any more; without it, that ends by itself, unheard.
    :raises TookTooLong: when the time is over. :raises Interrupted: by *stopped*, or Ctrl-C.
    """
    helper = getattr(_OWN, "helper", None)
    if helper is None or helper.process != os.getpid():
        helper = _OWN.helper = _Helper()
    future: Future[Result] = Future()
    helper.calls.put((call, future))
    try:
        return _awaited(future, time.monotonic() + seconds, stopped)
    finally:
        if not future.done():
            _OWN.helper = None
            helper.calls.put(None)  # it ends after this call
            if abandon:
                abandon()


def _awaited(future: Future[Result], end: float, stopped: threading.Event | None) -> Result:
    while not future.done():
        rest = end - time.monotonic()
        if rest <= 0:
            raise TookTooLong
        if is_interrupted() or (stopped is not None and stopped.is_set()):
            raise Interrupted
        wait([future], min(rest, STEP_S))
    return future.result()


Work = Optional[tuple[Callable[[], Any], "Future[Any]"]]


class _Helper:
    """A thread that does the calls of the thread that owns it. A new one for each call would cost too much."""

    def __init__(self) -> None:
        self.process = os.getpid()  # a fork has the object, but not the thread
        self.calls: queue.SimpleQueue[Work] = queue.SimpleQueue()
        threading.Thread(target=_help, args=(self.calls,), daemon=True, name=HELPER).start()

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
