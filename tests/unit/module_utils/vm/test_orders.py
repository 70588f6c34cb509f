# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which VM an order became: on portals that change labels, list late, or lose answers, nothing is bought twice."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.ledger import Order
from ansible_collections.sindad.cloud.plugins.module_utils._vm.orders import candidates
from unit.module_utils.vm.test_state import VMS, WEB1, WEB2, Backend, ok

BOUGHT = f"POST {VMS}"


def vm(identity, label):
    return {"id": identity, "label": label}


ORDER = Order("web-2", ("7",))


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ([vm("7", "web1")], []),
        ([vm("7", "web-2")], []),  # it was there before
        ([vm("9", "web-")], ["9"]),
        ([vm("9", "cust12-web-2")], ["9"]),
        ([vm("9", None)], ["9"]),
        ([vm("9", "something else")], ["9"]),
        ([vm("9", "other"), vm("10", "cust-web-2")], ["10"]),
        ([vm("9", "a"), vm("10", "b")], ["9", "10"]),
    ],
)
def test_what_an_order_may_have_become(listed, found):
    assert [each["id"] for each in candidates(ORDER, listed, [], [])] == found


def test_what_other_orders_became_is_not_a_candidate():
    assert candidates(ORDER, [vm("9", "x")], [Order("db", (), "9")], []) == []
    assert candidates(ORDER, [vm("9", "x")], [], ["9"]) == []
    assert candidates(ORDER, [vm("9", "x")], [Order("db", ())], []) == []  # it may be the other one's


def test_what_the_portal_cut_to_one_name_is_nobodys():
    first, second = (Order(f"web-server-10{number}", ()) for number in (1, 2))
    assert candidates(first, [vm("9", "web-server-10")], [second], []) == []
    assert candidates(first, [vm("9", "web-server-10"), vm("8", "c-web-server-101")], [second], []) == [
        vm("8", "c-web-server-101")
    ]


# -- runs ------------------------------------------------------------------------------------------------------------


class Renaming(Backend):
    """A portal that gives a new VM a label of its own making."""

    def __init__(self, rename, *vms, **options):
        super().__init__(*vms, **options)
        self.rename = rename

    def happens(self, request):
        super().happens(request)
        if str(request) == BOUGHT:
            first, register = self.events[0]
            self.events[0] = (first, lambda: (register(), self._rename()))

    def _rename(self):
        newest = self.vms[max(self.vms, key=int)]
        newest["label"] = self.rename(newest["label"])


RENAMES = {
    "upper case": str.upper,
    "cut": lambda label: label[:4],
    "prefix": lambda label: f"c17-{label}",
    "entities": lambda label: label.replace("-", "&#45;"),
    "another": lambda label: "vm90210",
    "none": lambda label: None,
}


@pytest.mark.parametrize("rename", RENAMES.values(), ids=RENAMES)
@pytest.mark.parametrize("wait", [True, False])
def test_a_renamed_vm_is_bought_once(rename, wait):
    portal = Renaming(rename, WEB1)
    for _run in range(3):
        result = portal.vm("web-2", wait=wait, **WEB2)
        assert not result.get("failed"), result["msg"]
        assert result["vm"]["id"] == "91"
    assert portal.actions == [BOUGHT]


def test_a_renamed_vm_that_was_destroyed_may_be_bought_again():
    portal = Renaming(lambda label: "vm90210", WEB1)
    ok(portal.vm("web-2", **WEB2))
    result = portal.vm("web-2", state="absent")
    assert result["failed"] and "'vm90210' (id 91)" in result["msg"] and "vmid" in result["msg"]
    ok(portal.vm(None, vmid="91", state="absent"))
    ok(portal.vm("web-2", state="absent"), changed=False)
    ok(portal.vm("web-2", **WEB2))
    assert portal.actions == [BOUGHT, f"DELETE {VMS}/91", BOUGHT]


def test_a_vm_that_is_listed_late_is_bought_once():
    portal = Backend(WEB1, takes=(40, 42))
    result = portal.vm("web2", wait_timeout=3, **WEB2)
    assert result["failed"] and "is not ordered again" in result["msg"] and "Run the task again" not in result["msg"]
    for _run in range(20):
        result = portal.vm("web2", wait_timeout=3, **WEB2)
    assert not result.get("failed"), result["msg"]
    assert portal.actions == [BOUGHT]


def test_a_lost_order_that_was_never_placed_is_not_repeated():
    portal = Backend(WEB1, lost="before")
    for _run in range(3):
        assert portal.vm("web2", wait_timeout=20, **WEB2)["failed"]
    assert portal.actions == [BOUGHT]


def test_a_refused_order_leaves_no_note():
    portal = Backend(WEB1)
    refuse = [{"error": ["resourcelimitreached"]}]
    act, portal.act = portal.act, lambda request: refuse.pop() if refuse else act(request)
    assert "resourcelimitreached" in portal.vm("web2", **WEB2)["msg"]
    ok(portal.vm("web2", **WEB2))
    assert portal.actions == [BOUGHT, BOUGHT]


def test_an_order_that_came_to_nothing_is_not_taken_for_another_vm():
    portal = Backend(WEB1, lost="before")
    assert portal.vm("web2", wait_timeout=20, **WEB2)["failed"]
    ok(portal.vm("web3", **WEB2))
    ok(portal.vm("web3", **WEB2), changed=False)
    assert "is not ordered again" in portal.vm("web2", wait_timeout=20, **WEB2)["msg"]
    assert portal.actions == [BOUGHT, BOUGHT]


def test_check_mode_sees_what_was_ordered_and_leaves_no_note():
    portal = Renaming(lambda label: "vm90210", WEB1)
    ok(portal.vm("web-2", check_mode=True, **WEB2))
    ok(portal.vm("web-2", **WEB2))
    ok(portal.vm("web-2", check_mode=True, **WEB2), changed=False)
    assert portal.actions == [BOUGHT]


def test_the_note_goes_once_the_vm_is_found_by_its_label():
    portal = Backend(WEB1, lost="after", takes=(40, 42))
    assert portal.vm("web2", wait_timeout=3, **WEB2)["failed"]
    portal.looks = 100
    ok(portal.vm("web2", **WEB2), changed=False)
    portal.takes = (1, 2)
    ok(portal.vm("web2", state="absent"))
    ok(portal.vm("web2", **WEB2))
    assert portal.actions == [BOUGHT, f"DELETE {VMS}/91", BOUGHT]


def test_what_a_person_creates_in_the_portal_ends_the_wait_for_an_order_that_came_to_nothing():
    portal = Renaming(lambda label: f"c17-{label}", WEB1)
    ok(portal.vm("web-2", **WEB2))
    portal.lost = "before"
    for _run in range(2):
        message = portal.vm("web-3", wait_timeout=20, **WEB2)["msg"]
        assert "remove" not in message and ".json" not in message
    portal.vms["50"] = {**WEB1, "id": 50, "label": "web-3"}
    ok(portal.vm("web-3"), changed=False)
    ok(portal.vm("web-2", **WEB2), changed=False)
    assert portal.actions == [BOUGHT] * 2
