# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts, numbers, switches, amounts, dates and addresses, in every way that portals write them."""

from __future__ import annotations

import json

import pytest
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
