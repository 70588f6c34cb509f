# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How portals write things, in every way that is known or likely."""

from __future__ import annotations

import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.envelope import entries, entry
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import EmptyResponse, UnexpectedResponse
from ansible_collections.sindad.cloud.plugins.module_utils._core.redaction import without_secrets
from ansible_collections.sindad.cloud.plugins.module_utils._core.values import (
    addresses,
    first_present,
    to_address,
    to_bool,
    to_date,
    to_decimal,
    to_int,
    to_text,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.vocabulary import is_transitional, power

# -- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"),
        (" a ", "a"),
        (5, "5"),
        (0, "0"),
        ("0", "0"),
        ("سرور", "سرور"),
        ("", None),
        ("  ", None),
        (None, None),
        (False, None),
        (True, None),
        ([], None),
        ({}, None),
        ([1], None),
    ],
)
def test_text(value, expected):
    assert to_text(value) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (512, "MB", 512),
        ("512", "MB", 512),
        (" 512 ", "MB", 512),
        (512.0, "MB", 512),
        ("512.0", "MB", 512),
        ("2 GB", "MB", 2048),
        ("2GiB", "MB", 2048),
        ("2g", "MB", 2048),
        ("1.5 GB", "MB", 1536),
        ("512 MB", "MB", 512),
        ("524288 KB", "MB", 512),
        ("20 GB", "GB", 20),
        ("1 TB", "GB", 1024),
        ("20480 MB", "GB", 20),
        ("1", None, 1),
        ("-512", "MB", -512),
        (0, "MB", 0),
        ("2,048", "MB", 2048),
        ("2 Cores", None, 2),
        ("4 vCPU", None, 4),
        ("1 core", None, 1),
        ("", "MB", None),
        (None, "MB", None),
        (True, None, None),
        ("unlimited", "MB", None),
        ("local-lvm", "GB", None),
        ([], "MB", None),
        ({}, "MB", None),
        ("2 apples", None, None),
        ("nan", None, None),
    ],
)
def test_number(value, unit, expected):
    assert to_int(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        ("1", True),
        (1, True),
        ("true", True),
        ("True ", True),
        ("yes", True),
        ("on", True),
        (False, False),
        ("0", False),
        (0, False),
        ("false", False),
        ("no", False),
        ("off", False),
        (None, None),
        ("", None),
        ("maybe", None),
        ([], None),
        ({}, None),
        (2, None),
    ],
)
def test_flag(value, expected):
    assert to_bool(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("9.99", "9.99"),
        (" 9.99 ", "9.99"),
        ("4.000", "4.000"),
        (9.99, "9.99"),
        (10, "10"),
        (10.0, "10.00"),
        (9.5, "9.50"),
        (0.0001, "0.0001"),
        (0, "0"),
        ("0.00", "0.00"),
        (1e16, "10000000000000000.00"),
        ("", None),
        ("  ", None),
        (None, None),
        (False, None),
        ([], None),
        ({}, None),
    ],
)
def test_money(value, expected):
    assert to_decimal(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-02", "2026-01-02"),
        ("2026-01-02 03:04:05", "2026-01-02 03:04:05"),
        ("0000-00-00 00:00:00", None),
        ("0000-00-00", None),
        ("", None),
        (None, None),
        (False, None),
        ([], None),
    ],
)
def test_date(value, expected):
    assert to_date(value) == expected


def test_first_takes_what_holds_something():
    source = {"a": "", "b": None, "c": [], "d": {}, "e": "  ", "f": 0, "g": False}
    assert first_present(source, "a", "b", "c", "d", "e", "x", "f", "g") == 0
    assert first_present(source, "g", "f") is False
    assert first_present(source, "a", "x") is None


# -- collections -----------------------------------------------------------------------------------------------------

A, B = {"id": "1", "name": "a"}, {"id": "2", "name": "b"}


