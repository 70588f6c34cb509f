# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task would do to a VM: a table, without portal or clock."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._vm.record import to_vm
from ansible_collections.sindad.cloud.plugins.module_utils._vm.transitions import (
    Create,
    DesiredVm,
    Destroy,
    Power,
    Rebuild,
    Resize,
    Restart,
    notes,
    plan,
)

DEBIAN = {"id": "d12", "name": "Debian 12", "raw": {}}
UBUNTU = {"id": "u24", "name": "Ubuntu 24.04", "raw": {}}
NEW = {"template": DEBIAN, "memory": 1024, "cpu": 1, "disk": 10}


def vm(**told):
    base = {"id": "7", "label": "web1", "status": "running", "template": "d12", "memory": 1024, "cpus": 1, "disk": 10}
    return to_vm("101", {**base, **told})


def desired(state, **wanted):
    return DesiredVm("VM web1", state, "web1", templates=(DEBIAN, UBUNTU), **wanted)


OFF = {"status": "stopped"}


@pytest.mark.parametrize(
    ("there", "wanted", "steps"),
    [
        (None, desired("absent"), []),
        (vm(), desired("absent"), [Destroy()]),
        (None, desired("present", **NEW), [Create(desired("present", **NEW), "")]),
        (None, desired("started", **NEW), [Create(desired("started", **NEW), ""), Power("on")]),
        (None, desired("stopped", **NEW), [Create(desired("stopped", **NEW), ""), Power("off")]),
        (vm(), desired("present", **NEW), []),
        (vm(), desired("present"), []),
        (vm(**OFF), desired("present", **NEW), []),  # never touches power
        (vm(), desired("present", memory=2048), [Resize(2048, 1)]),
        (vm(), desired("present", cpu=2), [Resize(1024, 2)]),
        (vm(memory=None), desired("present", memory=2048), []),
        (vm(), desired("started"), []),
        (vm(), desired("stopped"), [Power("off")]),
        (vm(**OFF), desired("started"), [Power("on")]),
        (vm(status="starting"), desired("started"), []),
        (vm(status="stopping"), desired("started"), [Power("on")]),
        (vm(**OFF), desired("started", memory=2048), [Resize(2048, 1), Power("on")]),
        (vm(status="paused"), desired("started"), [Power("on")]),
        (vm(status="paused"), desired("stopped"), [Power("off")]),
        (vm(), desired("restarted"), [Restart()]),
        (vm(**OFF), desired("restarted"), [Power("on")]),
        (vm(), desired("rebuilt", template=DEBIAN), []),
        (vm(), desired("rebuilt", template=UBUNTU), [Rebuild(desired("rebuilt", template=UBUNTU))]),
    ],
)
def test_plan(there, wanted, steps):
    assert plan(there, wanted) == steps


def test_force_installs_what_is_there():
    (step,) = plan(vm(), desired("rebuilt", template=DEBIAN, force=True))
    assert isinstance(step, Rebuild) and not step.shows


@pytest.mark.parametrize(
    ("there", "wanted", "words"),
    [
        (vm(), desired("present", disk=20), "VM web1 has a disk of 10 GB"),
        (
            vm(template=None),
            desired("rebuilt", template=DEBIAN),
            "cannot be told whether VM web1 has the template",
        ),
        (
            vm(template="Linux"),
            desired("rebuilt", template=DEBIAN),
            "calls what it has 'Linux'. It was compared with",
        ),
    ],
)
def test_what_is_refused(there, wanted, words):
    with pytest.raises(InvalidInput, match=words):
        plan(there, wanted)


def test_what_is_left_as_it_is_is_told():
    assert "does not report the memory of VM web1" in notes(vm(memory=None), desired("present", memory=512))[0]
    assert "was made from 'd12', not Ubuntu 24.04" in notes(vm(), desired("present", template=UBUNTU))[0]
    assert notes(vm(), desired("present", **NEW)) == []


@pytest.mark.parametrize("step", [Power("on"), Power("off"), Restart(), Resize(1024, 2)])
def test_what_is_predicted_is_done(step):
    assert step.is_done(step.predict(vm()))


def test_a_vm_that_is_gone_is_destroyed():
    assert Destroy().is_done(None) and not Destroy().is_done(vm())
    assert Destroy().has_begun(vm(status="deleting")) and not Destroy().has_begun(vm())


UNKNOWN = ("Linux", "-", "unknown", None, "", "Windows", "custom-image-7", "Debian Ubuntu", "سیستم عامل")


@pytest.mark.parametrize("wording", UNKNOWN)
def test_a_wording_that_tells_nothing_costs_no_data(wording):
    there = vm(template=wording)
    with pytest.raises(InvalidInput, match="Nothing was changed"):
        plan(there, desired("rebuilt", template=UBUNTU))
    keep = desired("rebuilt", template=UBUNTU, when_unknown="keep")
    assert plan(there, keep) == [] and "was taken for Ubuntu 24.04" in notes(there, keep)[0]
    (step,) = plan(there, desired("rebuilt", template=UBUNTU, when_unknown="install"))
    assert isinstance(step, Rebuild) and not step.shows
    assert plan(there, desired("rebuilt", template=UBUNTU, force=True))


@pytest.mark.parametrize("wording", ["Ubuntu 24.04 LTS", "ubuntu 24.04", "u24", "Ubuntu 24.04 (Noble) x86_64"])
def test_another_wording_of_the_same_is_the_same(wording):
    assert plan(vm(template=wording), desired("rebuilt", template=UBUNTU)) == []


@pytest.mark.parametrize("wording", ["Debian GNU/Linux 12 (bookworm)", "debian 12", "d12"])
def test_a_wording_of_another_is_another(wording):
    assert plan(vm(template=wording), desired("rebuilt", template=UBUNTU))
