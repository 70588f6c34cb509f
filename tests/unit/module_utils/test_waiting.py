# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When it looks, what it forgives, and what it says in the end. Sleeping only moves the hands of the clock."""

from __future__ import annotations

import contextlib
import math

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._connection import Request
from ansible_collections.sindad.cloud.plugins.module_utils._errors import (
    AuthenticationFailed,
    Busy,
    NotFound,
    NotJson,
    Refused,
    TimedOut,
    Unreachable,
)
from ansible_collections.sindad.cloud.plugins.module_utils._shapes import Unexpected
from ansible_collections.sindad.cloud.plugins.module_utils._waiting import (
    SETTLING,
    TRACE,
    AfterAChange,
    Deadline,
    sent,
    wait_for,
)

POST = Request("POST", "/service/@id/vms", (("id", 5),))


class Portal:
    """Only remembers until when it may be asked."""

    def __init__(self):
        self.changed = False
        self.ends = []

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
    return wait_for(Portal(), looks, done, Deadline(seconds), "VM web1 to be on", lambda seen: f"it is {seen}")


def test_the_first_look_comes_within_a_second_then_pauses_grow_to_ten(clock):
    looks = Looks(clock, *["off"] * 20, "on")
    assert wait(looks) == "on"
    pauses = [looks.at[0], *(later - before for before, later in zip(looks.at, looks.at[1:]))]
    assert pauses[0] < 1
    assert all(before < later * 1.1 for before, later in zip(pauses[:5], pauses[1:5]))
    assert min(pauses[10:]) > 7.9 and max(pauses) <= 12.1
    assert len({round(pause, 3) for pause in pauses}) == len(pauses)


@pytest.mark.parametrize("seconds", [0.3, 1, 5, 20, 61])
def test_it_ends_in_time_and_looks_shortly_before(clock, seconds):
    looks = Looks(clock, "off")
    with pytest.raises(TimedOut) as caught:
        wait(looks, seconds)
    assert clock.monotonic() - looks.begun <= seconds + 0.1
    assert seconds - 1.1 <= looks.at[-1] <= seconds
    assert len(looks.at) < 6 + seconds / 5 + 5
    assert str(caught.value).startswith(f"Waited {seconds:g} seconds for VM web1 to be on, in vain: it is off.")
    assert "Run the task again" in str(caught.value) and "last look" not in str(caught.value)


def test_requests_know_the_deadline(clock):
    portal, deadline = Portal(), Deadline(60)
    wait_for(portal, lambda: "on", bool, deadline, "x", str)
    assert portal.ends == [deadline.end]


@pytest.mark.parametrize(
    "trouble",
    [
        Busy("busy"),
        Unreachable("gone"),
        NotJson("a page"),
        Unexpected("vm", {"status": True}),
        Refused("HTTP 500", status_code=500),
        Refused("HTTP 520", status_code=520),
    ],
    ids=repr,
)
def test_a_trouble_that_may_pass_is_forgiven(clock, trouble):
    assert wait(Looks(clock, trouble, "off", trouble, trouble, "on")) == "on"
    with pytest.raises(TimedOut) as caught:
        wait(Looks(clock, "off", trouble), 20)
    assert f"it is off. The last look failed: {trouble}" in str(caught.value)
    with pytest.raises(TimedOut, match="nothing was seen"):
        wait(Looks(clock, trouble), 20)


@pytest.mark.parametrize(
    "trouble",
    [NotFound("gone"), AuthenticationFailed("no"), Refused("no", status_code=200), ZeroDivisionError("a defect")],
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
    done = AfterAChange(lambda seen: seen == "on")
    assert [done(seen) for seen in ("on", "off", "on")] == [False, False, True]


def test_what_never_seems_to_change_is_believed_after_a_while(clock):
    done = AfterAChange(lambda seen: seen == "on")
    clock.ahead += 100  # the request itself took long: no reason to believe the first look
    assert not done("on")
    clock.ahead += SETTLING - 0.5
    assert not done("on")
    clock.ahead += 1
    assert done("on")


# -- sent ------------------------------------------------------------------------------------------------------------


class Call:
    def __init__(self, gives):
        self.gives, self.count = gives, 0

    def __call__(self):
        self.count += 1
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


def lost():
    return Unreachable("The answer was lost.", POST, uncertain=True)


def test_an_answer_that_came_is_handed_on(clock):
    call, portal = Call({"status": True}), Portal()
    assert sent(portal, call, None, Deadline(60), "x") == {"status": True}
    assert clock.slept == []


@pytest.mark.parametrize("error", [Refused("no", POST), Busy("later", POST), Unreachable("refused", POST)], ids=repr)
def test_a_request_that_was_surely_not_done_is_not_looked_for(clock, error):
    looks = Looks(clock, True)
    with pytest.raises(type(error)):
        sent(Portal(), Call(error), looks, Deadline(60), "x")
    assert not looks.at


def test_a_lost_answer_is_looked_for_and_not_sent_again(clock):
    call, portal = Call(lost()), Portal()
    assert sent(portal, call, Looks(clock, False, False, Unreachable("x"), True), Deadline(60), "x") is None
    assert call.count == 1
    assert portal.changed


@pytest.mark.parametrize(("seconds", "longest"), [(600, TRACE), (10, 10), (math.inf, TRACE)])
def test_a_lost_answer_without_a_trace_is_the_failure(clock, seconds, longest):
    call, portal, looks = Call(lost()), Portal(), Looks(clock, False)
    with pytest.raises(Unreachable, match="The answer was lost") as caught:
        sent(portal, call, looks, Deadline(seconds), "x")
    assert call.count == 1 and not portal.changed
    assert longest - 2 <= looks.at[-1] <= longest
    assert caught.value.__cause__ is None


def test_a_lost_answer_that_nothing_tells_of(clock):
    with pytest.raises(Unreachable):
        sent(Portal(), Call(lost()), None, Deadline(60), "x")
    assert clock.slept == []
