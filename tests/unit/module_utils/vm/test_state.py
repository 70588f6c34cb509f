# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent to bring a VM to a state, on a portal that is late, loses answers and does not tell everything."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.modules import vm as module
from unit.canned import Canned, offers

VMS = "/service/101/vms"
TEMPLATES = [{"id": "d12", "name": "Debian 12"}, {"id": "u24", "name": "Ubuntu"}, {"id": "u24b", "name": "Ubuntu"}]
WEB1 = {"id": 7, "label": "web1", "status": "running", "template": "d12", "memory": 1024, "cpus": 1, "disk": 10}
WEB2 = {"template": "Debian 12", "memory": 2048, "cpu": 2, "disk": 20}


class Backend(Canned):
    """A service with VMs. What was asked for happens at the looks (the GETs of VMs) that `takes` says.

    :ivar takes: after so many looks an action shows, and after how many it is complete.
    :ivar lost: the answer to the next action is lost; the action takes place if it is "after".
    """

    def __init__(self, *vms, takes=(1, 2), lost=None, **templates):
        super().__init__({})
        self.vms = {str(vm["id"]): dict(vm) for vm in vms}
        self.takes, self.lost = takes, lost
        self.looks, self.made = 0, 90 + len(vms)
        self.events = []
        self.hidden = ()

    def _answer(self, request):
        self.answers[str(request)] = self.act(request) if request.method != "GET" else self.look(str(request))
        return super()._answer(request)

    def look(self, asked):
        if asked == "GET /service/101/templates":
            return {"templates": TEMPLATES}
        if asked == "GET /service":
            return {"services": [{"id": "101", "domain": "a.example.com"}]}
        if asked == "GET /service/101/methods":
            return offers()
        self.looks += 1
        for event in [event for event in self.events if event[0] <= self.looks]:
            self.events.remove(event)
            event[1]()
        if asked == f"GET {VMS}":
            return {"vms": {key: {k: v for k, v in vm.items() if k not in self.hidden} for key, vm in self.vms.items()}}
        vm = self.vms.get(asked.rpartition("/")[2])
        return {"vm": vm} if vm else {"error": ["vm not found"]}

    def act(self, request):
        lost, self.lost = self.lost, None
        if lost != "before":
            self.happens(request)
        return {"status": True} if not lost else TransportError("The answer was lost.", request, outcome_unknown=True)

    def happens(self, request):
        first, last = (self.looks + count for count in self.takes)
        vmid, word = dict(request.ids).get("vmid"), request.route.rpartition("/")[2]
        vm = self.vms.get(vmid, {})
        if request.method == "DELETE":
            self.events += [(first, lambda: vm.update(status="destroying")), (last, lambda: self.vms.pop(vmid))]
        elif request.method == "PUT":
            sizes = {"memory": int(request.body["memory"]), "cpus": int(request.body["cpu"])}
            self.events += [
                (first, lambda: vm.update(status="updating")),
                (last, lambda: vm.update(sizes, status="running")),
            ]
        elif word == "vms":
            new = {**request.body, "id": self.made, "status": "creating", "built": 0}
            self.made += 1
            done = {"status": "running", "built": 1, "memory": int(new["memory"]), "cpus": int(new.pop("cpu"))}
            self.events += [(first, lambda: self.vms.update({str(new["id"]): new})), (last, lambda: new.update(done))]
        else:
            words = {
                "start": ("starting", "running"),
                "stop": ("stopping", "stopped"),
                "reboot": ("restarting", "running"),
                "rebuild": ("rebuilding", "running"),
            }[word]
            self.events += [(first, lambda: vm.update(status=words[0]))]
            self.events += [(last, lambda: vm.update(request.body or {}, status=words[1]))]

    def vm(self, label="web1", check_mode=False, **options):
        return self.run(module, check_mode, service="101", **({} if label is None else {"label": label}), **options)

    @property
    def actions(self):
        return [request for request, _body in self.sent]


@pytest.fixture
def backend():
    return Backend


def ok(result, changed=True):
    assert not result.get("failed"), result["msg"]
    assert result["changed"] is changed
    return result["vm"]


