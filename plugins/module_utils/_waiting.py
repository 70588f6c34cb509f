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
#: With fewer seconds left there is no use in looking.
LEAST_TIME = 0.1
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
        self.since = None

    def __call__(self, seen):
        self.since = self.since or time.monotonic()  # of the first look: the request itself may have taken long
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
            if rest < LEAST_TIME:
                break
            # The last looks come shortly before the end, not at it: they need some time themselves.
            time.sleep(min(random.uniform(0.8, 1.2) * pause, max(rest - 1, rest / 2)))
            pause = min(LONGEST_PAUSE, pause * 1.6)
            try:
                found = look()
            except (PortalError, Unexpected) as error:
                if not _may_pass(error):
                    raise
                trouble = error
                continue
            seen, trouble = (found,), None
            if done(found):
                return found
    reached = tell(*seen) if seen else "nothing was seen"
    last = f" The last look failed: {trouble}" if trouble else ""
    raise TimedOut(f"Waited {deadline.seconds:g} seconds for {aim}, in vain: {reached}.{last} {advice}")


def _may_pass(error):
    """Whether to look again after *error*: the portal was out of order, which says nothing of what is looked at."""
    return isinstance(error, (Busy, Unreachable, NotJson, Unexpected)) or (error.status_code or 0) >= 500


def sent(portal, call, landed, deadline, aim):
    """*call* something that must not be sent twice; if its answer is lost, look whether it took effect.

    :param landed: a function that tells by reading whether the call took effect; None if nothing tells.
    :raises PortalError: the failure of the call, if it was refused or if nothing of it is seen within C(TRACE) seconds.
    """
    lost = None
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
