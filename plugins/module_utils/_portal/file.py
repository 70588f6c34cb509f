# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of shapes: written whole or not at all, and only if it differs. Nobody but its owner may read it."""

from __future__ import annotations

from .._core.errors import SindadError
from .._core.files import replace_file


def put(path: str, content: bytes, check_mode: bool) -> bool:
    """Give the file this content. Returns whether it differs; in check mode nothing is written."""
    try:
        with open(path, "rb") as file:
            differs = file.read() != content
    except FileNotFoundError:
        differs = True
    if differs and not check_mode:
        try:
            replace_file(path, content)
        except OSError as error:
            raise SindadError(f"{path} could not be written: {error.strerror or error}. It is as it was.") from None
    return differs
