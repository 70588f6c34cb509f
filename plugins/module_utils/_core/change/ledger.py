# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notes of what one controller ordered, and the lock around reading, planning and changing.

The portal's API has no idempotency keys, and a new object may be listed late or under another name [facts, section 6].
So whoever creates something holds the lock of its service meanwhile, and leaves a note that a later run finds it by.
Each note is a file. Other controllers do not share them.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import glob
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from urllib.parse import unquote

from ..errors import PortalError, SindadError, TimedOut
from ..files import default_folder, replace_file
from ..http.options import canonical_url
from ..reading.vocabulary import CERTAIN_REFUSALS, says_busy, spelling
from .polling import Deadline

LOCK_PAUSE_S = 0.2
#: HTTP statuses by which a portal says that nothing was done. The rest of 4xx may tell of what goes on already.
_REFUSED = frozenset((400, 401, 402, 403, 404, 405, 406, 410, 413, 415, 422, 429, 451))
#: What flock says while another holds the lock; anything else means that there is no lock to be had.
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


@dataclass(frozen=True)
class Order:
    """One thing that was ordered.

    :ivar label: as it was sent. :ivar before: the ids that were there before.
    :ivar id: the one that it became; None while it was not listed yet. :ivar count: how many were ordered.
    :ivar name: what *id* was called when it was last known to be the one.
    :ivar found_at: time of the wall clock at which it was first found by its own label.
    :ivar refused_at: time at which the portal refused the order in words that do not rule out that it was placed.
    """

    label: str
    before: tuple[str, ...]
    id: str | None = None
    count: int = 1
    name: str | None = None
    found_at: float | None = None
    refused_at: float | None = None


class Ledger:
    """The lock and the notes of one kind of object below one place of a portal.

    :param url: the address of the portal's API, in any spelling.
    :param place: what tells it from any other there, such as the id of the service.
    :param key: gives one text for all labels that compare as the same.
    """

    def __init__(self, url: str, *place: str, folder: str | None = None, key: Callable[[str], str] = str):
        self._place = os.path.join(folder or default_folder(), _digest("\n".join((_portal(url), *place))))
        self.key = key

    def path(self, label: str) -> str:
        """Return the path of the note for *label*."""
        return f"{self._place}.{_digest(self.key(label))}.json"

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
                        f"Timed out after {deadline.seconds:g} s waiting for another task on this machine that works "
                        f"on the same service. Nothing was sent for {what}."
                    )
                deadline.clock.sleep(LOCK_PAUSE_S)
            yield
        finally:
            os.close(descriptor)

    def _open(self, path: str) -> int:
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
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
        for name in (self.key(label), label):  # releases before 1.0 named the file after the label
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{self._place}.{_digest(name)}.json")

    @contextlib.contextmanager
    def placing(self, order: Order) -> Iterator[None]:
        """A context in which *order* is placed: the note is there before, and goes if the portal refused.

        It stays after a refusal because of something that goes on: that may be the order itself.
        """
        self.note(order)
        try:
            yield
        except PortalError as error:
            is_busy = not is_certain(error) and says_busy(" ".join(error.errors))
            if not (error.outcome_unknown or is_busy):
                self.forget(order.label)
            raise


def _portal(url: str) -> str:
    """Return one text for all spellings of an address, those of its path included: for what is kept, not for logins."""
    return re.sub("(?<!:)/+", "/", unquote(canonical_url(url)))


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
            f"{path}, where this collection notes what it ordered, cannot be read ({error}). Until it is readable, "
            "nothing is ordered, or found by its label, on this service. What exists can be named by its id."
        ) from None


def _locked(descriptor: int) -> bool:
    """Take the lock. Returns False while another holds it.

    :raises SindadError: if the file system has no locks.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise SindadError(
            f"The folder for notes of orders, {default_folder()}, cannot lock files ({error.strerror}), so nothing "
            "could keep the same order from being placed twice. Set ANSIBLE_HOME to a folder on another file system."
        ) from None
    return True


def is_certain(refusal: PortalError) -> bool:
    """Return whether *refusal* of a paid order rules out that the order was placed.

    It does by a documented code, by an HTTP status of which nothing is done, or if the request was never sent. Any
    other words may stand for an order that goes on ("VM is locked (create)"): look for the object before giving up.
    """
    if refusal.outcome_unknown:
        return False
    if refusal.status_code is None:
        return True  # it was never sent
    if refusal.status_code in _REFUSED:
        return not says_busy(" ".join(refusal.errors))
    return bool(refusal.errors) and all(spelling(each) in CERTAIN_REFUSALS for each in refusal.errors)
