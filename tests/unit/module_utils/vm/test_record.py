# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One VM, written in every way that is known or likely, is always the same record."""

from __future__ import annotations

import copy
import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.comparison import ANOTHER, SAME, UNKNOWN
from ansible_collections.sindad.cloud.plugins.module_utils._vm.record import (
    compare_vm_template,
    is_in_transition,
    is_stable,
    to_vm,
)

KEYS = [
    "id",
    "service_id",
    "label",
    "hostname",
    "power",
    "state",
    "built",
    "locked",
    "template",
    "template_name",
    "memory",
    "cpu",
    "disk",
    "ipv4",
    "ipv6",
    "username",
    "password",
    "raw",
]

# Family A, as its vendor shows it: no details but these.
A = {
    "id": "18867",
    "label": "test",
    "state": "online",
    "cpus": "1",
    "memory": 512,
    "burstmem": -512,
    "disk": 10,
    "bandwidth": 100,
    "pae": 0,
    "pxe": 0,
    "password": "geheim",
    "template": "linux-debian-10-x86_64-min-gen2-v1",
    "template_label": "Debian Buster 10 64 bit",
    "ip": ["192.0.2.10", " 2001:db8::ae42"],
    "ipv6subnets": ["2001:db8::/64"],
    "usage": {"disk": {"free": 10, "percent": "0", "total": 10, "used": 0}, "memory": {}, "bandwidth": {}},
}
# Family B: short in the list, and its details tell the template by name only.
B_LISTED = {"vmid": 18867, "status": "running", "power": True, "built": "1", "ipv4": "192.0.2.10", "disk": 10}
B = {
    "id": 18867,
    "label": "test",
    "hostname": "test.example.com",
    "status": "running",
    "power": "1",
    "built": 1,
    "locked": "0",
    "memory": "512",
    "disk": "10",
    "cpus": 1,
    "cores": 1,
    "sockets": 1,
    "uptime": "8 days",
    "template_name": "Debian 12",
    "username": "root",
    "password": "geheim",
    "ipv4": "192.0.2.10",
    "ipv6": ["2001:db8::ae42"],
    "ip": {"4": {"ipaddress": "192.0.2.10", "main": 1}, "5": {"ipaddress": "2001:db8::ae42", "main": 0}},
    "interfaces": [
        {
            "name": "net0",
            "model": "virtio",
            "mac": "00:00:5e:00:53:01",
            "ip": [
                {
                    "ipaddress": "192.0.2.10",
                    "type": "ipv4",
                    "mask": "255.255.255.0",
                    "gateway": "192.0.2.1",
                    "network": "192.0.2.0",
                    "main": 1,
                }
            ],
        }
    ],
    "storage": "local-lvm",
    "bandwidth": {"data_received": 1, "data_sent": 2},
}


def test_family_a():
    record = to_vm(101, A, A)
    assert set(record) == set(KEYS)
    assert record == {
        "id": "18867",
        "service_id": "101",
        "label": "test",
        "hostname": None,
        "power": "on",
        "state": "online",
        "built": None,
        "locked": None,
        "template": "linux-debian-10-x86_64-min-gen2-v1",
        "template_name": "Debian Buster 10 64 bit",
        "memory": 512,
        "cpu": 1,
        "disk": 10,
        "ipv4": ["192.0.2.10"],
        "ipv6": ["2001:db8::ae42"],
        "username": None,
        "password": "geheim",
        "raw": A,
    }


def test_family_b():
    record = to_vm("101", B_LISTED, B)
    assert set(record) == set(KEYS)
    assert record == {
        "id": "18867",
        "service_id": "101",
        "label": "test",
        "hostname": "test.example.com",
        "power": "on",
        "state": "running",
        "built": True,
        "locked": False,
        "template": None,
        "template_name": "Debian 12",
        "memory": 512,
        "cpu": 1,
        "disk": 10,
        "ipv4": ["192.0.2.10"],
        "ipv6": ["2001:db8::ae42"],
        "username": "root",
        "password": "geheim",
        "raw": B,
    }


def test_family_b_in_the_list():
    record = to_vm("101", B_LISTED)
    assert (record["id"], record["label"], record["power"], record["built"]) == ("18867", None, "on", True)
    assert (record["disk"], record["memory"], record["cpu"], record["ipv4"]) == (10, None, None, ["192.0.2.10"])


def test_nothing_is_changed_in_what_the_portal_sent():
    listed, details = copy.deepcopy(B_LISTED), copy.deepcopy(B)
    record = to_vm("101", listed, details)
    assert (listed, details) == (B_LISTED, B)
    assert record["raw"] is details


