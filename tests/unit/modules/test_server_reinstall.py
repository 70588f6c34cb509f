# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import functools
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from ansible_collections.sindad.cloud.plugins.modules import server_reinstall
from unit.canned import Canned
from unit.canned_server import DONE, UBUNTU, Change, answers, info, lost, turns

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


def installing(*progress, info=(AFTER,), answer=DONE, before=BEFORE):
    """The answers of a server that installs what it is told to: what they tell of it after another."""
    change = Change(answer)
    return {
        "post_reinstall": change,
        "info": change.told(before, *info),
        "reinstall": change.told(NONE, *(progress or (NONE,))),
    }


def test_an_installation_is_followed_to_its_end(clock):
    changed = installing(NONE, RUNNING, RUNNING, NONE, info=(BEFORE, AFTER))
    result, sent = run(changed)
    assert sent == [SENT]
    assert (result["changed"], result["server"]["os"], result["server"]["operation"]) == (True, "Ubuntu 24.04", None)
    assert result["diff"] == {
        "before": {"hostname": "server1.example.com", "os": "Debian 12"},
        "after": {"hostname": "a.example.com", "os": "Ubuntu 24.04"},
    }


def test_one_too_short_to_be_seen_is_over_when_the_new_system_shows(clock):
    result, sent = run(installing())
    assert (result["changed"], sent) == (True, [SENT])


@pytest.mark.parametrize("os", ["Ubuntu 24.04", "ubuntu 24.04", UBUNTU["id"], "Ubuntu 24.04.1 LTS"])
@pytest.mark.parametrize("hostname", ["a.example.com", "A.Example.com"])
def test_what_is_there_already_stays(os, hostname):
    result, sent = run({"info": info(os, hostname)})
    assert (result["changed"], sent) == (False, [])
    assert result["diff"]["before"] == result["diff"]["after"]


@pytest.mark.parametrize("found", [info("Debian 12"), info("Debian 12", "a.example.com"), info("Debian GNU/Linux 12")])
def test_another_system_is_installed(clock, found):
    assert run(installing(before=found))[1] == [SENT]


# -- what is not told clearly ----------------------------------------------------------------------------------------

VAGUE = [{"info": {"hostname": "a.example.com", "cpu": "x"}}, *(info(os, "a.example.com") for os in ("", "-", "Linux"))]


@pytest.mark.parametrize("found", VAGUE)
@pytest.mark.parametrize("check_mode", [False, True])
def test_a_system_that_is_not_told_clearly_is_not_replaced(found, check_mode):
    result, sent = run({"info": found}, check_mode)
    assert sent == [] and result["failed"]
    assert result["msg"].startswith("It is not known whether server 201 has Ubuntu 24.04, so nothing was changed: ")
    assert "ISPsystem__Debian-12-x86_64 (Debian 12), ISPsystem__Ubuntu-24.04-x86_64 (Ubuntu 24.04)" in result["msg"]
    assert "when_unknown=keep" in result["msg"] and "force=true" in result["msg"]


def test_what_was_seen_is_told():
    assert "the portal reports the system as 'Linux', which" in run({"info": info("Linux")})[0]["msg"]
    assert "the portal does not report the system" in run({"info": info("")})[0]["msg"]


@pytest.mark.parametrize("found", VAGUE)
def test_it_may_be_kept(found):
    result, sent = run({"info": found}, when_unknown="keep")
    assert (result["changed"], sent) == (False, [])


@pytest.mark.parametrize("found", VAGUE)
@pytest.mark.parametrize("options", [{"when_unknown": "install"}, {"force": True}])
def test_it_may_be_installed(clock, found, options):
    result, sent = run(installing(RUNNING, NONE, before=found, info=(found,)), **options)
    assert (result["changed"], sent) == (True, [SENT])


@pytest.mark.parametrize("when_unknown", ["fail", "keep", "install"])
@pytest.mark.parametrize("system, installs", [("Debian 12", True), ("Ubuntu 24.04", False)])
def test_when_unknown_says_nothing_of_what_is_known(clock, when_unknown, system, installs):
    result, sent = run(installing(before=info(system, "a.example.com")), when_unknown=when_unknown)
    assert (result["changed"], sent) == (installs, [SENT] if installs else [])


# -- a host name never costs the disk --------------------------------------------------------------------------------


def renaming(before):
    change = Change()
    return {"info": change.told(before, AFTER), "post_hostname": change}


