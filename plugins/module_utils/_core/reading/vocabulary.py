# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every list of words that portals use for a state, and what a word means.

Each word stands behind the letter of its evidence, see docs/portal_facts.md: V verbatim, C code of a live client,
I inferred, G a guess. Blanks, hyphens, underscores, case and the script of digits make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from .values import fold, listed, to_int, to_text

#: More characters than any word or sentence has that reports a state.
_LONGEST = 1000


def spelling(word: object) -> str:
    """Return a word as it is looked up: ``Shut_Off`` is ``shut off``; "" for what is not a word."""
    if word is None or isinstance(word, (dict, list)):
        return ""
    return re.sub(r"(?<=\w)[\s_-]+(?=\w)", " ", fold(str(word)[:_LONGEST])).strip()


def evidence(**words: str) -> dict[str, str]:
    """Return a table of letters by word, of words parted by commas behind the letter of their evidence."""
    return {spelling(word): letter for letter, listed in words.items() for word in listed.split(",")}


#: Words around a state that add nothing to it: "The VM is currently running", "Chassis Power is on".
_AROUND = listed("the your server vm machine guest instance chassis power status state is currently now")
_CASE_CHANGES = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COPULA = re.compile(r"(شدهاست|است|شده|شد|میباشد|هست)\Z")


def bare(word: object, around: frozenset[str] = _AROUND) -> str:
    """Return the state in a wording: ``off`` of ``The server is off.``, ``guest running`` of ``guestRunning``.

    :param around: words that add nothing to it. Persian is folded into one word, which loses its copula.
    """
    spelt = spelling(_CASE_CHANGES.sub(" ", word[:_LONGEST]) if isinstance(word, str) else word)
    words = [part for part in (part.strip(".:!,") for part in spelt.split()) if part and part not in around]
    return "" if words and all(part.isdigit() for part in words) else _COPULA.sub("", " ".join(words))


# -- power -----------------------------------------------------------------------------------------------------------

ON = evidence(
    V="online",
    C="running, active, on, true, 1",
    G="up, started, booted, powered on, poweredon, power on, poweron, operational, روشن, فعال, آنلاین, در حال اجرا,"
    "در حال کار, در حال فعالیت, در حال سرویس دهی, در حال سرویس رسانی",
)
OFF = evidence(
    C="stopped, shutoff, off, false, 0",
    I="offline",
    G="halted, down, inactive, powered off, poweredoff, power off, poweroff, shut off, shut down, undeployed,"
    "deallocated, not running, خاموش, غیرفعال, متوقف, آفلاین, در حال اجرا نیست, روشن نیست",
)
#: Neither on nor off, and yet at rest: both a start and a stop change it. ``shutdown`` may also mean "shutting down".
RESTING = evidence(C="paused", G="suspended, frozen, hibernated")
#: States that end by themselves; besides, the words of :data:`_IN_TRANSITION`.
TRANSITIONAL = evidence(
    C="rebuild, backup, snapshot, restore, pending",
    G="queued, locked, busy, in progress, install, reinstall, build, reboot, hard reboot, soft reboot, restart, reset,"
    "hard reset, resize, migrate, clone,"
    "init, lcm init, prolog, boot, boot poweroff, epilog, hotplug, shutdown poweroff",
)
BEING_DESTROYED = evidence(
    G="destroying, destroy, deleting, delete, delete pending, pending delete, deletion pending, pending deletion,"
    "being deleted, being destroyed, removing, remove, removal pending, terminating, terminate, expunging,"
    "در حال حذف",
)
#: VMs with these states no longer exist, though a list may still hold them.
DESTROYED = evidence(G="terminated, destroyed, deleted, expunged, removed, حذف شده")
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
    r"([a-z ]*[a-z]ing( (on|off|up|down))?|درحال(?!.*نیست).+)"
)


def power(*words: object) -> str:
    """Return ``on``, ``off``, or ``changing`` for what passes, is unknown, or contradicts itself.

    A word that is unknown says nothing beside one that is known; a machine that is on and ``paused`` is paused.
    """
    if any(map(is_transitional, words)) or (len(found := _powers(words)) > 1):
        return "changing"
    return "changing" if found == {"on"} and any(map(is_resting, words)) else next(iter(found), "changing")


def _powers(words: Iterable[object]) -> set[str]:
    return {each for each in map(power_of, words) if each}


def power_of(word: object) -> str | None:
    """Return ``on`` or ``off`` if one word says that, else None."""
    for spelt in (spelling(word), bare(word)):
        if spelt in ON or spelt in OFF:
            return "on" if spelt in ON else "off"
    return None


def state_of(words: Sequence[object]) -> str | None:
    """Return the portal's own word for a state: the last of *words* that is more than a switch.

    One that passes or rests comes before the others; words that contradict each other are all returned.
    """
    if len(_powers(words)) > 1 and not any(map(is_transitional, words)):
        return ", ".join(dict.fromkeys(str(word).lower() for word in words))
    for decides in (is_transitional, is_resting, _is_no_switch, to_text):
        known = [to_text(word) for word in words if decides(word)]
        if known:
            return known[-1]
    return None


