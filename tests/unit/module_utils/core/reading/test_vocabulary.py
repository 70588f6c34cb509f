# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the words of portals mean."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading import vocabulary
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import (
    is_about_to_start,
    is_active,
    is_being_destroyed,
    is_closed,
    is_gone,
    is_idle,
    is_not_reported,
    is_rescue,
    is_resting,
    is_staff,
    is_transitional,
    leads_to,
    power,
    says_busy,
    says_idle,
    spelling,
    state_of,
)


def listed(text):
    return [word.strip() for word in text.split(",")]


# -- power -----------------------------------------------------------------------------------------------------------

ON = listed("""running, online, on, active, true, 1, Running, ONLINE, up, started, booted, poweron, power on, power_on,
    powered on, powered_on, powered-on, PoweredOn, روشن, فعال, ۱, operational,
    is running, Chassis Power is on, The server is currently running., Status: running, guestRunning, VM_RUNNING,
    Power: On, machine is up, server online, روشن است, آنلاین, در حال اجرا, در حال سرویس دهی, در حال سرویس‌دهی,
    در حال اجرا است, فعال است, در حال کار, روشن شده""")
OFF = listed("""stopped, offline, off, shutoff, halted, false, 0, Stopped, poweroff, power_off, power off, powered off,
    powered-off, PoweredOff, shut off, shut_off, Shut-Off, shut down, down, inactive, undeployed, خاموش, غیرفعال, ۰,
    غیر فعال, غير\u200cفعال, not running, not_running, notRunning, VM is not running, deallocated, Chassis Power is off,
    The server is off., Status: offline, guestStopped, متوقف, متوقف شده, متوقف است, آفلاین, خاموش شده, خاموش است,
    روشن نیست, در حال اجرا نیست""")
PASSING = listed("""starting, stopping, rebuild, rebuilding, creating, resetting, backup, snapshot, restore, updating,
    pending, provisioning, queued, locked, busy, in progress, in_progress, in-progress, install, build, reinstall,
    destroy, delete, deleting, delete_pending, shutting down, powering_off, Powering-On, reboot, being deleted,
    currently rebuilding, image_uploading, در حال راه اندازی, در\u200cحال حذف, migrate, init, PoweringOn, PoweringOff,
    HARD_REBOOT, hardReboot, SoftReboot, Expunging, hibernating, REBUILD_SPAWNING, server is rebooting, is migrating,
    در حال خاموش شدن, در حال نصب, در حال آماده سازی""")
NEITHER = listed("""paused, suspended, shutdown, error, unknown, crashed, rescue, deleted, 2, -1, weird,
    power, status, status 1, state 0, no power, something new, missing, nothing, warning, failed starting""")
NEITHER += ["", None, [], {}, ["off"], {"off": "off"}]


@pytest.mark.parametrize("word", [*ON, 1, True, " ONLINE "])
def test_on(word):
    assert power(word) == "on"
    assert not is_transitional(word)


@pytest.mark.parametrize("word", [*OFF, 0, False])
def test_off(word):
    assert power(word) == "off"
    assert not is_transitional(word)


@pytest.mark.parametrize("word", PASSING)
def test_a_state_that_ends_by_itself(word):
    assert is_transitional(word)
    assert power(word) == power("1", word) == "changing"


@pytest.mark.parametrize("word", NEITHER)
def test_everything_else_is_changing_and_never_off(word):
    assert power(word) == "changing"
    assert not is_transitional(word)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("1", "stopping"), "changing"),
        (("on", "rebuilding"), "changing"),
        (("0", "weird"), "off"),
        (("1", "weird"), "on"),
        (("weird", "stopped"), "off"),
        ((None, "running"), "on"),
        ((False, None), "off"),
        ((None, None), "changing"),
        (("on", "off"), "changing"),
        (("running", "0"), "changing"),
        (("on", "paused"), "changing"),
        (("paused", "on"), "changing"),
        (("off", "suspended"), "off"),
        ((True, "stopped", "weird"), "changing"),
        (("weird", "strange"), "changing"),
    ],
)
def test_two_words(words, expected):
    assert power(*words) == expected


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (["1", "running"], "running"),
        (["on", "off"], "on, off"),
        (["on", "stopping"], "stopping"),
        (["paused", "on"], "paused"),
        ([True], None),
        ([True, False], "true, false"),
        (["off", "weird"], "weird"),
        (["weird", "strange"], "strange"),
        ([], None),
    ],
)
def test_the_word_that_is_returned(words, state):
    assert state_of(words) == state


@pytest.mark.parametrize(("word", "rests"), [("paused", True), ("Suspended", True), ("stopped", False), (None, False)])
def test_a_state_between_that_lasts(word, rests):
    assert is_resting(word) is rests


@pytest.mark.parametrize(
    ("word", "leads"),
    [
        *(
            (word, "on")
            for word in listed("starting, booting, booting_up, powering on, Powering-On, PoweringOn, is starting")
        ),
        *(
            (word, "off")
            for word in listed("stopping, halting, shutting down, shutting_off, powering off, PoweringOff")
        ),
        *((word, None) for word in ("rebooting", "running", "stopped", "restarting", "", None)),
    ],
)
def test_what_a_state_leads_to(word, leads):
    assert leads_to(word) == leads


