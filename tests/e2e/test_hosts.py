# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account becomes: hosts, their variables, groups, names and addresses."""

from __future__ import annotations

import itertools
import json
import re

import pytest

VARIABLES = [
    "kind",
    "service_id",
    "vm_id",
    "label",
    "hostname",
    "domain",
    "product",
    "category",
    "category_url",
    "status",
    "power",
    "state",
    "billing_cycle",
    "next_due",
    "total",
    "memory",
    "cpu",
    "disk",
    "template",
    "ipv4",
    "ipv6",
]
#: The hosts of the small account, by service and VM id.
SMALL = [
    "web1",
    "db1",
    "cloud-b.example.com",
    "cloud-b.example.com_2002",
    "mail1",
    "server1.example.com",
    "server2.example.com",
    "examplename.com",
    "twin.example.com",
    "twin.example.com_305",
    "shop.example.com",
]


def listed(portal, change):
    """Let the portal answer what *change* makes of its list of services."""
    import base64
    import urllib.request

    request = urllib.request.Request(f"{portal.api_url}/service")
    request.add_header("Authorization", "Basic " + base64.b64encode(b"user@example.com:secret").decode())
    with urllib.request.urlopen(request, timeout=5) as answer:
        services = json.load(answer)["services"]
    body = json.dumps({"services": change(services)}, ensure_ascii=False)
    portal.fault("invalid_json", path="^/service$", times=None, body=body)


def test_kinds_variables_groups_and_requests(site):
    found = site.parse()
    assert found.error is None
    assert site.requests() == {
        "GET /service": 1,
        "GET /service/@id/methods": 7,  # one a product
        "GET /service/@id/vms": 3,
        "GET /service/@id/ips": 2,
    }
    assert found.order == SMALL

    for name, variables in found.hosts.items():
        own = {key for key in variables if key.startswith("sindad_")}
        assert own == {f"sindad_{key}" for key in VARIABLES}, name
        assert all(isinstance(each, str) for key in ("ipv4", "ipv6") for each in variables[f"sindad_{key}"])
        for key in set(VARIABLES) - {"memory", "cpu", "disk", "ipv4", "ipv6"}:
            assert variables[f"sindad_{key}"] is None or isinstance(variables[f"sindad_{key}"], str), (name, key)
    web1 = {key.removeprefix("sindad_"): value for key, value in found.hosts["web1"].items()}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", web1.pop("next_due"))
    assert {key: web1[key] for key in web1 if not key.startswith("inventory_")} == {
        "ansible_host": "192.0.2.10",
        "kind": "vm",
        "service_id": "101",
        "vm_id": "18867",
        "label": "web1",
        "hostname": None,
        "domain": "cloud-a.example.com",
        "product": "Cloud A",
        "category": "Cloud Servers",
        "category_url": "cloud-servers",
        "status": "Active",
        "power": "on",
        "state": "online",
        "billing_cycle": "Monthly",
        "total": "9.99",
        "memory": 2048,
        "cpu": 2,
        "disk": 20,
        "template": "linux-debian-12-x86_64-min-gen2-v1",
        "ipv4": ["192.0.2.10"],
        "ipv6": ["2001:db8::ae42"],
    }
    assert [type(web1[key]) for key in ("memory", "cpu", "disk", "total")] == [int, int, int, str]
    assert found.hosts["server1.example.com"]["sindad_vm_id"] is None
    assert found.hosts["server1.example.com"]["ansible_host"] == "198.51.100.101"
    assert found.hosts["examplename.com"]["ansible_host"] == "examplename.com"

    assert found.groups == {
        "sindad": SMALL,
        "sindad_kind_vm": SMALL[:5],
        "sindad_kind_server": SMALL[5:7],
        "sindad_kind_service": SMALL[7:],
        "sindad_status_active": SMALL,
        "sindad_power_on": ["web1", "db1", "cloud-b.example.com", "mail1"],
        "sindad_power_off": ["cloud-b.example.com_2002"],
        "sindad_category_cloud_servers": SMALL[:5],
        "sindad_category_dedicated_servers": SMALL[5:7],
        **{group: found.groups[group] for group in found.groups if "hosting" in group},
    }
    assert found.var("sindad_product")["shop.example.com"] == "هاست اقتصادی"


