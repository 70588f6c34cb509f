# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import server_info
from unit.canned import Canned
from unit.canned_server import answers, info


def test_what_the_portal_tells():
    running = {"rescue": {"status": "active", "password": "secret"}}
    canned = Canned(answers(rescue=running, status={"status": False}))
    result = canned.run(server_info, service="201")
    (server,) = result["servers"]
    assert (server["hostname"], server["os"], server["power"], server["state"], server["operation"]) == (
        *("server1.example.com", "Debian 12", "off", "false", "rescue"),
    )
    assert server["raw"]["rescue"] == {"rescue": {"status": "active"}}
    assert result["changed"] is False and canned.sent == []


def test_an_operation_that_cannot_be_read_is_a_warning():
    canned = Canned(answers(diag={"error": ["backend is down"]}))
    assert canned.run(server_info, service="201")["servers"][0]["operation"] is None


@pytest.mark.parametrize(
    "ips",
    [
        {"ips": [{"id": "1", "ipaddress": " 192.0.2.7"}, {"id": "2", "ipaddress": "2001:db8::7"}]},
        {"ips": ["192.0.2.7", "2001:db8::7"]},
        {"ips": {"192.0.2.7": {"main": True}, "2001:db8::7": {"main": False}}},
        {"ips": {"5": "192.0.2.7", "6": "2001:db8::7"}},
        [{"ip": "192.0.2.7"}, {"ip": "2001:db8::7"}],
    ],
)
def test_addresses_that_info_does_not_tell(ips):
    (server,) = Canned(answers(ips=ips)).run(server_info, service="201")["servers"]
    assert (server["ipv4"], server["ipv6"]) == (["192.0.2.7"], ["2001:db8::7"])


def test_addresses_of_info_cost_no_request():
    canned = Canned(answers(info=info(ips=["192.0.2.7"]), ips={"ips": ["192.0.2.8"]}))
    assert canned.run(server_info, service="201")["servers"][0]["ipv4"] == ["192.0.2.7"]
    assert "GET /service/201/ips" not in [request for request, _body in canned.asked]


@pytest.mark.parametrize("ips, warned", [({"error": ["Method not found"]}, 0), ({"error": ["backend is down"]}, 1)])
def test_addresses_that_cannot_be_read(ips, warned):
    canned = Canned(answers(ips=ips))
    assert canned.run(server_info, service="201")["servers"][0]["ipv4"] == []
    assert len(canned.warnings) == warned
