# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what the portal writes and what is wanted are the same: same, another, or unknown.

What is unknown must not act where that costs data or money.
"""

from __future__ import annotations

import enum
import html
import ipaddress
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .values import fold, to_address
from .vocabulary import is_untold, spelling

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


# -- systems ---------------------------------------------------------------------------------------------------------

#: Wordings that say that no system is installed; an empty one does not.
_NO_SYSTEM = re.compile(r"(no|without) (os|system|operating system)|not installed|نصب نشده|بدون ?سیستم ?عامل")
#: Words of a system's name that tell none from another.
_NOISE = {"gnu", "linux", "lts", "os", "server", "release", "version", "edition", "microsoft", "bit", "the"}
_ARCHITECTURE = re.compile(r"x86[ _-]?64|amd64|x64|i[36]86|\b(64|32)[ -]?bits?\b")


def compare_template(wording: str | None, wanted: Choice, templates: Sequence[Choice]) -> Comparison:
    """Whether a system that the portal calls *wording* is the template *wanted* of the list *templates*.

    Same only if the wording means exactly that one; another only if it means exactly one other of the list, or says
    that there is no system. A wording that fits none or several is unknown, and so is one that the wanted template may
    show, too: ``Debian GNU/Linux 12`` for ``Debian 12 minimal``.
    """
    word = " ".join((wording or "").split())
    if not word or is_untold(word):
        return UNKNOWN
    if _NO_SYSTEM.fullmatch(spelling(word)):
        return ANOTHER
    exact = _called(word, templates)
    if exact:
        return _same_or_another(_is_one(exact[0], wanted)) if len(exact) == 1 else UNKNOWN
    meant = _closest(word, templates)
    if meant is None:
        return UNKNOWN
    if _is_one(meant, wanted):
        return SAME
    return UNKNOWN if _is_variant(wanted["name"], meant["name"]) else ANOTHER


def _called(word: str, templates: Sequence[Choice]) -> list[Choice]:
    """The templates with this id, or else with this name."""
    by_id = [each for each in templates if fold(each["id"]) == fold(word)]
    return by_id or [each for each in templates if fold(each["name"]) == fold(word)]


def _is_one(template: Choice, wanted: Choice) -> bool:
    return bool(template["id"] == wanted["id"])


def _closest(word: str, templates: Sequence[Choice]) -> Choice | None:
    """The one template of which *word* holds most: all of its name, and its version first. None without such a one."""
    fits = [max(_fit(each["id"], word), _fit(each["name"], word)) for each in templates]
    best = [each for each, fit in zip(templates, fits) if fit and fit == max(fits)]
    if len(best) != 1:
        return None
    versions = _versions(word)
    names = (each for each in (best[0]["name"], best[0]["id"]) if _fit(each, word))
    firm = any(not _versions(name) or _is_version(versions[0], _versions(name)[0]) for name in names)
    return best[0] if firm else None


def _is_variant(name: str, of: str) -> bool:
    """Whether a template is another one with something added, which its wording need not show."""
    return _system(of) <= _system(name) and set(_versions(of)) <= set(_versions(name))


def _fit(name: str, word: str) -> int:
    """How many parts of a template's name *word* holds; 0 unless it holds all."""
    words, versions = _system(name), _versions(name)
    told = _versions(word)
    held = words <= _system(word) and all(any(_is_version(one, each) for one in told) for each in versions)
    return len(words) + len(versions) if held and words - set(versions) else 0


def _system(name: str) -> frozenset[str]:
    """The words that make a system, without vendor, architecture and noise: ``Rocky Linux 9 (64-bit)`` is rocky."""
    words = (re.sub(r"linux$", "", word) for word in re.findall(r"[^\W\d_]+", _plain_system(name)))
    return frozenset(word for word in words if word) - _NOISE


def _versions(name: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)*", _plain_system(name))


def _plain_system(name: str) -> str:
    return _ARCHITECTURE.sub(" ", fold(name).rpartition("__")[2])


def _is_version(told: str, version: str) -> bool:
    """Whether *told* is that version, or a release of it: 12.5 is 12."""
    return told == version or told.startswith(f"{version}.")


def matches_template(told: str, template: Choice) -> bool:
    """Whether the text *told* is the id or the name of the record *template*."""
    return told.strip().casefold() in (template["id"].casefold(), template["name"].casefold())


def matching_templates(told: str, templates: Sequence[Choice]) -> list[Choice]:
    """The records of *templates* that the text *told* means: by id or name, else the closest that it contains."""
    exact = [template for template in templates if matches_template(told, template)]
    if exact:
        return exact
    fits = [max(_fit(template["id"], told), _fit(template["name"], told)) for template in templates]
    return [template for template, fit in zip(templates, fits) if fit and fit == max(fits)]


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


def equal_hostnames(left: str | None, right: str | None) -> bool:
    """Whether two host names are the same; False if one is None."""
    return bool(left and right) and plain_domain(left or "") == plain_domain(right or "")


def compare_domain(shown: str | None, wanted: str) -> Comparison:
    """Whether an address has this domain; unknown if the portal reports none."""
    return UNKNOWN if shown is None else _same_or_another(plain_domain(shown) == plain_domain(wanted))


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


def compare_address(shown: object, wanted: object) -> Comparison:
    """Whether two addresses are one, however they are written; unknown if one is none."""
    left, right = _address(shown), _address(wanted)
    return UNKNOWN if left is None or right is None else _same_or_another(left == right)


def _address(value: object) -> object:
    plain = to_address(value)
    address = None if plain is None else ipaddress.ip_address(plain)
    return getattr(address, "ipv4_mapped", None) or address


# -- labels ----------------------------------------------------------------------------------------------------------

#: A label is cut only if this much of it is left: ``db-1`` is not a cut ``db-10``.
_SHORTEST_CUT = 12


def compare_label(shown: str | None, wanted: str) -> Comparison:
    """Whether two labels are one: exactly, or but for case, blanks, entities and the script of digits.

    Never by a part of it: ``db-1`` is not ``db-10``, see :func:`is_cut_or_prefixed`. Unknown without a label.
    """
    return UNKNOWN if not (shown or "").strip() else _same_or_another(_loose(shown) == _loose(wanted))


def is_cut_or_prefixed(label: str | None, wanted: str) -> bool:
    """Whether *label* may be what a portal made of *wanted*: cut it short, or put something before it.

    Two labels of one fleet may look like that, too: this explains a new object, and never finds one.
    """
    shown, whole = _loose(label), _loose(wanted)
    cut = len(shown) >= _SHORTEST_CUT and whole.startswith(shown)
    return (
        bool(shown)
        and shown != whole
        and (cut or bool(re.search(rf"[^\w]{re.escape(whole)}$|_{re.escape(whole)}$", shown)))
    )


def _loose(label: str | None) -> str:
    return re.sub(r"\s", "", fold(html.unescape(label or "")))


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
