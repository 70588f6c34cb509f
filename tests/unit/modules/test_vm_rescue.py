# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.module_utils._vm.record import is_rescued, to_vm
from ansible_collections.sindad.cloud.plugins.modules import vm_rescue
from unit.canned import Canned

VM = "/service/101/vms/1"
WORDS = {True: "rescue", False: "running"}

pytestmark = pytest.mark.usefixtures("clock")


class Portal(Canned):
    """A VM that shows rescue mode as *shown* says: by a key, by its state, or not at all."""

    def __init__(self, shown, rescued=False, looks=2):
        self.shown, self.rescued, self.looks, self.busy = shown, rescued, looks, 0
        answers = {
            "GET /service/101/vms": lambda body: {"vms": [self.vm()]},
            f"GET {VM}": lambda body: {"vm": self.vm()},
            f"POST {VM}/rescue": lambda body: self.switch(True),
            f"POST {VM}/unrescue": lambda body: self.switch(False),
        }
        super().__init__(answers)

    def vm(self):
        busy, self.busy = self.busy, max(0, self.busy - 1)
        vm = {"id": 1, "label": "web1", "status": "resetting" if busy else "running"}
        if self.shown == "key":
            vm["rescue"] = int(self.rescued)
        if self.shown == "state" and not busy:
            vm["status"] = WORDS[self.rescued]
        return vm

    def switch(self, rescued):
        self.rescued, self.busy = rescued, self.looks
        return {"status": True}

    def run(self, state, **options):
        return super().run(vm_rescue, service="101", label="web1", state=state, **options)


@pytest.mark.parametrize("shown", ["key", "state"])
def test_a_vm_that_tells(shown):
    portal = Portal(shown)
    assert portal.run("enabled")["changed"] is True
    assert portal.run("enabled")["changed"] is False
    result = portal.run("disabled")
    assert (result["changed"], result["diff"]["before"]["rescue"]) == (True, True)
    assert [request for request, body in portal.sent] == [f"POST {VM}/rescue", f"POST {VM}/unrescue"]


def test_only_a_key_tells_that_a_vm_is_not_in_rescue_mode():
    assert Portal("key").run("disabled")["changed"] is False
    assert Portal("state").run("disabled")["changed"] is True


@pytest.mark.parametrize("looks", [0, 1, 3])
@pytest.mark.parametrize("state", ["enabled", "disabled"])
def test_a_vm_that_never_tells(state, looks):
    portal = Portal(None, looks=looks)
    for _time in range(2):
        result = portal.run(state)
        assert (result["changed"], result["vm"]["state"]) == (True, "running")


@pytest.mark.parametrize(
    "state, said, changed",
    [
        ("enabled", ["VM is already in rescue mode"], False),
        ("disabled", ["VM is not in rescue mode"], False),
        ("disabled", ["not_in_rescue"], False),
        ("enabled", ["Rescue mode is not enabled for this product"], None),
        ("disabled", ["VM could not leave rescue mode"], None),
        ("disabled", ["VM is locked"], None),
    ],
)
def test_what_the_portal_refuses_because_it_is_so(state, said, changed):
    portal = Portal(None)
    for request in (f"POST {VM}/rescue", f"POST {VM}/unrescue"):
        portal.answers[request] = {"status": True, "error": said}
    result = portal.run(state)
    assert result.get("failed", False) is (changed is None)
    if changed is not None:
        assert result["changed"] is changed


@pytest.mark.parametrize("shown", ["key", "state", None])
def test_a_lost_answer(shown):
    portal = Portal(shown)

    def lost(body):
        portal.switch(True)
        return TransportError("No answer.", outcome_unknown=True)

    portal.answers[f"POST {VM}/rescue"] = lost
    result = portal.run("enabled")
    assert (result["changed"], len(portal.sent)) == (True, 1)


def test_check_mode():
    portal = Portal("state")
    portal.answers["GET /service/101/methods"] = {
        "methods": [{"method": "POST", "route": "/service/@id/vms/@vmid/rescue"}]
    }
    result = portal.run("enabled", check_mode=True)
    assert (result["changed"], result["diff"]["after"]["rescue"], portal.sent) == (True, True, [])


@pytest.mark.parametrize(
    "told, expected",
    [
        ({"rescue": True}, True),
        ({"rescue": "1"}, True),
        ({"rescue": "active"}, True),
        ({"rescue": "systemrescue-11"}, True),
        ({"rescue": 0}, False),
        ({"rescue": "off"}, False),
        ({"rescue": "disabled"}, False),
        ({"rescue": None}, False),
        ({"rescue": ""}, False),
        ({"rescue": [], "status": "rescue"}, False),
        ({"rescue": {"image": "x"}}, None),
        ({"status": "Rescue mode"}, True),
        ({"state": "rescued", "power": "1"}, True),
        ({"status": "unrescue"}, None),
        ({"status": "running"}, None),
        ({}, None),
    ],
)
def test_what_a_vm_tells(told, expected):
    assert is_rescued(to_vm("101", {"id": 1, **told})) is expected
