# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account becomes: hosts, their variables, groups, names and addresses."""

from __future__ import annotations

import itertools
import json
import re
from decimal import Decimal

import pytest
from e2e.support import Site
from emulator.portal import serve

VARIABLES = [
    "api_url",
    "id",
    "kind",
    "service_id",
    "vm_id",
    "label",
    "service_label",
    "tags",
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
    "monthly",
    "currency",
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
        for key in set(VARIABLES) - {"memory", "cpu", "disk", "ipv4", "ipv6", "tags"}:
            assert variables[f"sindad_{key}"] is None or isinstance(variables[f"sindad_{key}"], str), (name, key)
    web1 = {key.removeprefix("sindad_"): value for key, value in found.hosts["web1"].items()}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", web1.pop("next_due"))
    assert web1.pop("api_url") == site.portal.api_url
    assert {key: web1[key] for key in web1 if not key.startswith("inventory_")} == {
        "ansible_host": "192.0.2.10",
        "id": "vm-101-18867",
        "kind": "vm",
        "service_id": "101",
        "vm_id": "18867",
        "label": "web1",
        "service_label": None,
        "tags": [],
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
        "monthly": "5.00",
        "currency": None,
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
    own = {key: value for key, value in found.hosts["web1-x"].items() if key.startswith("sindad_")}
    assert own == {"sindad_vars_prefix": "v_"}, "for the modules, which take ids from a host"
    bare = site.parse(group_prefix="", vars_prefix="", services=["101"])
    assert bare.hosts["web1"]["label"] == "web1" and bare.groups["kind_vm"] == ["web1", "db1"]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({"statuses": ["pending", "TERMINATED"]}, ["302", "303"]),
        ({"statuses": []}, None),
        ({"statuses": ["Fraud"], "allow_empty": True}, []),
        ({"categories": ["dedicated-SERVERS"]}, ["201", "202"]),
        ({"services": ["201", "Twin.Example.COM", 306]}, ["201", "304", "305", "306"]),
        ({"services": [302], "allow_empty": True}, []),
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


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"categories": ["cloud"]}, "There is no category cloud on this account, but categories names it. There is: "),
        ({"categories": ["Dedicated Servers", "clod-servers"]}, "Cloud Servers (cloud-servers), Dedicated Servers"),
        ({"statuses": ["Fraud"]}, "services have status Fraud; there are: Active"),
        ({"services": [302]}, "0 of 1 services with id or domain 302 have status Active; there are: "),
        ({"filters": [{"exclude": True}]}, "The filters leave none of 11 hosts. If an inventory without hosts is what"),
        ({"status": ["Active"]}, "There is no option status. Did you mean statuses?"),
        ({"keyed_group": []}, "There is no option keyed_group. Did you mean keyed_groups?"),
        ({"keyed_groups": [{"kye": "sindad_kind"}]}, "There is no option of keyed_groups kye. Did you mean key?"),
        ({"whatever": 1}, "There is no option whatever. There is: allow_empty, api_url, "),
        ({"details": ["vmz"]}, "vmz"),
        ({"connect_with": ["public_ip4"]}, "public_ip4"),
        ({"on_error": "skp"}, "skp"),
    ],
)
def test_what_is_misspelt_is_no_smaller_inventory(site, options, words):
    found = site.parse(**options)
    assert found.hosts == {} and words in found.error
    assert "incomplete" not in found.error


def test_every_option_that_is_misspelt_is_named(site):
    """The options of the plugin and of what it extends, each without its last letter but one."""
    known = site.parse(whatever=1).error.partition("There is no option whatever. There is: ")[2].partition(".")[0]
    options = [each for each in known.split(", ") if len(each) > 3 and each != "plugin"]
    assert {"keyed_groups", "cache_plugin", "statuses", "api_url", "use_extra_vars"} <= set(options)
    for option in options:
        found = site.parse(**{option[:-2] + option[-1]: 1})
        assert f"Did you mean {option}?" in found.error and found.hosts == {}


def test_what_is_misspelt_ends_the_command(site):
    """With what AWX sets, and with nothing."""
    run = site.list(site.source(categories=["cloud"]))
    assert run.code != 0 and "There is no category cloud" in run.text


def test_nothing_is_welcome(site):
    for options in ({"statuses": ["Fraud"]}, {"filters": [{"exclude": True}]}):
        found = site.parse(allow_empty=True, **options)
        assert found.error is None and found.names == []


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
    found = site.parse(filters=filters, allow_empty=not names)
    assert found.error is None
    assert found.order == names


def test_filters_that_fail(site):
    strict = site.parse(filters=[{"exclude": "nothing_like_this > 3"}], strict=True)
    assert "nothing_like_this > 3" in strict.error and "filter" in strict.error
    assert (
        "There is no option of filters only. There is: exclude, include." in site.parse(filters=[{"only": "x"}]).error
    )
    for wrong in ({"include": "true", "exclude": "true"}, {}, "sindad_kind"):
        found = site.parse(filters=[wrong])
        assert "An entry of filters is either include: or exclude:" in found.error
    found = site.parse(
        filters=[{"include": "much > 3"}, {"exclude": "true"}], use_extra_vars=True, extra_vars=('{"much": 4}',)
    )
    assert len(found.names) == 11
    assert (
        site.parse(
            filters=[{"include": "much | int > 3"}, {"exclude": "true"}], allow_empty=True, extra_vars=('{"much": 4}',)
        ).names
        == []
    )


