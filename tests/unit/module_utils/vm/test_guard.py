# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which VM loses its data, and that a protected one does not."""

from __future__ import annotations

import pytest
from unit.module_utils.vm.test_state import VMS, WEB1, Backend, ok

LABEL = "GET /service/101/label"
DESTRUCTIVE = [{"state": "absent"}, {"state": "rebuilt", "template": "u24"}]


class Labelled(Backend):
    """A service with a label; the details of its VMs may tell something else than the list."""

    def __init__(self, *vms, label=None, details=(), **options):
        super().__init__(*vms, **options)
        self.label, self.details = label, dict(details)

    def look(self, asked):
        if asked == LABEL:
            return {"error": ["Method not found"]} if self.label is None else {"label": self.label}
        answer = super().look(asked)
        if "vm" in answer:
            return {"vm": {**answer["vm"], **self.details.get(asked.rpartition("/")[2], {})}}
        return answer


@pytest.mark.parametrize("options", DESTRUCTIVE)
def test_the_id_of_the_list_decides(options):
    portal = Labelled({**WEB1, "id": 10}, {**WEB1, "id": 11, "label": "db"}, details={"10": {"vmid": 11, "id": 11}})
    ok(portal.vm(**options))
    assert "/10" in portal.actions[0] and len(portal.actions) == 1


@pytest.mark.parametrize("options", DESTRUCTIVE)
def test_details_of_another_name_refuse(options):
    portal = Labelled(WEB1, details={"7": {"label": "db1"}})
    result = portal.vm(None, vmid="7", force=True, **options)
    assert result["failed"] and "in several ways: db1, web1" in result["msg"]
    assert not portal.sent


@pytest.mark.parametrize("options", DESTRUCTIVE)
@pytest.mark.parametrize(
    ("service", "vm"), [("cloud #protected", "web1"), ("#PROTECTED", "web1"), ("x", "web1 #protected")]
)
def test_a_protected_vm_is_left_alone_without_force(options, service, vm):
    portal = Labelled({**WEB1, "label": vm}, label=service)
    for check_mode in (True, False):
        result = portal.vm(vm, check_mode=check_mode, **options)
        assert result["failed"] and "#protected" in result["msg"] and "force=true" in result["msg"]
    assert not portal.sent
    ok(portal.vm(vm, force=True, **options))
    assert len(portal.sent) == 1


@pytest.mark.parametrize("options", [{"state": "stopped"}, {"state": "restarted"}, {"memory": 2048}])
def test_protection_is_only_against_what_destroys(options):
    portal = Labelled(WEB1, label="#protected")
    ok(portal.vm(**options))


def test_a_service_without_labels_is_not_protected():
    portal = Labelled(WEB1)
    ok(portal.vm(state="absent"))


def test_a_label_that_cannot_be_read_is_no_permission():
    portal = Labelled(WEB1, label="")
    look, portal.look = portal.look, lambda asked: {"oops": [1]} if asked == LABEL else look(asked)
    assert portal.vm(state="absent")["failed"]
    assert not portal.sent


def test_a_vm_that_vanishes_before_it_is_destroyed_is_gone():
    portal = Labelled(WEB1, label="")
    look = portal.look

    def vanishing(asked):
        answer = look(asked)
        if asked.startswith(f"GET {VMS}/"):
            portal.vms.clear()
        return answer

    portal.look = vanishing
    ok(portal.vm(state="absent"), changed=False)
    assert not portal.sent
