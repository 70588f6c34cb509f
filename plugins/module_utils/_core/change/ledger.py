# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one controller remembers of what it ordered: a lock around look-and-create, and a note of each order.

The portal's API has no idempotency keys, and a new object may be listed late or under another name [facts, section 6].
So whoever creates something holds the lock of its service meanwhile, and leaves a note that a later run finds it by.
Each note is a file, so that removing one by hand loses no other. Other controllers do not share them.
"""

from __future__ import annotations

import contextlib
import fcntl
import glob
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from ..errors import PortalError, SindadError, TimedOut
from ..files import default_folder, replace_file
from .polling import Deadline

LOCK_PAUSE_S = 0.2


@dataclass(frozen=True)
class Order:
    """One thing that was ordered.

    :ivar label: as it was sent. :ivar before: the ids that were there before.
    :ivar id: the one that it became; None while it was not listed yet. :ivar count: how many were ordered.
    """

    label: str
    before: tuple[str, ...]
    id: str | None = None
    count: int = 1


class Ledger:
    """The lock and the notes of one kind of object below one place of a portal.

    :param place: what tells it from any other, such as the portal's address and the id of the service.
    """

    def __init__(self, *place: str, folder: str | None = None):
        self._place = os.path.join(folder or default_folder(), _digest("\n".join(place)))

    def path(self, label: str) -> str:
        """The file of the note for *label*."""
        return f"{self._place}.{_digest(label)}.json"

    # -- the lock ----------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def lock(self, deadline: Deadline, what: str) -> Iterator[None]:
        """Hold the lock, also against other processes and threads of this machine.

        :param what: what is about to be done, for the message of a time-out.
        """
        descriptor = self._open(f"{self._place}.lock")
        try:
            while not _locked(descriptor):
                if deadline.remaining < LOCK_PAUSE_S:
                    raise TimedOut(
                        f"Timed out after {deadline.seconds:g} s waiting for another task on this machine that creates "
                        f"something on the same service. Nothing was sent for {what}. Run the task again."
                    )
                deadline.clock.sleep(LOCK_PAUSE_S)
            yield
        finally:
            os.close(descriptor)

    def _open(self, path: str) -> int:
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise SindadError(
                f"{path} cannot be opened ({error.strerror}), so nothing could keep the same order from being placed "
                "twice. Make its folder writable, or set ANSIBLE_HOME to one that is."
            ) from None

    # -- the notes ---------------------------------------------------------------------------------------------------

    def find(self, label: str) -> Order | None:
        """The note of an order for *label*."""
        return _read(self.path(label))

    def orders(self) -> list[Order]:
        """All notes. One that cannot be read is an error: what it says is not known."""
        found = map(_read, sorted(glob.glob(f"{glob.escape(self._place)}.*.json")))
        return [order for order in found if order is not None]

    def note(self, order: Order) -> None:
        """Keep *order*, in place of an older note for the same label."""
        path = self.path(order.label)
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            replace_file(path, json.dumps(asdict(order)).encode())  # on the disk before anything is ordered
        except OSError as error:
            raise SindadError(
                f"{path} cannot be written ({error.strerror}), so nothing could keep the same order from being placed "
                "twice. Nothing was sent for it."
            ) from None

    def became(self, label: str, identity: str) -> None:
        """Note which id the order for *label* became."""
        order = self.find(label)
        if order is not None:
            self.note(replace(order, id=identity))

    def forget(self, label: str) -> None:
        """Drop the note for *label*: it is found by itself, or gone."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path(label))

    @contextlib.contextmanager
    def placing(self, order: Order) -> Iterator[None]:
        """A context in which *order* is placed: the note is there before, and goes if the portal refused."""
        self.note(order)
        try:
            yield
        except PortalError as error:
            if not error.outcome_unknown:
                self.forget(order.label)
            raise


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]


def _read(path: str) -> Order | None:
    """The note in the file at *path*; None if there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            told = json.load(file)
        return Order(**{**told, "before": tuple(told["before"])})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SindadError(
            f"{path}, where this collection notes what it ordered, cannot be read ({error}). Look in the portal at "
            "what was ordered, then remove the file."
        ) from None


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
