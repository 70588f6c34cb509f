# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextvars
import gc
import os
import threading
import time
from concurrent.futures import TimeoutError as NotInTime

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.concurrency import (
    map_concurrently,
    run_with_timeout,
    slot,
)


@pytest.mark.parametrize("workers", [1, 3, 100])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_results_come_in_order(workers, count):
    assert map_concurrently((number for number in range(count)), lambda number: number * 2, workers) == [
        number * 2 for number in range(count)
    ]


def test_items_run_side_by_side_but_no_more_than_allowed():
    together, most, lock = 0, 0, threading.Lock()
    barrier = threading.Barrier(3, timeout=5)

    def call(item):
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        barrier.wait()
        with lock:
            together -= 1

    map_concurrently(range(9), call, workers=3)
    assert most == 3


@pytest.mark.parametrize(("workers", "outer"), [(1, 9), (4, 9), (4, 1), (1, 1)])
def test_calls_within_calls_send_no_more_requests_at_once(workers, outer):
    together, most, lock = 0, 0, threading.Lock()

    def request(_item):
        nonlocal together, most
        with slot(lambda: False):
            with lock:
                together += 1
                most = max(most, together)
            time.sleep(0.01)
            with lock:
                together -= 1

    def call(_item):
        map_concurrently(range(4), request)

    map_concurrently(range(outer), call, workers)
    assert min(workers, 2) <= most <= workers  # a busy machine may not have started all of them


def test_without_a_free_place_only_what_is_over_goes_on():
    went_on = []

    def call(item):
        with slot(lambda: False):
            assert not map_concurrently([item], lambda _item: went_on.append(item) and None, 1)[0]
            with slot(lambda: True):
                went_on.append("over")

    map_concurrently([1], call, 1)
    assert went_on == [1, "over"]
    with slot(lambda: False):
        pass  # outside of all of them nothing is bounded


@pytest.mark.parametrize("error", [ValueError("item 1"), KeyboardInterrupt()])
def test_the_first_failure_stops_what_has_not_begun(error):
    begun, stopped, go_on = [], [], threading.Event()

    def call(item):
        begun.append(item)
        if item == 1:
            raise error
        go_on.wait(5)

    def stop():
        stopped.append(True)
        go_on.set()

    before = set(threading.enumerate())
    with pytest.raises(type(error)):
        map_concurrently(range(100), call, workers=2, stop=stop)
    assert stopped == [True]
    assert len(begun) < 10
    assert set(threading.enumerate()) <= before


def test_context_is_handed_down():
    variable = contextvars.ContextVar("variable", default=0)
    variable.set(7)
    assert map_concurrently(range(4), lambda item: variable.get(), workers=4) == [7] * 4


# -- in time ---------------------------------------------------------------------------------------------------------


def test_what_comes_in_time_is_handed_over():
    assert run_with_timeout(5, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        run_with_timeout(5, lambda: 1 / 0)


def test_what_does_not_come_in_time_is_left_alone():
    go_on = threading.Event()
    begun = time.monotonic()
    with pytest.raises(NotInTime):
        run_with_timeout(0.05, go_on.wait)
    assert run_with_timeout(5, lambda: 7) == 7  # the next one does not stand in its queue
    assert time.monotonic() - begun < 1
    go_on.set()


def test_what_is_given_up_is_not_waited_for():
    go_on, stopped = threading.Event(), threading.Event()
    threading.Thread(target=stopped.set).start()
    with pytest.raises(NotInTime):
        run_with_timeout(600, go_on.wait, stopped)
    with pytest.raises(NotInTime):
        run_with_timeout(600, go_on.wait, stopped)
    assert run_with_timeout(5, lambda: 7, threading.Event()) == 7
    with pytest.raises(ZeroDivisionError):
        run_with_timeout(5, lambda: 1 / 0, threading.Event())
    go_on.set()


def test_one_helping_thread_for_many_calls():
    assert len({run_with_timeout(5, threading.get_ident) for _each in range(20)}) == 1
    assert run_with_timeout(5, threading.get_ident) != threading.get_ident()


def test_helping_threads_end_with_the_thread_that_they_help():
    before = threading.active_count()
    map_concurrently(range(40), lambda item: run_with_timeout(5, lambda: item), workers=8)
    gc.collect()
    for _each in range(100):
        if threading.active_count() <= before + 1:
            break
        time.sleep(0.01)
    assert threading.active_count() <= before + 1


def test_a_fork_helps_itself():
    assert run_with_timeout(5, lambda: 7) == 7
    child = os.fork()
    if child == 0:
        os._exit(run_with_timeout(5, lambda: 7))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
