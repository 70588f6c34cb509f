# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Send a change once, and poll until it is so or until the time is over."""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from ..errors import DecodingError, PortalError, RateLimited, SindadError, TimedOut, TransportError, UnexpectedResponse
from ..http.client import Client
from ..http.clock import SYSTEM_CLOCK, Clock
from .transition import Target, Transition

FIRST_POLL_S = 0.5
LONGEST_PAUSE_S = 10.0
#: With fewer seconds left there is no use in polling.
LEAST_TIME_S = 0.1
#: After so many seconds a state that never seemed to change is believed: portals show the old one for a while.
STALE_READ_WINDOW_S = 6.0
#: How long to look for the effect of a request whose response was lost.
LOST_RESPONSE_TIMEOUT_S = 30.0
RESUME_ADVICE = "Run the task again to go on waiting, or raise wait_timeout."

Record = TypeVar("Record")


class Deadline:
    """A point of the monotonic clock."""

    def __init__(self, seconds: float, clock: Clock = SYSTEM_CLOCK):
        self.seconds = seconds
        self.clock = clock
        self.started = clock.monotonic()
        self.end = self.started + seconds

    @property
    def elapsed(self) -> float:
        return self.clock.monotonic() - self.started

    @property
    def remaining(self) -> float:
        return self.end - self.clock.monotonic()

    def at_most(self, seconds: float) -> Deadline:
        """A deadline that is no later than this one and at the most *seconds* away."""
        return Deadline(max(0.0, min(seconds, self.remaining)), self.clock)


class SeenToChange(Generic[Record]):
    """Believes that *is_done* once it was seen not to be, or after STALE_READ_WINDOW_S.

    For what looks the same before and after: a reboot, or a rebuild with the same template.
    """

    def __init__(self, is_done: Callable[[Record], bool], clock: Clock = SYSTEM_CLOCK):
        self.is_done = is_done
        self.clock = clock
        self.moved = False
        self.since: float | None = None

    def __call__(self, record: Record) -> bool:
        if self.since is None:  # of the first poll: the request itself may have taken long
            self.since = self.clock.monotonic()
        if not self.is_done(record):
            self.moved = True
            return False
        return self.moved or self.clock.monotonic() - self.since >= STALE_READ_WINDOW_S


def wait_for(
    client: Client,
    poll: Callable[[], Record],
    is_done: Callable[[Record], bool],
    deadline: Deadline,
    awaited: str,
    describe: Callable[[Record], str],
    advice: str = RESUME_ADVICE,
) -> Record:
    """Poll until *is_done* of what it gave; return that.

    The first poll comes within a second, then pauses grow to ten seconds, with jitter. A portal that does not answer
    for a while is asked again. No request outlasts the deadline.

    :param awaited: what is waited for, for the message: "VM web1 to be running".
    :param describe: says in words what a poll gave.
    :param advice: what to do on timeout.
    :raises TimedOut: with the last observed state.
    """
    pause = FIRST_POLL_S
    last, trouble = "nothing was seen", ""
    with client.until(deadline.end):
        while deadline.remaining >= LEAST_TIME_S:
            rest = deadline.remaining
            # The last polls come shortly before the end, not at it: they need some time themselves.
            client.clock.sleep(min(random.uniform(0.8, 1.2) * pause, max(rest - 1, rest / 2)))
            pause = min(LONGEST_PAUSE_S, pause * 1.6)
            try:
                seen = poll()
            except (PortalError, UnexpectedResponse) as error:
                if not may_pass(error):
                    raise
                trouble = f" The last poll failed: {error}"
                continue
            if is_done(seen):
                return seen
            last, trouble = describe(seen), ""
    raise TimedOut(
        f"Timed out after {deadline.seconds:g} s waiting for {awaited} (last state: {last}).{trouble} {advice}"
    )


class _Remembered(Generic[Record]):
    """A poll that keeps what it gave last."""

    def __init__(self, poll: Callable[[], Record], nothing: Record):
        self.poll, self.last = poll, nothing

    def __call__(self) -> Record:
        self.last = self.poll()
        return self.last


def watch(
    client: Client,
    poll: Callable[[], Record],
    is_done: Callable[[Record], bool],
    deadline: Deadline,
    nothing: Record,
) -> Record:
    """Like ``wait_for``, but when the time is over, what was seen last is returned; *nothing* if nothing was."""
    remembered = _Remembered(poll, nothing)
    with contextlib.suppress(TimedOut):
        wait_for(client, remembered, is_done, deadline, "", str)
    return remembered.last


def may_pass(error: SindadError) -> bool:
    """Whether to poll again after *error*: the portal was out of order, which says nothing of what is polled."""
    if isinstance(error, (RateLimited, TransportError, DecodingError, UnexpectedResponse)):
        return True
    return isinstance(error, PortalError) and (error.is_passing or (error.status_code or 0) >= 500)


def send_once(
    client: Client,
    transition: Transition[Any, Record],
    target: Target[Any, Record],
    record: Record,
    deadline: Deadline | None = None,
) -> Any:
    """Send *transition*: the one place from which the client takes a change. Returns what the portal answered.

    A lost response is never answered by sending again: the target is polled until it shows the effect of the request.

    :returns: None if the response was lost.
    :raises PortalError: if the portal refused, or if no effect is seen in time: within LOST_RESPONSE_TIMEOUT_S, or
        until *deadline* if it costs money.
    """
    deadline = deadline or Deadline(math.inf, client.clock)
    try:
        with client.until(deadline.end), client.one_change():
            return transition.send(target.api, record)
    except PortalError as error:
        if not error.outcome_unknown or target.refresh is None:
            raise
        _look_for_effect(client, transition, target, deadline, error)
    client.changed = True
    return None


def _look_for_effect(
    client: Client,
    transition: Transition[Any, Record],
    target: Target[Any, Record],
    deadline: Deadline,
    lost: PortalError,
) -> None:
    """Poll until *target* shows that the request took effect whose response was *lost*; else raise that."""
    if target.refresh is None:
        raise lost
    awaited = f"{target.name} {transition.description}"
    try:
        limit = (
            deadline
            if transition.is_paid and deadline.seconds < math.inf
            else deadline.at_most(LOST_RESPONSE_TIMEOUT_S)
        )
        wait_for(client, target.refresh, transition.has_begun, limit, awaited, target.describe)
    except TimedOut:
        lost.args = (f"{lost} No sign of it was seen within {limit.seconds:.0f} seconds.",)
        raise lost from None
    except SindadError as error:
        # The doubt must not get lost behind the trouble with looking.
        lost.args = (f"{lost} It could not be looked at afterwards: {error}",)
        client.changed = True
        raise lost from None
