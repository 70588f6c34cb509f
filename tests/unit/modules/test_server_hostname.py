# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import server_hostname
from unit.canned import Canned
from unit.canned_server import Change, answers, info, lost, turns

SENT = ("POST /service/201/hostname", {"hostname": "a.example.com"})
NAMED = info(hostname="a.example.com")


def run(changed, check_mode=False, hostname="a.example.com", **options):
    canned = Canned(answers(**changed))
    return canned.run(server_hostname, check_mode, service="201", hostname=hostname, **options), canned.sent


@pytest.mark.parametrize("answer", [{}, {"post_hostname": lost()}])
def test_it_is_set_and_waited_for(clock, answer):
    result, sent = run({"info": turns(info(), info(), NAMED), **answer})
    assert sent == [SENT]
    assert (result["changed"], result["server"]["hostname"]) == (True, "a.example.com")
    assert result["diff"] == {"before": {"hostname": "server1.example.com"}, "after": {"hostname": "a.example.com"}}


@pytest.mark.parametrize("hostname", ["a.example.com", "A.Example.com", " a.example.com. "])
def test_it_is_so_already(hostname):
    result, sent = run({"info": NAMED}, hostname=hostname)
    assert (result["changed"], sent) == (False, [])


@pytest.mark.parametrize(
    "hostname",
    [
        "",
        " ",
        "None",
        "true",
        "False",
        "null",
        "a b",
        "a_b.example.com",
        "-a.com",
        "a-.com",
        "a..com",
        "a" * 64,
        "192.0.2.1",
        "2001:db8::1",
        "é.com",
    ],
)
def test_a_bad_name_is_refused_before_anything_is_asked(hostname):
    canned = Canned(answers())
    result = canned.run(server_hostname, service="server1", hostname=hostname)
    assert "is not a host name" in result["msg"]
    assert canned.asked == []


def test_a_portal_that_does_not_tell_the_name():
    result, sent = run({"info": {"info": {"cpu": "x"}}})
    assert (result["changed"], sent, result["server"]["hostname"]) == (True, [SENT], "a.example.com")


def test_an_installation_is_waited_for(clock):
    running = {"reinstall": {"status": "running"}}
    result, sent = run({"reinstall": running}, wait=False)
    assert sent == [] and "the operation reinstall is running on it" in result["msg"]
    changed = {"reinstall": turns(running, running, []), "info": turns(*[info()] * 4, NAMED)}
    assert run(changed)[1] == [SENT]


def test_an_installation_that_sets_it(clock):
    changed = {"reinstall": turns({"reinstall": "running"}, []), "info": turns(info(), NAMED)}
    result, sent = run(changed)
    assert (result["changed"], sent) == (False, [])


def test_check_mode():
    result, sent = run({}, check_mode=True)
    assert (result["changed"], sent, result["server"]["hostname"]) == (True, [], "a.example.com")


def test_time_is_over(clock):
    result, _sent = run({}, wait_timeout=20)
    assert "server 201 to be named a.example.com (last state: " in result["msg"]


@pytest.mark.parametrize("told", ["a", "localhost", "-", "unknown"])
def test_a_name_that_may_be_any_is_set_and_not_waited_for_in_vain(clock, told):
    """The portal shows a short name, or none of its own, whatever is set."""
    canned = Canned(answers(info=info(hostname=told)))
    result = canned.run(server_hostname, service="201", hostname="a.example.com")
    assert (result["changed"], canned.sent) == (True, [SENT])
    assert f"as '{told}', which may or may not be a.example.com" in canned.warnings[0]
    assert canned.clock.ahead < 30


def test_a_placeholder_that_becomes_the_name(clock):
    change = Change()
    changed = {
        "post_hostname": change,
        "info": change.told(info(hostname="localhost"), info(hostname="localhost"), NAMED),
    }
    canned = Canned(answers(**changed))
    result = canned.run(server_hostname, service="201", hostname="a.example.com")
    assert (result["server"]["hostname"], canned.warnings) == ("a.example.com", [])