def test_another_host_name_is_set_by_its_own_route(clock):
    canned = Canned(answers(**renaming(info("Ubuntu 24.04"))))
    result = canned.run(server_reinstall, service="201", template="Ubuntu 24.04", hostname="a.example.com")
    assert canned.sent == [("POST /service/201/hostname", {"hostname": "a.example.com"})]
    assert (result["changed"], result["server"]["hostname"]) == (True, "a.example.com")
    assert result["diff"]["before"] == {"hostname": "server1.example.com", "os": "Ubuntu 24.04"}
    assert result["diff"]["after"] == {"hostname": "a.example.com", "os": "Ubuntu 24.04"}


@pytest.mark.parametrize("routes, sent", [(["reinstall"], []), ([], ["POST /service/201/hostname"])])
def test_where_the_service_offers_no_such_route_the_host_name_stays(routes, sent):
    """It says so in the list of its routes, or when it is asked."""
    methods = [{"name": "", "method": "POST", "route": f"/service/@id/{name}"} for name in routes]
    refused = {"error": ["Method not found"]}
    changed = answers(info=info("Ubuntu 24.04"), methods={"methods": methods}, post_hostname=refused)
    canned = Canned({**changed, "GET /service": {"services": [{"id": "201"}]}})
    result = canned.run(server_reinstall, service="201", template="Ubuntu 24.04", hostname="a.example.com")
    assert [request for request, _body in canned.sent] == sent
    assert (result["changed"], result["server"]["hostname"]) == (False, "server1.example.com")
    assert "has the host name server1.example.com, not a.example.com, and the service does not" in canned.warnings[0]


def test_a_host_name_that_is_refused_is_a_failure():
    refused = {"error": ["invalid_hostname"]}
    result, _sent = run({"info": info("Ubuntu 24.04"), "post_hostname": refused})
    assert "invalid_hostname" in result["msg"]


@pytest.mark.parametrize("hostname", ["server1", "localhost", "-", "", "unknown", "localhost.localdomain"])
def test_a_host_name_that_is_none_is_left_as_it_is(hostname):
    result, sent = run({"info": info("Ubuntu 24.04", hostname)})
    assert (result["changed"], sent) == (False, [])


def test_an_installation_that_leaves_another_host_name_is_not_repeated(clock):
    rename = Change()
    changed = installing(RUNNING, NONE, info=(rename.told(info("Ubuntu 24.04", "static.example.net"), AFTER),))
    result, sent = run({**changed, "post_hostname": rename})
    assert sent == [SENT, {"hostname": "a.example.com"}]
    assert (result["changed"], result["server"]["hostname"]) == (True, "a.example.com")


# -- protected services ----------------------------------------------------------------------------------------------

PROTECTED = {"label": {"label": "db #Protected #prod"}}


@pytest.mark.parametrize("mode", [{}, {"check_mode": True}, {"wait": False}])
def test_a_protected_service_needs_force(clock, mode):
    result, sent = run({**installing(RUNNING, NONE), **PROTECTED}, **mode)
    assert sent == []
    assert result["msg"].startswith("Service 201 is tagged #protected, and was left alone. To reinstall server 201")


def test_a_protected_service_may_be_installed_by_force(clock):
    assert run({**installing(RUNNING, NONE), **PROTECTED}, force=True)[1] == [SENT]


def test_protection_is_asked_for_only_before_an_installation():
    canned = Canned(answers(info=AFTER, **PROTECTED))
    result = canned.run(server_reinstall, service="201", template="Ubuntu 24.04", hostname="a.example.com")
    assert result["changed"] is False
    assert "GET /service/201/label" not in [request for request, _body in canned.asked]


def test_protection_that_cannot_be_read_is_none_to_be_passed(clock):
    methods = {"methods": [{"name": "", "method": "GET", "route": "/service/@id/label"}]}
    result, sent = run({**installing(RUNNING, NONE), "label": {"error": ["database is down"]}, "methods": methods})
    assert sent == [] and "database is down" in result["msg"]


# -- moments ---------------------------------------------------------------------------------------------------------


def test_an_installation_that_ends_between_two_reads_is_not_started_again(clock):
    """The operation is read first: whoever sees that none runs sees what it has made of the server."""
    ended = []

    def progress(body):
        ended.append(True)
        return NONE

    result, sent = run({"reinstall": progress, "info": lambda body: AFTER if ended else BEFORE})
    assert (result["changed"], sent) == (False, [])


