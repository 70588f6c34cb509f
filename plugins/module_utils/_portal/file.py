# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of shapes: written whole or not at all, and only if it differs. Nobody but its owner may read it."""

from __future__ import annotations

import contextlib
import os
import tempfile

from .._core.errors import SindadError


def put(path: str, content: bytes, check_mode: bool) -> bool:
    """Give the file this content. Returns whether it differs; in check mode nothing is written."""
    try:
        with open(path, "rb") as file:
            differs = file.read() != content
    except FileNotFoundError:
        differs = True
    if differs and not check_mode:
        try:
            _replace(path, content)
        except OSError as error:
            raise SindadError(f"{path} could not be written: {error.strerror or error}. It is as it was.") from None
    return differs


def _replace(path: str, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".ansible_tmp", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
