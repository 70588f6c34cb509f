# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task through the action plugin, on the emulator: in this process, as a module, and on a host of the inventory."""

from __future__ import annotations

import importlib
import os
from types import SimpleNamespace

import pytest
from ansible import constants
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible_collections.sindad.cloud.plugins.module_utils import _context
from ansible_collections.sindad.cloud.plugins.module_utils._context import REQUESTS_KEY
from ansible_collections.sindad.cloud.plugins.plugin_utils import _action
from ansible_collections.sindad.cloud.plugins.plugin_utils._action import ModuleAction

from tests.emulator import portal as emulator

LOGIN = {"username": "user@example.com", "password": "secret"}
SHELL = SimpleNamespace(tmpdir=None, env_prefix=lambda **environment: str(environment))
HOST = {"inventory_hostname": "web1", "ansible_delegated_vars": {"localhost": {}}}
WEB1 = {**HOST, "sindad_service_id": "101", "sindad_vm_id": "18867"}


class Action(ModuleAction):
    """Keeps what would be run as a module."""

    def _execute_module(self, **given):
        self.given = given
        return {"changed": False, REQUESTS_KEY: ["GET /service: HTTP 200"]}


@pytest.fixture(scope="module")
def portal():
    with emulator.serve(stale=0, duration=0) as running:
        yield running


@pytest.fixture
def run(portal):
    """Runs a task; gives its result and the action."""

    def made(module, variables=None, transport="local", **more):
        task = Task()
        args = {**more.pop("connection", {"api_url": portal.api_url, **LOGIN}), **more.pop("args", {})}
        values = {"action": f"sindad.cloud.{module}", "args": args, "async_val": 0, "environment": None, "diff": True}
        for name, value in {**values, "check_mode": False, "delegate_to": None, **more}.items():
            setattr(task, name, value)
        connection = SimpleNamespace(transport=transport, become=None, _shell=SHELL)
        loader = DataLoader()
        done = Action(task, connection, PlayContext(), loader, Templar(loader), SimpleNamespace())
        done.MODULE = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.modules.{module}")
        done.told = []
        done._tell = done.told.append
        return done.run(None, dict(HOST if variables is None else variables)), done

    return made


def test_in_this_process(run):
    result, done = run("service_label", args={"service": "301", "label": "blog"})
    assert (result["changed"], result["label"]) == (True, "blog")
    assert result["diff"]["after"] == {"label": "blog"}
    assert not hasattr(done, "given")
    result, _done = run("service_label", args={"service": "301", "label": "shop"}, check_mode=True, diff=False)
    assert result["changed"] and "diff" not in result


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"label": "x", "nonsense": 1}, "Unsupported parameters for (sindad.cloud.service_label) module: nonsense"),
        ({}, "label"),
    ],
)
def test_options_that_are_wrong(run, args, words):
    result, _done = run("service_label", args={"service": "301", **args})
    assert result["failed"] and words in result["msg"]


def test_warnings_secrets_and_options_are_as_of_a_module(run, monkeypatch):
    monkeypatch.setattr(ModuleAction, "_shows_invocation", lambda self, task_vars: True)
    result, _done = run("vm_rescue", args={"service": "103", "label": "mail1"})
    assert "does not report" in str(result["warnings"][0])
    given = result["invocation"]["module_args"]
    assert given["service"] == "103" and "secret" not in str(given)


def test_an_option_that_is_a_secret_is_taken_out_of_the_result(run):
    result, _done = run("service_label", args={"service": "301", "label": "a secret label"}, check_mode=True)
    assert "secret" not in str(result) and "********" in result["label"]


@pytest.mark.parametrize("variables", [None, WEB1])
def test_all_tasks_of_a_controller_share_their_pace(run, portal, monkeypatch, variables):
    shared = []

    class Pace(_context.SharedThrottle):
        def __init__(self, *account):
            shared.append(account)
            super().__init__(*account)

    monkeypatch.setattr(_context, "SharedThrottle", Pace)
    run("vm_info", variables, args={} if variables else {"service": "101"})
    assert shared == [(portal.api_url, LOGIN["username"])]


def test_a_module_that_needs_a_host_is_run_there(run):
    result, done = run("vm_info", args={"service": "101"}, transport="ssh")
    assert done.given["module_args"]["service"] == "101" and not done.given["wrap_async"]
    assert done.told == ["GET /service: HTTP 200"] and REQUESTS_KEY not in result
    assert run("ticket_attachment", args={"number": "1"})[1].given  # it writes files


def test_on_a_host_of_the_inventory(run):
    result, _done = run("vm_info", WEB1, "ssh")
    assert [vm["label"] for vm in result["vms"]] == ["web1"]


