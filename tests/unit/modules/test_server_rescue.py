# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import server_rescue
from unit.canned import Canned
from unit.canned_server import DONE, LIVE, SYSRESCD, answers, lost, turns

NONE = {"rescue": []}
STARTING = {"rescue": {"status": "starting", "template": LIVE["id"]}}
ACTIVE = {"rescue": {"status": "active", "template": LIVE["id"]}}
SENT = ("POST /service/201/rescue", {"template": LIVE["id"]})


def run(changed, check_mode=False, **options):
    canned = Canned(answers(**changed))
    return canned.run(server_rescue, check_mode, service="201", **options), canned.sent


def test_it_is_started_and_waited_for(clock):
    result, sent = run({"rescue": turns(NONE, NONE, STARTING, ACTIVE)}, template="Debian Live 12")
    assert sent == [SENT]
    assert (result["changed"], result["server"]["operation"]) == (True, "rescue")
    assert result["diff"] == {"before": {"rescue": False}, "after": {"rescue": True}}


@pytest.mark.parametrize("running", [ACTIVE, {"rescue": True}, {"rescue": {"status": "in_progress"}}])
@pytest.mark.parametrize("template", [None, "Debian Live 12", "live-12"])
def test_it_runs_already(clock, running, template):
    result, sent = run({"rescue": running}, template=template)
    assert (result["changed"], sent) == (False, [])


def test_it_runs_with_another_template():
    result, sent = run({"rescue": ACTIVE}, template=SYSRESCD["name"])
    assert sent == []
    assert result["msg"] == (
        "The operation rescue is running on server 201 already, with the template live-12 and not with "
        "sysrescd (Sysrescd x86_64). Let it end, or cancel it, then run the task again."
    )


def test_the_template_can_be_left_out_if_there_is_one(clock):
    changed = {"rescue": turns(NONE, ACTIVE), "rescue_templates": {"templates": [LIVE]}}
    assert run(changed)[1] == [SENT]
    result, sent = run({})
    assert sent == []
    assert result["msg"] == (
        "Give template: for rescue server 201 offers live-12 (Debian Live 12), sysrescd (Sysrescd x86_64)."
    )


@pytest.mark.parametrize("wish", [True, False])
def test_passwords(clock, wish):
    changed = {"rescue": turns(NONE, ACTIVE), "post_rescue": {**DONE, "password": "Made-up"}}
    options = {"template": "live-12", "rescue_password": "S3cret", "return_password": wish}
    result, sent = run(changed, **options)
    assert sent == [(SENT[0], {"template": "live-12", "password": "S3cret"})]
    assert result["server"]["password"] == ("Made-up" if wish else None)


def test_it_is_cancelled(clock):
    result, sent = run({"rescue": turns(ACTIVE, ACTIVE, NONE)}, state="cancelled")
    assert sent == [("POST /service/201/rescue/cancel", None)]
    assert (result["changed"], result["server"]["operation"]) == (True, None)
    result, sent = run({}, state="cancelled")
    assert (result["changed"], sent) == (False, [])


def test_another_operation_is_waited_for_and_named(clock):
    installing = {"reinstall": {"status": "running"}}
    changed = {"reinstall": turns(installing, installing, []), "rescue": turns(*[NONE] * 4, ACTIVE)}
    assert run(changed, template="live-12")[1] == [SENT]
    result, sent = run({"reinstall": installing}, template="live-12", wait_timeout=20)
    assert sent == []
    assert "waiting for server 201 to be free (last state: the operation reinstall is running on it" in result["msg"]


def test_lost_answers(clock):
    changed = {"rescue": turns(NONE, STARTING, ACTIVE), "post_rescue": lost()}
    result, sent = run(changed, template="live-12")
    assert (result["changed"], sent) == (True, [SENT])
    changed = {"rescue": turns(ACTIVE, ACTIVE, NONE), "post_rescue_cancel": lost()}
    result, sent = run(changed, state="cancelled")
    assert (result["changed"], len(sent)) == (True, 1)


def test_it_fails_to_start(clock):
    result, _sent = run({"rescue": turns(NONE, {"rescue": {"status": "failed"}})}, template="live-12")
    assert "reports it as 'failed'" in result["msg"]


def test_without_waiting(clock):
    result, sent = run({"rescue": turns(NONE, NONE, STARTING)}, template="live-12", wait=False)
    assert (sent, result["server"]["operation"]) == ([SENT], "rescue")
    result, sent = run({"rescue": ACTIVE}, state="cancelled", wait=False)
    assert (len(sent), result["server"]["operation"]) == (1, None)


@pytest.mark.parametrize(
    "changed, options, route, expected",
    [
        ({}, {"template": "live-12"}, "rescue", "rescue"),
        ({"rescue": ACTIVE}, {"state": "cancelled"}, "rescue/cancel", None),
    ],
)
def test_check_mode(changed, options, route, expected):
    routes = [{"name": "", "method": "POST", "route": f"/service/@id/{route}"}]
    result, sent = run({**changed, "methods": {"methods": routes}}, check_mode=True, **options)
    assert (result["changed"], sent, result["server"]["operation"]) == (True, [], expected)
