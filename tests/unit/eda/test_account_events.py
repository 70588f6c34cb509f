# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source, as ansible-rulebook runs it: by its path, beside the portal emulator."""

from __future__ import annotations

import asyncio
import json
import re
import runpy
import stat
import types
from pathlib import Path

import ansible_collections.sindad.cloud.plugins.module_utils as collection
import pytest
import yaml
from emulator.portal import serve

ROOT = Path(next(iter(collection.__path__))).parents[1]
SOURCE = runpy.run_path(str(ROOT / "extensions/eda/plugins/event_source/account_events.py"))
LOGIN = {"username": "user@example.com", "password": "secret", "retries": 0}


@pytest.fixture(scope="module")
def running():
    with serve() as portal:
        yield portal


@pytest.fixture
def portal(running):
    running.reset(stale=0, duration=0)
    running.clear_log()
    return running


def watcher(portal, *types, state=None, **more):
    client = SOURCE["Client"](portal.api_url, **LOGIN, read_only=True)
    return SOURCE["Watcher"](client, types or SOURCE["TYPES"], state=state, **more)


def poll(watching):
    """The events of a poll, all of them handed over."""
    return [(event, keep())[0] for event, keep in watching.poll()]


NOTICE = {"subject": "Hello", "seen": "0"}
CHANGES = [
    ("power", {"service": "101", "vm": "18867", "set": {"power": "off"}}, "101/18867", "101", "on", "off"),
    ("power", {"service": "201", "server": {"power": "off"}}, "201", "201", "on", "off"),
    ("service_status", {"service": "301", "set": {"status": "Suspended"}}, "301", "301", "Active", "Suspended"),
    ("incident", {"incident": "5", "set": {"status": "InProgress"}}, "5", None, "Scheduled", "InProgress"),
    (
        "notification",
        {"notification": "99", "add": True, "set": {"subject": "Hello", "seen": "0"}},
        "99",
        None,
        None,
        "new",
    ),
]


@pytest.mark.parametrize(("kind", "change", "identity", "service", "before", "after"), CHANGES)
def test_a_change_is_told_once(portal, kind, change, identity, service, before, after):
    watching = watcher(portal, kind)
    assert poll(watching) == []
    portal.tamper(change)
    (event,) = poll(watching)
    assert event.pop("summary")
    assert event == {"type": kind, "id": identity, "service": service, "before": before, "after": after}
    assert poll(watching) == []


def test_a_reply_of_the_staff_is_told_and_one_of_the_client_is_not(portal):
    watching = watcher(portal, "ticket_reply")
    poll(watching)
    portal.tamper({"ticket": "736650", "reply": {"body": "the password is Planted-1"}})
    portal.tamper({"ticket": "736650", "reply": {"body": "thanks", "type": "Client"}})
    (event,) = poll(watching)
    assert event["id"].startswith("736650/") and "Planted" not in str(event)


def test_an_invoice_that_becomes_due(portal):
    state = {"invoice_due": {}}
    told = poll(watcher(portal, "invoice_due", state=state))
    assert "308981" in [event["id"] for event in told]
    assert poll(watcher(portal, "invoice_due", state=state)) == []


def test_what_cannot_be_read_is_looked_at_again(portal):
    watching = watcher(portal, "power", "service_status")
    poll(watching)
    portal.tamper({"service": "101", "vm": "18867", "set": {"power": "off"}})
    portal.fault("error", path="^/service/101/vms", error=["node down"])
    assert poll(watching) == []
    assert [event["after"] for event in poll(watching)] == ["off"]


def test_nothing_is_told_twice_across_restarts_and_nothing_is_missed(portal, tmp_path, monkeypatch):
    """Runs of main, with a change while none runs."""

    async def end(_seconds):
        raise Ended

    clock = types.SimpleNamespace(to_thread=asyncio.to_thread, sleep=end)
    monkeypatch.setitem(SOURCE["main"].__globals__, "asyncio", clock)
    path = tmp_path / "state.json"
    assert run(portal, path) == []
    portal.tamper({"service": "101", "vm": "18867", "set": {"power": "off"}})
    assert [event["id"] for event in run(portal, path)] == ["101/18867"]
    assert run(portal, path) == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = path.read_text()
    assert json.loads(kept)["power"]["101/18867"] == "off"
    assert "secret" not in kept and "-pass" not in kept
    assert portal.effects() == {}


class Ended(Exception):
    """The first poll is over."""


