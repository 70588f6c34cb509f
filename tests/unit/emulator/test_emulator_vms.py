# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three families of VMs, and the life of an operation."""

from __future__ import annotations

from typing import Any

NEW = {"label": "new", "memory": "1024", "cpu": "1", "disk": "10"}


def states(portal: Any, service: str, vmid: str) -> tuple[Any, ...]:
    """Family A: the state, and whether there is a `locked` key."""
    vm = portal.get(f"/service/{service}/vms/{vmid}")["vm"]
    return vm["state"], vm.get("locked")


def test_family_a(portal: Any) -> None:
    listed = portal.get("/service/101/vms")["vms"]
    web = listed["18867"]
    assert (web["id"], web["cpus"], web["memory"], web["state"]) == ("18867", "2", 2048, "online")
    assert web["ip"] == ["192.0.2.10", " 2001:db8::ae42"]
    assert web["template"].startswith("linux-debian-12")
    assert web["template_label"] == "Debian 12"
    assert set(web) < set(portal.get("/service/101/vms/18867")["vm"])
    assert portal.full("GET", "/service/101/vms/1") == (404, {"error": ["VM not found"]})


def test_family_b(portal: Any) -> None:
    listed = portal.get("/service/102/vms")["vms"]
    assert "id" not in listed["2001"]
    assert listed["2002"]["id"] == 2002
    assert (listed["2001"]["power"], listed["2002"]["power"]) == (True, "0")
    assert not any("label" in one for one in listed.values())
    vm = portal.get("/service/102/vms/2002")["vm"]
    assert (vm["label"], vm["locked"], vm["ipv4"], vm["ipv6"]) == ("app2", "0", "", "2001:db8:b::2002")
    assert vm["ip"] == []
    assert "template" not in vm
    assert portal.full("GET", "/service/102/vms/1") == (200, {"error": ["VM not found"]})


def test_family_c(portal: Any) -> None:
    (one,) = portal.get("/service/103/vms")["vms"]
    assert (one["vmid"], one["name"], one["state"], one["power"], one["disk"]) == (31, "mail1", "Running", "1", "60")
    assert "rootpassword" not in one
    vm = portal.get("/service/103/vms/31")["vms"]["31"]
    assert (vm["os"], vm["template_id"], vm["rootpassword"]) == ("Ubuntu 24.04", 402, "Vm-31-pass")
    assert isinstance(portal.get("/service/103/vms/1")["error"], str)


def test_templates_of_the_families(portal: Any) -> None:
    first, second, third = (portal.get(f"/service/{id}/templates")["templates"] for id in (101, 102, 103))
    assert isinstance(first[0]["id"], str)
    assert second["17"] == {"id": 17, "name": "Rocky Linux 9"}
    assert second["18"]["name"] == second["17"]["name"]
    assert {"Debian 12", "debian 12"} <= {one["name"] for one in third}


def test_no_vms_is_an_empty_list_in_every_family(portal: Any) -> None:
    portal.tamper(
        {"service": "101", "remove_vm": "18867"},
        {"service": "101", "remove_vm": "18868"},
        {"service": "102", "remove_vm": "2001"},
        {"service": "102", "remove_vm": "2002"},
        {"service": "103", "remove_vm": "31"},
    )
    assert [portal.get(f"/service/{id}/vms") for id in (101, 102, 103)] == [{"vms": []}] * 3


def test_stop_is_stale_then_changing_then_done(portal: Any) -> None:
    path = "/service/101/vms/18867"
    assert portal.call("POST", f"{path}/stop") == {"status": True}
    assert states(portal, "101", "18867") == ("online", None)
    assert portal.call("POST", f"{path}/reboot") == {"error": ["VM is locked by another operation"]}
    portal.advance(10)
    assert states(portal, "101", "18867") == ("stopping", True)
    portal.advance(20)
    assert states(portal, "101", "18867") == ("offline", None)
    answer = portal.call("POST", f"{path}/stop")
    assert answer == {"status": True, "error": ["VM is already stopped"]}