def test_groups_of_odd_and_persian_words(site):
    words = {"301": "Müller & Söhne/«Pro» 100%", "304": "سرورهای ابری ویژه", "306": "{{ 6*7 }}.[a]"}

    def change(services):
        for each in services:
            if each["id"] in words:
                each.update(category=words[each["id"]], category_url="", status="Active")
        return services

    listed(site.portal, change)
    site.portal.tamper({"service": "101", "vm": "18867", "set": {"word": "Re-Building!"}})
    found = site.parse(hostnames=["id"])
    assert found.groups["sindad_category_müller___söhne__pro__100_"] == ["301"]
    assert found.groups["sindad_category_سرورهای_ابری_ویژه"] == ["304"]
    assert found.groups["sindad_category____6_7_____a_"] == ["306"]
    assert found.groups["sindad_power_changing"] == ["18867"]
    assert {host: found.hosts[host]["sindad_category"] for host in words} == words
    assert found.hosts["18867"]["sindad_state"] == "Re-Building!"
    assert not found.warnings, "a group's name is valid"


def test_prefixes(site):
    found = site.parse(group_prefix="my_", vars_prefix="v_", services=["101"], hostnames=["{{ v_label }}-x", "id"])
    assert found.names == ["db1-x", "web1-x"]
    assert sorted(found.groups) == [
        "my_category_cloud_servers",
        "my_kind_vm",
        "my_power_on",
        "my_status_active",
        "sindad",
    ]
    assert {f"v_{key}" for key in VARIABLES} <= set(found.hosts["web1-x"])
    assert not any(key.startswith("sindad_") for key in found.hosts["web1-x"])
    bare = site.parse(group_prefix="", vars_prefix="", services=["101"])
    assert bare.hosts["web1"]["label"] == "web1" and bare.groups["kind_vm"] == ["web1", "db1"]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({"statuses": ["pending", "TERMINATED"]}, ["302", "303"]),
        ({"statuses": []}, None),
        ({"statuses": ["Fraud"]}, []),
        ({"categories": ["dedicated-SERVERS"]}, ["201", "202"]),
        ({"categories": ["Dedicated Servers", "no such category"]}, ["201", "202"]),
        ({"services": ["201", "Twin.Example.COM", 306]}, ["201", "304", "305", "306"]),
        ({"services": [302]}, []),
        ({"services": [302], "statuses": []}, ["302"]),
        ({"services": ["101", "201"], "categories": ["dedicated-servers"]}, ["201"]),
    ],
)
def test_which_services(site, options, ids):
    found = site.parse(hostnames=["service_id"], **options)
    asked = {each["path"].split("/")[3] for each in site.portal.log(path="/(vms|ips)$")}
    services = set(found.var("sindad_service_id").values())
    assert services == (set(ids) if ids is not None else services)
    assert len(services) == len(ids) if ids is not None else len(services) == 11
    assert asked <= services, "what is not wanted costs no request"


def test_a_service_that_is_not_there(site):
    found = site.parse(services=["101", "gone.example.com"])
    assert "There is no service gone.example.com on this account" in found.error
    assert "101 (cloud-a.example.com)" in found.error


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ([{"exclude": "sindad_kind != 'vm'"}], SMALL[:5]),
        ([{"include": "sindad_label == 'db1'"}, {"exclude": "true"}], ["db1"]),
        ([{"exclude": "true"}, {"include": "sindad_label == 'db1'"}], []),
        ([{"include": "sindad_label == 'db1'"}, {"exclude": True}], ["db1"]),
        ([{"exclude": False}, {"exclude": "sindad_kind == 'vm'"}], SMALL[5:]),
        ([{"include": "sindad_kind == 'server'"}], SMALL),  # what no condition decides is kept
        (
            [{"include": "sindad_memory | default(0, true) | int > 2048"}, {"exclude": "sindad_kind is defined"}],
            ["db1", "mail1"],
        ),
        ([{"exclude": "ansible_host is defined"}], ["cloud-b.example.com"]),
        ([{"exclude": "nothing_like_this > 3"}, {"exclude": "sindad_kind != 'server'"}], SMALL[5:7]),
        ([{"exclude": "'10.20.30.11' in sindad_ipv4 or 'web' in (sindad_label or '')"}], SMALL[2:]),
    ],
)
def test_filters(site, filters, names):
    found = site.parse(filters=filters)
    assert found.error is None
    assert found.order == names


def test_filters_that_fail(site):
    strict = site.parse(filters=[{"exclude": "nothing_like_this > 3"}], strict=True)
    assert "nothing_like_this > 3" in strict.error and "filter" in strict.error
    for wrong in ({"include": "true", "exclude": "true"}, {"only": "true"}, {}, "sindad_kind"):
        found = site.parse(filters=[wrong])
        assert "An entry of filters is either include: or exclude:" in found.error
    found = site.parse(
        filters=[{"include": "much > 3"}, {"exclude": "true"}], use_extra_vars=True, extra_vars=('{"much": 4}',)
    )
    assert len(found.names) == 11
    assert (
        site.parse(filters=[{"include": "much | int > 3"}, {"exclude": "true"}], extra_vars=('{"much": 4}',)).names
        == []
    )