@pytest.mark.parametrize(
    "answer",
    [
        {"vms": {"1": {"name": "a"}, "2": {"name": "b"}}},
        {"vms": {"1": {"id": "1", "name": "a"}, "2": {"id": "2", "name": "b"}}},
        {"vms": [A, B]},
        {"status": True, "vms": [A, B], "total": 2, "error": []},
        {"servers": [A, B]},
        {"servers": {"1": A, "2": B}},
        {"status": True, "machines": {"1": A, "2": B}},
        [A, B],
        {"1": A, "2": B},
        {"1": A, "2": B, "status": True},
        {"1": "a", "2": "b"},
        {"vms": {"1": "a", "2": "b"}},
        {"data": {"vms": [A, B]}},
    ],
    ids=json.dumps,
)
def test_entries(answer):
    assert entries(answer, "vms") == [A, B]


@pytest.mark.parametrize("answer", [{}, [], {"vms": {}}, {"vms": []}, {"machines": []}, {"status": True, "vms": []}])
def test_no_entries(answer):
    assert entries(answer, "vms") == []


def test_entries_that_are_no_objects():
    assert entries({"ips": ["192.0.2.1"]}, "ips") == [{"name": "192.0.2.1"}]
    assert entries({"payment": {"1": "PayPal"}}, "payment") == [{"id": "1", "name": "PayPal"}]
    assert entries({"templates": {"debian-12": "Debian 12"}}, "templates") == [{"id": "debian-12", "name": "Debian 12"}]


def test_a_single_object_is_a_collection_of_one():
    assert entries({"vms": {"id": "1", "name": "a"}}, "vms") == [A]
    assert entries({"vms": {"id": "1", "name": "a", "ip": {"4": {}}}}, "vms")[0]["id"] == "1"


def test_ids_that_an_entry_has_are_kept():
    assert entries({"vms": {"7": {"vmid": 5}}}, "vms") == [{"vmid": 5}]
    assert entries({"vms": {"7": {"id": 5}}}, "vms") == [{"id": 5}]
    assert entries({"vms": {"7": {"id": None, "label": "a"}}}, "vms") == [{"id": "7", "label": "a"}]


ODD = [
    {"vms": False},
    {"vms": True},
    {"vms": None},
    {"vms": "text"},
    {"vms": 0},
    {"vms": ""},
    {"vms": [None]},
    {"vms": [False]},
    {"vms": [["a"]]},
    {"vms": {"1": None}},
    {"vms": {"1": False}},
    {"status": True},
    {"status": True, "info": []},
    {"success": True},
    {"message": "no VMs"},
    {"info": ["x"]},
    {"currency": "USD", "items": []},
    {"vm_count": 0},
    {"reason": "maintenance"},
    {"a": "x", "b": "y"},
    None,
    "text",
    "",
    0,
    False,
    True,
    17,
    ["a", None],
]


@pytest.mark.parametrize("answer", ODD, ids=repr)
def test_an_unknown_shape_is_never_nothing(answer):
    with pytest.raises(UnexpectedResponse) as caught:
        entries(answer, "vms")
    assert "vms" in str(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        {"vm": B},
        {"vm": [B]},
        {"vms": {"2": B}},
        {"vms": {"1": A, "2": B}},
        {"vms": [A, B]},
        {"vms": {"2": {"name": "b"}}},
        {"vm": {"2": {"name": "b"}}},
        {"server": B},
        B,
        [B],
        {"2": B},
        {"status": True, "vm": B},
        {"status": True, **B},
        {"status": True, "error": [], "info": [], **B},
        {"data": {"vm": B}},
    ],
    ids=json.dumps,
)
def test_entry(answer):
    assert entry(answer, "vm", "vms", key="2") == B


def test_a_flat_object_keeps_its_own_state():
    flat = {"id": "2", "label": "b", "status": "running", "total": "9.99"}
    assert entry(flat, "vm") == flat
    assert entry({**flat, "status": True, "success": True}, "vm") == {"id": "2", "label": "b", "total": "9.99"}


def test_an_entry_of_objects_only():
    info = {"cpu": {"cores": 2}, "memory": {"total": 512}}
    assert entry({"info": info}, "info") == info


@pytest.mark.parametrize("answer", [{}, [], {"vm": {}}, {"vm": []}, {"vm": None}, {"vms": {}}, None], ids=repr)
def test_nothing(answer):
    with pytest.raises(EmptyResponse):
        entry(answer, "vm", "vms", key="2")