def test_there_is_one_more_look_right_before_it_is_sent(clock):
    """Somebody else has installed it meanwhile."""
    result, sent = run({"info": turns(BEFORE, AFTER)})
    assert (result["changed"], sent) == (False, [])


def test_one_that_somebody_else_starts_meanwhile_is_joined(clock):
    changed = {"info": turns(BEFORE, BEFORE, AFTER), "reinstall": turns(NONE, RUNNING, RUNNING, NONE)}
    result, sent = run(changed)
    assert (result["changed"], sent, result["server"]["os"]) == (False, [], "Ubuntu 24.04")


@pytest.mark.parametrize("idle", [True, "online", "not being reinstalled", "Server is not being reinstalled"])
def test_idle_words_are_no_installation(clock, idle):
    change = Change()
    changed = {"post_reinstall": change, "reinstall": {"status": idle}, "info": change.told(BEFORE, AFTER)}
    assert run(changed)[1] == [SENT]


# -- force -----------------------------------------------------------------------------------------------------------


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
        "info": turns(*[BEFORE] * 4, AFTER),
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
    assert len(sent) == 1  # it may speak of this very installation
    assert "server is busy" in result["msg"]
    assert "changed" not in result


def test_a_portal_that_is_busy_with_what_is_then_seen_to_end(clock):
    busy = turns({"error": ["Another operation is in progress"]}, DONE)
    diagnostics = turns({"diag": []}, {"diag": []}, {"diag": "running"}, {"diag": []})
    changed = {"post_reinstall": busy, "diag": diagnostics, "reinstall": turns(*[NONE] * 6, RUNNING, RUNNING, NONE)}
    assert run({**changed, "info": turns(*[BEFORE] * 5, AFTER)})[1] == [SENT, SENT]


@pytest.mark.parametrize("force", [False, True])
def test_a_busy_portal_that_has_begun_is_joined(clock, force):
    """The refusal speaks of the very request: VM is locked (create)."""
    begun = []

    def refuse(body):
        begun.append(body)
        return {"error": ["Server is locked (reinstall)"]}

    later = turns(NONE, RUNNING, RUNNING, NONE)
    changed = {
        "post_reinstall": refuse,
        "reinstall": lambda body: later(body) if begun else NONE,
        "info": lambda body: AFTER if begun else BEFORE,
    }
    _result, sent = run(changed, force=force)
    assert sent == [SENT]


def _give_way(sleep, seconds):
    sleep(seconds)
    time.sleep(0)  # lets the other threads go on


def test_many_tasks_at_once_install_once(clock):
    """Each plans again once it has the lock, which is held until the installation shows."""
    change = Change()
    changed = answers(post_reinstall=change, info=BEFORE, reinstall=change.told(NONE, NONE, RUNNING, RUNNING, RUNNING))
    options = {"service": "201", "template": "Ubuntu 24.04", "hostname": "a.example.com", "wait": False}
    portals = [Canned(changed) for _task in range(20)]
    for canned in portals:
        canned.clock.sleep = functools.partial(_give_way, canned.clock.sleep)
    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(lambda canned: canned.run(server_reinstall, **options), portals))
    assert sum(len(canned.sent) for canned in portals) == 1
    assert [result["changed"] for result in results].count(True) == 1
    assert not any(result.get("failed") for result in results)


@pytest.mark.parametrize("options", [{}, {"force": True}, {"wait": False}])
def test_a_message_never_advises_to_install_again(clock, options):
    for changed in ({}, installing(RUNNING, NONE, info=(BEFORE,)), installing(info=(info("Linux"),))):
        result, _sent = run(changed, wait_timeout=30, **options)
        assert "again to" not in result.get("msg", "") and "run the task again" not in result.get("msg", "").lower()


