# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""With -vvvvv each request is told, and no secret is in any output: of modules in both ways and on inventory hosts."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from e2e.support import LOGIN, Run, Site

QUICK = {"stale": 0, "duration": 0, "create_delay": 0, "operation_duration": 0}
#: What the tasks are given: none of it may come back.
GIVEN = {
    "account": "Portal-account-Pass/1",
    "wrong": "Wrong-account-Pass+2",
    "rescue": "Rescue-Pass-3 'quoted'",
    "root": 'Root-Pass-4 "quoted"',
    "contact": "Contact-Pass-5&more",
    "token": "Bearer-token-6",
    "refresh": "Refresh-token-7",
}
SUCCEEDING: list[dict[str, Any]] = [
    {"sindad.cloud.vm_info": {"service": 101}},
    {"sindad.cloud.vm": {"service": 101, "label": "n1", "template": "Debian 12", "memory": 1024, "cpu": 1, "disk": 10}},
    {"sindad.cloud.service_info": {"service": 301, "include": ["details"]}},
    {"sindad.cloud.server_rescue": {"service": 201, "template": "debian live 12", "rescue_password": GIVEN["rescue"]}},
    {
        "sindad.cloud.server_reinstall": {
            "service": 202,
            "template": "AlmaLinux 9",
            "hostname": "db1.example.com",
            "root_password": GIVEN["root"],
        }
    },
    {
        "sindad.cloud.contact": {
            "email": "helpdesk@example.com",
            "firstname": "Help",
            "lastname": "Desk",
            "country": "US",
            "contact_password": GIVEN["contact"],
        }
    },
    {"sindad.cloud.token": {}, "no_log": True},
]
FAILING: list[dict[str, Any]] = [
    {"sindad.cloud.vm_info": {"service": 101, "password": GIVEN["wrong"]}},
    {"sindad.cloud.vm_info": {"service": 101, "token": GIVEN["token"]}},
    {"sindad.cloud.token": {"state": "refreshed", "refresh_token": GIVEN["refresh"]}},
]


def way(site: Site, name: str) -> dict[str, Any]:
    """The variables of a host whose modules run this way."""
    if name == "in_process":
        return {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    wrapper = site.core.home / "python"
    wrapper.write_text(f'#!/bin/sh\nexec {shlex.quote(str(site.core.bin / "python"))} "$@"\n')
    wrapper.chmod(0o755)
    return {"ansible_connection": "local", "ansible_python_interpreter": str(wrapper)}


def play(site: Site, tasks: list[dict[str, Any]], variables: dict[str, Any], *flags: str, **env: str) -> Run:
    connection = {"api_url": site.portal.api_url, "username": LOGIN["username"], "password": GIVEN["account"]}
    book = site.core.home / "book.yml"
    plays = [
        {
            "name": "All",
            "hosts": "all",
            "gather_facts": False,
            "vars": variables,
            "module_defaults": {"group/sindad.cloud.all": connection},
            "tasks": [{"ignore_errors": True, **task} for task in tasks],
        }
    ]
    book.write_text(json.dumps(plays))
    return site.core.run("ansible-playbook", "-i", "machine,", "--diff", *flags, book, timeout=180, **env)


def secrets_in(value: Any) -> Iterator[str]:
    """The values of all keys that hold a secret, at any depth."""
    if isinstance(value, list):
        for part in value:
            yield from secrets_in(part)
    if isinstance(value, dict):
        for key, part in value.items():
            if isinstance(part, str) and re.search(r"pass|token|secret", key, re.I) and len(part) > 5:
                yield part
            yield from secrets_in(part)


def found(site: Site, done: Run) -> list[str]:
    """The secrets that were printed: given ones, those of the portal's answers, and anything like a token."""
    text = done.out + done.err
    bodies = [entry["body"] for entry in site.portal.log()]
    known = {*GIVEN.values(), *secrets_in(site.portal.state()), *secrets_in(bodies)}
    spelt = {spelling for secret in known for spelling in (secret, json.dumps(secret)[1:-1], shlex.quote(secret))}
    return [secret for secret in spelt if secret in text] + re.findall(r"eyJ\w{10,}", text)


@pytest.fixture
def site_with_secrets(site: Site) -> Site:
    site.portal.reset(**QUICK, password=GIVEN["account"])
    return site


@pytest.mark.parametrize("name", ["in_process", "module"])
def test_success(site_with_secrets: Site, name: str) -> None:
    site = site_with_secrets
    done = play(site, SUCCEEDING, way(site, name), "-vvvvv")
    assert done.code == 0 and "...ignoring" not in done.text, done.text[-3000:]
    assert found(site, done) == []
    assert len(set(secrets_in(site.portal.state()))) > 5, "else there was nothing to find"
    assert re.search(
        r"GET /service/101/vms: HTTP 200, \d+ ms, \d+ bytes, \{vms: \{<id>: \{id: str, label: str", done.text
    )
    assert re.search(r"POST /service/101/vms: HTTP 200, \d+ ms, \d+ bytes, \{", done.text)
    assert "sindad_requests" not in done.text


@pytest.mark.parametrize("name", ["in_process", "module"])
def test_failure(site_with_secrets: Site, name: str) -> None:
    site = site_with_secrets
    for secret in ("wrong", "token"):
        site.portal.fault("error", error=[f"You sent {GIVEN[secret]}"], path="^/service/101/vms$", status=401)
    site.portal.fault("html", title=f"Not {GIVEN['refresh']}", path="^/token$", times=None)
    site.portal.fault("error", error=[f"You sent {GIVEN['account']} and {GIVEN['rescue']}"], path="^/service/201")
    site.portal.fault("html", title=f"Log in with {GIVEN['account']}, {GIVEN['root']}", path="^/service/202")
    failing = [*FAILING, *(task for task in SUCCEEDING if "server" in str(task))]
    done = play(site, failing, way(site, name), "-vvvvv")
    assert done.text.count("...ignoring") == len(failing), done.text[-3000:]
    assert found(site, done) == []
    assert "You sent ********" in done.text, "else there was nothing to find"


def test_on_a_host_of_the_inventory(site_with_secrets: Site) -> None:
    site = site_with_secrets
    variables = {"sindad_service_id": "101", "sindad_vm_id": "18867", "ansible_connection": "ssh"}
    tasks: list[dict[str, Any]] = [{"sindad.cloud.vm": {"state": "restarted"}}]
    done = play(site, tasks, variables, "-vvvvv")
    assert done.code == 0 and "changed=1" in done.text
    assert found(site, done) == []
    assert re.search(r"POST /service/101/vms/18867/reboot: HTTP 200, \d+ ms, \d+ bytes", done.text)


def test_requests_are_told_from_three_v_on_and_shapes_from_four(site_with_secrets: Site) -> None:
    site = site_with_secrets
    tasks: list[dict[str, Any]] = [{"sindad.cloud.vm_info": {"service": 101, "vmid": "18867"}}]
    told = r"GET /service/101/vms/18867: HTTP 200, \d+ ms, \d+ bytes"
    for name in ("in_process", "module"):
        quiet, requests, shapes = (play(site, tasks, way(site, name), flag).out for flag in ("-vv", "-vvv", "-vvvv"))
        assert not re.search(told, quiet)
        assert re.search(f"{told}$", requests, re.M)
        assert re.search(f"{told}, {{", shapes)