def _is_no_switch(word: object) -> bool:
    return not (is_understood(word) or is_denied(word))


def is_transitional(word: object) -> bool:
    """Whether the state *word* is one that ends by itself."""
    if power_of(word):
        return False
    forms = (spelling(word), bare(word))
    listed = any(form in words for form in forms for words in (TRANSITIONAL, BEING_DESTROYED))
    return listed or any(map(_IN_TRANSITION.fullmatch, forms))


def is_resting(word: object) -> bool:
    """Whether the state *word* is neither on nor off, and yet lasts."""
    return spelling(word) in RESTING


def is_destroyed(word: object) -> bool:
    """Whether the state *word* is that of something that no longer exists."""
    return bare(word) in DESTROYED


def is_being_destroyed(word: object) -> bool:
    """Whether the state *word* is that of something that will soon be gone."""
    return spelling(word) in BEING_DESTROYED


def leads_to(word: object) -> str | None:
    """``on`` or ``off`` if the state *word* becomes that by itself, else None."""
    return next((power for power, words in LEADS_TO.items() if bare(word) in words), None)


def is_rescue(word: object) -> bool:
    """Whether the state *word* is that of rescue mode; ``unrescuing`` leaves it."""
    return bool(re.search(r"(?<!un)rescue", spelling(word)))


#: Receipts of a request [C], [I]: what ``status``, ``success`` or ``code`` holds where the state stands beside it.
UNDERSTOOD = evidence(V="true", C="1, ok, success", G="200, yes, y, successful, successfully, succeeded, موفق")
DENIED = evidence(C="false, 0, no", G="n")
#: Words of a service, which may be so while its machine is off.
ALL_WELL = evidence(V="active", G="enabled, فعال")


def is_understood(value: object) -> bool:
    """Whether *value* may be the receipt of a request, which says nothing of a state."""
    return spelling(value) in UNDERSTOOD


def is_denied(value: object) -> bool:
    """Whether *value* may say that a request failed, as well as that something is off."""
    return spelling(value) in DENIED


#: OpenNebula's numbers for the state of a VM [C]; an active one has a second number, of which 3 is running.
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
    keyed = {key.lower(): value for key, value in source.items() if isinstance(key, str)}
    if "STATE" not in source and not {"lcm_state", "lcm_state_str"} & set(keyed):
        return None
    number = to_int(keyed.get("state"))
    word = to_text(keyed.get("state")) if number is None else OPENNEBULA_STATES.get(number, f"state {number}")
    name, inner = to_text(keyed.get("lcm_state_str")), to_text(keyed.get("lcm_state"))
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
#: Words for an operation that came to its end.
COMPLETED = evidence(
    G="finished, done, complete, completed, success, successful, succeeded, ok, ended, installed, انجام شد, تکمیل شد,"
    "پایان یافت, تمام شد, نصب شد, نصب انجام شد, عملیات انجام شد",
)
#: Words for one that ended before its end.
BROKEN_OFF = evidence(G="canceled, cancelled, stopped, terminated, لغو شد, متوقف شد")
#: Words for none.
NONE = evidence(G="none, no, null, idle, inactive, ready, not running, off, false, 0, آماده, بیکار, هیچ, ندارد")
FAILED = evidence(
    G="failed, failure, error, errored, aborted, broken, timeout, timed out, unsuccessful, ناموفق, ناموفق بود, خطا,"
    "شکست خورد"
)
#: Words for the state of the server, which mean that no operation runs on it.
IDLE = evidence(
    G="disabled, normal, free, available, online, offline, powered on, poweredon, powered off, poweredoff, روشن, خاموش",
)
#: Words for an operation that is only about to be what it is: rescue mode that cannot be used yet.
ABOUT_TO_START = evidence(
    G="start, starting, boot, booting, reboot, rebooting, preparing, initialising, initializing, pending, queued,"
    "scheduled, waiting, create, created",
)
#: Words for a state that the portal could not find out.
NOT_REPORTED = evidence(
    C="unknown", G="n/a, undefined, unavailable, error, failed, failure, timeout, none, null, -, ?, نامشخص"
)
#: Words around one for an operation that add nothing to it: "Reinstallation completed successfully".
_AROUND_OPERATION = _AROUND | listed(
    "os system operation task job process reinstall reinstallation install installation rescue mode diagnostics diag "
    "was has been successfully"
)
#: Words of a receipt: "Request processed successfully". A sentence of others may say anything.
_OF_RECEIPTS = (
    _AROUND
    | frozenset(UNDERSTOOD)
    | listed(
        "okay request response query command action operation data info information details result results retrieved "
        "fetched loaded returned received processed executed accepted was has been with for of درخواست موفقیت"
    )
)
#: What a portal says when no operation runs, in a message or in an error [G], as ``spelling`` writes it.
_SAYS_IDLE = re.compile(
    r"\bno (\w{1,30} )??(operation|task|job|process|(re)?install(ation)?|rescue|diag(nostics?)?)\b"
    r"(?!.{0,200}(allow|permit|finish|end|complete))"
    r"|\bnot (currently |being )*(running|started|active|found|in progress|in rescue|(re)?install(ed|ing)|rescued"
    r"|diagnosed)\b|\bnothing (is )?running\b"
    r"|هیچ(عملیات|فرآیند|فرایند|کار|نصب)|درحال\w{1,30}?(نیست|نمیباشد)|عملیاتی(وجودندارد|یافتنشد|درجریاننیست)"
)
#: A refusal because of an operation that the portal knows of, but may not show yet [G].
_SAYS_BUSY = re.compile(
    r"\bin progress\b|\bunder ?way\b|\bongoing\b|another \w{1,30} (operation|task|job)|another (operation|task|job)"
    r"|already (running|started|being|in|queued|scheduled)|\bbusy\b|\block(ed)?\b|\bis running\b|\bplease wait\b"
    r"|(installing|being (re)?installed|has started|was started)\b"
    r"|درحال(?!\w{0,60}(نیست|نمیباشد))|دردست(اجرا|انجام)|مشغول|قفل|عملیاتدیگر|صبرکنید|منتظر"
)
#: What turns a sentence into another: "no longer in progress".
_DENIES = re.compile(r"\b(no longer|not|no|nothing) (\w{1,30} )??$")

