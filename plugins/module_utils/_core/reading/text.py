# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of a portal, for a terminal. Every message, warning, event and line of ``-vvv`` passes :func:`printable`."""

from __future__ import annotations

import re

#: Controls, C1 and escape included, marks of direction, separators of lines, tags, halves of surrogate pairs, as the
#: inside of a character class. Not the zero-width joiners: Persian is written with them.
INVISIBLE = (
    r"\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f"
)
_UNPRINTABLE = re.compile(f"[{INVISIBLE}]+")
_UNPRINTABLE_IN_LINE = re.compile(f"(?:(?!\n)[{INVISIBLE}])+")


def printable(text: object, lines: bool = False) -> str:
    """Return *text* for a terminal: nothing in it moves the cursor, colours, or turns the direction of what follows.

    :param lines: keep the ends of lines, as in a traceback.
    """
    return (_UNPRINTABLE_IN_LINE if lines else _UNPRINTABLE).sub(" ", str(text))
