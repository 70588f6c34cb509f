# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts, numbers, switches, amounts, dates and addresses, in every way that portals write them."""

from __future__ import annotations

import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import (
    addresses,
    bytes_option,
    first_present,
    fold,
    natural_order,
    size_option,
    to_address,
    to_bool,
    to_currency,
    to_date,
    to_decimal,
    to_int,
    to_size,
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
    ("value", "expected"),
    [
        (1, 1),
        ("1", 1),
        (" 2 ", 2),
        (2.0, 2),
        ("512.0", 512),
        ("-3", -3),
        ("2,048", 2048),
        ("۲", 2),
        ("٣", 3),
        ("2 Cores", 2),
        ("4 vCPU", 4),
        ("1 core", 1),
        ("۴ هسته", 4),
        ("2 apples", None),
        ("8 days", None),
        ("nan", None),
        (float("nan"), None),
        (float("inf"), None),
        ("1" * 5000, None),
        ("", None),
        (None, None),
        (True, None),
        ("unlimited", None),
        ([], None),
        ({}, None),
    ],
)
def test_count(value, expected):
    assert to_int(value) == expected


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
        ("1,5 GB", "MB", 1536),
        ("512 MB", "MB", 512),
        ("524288 KB", "MB", 512),
        ("2 GB RAM", "MB", 2048),
        ("2GB DDR4 ECC", "MB", 2048),
        ("RAM: 2 GB", "MB", 2048),
        ("2 gigabytes", "MB", 2048),
        ("2 گیگابایت", "MB", 2048),
        ("۲ گیگ رم", "MB", 2048),
        ("۲۰۴۸", "MB", 2048),
        ("2147483648", "MB", 2048),
        (2147483648, "MB", 2048),
        (536870912, "MB", 512),
        ("536870912 B", "MB", 512),
        ("536870912 bytes", "MB", 512),
        (64 << 20, "MB", 64),
        ((1 << 20) - 1, "MB", (1 << 20) - 1),
        (2097152, "MB", None),  # 2 TB, or 2 GB in KB
        ((64 << 20) - 1, "MB", None),
        ("20 GB", "GB", 20),
        ("40 GB SSD", "GB", 40),
        ("40GB", "GB", 40),
        ("40 GB NVMe disk", "GB", 40),
        ("1 TB", "GB", 1024),
        ("20480 MB", "GB", 20),
        (42949672960, "GB", 40),
        ("1073741824", "GB", 1),
        (20971520, "GB", None),  # in KB?
        ("-512", "MB", -512),
        (0, "MB", 0),
        ("2,048", "MB", 2048),
        ("2 x 480 GB SSD", "GB", None),
        ("10 GB of 40 GB", "GB", None),
        ("40 GB unlimited", "GB", None),
        ("", "MB", None),
        (None, "MB", None),
        (True, "MB", None),
        ("unlimited", "MB", None),
        ("local-lvm", "GB", None),
        ([], "MB", None),
        ({}, "MB", None),
        (float("inf"), "MB", None),
        ("9" * 5000, "MB", None),
    ],
)
def test_size(value, unit, expected):
    assert to_size(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (2048, "MB", 2048),
        ("2048", "MB", 2048),
        ("2G", "MB", 2048),
        ("2 GB", "MB", 2048),
        ("2GiB", "MB", 2048),
        ("1.5G", "MB", 1536),
        ("2048 MB", "MB", 2048),
        ("۲ گیگ", "MB", 2048),
        (64, "MB", 64),
        (20, "GB", 20),
        ("20G", "GB", 20),
        ("1T", "GB", 1024),
        ("20480 MB", "GB", 20),
    ],
)
def test_a_size_that_a_user_gives(value, unit, expected):
    assert size_option(value, unit, "memory") == expected


@pytest.mark.parametrize(
    ("value", "unit", "message"),
    [
        (2, "MB", "memory is 2 MB, which is too little for a VM. For 2 GB write memory: 2G"),
        ("63", "MB", "too little"),
        ("much", "MB", "must be a size, not 'much'"),
        ("2 apples", "MB", "must be a size"),
        ("2 GB or more", "MB", "must be a size"),
        (True, "MB", "must be a size"),
        (None, "MB", "must be a size"),
        ("", "GB", "must be a size"),
        (0, "MB", "above 0"),
        (-1, "GB", "above 0"),
        ("-2G", "MB", "above 0"),
        ("1.3G", "MB", "whole number of MB"),
        ("500 MB", "GB", "whole number of GB"),
        (2147483648, "MB", "more than a VM can have"),
        (2147483648, "GB", "more than a VM can have"),
    ],
)
def test_a_size_that_a_user_cannot_mean(value, unit, message):
    with pytest.raises(InvalidInput, match=message):
        size_option(value, unit, "memory")


@pytest.mark.parametrize(
    ("value", "expected"), [("256M", 256 << 20), ("1 GB", 1 << 30), (9, 9), ("1.5K", 1536), ("۲ مگابایت", 2 << 20)]
)
def test_the_size_of_a_file(value, expected):
    assert bytes_option(value, "max_size") == expected


