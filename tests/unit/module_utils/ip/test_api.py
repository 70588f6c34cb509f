# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    InvalidInput,
    NotFound,
    UnexpectedResponse,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.comparison import has_domain
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import is_host_name
from ansible_collections.sindad.cloud.plugins.module_utils._ip.api import Ips, identity, main_addresses, pick
from ansible_collections.sindad.cloud.plugins.module_utils._ip.record import to_ip
from unit.canned import Canned

LIST = "GET /service/201/ips"


def ips(answers):
    return Ips(Canned(answers).client, "201")


@pytest.mark.parametrize(
    "answer, expected",
    [
        ({"ips": {"1": {"ipaddress": "198.51.100.5", "main": "1"}}}, [("1", "198.51.100.5", True)]),
        ({"ips": [{"id": 1, "ip": " 198.51.100.5/24 ", "main": False}]}, [("1", "198.51.100.5", False)]),
        ({"ips": {"0": {"ip_id": 77, "ip_address": "198.51.100.5"}}}, [("77", "198.51.100.5", None)]),
        ({"ips": {"7": "2001:0db8::0005"}}, [("7", "2001:db8::5", None)]),
        ({"ips": ["198.51.100.5"]}, [("198.51.100.5", "198.51.100.5", None)]),
        ({"ips": {"198.51.100.5": {"domain": "a.example.com"}}}, [("198.51.100.5", "198.51.100.5", None)]),
        ({"status": True, "addresses": [{"id": 1, "address": "198.51.100.5"}]}, [("1", "198.51.100.5", None)]),
        ({"ips": []}, []),
        ({"ips": {}}, []),
        ([], []),
    ],
)
def test_lists(answer, expected):
    listed = ips({LIST: answer}).list()
    assert [(ip["id"], ip["address"], ip["main"]) for ip in listed] == expected


@pytest.mark.parametrize("answer", [{"status": True}, {"ips": "none"}, {"ips": None}, {"ips": [{"id": 1, "ip": "?"}]}])
def test_an_unknown_list_is_not_taken_for_none(answer):
    answers = {LIST: answer, "GET /service/201/ips/1": {"ip": {"id": 1}}}
    with pytest.raises(UnexpectedResponse):
        ips(answers).list()


@pytest.mark.parametrize(
    "details",
    [
        {"ip": {"id": 5, "ipaddress": "198.51.100.5", "domain": "a.example.com", "vlan": 12}},
        {"ip": {"ip": "198.51.100.5", "ptr": "a.example.com", "vlan": {"id": 12, "name": "Public"}}},
        {"ips": {"1": {"ipaddress": "198.51.100.5", "rdns": "a.example.com", "vlan_id": "12"}}},
        {"ips": [{"ipaddress": "198.51.100.5", "domain": "a.example.com", "vlan": "12"}]},
        {"ip": {"id": 5, "ipaddress": ["198.51.100.5"], "domain": "a.example.com", "vlan": 12}},
        {"ip": {"id": 5, "ipaddress": ["198.51.100.5", "198.51.100.6"], "domain": "a.example.com", "vlan": 12}},
        {"status": True, "ip": "198.51.100.5", "domain": "a.example.com", "vlan": "12"},
        {"id": "1", "ipaddress": "198.51.100.5", "domain": "a.example.com", "vlan": "12"},
    ],
)
def test_details(details):
    answers = {LIST: {"ips": {"1": {"ipaddress": "198.51.100.5", "main": 1}}}, "GET /service/201/ips/1": details}
    (ip,) = ips(answers).all()
    assert (ip["id"], ip["address"], ip["domain"], ip["vlan"]) == ("1", "198.51.100.5", "a.example.com", "12")
    assert ip["main"] is True
    assert ip["version"] == 4


def test_a_bare_address_takes_the_id_of_its_details():
    answers = {
        LIST: {"ips": ["198.51.100.5", "198.51.100.6"]},
        "GET /service/201/ips/198.51.100.5": {"ip": {"id": 7, "ipaddress": "198.51.100.5", "domain": "a.example.com"}},
        "GET /service/201/ips/198.51.100.6": {"error": ["ip_not_found"]},
    }
    first, second = ips(answers).all()
    assert (first["id"], first["domain"]) == ("7", "a.example.com")
    assert (second["id"], second["domain"], second["raw"]) == ("198.51.100.6", None, {"name": "198.51.100.6"})


