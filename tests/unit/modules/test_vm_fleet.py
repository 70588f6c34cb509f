# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many VMs in one task: what is sent, what one failure does to the others, and what purge leaves alone."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import ApiError, RateLimited
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms
from ansible_collections.sindad.cloud.plugins.module_utils._vm.fleet_item import FleetItem
from ansible_collections.sindad.cloud.plugins.module_utils._vm.record import to_vm
from ansible_collections.sindad.cloud.plugins.module_utils._vm.transitions import SIZES
from ansible_collections.sindad.cloud.plugins.modules import vm_fleet as module
from unit.module_utils.vm.test_guard import Labelled
from unit.module_utils.vm.test_orders import RENAMES, Renaming
from unit.module_utils.vm.test_state import TEMPLATES, VMS, WEB1

NEW = {"template": "Debian 12", "memory": 2048, "cpu": 2, "disk": 20}
DB1 = {**WEB1, "id": 8, "label": "db1"}
OFF1 = {**WEB1, "id": 9, "label": "off1", "status": "stopped"}


def apply(portal, *vms, check_mode=False, **options):
    return portal.run(module, check_mode, service="101", vms=list(vms), **options)


def actions(result):
    return {each["label"]: each["action"] for each in result["fleet"]}


def ok(result, changed=True):
    assert not result.get("failed"), result["msg"]
    assert result["changed"] is changed
    return actions(result)


def test_every_vm_comes_to_its_own_state():
    portal = Labelled(WEB1, DB1, OFF1, label="")
    wanted = [
        {"label": "new1", "state": "started", **NEW},
        {"label": "web1", "memory": 4096},
        {"label": "off1", "state": "started"},
        {"label": "db1", "state": "absent"},
        {"label": "gone", "state": "absent"},
        {"label": "new2", "state": "stopped", **NEW},
    ]
    assert ok(apply(portal, *wanted)) == {
        "new1": "created",
        "web1": "resized",
        "off1": "started",
        "db1": "destroyed",
        "gone": "none",
        "new2": "created",
    }
    powers = {vm["label"]: vm["status"] for vm in portal.vms.values()}
    assert powers == {"web1": "running", "off1": "running", "new1": "running", "new2": "stopped"}
    assert ok(apply(portal, *wanted), changed=False)
    assert sorted(portal.actions).count(f"POST {VMS}") == 2


def test_the_results_are_in_the_order_of_the_items():
    portal = Labelled(WEB1, DB1)
    result = apply(portal, {"label": "db1"}, {"vmid": "7"}, {"label": "x", "state": "absent"})
    assert [(each["label"], each["vmid"]) for each in result["fleet"]] == [("db1", "8"), ("web1", "7"), ("x", None)]


@pytest.mark.parametrize("rename", RENAMES.values(), ids=RENAMES)
def test_a_renamed_vm_is_bought_once(rename):
    portal = Renaming(rename, WEB1)
    for _run in range(2):
        result = apply(portal, {"label": "web-2", **NEW})
        assert not result.get("failed"), result["msg"]
    assert portal.actions == [f"POST {VMS}"]


def test_a_failing_item_stops_no_other():
    portal = Labelled(WEB1, DB1)
    result = apply(
        portal, {"label": "web1", "disk": 99}, {"label": "x"}, {"label": "db1", "state": "stopped"}, {"vmid": "99"}
    )
    assert result["failed"] and result["changed"] and "3 of 4 VMs failed" in result["msg"]
    assert [each["failed"] for each in result["fleet"]] == [True, True, False, True]
    assert portal.actions == [f"POST {VMS}/8/stop"]


def test_waits_overlap_and_a_round_is_one_request():
    vms = [{**WEB1, "id": number, "label": f"web{number}"} for number in range(10, 40)]
    portal = Labelled(*vms, takes=(40, 60))
    ok(apply(portal, *({"vmid": str(vm["id"]), "state": "stopped"} for vm in vms)))
    assert len(portal.sent) == 30
    reads = [request for request, _body in portal.asked if request.startswith("GET")]
    assert reads.count(f"GET {VMS}") < 70  # the portal shows the end after 60 looks