@pytest.mark.parametrize("value", ["", "much", 0, "-1M", "0.3", True, None])
def test_what_is_no_size_of_a_file(value):
    with pytest.raises(InvalidInput, match="max_size must be a size"):
        bytes_option(value, "max_size")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        ("1", True),
        (1, True),
        ("true", True),
        ("True ", True),
        ("yes", True),
        ("۱", True),
        ("بله", True),
        ("خیر", False),
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
        (0.0000001, "0.0000001"),
        (0, "0"),
        ("0.00", "0.00"),
        (1e16, "10000000000000000.00"),
        (float("nan"), None),
        (float("inf"), None),
        ("-5.00", "-5.00"),
        ("−5.00", "-5.00"),
        (".50", "0.50"),
        ("450,000.00", "450000.00"),
        ("450,000", "450000"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("5,50", "5.50"),
        ("0,500", "0.500"),
        ("1.234,56", "1234.56"),
        ("1.234,56 EUR", "1234.56"),
        ("1.234.567", "1234567"),
        ("1 234,56 €", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1'234.50 CHF", "1234.50"),
        ("۴۵۰٬۰۰۰", "450000"),
        ("۴۵۰٬۰۰۰ ریال", "450000"),
        ("۴۵۰،۰۰۰ تومان", "450000"),
        ("۱۲٫۵", "12.5"),
        ("٤٥٠", "450"),
        ("450000 ریال", "450000"),
        ("\u200f450,000 ﷼", "450000"),
        ("$5.00 USD", "5.00"),
        ("$5.00", "5.00"),
        ("US$ 5", "5"),
        ("-$5.00", "-5.00"),
        ("$-5.00", "-5.00"),
        ("USD 5.00", "5.00"),
        ("&euro;5.00", "5.00"),
        ("Rls. 450000", "450000"),
        ("", None),
        ("  ", None),
        (None, None),
        (False, None),
        ([], None),
        ({}, None),
        ("Free", None),
        ("5.00 per month", None),
        ("12 x 5.00", None),
        ("10%", None),
        ("450 هزار تومان", None),
        ("(5.00)", None),
        ("5-6", None),
        ("1,23,4", None),
        ("1.2.3", None),
        ("2026-01-02", None),
        ("9" * 500, None),
    ],
)
def test_money(value, expected):
    assert to_decimal(value) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"total": "9.99", "currency": "USD"}, "USD"),
        ({"total": "9.99", "currency": {"code": "EUR", "sign": "€"}}, "EUR"),
        ({"total": "$5.00 USD"}, "USD"),
        ({"total": "$5.00"}, "$"),
        ({"total": "450000 ریال"}, "ریال"),
        ({"total": "5.00", "price": "5,50 EUR"}, "EUR"),
        ({"total": "$5.00", "currency": "IRR"}, "IRR"),
        ({"total": "5.00 EUR", "currency": ""}, "EUR"),
        ({"total": "5.00"}, None),
        ({"total": "Free"}, None),
        ({"total": "USD"}, None),
        ({"total": None}, None),
        ({}, None),
    ],
)
def test_currency(source, expected):
    assert to_currency(source, "total", "price") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-02", "2026-01-02"),
        ("2026-01-02 03:04:05", "2026-01-02 03:04:05"),
        ("۱۴۰۵-۰۱-۰۲", "1405-01-02"),
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
        ("۱۹۲.۰.۲.۱", "192.0.2.1"),
        ("17", None),
        (17, None),
    ],
)
def test_address(value, expected):
    assert to_address(value) == expected


# -- letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("شبكه", "شبکه"),
        ("پشتيباني", "پشتیبانی"),
        ("سرور\u200cمجازی", "سرور مجازی"),
        ("سرور\u200cمجازی", "سرورمجازی"),
        ("۳۰۱", "301"),
        ("٣٠١", "301"),
        ("Web 1", "wEB  1 "),
        ("ﺳﺮﻭﺭ", "سرور"),
        ("شبکهٔ", "شبکه"),
        ("Ｄｅｂｉａｎ", "debian"),
        ("\u200eweb1", "web1"),
    ],
)
def test_names_that_are_folded_to_one(left, right):
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"), [("db-1", "db-10"), ("db 1", "db1"), ("۱", "۱۱"), ("آب", "اب ها"), ("a", "")]
)
def test_names_that_stay_apart(left, right):
    assert fold(left) != fold(right)


def test_ids_are_sorted_as_people_count():
    assert sorted(["b2", "a10", "a9", "", "²", "10", "9"], key=natural_order) == ["", "9", "10", "a9", "a10", "b2", "²"]


@pytest.mark.parametrize("given", ["2,5G", "2,048", "2,5", "۲٫۵G", "1٬024"])
def test_a_size_with_a_comma_is_refused_as_it_may_mean_two_sizes(given):
    with pytest.raises(InvalidInput, match=r"^memory must not contain a comma: '.*' may mean two sizes\. Write 2\.5G"):
        size_option(given, "MB", "memory")
