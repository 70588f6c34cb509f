# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which template of a list the portal's wording for an operating system names: a disk may hang on the answer.

*Another* erases, and *same* leaves alone what may not be as requested, so both need the same: the whole wording names
exactly one template. Each word of it is a word of that template, or one of a closed list that says nothing. A word that
is left over ("rescue", "failed", "was", "host", or any that nobody thought of) makes the wording unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .comparison import ANOTHER, SAME, UNKNOWN, Choice, Comparison
from .values import fold, listed
from .vocabulary import is_not_reported, spelling

#: Wordings that say that no system is installed; an empty one does not.
_NO_SYSTEM = re.compile(
    r"(no|without) (os|system|operating system)( installed)?|not installed|نصب نشده|(بدون|فاقد) ?سیستم ?عامل"
)
#: Words that distinguish no systems.
_NOISE = listed("gnu linux lts os server release version edition microsoft bit bits")
#: Editions: they say nothing, unless the template or another one of the list has that word.
_EDITIONS = listed("standard datacenter evaluation eval enterprise essentials professional pro")
_ARCHITECTURES = {
    "64": re.compile(r"(?<![^\W_])(x86[ _-]?64|amd64|x64|64[ -]?bits?)(?![^\W_])"),
    "32": re.compile(r"(?<![^\W_])(i[3-6]86|x86|32[ -]?bits?)(?![^\W_])"),
    "arm": re.compile(r"(?<![^\W_])(aarch64|arm64)(?![^\W_])"),
}
#: A number of patches behind a version: ``14.1-RELEASE-p5``, ``15 SP5``.
_PATCHES = re.compile(r"(?<![^\W_])(p|sp) ?\d{1,3}(?![^\W_])")
#: Words and versions are what a name is made of; besides them it may hold these signs, which say nothing.
_PARTS = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*")
_SIGNS = frozenset(" _-./\\()[],:;|'\"®")
#: More characters than any wording has that names a system and nothing else.
_LONGEST_WORDING = 200
#: Code names by the release that bears them. "" stands for all releases.
_CODE_NAMES = {
    ("debian", "8"): "jessie",
    ("debian", "9"): "stretch",
    ("debian", "10"): "buster",
    ("debian", "11"): "bullseye",
    ("debian", "12"): "bookworm",
    ("debian", "13"): "trixie",
    ("debian", "14"): "forky",
    ("ubuntu", "14.04"): "trusty tahr",
    ("ubuntu", "16.04"): "xenial xerus",
    ("ubuntu", "18.04"): "bionic beaver",
    ("ubuntu", "20.04"): "focal fossa",
    ("ubuntu", "22.04"): "jammy jellyfish",
    ("ubuntu", "24.04"): "noble numbat",
    ("centos", ""): "final core",
    ("rocky", "8"): "green obsidian",
    ("rocky", "9"): "blue onyx",
    ("rocky", "10"): "red quartz",
    ("alma", "8"): "purple manul electric cheetah arctic sphynx sky tiger stone smilodon sapphire caracal midnight "
    "oncilla cerulean leopard",
    ("alma", "9"): "emerald puma lime lynx turquoise kodkod shamrock pampas cat seafoam ocelot teal serval sage margay "
    "moss jungle",
    ("alma", "10"): "purple lion heliotrope",
}
#: Systems that report themselves. A panel or an application, whose template may name none of them, runs on one.
_SYSTEMS = listed(
    "alma alpine amazon arch astra centos debian esxi fedora freebsd gentoo kali mandriva manjaro mint netbsd nixos "
    "openbsd opensuse oracle redhat rhel rocky rosa routeros scientific slackware sles suse ubuntu virtuozzo vyos vz "
    "windows"
)
#: The same words in Persian, as ``fold`` writes them.
_PERSIAN = {
    "دبیان": "debian",
    "اوبونتو": "ubuntu",
    "ویندوز": "windows",
    "ویندوزسرور": "windows",
    "فدورا": "fedora",
    "سنتاواس": "centos",
    "راکی": "rocky",
    "آلما": "alma",
    "لینوکس": "linux",
    "سرور": "server",
}