@pytest.mark.parametrize(
    ("hostnames", "web1", "server"),
    [
        (["id"], "18867", "201"),
        (["service_id"], "101", "201"),
        (["label"], "web1", "201"),  # nothing given: the id
        (["hostname", "domain"], "cloud-a.example.com", "server1.example.com"),
        (["sindad_label", "sindad_product"], "web1", "Server X1"),
        (["ansible_host"], "192.0.2.10", "198.51.100.101"),
        (["ipv4"], "192.0.2.10", "198.51.100.101"),
        (["memory", "kind"], "2048", "server"),
        (["{{ sindad_label }}.example.org", "domain"], "web1.example.org", ".example.org"),
        (["{{ sindad_label.x.y }}", "domain"], "cloud-a.example.com", "server1.example.com"),
        (["sindad_label ~ '-' ~ sindad_vm_id", "id"], "web1-18867", "None-None"),
        (["sindad_label or sindad_domain"], "web1", "server1.example.com"),
        (["{% if sindad_kind == 'vm' %}vm-{{ sindad_vm_id }}{% endif %}", "id"], "vm-18867", "201"),
    ],
)
def test_hostnames(site, hostnames, web1, server):
    found = site.parse(hostnames=hostnames, services=["101", "201"], filters=[{"exclude": "sindad_label == 'db1'"}])
    assert found.error is None
    assert found.order[0] == web1
    assert found.order[1:] == [server]


def test_hostnames_that_fail(site):
    for bare in ("lable", "password", "raw"):
        found = site.parse(hostnames=[bare])
        assert f"there is no field {bare}" in found.error and "label" in found.error, bare
    strict = site.parse(hostnames=["{{ sindad_lable }}"], strict=True)
    assert "sindad_lable" in strict.error
    found = site.parse(hostnames=["username"], include_passwords=True, details=["vm_details"], services=["102"])
    assert found.names == ["root", "root_2002"]


def test_every_host_without_an_address_has_a_name(site):
    found = site.parse(hostnames=["ansible_host", "id"], connect_with=["public_ipv4"])
    assert "ansible_host" not in found.hosts["2002"]


def test_names_that_ansible_would_trip_over(site):
    labels = {"18867": "../../etc/passwd", "18868": " a b\n"}
    for vm, label in labels.items():
        site.portal.tamper({"service": "101", "vm": vm, "set": {"label": label}})
    found = site.parse(services=["101"], hostnames=["label"])
    assert found.names == [".._.._etc_passwd", "a b"]


@pytest.mark.parametrize("label", ["sindad", "all", "ungrouped", "sindad_power_on", "localhost"])
def test_a_label_that_is_the_name_of_a_group(site, label):
    site.portal.tamper({"service": "101", "vm": "18867", "set": {"label": label}})
    found = site.parse(services=["101", "102"])
    assert found.error is None
    assert found.order[:2] == [f"{label}_18867", "db1"]
    assert found.hosts[f"{label}_18867"]["sindad_label"] == label
    assert found.groups["sindad"] == found.order
    assert any(label in warning and "18867" in warning for warning in found.warnings)
    assert not found.children["sindad"] and not found.children["sindad_power_on"]


def test_hosts_with_one_name(site):
    for service, vm in (("101", "18868"), ("103", "31")):
        site.portal.tamper({"service": service, "vm": vm, "set": {"label": "web1"}})
    site.portal.tamper({"service": "101", "add_vm": {"like": "18867", "id": 9}})
    found = site.parse(categories=["cloud-servers"])
    names = ["web1", "web1_18867", "web1_18868", "cloud-b.example.com", "cloud-b.example.com_2002", "web1_31"]
    assert found.order == names
    assert found.hosts["web1"]["sindad_vm_id"] == "9", "natural order: 9 before 18867"
    assert [warning for warning in found.warnings if "web1" in warning] == [
        f"Two hosts are named web1: the one with the id {vm} is called web1_{vm}." for vm in ("18867", "18868", "31")
    ]
    listed(site.portal, lambda services: list(reversed(services)))
    assert site.parse(categories=["cloud-servers"]).order == names, "the portal's order does not matter"
    site.portal.tamper({"service": "101", "vm": "18868", "set": {"label": "web1_18867"}})
    assert site.parse(services=["101"]).order == ["web1", "web1_18867", "web1_18867_18868"]