def test_create_is_hidden_then_building_then_running(portal: Any) -> None:
    assert portal.call("POST", "/service/102/vms", {**NEW, "template": 11}) == {"status": True}
    assert len(portal.get("/service/102/vms")["vms"]) == 2
    portal.advance(10)
    listed = portal.get("/service/102/vms")["vms"]
    (number,) = set(listed) - {"2001", "2002"}
    assert (listed[number]["status"], listed[number]["built"]) == ("creating", False)
    portal.advance(20)
    vm = portal.get(f"/service/102/vms/{number}")["vm"]
    assert (vm["status"], vm["built"], vm["label"], vm["template_name"]) == ("running", True, "new", "Debian 12")


def test_twins_are_allowed(portal: Any) -> None:
    body = {**NEW, "label": "web1", "template": "linux-debian-12-x86_64-min-gen2-v1"}
    portal.call("POST", "/service/101/vms", body)
    portal.advance(30)
    labels = [one["label"] for one in portal.get("/service/101/vms")["vms"].values()]
    assert sorted(labels) == ["db1", "web1", "web1"]


def test_create_refuses(portal: Any) -> None:
    def error(service: int, **body: Any) -> Any:
        return portal.call("POST", f"/service/{service}/vms", {**NEW, **body})["error"]

    assert error(101) == ["template is required"]
    assert error(101, template="Debian 12") == ["invalid_template"]
    assert error(102, template="11", label="not a host name") == ["invalid_hostname"]
    assert error(102, template="11", memory="lots") == ["memory is invalid"]
    assert error(102, template="11", memory=99999) == ["resourcelimitreached"]
    assert len(portal.state()["services"]["102"]["vms"]) == 2


def test_destroy(portal: Any) -> None:
    path = "/service/103/vms/31"
    assert portal.call("DELETE", path) == {"status": True}
    portal.advance(10)
    assert portal.get("/service/103/vms")["vms"][0]["state"] == "Deleting"
    portal.advance(20)
    assert "error" in portal.get(path)
    assert portal.get("/service/103")["service"]["status"] == "Active"


def test_resize_and_rebuild(portal: Any) -> None:
    path = "/service/101/vms/18867"
    assert portal.call("PUT", path, {"memory": "4096"}) == {"error": ["cpu is required"]}
    assert portal.call("PUT", path, {"memory": "4096", "cpu": 3}) == {"status": True}
    assert portal.get(path)["vm"]["memory"] == 2048
    portal.advance(30)
    vm = portal.get(path)["vm"]
    assert (vm["memory"], vm["cpus"]) == (4096, "3")
    assert portal.call("POST", f"{path}/rebuild", {"template": "x"}) == {"status": True, "error": ["invalid_template"]}
    portal.call("POST", f"{path}/rebuild", {"template": "linux-almalinux-9-x86_64-min-gen2-v1"})
    portal.advance(15)
    assert states(portal, "101", "18867") == ("rebuilding", True)
    portal.advance(15)
    after = portal.get(path)["vm"]
    assert after["template_label"] == "AlmaLinux 9"
    assert after["password"] != vm["password"]


def test_rescue_shows_differently(portal: Any) -> None:
    for path in ("/service/101/vms/18867", "/service/102/vms/2001", "/service/103/vms/31"):
        portal.call("POST", f"{path}/rescue")
    portal.advance(30)
    assert portal.get("/service/101/vms/18867")["vm"]["rescue"] is True
    assert portal.get("/service/102/vms/2001")["vm"]["status"] == "rescue"
    assert portal.get("/service/103/vms/31")["vms"]["31"]["state"] == "Running"
    portal.call("POST", "/service/101/vms/18867/unrescue")
    portal.advance(30)
    assert "rescue" not in portal.get("/service/101/vms/18867")["vm"]


def test_families_can_be_dealt_otherwise(portal: Any) -> None:
    portal.reset(families="C")
    assert isinstance(portal.get("/service/101/vms")["vms"], list)


def test_tampering(portal: Any) -> None:
    portal.tamper(
        {"service": "101", "vm": "18867", "set": {"label": "{{ 1+1 }}", "word": "paused", "extra": {"note": 1}}},
        {"service": "101", "add_vm": {"like": "18868"}},
        {"service": "102", "set": {"domain": "other.example.com"}},
    )
    listed = portal.get("/service/101/vms")["vms"]
    assert (listed["18867"]["label"], listed["18867"]["state"], listed["18867"]["note"]) == ("{{ 1+1 }}", "paused", 1)
    assert sum(one["label"] == "db1" for one in listed.values()) == 2
    assert portal.get("/service")["services"][1]["domain"] == "other.example.com"
