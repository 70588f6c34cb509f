# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import ip_info
from unit.canned import Canned

ANSWERS = {
    "GET /service/201/ips": {"ips": {"1": {"ipaddress": "198.51.100.5"}, "2": {"ipaddress": "2001:db8::5"}}},
    "GET /service/201/ips/1": {"ip": {"ipaddress": "198.51.100.5", "domain": "a.example.com"}},
    "GET /service/201/ips/2": {"ip": {"ipaddress": "2001:db8::5", "domain": "b.example.com"}},
}


@pytest.mark.parametrize(
    "options, domains",
    [
        ({}, ["a.example.com", "b.example.com"]),
        ({"address": "2001:0db8::0005"}, ["b.example.com"]),
        ({"address": "1"}, ["a.example.com"]),
        ({"address": "198.51.100.6"}, []),
    ],
)
def test_one_or_all_with_details(options, domains):
    result = Canned(ANSWERS).run(ip_info, service="201", **options)
    assert [ip["domain"] for ip in result["ips"]] == domains


def test_a_bad_address_is_refused_before_anything_is_sent():
    canned = Canned(ANSWERS)
    assert canned.run(ip_info, service="cloud.example.com", address="198.51.100")["failed"]
    assert canned.asked == []