class _Name(NamedTuple):
    """A wording, or the name of a template, in parts.

    :ivar systems: the versions that stand behind the known systems, by these; "" for none.
    :ivar is_odd: whether there is a sign in it that may mean anything.
    """

    words: frozenset[str]
    versions: frozenset[str]
    systems: dict[str, str]
    architectures: frozenset[str]
    is_odd: bool

    @classmethod
    def of(cls, text: str) -> _Name:
        plain = fold(text)
        architectures = set()
        for each, form in _ARCHITECTURES.items():
            plain, found = form.subn(" ", plain)
            architectures |= {each} if found else set()
        plain = _PATCHES.sub(" ", plain)
        parts = [_PERSIAN.get(part, part).removesuffix("linux") for part in _PARTS.findall(plain)]
        parts = [part for part in parts if part and part not in _NOISE]
        systems = {word: version for word, version in zip(parts, [*parts[1:], ""]) if word in _SYSTEMS}
        return cls(
            frozenset(part for part in parts if part.isalpha()),
            frozenset(part for part in parts if not part.isalpha()),
            {word: "" if version.isalpha() else version for word, version in systems.items()},
            frozenset(architectures),
            bool(set(_PARTS.sub("", plain)) - _SIGNS),
        )

    def fits(self, template: _Name) -> bool:
        """Whether this wording, all of it, is the name *template*."""
        architectures = (self.architectures, template.architectures)
        if self.is_odd or not template.words or (all(architectures) and not frozenset.intersection(*architectures)):
            return False
        releases = all(any(_is_release(each, version) for version in template.versions) for each in self.versions)
        left_over = self.words - template.words - _EDITIONS - template.code_names()
        return not left_over and releases and self.covers(template)

    def covers(self, other: _Name) -> bool:
        """Whether this name holds all of *other*: its words, and its versions or releases of them."""
        held = (any(_is_release(each, version) for each in self.versions) for version in other.versions)
        return other.words <= self.words and all(held)

    def may_show_as(self, shown: _Name) -> bool:
        """Whether a server with this template may show *shown*, which leaves out what else this name holds."""
        if not shown.systems:
            return bool(shown.words) and self.covers(shown)
        return shown.words <= self.words and all(
            not own or _is_release(own, version) or _is_release(version, own)
            for own, version in ((self.systems[each], version) for each, version in shown.systems.items())
        )

    def code_names(self) -> frozenset[str]:
        """The code names of the release that this is."""
        names = (
            names
            for (system, release), names in _CODE_NAMES.items()
            if system in self.words and (not release or any(_is_release(each, release) for each in self.versions))
        )
        return frozenset(" ".join(names).split())


def _is_release(version: str, of: str) -> bool:
    """Whether a version is *of*, or a point release of it: 12.5 is one of 12."""
    return version == of or version.startswith(f"{of}.")


def compare_template(wording: str | None, desired: Choice, templates: Sequence[Choice]) -> Comparison:
    """Whether a system that the portal calls *wording* is the template *desired* of the list *templates*.

    Unknown are: a wording that is empty, fits none or several, or has a word left over; and one of another template
    that a server with the desired one may show, too: ``Debian GNU/Linux 12`` for ``Debian 12 minimal``, ``AlmaLinux 9``
    for a panel that runs on it.
    """
    text = " ".join((wording or "")[: _LONGEST_WORDING + 1].split())
    if not text or len(text) > _LONGEST_WORDING or is_not_reported(text):
        return UNKNOWN
    if _NO_SYSTEM.fullmatch(spelling(text)):
        return ANOTHER
    by_id = [each for each in templates if fold(each["id"]) == fold(text)]
    if by_id:
        return _unless_several(by_id, desired)
    named = [each for each in templates if fold(each["name"]) == fold(text)] or _closest(text, templates)
    verdict = _unless_several(named, desired)
    return UNKNOWN if verdict is ANOTHER and _may_underlie(named[0], desired) else verdict


def is_verbatim(wording: str | None, template: Choice) -> bool:
    """Whether *wording* is the id or the name of *template*, in any case."""
    return fold(wording or "") in (fold(template["id"]), fold(template["name"]))


def _unless_several(named: Sequence[Choice], desired: Choice) -> Comparison:
    if len(named) != 1:
        return UNKNOWN
    return SAME if named[0]["id"] == desired["id"] else ANOTHER


def _closest(text: str, templates: Sequence[Choice]) -> list[Choice]:
    """The templates that the whole wording names, of them those that account for most of it."""
    wording = _Name.of(text)
    fits = [max(_held(wording, name) for name in _names(each)) for each in templates]
    return [each for each, held in zip(templates, fits) if held and held == max(fits)]


def _held(wording: _Name, template: _Name) -> int:
    """How many parts of *wording* the name of a template accounts for; 0 unless it accounts for all."""
    return len(template.words) + len(template.versions) if wording.fits(template) else 0


def _names(template: Choice) -> tuple[_Name, _Name]:
    """The name and the id of a template, without the vendor before it: ``ISPsystem__Debian-12-x86_64``."""
    return _Name.of(template["name"]), _Name.of(template["id"].rpartition("__")[2])


def _may_underlie(named: Choice, desired: Choice) -> bool:
    """Whether a server with the template *desired* may show the system *named*.

    It may if that is the same with something added, or if it names no system that would show instead: a panel.
    """
    options, shown = _names(desired), _names(named)
    if any(option.may_show_as(each) for option in options for each in shown):
        return True
    return any(each.systems for each in shown) and not any(option.systems for option in options)
