# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look until it is so, or until the time is over."""

from __future__ import annotations

import random
import time

from ansible_collections.sindad.cloud.plugins.module_utils._errors import (
    Busy,
    NotJson,
    PortalError,
    TimedOut,
    Unreachable,
)
from ansible_collections.sindad.cloud.plugins.module_utils._shapes import Unexpected

FIRST_LOOK = 0.5
LONGEST_PAUSE = 10.0
#: Seconds after which a state that never seemed to change is believed: portals show the old one for a while.
SETTLING = 6.0
#: Seconds to look for the effect of a request whose answer was lost.
TRACE = 30.0
AGAIN = "Run the task again to go on waiting, or raise wait_timeout."


class Deadline:
    """A point of the monotonic clock."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.started = time.monotonic()
        self.end = self.started + seconds

    @property
    def elapsed(self):
        return time.monotonic() - self.started

    @property
    def remaining(self):
        return self.end - time.monotonic()

    def capped(self, seconds):
        """A deadline that is no later than this one and at the most *seconds* away."""
        return Deadline(max(0.0, min(seconds, self.remaining)))


class AfterAChange:
    """Believes that *target* is reached once it was seen not to be, or after SETTLING seconds.

    For what looks the same before and after: a reboot, or a rebuild with the same template.
    """

    def __init__(self, target):
        self.target = target
        self.moved = False
        self.since = time.monotonic()

    def __call__(self, seen):
        if not self.target(seen):
            self.moved = True
            return False
        return self.moved or time.monotonic() - self.since >= SETTLING


def wait_for(portal, look, done, deadline, aim, tell, advice=AGAIN):
    """Call *look* until *done* of what it gave; return that.

    The first look comes within a second, then pauses grow to ten seconds, with jitter. A portal that does not answer
    for a while is asked again. No request outlasts the deadline.

    :param aim: what is waited for, for the message: C(VM web1 to be running).
    :param tell: a function that says in words what a look gave.
    :param advice: what to do if it was in vain.
    :raises TimedOut: with what was reached.
    """
    pause, seen, trouble = FIRST_LOOK, None, None
    with portal.until(deadline.end):
        while True:
            rest = deadline.remaining
            if rest <= 0:
                break
            time.sleep(min(rest, random.uniform(0.8, 1.2) * pause))
            pause = min(LONGEST_PAUSE, pause * 1.6)
            try:
                found = look()
            except (Busy, Unreachable, NotJson, Unexpected) as error:
                trouble = error
                continue
            seen, trouble = (found,), None
            if done(found):
                return found
    reached = tell(*seen) if seen else "nothing was seen"
    last = f" The last look failed: {trouble}" if trouble else ""
    raise TimedOut(f"Waited {deadline.seconds:g} seconds for {aim}, in vain: {reached}.{last} {advice}")


def sent(portal, call, landed, deadline, aim):
    """*call* something that must not be sent twice; if its answer is lost, look whether it took effect.

    :param landed: a function that tells by reading whether the call took effect; None if nothing tells.
    :raises PortalError: the failure of the call, if it was refused or if nothing of it is seen within C(TRACE) seconds.
    """
    try:
        with portal.until(deadline.end):
            return call()
    except PortalError as error:
        if not error.uncertain or landed is None:
            raise
        lost = error
    try:
        wait_for(portal, landed, bool, deadline.capped(TRACE), aim, lambda seen: "no trace of it")
    except TimedOut:
        raise lost from None
    portal.changed = True
    return None