# -- a third family, bit by bit --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"vmid": 5}, {"id": "5"}),
        ({"vm_id": " 5 "}, {"id": "5"}),
        ({"uuid": "a-b"}, {"id": "a-b"}),
        ({"id": 0}, {"id": "0"}),
        ({"name": "web1"}, {"label": "web1"}),
        ({"label": "", "name": " web1 "}, {"label": "web1"}),
        ({"hostname": "web1.example.com"}, {"label": "web1.example.com", "hostname": "web1.example.com"}),
        ({"hostname": "h", "name": "web1"}, {"label": "web1", "hostname": "h"}),
        ({"label": "وب"}, {"label": "وب"}),
        ({"label": 17}, {"label": "17"}),
        ({"power": "1"}, {"power": "on", "state": "1"}),
        ({"power": 0}, {"power": "off", "state": "0"}),
        ({"power": True}, {"power": "on"}),
        ({"power": False}, {"power": "off"}),
        ({"power": "false", "status": "stopped"}, {"power": "off", "state": "stopped"}),
        ({"power_state": "Running"}, {"power": "on", "state": "Running"}),
        ({"status": 1}, {"power": "on"}),
        ({"status": True}, {"power": "on"}),
        ({"status": False}, {"power": "off"}),
        ({"state": "stopped", "status": "whatever"}, {"power": "off", "state": "stopped"}),
        ({"status": "stopping", "power": "1"}, {"power": "changing", "state": "stopping"}),
        ({"status": "paused"}, {"power": "changing", "state": "paused"}),
        ({"state": "خاموش"}, {"power": "off", "state": "خاموش"}),
        ({"STATE": "3", "LCM_STATE": "3"}, {"power": "on", "state": "running"}),
        ({"STATE": 3, "LCM_STATE": 3, "LCM_STATE_STR": "RUNNING"}, {"power": "on"}),
        ({"STATE": 8, "LCM_STATE": 0}, {"power": "off", "state": "poweroff"}),
        ({"STATE": 1}, {"power": "changing", "state": "pending"}),
        ({"STATE": 0, "LCM_STATE": 0}, {"power": "changing", "state": "init"}),
        ({"state": 1, "LCM_STATE_STR": "LCM_INIT"}, {"power": "changing", "state": "pending"}),
        ({"state": "0", "lcm_state_str": "LCM_INIT"}, {"power": "changing", "state": "init"}),
        ({"state": 3, "lcm_state": 17}, {"power": "changing", "state": "lcm_state 17"}),
        ({"state": 3, "LCM_STATE_STR": "SHUTDOWN_POWEROFF"}, {"power": "changing", "state": "shutdown_poweroff"}),
        ({"state": "ACTIVE", "LCM_STATE_STR": "RUNNING"}, {"power": "on", "state": "running"}),
        ({"LCM_STATE": 3}, {"power": "on", "state": "running"}),
        ({"STATE": "POWEROFF"}, {"power": "off", "state": "POWEROFF"}),
        ({"STATE": 77}, {"power": "changing", "state": "state 77"}),
        ({"state": {"code": 1}}, {"power": "changing", "state": None}),
        ({}, {"power": "changing", "state": None}),
        ({"built": "0"}, {"built": False}),
        ({"built": "2026-01-01"}, {"built": None}),
        ({"locked": True}, {"locked": True}),
        ({"locked": "1"}, {"locked": True}),
        ({"locked": None}, {"locked": None}),
        ({"ram": "2 GB"}, {"memory": 2048}),
        ({"ram": 2048}, {"memory": 2048}),
        ({"memory": {"total": "512", "used": 7}}, {"memory": 512}),
        ({"memory": {"size": "1 GB"}}, {"memory": 1024}),
        ({"memory": "", "ram": 512}, {"memory": 512}),
        ({"usage": {"memory": {"total": 512}, "disk": {"total": "10"}}}, {"memory": 512, "disk": 10}),
        ({"usage": []}, {"memory": None, "disk": None}),
        ({"mem": 104857600, "maxmem": 2147483648}, {"memory": 2048}),
        ({"mem": 100, "maxmem": 2048}, {"memory": 2048}),
        ({"memory": 100, "memory_limit": "2 GB"}, {"memory": 2048}),
        ({"mem": 100, "maxmem": "unlimited"}, {"memory": None}),
        ({"mem": 512}, {"memory": 512}),
        ({"memory": {"value": 2, "unit": "GB"}}, {"memory": 2048}),
        ({"memory": {"value": "2048", "unit": "MB"}}, {"memory": 2048}),
        ({"memory": {"size": 2, "units": "GiB"}}, {"memory": 2048}),
        ({"memory": {"total": {"value": 2, "unit": "GB"}, "used": {"value": 1, "unit": "GB"}}}, {"memory": 2048}),
        ({"memory": {"used": 100, "max": 2048}}, {"memory": 2048}),
        ({"memory": {"used": 100}}, {"memory": None}),
        ({"memory": 2, "memory_unit": "GB"}, {"memory": 2048}),
        ({"ram": 2, "ramUnit": "GB"}, {"memory": 2048}),
        ({"disk": 0, "maxdisk": 42949672960}, {"disk": 40}),
        ({"disk": {"value": 40, "unit": "گیگابایت"}}, {"disk": 40}),
        ({"disk": {"value": 0.5, "unit": "TB"}}, {"disk": 512}),
        ({"disk": {"value": "40 GB", "unit": "GB"}}, {"disk": 40}),
        ({"cpu": 0.02, "maxcpu": 2}, {"cpu": 2}),
        ({"interfaces": {"net0": {"ip": {"4": {"ipaddress": "192.0.2.1"}}}}}, {"ipv4": ["192.0.2.1"]}),
        ({"interfaces": {"eth0": "192.0.2.1"}}, {"ipv4": ["192.0.2.1"]}),
        ({"ip": {"4": "192.0.2.1", "5": {"ipaddress": "192.0.2.2", "main": 1}}}, {"ipv4": ["192.0.2.2", "192.0.2.1"]}),
        ({"ip": {"gateway": "192.0.2.254", "ipaddress": "192.0.2.1"}}, {"ipv4": ["192.0.2.1"]}),
        ({"disk": "20 GB"}, {"disk": 20}),
        ({"disk": "20480MB"}, {"disk": 20}),
        ({"disk": [{"size": 20}]}, {"disk": 20}),
        ({"hdd": "20"}, {"disk": 20}),
        ({"storage": "local-lvm"}, {"disk": None}),
        ({"disk": "local-lvm", "storage": {"total": 20}}, {"disk": 20}),
        ({"cores": 2}, {"cpu": 2}),
        ({"cores": "2", "sockets": "2"}, {"cpu": 4}),
        ({"cpus": 4, "cores": 2, "sockets": 1}, {"cpu": 4}),
        ({"cpu": 0.03, "cpus": 2}, {"cpu": 2}),
        ({"cpu": 0.03, "cores": 2}, {"cpu": 2}),
        ({"cpu": "2 Cores"}, {"cpu": 2}),
        ({"vcpus": "2"}, {"cpu": 2}),
        ({"cpu": {"cores": 2}}, {"cpu": 2}),
        ({"cpu": {"cores": 2, "sockets": 2}}, {"cpu": 4}),
        ({"cpu": []}, {"cpu": None}),
        ({"template": 12, "template_name": "Debian"}, {"template": "12", "template_name": "Debian"}),
        ({"template": {"id": 12, "name": "Debian"}}, {"template": "12", "template_name": "Debian"}),
        ({"template": {"id": 12}, "template_label": "Debian"}, {"template": "12", "template_name": "Debian"}),
        ({"template": "debian-12"}, {"template": "debian-12", "template_name": "debian-12"}),
        ({"os": "Debian 12"}, {"template": None, "template_name": "Debian 12"}),
        ({"os": {"id": 12, "name": "Debian"}}, {"template": "12", "template_name": "Debian"}),
        ({"image": {"id": "d", "name": "Debian"}}, {"template": "d", "template_name": "Debian"}),
        ({"template": [], "os": []}, {"template": None, "template_name": None}),
        ({"ip_addresses": ["192.0.2.1/24"]}, {"ipv4": ["192.0.2.1"]}),
        ({"ipaddress": "192.0.2.1"}, {"ipv4": ["192.0.2.1"]}),
        ({"user": "admin", "rootpassword": "geheim"}, {"username": "admin", "password": "geheim"}),
    ],
    ids=lambda value: json.dumps(value, ensure_ascii=False),
)
def test_a_third_family(source, expected):
    record = to_vm("101", source)
    assert set(record) == set(KEYS)
    assert {key: record[key] for key in expected} == expected


