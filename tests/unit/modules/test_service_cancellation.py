# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.modules import service_cancellation
from unit.canned import Canned

CANCEL = "POST /service/301/cancel"


def portal(answer, status="Active", label=""):
    details = {"service": {"id": 301, "status": status}}
    routes = [("POST", "/service/@id/cancel"), ("GET", "/service/@id/label")]
    methods = {"methods": [{"method": method, "route": route} for method, route in routes]}
    answers = {"GET /service/301/label": {"label": label}, "GET /service/301/methods": methods}
    return Canned({"GET /service/301": details, **answers, CANCEL: answer})


def run(canned, **options):
    return canned.run(service_cancellation, **{"service": "301", "reason": "it ends", **options})


@pytest.mark.parametrize(
    "options, words",
    [({"when": "immediate"}, "use force=true"), ({"reason": "  "}, "reason must not be empty")],
)
def test_bad_input_is_refused_before_anything_is_sent(options, words):
    canned = portal({})
    result = run(canned, **options)
    assert result["failed"]
    assert words in result["msg"]
    assert canned.asked == []


@pytest.mark.parametrize(
    "options, immediate", [({}, "false"), ({"when": "immediate", "force": True}, "true"), ({"force": True}, "false")]
)
def test_a_request(options, immediate):
    canned = portal({"info": ["cancell_sent"]})
    result = run(canned, **options)
    assert canned.sent == [(CANCEL, {"immediate": immediate, "reason": "it ends"})]
    assert result["changed"] is True
    assert result["cancellation"]["state"] == "requested"


def test_a_request_that_was_made_before_changes_nothing():
    result = run(portal({"error": ["cancelled_already"]}))
    assert result["changed"] is False
    assert result["cancellation"] == {
        "service_id": "301",
        "state": "already_requested",
        "when": None,
        "reason": None,
    }
    assert result["diff"]["before"] == result["diff"]["after"]


@pytest.mark.parametrize("status", ["Terminated", "Cancelled", "cancelled"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_a_service_that_is_gone_is_left_alone(status, check_mode):
    canned = portal({}, status)
    result = run(canned, check_mode=check_mode)
    assert canned.sent == []
    assert result["changed"] is False
    assert result["cancellation"]["state"] == "gone"


def test_check_mode_sends_nothing():
    canned = portal({})
    result = run(canned, check_mode=True)
    assert canned.sent == []
    assert (result["changed"], result["cancellation"]["state"]) == (True, "requested")


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_protected_service_is_cancelled_by_force_only(check_mode):
    canned = portal({"info": ["cancell_sent"]}, label="main #db #Protected")
    result = run(canned, check_mode=check_mode)
    assert result["msg"] == (
        "Service 301 is tagged #protected, and was left alone. To cancel it anyway, use force=true."
    )
    assert canned.sent == []
    assert run(canned, force=True)["changed"]


def test_a_service_without_labels_cannot_be_protected():
    canned = portal({"info": ["cancell_sent"]})
    del canned.answers["GET /service/301/label"]
    canned.answers["GET /service"] = {"services": [{"id": "301", "domain": "a.b"}]}
    canned.answers["GET /service/301/methods"] = {"methods": [{"method": "POST", "route": "/service/@id/cancel"}]}
    assert run(canned)["changed"]


def test_a_label_that_cannot_be_read_cancels_nothing():
    canned = portal({"info": ["cancell_sent"]})
    canned.answers["GET /service/301/label"] = {"error": ["internal error"]}
    assert run(canned)["failed"]
    assert canned.sent == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_protected_vm_keeps_its_service(check_mode):
    canned = portal({"info": ["cancell_sent"]}, label="cloud")
    canned.answers["GET /service/301/vms"] = {"vms": [{"id": "7", "label": "db1 #protected", "state": "on"}]}
    result = run(canned, check_mode=check_mode)
    assert result["msg"] == (
        "VM db1 #protected of service 301 is tagged #protected, and was left alone. To cancel the service anyway, use "
        "force=true."
    )
    assert canned.sent == []
    assert run(canned, force=True)["changed"]


def test_vms_that_cannot_be_read_keep_their_service():
    canned = portal({"info": ["cancell_sent"]})
    canned.answers["GET /service/301/vms"] = {"error": ["internal error"]}
    canned.answers["GET /service/301/methods"]["methods"].append({"method": "GET", "route": "/service/@id/vms"})
    assert run(canned)["failed"]
    assert canned.sent == []


def test_a_lost_answer_is_not_repeated_and_says_what_to_do():
    canned = portal(TransportError("The connection broke.", outcome_unknown=True))
    result = run(canned)
    assert len(canned.sent) == 1
    assert result["msg"].startswith("The connection broke. Run the task again")


def test_a_refusal_is_a_failure():
    result = run(portal({"error": ["cannot_cancel_this_service"]}))
    assert result["failed"]
    assert "cannot be cancelled" in result["msg"]
