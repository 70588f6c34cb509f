# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import server_reinstall
from unit.canned import Canned
from unit.canned_server import DONE, UBUNTU, answers, info, lost, turns

RUNNING = {"reinstall": {"status": "running", "progress": 40, "template": UBUNTU["id"], "hostname": "a.example.com"}}
BARE = {"reinstall": {"status": "installing"}}
NONE = {"reinstall": []}
BEFORE, AFTER = info(), info("Ubuntu 24.04", "a.example.com")
SENT = {"hostname": "a.example.com", "template": UBUNTU["id"]}


def run(changed, check_mode=False, **options):
    canned = Canned(answers(**changed))
    options = {"service": "201", "template": "Ubuntu 24.04", "hostname": "a.example.com", **options}
    result = canned.run(server_reinstall, check_mode, **options)
    return result, [body for _request, body in canned.sent]


def test_an_installation_is_followed_to_its_end(clock):
    changed = {"info": turns(BEFORE, BEFORE, AFTER), "reinstall": turns(NONE, NONE, RUNNING, RUNNING, NONE)}
    result, sent = run(changed)
    assert sent == [SENT]
    assert (result["changed"], result["server"]["os"], result["server"]["operation"]) == (True, "Ubuntu 24.04", None)
    assert result["diff"] == {
        "before": {"hostname": "server1.example.com", "os": "Debian 12"},
        "after": {"hostname": "a.example.com", "os": "Ubuntu 24.04"},
    }


def test_one_too_short_to_be_seen_is_over_when_the_new_system_shows(clock):
    result, sent = run({"info": turns(BEFORE, BEFORE, AFTER)})
    assert (result["changed"], sent) == (True, [SENT])


@pytest.mark.parametrize("os", ["Ubuntu 24.04", "ubuntu 24.04", UBUNTU["id"], "Ubuntu 24.04.1 LTS"])
@pytest.mark.parametrize("hostname", ["a.example.com", "A.Example.com"])
def test_what_is_there_already_stays(os, hostname):
    result, sent = run({"info": info(os, hostname)})
    assert (result["changed"], sent) == (False, [])
    assert result["diff"]["before"] == result["diff"]["after"]


@pytest.mark.parametrize(
    "found", [info("Ubuntu 22.04", "a.example.com"), info("Ubuntu 24.04"), info("", "a.example.com")]
)
def test_a_difference_is_installed(clock, found):
    assert run({"info": turns(found, AFTER)})[1] == [SENT]


def test_a_system_that_is_not_told_needs_force(clock):
    result, sent = run({"info": {"info": {"hostname": "a.example.com", "cpu": "x"}}})
    assert sent == []
    assert "does not tell which system server 201 has" in result["msg"] and "force=true" in result["msg"]
    assert run({"info": {"info": {"hostname": "a.example.com", "cpu": "x"}}}, force=True)[1] == [SENT]


def test_force_installs_the_same_again_and_is_not_fooled_by_the_old_state(clock):
    changed = {"info": AFTER, "reinstall": turns(NONE, NONE, RUNNING, RUNNING, RUNNING, NONE)}
    canned = Canned(answers(**changed))
    options = {"service": "201", "template": "Ubuntu 24.04", "hostname": "a.example.com", "force": True}
    assert canned.run(server_reinstall, **options)["changed"] is True
    assert len(canned.sent) == 1
    assert [request for request, _body in canned.asked].count("GET /service/201/reinstall") >= 6


# -- one that runs already -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("running", [RUNNING, BARE])
@pytest.mark.parametrize("force", [False, True])
def test_a_running_installation_is_waited_for(clock, running, force):
    changed = {"info": turns(BEFORE, AFTER), "reinstall": turns(running, running, NONE)}
    result, sent = run(changed, force=force)
    assert (result["changed"], sent, result["server"]["os"]) == (False, [], "Ubuntu 24.04")


@pytest.mark.parametrize("mode", [{"wait": False}, {"check_mode": True}])
def test_a_running_installation_is_left_alone(mode):
    result, sent = run({"reinstall": RUNNING}, **mode)
    assert (result["changed"], sent, result["server"]["operation"]) == (False, [], "reinstall")