@pytest.mark.parametrize("junk", [None, "", [], {}, False, "x", 17, [None], {"a": None}, [[]], "  "])
def test_no_junk_is_too_odd(junk):
    source = dict.fromkeys({**A, **B, "image": 0, "os": 0, "ram": 0}, junk)
    record = to_vm("101", source, source)
    assert set(record) == set(KEYS)
    for key, kinds in {
        ("id", "label", "hostname", "state", "template", "template_name", "username", "password"): (str, type(None)),
        ("memory", "cpu", "disk"): (int, type(None)),
        ("built", "locked"): (bool, type(None)),
        ("ipv4", "ipv6"): list,
    }.items():
        assert all(isinstance(record[each], kinds) for each in key)
    assert record["power"] == ("off" if junk is False else "changing")


@pytest.mark.parametrize("hole", [None, "", [], {}, " "])
def test_a_hole_in_the_details_does_not_hide_what_the_list_tells(hole):
    record = to_vm("101", A, dict.fromkeys(A, hole))
    expected = to_vm("101", A)
    assert {**record, "raw": None} == {**expected, "raw": None}


def test_details_win_over_the_list_whatever_they_call_it():
    listed = {"id": "5", "name": "old", "state": "online", "ram": 512, "cpus": 1, "ip": ["192.0.2.1"]}
    details = {"vmid": 5, "label": "new", "status": "stopped", "memory": 1024, "cores": 2, "ipv4": "192.0.2.2"}
    record = to_vm("101", listed, details)
    assert (record["label"], record["power"], record["state"]) == ("new", "off", "stopped")
    assert (record["memory"], record["cpu"], record["ipv4"]) == (1024, 2, ["192.0.2.2"])


