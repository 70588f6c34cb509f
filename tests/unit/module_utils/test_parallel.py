# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextvars
import threading

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._parallel import each_of


@pytest.mark.parametrize("workers", [1, 3, 100])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_results_come_in_order(workers, count):
    assert each_of((number for number in range(count)), lambda number: number * 2, workers) == [
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

    each_of(range(9), call, workers=3)
    assert most == 3


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

    with pytest.raises(type(error)):
        each_of(range(100), call, workers=2, stop=stop)
    assert stopped == [True]
    assert len(begun) < 10
    assert threading.active_count() < 10


def test_context_is_handed_down():
    variable = contextvars.ContextVar("variable", default=0)
    variable.set(7)
    assert each_of(range(4), lambda item: variable.get(), workers=4) == [7] * 4