def test_a_running_installation_of_another_system():
    result, sent = run({"reinstall": RUNNING}, template="Debian 12")
    assert sent == []
    assert "with the template ISPsystem__Ubuntu-24.04-x86_64 and not with ISPsystem__Debian-12" in result["msg"]
    result, sent = run({"reinstall": RUNNING}, hostname="b.example.com")
    assert sent == []
    assert "with the host name a.example.com is running on server 201 already" in result["msg"]


def test_a_running_installation_that_ends_as_something_else(clock):
    result, sent = run({"reinstall": turns(BARE, BARE, NONE)})
    assert sent == []
    assert result["msg"].startswith(
        "The installation on server 201 has ended, but it has Debian 12 with the host name server1.example.com "
        "instead of Ubuntu 24.04"
    )


def test_one_that_shows_late_is_not_started_twice(clock):
    """It was started by somebody a moment ago: the portal knows, but does not show it yet."""
    changed = {
        "info": turns(BEFORE, BEFORE, BEFORE, AFTER),
        "reinstall": turns(NONE, NONE, RUNNING, RUNNING, NONE),
        "post_reinstall": {"error": ["Another operation is in progress: reinstall"]},
    }
    result, sent = run(changed)
    assert sent == [SENT]  # refused
    assert (result["changed"], result["server"]["os"]) == (False, "Ubuntu 24.04")


# -- another operation -----------------------------------------------------------------------------------------------


def test_another_operation_is_waited_for(clock):
    changed = {
        "diag": turns({"diag": "running"}, {"diag": "running"}, {"diag": []}),
        "info": turns(*[BEFORE] * 3, AFTER),
    }
    assert run(changed)[1] == [SENT]


@pytest.mark.parametrize(
    "changed, says",
    [
        ({"diag": {"diag": {"status": "running"}}}, "the operation diagnostics is running on it (status running)"),
        ({"rescue": {"rescue": {"status": "active"}}}, "the operation rescue is running on it (status active)"),
        ({"status": {"status": "rebooting"}}, "its power state is rebooting"),
        (
            {"diag": {"error": ["Another operation is in progress"]}},
            "the portal says: Another operation is in progress",
        ),
    ],
)
def test_what_stands_in_the_way_is_named(clock, changed, says):
    for options in ({"wait": False}, {"wait_timeout": 30}):
        result, sent = run(changed, **options)
        assert sent == []
        assert says in result["msg"]


def test_an_operation_that_cannot_be_read_stops_it():
    result, sent = run({"diag": {"error": ["backend is down"]}})
    assert sent == []
    assert "backend is down" in result["msg"]


def test_a_portal_that_is_busy_for_good(clock):
    result, sent = run({"post_reinstall": {"error": ["server is busy"]}})
    assert len(sent) == 2
    assert "server is busy" in result["msg"]
    assert "changed" not in result


# -- failures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options, says",
    [
        (
            {"template": "Plan 9"},
            "There is no template 'Plan 9' for reinstall on server 201. There is: ISPsystem__Debian",
        ),
        ({"recipe": "Nginx"}, "There is no recipe 'Nginx' for server 201. There is: docker (Docker)."),
        ({"recipe": "Docker", "template": "Debian 12"}, "The recipe Docker cannot be used with Debian 12"),
        *(
            ({"hostname": name}, f"'{name}' is not a host name")
            for name in ("a_b", "-a", "a..b", "192.0.2.1", "é.com", "")
        ),
    ],
)
def test_bad_input(options, says):
    result, sent = run({}, **options)
    assert sent == []
    assert result["msg"].startswith(says)


def test_a_bad_host_name_costs_no_request():
    canned = Canned({})
    canned.run(server_reinstall, service="server1", template="x", hostname="a_b")
    assert canned.asked == []


def test_a_failed_installation(clock):
    failed = {"reinstall": {"status": "failed", "progress": 40}}
    result, _sent = run({"reinstall": turns(NONE, RUNNING, failed)})
    assert "the portal says 'failed'" in result["msg"] and result["changed"] is True


