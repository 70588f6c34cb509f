# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a task is run, and with which options. (That both ways give the same: the integration targets.)"""

from __future__ import annotations

import datetime
import importlib
import os
import sys
from types import SimpleNamespace

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.plugin_utils import _action
from ansible_collections.sindad.cloud.plugins.plugin_utils._action import ModuleAction, _plain, _same_python

PYTHON = sys.executable
OTHER = os.path.join(os.sep, "somewhere", "else", "python3")


def here(variables=None, transport="local", become=None, **task):
    action = ModuleAction.__new__(ModuleAction)
    action._connection = SimpleNamespace(transport=transport, become=become)
    action._task = SimpleNamespace(**{"async_val": 0, "environment": None, "delegate_to": None, **task})
    action._templar = SimpleNamespace(template=lambda value: {"{{ python }}": PYTHON}.get(value, value))
    return action._is_here(variables or {})


@pytest.mark.parametrize(
    "case",
    [
        {},
        {"transport": "ansible.builtin.local"},
        {"environment": []},
        {"environment": [{}]},
        {"environment": [None]},
        {"variables": {"ansible_python_interpreter": PYTHON}},
        {"variables": {"ansible_python_interpreter": "{{ python }}"}},
        {"variables": {"ansible_python_interpreter": "auto"}},
        {"variables": {"ansible_python_interpreter": "auto_silent"}},
        {"variables": {"ansible_python_interpreter": ""}},
        {
            "delegate_to": "localhost",
            "variables": {
                "ansible_python_interpreter": OTHER,
                "ansible_delegated_vars": {"localhost": {"ansible_python_interpreter": PYTHON}},
            },
        },
        {
            "delegate_to": "localhost",
            "variables": {"ansible_python_interpreter": OTHER, "ansible_delegated_vars": {"localhost": {}}},
        },
    ],
    ids=repr,
)
def test_here(case):
    assert here(**case) is True


@pytest.mark.parametrize(
    "case",
    [
        {"transport": "ssh"},
        {"transport": "community.docker.docker"},
        {"transport": "paramiko"},
        {"become": "a become plugin"},
        {"async_val": 30},
        {"environment": [{"HTTPS_PROXY": "http://proxy"}]},
        {"environment": [{}, {"A": "b"}]},
        {"environment": ["{{ a_variable }}"]},
        {"variables": {"ansible_python_interpreter": OTHER}},
        {"variables": {"ansible_python_interpreter": "python3"}},
        {
            "delegate_to": "localhost",
            "variables": {
                "ansible_python_interpreter": PYTHON,
                "ansible_delegated_vars": {"localhost": {"ansible_python_interpreter": OTHER}},
            },
        },
    ],
    ids=repr,
)
def test_elsewhere(case):
    assert here(**case) is False


def test_without_requests_the_module_says_so(monkeypatch):
    monkeypatch.setattr(_action, "REQUESTS_ERROR", ImportError("requests"))
    assert here() is False


def test_same_python(tmp_path):
    real = tmp_path / "real" / "python3.13"
    for path in (real, tmp_path / "real" / "python3.12"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    for folder in ("venv", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "python3.13").symlink_to(real)
        (tmp_path / folder / "python").symlink_to("python3.13")
    running = str(tmp_path / "venv" / "python3.13")
    assert _same_python(running, running)
    assert _same_python(str(tmp_path / "venv" / "python"), running)
    assert not _same_python(str(tmp_path / "other" / "python"), running)  # another environment of the same Python
    assert not _same_python(str(real), running)
    assert not _same_python(str(tmp_path / "real" / "python3.12"), str(real))
    assert not _same_python("python3.13", running)


def test_options_are_read_as_a_module_would():
    args = {
        "text": "وب",
        "number": 5,
        "yes": True,
        "nothing": None,
        "tuple": (1, 2),
        "nested": {"list": [{"a": 1}], 7: "key"},
        "date": datetime.date(2026, 1, 2),
        "time": datetime.datetime(2026, 1, 2, 3, 4, 5),
        "path": type("Odd", (), {"__str__": lambda self: "odd"})(),
    }
    assert _plain(args) == {
        "text": "وب",
        "number": 5,
        "yes": True,
        "nothing": None,
        "tuple": [1, 2],
        "nested": {"list": [{"a": 1}], "7": "key"},
        "date": "2026-01-02",
        "time": "2026-01-02T03:04:05",
        "path": "odd",
    }
    assert args["tuple"] == (1, 2)


def test_options_lose_their_tags():
    tags = pytest.importorskip("ansible._internal._datatag._tags")
    tagged = tags.TrustedAsTemplate().tag({"label": tags.TrustedAsTemplate().tag("web1")})
    plain = _plain(tagged)
    assert plain == {"label": "web1"}
    assert [plain.__class__, plain["label"].__class__] == [dict, str]


def of(variables, delegate_to=None, delegated=None, module="vm", **args):
    action = ModuleAction.__new__(ModuleAction)
    action.MODULE = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.modules.{module}")
    action._task = SimpleNamespace(args=args, delegate_to=delegate_to)
    action._templar = SimpleNamespace(template=lambda value: {"{{ id }}": "101", "{{ host }}": "db1"}.get(value, value))
    delegated_vars = {"ansible_delegated_vars": {"db1": delegated or {}, "localhost": {}}}
    return action._target({"inventory_hostname": "web1", **delegated_vars, **variables})


WEB1 = {"sindad_service_id": "101", "sindad_vm_id": "18867"}
DB1 = {"sindad_service_id": "101", "sindad_vm_id": "18868"}


def test_what_a_task_is_about():
    assert of(WEB1).vmid == "18867"
    assert of({**WEB1, "sindad_service_id": "{{ id }}"}).service == "101"
    assert of({}) is None
    assert of(WEB1, service="101", label="db1") is None and of({}, label="db1") is None
    with pytest.raises(InvalidInput, match="leave label out"):
        of(WEB1, label="db1")
    assert of(WEB1, module="ticket") is None


def test_delegation_does_not_change_what_a_task_is_about():
    assert of(WEB1, "localhost").vmid == "18867"
    assert of(WEB1, "{{ host }}", {"ansible_connection": "ssh"}).vmid == "18867"
    assert of(WEB1, "{{ host }}", WEB1).vmid == "18867"
    assert of({}, "{{ host }}", DB1) is None
    with pytest.raises(InvalidInput, match=r"web1 is VM 18867 of service 101, and db1, .* is VM 18868"):
        of(WEB1, "{{ host }}", DB1)
    assert of(WEB1, "{{ host }}", DB1, service="101", vmid="18867") is None
