# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno
import os

import pytest
import yaml
from ansible_collections.sindad.cloud.plugins.module_utils._export import files
from ansible_collections.sindad.cloud.plugins.modules import account_export
from unit.canned import Canned

HOSTILE = "{{ 7*7 }}: 'x' \"y\" # z\n- فارسی \u202e [1,2]"
VM_METHODS = [("GET", "vms"), ("POST", "vms"), ("GET", "templates"), ("GET", "label"), ("POST", "label")]
SERVER_METHODS = [("GET", "info"), ("POST", "hostname"), ("GET", "ips"), ("POST", "ips/@ip")]
VM = {
    "id": "7",
    "label": "web1",
    "state": "online",
    "template": "debian-12",
    "memory": 2048,
    "disk": 20,
    "cpus": 2,
    "ip": ["192.0.2.10"],
    "password": "Planted-1",
    "vnc_token": "Planted-2",
}


def methods(listed):
    return {"methods": [{"name": "x", "method": verb, "route": f"/service/@id/{route}"} for verb, route in listed]}


def service(identity, status="Active", **more):
    return {"id": identity, "domain": f"{identity}.example.com", "name": "Cloud A", "status": status, **more}


def answers(**more):
    return {
        "GET /service": {
            "services": [
                service("101", category="Cloud", category_url="cloud", password="Planted-3"),
                service("201", category="Servers", category_url="servers"),
                service("302", "Terminated", category="Cloud"),
            ]
        },
        "GET /service/101/methods": methods(VM_METHODS),
        "GET /service/101/label": {"label": HOSTILE},
        "GET /service/101/vms": {"vms": {"7": VM}},
        "GET /service/101/vms/7": {"vm": VM},
        "GET /service/101/templates": {"templates": [{"id": "debian-12", "name": "Debian 12"}]},
        "GET /service/201/methods": methods(SERVER_METHODS),
        "GET /service/201/info": {
            "info": {"hostname": "db1.example.com", "os": "Debian 12", "rootpassword": "Planted-4"}
        },
        "GET /service/201/ips": {"ips": [{"id": "501", "ipaddress": "192.0.2.1", "domain": "db1.example.com"}]},
        "GET /service/201/ips/501": {"ip": {"id": "501", "ipaddress": "192.0.2.1", "domain": "db1.example.com"}},
        "GET /contact": {"contacts": [{"id": "49", "email": "mary@example.com"}]},
        "GET /contact/49": {
            "contact": {
                "id": "49",
                "email": "mary@example.com",
                "firstname": HOSTILE,
                "password": "Planted-5",
                "privileges": {"support": ["tickets"]},
            }
        },
        **more,
    }


def vm_answers(*vms):
    """The answers to one service with these VMs; the list tells all."""
    listed = {str(vm["id"]): vm for vm in vms}
    return answers(
        **{"GET /service/101/vms": {"vms": listed}},
        **{f"GET /service/101/vms/{key}": {"vm": vm} for key, vm in listed.items()},
    )


def export(tmp_path, given=None, check_mode=False, **options):
    return Canned(given or answers()).run(account_export, check_mode, dest=str(tmp_path / "account"), **options)


def text(tmp_path, path):
    return (tmp_path / "account" / path).read_text(encoding="utf-8")


def read(tmp_path, path):
    found = yaml.safe_load(text(tmp_path, path).replace("!unsafe ", ""))
    return found.get(f"service_{path[9:-4]}", found)


def tree(tmp_path):
    return sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))


# -- what is written -------------------------------------------------------------------------------------------------


def test_a_project_with_one_file_for_each_active_service(tmp_path):
    result = export(tmp_path)
    assert result["changed"] and not result.get("failed"), result
    assert set(result["written"]) == {
        *("site.yml", "inventory.sindad.yml", "account.yml", "services/101.yml", "services/201.yml")
    }
    assert result["left_out"] == ["Service 302: not exported, as its status is Terminated"]
    assert read(tmp_path, "services/101.yml") == {
        "id": "101",
        "label": HOSTILE,
        "vms": [
            {"label": "web1", "state": "started", "template": "debian-12", "memory": 2048, "cpu": 2, "disk": 20},
        ],
        "known_vms": ["7"],
    }
    assert read(tmp_path, "services/201.yml") == {
        "id": "201",
        "hostname": "db1.example.com",
        "addresses": [{"address": "192.0.2.1", "domain": "db1.example.com"}],
        "known_addresses": ["192.0.2.1"],
    }
    account = read(tmp_path, "account.yml")
    assert account["known_services"] == ["101", "201", "302"] and account["known_contacts"] == ["49"]
    (contact,) = account["contacts"]
    assert contact["privileges"] == {"support": ["tickets"]}
    assert contact["firstname"] == " ".join(HOSTILE.split()) or contact["firstname"] == HOSTILE
    assert "# 302.example.com" not in text(tmp_path, "site.yml")
    assert yaml.safe_load(text(tmp_path, "inventory.sindad.yml")) == {"plugin": "sindad.cloud.sindad"}


