# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pace against simulated portals: time is counted, not spent."""

from __future__ import annotations

import errno
import fcntl
import heapq
import itertools
import json
import math
import os

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._core.http import shared_throttle
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.shared_throttle import SharedThrottle
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.throttle import Throttle

WORKERS, LATENCY, RETRIES = 16, 0.05, 4


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now

    def time(self):
        return self.now + 1_000_000


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


def threads(clock):
    """The pace of each worker: the same."""
    return [Throttle(clock)] * WORKERS


def crawl(portal, rate, wanted, passing=None, workers=threads):
    """Ask *wanted* times with all workers. Returns seconds, refusals, and whether a request failed for good."""
    clock = Clock()
    paces, limit = workers(clock), portal(rate, clock.now)
    order, began = itertools.count(), clock.now
    events = [(clock.now, next(order), "turn", 0, pace) for pace in paces]
    refused, gave_up, left = 0, False, wanted
    while events:
        clock.now, _place, what, attempt, pace = heapq.heappop(events)
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
        heapq.heappush(events, (then[0], next(order), *then[1:], pace))
    return clock.now - began, refused, gave_up


@pytest.mark.parametrize("portal", [Bucket, Window])
@pytest.mark.parametrize("rate", [20, 100])
def test_it_finds_the_limit_and_wastes_few(portal, rate):
    seconds, refused, gave_up = crawl(portal, rate, 1000)
    assert not gave_up
    assert refused <= 50
    assert seconds <= 1.15 * 1000 / rate


@pytest.mark.parametrize("portal", [Bucket, Window])
@pytest.mark.parametrize("rate", [5, 20])
def test_processes_find_it_together(tmp_path, portal, rate):
    """As with ``-f 20``: many processes of a few requests each, which Throttles of their own would not get through."""

    def processes(clock):
        return [SharedThrottle("https://portal/api", "me", clock, str(tmp_path)) for _each in range(20)]

    def strangers(clock):
        return [Throttle(clock) for _each in range(20)]

    seconds, _refused, gave_up = crawl(portal, rate, 200, workers=processes)
    assert not gave_up
    assert seconds <= 1.5 * 200 / rate
    assert crawl(portal, 5, 200, workers=strangers)[2], "else nothing is shown here"


def shared(clock, folder, account="me"):
    return SharedThrottle("https://portal/api", account, clock, str(folder))


def test_what_one_process_was_told_holds_for_the_next(tmp_path):
    clock = Clock()
    shared(clock, tmp_path).refused(3)
    assert shared(clock, tmp_path).turn() == pytest.approx(3)
    assert shared(clock, tmp_path, "another").turn() == 0
    clock.now += 100
    assert shared(clock, tmp_path).turn() == 0, "it is forgotten"


def test_a_pace_from_before_the_machine_was_started_is_none(tmp_path):
    clock = Clock()
    shared(clock, tmp_path).refused(60)
    clock.time = lambda: clock.now + 2_000_000
    assert shared(clock, tmp_path).turn() == 0


def pace_file(tmp_path):
    (path,) = (each for each in tmp_path.iterdir() if each.suffix == ".pace")
    return path


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"accepted": 7}', "[" * 100000, "\xff", "1e999"])
def test_a_damaged_file_is_written_anew(tmp_path, text):
    clock = Clock()
    shared(clock, tmp_path).refused(3)
    pace_file(tmp_path).write_text(text, "latin-1")
    assert shared(clock, tmp_path).turn() == 0
    shared(clock, tmp_path).refused(4)
    assert shared(clock, tmp_path).turn() == pytest.approx(4)


def test_without_a_place_to_write_each_process_learns_by_itself(tmp_path):
    (tmp_path / "file").write_text("")
    clock = Clock()
    pace = shared(clock, tmp_path / "file")
    pace.refused(3)
    pace.accepted()
    assert pace.turn() == pytest.approx(3)


@pytest.mark.parametrize("name", ["next", "refused_at", "interval", "limit", "accepted", "started"])
@pytest.mark.parametrize("number", [1e12, math.inf, -math.inf, math.nan, -1e9, 10**400])
def test_numbers_that_no_throttle_writes_hold_nobody_up(tmp_path, name, number):
    clock = Clock()
    shared(clock, tmp_path).refused(3)
    state = json.loads(pace_file(tmp_path).read_text())
    state[name] = [number] if name == "accepted" else number
    pace_file(tmp_path).write_text(json.dumps(state))
    assert shared(clock, tmp_path).turn() <= 3
    pace = shared(clock, tmp_path)
    pace.accepted()
    pace.refused(1)
    assert 0 < pace.turn() < 10


