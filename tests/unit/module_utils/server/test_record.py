# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The undocumented answers of dedicated servers, in every shape that is plausible."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._server.record import (
    server_power,
    to_progress,
    to_recipe,
    to_server,
)

# -- GET /service/@id/reinstall, rescue, diag ------------------------------------------------------------------------

NOTHING_RUNS = [
    [],
    {},
    None,
    False,
    "",
    {"reinstall": []},
    {"reinstall": {}},
    {"reinstall": None},
    {"reinstall": False},
    {"reinstall": 0},
    {"reinstall": "0"},
    {"reinstall": ""},
    {"reinstall": "none"},
    {"reinstall": "Not running"},
    {"reinstall": {"status": None, "template": "", "progress": None}},
    {"status": False},
    {"status": "false"},
    {"status": []},
    {"status": None},
    {"status": "finished"},
    {"status": "Idle"},
    {"status": "no_operation"},
    {"status": True, "reinstall": []},
    {"status": True},
    {"status": 1},
    {"status": "online"},
    {"reinstall": "online"},
    {"status": True, "message": "The server is not being reinstalled"},
    {"reinstall": "not being reinstalled"},
    {"status": "not_being_reinstalled"},
    {"status": True, "reinstall": False},
    {"status": True, "info": ["No operation is running"]},
    {"status": True, "running": False},
    {"success": True},
    {"success": True, "info": []},
    {"success": True, "data": []},
    {"success": True, "message": "There is no active reinstall operation"},
    {"operation": None},
    {"operation": "none"},
    {"reinstall": {"status": "completed", "progress": 100, "template": "x"}},
    {"reinstall": {"status": "cancelled", "progress": 40}},
    {"reinstall": {"progress": "100"}},
    {"reinstall": {"template": "x", "started": "2026-01-01 10:00:00", "finished": "2026-01-01 11:00:00"}},
    {"reinstall": [{"id": 1, "status": "finished"}, {"id": 2, "status": "failed"}]},
    {"reinstall": {"1": {"status": "finished"}, "2": {"status": "done"}}},
    {"operation": {"type": "rescue", "status": "running"}},
    {"status": "running", "operation": "diag"},
    {"rescue": {"status": "running"}},
    {"operations": {"reinstall": None, "rescue": {"status": "running"}}},
    # a receipt beside nothing
    {"status": 1, "message": "OK", "data": None},
    {"status": True, "message": "Success", "result": None},
    {"status": "ok", "msg": "Request processed successfully", "data": []},
    {"code": 200, "message": "OK"},
    {"success": 1, "info": ["OK"]},
    # the value stands beside a receipt
    {"status": True, "data": "none"},
    {"status": 1, "message": "OK", "result": "idle"},
    {"status": True, "data": False},
    {"code": 200, "data": {"status": "finished"}},
    {"status": True, "active": False},
    {"status": 1, "isRunning": "no"},
    {"status": True, "in_progress": 0, "progress": 0},
    {"success": True, "idle": True},
    {"success": True, "finished": True},
    # words
    {"status": "installed"},
    {"status": "Installation completed"},
    {"status": "Reinstallation completed successfully", "progress": 100},
    {"status": "timed out", "progress": 40},
    {"status": "aborted", "progress": 12},
    {"status": "idle", "progress": 0},
    {"reinstall": {"state": "انجام شد"}},
    {"reinstall": {"state": "آماده"}},
    {"reinstall": {"state": "ناموفق"}},
    {"status": True, "message": "هیچ عملیاتی در حال اجرا نیست"},
    {"status": True, "message": "عملیاتی در حال انجام نیست"},
    {"success": True, "message": "No reinstall task found"},
    {"success": True, "message": "Nothing is running"},
]
IT_RUNS = [
    # told in a sentence
    {"success": True, "message": "Installation in progress"},
    {"status": 1, "message": "Installing Debian 12"},
    {"success": True, "info": ["Reinstall has started"]},
    {"success": True, "msg": "Server is locked"},
    {"success": True, "description": "The task is running"},
    {"status": "success", "message": "Please wait"},
    {"status": True, "message": "در حال نصب"},
    {"status": True, "message": "عملیات دیگری در دست اجرا است"},
    {"success": True, "message": "سرور قفل است"},
    {"status": True, "message": "The server is being reinstalled"},
    {"success": True, "message": "Frobnicating the disks"},
    {"success": True, "message": "The installation is not finished"},
    {"success": True, "message": "No installation is complete"},
    {"success": True, "message": "Installation in progress", "data": []},
    {"status": True, "message": "Installation in progress", "reinstall": {"status": "none"}},
    # contradictions
    {"status": "complete", "progress": 40},
    {"status": "finished", "percent": "99 %"},
    {"status": "done", "progress": 0},
    {"status": "installed", "progress": 60},
    {"status": "انجام شد", "progress": "۴۰"},
    {"status": "idle", "progress": 40},
    {"status": "none", "progress": "12"},
    {"status": "finished", "running": True},
    {"status": "running", "running": False},
    {"status": "idle", "message": "Installation in progress"},
    {"status": "complete", "message": "Reinstall is running"},
    {"status": "installing", "active": False},
    {"state": "finished", "stage": "partitioning"},
    {"status": "idle", "busy": True},
    {"status": "finished", "in_progress": "yes"},
    {"status": False, "running": True},
    {"status": "none", "done": False},
    {"status": True, "data": "running"},
    {"status": 1, "message": "OK", "result": "queued"},
    {"code": 200, "data": "partitioning"},
    {"status": True, "progress": 40},
    {"status": "running", "progress": 100},
    {"status": "not yet started"},
    {"reinstall": {"status": 1, "message": "OK"}},
    {"reinstall": True},
    {"reinstall": "1"},
    {"reinstall": "running"},
    {"reinstall": "InstallingPackages"},
    {"reinstall": {"status": "running"}},
    {"reinstall": {"status": "frobnicating"}},
    {"reinstall": {"state": "in_progress", "status": "success"}},
    {"reinstall": {"status": True, "template": "x"}},
    {"reinstall": {"status": "ok", "progress": 40}},
    {"reinstall": {"progress": 0}},
    {"reinstall": {"percent": "12 %"}},
    {"reinstall": {"template": "x"}},
    {"reinstall": {"template": "x", "started": "2026-01-01 10:00:00", "finished": "0000-00-00 00:00:00"}},
    {"reinstall": {"7": {"status": "pending"}}},
    {"reinstall": [{"id": 1, "status": "finished"}, {"id": 2, "status": "running"}]},
    {"reinstall": ["running"]},
    {"status": "running"},
    {"status": True, "template": "x"},
    {"status": True, "message": "Reinstall in progress"},
    {"reinstall": {"status": True}},
    {"status": {"state": "installing"}},
    {"status": {"reinstall": "running"}},
    {"success": True, "info": {"status": "running"}},
    {"success": True, "data": {"state": "running"}},
    {"status": True, "running": True},
    {"running": "1", "status": True},
    {"operation": {"type": "os_install", "status": "running"}},
    {"status": "running", "operation": "reinstall"},
    {"something": {"unknown": 1}},
    "running",
    True,
    ["running"],
    [{"status": "queued"}],
]


