# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine tagged #protected, attacked by every module that destroys."""

from __future__ import annotations

import pytest

SERVICES = [{"service": service, "set": {"label": f"{service} #Protected"}} for service in ("101", "201", "301")]
VM = [{"service": "101", "vm": "18867", "set": {"label": "web1 #protected"}}]

#: The module, what is asked of it, and what is sent with force.
ATTACKS = {
    "vm absent": ("vm", {"service": "101", "vmid": "18867", "state": "absent"}, "DELETE /service/101/vms/18867"),
    "vm rebuilt": (
        "vm",
        {"service": "101", "vmid": "18867", "state": "rebuilt", "template": "Ubuntu 24.04"},
        "POST /service/101/vms/18867/rebuild",
    ),
    "vm rebuilt, though unknown": (
        "vm",
        {"service": "101", "vmid": "18867", "state": "rebuilt", "template": "Ubuntu 24.04", "when_unknown": "install"},
        "POST /service/101/vms/18867/rebuild",
    ),
    "server_reinstall": (
        "server_reinstall",
        {"service": "201", "template": "Ubuntu 24.04", "hostname": "a.example.com"},
        "POST /service/201/reinstall",
    ),
    "server_diagnostics": (
        "server_diagnostics",
        {"service": "201", "template": "Memtest86+", "clear_disks": True},
        "POST /service/201/diag",
    ),
    "service_cancellation": (
        "service_cancellation",
        {"service": "301", "reason": "too dear"},
        "POST /service/301/cancel",
    ),
    "service_cancellation at once": (
        "service_cancellation",
        {"service": "301", "reason": "too dear", "when": "immediate"},
        "POST /service/301/cancel",
    ),
    "service_cancellation of a cloud": (
        "service_cancellation",
        {"service": "101", "reason": "too dear"},
        "POST /service/101/cancel",
    ),
}


PROTECTED = {"its service": SERVICES, "the VM": VM}


def run_everywhere(account, module, **options):
    """In check mode, which must change nothing, and then for real; both come to the same."""
    predicted = account.run(module, True, **options)
    assert account.effects == {}
    result = account.run(module, **options)
    assert [predicted.get(key) for key in ("failed", "msg", "changed")] == [
        result.get(key) for key in ("failed", "msg", "changed")
    ]
    return result


@pytest.mark.parametrize(
    ("attack", "tagged"),
    [
        (attack, tagged)
        for attack, (_name, options, _sent) in ATTACKS.items()
        for tagged in PROTECTED
        if tagged == "its service" or options["service"] == "101"
    ],
)
def test_without_force_nothing_is_destroyed(account, attack, tagged):
    account.portal.tamper(*PROTECTED[tagged])
    module, options, request = ATTACKS[attack]
    account.portal.set(template_wording="Linux" if "when_unknown" in options else "{name}")
    result = run_everywhere(account, module, **options)
    assert result["failed"] and "force=true" in result["msg"], result
    assert account.effects == {}
    waits = {} if module == "service_cancellation" else {"wait": False}
    assert run_everywhere(account, module, force=True, **options, **waits)["changed"] is True
    assert account.effects == {request: 1}


@pytest.fixture(params=PROTECTED)
def protected(account, request):
    account.portal.tamper(*PROTECTED[request.param])
    return account


@pytest.mark.parametrize("state", ["absent", "rebuilt"])
def test_a_fleet_leaves_alone_what_is_protected(protected, state):
    item = {"vmid": "18867", "state": state, **({"template": "Ubuntu 24.04"} if state == "rebuilt" else {})}
    result = run_everywhere(protected, "vm_fleet", service="101", force=True, vms=[item])
    assert result["failed"] and "#protected" in result["msg"]
    assert protected.effects == {}, "force of the task confirms purge, and nothing else"
    result = protected.run("vm_fleet", service="101", vms=[{**item, "force": True}])
    assert not result.get("failed"), result["msg"]
    assert sum(protected.effects.values()) == 1


def test_a_purge_leaves_alone_what_is_protected(protected):
    purge = {"service": "101", "vms": [{"label": "db1"}], "purge": True, "force": True}
    result = run_everywhere(protected, "vm_fleet", **purge)
    assert result["failed"] and "#protected" in result["msg"]
    assert protected.effects == {}


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("vm", {"service": "101", "vmid": "18867", "state": "restarted"}),
        ("vm", {"service": "101", "vmid": "18867", "memory": "4G"}),
        ("vm", {"service": "101", "vmid": "18867", "state": "stopped"}),
        ("server_power", {"service": "201", "state": "rebooted"}),
        ("server_diagnostics", {"service": "201", "template": "Memtest86+"}),
        ("service_label", {"service": "301", "tags": ["web"]}),
    ],
)
def test_what_destroys_nothing_needs_no_force(account, module, options):
    account.portal.tamper(*SERVICES)
    result = account.run(module, **options)
    assert not result.get("failed"), result["msg"]
    assert result["changed"] is True