def test_a_portal_that_takes_one_operation_at_a_time():
    portal = Labelled(WEB1, DB1, OFF1)
    act, running = portal.act, []

    def one_at_a_time(request):
        running[:] = list(portal.events)
        return {"error": ["another operation is in progress"]} if running else act(request)

    portal.act = one_at_a_time
    assert ok(apply(portal, *({"vmid": each, "state": "restarted"} for each in "789"))) == {
        "web1": "restarted",
        "db1": "restarted",
        "off1": "started",
    }


def test_a_portal_that_creates_one_at_a_time():
    portal = Labelled(WEB1)
    act = portal.act

    def one_at_a_time(request):
        return {"error": ["another operation is in progress"]} if portal.events else act(request)

    portal.act = one_at_a_time
    result = apply(portal, {"label": "new1", **NEW}, {"label": "new2", **NEW})
    assert sorted(each["action"] for each in result["fleet"]) == ["created", "none"]
    assert "another operation is in progress" in result["msg"] and "did not come up within 3" in result["msg"]
    assert len(portal.actions) == 2
    result = apply(portal, {"label": "new1", **NEW}, {"label": "new2", **NEW})
    assert sorted(ok(result).values()) == ["created", "none"]
    assert sorted(vm["label"] for vm in portal.vms.values()) == ["new1", "new2", "web1"]


def test_a_portal_that_is_too_busy_for_a_creation():
    portal = Labelled(WEB1)
    portal.act = lambda request: {"error": ["another operation is in progress"]}
    result = apply(portal, {"label": "new1", **NEW}, wait_timeout=20)
    assert (result["failed"], result["changed"]) == (True, False)
    assert "another operation is in progress. VM new1 of service 101 did not come up within" in result["msg"]
    assert portal.actions == [f"POST {VMS}"]
    del portal.act
    assert ok(apply(portal, {"label": "new1", **NEW})) == {"new1": "created"}


class OneLate(Labelled):
    """What is called late is listed later than all the others."""

    def happens(self, request):
        self.takes = (9, 12) if (request.body or {}).get("label") == "late" else (1, 2)
        super().happens(request)


@pytest.mark.parametrize("labels", [("late", "soon"), ("soon", "late"), ("soon", "late", "also soon")])
def test_a_vm_that_is_listed_late_is_not_taken_for_another(labels):
    portal = OneLate(WEB1)
    result = apply(portal, *({"label": label, **NEW} for label in labels))
    assert ok(result) == dict.fromkeys(labels, "created")
    assert [each["vm"]["label"] for each in result["fleet"]] == list(labels)
    assert len(portal.actions) == len(labels)


@pytest.mark.parametrize("labels", [("late", "soon"), ("soon", "late")])
def test_a_later_run_does_not_take_it_for_another_either(labels):
    portal = OneLate(WEB1)
    wanted = [{"label": label, **NEW} for label in labels]
    assert apply(portal, *wanted, wait_timeout=4)["failed"]
    assert list(portal.vms) == ["7", "91"] or list(portal.vms) == ["7", "92"]
    for _run in range(9):
        result = apply(portal, *({**each, "state": "stopped"} for each in wanted), wait_timeout=20)
        assert {each["vm"]["label"] for each in result["fleet"] if each["vm"]} <= set(labels)
        assert len({each["vmid"] for each in result["fleet"] if each["vmid"]} - {None}) == len(portal.vms) - 1
    assert ok(result, changed=False) == dict.fromkeys(labels, "none")
    assert portal.actions.count(f"POST {VMS}") == 2


def test_what_was_not_sent_leaves_no_note():
    portal = Labelled(WEB1)
    act = portal.act

    def killed(request):
        act(request)
        raise KeyboardInterrupt

    portal.act = killed
    with pytest.raises(KeyboardInterrupt):
        apply(portal, {"label": "new1", **NEW}, {"label": "new2", **NEW}, workers=1)
    portal.act = act
    assert ok(apply(portal, {"label": "new1", **NEW}, {"label": "new2", **NEW})) == {"new1": "none", "new2": "created"}
    assert sorted(vm["label"] for vm in portal.vms.values()) == ["new1", "new2", "web1"]


def test_a_list_that_tells_less_than_the_details():
    portal = Labelled(WEB1, DB1, label="")
    portal.hidden = ("memory", "cpus", "template")
    result = apply(
        portal,
        {"label": "web1", "memory": 4096},
        {"label": "db1", "state": "rebuilt", "template": "u24"},
        wait_timeout=60,
    )
    assert ok(result) == {"web1": "resized", "db1": "rebuilt"}
    assert result["fleet"][0]["vm"]["memory"] == 4096