@pytest.mark.parametrize(
    "word", listed("destroying, destroy, deleting, delete, delete_pending, Pending-Delete, removing")
)
def test_a_state_before_the_end(word):
    assert is_being_destroyed(word)
    assert is_transitional(word)


@pytest.mark.parametrize("word", ["stopping", "pending", "running", "rebuilding", "", None])
def test_a_state_that_does_not_lead_to_the_end(word):
    assert not is_being_destroyed(word)


@pytest.mark.parametrize(
    ("word", "rescue"), [("rescue", True), ("in_rescue", True), ("Rescued", True), ("unrescuing", False), (None, False)]
)
def test_rescue_mode(word, rescue):
    assert is_rescue(word) is rescue


# -- operations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    listed("""none, Idle, finished, success, not_running, cancelled, failed, online, offline, installed, Timed out,
    timed_out, Installation completed, Reinstall finished, rescue mode: off, انجام شد, آماده, ناموفق, ناموفق بود,
    نصب انجام شد, لغو شد, تکمیل شد"""),
)
def test_words_of_an_operation_that_does_not_run(word):
    assert is_idle(word)


@pytest.mark.parametrize(
    "word",
    [
        *listed("""running, active, pending, installing, true, 1,
    weird, in progress, not finished, not completed, incomplete, unfinished, being installed, rescue, reinstall,
    operation, در حال نصب, انجام نشد, آماده سازی, finishing, almost done"""),
        True,
    ],
)
def test_words_of_an_operation_that_may_run(word):
    assert not is_idle(word)


@pytest.mark.parametrize(
    "text",
    [
        "No operation is running",
        "There is no active reinstall operation",
        "no_operation",
        "not running",
        "The server is not being reinstalled",
        "not currently being installed",
        "Server not in rescue",
        "Nothing is running here",
        "no_active_task",
        "No reinstallation found",
        "There is no job",
        "The installation is not in progress",
        "هیچ عملیاتی در حال اجرا نیست",
        "عملیاتی وجود ندارد",
        "در حال نصب نیست",
        "عملیاتی یافت نشد",
    ],
)
def test_a_text_that_says_that_nothing_runs(text):
    assert says_idle(text)


@pytest.mark.parametrize(
    "text",
    [
        "No reinstall allowed",
        "The server is being reinstalled",
        "Cannot be installed",
        "",
        "not yet started",
        "No installation has finished",
        "not ready",
        "در حال نصب",
        "no " * 1000 + "operation",
    ],
)
def test_a_text_that_does_not_say_that_nothing_runs(text):
    assert not says_idle(text)


@pytest.mark.parametrize(
    ("text", "busy"),
    [
        *(
            (text, True)
            for text in (
                *("Another operation", "already_running", "in_progress", "VM is locked (create)", "server is BUSY"),
                *("Another install task exists", "already in use", "Installation under way", "please wait"),
                *("Reinstall has started", "being installed", "already queued", "is running", "not idle, in progress"),
                *("در حال نصب", "سرور مشغول است", "عملیات دیگری در جریان است", "قفل شده است", "لطفا صبر کنید"),
                *("عملیات در دست اجرا است", "در حال انجام عملیات", "سرور در‌حال راه‌اندازی است"),
            )
        ),
        *(
            (text, False)
            for text in (
                *("denied", "no longer in progress", "not busy", "Nothing is running", "is not locked", "blocked"),
                *("noprivileges", "clock", "invalid_template", "not in progress", "", "unlocked", "not found"),
                *("در حال اجرا نیست", "یافت نشد", "دسترسی ندارید"),
            )
        ),
    ],
)
def test_a_refusal_for_being_busy(text, busy):
    assert says_busy(text) is busy


# -- the rest --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meaning", "words", "others"),
    [
        (is_about_to_start, "pending, Booting, created", "running, installed"),
        (is_not_reported, "unknown, N/A, -, ?, None", "online, rebooting"),
        (is_active, "Active, ACTIVE", "Pending, Suspended, inactive"),
        (is_gone, "Terminated, Cancelled, canceled", "Active, Suspended, Fraud"),
        (is_closed, "Closed, closed, بسته شده", "Open, Answered, Client-Reply, In-Progress, Resolved"),
        (is_staff, "Admin, administrator, Staff", "Client, customer"),
    ],
)
def test_words_and_others(meaning, words, others):
    assert [word for word in listed(words) if not meaning(word)] == []
    assert [word for word in [*listed(others), "", None] if meaning(word)] == []


def test_every_word_has_its_evidence():
    tables = [value for value in vars(vocabulary).values() if isinstance(value, dict) and "evidence" not in value]
    letters = {letter for table in tables for letter in table.values() if isinstance(letter, str) and len(letter) == 1}
    assert letters == set("VCIG")


@pytest.mark.parametrize(
    ("word", "spelt"), [("Shut_Off", "shut off"), ("shut  - off", "shut off"), ("-1", "-1"), ("-", "-"), (None, "")]
)
def test_how_a_word_is_looked_up(word, spelt):
    assert spelling(word) == spelt
