# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module and the inventory at a portal that answers anything: a record or a clear error, never a traceback."""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import os
import random
from pathlib import Path

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed, SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import Credentials
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.transport import HttpTransport, Limits
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.lookup import choose
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import natural_order
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.response import RawResponse
from ansible_collections.sindad.cloud.plugins.plugin_utils._hosts import FIELDS, FetchOptions, fetch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.canned import Canned

from tests.emulator import portal as emulator

ROOT = Path(__file__).resolve().parents[3]
MODULES = "ansible_collections.sindad.cloud.plugins.modules"
#: EXAMPLES=1000 tries more.
EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
PROPERTY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
NEW_VM = {"service": "102", "template": "Debian 12", "memory": 1024, "cpu": 1, "disk": 10}
PERSON = {"email": "new@example.com", "city": "Yazd", "privileges": {"billing": ["emails"]}}
#: The tasks, of which those that change something run in check mode.
TASKS = [
    ("account", {"city": "Yazd", "national_id": "1"}),
    ("account_info", {}),
    ("contact", {"id": "49", "city": "Yazd"}),
    ("contact", PERSON),
    ("contact_info", {}),
    ("contact_info", {"id": "49"}),
    ("contact_privilege_info", {}),
    ("incident_info", {}),
    ("incident_info", {"id": "5"}),
    ("invoice_info", {}),
    ("invoice_info", {"id": "308976"}),
    ("ip", {"service": "201", "domain": "new.example.com", "vlan": "12"}),
    ("ip", {"service": "201", "address": "502", "domain": "new.example.com"}),
    ("ip", {"service": "202", "address": "192.0.2.102", "state": "absent"}),
    ("ip_info", {"service": "server1.example.com"}),
    ("notification", {"id": ["71", "72"]}),
    ("notification_info", {"new_only": True, "rel_type": "Invoice"}),
    ("notification_info", {}),
    ("payment_method_info", {}),
    ("portal_info", {"service": "101", "shapes": True}),
    ("portal_info", {}),
    ("server_diagnostics", {"service": "201", "template": "Memtest86+", "clear_disks": True, "force": True}),
    ("server_hostname", {"service": "201", "hostname": "a.example.com"}),
    ("server_info", {"service": "201"}),
    ("server_power", {"service": "201", "state": "off"}),
    ("server_reinstall", {"service": "201", "template": "AlmaLinux 9", "hostname": "a.example.com"}),
    ("server_rescue", {"service": "202", "template": "Debian Live 12"}),
    ("server_rescue", {"service": "202", "state": "cancelled"}),
    ("server_stock_info", {}),
    ("server_template_info", {"service": "201"}),
    ("service_cancellation", {"service": "301", "reason": "It has ended."}),
    ("service_info", {}),
    ("service_info", {"service": "101", "include": ["details", "methods", "resources", "upgrade_options"]}),
    ("service_label", {"service": "201", "tags": ["prod"]}),
    ("service_upgrade", {"service": "101", "resources": {"Bandwidth": "500 GB", "Licence": {"cPanel": 2}}}),
    ("service_upgrade", {"service": "101", "package": "Cloud A Plus", "cycle": "Annually"}),
    ("ticket", {"subject": "New", "department": "Sales", "body": "Hello", "reply": "Hello again"}),
    ("ticket", {"number": "736633", "reply": "Thanks", "state": "closed"}),
    ("ticket_department_info", {}),
    ("ticket_info", {"department": "Sales"}),
    ("ticket_info", {"number": "736600"}),
    ("vlan_info", {"service": "201"}),
    ("vm", {**NEW_VM, "label": "new1"}),
    ("vm", {"service": "101", "label": "web1", "state": "rebuilt", "template": "AlmaLinux 9"}),
    ("vm", {"service": "103", "label": "mail1", "state": "stopped", "memory": 8192}),
    ("vm", {"service": "102", "vmid": "2001", "state": "absent"}),
    ("vm_fleet", {"service": "101", "vms": [{"label": "web1", "state": "restarted"}], "purge": True, "force": True}),
    ("vm_info", {"service": "101"}),
    ("vm_rescue", {"service": "102", "label": "app1"}),
    ("vm_template_info", {"service": "102"}),
]
IDS = [f"{name} {' '.join(options)}" for name, options in TASKS]


def known_keys():
    """Every word that the code may look for in an answer."""
    found = set()
    for path in (ROOT / "plugins/module_utils").glob("_*/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                found.add(node.value)
    return sorted(found)


HOSTILE = [
    *(None, True, False, 0, 1, -1, 2**63, 10**400, 1e308, -0.0, 1e-300, [], {}, [[]], [None], {"": ""}),
    *("", " ", "0", "1", "on", "None", "null", "true", "running", "-", "1e999", "2 GB RAM", "9" * 5000, "A" * 300),
    *("\ud800", "\x00", "\u202e", "۱۲", "½", "²", "{{ 1+1 }}", "<b>x</b>", "&#x110000;", "&#99999999999;", "%00"),
    *("0000-00-00", "2026-13-45 99:00", "192.0.2.10", "::", "fe80::1%eth0", "../../etc/passwd", "http://[::1"),
]
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.sampled_from(HOSTILE))
KEYS = st.one_of(st.sampled_from(known_keys()), st.text(max_size=5), st.sampled_from(["31", "web1", "-1", ""]))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=12,
)