def run(portal, path):
    """The events of one poll."""

    async def once():
        queue = asyncio.Queue()
        with pytest.raises(Ended):
            await SOURCE["main"](queue, {"api_url": portal.api_url, **LOGIN, "state_file": str(path)})
        return [queue.get_nowait() for _each in range(queue.qsize())]

    return asyncio.run(once())


WRONG = [
    ({"types": ["weather"]}, "value of types must be one or more of: notification"),
    ({"types": "wether"}, "value of types must be one or more of"),
    *(({"types": each}, "types is set but empty|value of types") for each in ([], "")),
    *(({"interval": each}, "interval must be more than 0 seconds") for each in (0, -5, "", "soon", "1e3")),
    ({"due_days": "some"}, "due_days"),
    ({"api_url": "ftp://x"}, "api_url must be an address"),
    ({"api_url": ""}, "api_url is set but empty"),
    ({"token": None}, "token is set but empty"),
    ({"typse": ["power"]}, "typse. Supported parameters include: api_url"),
    ({"state_file": ""}, "state_file is set but empty"),
    ({"state_file": "/nowhere/at/all.json"}, "There is no folder /nowhere/at"),
    ({"state_file": "/"}, "is a folder"),
    ({"validate_certs": "perhaps"}, "validate_certs"),
]


@pytest.mark.parametrize(("args", "words"), WRONG, ids=repr)
def test_bad_options_are_refused(args, words):
    with pytest.raises(SOURCE["InvalidInput"], match=words):
        asyncio.run(SOURCE["main"](asyncio.Queue(), {"api_url": "http://127.0.0.1:9/api", **LOGIN, **args}))


def test_options_are_read_as_those_of_a_module(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    args = {"types": "power", "interval": "2m", "state_file": "~/state.json", "timeout": "1m", "validate_certs": "no"}
    found = SOURCE["checked_options"]({**args, "eda_feedback_queue": object()})
    assert found["types"] == ["power"] and found["interval"] == 120 and found["validate_certs"] is False
    assert found["state_file"] == str(tmp_path / "state.json")
    assert SOURCE["checked_options"]({"types": "power,incident"})["types"] == ["power", "incident"]
    assert SOURCE["checked_options"]({})["types"] == SOURCE["TYPES"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "7",
        "null",
        '"x"',
        '{"power": []}',
        '{"power": {"101": 7}}',
        '{"power": {"101": {}}}',
        "[" * 9999,
    ],
)
def test_a_state_file_of_another_shape_is_refused(tmp_path, text):
    path = tmp_path / "state.json"
    path.write_text(text)
    with pytest.raises(SOURCE["InvalidInput"], match=r"state\.json is not a file of this event source"):
        SOURCE["load"](str(path))
    assert path.read_text() == text
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SOURCE["InvalidInput"], match="is not a file of this event source"):
        SOURCE["load"](str(path))


def test_a_ticket_that_cannot_be_read_silences_no_other(portal):
    watching = watcher(portal, "ticket_reply")
    numbers = [each["number"] for each in SOURCE["Tickets"](watching.client).list() if each["status"] != "Closed"]
    bad, good = numbers[:2]
    portal.fault("error", path=f"^/tickets/{bad}$", error=["damaged"], times=None)
    assert poll(watching) == []
    for number in (bad, good):
        portal.tamper({"ticket": number, "reply": {"body": "hello"}})
    assert [event["id"].split("/")[0] for event in poll(watching)] == [good]
    portal.clear_faults()
    assert poll(watching) == []  # which of its replies are new cannot be known
    portal.tamper({"ticket": bad, "reply": {"body": "again"}})
    assert [event["id"].split("/")[0] for event in poll(watching)] == [bad]


def test_a_reply_to_a_ticket_that_is_unreadable_for_a_while_is_given_later(portal):
    watching = watcher(portal, "ticket_reply")
    poll(watching)
    portal.tamper({"ticket": "736650", "reply": {"body": "hello"}})
    portal.fault("error", path="^/tickets/736650$", error=["damaged"])
    assert poll(watching) == []
    assert len(poll(watching)) == 1 and poll(watching) == []


