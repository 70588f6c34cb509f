# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Families without labels, pages, wrappers: portals that shape their answers otherwise."""

from __future__ import annotations

import urllib.parse
from typing import Any

import pytest

CREDENTIALS = {"username": "user@example.com", "password": "secret"}
VM = {"label": "new", "memory": "1024", "cpu": "1", "disk": "10"}


def test_family_d_lists_an_id_and_a_host_name(portal: Any) -> None:
    portal.reset(families="D")
    assert portal.get("/service/101/vms") == {
        "vms": [{"id": 18867, "hostname": "web1"}, {"id": 18868, "hostname": "db1"}]
    }
    vm = portal.get("/service/101/vms/18867")["vm"]
    assert (vm["status"], vm["memory"], vm["template_name"]) == ("running", 2048, "Debian 12")
    assert "label" not in vm
    portal.call("POST", "/service/101/vms", {**VM, "template": "9001"})
    portal.advance(30)
    assert portal.get("/service/101/vms")["vms"][-1]["hostname"] == "new"
    assert portal.get("/service/101/vms/1") == {"error": ["VM not found"]}


def test_family_e_has_the_numbers_of_opennebula(portal: Any) -> None:
    portal.reset(families="E", stale=10, duration=20, create_delay=10)

    def state(vmid: str) -> tuple[Any, ...]:
        vm = portal.get(f"/service/101/vms/{vmid}")["vm"]
        return vm["state"], vm["STATE"], vm["LCM_STATE"], vm["LCM_STATE_STR"]

    assert state("18867") == (3, "3", "3", "RUNNING")
    portal.call("POST", "/service/101/vms/18867/stop")
    portal.advance(10)
    assert state("18867") == (3, "3", "18", "SHUTDOWN_POWEROFF")
    portal.advance(20)
    assert state("18867") == (8, "8", "0", "LCM_INIT")
    portal.call("POST", "/service/101/vms", {**VM, "template": "71"})
    portal.advance(10)
    listed = portal.get("/service/101/vms")["vms"]
    (number,) = set(listed) - {"18867", "18868"}
    assert state(number) == (1, "1", "0", "LCM_INIT")
    assert "label" not in listed[number]


@pytest.mark.parametrize("key", ["vmid", "id"])
@pytest.mark.parametrize("family", "ABCDE")
def test_details_may_carry_the_id_of_another_vm(portal: Any, family: str, key: str) -> None:
    portal.reset(families=family, own_ids=key)
    answer = portal.get("/service/101/vms/18867")
    vm = answer["vm"] if "vm" in answer else answer["vms"]["18867"]
    assert vm[key] == 18868
    assert portal.call("POST", "/service/101/vms/18867/stop") == {"status": True}
    assert portal.state()["services"]["101"]["vms"]["18868"]["operation"] is None


def test_details_may_differ_from_the_list(portal: Any) -> None:
    portal.tamper({"service": "101", "vm": "18867", "set": {"details": {"label": "other"}}})
    assert portal.get("/service/101/vms")["vms"]["18867"]["label"] == "web1"
    assert portal.get("/service/101/vms/18867")["vm"]["label"] == "other"


def test_details_of_other_things_may_carry_another_id(portal: Any) -> None:
    portal.set(other_ids=True)
    assert portal.get("/contact/49")["contact"]["id"] == "50"
    assert portal.get("/tickets/736633")["ticket"]["ticket_number"] == "736650"
    assert portal.get("/service/201/ips/503")["ip"]["id"] == "501"
    portal.set(other_ids=False)
    assert portal.get("/contact/49")["contact"]["id"] == "49"


def numbers(portal: Any, page: int) -> list[str]:
    return [one["id"] for one in portal.get(f"/invoice?page={page}")["invoices"]]


@pytest.mark.parametrize("form", ["page", "sorter", "total", "next"])
def test_pages_are_told_in_four_forms(portal: Any, form: str) -> None:
    whole = numbers(portal, 1)
    portal.set(page_size=3, page_form=form)
    first = portal.get("/invoice")
    assert {name: value for name, value in first.items() if name != "invoices"} == {
        "page": {"page": {"current": 1, "total": 2}},
        "sorter": {"sorter": {"perpage": 3, "totalpages": 2, "sorterrecords": 4, "sorterpage": 1}},
        "total": {"total": 4, "per_page": "3", "current_page": 1, "last_page": 2},
        "next": {"next": f"{portal.api_url}/invoice?page=2"},
    }[form]
    assert [one["id"] for one in first["invoices"]] == whole[:3]
    assert numbers(portal, 2) == whole[3:]
    assert numbers(portal, 3) == []


