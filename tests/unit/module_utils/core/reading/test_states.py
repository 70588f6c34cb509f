# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Power states among flags: a machine that is off is never read as on, whatever receipt stands beside it."""

from __future__ import annotations

import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.states import answered_words, power_words
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import power


def show(value):
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else None


OFF = [
    {"status": True, "data": "off"},
    {"status": 1, "message": "OK", "result": "off"},
    {"status": True, "online": False},
    {"status": True, "data": {"power": "off"}},
    {"success": True, "data": {"state": "stopped"}},
    {"success": 1, "status": "off"},
    {"code": 200, "status": "powered off"},
    {"code": 200, "message": "success", "data": "offline"},
    {"status": "success", "result": {"power_state": "poweroff"}},
    {"status": "ok", "power": False},
    {"status": "OK", "power_status": "0"},
    {"status": True, "running": False},
    {"status": True, "isRunning": "no"},
    {"status": True, "is_online": 0},
    {"status": True, "poweredOn": False},
    {"status": True, "power_on": "false"},
    {"status": True, "powered_off": True},
    {"status": 1, "offline": True},
    {"status": "Active", "running": False},
    {"status": "active", "vm_status": "stopped"},
    {"status": "enabled", "server_state": "halted"},
    {"status": True, "message": "The server is off."},
    {"status": True, "message": "Chassis Power is off"},
    {"status": True, "info": ["Chassis Power is off"]},
    {"success": True, "msg": "Server is powered off"},
    {"ok": True, "response": "shutoff"},
    {"result": "success", "status": "off"},
    {"result": True, "state": "down"},
    {"status": True, "data": [{"power": "off"}]},
    {"status": True, "data": ["off"]},
    {"status": True, "data": False},
    {"status": True, "data": 0},
    {"data": {"status": True, "data": {"online": False}}},
    {"response": {"code": 200, "server": {"status": "off"}}},
    {"status": True, "server": {"status": "Active", "power": "off"}},
    {"status": {"code": 200, "state": "off"}},
    {"STATUS": True, "Power": "OFF"},
    {"status": "موفق", "data": "خاموش"},
    {"status": True, "state": "خاموش است"},
    {"status": True, "message": "سرور خاموش است", "power": "متوقف شده"},
    {"status": "1", "value": "not running"},
    {"power": "off", "traffic": {"up": 1, "down": 1}},
    {"status": False},
    {"status": 0},
    {"status": "off", "uptime": 0},
    "off",
    [{"status": "off"}],
]
ON = [
    {"status": True, "data": "on"},
    {"status": True, "online": True},
    {"status": 1, "message": "OK", "result": "running"},
    {"status": True, "message": "Server is running"},
    {"status": "success", "data": {"running": 1}},
    {"status": "Active", "running": True},
    {"status": True, "data": True},
    {"success": True, "status": True},
    {"status": True},
    {"code": 200, "status": "on"},
    {"status": True, "off": False},
    {"status": "online", "info": {"cpu": "off the shelf"}},
    {"status": "on", "data": None},
    {"status": "در حال سرویس دهی"},
    {"status": "running", "up": 0, "down": 0, "users_online": 0},
]
CHANGING = [
    {"power": "on", "state": "off"},
    {"status": "running", "power_on": False},
    {"status": "running", "online": False},
    {"status": False, "online": True},
    {"status": 0, "data": "on"},
    {"success": True, "status": False},
    {"code": 200, "status": 0},
    {"running": True, "stopped": True},
    {"status": True, "data": {"power": "on", "running": False}},
    {"status": True, "power": "rebooting"},
    {"status": True, "data": "rebooting"},
    {"status": True, "data": "frobnicated"},
    {"status": True, "power": "on", "message": "The server is off"},
    {"status": "paused", "power": "on"},
    {"status": "frobnicated"},
    {"power": "on", "server": {"status": "off"}},
    {"status": "stopped", "data": {"status": "running"}},
]
NOTHING = [
    {"status": True, "message": "OK"},
    {"status": 1, "message": "OK", "data": None},
    {"status": True, "data": []},
    {"status": "success", "message": "Power status retrieved"},
    {"status": "ok", "result": None},
    {"status": True, "result": False},
    {"success": True},
    {"code": 200, "message": "OK"},
    {"status": None},
    {"info": ["label_updated"]},
    {"message": "No such thing"},
    {"data": {"cpu": 4}},
    {},
    [],
    None,
    "",
    [{"power": "on"}, {"power": "off"}],
]


@pytest.mark.parametrize("answer", OFF, ids=show)
def test_an_answer_that_reports_off(answer):
    assert power(*answered_words(answer)) == "off"


@pytest.mark.parametrize("answer", ON, ids=show)
def test_an_answer_that_reports_on(answer):
    assert power(*answered_words(answer)) == "on"


@pytest.mark.parametrize("answer", CHANGING, ids=show)
def test_an_answer_that_contradicts_itself_or_passes(answer):
    words = answered_words(answer)
    assert words and power(*words) == "changing"


@pytest.mark.parametrize("answer", NOTHING, ids=show)
def test_an_answer_that_reports_nothing(answer):
    assert answered_words(answer) == []


# -- the keys of a VM ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vm", "expected"),
    [
        ({"status": "Active", "running": False}, "off"),
        ({"status": "Active", "power_on": False}, "off"),
        ({"status": "Active", "vm_status": "stopped"}, "off"),
        ({"status": "Active", "vmStatus": "stopped"}, "off"),
        ({"status": "Active", "guestState": "guestNotRunning"}, "off"),
        ({"status": "Active", "guest_state": "notRunning"}, "off"),
        ({"status": "Active", "is_running": "0"}, "off"),
        ({"status": "Active", "state": "stopped"}, "off"),
        ({"status": True, "state": "stopped"}, "off"),
        ({"status": 1, "online": False}, "off"),
        ({"status": "Active", "power_off": True}, "off"),
        ({"status": "Active", "stopped": 1}, "off"),
        ({"status": "فعال", "power": "خاموش"}, "off"),
        ({"status": "enabled", "power": {"state": "off"}}, "off"),
        ({"status": "Suspended", "running": False}, "off"),
        ({"status": "Active", "running": True}, "on"),
        ({"status": "Active"}, "on"),
        ({"status": "running", "power": "1"}, "on"),
        ({"status": "error", "power": "1"}, "on"),
        ({"status": "running", "up": 0, "down": 0}, "on"),
        ({"status": "running", "online_since": "2026-01-01", "started": "2026-01-01"}, "on"),
        ({"status": "running", "backup_running": False, "agent_running": False}, "on"),
        ({"status": "running", "node_status": "offline", "network_state": "down"}, "on"),
        ({"power": 350, "status": "running"}, "on"),
        ({"status": "running", "running": False}, "changing"),
        ({"status": "stopped", "power": "1"}, "changing"),
        ({"state": "running", "status": "stopped"}, "changing"),
        ({"status": "0", "running": True}, "changing"),
        ({"status": "Suspended", "power": "on"}, "changing"),
        ({"status": "stopping", "running": True}, "changing"),
        ({"status": "weird"}, "changing"),
        ({"label": "web1"}, "changing"),
    ],
    ids=show,
)
def test_the_power_of_a_vm(vm, expected):
    assert power(*power_words(vm)) == expected