@pytest.mark.parametrize("answer", NOTHING_RUNS)
def test_no_operation_runs(answer):
    assert to_progress("reinstall", answer)["running"] is False


@pytest.mark.parametrize("answer", IT_RUNS)
def test_an_operation_runs_or_may_run(answer):
    assert to_progress("reinstall", answer)["running"] is True


SWITCH = {"status": True}


@pytest.mark.parametrize(
    "reinstall, rescue, running",
    [
        ({"reinstall": SWITCH}, {"rescue": SWITCH}, None),
        ({"reinstall": SWITCH}, {"rescue": []}, "reinstall"),
        ({"reinstall": []}, {"rescue": {"status": 1}}, "rescue"),
        ({"reinstall": {"status": "running"}}, {"rescue": SWITCH}, "reinstall"),
        ({"reinstall": {**SWITCH, "template": "x"}}, {"rescue": SWITCH}, "reinstall"),
    ],
)
def test_several_operations_that_say_true_do_not_run(reinstall, rescue, running):
    operations = {"reinstall": reinstall, "rescue": rescue, "diagnostics": {"diag": SWITCH if not running else []}}
    assert to_server("1", {}, None, operations)["operation"] == running


@pytest.mark.parametrize("name, key", [("reinstall", "reinstall"), ("rescue", "rescue"), ("diagnostics", "diag")])
def test_each_operation_has_its_key(name, key):
    answer = {key: {"status": "running", "template": "x", "progress": "50"}}
    assert to_progress(name, answer)["running"] is True
    assert to_progress(name, {key: []})["running"] is False


def test_what_an_operation_tells():
    answer = {"status": "installing", "progress": "40%", "template": {"id": 7, "name": "Debian"}, "password": "p"}
    assert to_progress("reinstall", {"reinstall": {**answer, "hostname": "a.example.com"}}) == {
        "running": True,
        "failed": False,
        "word": "installing",
        "template": "7",
        "hostname": "a.example.com",
        "percent": 40,
        "password": "p",
    }


