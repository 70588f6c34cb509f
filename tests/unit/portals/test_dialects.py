# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Five invented portals, each with a dialect: the same tasks give the same records and the same effects as documented.

The portals are tongues of the emulator, which knows no dialect. Every task runs over HTTP.
"""

from __future__ import annotations

import functools
import importlib
import json
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.module_utils._context import execute
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.redaction import without_raw
from unit.clock import MovedClock
from unit.portals.odd import AT_ONCE, EMULATOR, LOGIN

if EMULATOR is None:
    pytest.skip("starlette, uvicorn or PyJWT is missing", allow_module_level=True)

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
DIALECTS = {
    "camel": ROOT / "docs/dialects/camel_case.yml",
    "persian": ROOT / "docs/dialects/persian.yml",
    **{name: HERE / f"dialects/{name}.yml" for name in ("bytes", "flat", "attributes")},
}
NEW = {"template": "Debian 12", "memory": 2048, "cpu": 2, "disk": 20}
WEB = {"service": "101", "label": "new-web"}
SERVER = {"service": "201"}
TICKET = {"subject": "Disk is slow", "department": "Support"}
STEPS = [
    ("service_info", {}),
    ("service_info", {"service": "101", "include": ["details", "methods"]}),
    ("service_info", {"status": "Active", "category": "cloud-servers"}),
    ("service_label", {"service": "101", "tags": ["prod"]}),
    ("service_label", {"service": "101", "tags": ["prod"]}),
    ("vm_info", {"service": "101"}),
    ("vm_info", {"service": "101", "label": "web1"}),
    ("vm_template_info", {"service": "101"}),
    ("vm", {**WEB, **NEW, "_ansible_check_mode": True}),
    ("vm", {**WEB, **NEW}),
    ("vm", {**WEB, **NEW}),
    ("vm", {**WEB, "memory": 4096, "cpu": 2}),
    ("vm", {**WEB, "state": "stopped"}),
    ("vm", {**WEB, "state": "stopped"}),
    ("vm", {**WEB, "state": "started"}),
    ("vm", {**WEB, "state": "restarted"}),
    ("vm", {**WEB, "state": "rebuilt", "template": "Ubuntu 24.04"}),
    ("vm", {**WEB, "state": "absent"}),
    ("vm", {**WEB, "state": "absent"}),
    ("vm_fleet", {"service": "101", "workers": 1, "vms": [{"label": "a1", **NEW}, {"label": "a2", **NEW}]}),
    ("vm_fleet", {"service": "101", "workers": 1, "vms": [{"label": "a1"}, {"label": "a2", "state": "stopped"}]}),
    ("vm_fleet", {"service": "101", "workers": 1, "vms": [{"label": "a1"}, {"label": "a2"}], "state": "absent"}),
    ("vm", {"service": "101", "label": "x", "memory": 999_999_424, "template": "Debian 12", "cpu": 2, "disk": 20}),
    ("server_info", SERVER),
    ("server_power", {**SERVER, "state": "off"}),
    ("server_power", {**SERVER, "state": "off"}),
    ("server_power", {**SERVER, "state": "on"}),
    ("server_hostname", {**SERVER, "hostname": "new.example.com"}),
    ("server_template_info", {**SERVER, "operation": "reinstall"}),
    ("ip_info", SERVER),
    ("ip", {**SERVER, "address": "198.51.100.20", "domain": "a.example.com"}),
    ("ticket_department_info", {}),
    ("ticket", {**TICKET, "body": "Please look."}),
    ("ticket", {**TICKET, "body": "Please look.", "reply": "Any news?"}),
    ("ticket", {**TICKET, "reply": "Any news?"}),
    ("ticket", {**TICKET, "state": "closed"}),
    ("ticket_info", {}),
    ("invoice_info", {}),
    ("account_info", {}),
    ("service_cancellation", {"service": "102", "reason": "moved"}),
    ("service_cancellation", {"service": "102", "reason": "moved"}),
    ("service_label", {"service": "999", "label": "x"}),
]


@pytest.fixture(scope="module")
def running():
    with EMULATOR.serve() as one:
        yield one


def run(portal, dialect, name, options):
    """The records of a task, or why it failed; and what it changed."""
    portal.clear_log()
    module = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.modules.{name}")
    options = dict(options)
    check_mode = options.pop("_ansible_check_mode", False)
    rules = {key: value for key, value in module.SPEC.items() if key != "supports_check_mode"}
    given = {"api_url": portal.api_url, **LOGIN, "dialect": dialect, **options}
    checked = ArgumentSpecValidator(**rules).validate(json.loads(json.dumps(given)))
    assert not checked.error_messages
    make_client = functools.partial(Client, clock=MovedClock())
    result, warnings = execute(module.run, checked.validated_parameters, check_mode, make_client=make_client)
    assert "exception" not in result, result["exception"]
    told = without_raw({key: value for key, value in result.items() if key not in ("raw", "status_code", "estimate")})
    return {"result": told, "warnings": warnings, "effects": portal.effects()}


def walk(portal, source, steps, **options):
    """What each of the *steps* gives with the dialect *source*, on a portal with these options."""
    portal.reset(**{**AT_ONCE, "families": "A", "today": "2026-11-29", **options})
    return [run(portal, source, name, given) for name, given in steps]


@pytest.fixture(scope="module")
def documented(running):
    """What each step gives on a portal that answers as documented."""
    return walk(running, None, STEPS)


@pytest.mark.parametrize(
    ("tongue", "pages"), [("camel", 2), ("persian", 0), ("bytes", 2), ("flat", 0), ("attributes", 2)]
)
def test_with_its_dialect_a_portal_is_like_any_other(running, documented, tongue, pages):
    ways = {"page_size": pages, "page_form": "total"} if pages else {}
    seen = walk(running, str(DIALECTS[tongue]), STEPS, tongue=tongue, **ways)
    wrong = [(name, given, was, found) for (name, given), was, found in zip(STEPS, documented, seen) if was != found]
    for name, given, was, found in wrong[:4]:
        print(f"\n{name} {given}\n  documented {was}\n  {tongue}      {found}")
    assert not wrong
