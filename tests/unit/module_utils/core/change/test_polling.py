# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When it looks, what it forgives, and what it says in the end. Sleeping only moves the hands of the clock."""

from __future__ import annotations

import contextlib
import math

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.polling import (
    LOST_RESPONSE_TIMEOUT_S,
    STALE_READ_WINDOW_S,
    Deadline,
    SeenToChange,
    send_once,
    wait_for,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.transition import Target, Transition
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    DecodingError,
    NotFound,
    RateLimited,
    TimedOut,
    TransportError,
    UnexpectedResponse,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request

POST = Request("POST", "/service/@id/vms", (("id", 5),))


class Portal:
    """Only remembers until when it may be asked."""

    def __init__(self, clock):
        self.clock = clock
        self.changed = False
        self.ends = []

    @contextlib.contextmanager
    def one_change(self):
        yield

    @contextlib.contextmanager
    def until(self, end):
        self.ends.append(end)
        yield


class Looks:
    """What each look gives, or raises; the last one again and again."""

    def __init__(self, clock, *gives):
        self.clock, self.gives, self.begun, self.at = clock, list(gives), clock.monotonic(), []

    def __call__(self):
        self.at.append(self.clock.monotonic() - self.begun)
        found = self.gives.pop(0) if len(self.gives) > 1 else self.gives[0]
        if isinstance(found, Exception):
            raise found
        return found


def wait(looks, seconds=600, done=lambda seen: seen == "on"):
    portal, deadline = Portal(looks.clock), Deadline(seconds, looks.clock)
    return wait_for(portal, looks, done, deadline, "VM web1 to be on", lambda seen: f"it is {seen}")


def test_the_first_look_comes_within_a_second_then_pauses_grow_to_ten(clock):
    looks = Looks(clock, *["off"] * 20, "on")
    assert wait(looks) == "on"
    pauses = [looks.at[0], *(later - before for before, later in zip(looks.at, looks.at[1:]))]
    assert pauses[0] < 1
    assert all(before < later * 1.1 for before, later in zip(pauses[:5], pauses[1:5]))
    assert min(pauses[10:]) > 7.9 and max(pauses) <= 12.1
    assert len(set(pauses)) == len(pauses)


@pytest.mark.parametrize("seconds", [0.3, 1, 5, 20, 61])
def test_it_ends_in_time_and_looks_shortly_before(clock, seconds):
    looks = Looks(clock, "off")
    with pytest.raises(TimedOut) as caught:
        wait(looks, seconds)
    assert clock.monotonic() - looks.begun <= seconds + 0.1
    assert seconds - 1.1 <= looks.at[-1] <= seconds
    assert len(looks.at) < 6 + seconds / 5 + 5
    assert str(caught.value).startswith(
        f"Timed out after {seconds:g} s waiting for VM web1 to be on (last state: it is off)."
    )
    assert "Run the task again" in str(caught.value) and "last poll" not in str(caught.value)


def test_requests_know_the_deadline(clock):
    portal, deadline = Portal(clock), Deadline(60, clock)
    wait_for(portal, lambda: "on", bool, deadline, "x", str)
    assert portal.ends == [deadline.end]


@pytest.mark.parametrize(
    "trouble",
    [
        RateLimited("busy"),
        TransportError("gone"),
        DecodingError("a page"),
        UnexpectedResponse("vm", {"status": True}),
        ApiError("HTTP 500", status_code=500),
        ApiError("HTTP 520", status_code=520),
    ],
    ids=repr,
)
def test_a_trouble_that_may_pass_is_forgiven(clock, trouble):
    assert wait(Looks(clock, trouble, "off", trouble, trouble, "on")) == "on"
    with pytest.raises(TimedOut) as caught:
        wait(Looks(clock, "off", trouble), 20)
    assert f"it is off). The last poll failed: {trouble}" in str(caught.value)
    with pytest.raises(TimedOut, match="nothing was seen"):
        wait(Looks(clock, trouble), 20)


@pytest.mark.parametrize(
    "trouble",
    [NotFound("gone"), AuthenticationFailed("no"), ApiError("no", status_code=200), ZeroDivisionError("a defect")],
    ids=repr,
)
def test_a_trouble_that_will_not_pass_ends_it(clock, trouble):
    looks = Looks(clock, trouble)
    with pytest.raises(type(trouble)):
        wait(looks)
    assert len(looks.at) == 1


@pytest.mark.parametrize("nothing", [None, False, [], ""])
def test_what_was_seen_may_be_nothing(clock, nothing):
    with pytest.raises(TimedOut, match=f"it is {nothing}".replace("[", r"\[").replace("]", r"\]")):
        wait(Looks(clock, nothing), 5)


# -- after a change --------------------------------------------------------------------------------------------------


def test_a_change_that_was_seen_is_believed_at_once(clock):
    done = SeenToChange(lambda seen: seen == "on", clock)
    assert [done(seen) for seen in ("on", "off", "on")] == [False, False, True]


def test_what_never_seems_to_change_is_believed_after_a_while(clock):
    done = SeenToChange(lambda seen: seen == "on", clock)
    clock.ahead += 100  # the request itself took long: no reason to believe the first look
    assert not done("on")
    clock.ahead += STALE_READ_WINDOW_S - 0.5
    assert not done("on")
    clock.ahead += 1
    assert done("on")


# -- sent ------------------------------------------------------------------------------------------------------------


class Call(Transition):
    def __init__(self, gives):
        self.gives, self.count = gives, 0

    def is_done(self, record):
        return record

    def send(self, api, record):
        self.count += 1
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


def send(portal, call, looks, seconds=60):
    target = Target("VM web1", None, looks, str)
    return send_once(portal, call, target, None, Deadline(seconds, portal.clock))


def lost():
    return TransportError("The answer was lost.", POST, outcome_unknown=True)


def test_an_answer_that_came_is_handed_on(clock):
    call, portal = Call({"status": True}), Portal(clock)
    assert send(portal, call, None) == {"status": True}
    assert clock.slept == []


@pytest.mark.parametrize(
    "error", [ApiError("no", POST), RateLimited("later", POST), TransportError("refused", POST)], ids=repr
)
def test_a_request_that_was_surely_not_done_is_not_looked_for(clock, error):
    looks = Looks(clock, True)
    with pytest.raises(type(error)):
        send(Portal(clock), Call(error), looks)
    assert not looks.at


def test_a_lost_answer_is_looked_for_and_not_sent_again(clock):
    call, portal = Call(lost()), Portal(clock)
    assert send(portal, call, Looks(clock, False, False, TransportError("x"), True)) is None
    assert call.count == 1
    assert portal.changed


@pytest.mark.parametrize(
    ("seconds", "longest"), [(600, LOST_RESPONSE_TIMEOUT_S), (10, 10), (math.inf, LOST_RESPONSE_TIMEOUT_S)]
)
def test_a_lost_answer_without_a_trace_is_the_failure(clock, seconds, longest):
    call, portal, looks = Call(lost()), Portal(clock), Looks(clock, False)
    with pytest.raises(TransportError, match="The answer was lost") as caught:
        send(portal, call, looks, seconds)
    assert call.count == 1 and not portal.changed
    assert longest - 2 <= looks.at[-1] <= longest
    assert caught.value.__cause__ is None


def test_a_lost_answer_that_nothing_tells_of(clock):
    with pytest.raises(TransportError):
        send(Portal(clock), Call(lost()), None)
    assert clock.slept == []


@pytest.mark.parametrize(
    "trouble", [AuthenticationFailed("token_expired", POST), NotFound("no such VM", POST)], ids=repr
)
def test_the_doubt_is_not_lost_behind_a_refused_look(clock, trouble):
    call, portal = Call(lost()), Portal(clock)
    with pytest.raises(TransportError, match=r"The answer was lost.*It could not be looked at afterwards") as caught:
        send(portal, call, Looks(clock, trouble))
    assert caught.value.outcome_unknown and portal.changed and call.count == 1