def test_an_address_with_an_id_must_have_details():
    answers = {LIST: {"ips": {"1": "198.51.100.5"}}, "GET /service/201/ips/1": {"ip": []}}
    with pytest.raises(NotFound, match="answered nothing for IP address 1 on service 201"):
        ips(answers).all()


def test_details_are_asked_for_only_where_something_is_missing():
    canned = Canned(
        {
            LIST: {
                "ips": [
                    {"id": 1, "ip": "198.51.100.5", "domain": "a.example.com"},
                    {"id": 2, "ip": "198.51.100.6"},
                    {"id": 3, "ip": "198.51.100.7"},
                ]
            },
            "GET /service/201/ips/2": {"ip": {"domain": "b.example.com"}},
        },
    )
    known = Ips(canned.client, "201").known("domain", but=["198.51.100.7"])
    assert [ip["domain"] for ip in known] == ["a.example.com", "b.example.com"]
    assert [request for request, body in canned.asked] == [LIST, "GET /service/201/ips/2"]


@pytest.mark.parametrize(
    "answer, expected",
    [
        ({"vlans": [{"id": 12, "name": "Public"}]}, [("12", "Public")]),
        ({"vlans": {"12": "Public"}}, [("12", "Public")]),
        ({"vlans": {"12": {"name": "Public"}}}, [("12", "Public")]),
        ({"vlans": [{"vlan": 12, "name": "Public"}]}, [("12", "Public")]),
        ({"vlans": [{"vlan_id": "12"}]}, [("12", "12")]),
        ({"vlans": ["12"]}, [("12", "12")]),
        ({"vlans": []}, []),
    ],
)
def test_vlans(answer, expected):
    vlans = ips({"GET /service/201/vlans": answer}).vlans()
    assert [(vlan["id"], vlan["name"]) for vlan in vlans] == expected


@pytest.mark.parametrize(
    "told, mains",
    [
        (["0", "1"], [1]),
        ([None, None], [0]),
        (["0", None], [1]),
        (["0", "0"], []),
        (["0"], [0]),
        ([], []),
    ],
)
def test_the_main_address(told, mains):
    there = [to_ip({"id": place, "ip": f"198.51.100.{place}", "main": main}) for place, main in enumerate(told)]
    assert main_addresses(there) == [there[place] for place in mains]


@pytest.mark.parametrize(
    "text, meant",
    [
        (" 198.51.100.5 ", "198.51.100.5"),
        ("2001:0DB8:0::0005", "2001:db8::5"),
        ("501", "501"),
        ("ip-501", "ip-501"),
    ],
)
def test_an_address_or_an_id(text, meant):
    assert identity(text) == meant
    assert pick(text, [{"id": meant, "address": None}])["id"] == meant


@pytest.mark.parametrize(
    "text", ["", "a", "198.51.100", "198.51.100.256", "198.51.100.5/24", "a.example.com", "1/2", "2001:db8"]
)
def test_neither_address_nor_id(text):
    with pytest.raises(InvalidInput, match="neither an IP address nor an id"):
        identity(text)


def test_domains_are_compared_as_dns_does():
    assert has_domain({"domain": "A.example.com."}, "a.EXAMPLE.com")
    assert not has_domain({"domain": None}, "a.example.com")


@pytest.mark.parametrize(
    "text, is_one",
    [
        ("a.example.com", True),
        ("a.example.com.", True),
        ("a", True),
        ("xn--mgbaam7a8h.example", True),
        ("a" * 63 + ".com", True),
        ("a" * 64 + ".com", False),
        (".".join(["a" * 60] * 5), False),
        (f"{'a.' * 126}a", True),  # 253 characters
        (f"{'a.' * 126}aa", False),
        ("-a.com", False),
        ("a-.com", False),
        ("a..com", False),
        ("a_b.com", False),
        ("a b", False),
        ("", False),
        ("192.0.2.1", False),
    ],
)
def test_host_names(text, is_one):
    assert is_host_name(text) is is_one