def test_no_queue_is_longer_than_the_longest_pause():
    pace = Throttle(Clock())
    pace.refused(60)
    assert max(pace.turn() for _each in range(1000)) <= 60


def link(path):
    path.rename(path.with_suffix(".other"))
    path.symlink_to(path.with_suffix(".other"))


def pipe(path):
    path.unlink()
    os.mkfifo(path)


def folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [link, pipe, folder])
def test_what_is_not_a_file_is_left_alone(tmp_path, spoil):
    clock = Clock()
    shared(clock, tmp_path).refused(3)
    spoil(pace_file(tmp_path))
    pace = shared(clock, tmp_path)
    assert pace.turn() == 0
    pace.refused(2)
    pace.accepted()
    assert pace.turn() == pytest.approx(2)
    assert not (tmp_path / "x.other").exists() or json.loads((tmp_path / "x.other").read_text())["next"] == 1003


class Sleeper(Clock):
    def sleep(self, seconds):
        self.now += seconds


def hold(path):
    """Lock the file as a process that was stopped does."""
    file = path.open()
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def test_nobody_waits_for_a_holder_that_was_stopped(tmp_path):
    clock = Sleeper()
    shared(clock, tmp_path).refused(3)
    with hold(pace_file(tmp_path)):
        pace = shared(clock, tmp_path)
        for _each in range(50):
            pace.turn()
            pace.accepted()
        pace.refused(2)
        assert clock.now - 1000 < 1
        assert pace.turn() == pytest.approx(2)
    clock.now += 11
    pace.refused(3)
    assert shared(clock, tmp_path).turn() == pytest.approx(3), "it shares again"


def test_two_processes_never_change_the_file_at_once(tmp_path):
    clock = Sleeper()
    first, second = shared(clock, tmp_path), shared(clock, tmp_path)
    first.refused(3)
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        holder.close()

    clock.sleep = sleep
    holder = hold(pace_file(tmp_path))
    first.turn()
    assert waited, "the lock is asked for"
    with first._shared():
        before = clock.now
        clock.sleep = lambda seconds: setattr(clock, "now", clock.now + seconds)
        second.turn()
        assert clock.now - before >= 0.5, "and kept while the state is changed"


@pytest.mark.parametrize("call", ["flock", "pwrite", "pread", "ftruncate", "close"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.ENOLCK, errno.EIO])
def test_what_a_file_system_refuses_fails_nothing(tmp_path, monkeypatch, call, number):
    close = os.close

    def refuse(file, *_args):
        if call == "close":
            close(file)
        raise OSError(number, os.strerror(number))

    clock = Sleeper()
    with monkeypatch.context() as patch:
        patch.setattr(fcntl if call == "flock" else os, call, refuse)
        pace = shared(clock, tmp_path)
        pace.refused(3)
        pace.accepted()
        assert pace.turn() == pytest.approx(3)


def test_a_disk_that_is_full_leaves_half_a_state_that_nobody_reads(tmp_path, monkeypatch):
    clock, write = Sleeper(), os.pwrite
    shared(clock, tmp_path).refused(3)
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", lambda file, data, at: write(file, data[:20], at))
        shared(clock, tmp_path).refused(3)
    assert shared(clock, tmp_path).turn() == 0


def test_without_a_home_each_process_learns_by_itself(monkeypatch):
    def refuse():
        raise SindadError("no home")

    monkeypatch.setattr(shared_throttle, "default_folder", refuse)
    pace = SharedThrottle("https://portal/api", "me\udcff", Clock())
    pace.refused(3)
    assert pace.turn() == pytest.approx(3)


def test_the_file_tells_nobody_the_account(tmp_path):
    shared(Clock(), tmp_path / "new", "me@example.com").turn()
    (path,) = (tmp_path / "new").iterdir()
    assert "me@example.com" not in path.name + path.read_text()
    assert path.stat().st_mode & 0o077 == 0


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
