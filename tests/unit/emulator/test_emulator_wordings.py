# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels, states, names, sizes and amounts in a portal's own words, and VMs that are listed late."""

from __future__ import annotations

from typing import Any

import pytest

VM = {"template": "linux-debian-12-x86_64-min-gen2-v1", "memory": "1024", "cpu": "1", "disk": "10"}
INFO = "/service/201/info"


def create(portal: Any, label: str, **more: Any) -> None:
    assert portal.call("POST", "/service/101/vms", {**VM, "label": label, **more}) == {"status": True}


def labels(portal: Any) -> list[str]:
    return [one["label"] for one in portal.get("/service/101/vms")["vms"].values()]


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ("lower", "db & web-server one"),
        ("upper", "DB & WEB-SERVER ONE"),
        ("entities", "Db &amp; Web-Server One"),
        ("blanks", " Db  &  Web-Server  One "),
        ("cut", "Db & Web-Server "),
        ("prefix", "vm-Db & Web-Server One"),
        ("lower,prefix,cut", "vm-db & web-serv"),
    ],
)
def test_a_label_is_changed_on_creation(portal: Any, changes: str, label: str) -> None:
    portal.set(label_changes=changes)
    create(portal, "Db & Web-Server One")
    portal.advance(30)
    assert labels(portal) == ["web1", "db1", label]


def test_a_vm_is_listed_after_some_looks(portal: Any) -> None:
    portal.set(create_looks=2, create_delay=0)
    create(portal, "late")
    assert labels(portal) == labels(portal) == ["web1", "db1"]
    assert labels(portal) == ["web1", "db1", "late"]


def test_a_vm_that_is_not_listed_has_no_details(portal: Any) -> None:
    portal.set(create_looks=1, create_delay=0)
    create(portal, "late")
    (number,) = set(portal.state()["services"]["101"]["vms"]) - {"18867", "18868"}
    path = f"/service/101/vms/{number}"
    assert portal.full("GET", path)[0] == 404
    labels(portal)
    assert portal.get(path)["vm"]["label"] == "late"


def test_states_have_the_portals_words(portal: Any) -> None:
    portal.reset(families="AED", words={"on": "power on", "off": "خاموش", "stop": "shutting down"}, stale=0)
    assert portal.get("/service/101/vms/18867")["vm"]["state"] == "power on"
    assert portal.get("/service/102/vms/2001")["vm"]["LCM_STATE_STR"] == "power on"
    portal.call("POST", "/service/101/vms/18867/stop")
    assert portal.get("/service/101/vms/18867")["vm"]["state"] == "shutting down"
    assert portal.get("/service/103/vms/31")["vm"]["status"] == "power on"
    assert portal.get("/service/201/status") == {"status": "power on"}
    portal.call("POST", "/service/201/poweroff")
    assert portal.get("/service/201/status") == {"status": "shutting down"}
    portal.advance(30)
    assert portal.get("/service/201/status") == {"status": "خاموش"}
    with pytest.raises(ValueError, match="words"):
        portal.set(words={"running": "x"})


def test_names_are_worded(portal: Any) -> None:
    portal.set(os_wording="{name} LTS (64 bit)", hostname_wording="{short}", template_wording="{name} x64")
    info = portal.get(INFO)["info"]
    assert (info["os"], info["hostname"]) == ("Debian 12 LTS (64 bit)", "server1")
    assert portal.get("/service/101/vms/18867")["vm"]["template_label"] == "Debian 12 x64"
    assert portal.get("/service/102/vms/2001")["vm"]["template_name"] == "Ubuntu 24.04 x64"
    portal.set(os_wording="Linux", hostname_wording="-")
    info = portal.get(INFO)["info"]
    assert (info["os"], info["hostname"]) == ("Linux", "-")
    assert portal.state()["services"]["201"]["server"]["hostname"] == "server1.example.com"


