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
    assert "VM web1 of service 1 is currently starting" in result["msg"]
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


@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"memory": 0}, "memory must be a whole number of MB above 0, not '0'."),
        ({"memory": 2}, "memory is 2 MB, which is too little for a VM. For 2 GB write memory: 2G."),
        ({"memory": "much"}, "memory must be a size, not 'much'."),
        ({"cpu": 0}, "cpu must be more than 0, not 0."),
        ({"disk": -1}, "disk must be a whole number of GB above 0, not '-1'."),
        ({"disk": "2 apples"}, "disk must be a size, not '2 apples'. Give it in GB, or with a unit, such as disk: 2G."),
    ],
)
def test_a_size_that_cannot_be_meant_is_refused_before_anything_is_asked(options, message, check_mode):
    canned = portal(ON)
    result = canned.run(vm, check_mode, service="1", label="web1", **options)
    assert result["failed"] is True and message in result["msg"]
    assert canned.asked == []


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"label": "wbe1", "state": "started"}, " To create it, specify template, memory, cpu, disk too."),
        ({"label": "wbe1", "state": "restarted"}, ""),
        ({"vmid": "8", "state": "started"}, ""),
    ],
)
def test_what_cannot_create_a_vm_does_not_advise_to(options, hint):
    there = "Did you mean 7 (web1)? Available: 7 (web1)." if "label" in options else "Available: 7 (web1)."
    result = portal(ON).run(vm, service="1", **options)
    name = options.get("label") or options["vmid"]
    assert result["msg"] == f"There is no VM {name} of service 1. {there}{hint}"


@pytest.mark.parametrize("memory", [512, "512", "512 MB", "0.5G", "۵۱۲"])
def test_the_same_memory_in_another_unit_is_no_difference(memory):
    canned = portal(ON)
    result = canned.run(vm, service="1", label="web1", memory=memory, disk="10G")
    assert result["changed"] is False and not result.get("failed")
    assert result["vm"]["memory"] == 512


@pytest.mark.parametrize("memory", ["1G", "1 GB", "1024 MB", 1024])
def test_a_size_with_a_unit_is_sent_in_mb(memory):
    canned = portal(ON, {**ON, "memory": 1024})
    canned.run(vm, service="1", label="web1", memory=memory)
    assert canned.sent == [("PUT /service/1/vms/7", {"memory": "1024", "cpu": "1"})]
