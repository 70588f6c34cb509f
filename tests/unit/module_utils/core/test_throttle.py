# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pace against simulated portals: time is counted, not spent."""

from __future__ import annotations

import heapq
import itertools

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.throttle import Throttle

WORKERS, LATENCY, RETRIES = 16, 0.05, 4


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now


class Bucket:
    """Takes *rate* requests a second, and as many at once after a rest."""

    pause = 0.5

    def __init__(self, rate, now):
        self.rate, self.tokens, self.last = rate, rate, now

    def takes(self, now):
        self.tokens = min(self.rate, self.tokens + (now - self.last) * self.rate)
        self.last = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Window:
    """Takes *rate* requests in every second of the clock, and says Retry-After: 1."""

    pause = 1.0

    def __init__(self, rate, _now):
        self.rate, self.second, self.count = rate, None, 0

    def takes(self, now):
        if int(now) != self.second:
            self.second, self.count = int(now), 0
        self.count += 1
        return self.count <= self.rate


def crawl(portal, rate, wanted, passing=None):
    """Ask *wanted* times with all workers. Returns seconds, refusals, and whether a request failed for good."""
    clock = Clock()
    pace, limit = Throttle(clock), portal(rate, clock.now)
    order, began = itertools.count(), clock.now
    events = [(clock.now, next(order), "turn", 0) for _worker in range(WORKERS)]
    refused, gave_up, left = 0, False, wanted
    while events:
        clock.now, _place, what, attempt = heapq.heappop(events)
        if what == "turn":
            if attempt == 0:
                if not left:
                    continue
                left -= 1
            then = clock.now + pace.turn() + LATENCY, "asked", attempt
        elif (passing and clock.now - began > passing) or limit.takes(clock.now):
            pace.accepted()
            then = clock.now, "turn", 0
        else:
            refused += 1
            gave_up = gave_up or attempt >= RETRIES
            pace.refused(portal.pause)
            then = clock.now + portal.pause, "turn", attempt + 1
        heapq.heappush(events, (then[0], next(order), *then[1:]))
    return clock.now - began, refused, gave_up


@pytest.mark.parametrize("portal", [Bucket, Window])
@pytest.mark.parametrize("rate", [20, 100])
def test_it_finds_the_limit_and_wastes_few(portal, rate):
    seconds, refused, gave_up = crawl(portal, rate, 1000)
    assert not gave_up
    assert refused <= 50
    assert seconds <= 1.15 * 1000 / rate


def test_no_limit_costs_nothing():
    seconds, refused, _gave_up = crawl(Bucket, 10**9, 1600)
    assert refused == 0
    assert seconds == pytest.approx(1600 / WORKERS * LATENCY)


def test_a_limit_that_passes_is_forgotten():
    slow = 20 * 5
    seconds, _refused, _gave_up = crawl(Bucket, 20, slow + 6400, passing=5)
    assert seconds < 5 + 60, "it must not stay at 20 a second, which would take 320"


def test_refusals_that_were_under_way_together_count_once():
    clock = Clock()
    pace = Throttle(clock)
    for _each in range(30):
        pace.accepted()
    for _each in range(WORKERS):
        pace.refused(0.5)
    assert pace.turn() == pytest.approx(0.5)
    assert pace.turn() == pytest.approx(0.5 + 1 / 27)
