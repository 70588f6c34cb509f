# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import DecodingError
from ansible_collections.sindad.cloud.plugins.modules import server_power
from unit.canned import Canned
from unit.canned_server import Change, answers, lost, turns

UNREADABLE = [{"error": ["ipmi"]}, {"status": None}, {"status": "unknown"}]


def run(changed, **options):
    canned = Canned(answers(**changed))
    result = canned.run(server_power, service="201", **options)
    return result, [request.rpartition("/")[2] for request, _body in canned.sent]


@pytest.mark.parametrize(
    "status, state, sent, power",
    [
        (["on"], "on", [], "on"),
        (["off"], "off", [], "off"),
        (["on", "on", "stopping", "off"], "off", ["poweroff"], "off"),
        (["off", "starting", "on"], "on", ["poweron"], "on"),
        (["off", "starting", "on"], "rebooted", ["poweron"], "on"),
        (["on", "rebooting", "on"], "rebooted", ["reboot"], "on"),
        (["on"], "rebooted", ["reboot"], "on"),
        (["stopping", "stopping", "off"], "off", [], "off"),
        (["stopping", "off", "on"], "on", ["poweron"], "on"),
        (["paused", "on"], "on", ["poweron"], "on"),
        ([True, False], "off", ["poweroff"], "off"),
    ],
)
def test_power(clock, status, state, sent, power):
    result, posts = run({"status": turns(*({"status": word} for word in status))}, state=state)
    assert posts == sent
    assert result["server"]["power"] == power
    assert result["changed"] is bool(sent)


@pytest.mark.parametrize("status", UNREADABLE)
@pytest.mark.parametrize("state, sent", [("on", "poweron"), ("off", "poweroff"), ("rebooted", "reboot")])
def test_a_power_state_that_stays_unreadable_is_acted_on(status, state, sent):
    canned = Canned(answers(status=status))
    result = canned.run(server_power, service="201", state=state)
    assert [request for request, _body in canned.sent] == [f"POST /service/201/{sent}"]
    assert result["changed"] is True
    assert "The power state of server 201 cannot be read." in canned.warnings[0]
    assert [request for request, _body in canned.asked].count("GET /service/201/status") > 3


@pytest.mark.parametrize("status", UNREADABLE)
@pytest.mark.parametrize("check_mode", [False, True])
def test_one_failed_reading_is_not_acted_on(status, check_mode):
    canned = Canned(answers(status=turns(status, status, {"status": "on"})))
    result = canned.run(server_power, check_mode, service="201", state="on")
    assert (result["changed"], canned.sent, canned.warnings) == (False, [], [])


def test_a_power_state_that_is_not_offered_is_acted_on_at_once():
    canned = Canned(answers(status={"error": ["Method not found"]}))
    assert canned.run(server_power, service="201", state="on")["changed"] is True
    assert canned.clock.slept == []
    assert [request for request, _body in canned.asked].count("GET /service/201/status") == 1


def test_a_portal_that_is_out_of_order_is_not_acted_on():
    broken = DecodingError("a page", None, (), 500)
    canned = Canned(answers(status=broken))
    result = canned.run(server_power, service="201", state="on")
    assert (result["msg"], canned.sent) == ("a page", [])


def test_diagnostics_are_waited_for_and_named(clock):
    changed = {"diag": turns({"diag": {"status": "running", "progress": 5}}, {"diag": []})}
    assert run(changed, state="rebooted")[1] == ["reboot"]
    changed["diag"] = {"diag": {"status": "running", "progress": 5}}
    result, posts = run(changed, state="rebooted", wait=False)
    assert posts == []
    assert result["msg"] == (
        "Server 201 is not free: the operation diagnostics is running on it (status running, 5%). "
        "Run the task again later, or let it wait (wait=true)."
    )


@pytest.mark.parametrize(
    "changed, state", [({"diag": {"diag": {"status": "running"}}}, "on"), ({"rescue": {"rescue": "active"}}, "off")]
)
def test_what_does_not_stand_in_the_way(clock, changed, state):
    changed["status"] = turns({"status": "on"}, {"status": state})
    assert "failed" not in run(changed, state=state)[0]


@pytest.mark.parametrize(("state", "sent"), [("off", []), ("rebooted", []), ("on", ["poweron"])])
def test_the_power_is_not_cut_where_an_installation_may_run(clock, state, sent):
    changed = {"reinstall": {"error": ["backend is down"]}, "status": turns({"status": "paused"}, {"status": "on"})}
    result, posts = run(changed, state=state)
    assert posts == sent
    assert sent or "It cannot be read whether server 201 is being installed" in result["msg"]


@pytest.mark.parametrize(
    "running",
    [
        {"success": True, "message": "Installation in progress"},
        {"reinstall": {"status": "complete", "progress": 40}},
        {"status": True, "data": "queued"},
    ],
)
def test_the_power_is_not_cut_during_an_installation(clock, running):
    result, posts = run({"reinstall": running}, state="off", wait_timeout=30)
    assert (posts, result["failed"]) == ([], True)
    assert "the operation reinstall is running on it" in result["msg"]


@pytest.mark.parametrize(
    "status",
    [
        {"status": True, "data": "off"},
        {"status": 1, "message": "OK", "result": "off"},
        {"status": True, "online": False},
    ],
)
def test_a_server_that_is_off_beside_a_flag_is_switched_on(clock, status):
    change = Change()
    assert run({"status": change.told(status, {"status": "on"}), "post_poweron": change}, state="on")[1] == ["poweron"]


def test_time_is_over(clock):
    result, posts = run({}, state="off", wait_timeout=20)
    assert posts == ["poweroff"]
    assert result["msg"].startswith(
        "Timed out after 20 s waiting for server 201 to be switched off (last state: its power state is on)."
    )
    assert result["changed"] is True


@pytest.mark.parametrize("method, offered", [("POST", True), ("GET", False)])
def test_check_mode_asks_whether_it_is_offered(method, offered):
    routes = [{"name": "Reboot", "method": method, "route": "/service/@id/reboot"}]
    canned = Canned(answers(methods={"methods": routes}))
    result = canned.run(server_power, check_mode=True, service="201", state="rebooted")
    assert canned.sent == []
    assert result.get("changed", False) is offered
    assert ("does not offer POST /service/@id/reboot" in result.get("msg", "")) is not offered


@pytest.mark.parametrize("seen, failed", [(["on", "rebooting", "on"], False), (["on"], True)])
def test_a_lost_reboot_is_looked_for_and_not_repeated(clock, seen, failed):
    changed = {"status": turns(*({"status": word} for word in seen)), "post_reboot": lost()}
    result, posts = run(changed, state="rebooted")
    assert posts == ["reboot"]
    assert result.get("failed", False) is failed