@pytest.mark.parametrize(
    "answer, failed",
    [
        ({"reinstall": {"status": "failed", "progress": 40}}, True),
        ({"status": "Error"}, True),
        ({"reinstall": [{"id": 8, "status": "failed"}, {"id": 9, "status": "finished"}]}, False),
        ({"reinstall": [{"id": 8, "status": "finished"}, {"id": 9, "status": "failed"}]}, True),
        ({"reinstall": [{"status": "failed"}, {"status": "running"}]}, False),
        ({"reinstall": []}, False),
    ],
)
def test_the_newest_operation_tells_whether_it_failed(answer, failed):
    assert to_progress("reinstall", answer)["failed"] is failed


# -- GET /service/@id/status -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer, power, state",
    [
        ({"status": "on"}, "on", "on"),
        ({"status": "Offline"}, "off", "Offline"),
        ({"status": True}, "on", "true"),
        ({"status": False}, "off", "false"),
        ({"status": 1}, "on", "1"),
        ({"status": "0"}, "off", "0"),
        ({"status": {"power": "off"}}, "off", "off"),
        ({"status": {"status": "on"}}, "on", "on"),
        ({"status": True, "power": "off"}, "off", "off"),
        ({"status": True, "state": "off"}, "off", "off"),
        ({"status": "success", "data": {"power_state": "poweroff"}}, "off", "poweroff"),
        ({"status": True, "info": {"power": "on"}}, "on", "on"),
        ({"power": "off", "info": {"cpu": "x"}}, "off", "off"),
        ({"status": "on", "info": {"cpu": "x"}}, "on", "on"),
        ([{"power": "on"}], "on", "on"),
        ("on", "on", "on"),
        (True, "on", "true"),
        ({"status": "rebooting"}, "changing", "rebooting"),
        ({"status": "frobnicated"}, "changing", "frobnicated"),
        ({"status": None}, None, None),
        ({"status": []}, None, None),
        ({"status": ""}, None, None),
        ({}, None, None),
        ([], None, None),
        (None, None, None),
    ],
)
def test_power(answer, power, state):
    assert server_power(answer) == {"power": power, "state": state}


# -- the record ------------------------------------------------------------------------------------------------------


def test_a_server():
    info = {"hostname": "a.example.com", "os": "Debian 12", "ips": ["192.0.2.1", " 2001:db8::1"]}
    running = {"diag": {"status": "running"}}
    assert to_server(201, info, {"status": "on"}, {"reinstall": [], "diagnostics": running}) == {
        "service_id": "201",
        "hostname": "a.example.com",
        "os": "Debian 12",
        "power": "on",
        "state": "on",
        "operation": "diagnostics",
        "ipv4": ["192.0.2.1"],
        "ipv6": ["2001:db8::1"],
        "raw": {"info": info, "status": {"status": "on"}, "reinstall": [], "diagnostics": running},
    }


@pytest.mark.parametrize(
    "info, hostname, os",
    [
        ({}, None, None),
        ({"hostname": "", "os": ""}, None, None),
        ({"name": "Server X1"}, None, None),
        ({"name": "a.example.com", "os_name": "Debian"}, "a.example.com", "Debian"),
        ({"domain": "a.example.com", "os": {"id": 7, "name": "Debian 12"}}, "a.example.com", "Debian 12"),
        ({"host": "a", "os": {"id": 7}, "template": "x"}, "a", "7"),
    ],
)
def test_host_name_and_system(info, hostname, os):
    record = to_server(1, info)
    assert (record["hostname"], record["os"], record["power"], record["operation"]) == (hostname, os, None, None)


# -- templates and recipes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "usable",
    [
        ["7", "8"],
        [7, 8],
        [{"id": 7}, {"id": "8", "name": "x"}],
        {"0": "7", "1": "8"},
        {"0": 7, "1": 8},
        {"0": "7", "2": "8"},
        {"7": True, "8": "1", "9": False},
        {"7": 1, "8": 1},
        "7,8",
        "7; 8",
        "7 8",
    ],
)
def test_what_a_recipe_is_usable_for(usable):
    assert to_recipe({"id": "r", "name": "R", "usablefor": usable})["usable_for"] == ["7", "8"]


@pytest.mark.parametrize("usable", [[], {}, None, ""])
def test_a_recipe_that_is_usable_for_nothing(usable):
    assert to_recipe({"id": "r", "usablefor": usable})["usable_for"] == []