@pytest.mark.parametrize(
    "answer",
    [
        {"vm": False},
        {"vm": True},
        {"vm": "text"},
        {"vm": 0},
        {"vm": ""},
        {"vms": [A, A]},
        {"vms": {"1": A, "3": A}},
        {"status": True},
        {"info": ["x"]},
        {"message": "x"},
        "text",
        "",
        0,
        False,
        True,
    ],
    ids=repr,
)
def test_an_unknown_shape_is_not_nothing(answer):
    with pytest.raises(UnexpectedResponse) as caught:
        entry(answer, "vm", "vms", key="2")
    assert not isinstance(caught.value, EmptyResponse)


# -- secrets ---------------------------------------------------------------------------------------------------------


def words(text):
    return text.split()


SECRET_KEYS = words(
    """
    password Password root_password rootpassword rootpass rootpw root_pw user_pass pass passwd passphrase pwd
    root_pwd vncpass vnc_password adminpass admin_pass secret client_secret private_key privatekey
    ssh_private_key token access_token refresh_token auth_token tokens console_token api_key apikey access_key
    credentials password_plain new_password vnc_pw smbpassword db_pass passcode
    """
)

HARMLESS_KEYS = words(
    """
    id label state status username login bypass compass passed passive ssh_keys public_key keyboard monkey
    hostname privileges os tokenized passenger passport cpus spawned power key keys name
    """
)


@pytest.mark.parametrize("key", SECRET_KEYS)
def test_secrets_are_removed_at_any_depth(key):
    value = {"id": "1", "deep": [{"er": {key: "geheim", "name": "a"}}], key: {"value": "geheim"}}
    assert without_secrets(value) == {"id": "1", "deep": [{"er": {"name": "a"}}]}
    assert value[key] == {"value": "geheim"}  # not changed itself


@pytest.mark.parametrize("key", HARMLESS_KEYS)
def test_harmless_keys_stay(key):
    assert without_secrets({"raw": {key: "x"}, key: "x"}) == {"raw": {key: "x"}, key: "x"}


def test_a_record_keeps_the_key():
    record = {"id": "1", "password": "geheim", "raw": {"password": "geheim", "id": "1"}}
    assert without_secrets([record]) == [{"id": "1", "password": None, "raw": {"id": "1"}}]


def test_values_that_hold_no_objects_stay_as_they_are():
    for value in (None, 1, "password", True, ["password"], []):
        assert without_secrets(value) == value


# -- power -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["running", "online", "on", "active", "true", "1", 1, True, "Running", " ONLINE "])
def test_on(word):
    assert power(word) == "on"


@pytest.mark.parametrize("word", ["stopped", "offline", "off", "shutoff", "halted", "false", "0", 0, False, "Stopped "])
def test_off(word):
    assert power(word) == "off"


@pytest.mark.parametrize(
    "word",
    [
        *words(
            """
    starting stopping shutdown paused rebuild rebuilding creating resetting backup snapshot restore updating pending
    provisioning suspended error unknown crashed rescue deleted 2 -1 not_running خاموش
            """
        ),
        *("", None, "not running", "shutting down", "something new", [], {}, ["off"], {"off": "off"}),
    ],
)
def test_everything_else_is_changing_and_never_off(word):
    assert power(word) == "changing"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("1", "stopping"), "changing"),
        (("on", "rebuilding"), "changing"),
        (("0", "weird"), "off"),
        (("1", "weird"), "on"),
        (("weird", "stopped"), "off"),
        ((None, "running"), "on"),
        ((False, None), "off"),
        ((None, None), "changing"),
        (("weird", "strange"), "changing"),
    ],
)
def test_two_words(words, expected):
    assert power(*words) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("rebuilding", True),
        ("Pending", True),
        ("shutting down", True),
        ("in progress", True),
        ("powering_off", True),
        ("running", False),
        ("online", False),
        ("paused", False),
        ("shutdown", False),
        ("not running", False),
        ("not_running", False),
        ("missing", False),
        ("nothing", False),
        ("", False),
        (None, False),
        (True, False),
    ],
)
def test_passing(word, expected):
    assert is_transitional(word) is expected


# -- addresses -------------------------------------------------------------------------------------------------------

V4, V6 = ["192.0.2.10"], ["2001:db8::ae42"]


