# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags, which the API lacks: the words of a label that begin with ``#``, as in ``main cloud #prod #db``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .._core.errors import InvalidInput
from .._core.reading.labels import PARTING, tag_words, unescaped, visible, without_tags
from .._core.reading.values import fold

#: The tag that keeps a machine from being destroyed, rebuilt, reinstalled, erased or cancelled without ``force``.
PROTECTED = "protected"
#: Protects also where it does not stand by itself, as in ``(#Protected)`` or ``# protected``: what looks protected is.
_PROTECTED = re.compile(rf"(?:#|♯|%23)\s*{PROTECTED}(?![a-z0-9_])")


def tags_of(*labels: str | None) -> list[str]:
    """The tags of labels, without ``#``, each once however it is spelt, in their order."""
    words = (word.lstrip("#").partition("#")[0] for label in labels for word in tag_words(label))
    return _unique(word for word in words if re.search(r"\w", word))


def same_tags(label: str | None, tags: Iterable[str]) -> bool:
    """Whether *label* has these *tags* and no others, in whatever order and spelling."""
    return set(map(fold, tags_of(label))) == {fold(checked_tag(tag)) for tag in tags}


def with_tags(label: str | None, tags: Iterable[str]) -> str:
    """*label* with these *tags* and no others, its other words left alone.

    A label that has them already, in whatever order, is returned as it is.

    :raises InvalidInput: for a tag that is not a single word.
    """
    desired = _unique([checked_tag(tag) for tag in tags])
    if same_tags(label, desired):
        return label or ""
    return " ".join([*without_tags(label).split(), *(f"#{tag}" for tag in desired)])


def is_protected(*labels: str | None) -> bool:
    """Whether one of the labels of a machine, the label of itself and that of its service, protects it."""
    return any(_PROTECTED.search(fold(visible(unescaped(label)))) for label in labels)


def checked_tag(tag: object) -> str:
    """*tag* without the ``#`` that it may begin with.

    :raises InvalidInput: if it is empty, or would be more than one word of a label.
    """
    word = visible(str(tag)).strip().lstrip("#")
    if not re.search(r"\w", word) or re.search(f"[{PARTING}#]", word):
        raise InvalidInput(
            f"'{tag}' is not a tag: a tag is one word with a letter or digit, without blank, comma, semicolon and #."
        )
    return word


def _unique(tags: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(fold(tag), tag)
    return list(found.values())