def test_the_failure_of_an_older_installation_is_none_of_this(clock):
    failed = {"reinstall": {"status": "failed"}}
    changed = {"reinstall": turns(failed, failed, RUNNING, NONE), "info": turns(BEFORE, BEFORE, AFTER)}
    assert run(changed)[0]["changed"] is True


def test_time_is_over(clock):
    result, _sent = run({"reinstall": turns(NONE, RUNNING)}, wait_timeout=30)
    assert "(last state: the installation is running (status running, 40%, template ISPsystem__Ubuntu" in result["msg"]
    result, _sent = run({}, wait_timeout=30)
    assert "(last state: no installation is shown to run, and it has Debian 12" in result["msg"]


def test_a_lost_answer(clock):
    changed = {"info": turns(BEFORE, AFTER), "reinstall": turns(NONE, RUNNING, NONE), "post_reinstall": lost()}
    result, sent = run(changed)
    assert (result["changed"], sent) == (True, [SENT])
    result, sent = run({"post_reinstall": lost()})
    assert (result["failed"], len(sent)) == (True, 1)


def test_a_portal_that_is_too_busy_to_tell(clock):
    busy = {"error": ["Operation in progress"]}
    changed = {"info": turns(BEFORE, busy, AFTER), "reinstall": turns(NONE, busy, busy, NONE)}
    result, sent = run(changed)
    assert (result["changed"], sent) == (True, [SENT])


def test_a_portal_without_info_needs_force(clock):
    none = {"error": ["Method not found"]}
    more = {"info": none, "methods": {"methods": []}}
    canned = Canned({**answers(**more), "GET /service": {"services": [{"id": "201"}]}})
    options = {"service": "201", "template": "Ubuntu 24.04", "hostname": "a.example.com"}
    assert "use force=true" in canned.run(server_reinstall, **options)["msg"]
    canned.answers["GET /service/201/reinstall"] = turns(NONE, RUNNING, NONE)
    assert canned.run(server_reinstall, force=True, **options)["changed"] is True


def test_info_that_is_refused_during_the_installation(clock):
    refused = {"error": ["server is locked"]}
    changed = {"info": turns(BEFORE, refused, AFTER), "reinstall": turns(NONE, RUNNING, NONE)}
    assert run(changed)[0]["server"]["os"] == "Ubuntu 24.04"


# -- what is sent and returned ---------------------------------------------------------------------------------------


def test_everything_is_sent(clock):
    options = {"recipe": "docker", "root_password": "S3cret", "template": UBUNTU["id"], "hostname": "a.example.com."}
    _result, sent = run({"info": turns(BEFORE, AFTER)}, **options)
    assert sent == [{**SENT, "recipe": "docker", "password": "S3cret"}]


@pytest.mark.parametrize(
    "changed",
    [
        {"post_reinstall": {**DONE, "password": "Made-up"}},
        {"reinstall": turns(NONE, {"reinstall": {"status": "running", "password": "Made-up"}}, NONE)},
    ],
)
def test_a_generated_password(clock, changed):
    for wish, told in ((True, "Made-up"), (False, None)):
        given = {"info": turns(BEFORE, AFTER), "reinstall": turns(NONE, RUNNING, NONE), **changed}
        result, _sent = run(given, return_password=wish)
        assert result["server"]["password"] == told
        assert wish or "Made-up" not in str(result)
        if "reinstall" in changed:
            changed = {"reinstall": turns(NONE, {"reinstall": {"status": "running", "password": "Made-up"}}, NONE)}


def test_check_mode():
    routes = [{"name": "Reinstall", "method": "POST", "route": "/service/@id/reinstall"}]
    result, sent = run({"methods": {"methods": routes}}, check_mode=True)
    assert (result["changed"], sent) == (True, [])
    assert result["diff"]["after"] == {"hostname": "a.example.com", "os": "Ubuntu 24.04"}
    assert result["server"]["os"] == "Ubuntu 24.04"


def test_without_waiting_it_is_waited_for_until_it_shows(clock):
    result, sent = run({"reinstall": turns(NONE, NONE, RUNNING)}, wait=False)
    assert (len(sent), result["server"]["operation"], result["server"]["os"]) == (1, "reinstall", "Debian 12")
    assert clock.ahead < 5
