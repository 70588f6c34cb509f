# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of this machine: where they are kept, whether one can be written at a path, and written whole or not."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile

from .errors import InvalidInput, SindadError


def ensure_file_path(path: str) -> None:
    """Refuse a *path* that this user cannot write a regular file to.

    :raises InvalidInput: saying why.
    """
    folder = os.path.dirname(path) or "."
    if not os.path.basename(path) or os.path.isdir(path):
        raise InvalidInput(f"{path} is a folder. Specify the path of the file to write.")
    if not os.path.isdir(folder):
        raise InvalidInput(f"There is no folder {folder} to write {os.path.basename(path)} to. Create it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InvalidInput(f"{path} cannot be written: this user may not write to the folder {folder}.")
    try:
        is_file = stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:  # a name that is too long, or a loop of links
        why = error.strerror if isinstance(error, OSError) else error
        raise InvalidInput(f"{path} cannot be written: {why}. Specify another path.") from None
    if not is_file:
        raise InvalidInput(f"{path} is not a regular file. Specify another path.")


def prepare(path: str, content: bytes, keep_mode: bool = False) -> str:
    """Write *content* to a new file beside *path*, and let it reach the disk. Returns its path, for ``os.replace``.

    Only its owner may read it, unless it is to *keep_mode*, that of the file at *path*.

    :raises OSError: if it cannot be written; then there is no new file.
    """
    handle, temporary = tempfile.mkstemp(prefix=".ansible_tmp", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            if keep_mode and os.path.exists(path):
                os.fchmod(file.fileno(), stat.S_IMODE(os.stat(path).st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        remove(temporary)
        raise
    return temporary


def replace_file(path: str, content: bytes) -> None:
    """Write the file at *path* whole, or leave it as it is.

    :raises OSError: if it cannot be written.
    """
    temporary = prepare(path, content)
    try:
        os.replace(temporary, path)
    except BaseException:
        remove(temporary)
        raise


def put_file(path: str, content: bytes, check_mode: bool) -> bool:
    """Give the file at *path* this content. Returns whether it differs; in check mode nothing is written.

    Nobody but its owner may read what is written.

    :raises SindadError: if it cannot be read, or not be written; then it is unchanged.
    """
    try:
        with open(path, "rb") as file:
            differs = file.read() != content
    except FileNotFoundError:
        differs = True
    except OSError as error:
        raise SindadError(f"{path} could not be read: {error.strerror or error}. The file is unchanged.") from None
    if differs and not check_mode:
        try:
            replace_file(path, content)
        except OSError as error:
            raise SindadError(
                f"{path} could not be written: {error.strerror or error}. The file is unchanged."
            ) from None
    return differs


def remove(path: str) -> None:
    """Remove a file, if that is possible."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def default_folder() -> str:
    """Return the folder of notes, locks and paces: below Ansible's home of this user, like its other local files.

    :raises SindadError: if this user has no home; a folder that depends on the working directory would keep nothing
        from being ordered twice.
    """
    home = os.path.expanduser(os.environ.get("ANSIBLE_HOME") or "~/.ansible")
    if not os.path.isabs(home):
        raise SindadError(
            f"The folder for notes of orders is unknown: '{home}' is not an absolute path, as this user has no home "
            "folder. Set HOME, or ANSIBLE_HOME to an absolute path. Nothing was sent."
        )
    return os.path.join(home, "sindad.cloud")