@pytest.mark.parametrize(
    ("hostnames", "web1", "server"),
    [
        (["id"], "18867", "201"),
        (["service_id"], "101", "201"),
        (["label"], "web1", "201"),  # nothing given: the id
        (["hostname", "domain"], "cloud-a.example.com", "server1.example.com"),
        (["sindad_label", "sindad_product"], "web1", "Server_X1"),
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
    assert found.names == [".._.._etc_passwd", "a_b"]
    assert sorted(found.var("sindad_label").values()) == ["../../etc/passwd", "a b"], "the variables keep the text"
    found = site.parse(services=["101"], hostnames=["ipv6"])
    assert found.names == ["2001:db8::ae42", "2001:db8::ae43"]


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


def test_labels_and_tags(site):
    """Of services, on all their hosts, and of VMs; protected from being a template as all text."""
    for service, label in (("101", "main #prod #Db"), ("201", "rack 1 #prod"), ("306", "{{ 6*7 }} #{{x}}")):
        site.portal.tamper({"service": service, "set": {"label": label}})
    site.portal.tamper({"service": "101", "vm": "18868", "set": {"label": "db1 #backup"}})
    found = site.parse(details=["vms", "ips", "labels"])
    assert site.requests()["GET /service/@id/label"] == 9
    web1, server = found.hosts["web1"], found.hosts["rack_1"]
    assert (web1["sindad_label"], web1["sindad_service_label"]) == ("web1", "main #prod #Db")
    assert web1["sindad_tags"] == ["prod", "Db"] and found.hosts["db1"]["sindad_tags"] == [
        "prod",
        "Db",
        "backup",
    ]
    assert (server["sindad_label"], server["sindad_service_label"]) == ("rack 1 #prod",) * 2
    assert found.groups["sindad_tag_prod"] == ["web1", "db1", "rack_1"]
    assert found.groups["sindad_tag_db"] == ["web1", "db1"]
    assert found.groups["sindad_tag_backup"] == ["db1"] and "sindad_tag___x__" in found.groups
    assert "GET /service/@id/label" not in site.parse().hosts and "GET /service/@id/label" not in site.requests()


def test_the_sum_of_the_hosts_is_that_of_the_account(site):
    site.portal.tamper({"service": "102", "set": {"extra": {"total": "10.01", "billingcycle": "Quarterly"}}})
    found = site.parse()
    monthly = found.var("sindad_monthly")
    assert sorted(
        Decimal(monthly[name]) for name in found.order if found.hosts[name]["sindad_service_id"] == "102"
    ) == [
        Decimal("1.67"),
        Decimal("1.67"),
    ]
    assert found.var("sindad_total")["cloud-b.example.com"] == "10.01"
    assert all(re.fullmatch(r"\d+\.\d{2,3}", each) for each in monthly.values()), monthly


@pytest.mark.parametrize(
    "options",
    [
        {"keyed_groups": [{"key": "sindad_power", "prefix": "p"}]},
        {"groups": {"running": "sindad_power == 'on'"}},
        {"groups": {"running": "v_power == 'on'"}, "vars_prefix": "v_"},
    ],
)
def test_groups_by_power_that_lack_the_servers(site, options):
    words = "which is null for dedicated servers unless details has server"
    assert words in str(site.parse(**options).warnings)
    assert words not in str(site.parse(**options, details=["vms", "server"]).warnings)
    assert words not in str(site.parse(**options, categories=["cloud-servers"]).warnings)
    assert words not in str(site.parse(groups={"x": "sindad_powers is defined"}).warnings)


def test_a_vm_that_is_gone_before_its_details_are_read(site):
    site.portal.fault("error", error=["VM not found"], path="^/service/102/vms/2001$", times=None)
    assert "VM not found" in site.parse(details=["vm_details"], retries=0).error, "it is listed still"


def test_addresses_that_lead_to_the_controller(site):
    bad = ["0.0.0.0", "224.0.0.1", "127.0.0.2", "::", "::ffff:127.0.0.1", "ff02::1"]
    site.portal.tamper(
        {"service": "101", "vm": "18867", "set": {"ipv4": bad[:3], "ipv6": bad[3:], "hostname": "localhost"}},
        {"service": "101", "vm": "18868", "set": {"label": "127.0.0.2"}},
    )
    found = site.parse(services=["101"])
    assert "ansible_host" not in found.hosts["web1"]
    assert found.order[1] == "127.0.0.2_18868"


def test_text_that_moves_the_cursor(site):
    label = "web\x1b[2J\x9b31m\u202edne"
    site.portal.tamper(*({"service": "101", "vm": vm, "set": {"label": label}} for vm in ("18867", "18868")))
    listed(site.portal, lambda some: [{**each, "domain": f"{each['domain']}\x1b[31m"} for each in some])
    site.portal.fault("status", status=500, path="^/service/201/ips$", times=None)
    found = site.parse(on_error="skip", retries=0)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e]", "".join([*found.warnings, *found.order]))
    assert found.order[:2] == ["web_2J_31m_dne", "web_2J_31m_dne_18868"] and len(found.warnings) >= 2
    assert found.hosts["web_2J_31m_dne"]["sindad_label"] == label
    failed = site.parse(services=["nowhere"])
    assert "\x1b" not in failed.error and "cloud-a.example.com" in failed.error


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
    with serve(services=30, latency=0.02) as portal:  # one that no request of another test is still under way at
        alone = Site(site.core, portal)
        for workers in (1, 3):
            assert len(alone.parse(workers=workers).names) == 30
            assert portal.summary()["peak_in_flight"] == workers
            portal.clear_log()
        assert "workers must be 1 or more" in alone.parse(workers=0).error


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