@pytest.mark.parametrize(
    "source",
    [
        {"ip": ["192.0.2.10", " 2001:db8::ae42"], "ipv6subnets": ["2001:db8::/64"]},
        {"ipv4": "192.0.2.10", "ipv6": "2001:db8::ae42"},
        {"ipv4": ["192.0.2.10"], "ipv6": ["2001:DB8:0::AE42"]},
        {"ipv4": "192.0.2.10/24", "ipv6": "2001:db8::ae42/64"},
        {"ip": "192.0.2.10, 2001:db8::ae42"},
        {"ip": "192.0.2.10 2001:db8::ae42"},
        {"ip_addresses": ["192.0.2.10", "2001:db8::ae42"]},
        {"ip_addresses": [{"address": "192.0.2.10"}, {"address": "2001:db8::ae42"}]},
        {"ip": {"12": {"ipaddress": "192.0.2.10", "main": 1}, "13": {"ipaddress": "2001:db8::ae42", "main": 0}}},
        {"ip": {"12": "192.0.2.10", "13": "2001:db8::ae42"}},
        {"ip": {"192.0.2.10": "main", "2001:db8::ae42": "more"}},
        {"ips": [{"ip": "192.0.2.10"}, {"ip": "2001:db8::ae42"}]},
        {"main_ip": "192.0.2.10", "ipv6": "2001:db8::ae42"},
        {
            "ipv4": {"address": "192.0.2.10", "gateway": "192.0.2.1", "netmask": "255.255.255.0"},
            "ipv6": "2001:db8::ae42",
        },
        {
            "interfaces": [
                {
                    "name": "eth0",
                    "mac": "00:00:5e:00:53:01",
                    "ip": [
                        {
                            "ipaddress": "192.0.2.10",
                            "mask": "255.255.255.0",
                            "gateway": "192.0.2.1",
                            "network": "192.0.2.0",
                        },
                        {"ipaddress": "2001:db8::ae42", "mask": "64", "gateway": "2001:db8::1", "main": "0"},
                    ],
                },
            ],
        },
        {
            "networks": {
                "v4": [{"ip_address": "192.0.2.10", "gateway": "192.0.2.1"}],
                "v6": [{"ip_address": "2001:db8::ae42"}],
            }
        },
        {"ip": ["192.0.2.10", "2001:db8::ae42"], "ipv4": "192.0.2.10", "interfaces": [{"ip": "192.0.2.10"}]},
        {"ip": ["192.0.2.10", "2001:db8::ae42", "", None, "web1", "300.1.1.1"]},
        {"interfaces": [{"name": "eth0", "gateway": "192.0.2.1", "ipaddress": "192.0.2.10"}], "ipv6": "2001:db8::ae42"},
        {"ip": ["192.0.2.10"], "ipv6": ["2001:db8::ae42"], "networks": ["192.0.2.0/24", "2001:db8::/64"]},
    ],
    ids=json.dumps,
)
def test_addresses(source):
    assert addresses(source) == (V4, V6)


@pytest.mark.parametrize(
    "source",
    [
        {},
        {"ip": []},
        {"ip": ""},
        {"ip": None},
        {"ip": {}},
        {"ip": False},
        {"ipv4": [""]},
        {"ip": 17},
        {"gateway": "192.0.2.1"},
        {"interfaces": [{"name": "eth0", "gateway": "192.0.2.1", "netmask": "255.255.255.0"}]},
        None,
        [],
        "192.0.2.1",
    ],
    ids=repr,
)
def test_no_addresses(source):
    assert addresses(source) == ([], [])


def test_the_main_address_comes_first():
    assert addresses({"ip": ["192.0.2.1", "192.0.2.2"], "main_ip": "192.0.2.2"})[0] == ["192.0.2.2", "192.0.2.1"]
    listed = {
        "7": {"ipaddress": "192.0.2.1"},
        "8": {"ipaddress": "192.0.2.2", "main": "1"},
        "9": {"ipaddress": "192.0.2.3"},
    }
    assert addresses({"ip": listed})[0] == ["192.0.2.2", "192.0.2.1", "192.0.2.3"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (" 192.0.2.1 ", "192.0.2.1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("192.0.2.1/24", "192.0.2.1"),
        ("web1", None),
        ("", None),
        (None, None),
        ("192.0.2.256", None),
        ("17", None),
        (17, None),
    ],
)
def test_address(value, expected):
    assert to_address(value) == expected
