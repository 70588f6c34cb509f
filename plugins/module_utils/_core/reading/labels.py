# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels: the name in them, and the words that begin with ``#``, which are tags and no part of the name."""

from __future__ import annotations

import html
import re

#: The first sign of a tag, as portals may write it.
_SIGN = "[#\uff03\ufe5f]"
_TAG_WORD = re.compile(rf"(?:^|(?<=[\s,;])){_SIGN}[^\s,;]*[,;]*")


def name_of(label: str | None) -> str:
    """Return the name that *label* holds: its words without those that begin with ``#``; "" where only tags stand.

    ``web1 #protected`` and ``web1,#prod`` are ``web1``. The text of a name is left as it is otherwise.
    """
    text = label or ""
    plain = html.unescape(text)
    if not re.search(_SIGN, plain):
        return text.strip()
    return " ".join(_TAG_WORD.sub(" ", plain).split()).rstrip(",; ")