def test_each_event_is_kept_right_before_it_is_handed_over(portal, tmp_path, monkeypatch):
    """A consumer that takes three of many; then a restart."""
    path = tmp_path / "state.json"
    path.write_text(json.dumps({"notification": {}}))
    monkeypatch.setitem(SOURCE["main"].__globals__, "asyncio", fast(monkeypatch))
    for number in range(900, 920):
        portal.tamper({"notification": str(number), "add": True, "set": NOTICE})
    args = {"api_url": portal.api_url, **LOGIN, "state_file": str(path), "types": ["notification"]}

    class Slow:
        def __init__(self, most):
            self.most, self.taken = most, []

        async def put(self, event):
            if len(self.taken) == self.most:
                raise Ended
            assert json.loads(path.read_text())["notification"][event["id"]] == "new"
            self.taken.append(event["id"])

    first, rest = Slow(3), Slow(99)
    for queue in (first, rest):
        with pytest.raises(Ended):
            asyncio.run(SOURCE["main"](queue, args))
    # The one that was being handed over may be lost, and no other; none is given twice.
    assert len(first.taken) == 3 and not set(first.taken) & set(rest.taken)
    assert len({number for number in first.taken + rest.taken if number.startswith("9")}) >= 19


def fast(monkeypatch, polls=1):
    """asyncio whose sleeps end the source after so many polls; they are kept in ``slept``."""

    async def sleep(seconds):
        clock.slept.append(seconds)
        if len(clock.slept) == polls:
            raise Ended

    clock = types.SimpleNamespace(to_thread=asyncio.to_thread, sleep=sleep, slept=[])
    return clock


def test_a_login_that_is_refused_at_first_ends_the_source(portal, tmp_path):
    args = {"api_url": portal.api_url, **LOGIN, "password": "wrong", "state_file": str(tmp_path / "state.json")}
    with pytest.raises(SOURCE["AuthenticationFailed"], match="user name or password is wrong"):
        asyncio.run(SOURCE["main"](asyncio.Queue(), args))
    assert len([each for each in portal.log() if each["auth"] != "none"]) == 1


def test_a_login_that_is_refused_later_is_tried_less_and_less_often(portal, monkeypatch):
    clock = fast(monkeypatch, polls=9)
    monkeypatch.setitem(SOURCE["main"].__globals__, "asyncio", clock)
    queue = asyncio.Queue()
    original = SOURCE["Watcher"].poll

    def spoiled(watching):
        if len(clock.slept) in (1, 7):
            portal.reset(password="another" if len(clock.slept) == 1 else "secret", stale=0, duration=0)
        return original(watching)

    monkeypatch.setattr(SOURCE["Watcher"], "poll", spoiled)
    args = {"api_url": portal.api_url, **LOGIN, "types": ["service_status"], "interval": 60}
    with pytest.raises(Ended):
        asyncio.run(SOURCE["main"](queue, args))
    assert clock.slept == [60, 120, 240, 480, 600, 600, 600, 60, 60]
    assert SOURCE["pause_after"](900, 3) == 900


def test_a_login_that_may_not_read_something_reads_the_rest(portal):
    portal.fault("status", path="^/notifications", status=403, times=None)
    watching = watcher(portal, "notification", "service_status")
    assert poll(watching) == [] and "service_status" in watching.state and "notification" not in watching.state


@pytest.mark.parametrize("text", [SOURCE["EXAMPLES"], (ROOT / "docs/guide_events.md").read_text(encoding="utf-8")])
def test_examples_use_options_that_exist(text):
    blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S) or [text]
    documented = {name for names in yaml.safe_load(SOURCE["DOCUMENTATION"])["options"] for name in names.split(", ")}
    for (rulebook,) in map(yaml.safe_load, blocks):
        (options,) = [source["sindad.cloud.account_events"] for source in rulebook["sources"]]
        assert set(options) <= documented and set(options["types"]) <= set(SOURCE["TYPES"])
    assert set(SOURCE["CONNECTION"]) <= documented


@pytest.mark.parametrize("given", [{}, {"username": "a"}, {"password": "a"}, {"token": ""}, {"token": None}], ids=repr)
def test_a_login_of_the_environment_goes_to_no_other_portal(portal, monkeypatch, given):
    for name, value in LOGIN.items():
        monkeypatch.setenv(f"SINDAD_{name.upper()}", str(value))
    monkeypatch.setattr(SOURCE["LOG"], "disabled", True)
    with pytest.raises(SOURCE["SindadError"], match=r"set but empty|No credentials"):
        asyncio.run(SOURCE["main"](asyncio.Queue(), {"api_url": portal.api_url, **given}))
    assert portal.log() == [] or {each["auth"] for each in portal.log()} == {"none"}
    monkeypatch.setenv("SINDAD_API_URL", portal.api_url)
    assert SOURCE["checked_options"]({})["password"] == "secret"