# -- create ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("takes", [(1, 2), (4, 9), (0, 0)])
@pytest.mark.parametrize("wait", [True, False])
def test_created_once_however_late_it_shows(backend, takes, wait):
    portal = backend(WEB1, takes=takes)
    vm = ok(portal.vm("web2", wait=wait, **WEB2))
    assert portal.sent == [
        (f"POST {VMS}", {"label": "web2", "template": "d12", "memory": "2048", "cpu": "2", "disk": "20"})
    ]
    assert (vm["id"], vm["label"]) == ("91", "web2")
    if wait:
        assert (vm["power"], vm["built"]) == ("on", True)
    ok(portal.vm("web2", **WEB2), changed=False)
    assert len(portal.sent) == 1


def test_created_once_though_the_answer_was_lost(backend):
    portal = backend(takes=(3, 6), lost="after")
    ok(portal.vm("web2", **WEB2))
    assert len(portal.sent) == 1


def test_a_creation_of_which_no_trace_is_seen_fails(backend):
    portal = backend(lost="before")
    result = portal.vm("web2", **WEB2)
    assert result["failed"] and "The answer was lost" in result["msg"]
    assert len(portal.sent) == 1


def test_created_where_the_list_tells_no_labels(backend):
    portal = backend(WEB1)
    portal.hidden = ("label",)
    ok(portal.vm("web2", **WEB2))
    ok(portal.vm("web2", **WEB2), changed=False)
    assert len(portal.sent) == 1


def test_stopped_creates_first(backend):
    portal = backend()
    assert ok(portal.vm("web2", state="stopped", **WEB2))["power"] == "off"
    assert portal.actions == [f"POST {VMS}", f"POST {VMS}/90/stop"]


def test_stopped_without_waiting_warns(backend):
    portal = backend()
    ok(portal.vm("web2", state="stopped", wait=False, **WEB2))
    assert portal.actions == [f"POST {VMS}"]


@pytest.mark.parametrize("state", ["present", "started", "restarted", "rebuilt"])
def test_a_missing_vm_without_its_sizes_fails(backend, state):
    portal = backend(WEB1)
    result = portal.vm("web2", state=state, template="Debian 12")
    assert "There is no VM web2" in result["msg"] and "7 (web1)" in result["msg"]
    assert not portal.sent


@pytest.mark.parametrize("label", [" web1 ", "web1"])
def test_blanks_around_a_label_do_not_count(backend, label):
    portal = backend(WEB1)
    ok(portal.vm(label), changed=False)
    assert not portal.sent


@pytest.mark.parametrize("options", [{"label": ""}, {"label": "  "}, {"label": None, "vmid": ""}])
def test_an_empty_label_is_refused(backend, options):
    portal = backend(WEB1)
    result = portal.vm(options.pop("label"), **{**WEB2, **options})
    assert result["failed"] and "empty" in result["msg"]
    assert not portal.sent


# -- which one -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["present", "started", "stopped", "restarted", "rebuilt", "absent"])
def test_two_vms_with_one_label_fail(backend, state):
    portal = backend(WEB1, {**WEB1, "id": 8})
    result = portal.vm(state=state, **WEB2)
    assert result["failed"] and "7 (web1), 8 (web1)" in result["msg"]
    assert not portal.sent


def test_one_of_two_by_its_id(backend):
    portal = backend(WEB1, {**WEB1, "id": 8})
    ok(portal.vm(None, vmid="8", state="absent"))
    assert portal.actions == [f"DELETE {VMS}/8"]


def test_an_unknown_id(backend):
    portal = backend(WEB1)
    assert "There is no VM 9" in portal.vm(None, vmid="9", **WEB2)["msg"]
    ok(portal.vm(None, vmid="9", state="absent"), changed=False)
    assert not portal.sent


def test_vms_without_ids_are_never_taken_for_none(backend, monkeypatch):
    portal = backend()
    monkeypatch.setattr(portal, "look", lambda asked: {"vms": [{"label": "web1"}]})
    assert "id of each of its vms" in portal.vm(**WEB2)["msg"]


# -- sizes -----------------------------------------------------------------------------------------------------------