def test_check_mode_sends_nothing_and_tells_all():
    portal = Labelled(WEB1, DB1, label="")
    result = apply(
        portal,
        {"label": "new1", **NEW},
        {"label": "web1", "state": "rebuilt", "template": "u24"},
        check_mode=True,
        purge=True,
        force=True,
    )
    assert ok(result) == {"new1": "created", "web1": "rebuilt", "db1": "destroyed"}
    assert not portal.sent
    assert [each["after"].get("template") for each in result["diff"]] == ["d12", "u24", None]


def test_purge_destroys_what_is_not_listed():
    portal = Labelled(WEB1, DB1, OFF1, label="")
    assert ok(apply(portal, {"label": "db1"}, purge=True, force=True)) == {
        "db1": "none",
        "web1": "destroyed",
        "off1": "destroyed",
    }
    assert list(portal.vms) == ["8"]


def test_purge_leaves_alone_what_is_protected():
    portal = Labelled(WEB1, {**DB1, "label": "db1 #protected"}, label="")
    result = apply(portal, purge=True, force=True)
    assert result["failed"] and "#protected" in result["msg"]
    assert portal.actions == [f"DELETE {VMS}/7"]


def test_purge_needs_to_know_all_names():
    portal = Labelled(WEB1, {**DB1, "label": None})
    result = apply(portal, {"vmid": "7"}, purge=True, force=True)
    assert result["failed"] and "no name for the VMs 8" in result["msg"]
    assert not portal.sent


def test_purge_needs_to_find_all_that_is_listed():
    portal = Labelled(WEB1, DB1)
    result = apply(portal, {"label": "web2"}, {"vmid": "999"}, purge=True, force=True)
    assert result["failed"] and not portal.sent


@pytest.mark.parametrize(
    ("vms", "options", "words"),
    [
        ([{"label": "a"}, {"label": "A"}], {}, "more than once"),
        ([{"vmid": "1"}, {"vmid": " 1"}], {}, "more than once"),
        ([{"state": "started"}], {}, "Item 1 of vms must have a label or a vmid"),
        ([{"label": " "}], {}, "Item 1"),
        ([{"label": "a", "vmid": "1"}], {}, "Item 1"),
        ([{"label": "a", "memory": 0}], {}, "memory of a must be a whole number of MB above 0, not '0'"),
        ([{"label": "a", "memory": 2}], {}, "memory of a is 2 MB, which is too little for a VM. For 2 GB write"),
        ([{"vmid": "7", "disk": "big"}], {}, "disk of 7 must be a size, not 'big'. Give it in GB"),
        ([{"label": "a", "cpu": 0}], {}, "cpu of a must be more than 0, not 0."),
        ([{"label": "a"}], {"state": "rebuilt"}, "give it a template"),
        ([], {"purge": True}, "set force=true too"),
        ([], {"workers": 0}, "workers must be more than 0"),
    ],
)
def test_bad_input_is_refused_before_anything_is_asked(vms, options, words):
    portal = Labelled(WEB1)
    result = apply(portal, *vms, **options)
    assert result["failed"] and words in result["msg"]
    assert not portal.asked


def test_two_vms_of_one_label_are_not_guessed():
    portal = Labelled(WEB1, {**WEB1, "id": 8})
    result = apply(portal, {"label": "web1", "state": "absent"})
    assert "7 (web1), 8 (web1)" in result["msg"] and not portal.sent


def test_an_unknown_template_is_the_items_failure():
    portal = Labelled(WEB1)
    result = apply(portal, {"label": "a", **NEW, "template": "x"}, {"label": "web1", "state": "stopped"})
    assert f"{TEMPLATES[0]['name']}" in result["msg"] and portal.actions == [f"POST {VMS}/7/stop"]


def test_what_is_not_ready_in_time_fails_and_goes_on_later():
    portal = Labelled(WEB1, takes=(60, 90))
    result = apply(portal, {"label": "a", **NEW}, wait_timeout=5)
    assert result["failed"] and "not ordered again" in result["msg"]
    for _run in range(8):
        result = apply(portal, {"label": "a", **NEW}, wait_timeout=60)
    assert not result.get("failed") and portal.actions == [f"POST {VMS}"]