# -- failures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options, says",
    [
        (
            {"template": "Plan 9"},
            "Template 'Plan 9' not found for reinstall on server 201. Available: ISPsystem__Debian",
        ),
        ({"recipe": "Nginx"}, "Recipe 'Nginx' not found for server 201. Available: docker (Docker)."),
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


@pytest.mark.parametrize("template", [None, "", "None"])
def test_no_template_is_not_the_only_one(template):
    result, sent = run({"reinstall_templates": {"templates": [UBUNTU]}}, template=template)
    assert sent == [] and " not found for reinstall" in result["msg"]


def test_a_bad_host_name_costs_no_request():
    canned = Canned({})
    canned.run(server_reinstall, service="server1", template="x", hostname="a_b")
    assert canned.asked == []


def test_a_failed_installation(clock):
    failed = {"reinstall": {"status": "failed", "progress": 40}}
    result, _sent = run(installing(RUNNING, failed, info=(BEFORE,)))
    assert "reports it as 'failed'" in result["msg"] and result["changed"] is True


def test_the_failure_of_an_older_installation_is_none_of_this(clock):
    failed = {"reinstall": {"status": "failed"}}
    change = Change()
    changed = {"reinstall": change.told(failed, failed, RUNNING, NONE), "info": change.told(BEFORE, BEFORE, AFTER)}
    assert run({"post_reinstall": change, **changed})[0]["changed"] is True


def test_time_is_over(clock):
    result, _sent = run(installing(RUNNING, info=(BEFORE,)), wait_timeout=30)
    assert "(last state: the installation is running (status running, 40%, template ISPsystem__Ubuntu" in result["msg"]
    result, _sent = run({}, wait_timeout=30)
    assert "(last state: no installation is shown to run, and it has Debian 12" in result["msg"]


def test_a_lost_answer(clock):
    result, sent = run(installing(RUNNING, NONE, answer=lost()))
    assert (result["changed"], sent) == (True, [SENT])
    result, sent = run({"post_reinstall": lost()})
    assert (result["failed"], len(sent)) == (True, 1)


def test_a_portal_that_is_too_busy_to_tell(clock):
    busy = {"error": ["Operation in progress"]}
    result, sent = run(installing(busy, busy, NONE, info=(busy, AFTER)))
    assert (result["changed"], sent) == (True, [SENT])


def test_a_portal_without_info_needs_force(clock):
    none = {"error": ["Method not found"]}
    more = {"info": none, "methods": {"methods": []}}
    canned = Canned({**answers(**more), "GET /service": {"services": [{"id": "201"}]}})
    options = {"service": "201", "template": "Ubuntu 24.04", "hostname": "a.example.com"}
    assert "use force=true" in canned.run(server_reinstall, **options)["msg"]
    change = Change()
    canned.answers["POST /service/201/reinstall"] = change
    canned.answers["GET /service/201/reinstall"] = change.told(NONE, RUNNING, NONE)
    assert canned.run(server_reinstall, force=True, **options)["changed"] is True


def test_info_that_is_refused_during_the_installation(clock):
    refused = {"error": ["server is locked"]}
    assert run(installing(RUNNING, NONE, info=(refused, AFTER)))[0]["server"]["os"] == "Ubuntu 24.04"


# -- what is sent and returned ---------------------------------------------------------------------------------------


def test_everything_is_sent(clock):
    options = {"recipe": "docker", "root_password": "S3cret", "template": UBUNTU["id"], "hostname": "a.example.com."}
    _result, sent = run(installing(), **options)
    assert sent == [{**SENT, "recipe": "docker", "password": "S3cret"}]


@pytest.mark.parametrize(
    "given",
    [
        {"answer": {**DONE, "password": "Made-up"}},
        {"progress": {"reinstall": {"status": "running", "password": "Made-up"}}},
    ],
)
@pytest.mark.parametrize("wish, told", [(True, "Made-up"), (False, None)])
def test_a_generated_password(clock, given, wish, told):
    changed = installing(given.get("progress", RUNNING), NONE, answer=given.get("answer", DONE))
    result, _sent = run(changed, return_password=wish)
    assert result["server"]["password"] == told
    assert wish or "Made-up" not in str(result)


def test_check_mode():
    routes = [{"name": "Reinstall", "method": "POST", "route": "/service/@id/reinstall"}]
    result, sent = run({"methods": {"methods": routes}}, check_mode=True)
    assert (result["changed"], sent) == (True, [])
    assert result["diff"]["after"] == {"hostname": "a.example.com", "os": "Ubuntu 24.04"}
    assert result["server"]["os"] == "Ubuntu 24.04"


def test_without_waiting_it_is_waited_for_until_it_shows(clock):
    result, sent = run(installing(NONE, RUNNING, info=(BEFORE,)), wait=False)
    assert (len(sent), result["server"]["operation"], result["server"]["os"]) == (1, "reinstall", "Debian 12")
    assert clock.ahead < 5