def test_resize_sends_both_sizes(backend):
    portal = backend(WEB1)
    vm = ok(portal.vm(memory=4096))
    assert portal.sent == [(f"PUT {VMS}/7", {"memory": "4096", "cpu": "1"})]
    assert (vm["memory"], vm["cpu"]) == (4096, 1)
    ok(portal.vm(memory=4096), changed=False)


def test_the_same_sizes_change_nothing(backend):
    portal = backend({**WEB1, "memory": "1 GB", "cpus": "1"})
    ok(portal.vm(memory=1024, cpu=1, disk=10, template="Debian 12"), changed=False)
    assert not portal.sent


def test_an_unknown_size_warns_and_is_left(backend):
    portal = backend({**WEB1, "memory": None})
    ok(portal.vm(memory=4096), changed=False)
    assert not portal.sent


def test_a_resize_whose_answer_was_lost(backend):
    portal = backend(WEB1, takes=(3, 40), lost="after")
    ok(portal.vm(memory=4096))
    assert len(portal.sent) == 1


def test_another_disk_fails_before_anything(backend):
    portal = backend({**WEB1, "status": "stopped"})
    result = portal.vm(memory=4096, disk=20, state="started")
    assert "disk of 10 GB" in result["msg"] and not result.get("changed")
    assert not portal.sent


def test_another_template_only_warns(backend):
    portal = backend(WEB1)
    ok(portal.vm(template="u24"), changed=False)
    assert not portal.sent


@pytest.mark.parametrize("template", ["Fedora", "Ubuntu"])
@pytest.mark.parametrize("state", ["present", "rebuilt"])
def test_a_template_that_is_unknown_or_ambiguous_fails_before_anything(backend, template, state):
    portal = backend(WEB1)
    result = portal.vm(template=template, memory=4096, state=state)
    assert result["failed"] and "u24 (Ubuntu), u24b (Ubuntu)" in result["msg"]
    assert not portal.sent


# -- power -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "state", "actions"),
    [
        ("running", "started", []),
        ("stopped", "stopped", []),
        ("stopped", "started", ["start"]),
        ("running", "stopped", ["stop"]),
        ("paused", "started", ["start"]),
        ("خاموش", "started", ["start"]),
        ("something new", "stopped", ["stop"]),
        ("stopped", "present", []),
        ("stopped", "restarted", ["start"]),
        ("running", "restarted", ["reboot"]),
        ("paused", "restarted", ["reboot"]),
    ],
)
def test_power(backend, word, state, actions):
    portal = backend({**WEB1, "status": word})
    vm = ok(portal.vm(state=state), changed=bool(actions))
    assert portal.actions == [f"POST {VMS}/7/{action}" for action in actions]
    if actions:
        assert vm["power"] == ("off" if state == "stopped" else "on")
        assert vm["state"] == {"stop": "stopped"}.get(actions[0], "running")


@pytest.mark.parametrize("action", ["started", "stopped", "restarted", "absent"])
@pytest.mark.parametrize("takes", [(2, 4), (2, 60)])
def test_an_action_whose_answer_was_lost(backend, action, takes):
    portal = backend({**WEB1, "status": "stopped" if action == "started" else "running"}, takes=takes, lost="after")
    ok(portal.vm(state=action, wait_timeout=3600))
    assert len(portal.sent) == 1


@pytest.mark.parametrize("action", ["started", "stopped", "restarted", "absent"])
def test_an_action_of_which_no_trace_is_seen(backend, action):
    portal = backend({**WEB1, "status": "stopped" if action == "started" else "running"}, lost="before")
    result = portal.vm(state=action)
    assert result["failed"] and "The answer was lost" in result["msg"]
    assert len(portal.sent) == 1


@pytest.mark.parametrize(
    ("word", "wanted"), [("starting", "started"), ("stopping", "stopped"), ("powering_off", "stopped")]
)
@pytest.mark.parametrize("options", [{"wait": False}, {"check_mode": True}])
def test_what_is_on_its_way_already(backend, word, wanted, options):
    portal = backend({**WEB1, "status": word})
    ok(portal.vm(state=wanted, **options), changed=False)
    assert not portal.sent