def test_the_last_page_has_no_next(portal: Any) -> None:
    portal.set(page_size=3, page_form="next")
    second = urllib.parse.urlsplit(portal.get("/invoice")["next"])
    assert portal.get(f"{second.path[4:]}?{second.query}")["next"] is None


def test_every_list_comes_in_pages(portal: Any) -> None:
    portal.set(page_size=1)
    lists = {
        "/service/101/vms": "vms",
        "/service/102/vms": "vms",
        "/service/102/templates": "templates",
        "/service/201/ips": "ips",
        "/service/202/reinstall/templates": "templates",
        **{f"/{name}": f"{name}s" for name in ("service", "contact", "invoice")},
        **{f"/{name}": name for name in ("tickets", "notifications", "statuses")},
        "/ticket/departments": "departments",
        "/serverstock": "servers",
    }
    for path, key in lists.items():
        answer = portal.get(path)
        assert len(answer[key]) == 1, path
        assert answer["page"]["total"] > 1, path
        assert answer[key] != portal.get(f"{path}?page=2")[key], path


def test_a_portal_that_lies_about_its_pages(portal: Any) -> None:
    portal.set(page_size=4, page_lie="more")
    assert portal.get("/invoice")["page"] == {"current": 1, "total": 2}
    assert numbers(portal, 2) == []
    portal.set(page_size=3, page_lie="ignored")
    assert portal.get("/invoice?page=2")["page"] == {"current": 1, "total": 2}
    assert numbers(portal, 2) == numbers(portal, 1)
    portal.set(page_lie="echo")
    assert portal.get("/invoice?page=2")["page"] == {"current": 2, "total": 2}
    assert numbers(portal, 2) == numbers(portal, 1)
    portal.set(page_lie="elsewhere", page_form="next")
    assert portal.get("/invoice")["next"] == "https://elsewhere.example.com/api/invoice?page=2"


def test_the_payload_may_be_under_data(portal: Any) -> None:
    portal.set(wrapper="data", page_size=3)
    answer = portal.get("/invoice")
    assert set(answer) == {"data", "error", "info", "page"}
    assert len(answer["data"]["invoices"]) == 3
    assert portal.get("/service/301/label") == {"data": {"label": ""}, "error": [], "info": []}
    assert portal.call("POST", "/service/301/label", {"label": "x"}) == {
        "data": {"success": True},
        "error": [],
        "info": ["label_updated"],
    }
    assert portal.get("/service/999") == {"data": [], "error": ["service_not_found"], "info": []}
    # live clients read these at the root
    assert set(portal.call("POST", "/login", CREDENTIALS, auth=None)) == {"token", "refresh"}


def test_the_payload_may_be_beside_a_code(portal: Any) -> None:
    portal.set(wrapper="code")
    assert portal.get("/service/301/label") == {"code": 200, "message": "OK", "data": {"label": ""}}
    assert portal.get("/service/999") == {"code": 422, "message": "service_not_found", "data": None}
    portal.set(wrapper="list")
    assert portal.get("/service/301/label") == [{"label": ""}]


def test_entries_may_be_wrapped_and_templates_grouped(portal: Any) -> None:
    portal.set(nesting="entries")
    assert set(portal.get("/service")["services"][0]) == {"service"}
    assert set(portal.get("/service/102/vms")["vms"]["2001"]) == {"vm"}
    assert set(portal.get("/statuses")["statuses"][0]) == {"status"}
    portal.set(nesting="groups")
    templates = portal.get("/service/101/templates")["templates"]
    assert [one["name"] for one in templates["windows"]] == ["Windows Server 2022"]
    assert len(templates["linux"]) == 3
    assert set(portal.get("/service/102/templates")["templates"]["linux"]) >= {"11", "12"}


def test_ways_combine(portal: Any) -> None:
    portal.reset(families="D", page_size=1, page_form="total", wrapper="data", own_ids="vmid")
    answer = portal.get("/service/101/vms?page=2")
    assert answer["data"] == {"vms": [{"id": 18868, "hostname": "db1"}]}
    assert (answer["total"], answer["last_page"]) == (2, 2)
    assert portal.get("/service/101/vms/18868")["data"]["vm"]["vmid"] == 18867


def test_wrong_ways_are_refused(portal: Any) -> None:
    for wrong in ({"page_size": -1}, {"page_form": "x"}, {"wrapper": "x"}, {"own_ids": "x"}, {"nesting": "x"}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            portal.set(**wrong)
    with pytest.raises(ValueError, match="families"):
        portal.reset(families="ABZ")