def test_no_secret_and_no_template_is_written(tmp_path):
    result = export(tmp_path)
    everything = str(result) + "".join(
        path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()
    )
    assert "Planted" not in everything
    for path in ("services/101.yml", "account.yml"):
        assert all("!unsafe" in line for line in text(tmp_path, path).splitlines() if "{{ 7*7 }}" in line)


def test_the_second_run_writes_nothing(tmp_path):
    export(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    result = export(tmp_path)
    assert not result["changed"] and result["written"] == [] and result["diff"] == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_check_mode_writes_nothing_and_shows_what_would_be(tmp_path):
    result = export(tmp_path, check_mode=True)
    assert result["changed"] and len(result["written"]) == 5
    assert {each["after_header"] for each in result["diff"]} == set(result["written"])
    assert tree(tmp_path) == []


def test_only_what_changed_is_written(tmp_path):
    export(tmp_path)
    result = export(tmp_path, answers(**{"GET /service/101/label": {"label": "web"}}))
    assert result["written"] == ["services/101.yml"]
    (diff,) = result["diff"]
    assert 'label: "web"' in diff["after"] and 'label: "web"' not in diff["before"]


@pytest.mark.parametrize(
    "vm, item",
    [
        ({"label": None, "name": ""}, {"vmid": "7"}),
        ({"state": "offline"}, {"state": "stopped"}),
        ({"state": "rebuilding"}, {"state": None}),
        ({"template": "who knows"}, {"template": None}),
        ({"template": None, "template_name": "Debian 12"}, {"template": "Debian 12"}),
        ({"memory": 2}, {"memory": None}),
        ({"label": HOSTILE}, {"label": HOSTILE}),
    ],
)
def test_a_vm_as_vm_fleet_finds_it(tmp_path, vm, item):
    export(tmp_path, vm_answers({**VM, **vm}))
    (found,) = read(tmp_path, "services/101.yml")["vms"]
    assert {key: found.get(key) for key in item} == item


def test_templates_are_asked_for_only_where_they_are_offered(tmp_path):
    without = [each for each in VM_METHODS if each != ("GET", "templates")]
    given = answers(**{"GET /service/101/methods": methods(without)})
    del given["GET /service/101/templates"]
    portal = Canned(given)
    result = portal.run(account_export, dest=str(tmp_path / "account"))
    assert not result.get("failed"), result
    assert not [request for request, _body in portal.asked if "templates" in request]
    (vm,) = read(tmp_path, "services/101.yml")["vms"]
    assert "template" not in vm


@pytest.mark.parametrize(
    "templates, named",
    [
        ([{"id": "debian-12", "name": "x"}, {"id": "1", "name": "debian-12"}], "debian-12"),
        ([{"id": "1", "name": "debian-12"}], "debian-12"),
        ([{"id": "1", "name": "debian-12"}, {"id": "2", "name": "debian-12"}], None),
        ([{"id": "debian-12-min", "name": "Debian 12"}], None),
        ([], None),
    ],
)
def test_a_template_is_named_only_if_it_is_one_of_the_service(tmp_path, templates, named):
    export(tmp_path, answers(**{"GET /service/101/templates": {"templates": templates}}))
    (vm,) = read(tmp_path, "services/101.yml")["vms"]
    assert vm.get("template") == named


def test_a_service_without_vms_is_not_asked_for_templates(tmp_path):
    portal = Canned(vm_answers())
    portal.run(account_export, dest=str(tmp_path / "account"))
    assert "GET /service/101/templates" not in [request for request, _body in portal.asked]


def test_twins_are_named_by_their_ids(tmp_path):
    export(tmp_path, vm_answers(VM, {**VM, "id": "8", "label": "WEB1"}, {**VM, "id": "9", "label": "db1"}))
    found = read(tmp_path, "services/101.yml")["vms"]
    assert [(item.get("label"), item.get("vmid")) for item in found] == [(None, "7"), (None, "8"), ("db1", None)]


def test_what_is_being_destroyed_is_known_but_not_kept(tmp_path):
    result = export(tmp_path, vm_answers({**VM, "state": "destroying"}))
    assert read(tmp_path, "services/101.yml")["vms"] == []
    assert read(tmp_path, "services/101.yml")["known_vms"] == ["7"]
    assert "Service 101: VM 7 (web1) is being destroyed." in result["left_out"]


def test_an_address_whose_domain_cannot_be_set(tmp_path):
    given = {"id": "501", "ipaddress": "192.0.2.1", "domain": "{{ 1 }}\nx"}
    more = {"GET /service/201/ips": {"ips": [given]}, "GET /service/201/ips/501": {"ip": given}}
    export(tmp_path, answers(**more))
    assert read(tmp_path, "services/201.yml")["addresses"] == []
    assert "# Not here: 192.0.2.1 has a domain that cannot be set: {{ 1 }} x\n" in text(tmp_path, "services/201.yml")


# -- what is chosen --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options, written",
    [
        ({"services": ["201.example.com"]}, {"services/201.yml"}),
        ({"categories": ["cloud"]}, {"services/101.yml"}),
        ({"include": ["contacts"]}, {"services/101.yml", "services/201.yml"}),
    ],
)
def test_only_some_services(tmp_path, options, written):
    result = export(tmp_path, **options)
    assert {path for path in result["written"] if path.startswith("services")} == written
    assert ("known_services" in read(tmp_path, "account.yml")) is ("include" in options)