def test_a_busy_vm_without_waiting(backend):
    portal = backend({**WEB1, "status": "rebuilding"})
    result = portal.vm(state="stopped", wait=False)
    assert result["failed"] and "rebuilding" in result["msg"]
    assert not portal.sent


@pytest.mark.parametrize("busy", [{"status": "rebuilding"}, {"built": 0}, {"locked": "1"}])
@pytest.mark.parametrize("state", ["started", "stopped", "present", "absent", "restarted"])
def test_it_lets_a_busy_vm_settle_first(backend, busy, state):
    portal = backend({**WEB1, **busy})
    acted_at = []
    happens = portal.happens
    portal.happens = lambda request: (acted_at.append(portal.looks), happens(request))
    portal.events = [(6, lambda: portal.vms["7"].update({**dict.fromkeys(busy), **WEB1}))]
    result = portal.vm(state=state)
    assert not result.get("failed"), result["msg"]
    assert (
        portal.actions
        == {
            "started": [],
            "present": [],
            "stopped": [f"POST {VMS}/7/stop"],
            "restarted": [f"POST {VMS}/7/reboot"],
            "absent": [f"DELETE {VMS}/7"],
        }[state]
    )
    assert all(look >= 6 for look in acted_at)


def test_a_lock_that_is_told_only_while_it_holds(backend):
    portal = backend({**WEB1, "locked": 1})
    portal.events = [(4, lambda: portal.vms["7"].pop("locked"))]
    ok(portal.vm(state="stopped"))
    assert portal.actions == [f"POST {VMS}/7/stop"]


def test_a_timeout_says_what_was_reached(backend):
    portal = backend({**WEB1, "status": "stopped"}, takes=(1, 999))
    result = portal.vm(state="started", wait_timeout=30)
    assert "Timed out after 30 s waiting for VM web1 of service 101 to be running" in result["msg"]
    assert "its state is starting" in result["msg"] and "last look" not in result["msg"]
    assert result["changed"]


# -- restart and rebuild: the same before and after ------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", [{"state": "restarted"}, {"state": "rebuilt", "template": "Debian 12", "force": True}]
)
def test_what_looks_the_same_before_and_after_needs_a_change_or_some_time(backend, state):
    portal = backend(WEB1, takes=(3, 8))
    ok(portal.vm(**state))
    assert portal.looks >= 2 + 8  # not satisfied by the old state at the first looks
    portal = backend(WEB1, takes=(999, 999))
    before = portal.clock.monotonic()
    ok(portal.vm(**state))
    assert 6 <= portal.clock.monotonic() - before < 20
    assert len(portal.sent) == 1


def test_rebuilt(backend):
    portal = backend(WEB1)
    vm = ok(portal.vm(state="rebuilt", template="u24"))
    assert portal.sent == [(f"POST {VMS}/7/rebuild", {"template": "u24"})]
    assert vm["template"] == "u24"
    ok(portal.vm(state="rebuilt", template="u24"), changed=False)
    ok(portal.vm(state="rebuilt", template="u24b"))  # another one of the same name
    assert len(portal.sent) == 2


def test_rebuilt_where_the_backend_has_ids_of_its_own(backend):
    portal = backend({**WEB1, "template": "debian-12-gen2", "template_label": "Debian 12"})
    ok(portal.vm(state="rebuilt", template="Debian 12"), changed=False)
    assert not portal.sent


def test_rebuilt_where_the_portal_tells_no_template(backend):
    portal = backend({key: value for key, value in WEB1.items() if key != "template"})
    result = portal.vm(state="rebuilt", template="Debian 12", memory=4096)
    assert result["failed"] and "force" in result["msg"]
    assert not portal.sent
    happens = portal.happens
    portal.happens = lambda request: (request.body.pop("template"), happens(request))
    ok(portal.vm(state="rebuilt", template="Debian 12", force=True))
    assert portal.actions == [f"POST {VMS}/7/rebuild"]


@pytest.mark.parametrize("force", [True, False])
def test_a_rebuild_whose_answer_was_lost(backend, force):
    portal = backend(WEB1, takes=(3, 60), lost="after")
    ok(portal.vm(state="rebuilt", template="Debian 12" if force else "u24", force=force, wait_timeout=3600))
    assert len(portal.sent) == 1