OTHER = "https://other.example.com/api"
OF_OTHER = {"SINDAD_API_URL": OTHER, "SINDAD_USERNAME": "user@example.com", "SINDAD_PASSWORD": "secret"}
INCOMPLETE = [
    *({}, {"username": "user@example.com"}, {"password": "secret"}, {"username": "", "password": ""}),
    *({"token": ""}, {"token": " "}, {"token": None}, {"username": "user@example.com", "password": None}),
]


@pytest.mark.parametrize("given", INCOMPLETE, ids=repr)
@pytest.mark.parametrize("variables", [None, WEB1])
def test_a_login_of_the_environment_goes_to_no_other_portal(run, portal, monkeypatch, given, variables):
    """The same for a module of its own process: test_main."""
    for name, value in {**OF_OTHER, "SINDAD_TOKEN": "abc"}.items():
        monkeypatch.setenv(name, value)
    portal.clear_log()
    args = {"service": "101"} if variables is None else {}
    result, _done = run("vm_info", variables, connection={"api_url": portal.api_url, **given}, args=args)
    assert result["failed"] and portal.log() == []
    assert "No credentials" in result["msg"] or "set but empty" in result["msg"]


def test_a_login_of_the_environment_is_used_at_its_portal(run, portal, monkeypatch):
    for name, value in {**OF_OTHER, "SINDAD_API_URL": portal.api_url, "SINDAD_TOKEN": ""}.items():
        monkeypatch.setenv(name, value)
    for url in ({}, {"api_url": portal.api_url + "/"}):
        assert run("vm_info", WEB1, connection=url)[0]["vms"]


def test_the_connection_may_stand_in_the_environment_of_the_task(run, portal):
    environment = [{"SINDAD_PASSWORD": "another", "SINDAD_TIMEOUT": 7, "SINDAD_TOKEN": None, "PATH": "/nowhere"}]
    result, done = run("vm_info", WEB1, "ssh", environment=environment)
    assert result["vms"] and done._args() == {**done._task.args, "timeout": "7"}
    environment[0].update(SINDAD_API_URL=portal.api_url, SINDAD_USERNAME="user@example.com")
    result, _done = run("vm_info", WEB1, "ssh", connection={}, environment=environment)
    assert result["errors"] == ["wronglogin"]


@pytest.mark.parametrize("variables", [None, WEB1])
def test_the_environment_of_a_task_takes_no_login_elsewhere(run, portal, monkeypatch, variables):
    args = {"service": "101"} if variables is None else {}
    task_environment = [{"SINDAD_API_URL": portal.api_url, "PATH": "/nowhere"}]
    for name, value in OF_OTHER.items():
        monkeypatch.setenv(name, value)
    portal.clear_log()
    result, done = run("vm_info", variables, connection={}, args=args, environment=task_environment)
    if variables is None:
        assert done.given["module_args"] == {"api_url": portal.api_url, **args}
        raw = {}
        done._compute_environment_string(raw)
        assert raw == {"PATH": "/nowhere"}
    else:
        assert "No credentials" in result["msg"] and portal.log() == []
    # And the login that it sets goes to no portal that the task names.
    result, done = run(
        "vm_info", variables, "ssh", connection={"api_url": portal.api_url}, args=args, environment=[OF_OTHER]
    )
    assert portal.log() == []


def test_an_empty_address_in_the_environment_of_a_task_is_the_default(run, monkeypatch):
    monkeypatch.setenv("SINDAD_API_URL", OTHER)
    environment = [{**OF_OTHER, "SINDAD_API_URL": ""}]
    _result, done = run("vm_info", transport="ssh", connection={}, args={"service": "101"}, environment=environment)
    assert done.given["module_args"] == {"api_url": "https://my.sindad.com/api", **LOGIN, "service": "101"}


@pytest.mark.parametrize("password", ["True", "None"])
def test_what_a_password_is_called_hides_no_flag_of_the_result(run, portal, password):
    portal.reset(password=password, stale=0, duration=0)
    args = {"service": "301", "label": f"blog {password}", "password": password}
    result, _done = run("service_label", args=args)
    portal.reset(stale=0, duration=0)
    assert result["changed"] is True and result["failed"] is False
    assert password not in result["label"]


def test_async_on_a_host_of_the_inventory(run):
    result, _done = run("vm", WEB1, "ssh", args={"state": "started"}, async_val=30)
    assert result["failed"] and "async is not possible" in result["msg"]
    assert run("vm", WEB1, "local", args={"state": "started"}, async_val=30)[1].given["wrap_async"]


def test_what_a_delegated_task_is_about_must_be_clear(run):
    variables = {**WEB1, "ansible_delegated_vars": {"db1": {**WEB1, "sindad_vm_id": "18868"}}}
    result, _done = run("vm", variables, delegate_to="db1")
    assert result["failed"] and "It is unclear what this task is about" in result["msg"]


