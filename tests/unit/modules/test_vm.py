# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import vm
from unit.canned import Canned

ON = {"id": "7", "label": "web1", "state": "online", "memory": 512, "cpus": "1", "disk": 10, "template": "debian-12"}


def portal(*looks, **answers):
    """A service whose VM looks like this in turn; the last look stays."""
    left = list(looks)

    def now(_body):
        return left.pop(0) if len(left) > 1 else left[0]

    def listed(_body):
        look = left[0]
        return {"vms": {look["id"]: look} if look else []}

    routes = {"GET /service/1/vms": listed, "GET /service/1/vms/7": lambda body: {"vm": now(body)}}
    for verb in ("start", "stop", "reboot", "rebuild"):
        routes[f"POST /service/1/vms/7/{verb}"] = {"status": True}
    routes["PUT /service/1/vms/7"] = {"status": True}
    return Canned({**routes, **answers})


def test_a_lock_that_only_an_earlier_list_told_does_not_last():
    locked = {**ON, "state": "starting", "locked": True}
    canned = portal(locked, locked, ON)
    result = canned.run(vm, service="1", label="web1", state="started", wait_timeout=5)
    assert result["vm"]["power"] == "on"
    assert result["vm"]["locked"] is None
    assert result["changed"] is False
    assert canned.sent == []


def test_both_sizes_are_sent_as_text():
    canned = portal(ON, {**ON, "memory": 1024})
    result = canned.run(vm, service="1", vmid="7", memory=1024)
    assert canned.sent == [("PUT /service/1/vms/7", {"memory": "1024", "cpu": "1"})]
    assert result["changed"] is True
    assert result["diff"]["before"]["memory"] == 512
    assert result["diff"]["after"]["memory"] == 1024


def test_a_state_word_that_nobody_knows_is_acted_on_once():
    canned = portal({**ON, "state": "paused"}, {**ON, "state": "paused"}, {**ON, "state": "offline"})
    result = canned.run(vm, service="1", label="web1", state="stopped")
    assert [request for request, _body in canned.sent] == ["POST /service/1/vms/7/stop"]
    assert result["vm"]["power"] == "off"


def test_without_waiting_a_vm_that_is_starting_is_left_alone():
    canned = portal({**ON, "state": "starting"})
    result = canned.run(vm, service="1", label="web1", state="stopped", wait=False)
    assert result["failed"] is True
    assert "VM web1 of service 1 is starting just now" in result["msg"]
    assert canned.sent == []


def test_a_vm_that_is_being_destroyed_is_not_destroyed_again():
    going = {**ON, "state": "destroying"}
    looks = [{"vms": {"7": going}}, {"vms": {"7": going}}, {"vms": []}]
    canned = portal(going, **{"GET /service/1/vms": lambda _body: looks.pop(0) if len(looks) > 1 else looks[0]})
    result = canned.run(vm, service="1", label="web1", state="absent")
    assert result["vm"] is None
    assert canned.sent == []


def test_a_vm_of_another_service_is_not_taken_for_gone():
    canned = Canned({"GET /service": {"services": [{"id": "1", "domain": "a.example.com"}]}})
    result = canned.run(vm, service="1", vmid="7", state="absent")
    assert result["failed"] is True
    assert "does not offer GET /service/@id/vms" in result["msg"] or "Method not found" in result["msg"]


@pytest.mark.parametrize("option", ["memory", "cpu", "disk"])
def test_a_size_of_nothing_is_refused_before_anything_is_asked(option):
    canned = portal(ON)
    result = canned.run(vm, service="1", label="web1", **{option: 0})
    assert result["msg"] == f"{option} must be more than 0, not 0."
    assert canned.asked == []
