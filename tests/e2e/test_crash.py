# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A defect of the collection, planted in a copy of it: the whole traceback is returned, and no secret in it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from e2e.support import ROOT, Site
from e2e.test_secrets import GIVEN, found, play, site_with_secrets, way

assert site_with_secrets  # a fixture

PLANTED = """def run(context: ModuleContext) -> Result:
    told = context.client.get("/service/@id/vms/@vmid", id="101", vmid="18867")
    return _planted(told, context.params["password"])


def _planted(told, password):
    raise RuntimeError(f"planted with {password} and {told}")


def _never(context):
"""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of collections with a copy whose vm_info fails in its own code."""
    tree = tmp_path_factory.mktemp("tree")
    copy = tree / "ansible_collections/sindad/cloud"
    for name in ("plugins", "meta"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "galaxy.yml", copy)
    module = copy / "plugins/modules/vm_info.py"
    text = module.read_text(encoding="utf-8")
    changed = text.replace("def run(context: ModuleContext) -> Result:\n", PLANTED)
    assert changed != text
    module.write_text(changed, encoding="utf-8")
    return tree


TRACEBACK = r"Traceback .*in execute\n.*in run\n.*in _planted\n.*RuntimeError: planted with \*{8}"


@pytest.mark.parametrize("name", ["in_process", "module"])
def test_a_defect_returns_its_whole_traceback_and_no_secret(site_with_secrets: Site, broken: Path, name: str) -> None:
    site = site_with_secrets
    told = site.core.home / "result.json"
    tasks: list[dict[str, Any]] = [
        {"sindad.cloud.vm_info": {"service": 101}, "register": "result"},
        {"ansible.builtin.copy": {"content": "{{ result | to_json }}", "dest": str(told)}},
    ]
    # Since ansible-core 2.19 it is a setting whether any traceback is returned.
    env = {"ANSIBLE_COLLECTIONS_PATH": str(broken), "ANSIBLE_DISPLAY_TRACEBACK": "error"}
    done = play(site, tasks, way(site, name), "-vvvvv", **env)
    result = json.loads(told.read_text(encoding="utf-8"))
    assert result["failed"] and re.search(r"defect of the collection.*RuntimeError at vm_info\.py:\d+", result["msg"])
    assert re.search(TRACEBACK, result["exception"], re.S), result["exception"]
    assert found(site, done) == []
    secrets = {*GIVEN.values(), site.portal.state()["services"]["101"]["vms"]["18867"]["password"]}
    assert not [secret for secret in secrets if secret in told.read_text(encoding="utf-8")]