def test_the_id_is_that_of_the_list():
    """A backend may have a number of its own in the details."""
    assert to_vm("101", {"id": "5", "label": "web1"}, {"vm": 9, "id": "117", "label": "web1"})["id"] == "5"
    assert to_vm("101", {"vmid": 0}, {"id": "117"})["id"] == "0"
    assert to_vm("101", {}, {"id": "117"})["id"] == "117"


def test_a_label_comes_before_a_host_name():
    assert to_vm("101", {"id": "5", "hostname": "a.example.com"}, {"label": "new"})["label"] == "new"
    assert to_vm("101", {"id": "5", "name": "old"}, {"hostname": "a.example.com"})["label"] == "old"


def test_the_success_flag_of_an_answer_is_no_power_state():
    assert to_vm("101", {"id": "5", "status": True, "state": "stopped"})["power"] == "off"
    assert to_vm("101", {"id": "5", "status": True, "power_state": "off"})["power"] == "off"


# -- templates -------------------------------------------------------------------------------------------------------

DEBIAN = {"id": "12", "name": "Debian 12"}


@pytest.mark.parametrize(
    ("vm", "busy"),
    [
        ({"state": "online"}, False),
        ({"state": "rebuilding"}, True),
        ({"state": "online", "built": 0}, True),
        ({"state": "online", "locked": "1"}, True),
        ({"state": "paused"}, False),
        ({"STATE": 1}, True),
        ({}, False),
    ],
)
def test_unsettled(vm, busy):
    assert is_in_transition(to_vm("101", vm)) is busy


@pytest.mark.parametrize(
    ("state", "stable"),
    [("online", True), ("paused", True), ("suspended", True), ("weird", False), ("stopping", False)],
)
def test_a_state_that_lasts(state, stable):
    assert is_stable(to_vm("101", {"state": state})) is stable


@pytest.mark.parametrize(
    ("vm", "expected"),
    [
        ({"template": "12"}, SAME),
        ({"template": "13"}, ANOTHER),
        ({"template": "13", "template_name": "Linux"}, ANOTHER),  # the id decides
        ({"template": "13", "template_name": "Debian 12"}, UNKNOWN),  # a number of the backend's?
        ({"template_name": "Debian GNU/Linux 12"}, SAME),
        ({"template_name": "Ubuntu 24.04 LTS"}, ANOTHER),
        ({"template": "deb12-slug", "template_name": "Debian 12"}, SAME),
        ({"template": "deb12-slug", "template_name": "Linux"}, UNKNOWN),
        ({"template": "rescue", "template_name": "Ubuntu 24.04"}, UNKNOWN),
        ({"template": "install failed", "template_name": "Ubuntu 24.04"}, UNKNOWN),
        ({"template": "7f9a-12", "template_name": "Ubuntu 24.04"}, ANOTHER),
        ({"template": "Debian 12", "template_name": "Ubuntu 24.04"}, UNKNOWN),  # which of them?
        ({"template_name": "Debian"}, UNKNOWN),
        ({"template_name": "-"}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_compare_template(vm, expected):
    known = [DEBIAN, {"id": "13", "name": "Ubuntu 24.04"}]
    assert compare_vm_template(to_vm("101", vm), DEBIAN, known) is expected
