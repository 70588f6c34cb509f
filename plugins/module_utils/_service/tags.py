# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags, which the API lacks: the words of a label that begin with ``#``, as in ``main cloud #prod #db``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .._core.errors import InvalidInput

#: The tag that keeps a machine from being destroyed, rebuilt, reinstalled, erased or cancelled without ``force``.
PROTECTED = "protected"
_WORD = r"[^\s,;#]*\w[^\s,;#]*"
_TAG = re.compile(rf"(?:^|(?<=[\s,;]))#+({_WORD})")
#: Protects also where it does not stand by itself, as in ``(#Protected)``: what looks protected is.
_PROTECTED = re.compile(rf"#{PROTECTED}(?!\w)", re.I)


def tags_of(label: str | None) -> list[str]:
    """The tags of a label, without ``#``, each once regardless of case, in their order."""
    return _unique(_TAG.findall(label or ""))


def with_tags(label: str | None, tags: Iterable[str]) -> str:
    """*label* with these *tags* and no others, its other words left alone.

    A label that has them already, in whatever order, is returned as it is.

    :raises InvalidInput: for a tag that is no single word.
    """
    wanted = _unique([checked_tag(tag) for tag in tags])
    if {tag.casefold() for tag in tags_of(label)} == {tag.casefold() for tag in wanted}:
        return label or ""
    words = _TAG.sub("", label or "").split()
    return " ".join([*words, *(f"#{tag}" for tag in wanted)])


def is_protected(*labels: str | None) -> bool:
    """Whether one of the labels of a machine, its own and its service's, protects it."""
    return any(_PROTECTED.search(label or "") for label in labels)


def checked_tag(tag: object) -> str:
    """*tag* without the ``#`` that it may begin with.

    :raises InvalidInput: if it is empty, or would be more than one word of a label.
    """
    word = str(tag).strip().lstrip("#")
    if not re.fullmatch(_WORD, word):
        raise InvalidInput(
            f"'{tag}' is not a tag: a tag is one word with a letter or digit, without blank, comma, semicolon and #."
        )
    return word


def _unique(tags: list[str]) -> list[str]:
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(tag.casefold(), tag)
    return list(found.values())