def test_only_some_parts(tmp_path):
    export(tmp_path, include=["labels"])
    assert read(tmp_path, "services/101.yml") == {"id": "101", "label": HOSTILE}
    assert read(tmp_path, "services/201.yml") == {"id": "201"}
    assert "contacts" not in read(tmp_path, "account.yml")


@pytest.mark.parametrize("options", [{"services": ["nowhere"]}, {"categories": ["nothing"]}])
def test_what_is_not_there_fails_and_writes_nothing(tmp_path, options):
    result = export(tmp_path, **options)
    assert result["failed"] and ("There is" in result["msg"] or "Available" in result["msg"])
    assert tree(tmp_path) == []


def test_what_cannot_be_read_fails_and_writes_nothing(tmp_path):
    result = export(tmp_path, answers(**{"GET /service/101/vms": {"error": ["node down"]}}))
    assert result["failed"] and "node down" in result["msg"]
    assert tree(tmp_path) == []


def test_an_id_is_never_a_path(tmp_path):
    given = answers(**{"GET /service": {"services": [service("../../etc/x"), service("101")]}})
    result = export(tmp_path, given)
    assert "Service ../../etc/x: not exported, as its ID cannot be the name of a file" in result["left_out"]
    assert tree(tmp_path)[-1] == "account/site.yml"


# -- files of others -------------------------------------------------------------------------------------------------


def test_an_edited_file_is_kept_unless_told_otherwise(tmp_path):
    export(tmp_path)
    path = tmp_path / "account/services/101.yml"
    edited = path.read_text(encoding="utf-8").replace("cpu: 2", "cpu: 4")
    path.write_text(edited, encoding="utf-8")
    result = export(tmp_path)
    assert result["kept"] == ["services/101.yml"] and not result["changed"]
    assert path.read_text(encoding="utf-8") == edited
    result = export(tmp_path, overwrite=True)
    assert result["written"] == ["services/101.yml"]
    assert read(tmp_path, "services/101.yml")["vms"][0]["cpu"] == 2


def test_files_of_others_are_kept(tmp_path):
    (tmp_path / "account/services").mkdir(parents=True)
    (tmp_path / "account/site.yml").write_text("mine")
    (tmp_path / "account/services/mine.yml").write_text("x: 1")
    assert export(tmp_path)["kept"] == ["site.yml"]
    assert text(tmp_path, "site.yml") == "mine" and text(tmp_path, "services/mine.yml") == "x: 1"


def test_the_file_of_a_service_that_is_gone_goes_unless_it_was_edited(tmp_path):
    less = answers(**{"GET /service": {"services": [service("302", "Terminated")]}})
    export(tmp_path)
    (tmp_path / "account/services/201.yml").open("a").write("# mine\n")
    result = export(tmp_path, less)
    assert result["removed"] == ["services/101.yml"] and result["kept"] == ["services/201.yml"]
    assert "account/services/101.yml" not in tree(tmp_path)


# -- where nothing can be written ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "prepare, says",
    [
        (lambda account: account.write_text("x"), "is a file"),
        (lambda account: (account.mkdir(), (account / "services").write_text("x")), "services is a file"),
        (lambda account: (account / "site.yml").mkdir(parents=True), "site.yml is not a regular file"),
        (lambda account: account.symlink_to("nowhere"), "is a file"),
    ],
)
def test_what_is_no_folder(tmp_path, prepare, says):
    prepare(tmp_path / "account")
    before = tree(tmp_path)
    result = export(tmp_path)
    assert result["failed"] and says in result["msg"] and str(tmp_path / "account") in result["msg"]
    assert tree(tmp_path) == before


def test_a_missing_parent_is_told_before_the_portal_is_asked(tmp_path):
    portal = Canned(answers())
    result = portal.run(account_export, dest=str(tmp_path / "none/account"))
    assert result["failed"] and "does not exist. Create it" in result["msg"] and portal.asked == []


def test_an_empty_path_is_refused():
    portal = Canned(answers())
    result = portal.run(account_export, dest="")
    assert result["msg"] == "dest is empty. Specify the path of a folder." and portal.asked == []


@pytest.mark.parametrize("refused", [0, 1, 4])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path, monkeypatch, refused):
    calls = []

    def full(handle):
        calls.append(handle)
        if len(calls) > refused:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    result = export(tmp_path)
    assert result["failed"] and not result.get("changed")
    assert result["msg"].endswith("could not be written, and nothing was changed: No space left on device.")
    assert tree(tmp_path) == []
