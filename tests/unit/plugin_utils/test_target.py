# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task on an inventory host is about."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.plugin_utils._target import names_object, object_of, require_portal

MODULES = sorted(path.stem for path in (Path(__file__).resolve().parents[3] / "plugins/modules").glob("*.py"))
VM = {"sindad_service_id": "101", "sindad_vm_id": "18867"}
SERVER = {"sindad_service_id": "201", "sindad_vm_id": None}
#: A choice of all, so that a new module is thought of here: what it takes from a VM's host, and from a server's.
SERVICE = ({"service": "101"}, {"service": "201"})
BOTH = {"service": "101", "vmid": "18867"}
TAKEN = {
    **dict.fromkeys(("ip", "ip_info", "vlan_info", "service_info", "service_label", "vm_template_info"), SERVICE),
    **dict.fromkeys(("server_diagnostics", "server_hostname", "server_info", "server_power"), SERVICE),
    **dict.fromkeys(("server_reinstall", "server_rescue", "server_template_info", "portal_info"), SERVICE),
    **dict.fromkeys(("vm", "vm_rescue"), (BOTH, "not a VM")),
    "vm_info": (BOTH, {"service": "201"}),
    **dict.fromkeys(("service_cancellation", "service_upgrade"), ("all of its VMs", {"service": "201"})),
    "vm_fleet": SERVICE,
}


def spec_of(name):
    return importlib.import_module(f"ansible_collections.sindad.cloud.plugins.modules.{name}").SPEC


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("place", [0, 1])
def test_what_each_module_takes(name, place):
    spec = spec_of(name)
    if names_object(spec, {}):
        assert "service" not in spec["argument_spec"]
        return
    expected = TAKEN[name][place]
    target = object_of("web1", (VM, SERVER)[place].get)
    if isinstance(expected, dict):
        assert target.options(name, spec) == expected
    else:
        with pytest.raises(InvalidInput, match=f"web1 is .*{expected}"):
            target.options(name, spec)


@pytest.mark.parametrize(
    ("name", "args", "named"),
    [
        ("vm", {"state": "restarted"}, False),
        ("vm", {"service": "7"}, True),
        ("vm", {"service": None}, True),
        ("vm", {"label": "web1"}, True),
        ("vm_info", {"vmid": None}, True),
        ("service_label", {"label": "web1"}, False),
        ("service_info", {"status": "Active"}, True),
        ("service_info", {"category": "cloud"}, True),
        ("ip", {"address": "192.0.2.1", "state": "absent"}, False),
        ("ticket", {"subject": "Hello"}, True),
        ("incident_info", {}, True),
        ("service_info", {"service": "all", "status": "Active"}, False),
        ("service_info", {"service": " All"}, False),
        ("service_info", {"service": "allsorts.example.com"}, True),
        ("portal_info", {"service": "all"}, False),
        ("vm_info", {"service": "all"}, True),
    ],
)
def test_a_task_that_names_something_is_left_alone(name, args, named):
    assert names_object(spec_of(name), args) is named


@pytest.mark.parametrize(
    ("variables", "service", "vmid"),
    [
        (VM, "101", "18867"),
        ({"sindad_service_id": 101, "sindad_vm_id": 18867}, "101", "18867"),
        ({"sindad_service_id": " 101 ", "sindad_vm_id": ""}, "101", None),
        ({"sindad_vars_prefix": "portal_", "portal_service_id": "7", **VM}, "7", None),
        ({"sindad_vars_prefix": "", "service_id": "7", "vm_id": "8", **VM}, "7", "8"),
    ],
)
def test_variables(variables, service, vmid):
    target = object_of("web1", variables.get)
    assert (target.service, target.vmid) == (service, vmid)


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"sindad_service_id": None},
        {"sindad_service_id": " "},
        {"sindad_vm_id": "1"},
        {"sindad_vars_prefix": "x_", **VM},
    ],
)
def test_a_host_that_is_nothing_at_a_portal(variables):
    assert object_of("web1", variables.get) is None


def test_the_ids_of_one_portal_mean_nothing_at_another():
    told = object_of("web1", {**VM, "sindad_api_url": "https://my.royaserver.com/api"}.get)
    require_portal(told, "https://MY.royaserver.com/api/ ")
    with pytest.raises(InvalidInput, match=r"web1 is VM 18867 of service 101 at https://my\.royaserver\.com/api, but"):
        require_portal(told, "https://my.sindad.com/api")
    require_portal(object_of("web1", VM.get), "https://my.sindad.com/api")


def test_one_object_under_two_names_is_one():
    assert object_of("web1", VM.get).is_same(object_of("www", VM.get))
    assert not object_of("web1", VM.get).is_same(object_of("server1", SERVER.get))