def test_a_host_of_another_portal_is_refused(run):
    other = {**WEB1, "sindad_api_url": "https://elsewhere.example.com/api"}
    result, _done = run("vm_info", other, "ssh")
    assert "elsewhere.example.com" in str(result)


def test_a_task_that_is_delegated_to_its_own_host_stays_on_the_controller(run):
    variables = {**WEB1, "ansible_delegated_vars": {"web1": WEB1, "alias": WEB1, "bastion": {}}}
    for host in ("web1", "alias"):
        result, done = run("vm_info", variables, "ssh", delegate_to=host)
        assert [vm["label"] for vm in result["vms"]] == ["web1"] and not hasattr(done, "given")
    assert run("vm_info", variables, "ssh", delegate_to="bastion")[1].given


@pytest.mark.parametrize("transport", ["ssh", "local"])
@pytest.mark.parametrize("named", [{"label": "web1"}, {"vmid": "18867"}])
def test_a_vm_that_is_named_without_its_service(run, transport, named):
    result, done = run("vm_info", WEB1, transport, args=named)
    assert f"web1 is VM 18867 of service 101: leave {next(iter(named))} out" in result["msg"]
    assert not hasattr(done, "given")
    assert "missing required arguments: service" in run("vm_info", HOST, "local", args=named)[0]["msg"]


def test_the_whole_account_is_asked_for_from_a_host_of_the_inventory(run, portal):
    for variables, transport in ((WEB1, "ssh"), (HOST, "local")):
        result, _done = run("service_info", variables, transport, args={"service": "all"})
        assert len(result["services"]) > 5
        some, _done = run("service_info", variables, transport, args={"service": "all", "status": "Active"})
        assert 1 < len(some["services"]) < len(result["services"])
    assert len(run("portal_info", WEB1, "ssh", args={"service": "all"})[0]["products"]) > 2
    assert len(run("service_info", WEB1, "ssh")[0]["services"]) == 1
    other = {**WEB1, "sindad_api_url": "https://elsewhere.example.com/api"}
    assert "elsewhere.example.com" in run("service_info", other, "ssh", args={"service": "all"})[0]["msg"]


def test_what_is_delegated_to_another_machine_keeps_to_the_portal_of_its_host(run, portal):
    """The other machine may have the address and the login of another portal in its environment."""
    variables = {
        **WEB1,
        "sindad_api_url": "https://elsewhere.example.com/api",
        "ansible_delegated_vars": {"bastion": {}},
    }
    result, done = run("vm_info", variables, "ssh", delegate_to="bastion")
    assert result["failed"] and not hasattr(done, "given")
    _result, done = run("vm_info", variables, "ssh", connection=LOGIN, delegate_to="bastion")
    assert done.given["module_args"]["api_url"] == "https://elsewhere.example.com/api"


def test_a_host_without_requests(run, monkeypatch):
    monkeypatch.setattr(_action, "REQUESTS_ERROR", ImportError("no requests"))
    result, _done = run("vm_info", WEB1, "ssh")
    assert result["failed"] and "requests" in result["msg"]


def test_a_background_task_tells_no_requests(run, monkeypatch):
    seen = {}
    monkeypatch.setattr(
        _action.ActionBase,
        "_update_module_args",
        lambda self, name, args, task_vars, **more: args.update(_ansible_verbosity=4),
    )
    for async_val, verbosity in ((30, 2), (0, 4)):
        _result, done = run("vm_info", args={"service": "101"}, transport="ssh", async_val=async_val)
        done._update_module_args("vm_info", seen, {})
        assert seen["_ansible_verbosity"] == verbosity


def test_whether_options_are_shown_is_a_setting_of_newer_releases(run, monkeypatch):
    _result, done = run("vm_info", args={"service": "101"})

    def unknown(*_arguments, **_more):
        raise KeyError("INJECT_INVOCATION")

    monkeypatch.setattr(constants.config, "get_config_value", unknown)
    assert done._shows_invocation({}) is True


@pytest.mark.parametrize(("origin", "handed_on"), [("/etc/ansible/ansible.cfg", True), ("default", False)])
def test_the_home_of_the_configuration_is_where_notes_are_kept(run, monkeypatch, origin, handed_on):
    monkeypatch.setenv("ANSIBLE_HOME", "")
    answer = constants.config.get_config_value_and_origin
    configured = {"ANSIBLE_HOME": ("/srv/ansible", origin)}
    monkeypatch.setattr(
        constants.config,
        "get_config_value_and_origin",
        lambda name, *args, **more: configured.get(name) or answer(name, *args, **more),
    )
    run("service_info", args={"service": "301"})
    assert (os.environ["ANSIBLE_HOME"] == "/srv/ansible") is handed_on
