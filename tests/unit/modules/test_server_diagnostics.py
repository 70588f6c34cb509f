# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import server_diagnostics
from unit.canned import Canned
from unit.canned_server import Change, answers, turns

NONE = {"diag": []}
RUNNING = {"diag": {"status": "running", "template": "memtest", "progress": "40"}}
SENT = ("POST /service/201/diag", {"template": "memtest"})


def run(changed, check_mode=False, **options):
    canned = Canned(answers(**changed))
    return canned.run(server_diagnostics, check_mode, service="201", **options), canned.sent


def test_they_are_followed_to_their_end(clock):
    changed = {"diag": turns(NONE, NONE, RUNNING, RUNNING, RUNNING, NONE)}
    canned = Canned(answers(**changed))
    result = canned.run(server_diagnostics, service="201", template="Memtest86+")
    assert canned.sent == [SENT]
    assert (result["changed"], result["server"]["operation"]) == (True, None)
    assert [request for request, _body in canned.asked].count("GET /service/201/diag") >= 6


@pytest.mark.parametrize("options", [{}, {"template": "memtest"}])
def test_running_ones_are_waited_for(clock, options):
    result, sent = run({"diag": turns(RUNNING, RUNNING, NONE)}, **options)
    assert (result["changed"], sent, result["server"]["operation"]) == (False, [], None)


def test_running_ones_of_another_template():
    templates = {"templates": [{"id": "memtest", "name": "M"}, {"id": "disks", "name": "D"}]}
    result, sent = run({"diag": RUNNING, "diag_templates": templates}, template="D")
    assert sent == []
    assert "with the template memtest and not with disks (D)" in result["msg"]


@pytest.mark.parametrize(
    "options, says",
    [
        ({"full_erase": True}, "full_erase needs clear_disks=true"),
        ({"full_erase": True, "force": True}, "full_erase needs clear_disks=true"),
        ({"clear_disks": True}, "clear_disks destroys all data on the server. To confirm, set force=true too."),
        ({"clear_disks": True, "full_erase": True}, "clear_disks destroys"),
    ],
)
def test_disks_are_not_cleared_by_mistake(options, says):
    canned = Canned(answers())
    result = canned.run(server_diagnostics, service="server1", **options)
    assert result["msg"].startswith(says)
    assert canned.asked == []


@pytest.mark.parametrize(
    "full, switches", [(True, {"clearhdd": True, "fullhddclear": True}), (False, {"clearhdd": True})]
)
def test_disks_are_cleared(clock, full, switches):
    """A switch that is off is left out: a backend may test whether it is there."""
    change = Change()
    changed = {"post_diag": change, "diag": change.told(NONE, RUNNING, NONE)}
    _result, sent = run(changed, clear_disks=True, full_erase=full, force=True)
    assert sent == [(SENT[0], {"template": "memtest", **switches})]


def test_there_is_one_more_look_right_before_disks_are_cleared(clock):
    """Somebody else has started an installation meanwhile."""
    changed = {"reinstall": turns({"reinstall": []}, {"reinstall": {"status": "running"}})}
    result, sent = run(changed, clear_disks=True, force=True, wait_timeout=30)
    assert sent == [] and "the operation reinstall is running on it" in result["msg"]


def test_they_are_cancelled(clock):
    result, sent = run({"diag": turns(RUNNING, RUNNING, NONE)}, state="cancelled")
    assert sent == [("POST /service/201/diag/cancel", None)]
    assert result["diff"] == {"before": {"diagnostics": True}, "after": {"diagnostics": False}}
    result, sent = run({}, state="cancelled")
    assert (result["changed"], sent) == (False, [])


@pytest.mark.parametrize(
    ("after", "fails"), [(NONE, False), (RUNNING, True), ({"error": ["Server is locked"]}, True), ({"diag": "?"}, True)]
)
def test_they_ended_by_themselves_while_they_were_to_be_cancelled(after, fails):
    """A refusal is no failure where nothing runs any more; it stays one where something does, or where nobody knows."""
    refusal = {"error": ["No operation in progress"]}
    result, sent = run({"diag": turns(RUNNING, after), "post_diag_cancel": refusal}, state="cancelled")
    assert len(sent) == 1
    assert result.get("failed", False) is fails, result
    assert not result.get("changed")


def test_failed_ones(clock):
    result, _sent = run({"diag": turns(NONE, RUNNING, {"diag": {"status": "error"}})})
    assert "reports it as 'error'" in result["msg"] and result["changed"] is True


def test_time_is_over(clock):
    result, sent = run({"diag": turns(NONE, RUNNING)}, wait_timeout=30)
    assert len(sent) == 1
    assert "(last state: diagnostics is running (status running, 40%, template memtest)" in result["msg"]


def test_rescue_mode_stands_in_the_way(clock):
    result, sent = run({"rescue": {"rescue": "active"}}, wait_timeout=20)
    assert sent == []
    assert (
        "the operation rescue is running on it" in result["msg"] and "server_rescue, state=cancelled" in result["msg"]
    )


@pytest.mark.parametrize(
    "changed, options, expected", [({}, {}, "diagnostics"), ({"diag": RUNNING}, {"state": "cancelled"}, None)]
)
def test_check_mode(changed, options, expected):
    result, sent = run(changed, check_mode=True, **options)
    assert (result["changed"], sent, result["server"]["operation"]) == (True, [], expected)


def test_without_waiting_they_are_waited_for_until_they_show(clock):
    result, sent = run({"diag": turns(NONE, NONE, RUNNING)}, wait=False)
    assert (sent, result["server"]["operation"]) == ([SENT], "diagnostics")
