# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option dialect of a task: read on the controller, handed on as a mapping, refused in the same words both ways."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible_collections.sindad.cloud.plugins.modules import service_label
from ansible_collections.sindad.cloud.plugins.plugin_utils._action import ModuleAction

from tests.emulator import portal as emulator

LOGIN = {"username": "user@example.com", "password": "secret"}
SHELL = SimpleNamespace(tmpdir=None, env_prefix=lambda **environment: str(environment))
DIALECT = {"answers": {"GET /service/@id/label": {"at": "text"}, "GET *": {"each": {"label": "name"}}}}


class Action(ModuleAction):
    """Keeps what would be run as a module."""

    MODULE = service_label
    given = None

    def _execute_module(self, **given):
        self.given = given["module_args"]
        return {"changed": False}


@pytest.fixture(scope="module")
def portal():
    with emulator.serve(stale=0) as running:
        yield running


@pytest.fixture
def run(portal):
    """Runs a task on the controller, or as a module on another machine; gives its result and what the module gets."""

    def made(transport, environment=None, **args):
        task = Task()
        given = {"api_url": portal.api_url, **LOGIN, "service": "301", "label": "blog", **args}
        values = {"action": "sindad.cloud.service_label", "args": given, "async_val": 0, "diff": False}
        for name, value in {**values, "environment": environment, "check_mode": True, "delegate_to": None}.items():
            setattr(task, name, value)
        connection = SimpleNamespace(transport=transport, become=None, _shell=SHELL)
        loader = DataLoader()
        done = Action(task, connection, PlayContext(), loader, Templar(loader), SimpleNamespace())
        return done.run(None, {"inventory_hostname": "web1", "ansible_delegated_vars": {}}), done.given

    return made


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "dialect.json"
    path.write_text(json.dumps(DIALECT))
    return str(path)


def test_a_mapping_reaches_a_module_as_it_is(run):
    assert run("ssh", dialect=DIALECT)[1]["dialect"] == DIALECT


def test_a_path_is_read_on_the_controller(run, path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for given in (path, "dialect.json"):
        assert run("ssh", dialect=given)[1]["dialect"] == DIALECT
    assert not run("local", dialect=path)[0].get("failed")


def test_the_path_of_the_environment_of_a_task_too(run, path):
    assert run("ssh", [{"SINDAD_DIALECT": path}])[1]["dialect"] == DIALECT


def test_the_environment_of_the_controller_is_not_that_of_another_machine(run, path, monkeypatch):
    monkeypatch.setenv("SINDAD_DIALECT", path)
    assert "dialect" not in run("ssh")[1]
    monkeypatch.setenv("SINDAD_DIALECT", "/nowhere.yml")
    assert "there is no file /nowhere.yml" in run("local")[0]["msg"]


def test_a_template_is_not_evaluated_in_a_dialect_and_its_words_are_data(run):
    dialect = {"answers": {"GET *": {"each": {"label": "'{' ~ '{ 1+1 }}'"}}}}
    assert run("ssh", dialect=dialect)[1]["dialect"] == dialect


@pytest.mark.parametrize(
    ("dialect", "words"),
    [
        ("/nowhere.yml", "there is no file /nowhere.yml"),
        ({"answers": {"GET /service/@id/labl": {}}}, "Did you mean GET /service/@id/label?"),
        ({"answers": {"GET *": {"at": "a.__class__"}}}, "__class__"),
        ({"answers": {"GET *": {"at": "?"}}}, 'is still "?"'),
        ([1], "must be a mapping, or the path"),
    ],
)
def test_what_is_wrong_is_said_in_the_same_words_and_before_anything_is_sent(run, portal, dialect, words):
    portal.clear_log()
    here, there = run("local", dialect=dialect), run("ssh", dialect=dialect)
    assert here[0] == there[0]
    assert here[0]["failed"] and words in here[0]["msg"]
    assert there[1] is None and portal.log() == []


def test_another_portal_is_refused_before_anything_is_sent(run, portal):
    portal.clear_log()
    result, _given = run("local", dialect={**DIALECT, "portal": "https://other.example.com/api"})
    assert "portal is https://other.example.com/api, but api_url is" in result["msg"]
    assert portal.log() == []