@pytest.mark.parametrize(
    ("connect_with", "expected"),
    [
        (
            None,
            {"web1": "192.0.2.10", "db1": "192.0.2.11", "v6only": "2001:db8::6", "private": "10.1.2.3", "none": None},
        ),
        (["public_ipv6", "public_ipv4"], {"web1": "2001:db8::ae42", "db1": "2001:db8::ae43", "private": None}),
        (["private_ipv4", "public_ipv4"], {"web1": "192.0.2.10", "db1": "10.20.30.11", "private": "10.1.2.3"}),
        (
            ["hostname", "public_ipv4"],
            {"web1": "192.0.2.10", "mail1": "mail1.example.com", "server": "server1.example.com"},
        ),
        (["public_ipv6"], {"v6only": "2001:db8::6", "app1": None, "private": None, "none": None}),
        ([], {"web1": None, "server": None}),
    ],
)
def test_connect_with(site, connect_with, expected):
    site.portal.tamper(
        {"service": "101", "add_vm": {"label": "private", "ipv4": ["127.0.0.1", "169.254.1.1", "10.1.2.3"]}},
        {"service": "101", "add_vm": {"label": "none", "ipv4": [], "ipv6": ["fe80::1"]}},
        {"service": "102", "vm": "2001", "set": {"extra": {"label": "app1"}}},
        {"service": "101", "add_vm": {"label": "v6only", "ipv4": [], "ipv6": ["2001:db8::6"]}},
        {"service": "201", "set": {"extra": {"label": "server"}}},
    )
    options = {} if connect_with is None else {"connect_with": connect_with}
    found = site.parse(**options)
    assert {name: found.hosts[name].get("ansible_host") for name in expected} == expected


DETAILS = ("vms", "vm_details", "ips", "server")


@pytest.mark.parametrize(
    "details",
    [some for size in range(5) for some in itertools.combinations(DETAILS, size)],
    ids=lambda some: "+".join(some) or "none",
)
def test_details_and_what_they_cost(site, details):
    found = site.parse(details=list(details), hostnames=["id"])
    requests = site.requests()
    vms = bool({"vms", "vm_details"} & set(details))
    assert requests == {
        key: count
        for key, count in {
            "GET /service": 1,
            "GET /service/@id/methods": 7,
            "GET /service/@id/vms": 3 if vms else 0,
            "GET /service/@id/vms/@vmid": 5 if "vm_details" in details else 0,
            "GET /service/@id/ips": 2 if "ips" in details else 0,
            "GET /service/@id/info": 2 if "server" in details else 0,
            "GET /service/@id/status": 2 if "server" in details else 0,
        }.items()
        if count
    }
    assert len(found.names) == (11 if vms else 9)
    kinds = sorted(found.var("sindad_kind").values())
    assert kinds == ["server"] * 2 + (["service"] * 4 + ["vm"] * 5 if vms else ["service"] * 7)
    assert found.hosts["201"]["sindad_power"] == ("on" if "server" in details else None)
    assert found.hosts["201"]["sindad_hostname"] == ("server1.example.com" if "server" in details else None)
    assert bool(found.hosts["201"]["sindad_ipv4"]) == bool({"ips", "server"} & set(details))
    if "vm_details" in details:
        assert found.hosts["2002"]["sindad_template"] == "Debian 12", "the name, where no id is told"
        assert found.hosts["2002"]["sindad_label"] == "app2" and found.hosts["2002"]["sindad_memory"] == 1024
    elif vms:
        assert found.hosts["2002"]["sindad_label"] is None and found.hosts["2002"]["sindad_memory"] is None


def test_methods_are_asked_for_once_a_product(site):
    site.portal.reset(services=60)
    found = site.parse()
    requests = site.requests()
    assert len(found.names) == 60
    assert requests.pop("GET /service/@id/methods") == 5
    assert sum(requests.values()) == 1 + 36 + 18  # the list, one for each with VMs, one for each server


def test_workers(site):
    site.portal.reset(services=30, latency=0.02)
    for workers in (1, 3):
        assert len(site.parse(workers=workers).names) == 30
        assert site.portal.summary()["peak_in_flight"] == workers
        site.portal.clear_log()
    assert "workers must be 1 or more" in site.parse(workers=0).error


@pytest.mark.parametrize("include", [False, True])
def test_passwords(site, include):
    found = site.parse(include_passwords=include, details=["vms", "vm_details", "ips", "server"])
    text = json.dumps([found.hosts, found.warnings])
    assert ("Vm-18867-pass" in text) == include
    assert "pdtzc" not in text, "the list of services does not tell the login of a service"
    for variables in found.hosts.values():
        assert ({"sindad_username", "sindad_password"} <= set(variables)) == include
    if include:
        assert found.hosts["web1"]["sindad_password"] == "Vm-18867-pass"
        assert found.hosts["examplename.com"]["sindad_password"] is None


def test_an_empty_account(site):
    site.portal.reset(services=0)
    found = site.parse()
    assert found.error is None and found.names == [] and found.warnings == []
    assert site.requests() == {"GET /service": 1}
    for body in ('{"services": []}', '{"services": {}}', "[]"):
        site.portal.clear_faults()
        site.portal.fault("invalid_json", path="^/service$", body=body)
        assert site.parse().names == [], body
