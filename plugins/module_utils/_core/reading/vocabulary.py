# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every list of words that portals use for a state, and what a word means.

Each word stands behind the letter of its evidence, see docs/portal_facts.md: V verbatim, C code of a live client,
I inferred, G a guess. Blanks, hyphens, underscores, case and the script of digits make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from .values import fold, to_int, to_text


def spelling(word: object) -> str:
    """A word as it is looked up: ``Shut_Off`` is ``shut off``; "" for what is no word."""
    if word is None or isinstance(word, (dict, list)):
        return ""
    return re.sub(r"(?<=\w)[\s_-]+(?=\w)", " ", fold(str(word))).strip()


def evidence(**words: str) -> dict[str, str]:
    """Words, parted by commas, behind the letter of their evidence: as a table of letters by word."""
    return {spelling(word): letter for letter, listed in words.items() for word in listed.split(",")}


# -- power -----------------------------------------------------------------------------------------------------------

ON = evidence(
    V="online",
    C="running, active, on, true, 1",
    G="up, started, booted, powered on, poweredon, power on, poweron, روشن, فعال",
)
OFF = evidence(
    C="stopped, shutoff, off, false, 0",
    I="offline",
    G="halted, down, inactive, powered off, poweredoff, power off, poweroff, shut off, shut down, undeployed,"
    "خاموش, غیرفعال",
)
#: Neither on nor off, and yet at rest: both a start and a stop change it. ``shutdown`` may also mean "shutting down".
RESTING = evidence(C="paused", G="suspended, frozen, hibernated")
#: States that end by themselves; besides, the words of :data:`_IN_TRANSITION`.
TRANSITIONAL = evidence(
    C="rebuild, backup, snapshot, restore, pending",
    G="queued, locked, busy, in progress, install, reinstall, build, reboot, restart, reset, resize, migrate, clone,"
    "init, lcm init, prolog, boot, boot poweroff, epilog, hotplug, shutdown poweroff",
)
BEING_DESTROYED = evidence(
    G="destroying, destroy, deleting, delete, delete pending, pending delete, deletion pending, pending deletion,"
    "being deleted, being destroyed, removing, remove, removal pending, terminating, terminate, در حال حذف",
)
#: States that lead to a power state by themselves.
LEADS_TO = {
    "on": evidence(
        C="starting",
        G="starting up, booting, booting up, powering on, powering up, turning on, turning up, در حال روشن شدن",
    ),
    "off": evidence(
        C="stopping",
        G="halting, shutting down, shutting off, powering off, powering down, turning off, turning down,"
        "در حال خاموش شدن",
    ),
}
#: Whatever somebody is "doing" now: creating [C], provisioning [C], "shutting down" [G], "در حال ..." [G].
_IN_TRANSITION = re.compile(
    r"(?!.*\b(not|no|nothing|missing|running|warning|error|failed|failure)\b)"
    r"([a-z ]*[a-z]ing( (on|off|up|down))?|درحال.+)"
)


def power(*words: object) -> str:
    """``on``, ``off``, or ``changing`` for a word that passes or is unknown. The first word that is known decides."""
    if any(is_transitional(word) for word in words):
        return "changing"
    known = ("on" if spelt in ON else "off" for spelt in map(spelling, words) if spelt in ON or spelt in OFF)
    return next(known, "changing")


def is_transitional(word: object) -> bool:
    """Whether the state *word* is one that ends by itself."""
    spelt = spelling(word)
    return spelt in TRANSITIONAL or spelt in BEING_DESTROYED or bool(_IN_TRANSITION.fullmatch(spelt))


def is_resting(word: object) -> bool:
    """Whether the state *word* is neither on nor off, and yet lasts."""
    return spelling(word) in RESTING


def is_being_destroyed(word: object) -> bool:
    """Whether the state *word* is that of something that will soon be gone."""
    return spelling(word) in BEING_DESTROYED


def leads_to(word: object) -> str | None:
    """``on`` or ``off`` if the state *word* becomes that by itself, else None."""
    return next((power for power, words in LEADS_TO.items() if spelling(word) in words), None)


def is_rescue(word: object) -> bool:
    """Whether the state *word* tells of rescue mode; ``unrescuing`` leaves it."""
    return bool(re.search(r"(?<!un)rescue", spelling(word)))


#: OpenNebula's numbers for the state of a VM [C]; an active one tells more in a second number, of which 3 is running.
OPENNEBULA_STATES = {
    0: "init",
    1: "pending",
    2: "hold",
    3: "active",
    4: "stopped",
    5: "suspended",
    6: "done",
    8: "poweroff",
    9: "undeployed",
    10: "cloning",
    11: "cloning_failure",
}
OPENNEBULA_RUNNING = 3


