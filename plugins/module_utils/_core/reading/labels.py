# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels: the name in them, and the words that begin with ``#``, which are tags and no part of the name.

Portals write the sign as an entity, or wider, and put marks around it that are not seen.
"""

from __future__ import annotations

import html
import re

_SIGN = "[#\uff03\ufe5f]"
#: What parts the words of a label, in both scripts.
PARTING = r"\s,;،؛"
#: Signs that are not seen, Unicode's "default ignorable" ones but for the two joiners of letters.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_JOINERS = "\u200c\u200d"
#: Joiners belong to a word between letters of a script that joins them.
_IDLE = re.compile(
    rf"[{_UNSEEN}]|[{_JOINERS}](?![\u0600-\u08ff\ufb50-\ufeff])|(?<![\u0600-\u08ff\ufb50-\ufeff])[{_JOINERS}]"
)
_TAG_WORD = re.compile(rf"(?<![^{PARTING}])([{_UNSEEN}{_JOINERS}]*{_SIGN}[^{PARTING}]*)[,;،؛]*")


def unescaped(label: str | None) -> str:
    """*label* without entities, also where they were escaped once more."""
    text = label or ""
    for _turn in range(3):
        text = html.unescape(text)
    return text


def visible(text: str) -> str:
    """*text* without signs that are not seen, and with ``#`` in its plain form."""
    return re.sub(_SIGN, "#", _IDLE.sub("", text))


def tag_words(label: str | None) -> list[str]:
    """The words of *label* that begin with ``#``, in their order."""
    return [visible(word) for word in _TAG_WORD.findall(unescaped(label))]


def without_tags(label: str | None) -> str:
    """*label* without the words that begin with ``#``, its other words as they are."""
    return _TAG_WORD.sub(" ", unescaped(label))


def name_of(label: str | None) -> str:
    """Return the name that *label* holds: its words without those that begin with ``#``; "" where only tags stand.

    ``web1 #protected`` and ``web1,#prod`` are ``web1``. The text of a name is left as it is otherwise.
    """
    if not tag_words(label):
        return (label or "").strip()
    return " ".join(without_tags(label).split()).rstrip(",;،؛ ")
