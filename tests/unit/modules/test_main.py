# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module as a program: what AnsibleModule is given, and what it prints."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils import _context
from unit.portal_stub import says

testing = pytest.importorskip("ansible.module_utils.testing", reason="ansible-core before 2.19 has no such helper")

MODULES = "ansible_collections.sindad.cloud.plugins.modules"
NAMES = sorted(path.stem for path in (Path(__file__).resolve().parents[3] / "plugins/modules").glob("[!_]*.py"))
#: What each needs to begin.
REQUIRED = {
    "account_export": {"dest": "/tmp/none"},
    "contact": {"id": "1"},
    "ip": {"address": "1"},
    "notification": {"id": ["1"]},
    "server_hostname": {"hostname": "a.example.com"},
    "server_power": {"state": "on"},
    "server_reinstall": {"template": "x", "hostname": "a.example.com"},
    "service_cancellation": {"reason": "x"},
    "service_label": {"label": "x"},
    "service_upgrade": {"cycle": "m"},
    "ticket": {"number": "1"},
    "ticket_attachment": {"number": "1", "file": "1", "dest": "/tmp/none"},
    "vm": {"vmid": "1"},
    "vm_fleet": {"vms": [{"vmid": "1"}]},
    "vm_rescue": {"vmid": "1"},
}
OMITTED = object()


def main(name, capsys, url, **args):
    """What the module prints."""
    module = importlib.import_module(f"{MODULES}.{name}")
    service = {"service": "1"} if module.SPEC["argument_spec"].get("service", {}).get("required") else {}
    given = {"api_url": url, "token": "a-token", "retries": 0, **service, **REQUIRED.get(name, {}), **args}
    given = {option: value for option, value in given.items() if value is not OMITTED}
    with testing.patch_module_args(given), pytest.raises(SystemExit):
        module.main()
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", NAMES)
def test_a_portal_that_refuses(name, capsys, stub):
    stub.otherwise = says({"error": ["Node is down"]})
    args = {"username": "a", "password": "a-password"} if name == "token" else {}
    result = main(name, capsys, stub.url, **args)
    assert result.get("failed") or name == "portal_info"
    assert "Node is down" in json.dumps(result) and "defect" not in json.dumps(result)
    assert "a-token" not in json.dumps({**result, "invocation": None})


def test_success_with_warnings_and_requests(capsys, stub):
    stub.otherwise = says({"label": "blog"})
    result = main("service_label", capsys, stub.url, label="blog", _ansible_verbosity=4)
    assert (result["changed"], result["label"]) == (False, "blog")
    assert result[_context.REQUESTS_KEY][0].startswith("GET /service/1/label: HTTP 200")


def test_warnings(capsys, stub, monkeypatch):
    module, told = importlib.import_module(f"{MODULES}.service_label"), []
    monkeypatch.setattr(module, "run", lambda context: context.warn("Look.") or {})
    monkeypatch.setattr(_context._Module, "warn", lambda self, text: told.append(text))
    main("service_label", capsys, stub.url)
    assert told == ["Look."]


def test_without_requests(capsys, monkeypatch):
    monkeypatch.setattr(_context, "REQUESTS_ERROR", ImportError("no requests"))
    result = main("account_info", capsys, "https://portal.example.com/api")
    assert result["failed"] and "requests" in result["msg"]


def test_an_empty_variable_of_the_environment_is_none(capsys, stub, monkeypatch):
    stub.otherwise = says({"label": "blog"})
    monkeypatch.setenv("SINDAD_TIMEOUT", "")
    monkeypatch.setenv("SINDAD_RETRIES", "2")
    assert not main("service_label", capsys, stub.url, label="blog").get("failed")


ENVIRONMENT = {"SINDAD_USERNAME": "me@example.com", "SINDAD_PASSWORD": "a-password", "SINDAD_TOKEN": "t"}


@pytest.mark.parametrize("address", ["", "https://other.example.com/api"])
@pytest.mark.parametrize(
    "given", [{}, {"username": "me@example.com"}, {"password": "x"}, {"token": ""}, {"token": None}, {"username": " "}]
)
def test_a_login_of_the_environment_goes_to_no_other_portal(capsys, stub, monkeypatch, given, address):
    for name, value in {**ENVIRONMENT, "SINDAD_API_URL": address}.items():
        monkeypatch.setenv(name, value)
    result = main("account_info", capsys, stub.url, **{"token": OMITTED, **given})
    assert result["failed"] and not stub.seen
    assert "No credentials" in result["msg"] or "set but empty" in result["msg"]


def test_a_login_of_the_environment_is_used_at_its_portal_and_hidden(capsys, stub, monkeypatch):
    stub.otherwise = says({"label": "a-password"})
    for name, value in {**ENVIRONMENT, "SINDAD_API_URL": stub.url, "SINDAD_TOKEN": ""}.items():
        monkeypatch.setenv(name, value)
    result = main("service_label", capsys, OMITTED, token=OMITTED, label="blog", _ansible_check_mode=True)
    assert stub.seen[0].headers["Authorization"].startswith("Basic ")
    assert "a-password" not in json.dumps(result)