def opennebula_state(source: Mapping[str, Any]) -> str | None:
    """OpenNebula's word for the state of a VM, or None for a VM without its numbers.

    There 1 is pending and 0 is new: the general rule for switches must not see those numbers.
    """
    told = {key.lower(): value for key, value in source.items() if isinstance(key, str)}
    if "STATE" not in source and not {"lcm_state", "lcm_state_str"} & set(told):
        return None
    number = to_int(told.get("state"))
    word = to_text(told.get("state")) if number is None else OPENNEBULA_STATES.get(number, f"state {number}")
    name, inner = to_text(told.get("lcm_state_str")), to_text(told.get("lcm_state"))
    if spelling(word) not in ("active", "") or (name is None and inner is None):
        return word
    running = to_int(inner) == OPENNEBULA_RUNNING
    return "running" if running else (name or f"lcm_state {inner}").lower()


# -- operations of dedicated servers ---------------------------------------------------------------------------------

#: The operations of a server as its record names them, with the words that portals use for them [G but for the routes].
OPERATIONS = {
    "reinstall": ("reinstall", "reinstallation", "install", "installation", "os_install"),
    "rescue": ("rescue", "sysrescd", "rescue_mode"),
    "diagnostics": ("diagnostics", "diag", "diagnostic"),
}
ENDED = evidence(
    G="none, no, null, idle, inactive, finished, done, complete, completed, success, successful, succeeded, ok, ready,"
    "ended, canceled, cancelled, stopped, not running, off, false, 0,",
)
FAILED = evidence(G="failed, failure, error, errored, aborted, broken, timeout")
#: Words that tell of the server, and that no operation runs on it.
IDLE = evidence(
    G="disabled, normal, free, available, online, offline, powered on, poweredon, powered off, poweredoff, روشن, خاموش",
)
#: Words for an operation that is only about to be what it is: rescue mode that cannot be used yet.
ABOUT_TO_START = evidence(
    G="start, starting, boot, booting, reboot, rebooting, preparing, initialising, initializing, pending, queued,"
    "scheduled, waiting, create, created",
)
#: Words for a state that the portal could not find out.
UNTOLD = evidence(
    C="unknown", G="n/a, undefined, unavailable, error, failed, failure, timeout, none, null, -, ?, نامشخص"
)
#: What a portal says when no operation runs, in a message or in an error [G].
_SAYS_IDLE = re.compile(
    r"(?<![a-z])no[ _](\w+[ _])??(operation|task|job|process|(re)?install|rescue|diag)(?!.*(allow|permit))"
    r"|(?<![a-z])not[ _]((currently|being|yet)[ _])*"
    r"(running|started|active|found|in[ _]progress|in[ _]rescue|(re)?install(ed|ing)|rescued|diagnosed)(?![a-z])"
    r"|(?<![a-z])nothing[ _](is[ _])?running",
    re.I,
)
#: A refusal because of an operation that the portal knows of, but may not show yet [G].
_SAYS_BUSY = re.compile(
    r"in[ _]progress|another[ _]operation|already[ _](running|started|being)|\bbusy\b|\blocked\b", re.I
)


def has_ended(word: object) -> bool:
    """Whether the word for an operation says that it is over, or that there is none."""
    return spelling(word) in ENDED


def has_failed(word: object) -> bool:
    """Whether the word for an operation says that it went wrong."""
    return spelling(word) in FAILED


def is_idle(word: object) -> bool:
    """Whether the word for an operation says that none runs."""
    return any(spelling(word) in words for words in (ENDED, FAILED, IDLE))


def is_about_to_start(word: object) -> bool:
    return spelling(word) in ABOUT_TO_START


def is_untold(word: object) -> bool:
    """Whether the state *word* says that the portal could not find it out."""
    return spelling(word) in UNTOLD


def says_idle(text: str) -> bool:
    """Whether a message or an error says that no operation runs."""
    return bool(_SAYS_IDLE.search(text))


def says_busy(text: str) -> bool:
    """Whether an error refuses because of an operation that runs."""
    return bool(_SAYS_BUSY.search(text))


# -- services, tickets, invoices and incidents ------------------------------------------------------------------------