# -- destroy ---------------------------------------------------------------------------------------------------------


def test_absent(backend):
    portal = backend(WEB1)
    assert ok(portal.vm(state="absent")) is None
    assert portal.actions == [f"DELETE {VMS}/7"]
    assert ok(portal.vm(state="absent"), changed=False) is None


@pytest.mark.parametrize("wait", [True, False])
def test_a_vm_that_is_being_destroyed_is_not_destroyed_again(backend, wait):
    portal = backend({**WEB1, "status": "destroying"})
    portal.events = [(5, portal.vms.clear)]
    assert ok(portal.vm(state="absent", wait=wait), changed=False) is None
    assert not portal.sent


def test_a_vm_that_is_being_destroyed_is_created_anew(backend):
    portal = backend({**WEB1, "status": "destroying"})
    portal.events = [(5, portal.vms.clear)]
    assert ok(portal.vm(state="started", **WEB2))["id"] == "91"
    assert portal.actions == [f"POST {VMS}"]
    portal = backend({**WEB1, "status": "destroying"})
    result = portal.vm(wait=False, **WEB2)
    assert result["failed"] and "destroying" in result["msg"]
    assert not portal.sent


# -- check mode ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["web1", "web2"])
@pytest.mark.parametrize("word", ["running", "stopped", "rebuilding", "destroying", "paused"])
@pytest.mark.parametrize("state", ["present", "started", "stopped", "restarted", "rebuilt", "absent"])
@pytest.mark.parametrize("options", [{}, {"force": True}, {"wait": False}])
def test_check_mode_sends_nothing(backend, label, word, state, options):
    portal = backend({**WEB1, "status": word})
    portal.vm(label, check_mode=True, state=state, **{**WEB2, "disk": 10}, **options)
    assert not portal.sent


def test_check_mode_predicts(backend):
    portal = backend(WEB1)
    vm = ok(portal.vm("web2", check_mode=True, **WEB2))
    assert (vm["id"], vm["label"], vm["memory"], vm["disk"]) == (None, "web2", 2048, 20)
    assert ok(portal.vm(check_mode=True, memory=4096))["memory"] == 4096
    assert ok(portal.vm(check_mode=True, state="stopped"))["power"] == "off"
    assert ok(portal.vm(check_mode=True, state="absent")) is None
    ok(portal.vm(check_mode=True, memory=1024), changed=False)
    result = portal.vm(check_mode=True, memory=4096, state="stopped")
    assert result["diff"]["before"]["power"] == "on" and result["diff"]["after"]["power"] == "off"
    assert result["diff"]["after"]["memory"] == 4096


# -- what goes on already --------------------------------------------------------------------------------------------


def test_a_lost_destruction_of_a_vm_that_is_gone_by_then(backend):
    portal = backend(WEB1, takes=(0, 0), lost="after")
    assert ok(portal.vm(state="absent")) is None
    assert portal.actions == [f"DELETE {VMS}/7"]


@pytest.mark.parametrize("word", ["destroying", "destroy", "delete", "delete_pending", "deleting", "removing"])
def test_a_vm_that_vanishes_is_gone_whatever_word_it_showed(backend, word):
    portal = backend({**WEB1, "status": word})
    portal.events = [(4, portal.vms.clear)]
    assert ok(portal.vm(state="absent"), changed=False) is None
    assert not portal.sent


@pytest.mark.parametrize("word", ["pending", "stopping"])
def test_a_vm_that_vanishes_while_it_is_at_work_is_gone(backend, word):
    portal = backend({**WEB1, "status": word})
    portal.events = [(4, portal.vms.clear)]
    assert ok(portal.vm(state="absent"), changed=False) is None
    assert not portal.sent


def test_check_mode_while_the_vm_is_being_destroyed(backend):
    portal = backend({**WEB1, "status": "destroying"})
    ok(portal.vm(state="absent", check_mode=True), changed=False)
    ok(portal.vm(state="present", check_mode=True, **WEB2))  # it would be created anew
    assert not portal.sent and portal.clock.slept == []
