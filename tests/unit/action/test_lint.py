# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-lint checks the options of a task by the ``main`` of the first file that it finds: that of the action."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from ansible.module_utils import basic
from ansible_collections.sindad.cloud.plugins.action import vm

ROOT = Path(__file__).resolve().parents[3]


def lint(folder: Path, *tasks: dict[str, object]) -> str:
    """What ansible-lint says of a user's playbook."""
    tree = folder / "tree/ansible_collections/sindad"
    tree.mkdir(parents=True)
    (tree / "cloud").symlink_to(ROOT)
    named = [{"name": f"Task {number}", **task} for number, task in enumerate(tasks)]
    play = [{"name": "A play", "hosts": "web1", "gather_facts": False, "tasks": named}]
    (folder / "play.yml").write_text("---\n" + yaml.safe_dump(play, sort_keys=False))
    command = [str(Path(sys.executable).parent / "ansible-lint"), "--offline", "--nocolor", "-p", "play.yml"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "ANSIBLE_COLLECTIONS_PATH": str(folder / "tree"), "HOME": str(folder)}
    # If anything were sent, it would be here, where nobody answers.
    environment["SINDAD_API_URL"] = "http://127.0.0.1:9/api"
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def test_a_misspelt_option_is_found(tmp_path):
    found = lint(
        tmp_path,
        {"sindad.cloud.vm": {"service": "1", "label": "web1", "memroy": "2G"}},
        {"sindad.cloud.vm": {"service": "1", "label": "web1", "state": "up"}},
        {"sindad.cloud.vm": {"state": "restarted"}},
        {"sindad.cloud.service_info": None},
        {"sindad.cloud.vm": {"service": "1", "label": "web1", "memory": "{{ size }}", "cpu": "{{ cores }}"}},
    )
    assert [line for line in found.splitlines() if "args[module]" in line and "memroy" in line], found
    assert found.count("args[module]") == 2, found


@pytest.fixture
def task(monkeypatch):
    """Give the options of a task as a module gets them."""

    def give(**options: object) -> None:
        text = json.dumps({"ANSIBLE_MODULE_ARGS": options}).encode()
        monkeypatch.setattr(basic, "_ANSIBLE_ARGS", None)
        monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        monkeypatch.setattr(sys, "argv", [""])

    return give


def test_nothing_is_sent(task, monkeypatch):
    monkeypatch.setattr(vm.vm, "run", lambda _context: pytest.fail("it ran"))
    task(service="1", label="web1", state="absent")
    vm.main()
    task(state="restarted")
    vm.main()
    task(service="1", label="web1", memroy="2G")
    with pytest.raises(SystemExit):
        vm.main()