#: Codes by which a portal refuses without having done anything.
CERTAIN_REFUSALS = evidence(
    V="wronglogin, access_blocked, bannedip_error_login, noprivileges, invalid_hostname, invalid_template,"
    "resourcelimitreached, upgrade_not_available, upgrade_due_invoice, cannot_cancel_this_service",
    C="unauthorized, token_expired",
)


def has_ended(word: object) -> bool:
    """Whether the word for an operation says that it is over, or that there is none."""
    return any(form in words for form in _of_operation(word) for words in (COMPLETED, BROKEN_OFF, NONE))


def has_come_to_end(word: object) -> bool:
    """Whether the word for an operation says that nothing of it is left to do."""
    return any(form in COMPLETED for form in _of_operation(word))


def has_failed(word: object) -> bool:
    """Whether the word for an operation says that it went wrong."""
    return any(form in FAILED for form in _of_operation(word))


def broke_off(word: object) -> bool:
    """Whether the word for an operation says that it ended before its end."""
    return has_failed(word) or any(form in BROKEN_OFF for form in _of_operation(word))


def is_idle(word: object) -> bool:
    """Whether the word for an operation says that none runs."""
    return has_ended(word) or has_failed(word) or any(form in IDLE for form in _of_operation(word))


def is_receipt(text: str) -> bool:
    """Whether a sentence says no more than that the request was understood."""
    return all(part.strip(".:!,") in _OF_RECEIPTS for part in spelling(text).split())


def _of_operation(word: object) -> tuple[str, str]:
    spelt = spelling(word)
    return spelt, bare(word, _AROUND_OPERATION) or spelt


def is_about_to_start(word: object) -> bool:
    return spelling(word) in ABOUT_TO_START


def is_not_reported(word: object) -> bool:
    """Whether the state *word* says that the portal could not find it out."""
    return spelling(word) in NOT_REPORTED


def says_idle(text: str) -> bool:
    """Whether a message or an error says that no operation runs. It may err: nothing is erased for it alone."""
    return len(text) <= _LONGEST and bool(_SAYS_IDLE.search(spelling(text)))


def says_busy(text: str) -> bool:
    """Whether a message or an error speaks of an operation that runs. It may err: it only makes a task wait."""
    spelt = spelling(text)
    before = (spelt[max(0, found.start() - 60) : found.start()] for found in _SAYS_BUSY.finditer(spelt))
    return any(not _DENIES.search(words) for words in before)


# -- services, tickets, invoices and incidents ------------------------------------------------------------------------

#: Statuses of services, as documented [V].
SERVICE_STATUSES = ("Pending", "Active", "Suspended", "Terminated", "Cancelled", "Fraud")
#: Words for a state, a type or a cycle that are the portal's, whoever has a thing of that name: documented ones [V].
DOCUMENTED = listed(
    "pending active suspended terminated cancelled fraud open answered closed admin client private company get post "
    "put delete free hourly daily weekly monthly quarterly annually biennially triennially"
)
#: Documented words with a hyphen [V].
DOCUMENTED_JOINED = frozenset(("Client-Reply", "In-Progress", "Semi-Annually"))
#: All words for the power of a machine.
POWER_WORDS = frozenset((*ON, *OFF, *RESTING, *TRANSITIONAL))
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
