# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Denials and successes in every form, and what took effect whatever was answered."""

from __future__ import annotations

import json
from typing import Any

import pytest

LABEL = "/service/101/label"
STOP = "/service/101/vms/18867/stop"
STOPS = {f"POST /api{STOP}": 1}
DENIALS = {
    "error_text": {"error": "Node is down"},
    "error_list": {"error": ["Node is down"]},
    "error_objects": {"error": [{"code": 5, "message": "Node is down"}]},
    "error_beside_true": {"status": True, "error": ["Node is down"]},
    "errors_list": {"errors": ["Node is down"]},
    "errors_object": {"errors": {"node": ["Node is down"]}},
    "status_error": {"status": "error"},
    "status_failed": {"status": "failed"},
    "status_false": {"status": False},
    "status_false_message": {"status": False, "message": "Node is down"},
    "status_false_msg": {"status": False, "msg": "Node is down"},
    "success_false": {"success": False},
    "success_no": {"success": "no"},
    "success_zero": {"success": 0},
    "result_error": {"result": "error"},
    "ok_false": {"ok": False},
    "code_500": {"code": 500, "message": "Node is down"},
    "beside_data": {"success": False, "message": "Node is down", "data": []},
}
REPLIES = {
    "status_ok": {"status": "ok"},
    "success_true": {"success": True},
    "result_success": {"result": "success"},
    "task": {"task_id": "58213"},
    "object": {},
    "list": [],
    "null": None,
    "false": False,
    "text": "OK",
}
HARMLESS = {
    "list": [],
    "object": {},
    "empty": "",
    "null": None,
    "zero": 0,
    "zero_text": "0",
    "false": False,
    "none": "none",
}


@pytest.mark.parametrize("form", DENIALS)
def test_a_denial_does_nothing_unless_it_is_told_to(portal: Any, form: str) -> None:
    portal.fault("denial", form=form, method="POST")
    assert portal.full("POST", STOP) == (200, DENIALS[form])
    assert portal.running.effects() == {}
    portal.fault("denial", form=form, method="POST", effect=True)
    assert portal.full("POST", STOP) == (200, DENIALS[form])
    assert portal.running.effects() == STOPS
    portal.advance(30)
    assert portal.get("/service/101/vms/18867")["vm"]["state"] == "offline"


def test_a_read_may_be_denied_beside_an_empty_list(portal: Any) -> None:
    portal.fault("denial", form="beside_data", method="GET", times=2)
    assert portal.get("/service/101/vms") == {"success": False, "message": "Node is down", "vms": []}
    assert portal.get("/service") == {"success": False, "message": "Node is down", "services": []}
    assert portal.get("/service/101/vms")["vms"]


@pytest.mark.parametrize("form", REPLIES)
def test_a_success_has_many_forms(portal: Any, form: str) -> None:
    portal.set(reply=form)
    assert portal.call("POST", STOP) == REPLIES[form]
    assert portal.running.effects() == STOPS
    # an answer that tells more, and a refusal, stay
    body = {"dept_id": 1, "subject": "s", "body": "b"}
    assert "ticket" in portal.call("POST", "/tickets", body)
    assert portal.call("POST", STOP) == {"error": ["VM is locked by another operation"]}


def test_a_fault_may_be_a_form_of_success(portal: Any) -> None:
    portal.fault("reply", form="null", method="POST", path="/label$")
    assert portal.call("POST", LABEL, {"label": "x"}) is None
    assert portal.get(LABEL) == {"label": "x"}
    portal.fault("reply", form="task", effect=False, path="/label$")
    assert portal.call("POST", LABEL, {"label": "y"}) == {"task_id": "58213"}
    assert portal.get(LABEL) == {"label": "x"}
    for wrong in ("", "status_false"):
        with pytest.raises(ValueError, match="form"):
            portal.fault("reply", form=wrong)


@pytest.mark.parametrize("kind", HARMLESS)
def test_an_error_may_be_none(portal: Any, kind: str) -> None:
    portal.set(harmless=kind)
    assert portal.call("POST", STOP) == {"status": True, "error": HARMLESS[kind]}
    portal.set(reply="result_success")
    answer = portal.call("POST", "/service/101/vms/18868/stop")
    assert answer == {"result": "success", "error": HARMLESS[kind]}
    assert portal.running.effects() == {**STOPS, "POST /api/service/101/vms/18868/stop": 1}


def test_what_does_nothing_has_no_effect(portal: Any) -> None:
    portal.set(auto_pay=False)
    for path in ("/service/102/vms/2002/stop", "/service/201/poweron", "/service/101/upgrade", STOP):
        portal.call("POST", path)
    assert portal.running.effects() == STOPS
    portal.clear_log()
    cancel = {"immediate": "false", "reason": "r"}
    for _place in range(2):
        portal.call("POST", "/service/301/cancel", cancel)
        portal.call("PUT", "/tickets/736633/close")
        portal.call("PUT", "/notifications/71/ack")
        portal.call("DELETE", "/service/201/ips/502")
    assert set(portal.running.effects().values()) == {1}
    portal.get("/service")
    portal.call("POST", "/login", {"username": "user@example.com", "password": "secret"}, auth=None)
    portal.call("POST", "/tickets", {"dept_id": 9, "subject": "s", "body": "b"})
    assert len(portal.running.effects()) == 4
    assert [one["effect"] for one in portal.log(method="DELETE")] == [True, False]
    assert len(portal.log(effect=1)) == 4


def test_two_orders_are_two_effects(portal: Any) -> None:
    body = {"label": "twice", "template": "11", "memory": 1024, "cpu": 1, "disk": 10}
    portal.fault("drop_after", method="POST")
    with pytest.raises(OSError):
        portal.raw("POST", "/service/102/vms", body)
    portal.fault("status", status=503, retry_after=1, effect=True, method="POST")
    assert portal.raw("POST", "/service/102/vms", body)[0] == 503
    portal.fault("status", status=503, method="POST")
    assert portal.raw("POST", "/service/102/vms", body)[0] == 503
    assert portal.running.effects() == {"POST /api/service/102/vms": 2}
    assert portal.running.effects(status=503) == {"POST /api/service/102/vms": 1}
    assert json.loads(json.dumps(portal.summary()))["effects"] == portal.running.effects()
