# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Create or pay a thing once: look, lock, look again, note, send, and look until the thing shows.

The portal's API has no idempotency keys [facts, section 6], and tasks run in parallel. So absence is what two reads
agree on, the second one under the lock, and a note keeps what was sent and does not show from being sent again.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from ..errors import PortalError
from ..http.client import Client
from ..reading.values import fold
from .ledger import Ledger, Order
from .polling import Deadline
from .transition import Transition

#: Seconds between the two reads that have to agree: the second number where a note says that the thing was there.
CONFIRM_S, CONFIRM_NOTED_S = 2.0, 10.0
#: How long to wait for other tasks of this machine, each of which may look a while for what it sent.
LOCK_TIMEOUT_S = 300.0
#: So long after the first sight of a thing its note is kept: another front end of the portal may lag behind. What
#: costs no money is also sent again after so long, if it never showed.
KEPT_S = 3600.0
#: What is said of a request whose outcome is unknown.
NOT_AGAIN = "This machine does not send it again as long as it does not show."

Step = TypeVar("Step", bound=Transition[Any, Any])
Result = TypeVar("Result")


class Once:
    """Guard of one thing that is created or paid, with the note of its order.

    The note is open until the thing was seen; then it holds the id of the thing.

    :param label: what distinguishes the thing from others of the same *ledger*, however it is spelt.
    :param open_for: seconds after which an open note does not count any more.
    """

    def __init__(self, client: Client, ledger: Ledger, *label: str, open_for: float = math.inf):
        self.client, self.ledger, self.open_for = client, ledger, open_for
        self.label = "\n".join(map(fold, label))

    @property
    def order(self) -> Order | None:
        """The note; None if nothing was sent from this machine, or long since seen."""
        return self.ledger.find(self.label)

    @property
    def is_open(self) -> bool:
        """Whether the thing was sent, or may have been, and has not been seen."""
        order = self.order
        return order is not None and order.id is None and self._age < self.open_for

    def planned(self, plan: Callable[[], Sequence[Step]], act: Callable[[Sequence[Step]], Result], what: str) -> Result:
        """Carry out by *act* what *plan* reads and decides; what is paid under the lock, and as planned again there.

        :param what: what is about to be done, for messages.
        :raises TimedOut: if another task holds the lock for too long; nothing was sent then.
        """
        steps = plan()
        if self.client.read_only or not any(step.is_paid for step in steps):
            return act(steps)
        clock = self.client.clock
        looked = clock.monotonic()
        with self.ledger.lock(Deadline(LOCK_TIMEOUT_S, clock), what):
            pause = CONFIRM_NOTED_S if self.order else CONFIRM_S
            clock.sleep(max(0.0, looked + pause - clock.monotonic()))
            return act(plan())

    @contextmanager
    def placing(self, before: Iterable[str] = (), count: int = 1) -> Iterator[None]:
        """A context in which the thing is sent: the note is there before, and goes if the portal refused for certain.

        :param before: what was there before, such as ids. :param count: how many are sent.
        """
        try:
            with self.ledger.placing(Order(self.label, tuple(before), count=count)):
                yield
        except PortalError as error:
            if error.outcome_unknown:
                error.args = (f"{error} {NOT_AGAIN}",)
            raise

    def found(self, identity: str) -> None:
        """Note that the thing was seen as *identity*; a note of long ago goes. Check mode leaves notes alone."""
        order = self.order
        if order is None or self.client.read_only:
            return
        if order.id is None:
            self.amend(id=identity)
        elif self._age > KEPT_S:
            self.forget()

    @property
    def _age(self) -> float:
        """Seconds since the note was written last."""
        return self.client.clock.time() - os.path.getmtime(self.ledger.path(self.label))

    def amend(self, **changes: Any) -> None:
        """Change the note."""
        order = self.order
        if order is not None and not self.client.read_only:
            self.ledger.note(replace(order, **changes))

    def forget(self) -> None:
        """Drop the note: what it is about came to nothing, or is gone. Check mode leaves notes alone."""
        if not self.client.read_only:
            self.ledger.forget(self.label)


def account_of(client: Client) -> str:
    """The login, as the part of a ledger's place that distinguishes one account of a portal from another."""
    return fold(client.username or "") or client.token or ""