class Anything(Canned):
    """A portal that answers what *answer* gives for each request."""

    def __init__(self, answer):
        super().__init__({})
        self.answer = answer

    def _answer(self, request):
        self.asked.append((str(request), request.body))
        return RawResponse(200, {}, json.dumps(self.answer(request)).encode())


class Spoilt:
    """The true answers, of which parts are left out or replaced by something hostile; which ones is up to *seed*."""

    def __init__(self, true_answer, seed):
        self.true_answer, self.chance = true_answer, random.Random(seed)
        self.share = self.chance.choice((0.01, 0.05, 0.2))

    def __call__(self, request):
        return self.spoilt(self.true_answer(request))

    def spoilt(self, value):
        if self.chance.random() < self.share:
            return self.chance.choice((*HOSTILE, [value], {"data": value}))
        if isinstance(value, dict):
            return {key: self.spoilt(part) for key, part in value.items() if self.chance.random() >= self.share}
        return list(map(self.spoilt, value)) if isinstance(value, list) else value


@pytest.fixture(scope="module")
def true_answer():
    """What the emulator answers to a request, asked once."""
    with emulator.serve() as portal:
        transport = HttpTransport(portal.api_url, True)
        login, limits = Credentials(username="user@example.com", password="secret"), Limits(30, 30)
        known = {}

        def answer(request):
            asked = (str(request), json.dumps(request.query, default=str))
            if asked not in known:
                known[asked] = json.loads(transport.send(request, login, limits).content)
            return known[asked]

        yield answer


def run(canned, name, options, told=""):
    module = importlib.import_module(f"{MODULES}.{name}")
    result = canned.run(module, check_mode=True, **options)
    assert "exception" not in result, f"{told} {result['exception']}"
    assert not result.get("failed") or result["msg"], told
    json.dumps(result)


@pytest.mark.parametrize("name, options", TASKS, ids=IDS)
@PROPERTY
@given(answers=st.lists(VALUES, min_size=1, max_size=4))
def test_a_portal_that_answers_anything(name, options, answers):
    left = list(answers)
    run(Anything(lambda request: left.pop(0) if len(left) > 1 else left[0]), name, options)


@pytest.mark.parametrize("name, options", TASKS, ids=IDS)
def test_a_portal_that_answers_almost_right(true_answer, name, options):
    for seed in range(EXAMPLES * 4):
        run(Anything(Spoilt(true_answer, seed)), name, options, f"seed {seed}")


@pytest.mark.parametrize("details", [[], ["vms", "ips"], ["vm_details", "server", "labels"]], ids=" ".join)
def test_the_inventory_of_a_portal_that_answers_almost_right(true_answer, details):
    for seed in range(EXAMPLES * 10):
        canned = Anything(Spoilt(true_answer, seed))
        with contextlib.suppress(SindadError):
            for host in fetch(canned.client, FetchOptions(workers=1, details=details)):
                assert set(FIELDS) <= set(host), seed
                assert isinstance(host["id"], str) and isinstance(host["service_id"], str), seed
                assert all(isinstance(address, str) for address in host["ipv4"] + host["ipv6"]), seed


NAMES = st.one_of(st.none(), st.text(max_size=6), st.sampled_from(["web", "WEB", "وب", "١٢", "12", "\ud800"]))
CANDIDATES = st.lists(st.fixed_dictionaries({"id": st.text(max_size=4), "name": NAMES}), max_size=6)


@settings(PROPERTY, max_examples=200)
@given(wanted=st.one_of(st.text(max_size=6), st.integers()), candidates=CANDIDATES)
def test_a_look_up_finds_one_of_the_candidates_or_none(wanted, candidates):
    try:
        found = choose(wanted, candidates, "template", "on service 1")
    except LookupFailed as error:
        assert str(error).startswith(("Template '", f"{len(candidates)} templates", "2", "3", "4", "5"))
        return
    assert any(found is each for each in candidates)
    exact = [each for each in candidates if str(wanted).strip() in (each["id"], each["name"])]
    assert not exact or found in exact


def test_ids_are_sorted_as_people_count_however_long_they_are():
    ids = ["0", "9", "010", "۱۱", "1" * 5000, "9" * 5000]
    mixed = [ids[place] for place in (5, 1, 3, 0, 4, 2)]
    assert sorted(mixed, key=natural_order) == ids
    assert sorted(["vm-10", "vm-9"], key=natural_order) == ["vm-9", "vm-10"]