@pytest.mark.parametrize("lost", ["before", "after"])
def test_a_lost_order_is_not_repeated(lost):
    portal = Labelled(WEB1, lost=lost, takes=(3, 6))
    for _run in range(2):
        result = apply(portal, {"label": "a", **NEW}, wait_timeout=20)
    assert portal.actions == [f"POST {VMS}"]
    assert bool(result.get("failed")) is (lost == "before")


def test_without_waiting_vms_are_listed_at_least():
    portal = Labelled(WEB1, takes=(2, 999))
    result = apply(portal, {"label": "a", **NEW, "state": "stopped"}, {"label": "web1", "state": "stopped"}, wait=False)
    assert ok(result) == {"a": "created", "web1": "stopped"}
    assert [each["vmid"] for each in result["fleet"]] == ["91", "7"]


class Refusing(Labelled):
    """A service that answers each change in the same way, without doing it."""

    def act(self, request):
        return self.refusal(request)


@pytest.mark.parametrize("status", [429, 401])
def test_what_the_portal_did_not_take_is_no_change(status):
    portal = Refusing(WEB1)
    portal.refusal = lambda request: RateLimited("Later.", request, status_code=status)
    result = apply(portal, {"label": "web-2", **NEW})
    assert (result["failed"], result["changed"]) == (True, False)


def test_an_order_of_which_it_is_unknown_is_not_sent_again_however_busy_the_portal_is():
    portal = Refusing(WEB1)
    busy = "VM is locked by another operation"
    portal.refusal = lambda request: ApiError(busy, request, [busy], 500, outcome_unknown=True)
    result = apply(portal, {"label": "web1", "state": "stopped"}, wait_timeout=120)
    assert result["failed"] and busy in result["fleet"][0]["msg"]
    assert portal.actions == [f"POST {VMS}/7/stop"]


def test_the_note_goes_once_the_vm_is_found_by_its_label():
    portal = Labelled(WEB1, lost="after", takes=(40, 42))
    assert apply(portal, {"label": "web-2", **NEW}, wait_timeout=3)["failed"]
    portal.looks = 100
    ok(apply(portal, {"label": "web-2", **NEW}), changed=False)
    portal.takes = (1, 2)
    ok(apply(portal, {"label": "web-2", "state": "absent"}))
    ok(apply(portal, {"label": "web-2", **NEW}))


def test_a_vm_without_a_name_may_be_the_one_that_is_wanted():
    nameless = {key: value for key, value in DB1.items() if key != "label"}
    result = apply(Labelled(WEB1, nameless), {"label": "web-2", **NEW}, {"label": "web1", "state": "stopped"})
    assert "the portal reports no name for: 8" in result["fleet"][0]["msg"]
    assert [each["action"] for each in result["fleet"]] == ["none", "stopped"]


def test_a_vm_that_is_being_destroyed_is_not_taken_for_the_wanted_one():
    portal = Labelled({**WEB1, "status": "destroying"})
    result = apply(portal, {"label": "web1", **NEW})
    assert "is being destroyed. Nothing is done to it" in result["fleet"][0]["msg"]
    assert portal.actions == []


def test_one_that_somebody_else_destroys_is_waited_for():
    portal = Labelled({**WEB1, "status": "destroying"})
    portal.events = [(3, portal.vms.clear)]
    assert ok(apply(portal, {"label": "web1", "state": "absent"}), changed=False) == {"web1": "none"}
    assert portal.actions == []


def test_one_that_goes_while_it_is_stopped_is_a_failure():
    portal = Labelled(WEB1, takes=(30, 40))
    portal.events = [(4, portal.vms.clear)]
    result = apply(portal, {"label": "web1", "state": "stopped"})
    assert "no longer exists" in result["fleet"][0]["msg"]


def test_the_state_of_the_list_is_taken_as_a_whole():
    item = FleetItem(
        {**dict.fromkeys(("label", "template", "force", "state", *SIZES)), "vmid": "7"},
        "stopped",
        Vms(Labelled(WEB1).client, "101"),
    )
    item.vm = to_vm("101", {**WEB1, "locked": 1, "built": 0})
    item.observe(to_vm("101", {"id": 7, "label": "web1", "status": "stopped"}))
    assert (item.vm["locked"], item.vm["built"], item.vm["power"], item.vm["memory"]) == (None, None, "off", 1024)
