# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a file can be written at a path, told before anything is asked of a portal."""

from __future__ import annotations

import os

from .errors import InvalidInput


def ensure_file_path(path: str) -> None:
    """Refuse a *path* that this user cannot write a regular file to.

    :raises InvalidInput: saying why.
    """
    folder = os.path.dirname(path) or "."
    if os.path.isdir(path) or not os.path.basename(path):
        raise InvalidInput(f"{path} is a folder. Give the path of the file to write.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise InvalidInput(f"{path} exists and is no regular file. Give another path.")
    if not os.path.isdir(folder):
        raise InvalidInput(f"There is no folder {folder} to write {os.path.basename(path)} to. Create it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InvalidInput(f"{path} cannot be written: this user may not write to the folder {folder}.")
