# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the files of a project: all of them or none, only those that differ, and none that its owner has edited.

Each file holds a checksum of itself. One that does not fit was edited, or is not ours.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .._core.errors import InvalidInput, SindadError
from .._core.files import prepare, remove

_SEAL = re.compile(r"^# checksum: sha256:([0-9a-f]{64})\n", re.M)


class Change(NamedTuple):
    """A file that differs from what is to be there.

    :ivar path: below the folder. :ivar before: what it holds, None if there is no such file. :ivar after: likewise.
    """

    path: str
    before: str | None
    after: str | None

    @property
    def is_of_others(self) -> bool:
        """Whether its owner has edited it, or written it."""
        return self.before is not None and not is_sealed(self.before)


def sealed(header: str, body: str) -> str:
    """A file with its checksum between *header* and *body*."""
    return f"{header}# checksum: sha256:{_checksum(header + body)}\n{body}"


def is_sealed(text: str) -> bool:
    """Return whether *text* is unchanged since it was written."""
    found = _SEAL.search(text)
    return found is not None and found[1] == _checksum(text[: found.start()] + text[found.end() :])


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Folder:
    """The folder of a project."""

    def __init__(self, path: str):
        self.path = path

    def ensure_usable(self, inner: Iterable[str] = ()) -> None:
        """Refuse, before anything is asked of a portal, what cannot be the folder of a project.

        :param inner: folders in it that are written to.
        """
        if not self.path:
            raise InvalidInput("dest is empty. Specify the path of a folder.")
        if os.path.lexists(self.path):
            for path in (self.path, *(os.path.join(self.path, name) for name in inner)):
                self._ensure_writable(path)
            return
        parent = os.path.dirname(self.path.rstrip("/")) or "."
        if not os.path.isdir(parent):
            raise InvalidInput(
                f"dest {self.path}: the folder {parent} does not exist. Create it, or give another dest."
            )
        if not os.access(parent, os.W_OK | os.X_OK):
            raise InvalidInput(f"dest {self.path}: this user may not write to {parent}. Specify another dest.")

    def _ensure_writable(self, path: str) -> None:
        if os.path.lexists(path) and not os.path.isdir(path):
            raise InvalidInput(f"dest {self.path}: {path} is a file, and a folder is needed. Specify another dest.")
        if os.path.isdir(path) and not os.access(path, os.W_OK | os.X_OK):
            raise InvalidInput(f"dest {self.path}: this user may not write to {path}. Specify another dest.")

    def names(self, inner: str) -> list[str]:
        """The names of what is in a folder in it."""
        try:
            return sorted(os.listdir(os.path.join(self.path, inner)))
        except FileNotFoundError:
            return []

    def changes(self, desired: Mapping[str, str | None]) -> list[Change]:
        """Return the files that differ from what is *desired* by path; None removes a file, if it is ours."""
        found = [Change(path, self._read(path), after) for path, after in desired.items()]
        theirs = [each for each in found if each.after is None and not _SEAL.search(each.before or "")]
        return [change for change in found if change.before != change.after and change not in theirs]

    def _read(self, path: str) -> str | None:
        whole = os.path.join(self.path, path)
        try:
            if not stat.S_ISREG(os.stat(whole).st_mode):
                raise InvalidInput(f"dest {self.path}: {path} is not a regular file. Specify another dest.")
            with open(whole, encoding="utf-8", errors="replace", newline="") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InvalidInput(f"dest {self.path}: {path} cannot be read: {error.strerror}.") from None

    # -- writing -----------------------------------------------------------------------------------------------------

    def apply(self, changes: Iterable[Change]) -> None:
        """Make the changes. Everything is on the disk before the first file is replaced.

        :raises SindadError: if a file cannot be written; then nothing was changed.
        """
        ready: list[tuple[str, str]] = []
        made: list[str] = []
        changes = list(changes)
        try:
            for change in changes:
                if change.after is not None:
                    whole = os.path.join(self.path, change.path)
                    self._make_folder(os.path.dirname(whole), made)
                    ready.append((prepare(whole, change.after.encode(), keep_mode=True), whole))
        except OSError as error:
            _undo(ready, made)
            raise SindadError(
                f"dest {self.path}: the project could not be written, and nothing was changed: "
                f"{error.strerror or error}."
            ) from None
        except BaseException:
            _undo(ready, made)
            raise
        for temporary, whole in ready:
            os.replace(temporary, whole)
        for change in changes:
            if change.after is None:
                os.unlink(os.path.join(self.path, change.path))

    def _make_folder(self, path: str, made: list[str]) -> None:
        for each in (self.path, path):
            if not os.path.isdir(each):
                os.mkdir(each)
                made.append(each)


def _undo(ready: Iterable[tuple[str, str]], made: Iterable[str]) -> None:
    for temporary, _whole in ready:
        remove(temporary)
    for path in reversed(list(made)):
        with contextlib.suppress(OSError):
            os.rmdir(path)
