# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what the portal writes and what the task requests are the same: same, another, or unknown.

What is unknown must not act where that costs data or money.
"""

from __future__ import annotations

import enum
import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .labels import name_of
from .values import fold, to_address

Choice = Mapping[str, Any]


class Comparison(enum.Enum):
    """Three answers. It has no truth value, so that nobody takes unknown for one of the others."""

    SAME = "same"
    ANOTHER = "another"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError(f"{self} is neither true nor false: compare it with `is`")


SAME, ANOTHER, UNKNOWN = Comparison


def _same_or_another(same: bool) -> Comparison:
    return SAME if same else ANOTHER


# -- host names, domains, addresses ----------------------------------------------------------------------------------

#: Host names that nobody gave.
_PLACEHOLDER = re.compile(
    r"(localhost|localdomain|unknown|none|null|hostname)(\..*)?|.*\.(local|localdomain|internal|lan)"
)


def compare_hostname(shown: str | None, wanted: str | None) -> Comparison:
    """Whether the host name that a portal shows is the wanted one.

    Short names, placeholders, addresses, names derived from one, and a name of which the other is only a part may stand
    for the wanted name: they are unknown.
    """
    left, right = plain_domain(shown or ""), plain_domain(wanted or "")
    if not left or not right:
        return UNKNOWN
    if left == right:
        return SAME
    partly = left.startswith(f"{right}.") or right.startswith(f"{left}.")
    if "." not in left or partly or _PLACEHOLDER.fullmatch(left) or _is_derived(left):
        return UNKNOWN
    return ANOTHER


def _is_derived(name: str) -> bool:
    """Whether a host name is an address, or was made from one: ``static-192-0-2-1.example.net``."""
    return to_address(name) is not None or bool(re.search(r"(\d{1,3}[.-]){3}\d{1,3}(?!\d)", name))


def has_domain(ip: Mapping[str, Any], domain: str) -> bool:
    """Whether the record of an address has this domain."""
    return plain_domain(ip["domain"] or "") == plain_domain(domain)


def plain_domain(domain: str) -> str:
    """A domain as it is compared: DNS minds neither case, nor the dot at the end, nor how other letters are written."""
    plain = domain.strip().removesuffix(".").casefold()
    try:
        return plain if plain.isascii() else plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain


# -- labels ----------------------------------------------------------------------------------------------------------

#: A label is cut only if this much of it is left: ``db-1`` is not a cut ``db-10``.
_SHORTEST_CUT = 12


def compare_label(shown: str | None, desired: str) -> Comparison:
    """Compare two labels by their names: exactly, or but for case, blanks, entities and the script of digits.

    Never by a part of it: ``db-1`` is not ``db-10``, see :func:`is_cut_or_prefixed`. Unknown without a label.
    """
    return UNKNOWN if not (shown or "").strip() else _same_or_another(label_key(shown) == label_key(desired))


def is_cut_or_prefixed(label: str | None, desired: str) -> bool:
    """Return whether *label* may be what a portal made of *desired*: cut it short, or put something before it.

    Two labels of one fleet may look like that, too: this explains a new object, and never finds one.
    """
    shown, whole = label_key(label), label_key(desired)
    cut = len(shown) >= _SHORTEST_CUT and whole.startswith(shown)
    return (
        bool(shown)
        and shown != whole
        and (cut or bool(re.search(rf"[^\w]{re.escape(whole)}$|_{re.escape(whole)}$", shown)))
    )


def label_key(label: str | None) -> str:
    """Return one text for all labels that compare as the same: their name, without blanks but those between digits.

    A label of tags only is its own name.
    """
    name = html.unescape(name_of(label) or label or "")
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", fold(name))


# -- texts of tickets ------------------------------------------------------------------------------------------------

#: A text that is cut, or that something was added to, is recognised by this many characters.
_SHORTEST_PART = 20
_SUBJECT_PREFIX = re.compile(r"(((re|fwd?|پاسخ|ارجاع)\s*:|\[[^\]]{0,40}\]|#\d+:?)\s*)+", re.I)
_SIGNATURE = re.compile(r"\s*(--|__|ip( address)?:|sent from|regards|kind regards|با تشکر)", re.I)


def compare_text(shown: str | None, desired: str | None) -> Comparison:
    """Whether the portal's text of a subject, a ticket or a reply is the *desired* one.

    Portals change markup, entities, blanks and letters, put ``Re:`` before it, add a signature, or cut it. A text that
    begins alike is the same if enough of it does, or if what follows is a signature; else it is unknown.
    """
    if shown is None or desired is None:
        return UNKNOWN
    forms = {_loose_text(each) for each in (shown, _without_prefix(shown))}
    whole = _loose_text(desired)
    if whole in forms or fold(shown) == fold(desired):
        return SAME
    if not whole or not any(forms):
        return UNKNOWN
    answers = {_compare_parts(form, whole) for form in forms}
    answers |= {UNKNOWN for form in forms if _letters(form) == _letters(whole)}
    return next(each for each in (SAME, UNKNOWN, ANOTHER) if each in answers)


def _without_prefix(subject: str) -> str:
    prefix = _SUBJECT_PREFIX.match(subject.lstrip())
    return subject.lstrip()[prefix.end() if prefix else 0 :]


def _letters(text: str) -> str:
    """Letters and digits: what is left of a text in a portal that loses emojis."""
    return "".join(sign for sign in text if sign.isalnum())


def _compare_parts(shown: str, whole: str) -> Comparison:
    beginning = shown.rstrip(". …")
    if beginning and whole.startswith(beginning):
        return SAME if len(beginning) >= _SHORTEST_PART else UNKNOWN
    if not shown.startswith(whole):
        return ANOTHER
    rest = shown[len(whole) :]
    if _SIGNATURE.match(rest) or (len(whole) >= _SHORTEST_PART and not rest[:1].isalnum()):
        return SAME
    return UNKNOWN


def _loose_text(text: str) -> str:
    """A text as it is compared, without markup."""
    unescaped = html.unescape(html.unescape(text))
    return fold(re.sub(r"</?[a-z][^<>]{0,200}>", " ", unescaped, flags=re.I))


def compare_department(shown: str | None, wanted: Choice, departments: Sequence[Choice]) -> Comparison:
    """Whether what a ticket shows as its department is *wanted*; another only if it is another one of the list."""
    told = _loose_text(shown or "")
    if not told:
        return UNKNOWN
    if told in (fold(wanted["id"]), _loose_text(wanted["name"])):
        return SAME
    others = [each for each in departments if told in (fold(each["id"]), _loose_text(each["name"]))]
    return ANOTHER if others else UNKNOWN