@pytest.mark.parametrize(
    ("units", "memory", "disk"),
    [("text", "2 GB RAM", "20 GB SSD"), ("short", "2G", "20G"), ("bytes", 2147483648, 21474836480)],
)
def test_sizes_in_other_units(portal: Any, units: str, memory: Any, disk: Any) -> None:
    portal.set(units=units)
    vm = portal.get("/service/101/vms/18867")["vm"]
    assert (vm["memory"], vm["disk"]) == (memory, disk)
    create(portal, "odd", memory=1536)
    portal.advance(30)
    odd = list(portal.get("/service/101/vms")["vms"].values())[-1]
    assert odd["memory"] == {"text": "1536 MB RAM", "short": "1536M", "bytes": 1610612736}[units]
    assert portal.get("/service/103/vms/31")["vms"]["31"]["ram"] != 4096
    # family D lists no sizes at all
    portal.reset(families="D", units=units)
    assert set(portal.get("/service/101/vms")["vms"][0]) == {"id", "hostname"}


@pytest.mark.parametrize(
    ("form", "total", "price"),
    [
        ("grouped", "450,000.00", "9.99"),
        ("persian", "۴۵۰٬۰۰۰ ریال", "۹٫۹۹ ریال"),
        ("rial", "450000 ریال", "9.99 ریال"),
        ("dollar", "$450,000.00 USD", "$9.99 USD"),
    ],
)
def test_amounts_in_other_spellings(portal: Any, form: str, total: str, price: str) -> None:
    portal.set(amounts=form, page_size=2, page_form="total")
    portal.tamper({"service": "101", "set": {"total": "450000"}})
    answer = portal.get("/service")
    assert answer["services"][0]["total"] == total
    assert answer["total"] == 11
    portal.set(page_size=0)
    assert portal.get("/service/102")["service"]["total"] == price
    package = portal.get("/service/101/upgrade")["package"][0]
    assert package["price"] == package["cycles"]["m"] == price.replace("9.99", "19.99").replace("۹٫", "۱۹٫")
    assert portal.get("/service/101/vms/18867")["vm"]["usage"]["disk"]["total"] == 20


@pytest.mark.parametrize(
    ("form", "idle"),
    [
        ("null", None),
        ("false", False),
        ("status_true", {"status": True}),
        ("online", {"status": "online"}),
        ("text", "Server is not being reinstalled"),
        ("status_text", {"status": "not being reinstalled", "progress": 0}),
    ],
)
def test_no_operation_is_told_in_many_ways(portal: Any, form: str, idle: Any) -> None:
    portal.set(idle=form)
    assert portal.get("/service/201/reinstall") == {"reinstall": idle}


def test_a_flag_that_was_sent_may_count_as_set(portal: Any) -> None:
    body = {"template": "ISPsystem__Memtest", "clearhdd": False}

    def diagnose(service: int) -> Any:
        portal.call("POST", f"/service/{service}/diag", body)
        portal.advance(200)
        return portal.state()["services"][str(service)]["server"]["os"]

    assert diagnose(201) is not None
    portal.set(flags_by_presence=True)
    assert diagnose(202) is None


def test_tickets_are_stored_in_other_words(portal: Any) -> None:
    portal.set(ticket_changes="paragraph,signature,subject_cut,subject_prefix,department")
    body = {"dept_id": 1, "subject": "A subject that is rather long", "body": "one\ntwo <b>"}
    path = f"/tickets/{portal.call('POST', '/tickets', body)['ticket']}"
    portal.call("POST", path, {"body": "more"})
    found = portal.get(path)
    assert found["ticket"]["subject"] == "[#865650] A subject that is rather"
    assert found["ticket"]["body"] == "<p>one</p><p>two &lt;b&gt;</p>\r\n-- \r\nJoe Doe"
    assert found["ticket"]["deptname"] == "Billing Department"
    assert found["replies"][0]["body"] == "<p>more</p>\r\n-- \r\nJoe Doe"
    assert portal.get("/ticket/departments")["departments"][0]["name"] == "Billing"


def test_unknown_changes_are_refused(portal: Any) -> None:
    for name in ("label_changes", "ticket_changes"):
        with pytest.raises(ValueError, match=name):
            portal.set(**{name: "lower,paint"})
