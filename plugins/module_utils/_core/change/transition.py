# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One change of one object: told in a message, sent once, recognised when it is done.

A noun's transitions stand in its folder. ``plan()`` there says which ones lead from a record to what is wanted, without
a portal; the module's context carries them out, one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Api = TypeVar("Api")
Record = TypeVar("Record")


class Transition(Generic[Api, Record]):
    """What a transition says of itself. It holds no state of its own: the same one may be asked again and again.

    :cvar description: what it is for, after the object's name: "to be stopped".
    :cvar looks_the_same: whether the object may look after it as it did before (a reboot). Then it is done once it was
        seen not to be, or after a while.
    :cvar is_paid: whether sending it twice costs money. Then a lost response is looked for until the deadline.
    :cvar destroys: whether data is lost by it. Then it is looked once more right before.
    """

    description: str = "to be changed"
    looks_the_same: bool = False
    is_paid: bool = False
    destroys: bool = False

    def send(self, api: Api, record: Record) -> Any:
        """The one request that changes something. Returns what the portal answered."""
        raise NotImplementedError

    def is_done(self, record: Record) -> bool:
        """Whether *record* shows it."""
        raise NotImplementedError

    def has_begun(self, record: Record) -> bool:
        """Whether *record* shows that the request took effect. Asked only after a lost response."""
        return self.is_done(record)

    def predict(self, record: Record) -> Record:
        """*record* as it will be: for check mode, and where nobody waits."""
        raise NotImplementedError


@dataclass
class Target(Generic[Api, Record]):
    """The object that is changed.

    :ivar name: for messages: "VM web1 of service 101".
    :ivar refresh: reads its record as it is now; None if nothing tells of the change.
    :ivar describe: says in words what a record shows, for the message of a time-out: "its state is stopping".
    """

    name: str
    api: Api
    refresh: Callable[[], Record] | None
    describe: Callable[[Record], str]


@dataclass
class Outcome(Generic[Record]):
    """What came of a transition.

    :ivar record: as it was seen at the end, or as it is expected to be.
    :ivar answer: what the portal answered; None in check mode, and if the answer was lost.
    :ivar sent: False in check mode.
    """

    record: Record
    answer: Any = None
    sent: bool = True