ACTIVE = evidence(V="active", G="فعال")
GONE = evidence(V="terminated, cancelled", G="canceled")
#: Services with these statuses cost nothing, or nothing yet; besides, those that are no more.
NOT_BILLED = evidence(V="pending, fraud")
CLOSED = evidence(V="closed", G="بسته, بسته شده")
#: Tickets that nobody has to answer; besides, the closed ones. A change asks for ``closed`` itself.
RESOLVED = evidence(G="resolved")
#: Types of reply that are not the client's; what is unknown counts as the client's.
STAFF = evidence(V="admin", G="administrator, staff, staff member, system")
UNPAID = evidence(
    V="unpaid", G="overdue, collections, payment pending, partially paid, past due, پرداخت نشده, معوق, سررسید گذشته"
)
#: Invoices that nobody will pay: what was ordered with them came to nothing.
VOID_INVOICE = evidence(V="cancelled, refunded", G="canceled, void, voided, لغو شده, لغو, باطل شده, بازپرداخت شده")
RUNNING_INCIDENT = evidence(
    V="inprogress", G="in progress, investigating, identified, monitoring, ongoing, در حال بررسی, در حال انجام"
)
PAST_INCIDENT = evidence(
    V="cancelled, resolvedfaultissue, completedmaintenance, finished",
    G="canceled, resolved, completed, closed, برطرف شده, انجام شده, پایان یافته",
)


class Cycle(NamedTuple):
    """A billing cycle.

    :ivar code: orders it; "" for a cycle that cannot be ordered. :ivar word: how portals report it.
    :ivar months: its length, 0 if nothing is paid again. :ivar others: other words for it, without blanks [G].
    """

    code: str
    word: str
    months: Fraction
    others: str = ""


#: A day in months. A year has 365 days and 12 months alike, so a month has 730 hours.
ONE_DAY = Fraction(12, 365)
CYCLES = (
    Cycle("", "Free", Fraction(0), "رایگان"),
    Cycle("", "One Time", Fraction(0), "oneoff once یکبار یکباره"),
    Cycle("h", "Hourly", ONE_DAY / 24, "hour 1hour ساعتی"),
    Cycle("d", "Daily", ONE_DAY, "day 1day روزانه"),
    Cycle("w", "Weekly", ONE_DAY * 7, "week 1week هفتگی"),
    Cycle("m", "Monthly", Fraction(1), "month 1month ماهانه ماهیانه یکماهه"),
    Cycle("q", "Quarterly", Fraction(3), "quarter 3month 3months سهماهه"),
    Cycle("s", "Semi-Annually", Fraction(6), "semiannual halfyearly semiyearly 6month 6months ششماهه"),
    Cycle("a", "Annually", Fraction(12), "annual yearly year 1year 12months سالانه سالیانه یکساله"),
    Cycle("b", "Biennially", Fraction(24), "biennial 2year 2years 24months دوسالانه دوساله"),
    Cycle("t", "Triennially", Fraction(36), "triennial 3year 3years 36months سهسالانه سهساله"),
    Cycle("p4", "Quadrennially", Fraction(48), "4year 4years 48months چهارساله"),
    Cycle("p5", "Quinquennially", Fraction(60), "5year 5years 60months پنجساله"),
)


def cycle_of(word: object) -> Cycle | None:
    """The billing cycle that *word*, or its code, means; None if it means none."""
    key = _run_together(word)
    return next((each for each in CYCLES if key and key in (each.code, *_spellings(each))), None)


def _spellings(cycle: Cycle) -> list[str]:
    return [_run_together(cycle.word), *cycle.others.split()]


def _run_together(word: object) -> str:
    return re.sub(r"[\s_-]", "", fold(to_text(word) or ""))


def is_active(status: object) -> bool:
    """Whether the status of a service says that it is in use."""
    return spelling(status) in ACTIVE


def is_gone(status: object) -> bool:
    """Whether the status of a service says that it is no more."""
    return spelling(status) in GONE


def is_billed(status: object) -> bool:
    """Whether a service costs money now, as far as its status says."""
    return not is_gone(status) and spelling(status) not in NOT_BILLED


def is_closed(status: object) -> bool:
    """Whether the status of a ticket says that it is closed. A word that a department made up does not."""
    return spelling(status) in CLOSED


def is_settled(status: object) -> bool:
    """Whether the status of a ticket says that nobody has to answer it."""
    return is_closed(status) or spelling(status) in RESOLVED


def is_staff(kind: object) -> bool:
    """Whether a reply of this type is not the client's."""
    return spelling(kind) in STAFF


def is_unpaid(status: object) -> bool:
    """Whether the status of an invoice says that it is to be paid."""
    return spelling(status) in UNPAID


def is_void(status: object) -> bool:
    """Whether the status of an invoice says that nobody will pay it."""
    return spelling(status) in VOID_INVOICE


def is_incident_running(status: object) -> bool:
    """Whether the status of an incident says that it goes on now."""
    return spelling(status) in RUNNING_INCIDENT


def is_incident_past(status: object) -> bool:
    """Whether the status of an incident says that it is over, or never came."""
    return spelling(status) in PAST_INCIDENT
