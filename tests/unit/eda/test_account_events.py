# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source, as ansible-rulebook runs it: by its path, beside the portal emulator."""

from __future__ import annotations

import asyncio
import contextlib
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
    assert watching.poll() == []
    portal.tamper(change)
    (event,) = watching.poll()
    assert event.pop("summary")
    assert event == {"type": kind, "id": identity, "service": service, "before": before, "after": after}
    assert watching.poll() == []


def test_a_reply_of_the_staff_is_told_and_one_of_the_client_is_not(portal):
    watching = watcher(portal, "ticket_reply")
    watching.poll()
    portal.tamper({"ticket": "736650", "reply": {"body": "the password is Planted-1"}})
    portal.tamper({"ticket": "736650", "reply": {"body": "thanks", "type": "Client"}})
    (event,) = watching.poll()
    assert event["id"].startswith("736650/") and "Planted" not in str(event)


def test_an_invoice_that_becomes_due(portal):
    state = {"invoice_due": {}}
    told = watcher(portal, "invoice_due", state=state).poll()
    assert "308981" in [event["id"] for event in told]
    assert watcher(portal, "invoice_due", state=state).poll() == []


def test_what_cannot_be_read_is_looked_at_again(portal):
    watching = watcher(portal, "power", "service_status")
    watching.poll()
    portal.tamper({"service": "101", "vm": "18867", "set": {"power": "off"}})
    portal.fault("error", path="^/service/101/vms", error=["node down"])
    assert watching.poll() == []
    assert [event["after"] for event in watching.poll()] == ["off"]


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


@pytest.mark.parametrize("args", [{"types": ["weather"]}, {"interval": 0}, {"api_url": "ftp://x"}])
def test_bad_options_are_refused(args):
    with pytest.raises(SOURCE["SindadError"]):
        asyncio.run(SOURCE["main"](asyncio.Queue(), {**LOGIN, "types": [], **args}))


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
    with contextlib.suppress(SOURCE["InvalidInput"]):
        options = SOURCE["connection"]({"api_url": portal.api_url, **given})
        SOURCE["Watcher"](SOURCE["Client"](**options), SOURCE["TYPES"]).poll()
    assert portal.log() == [] or {each["auth"] for each in portal.log()} == {"none"}
    monkeypatch.setenv("SINDAD_API_URL", portal.api_url)
    assert SOURCE["connection"]({})["password"] == "secret"
