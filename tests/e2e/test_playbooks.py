# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks that only read, or only say what they would do, by their names, of an installed collection."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from e2e.support import LOGIN, ROOT, Core, Run, Site

PLACE = "ansible_collections/sindad/cloud"
SERVER = "server_provision_service=202 server_provision_hostname=x.example.com server_provision_template='Debian 12'"


@pytest.fixture(scope="session")
def installed(core: Core, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of collections that holds this one as ansible-galaxy puts it there."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("collections")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    done = core.run("ansible-galaxy", "collection", "install", source, "-p", folder, "--force")
    assert done.code == 0, done.text
    assert not (folder / PLACE).is_symlink()
    return folder


def play(site: Site, installed: Path, folder: Path, *arguments: str, **more: str) -> Run:
    login = {"SINDAD_USERNAME": LOGIN["username"], "SINDAD_PASSWORD": LOGIN["password"]}
    place = {"ANSIBLE_COLLECTIONS_PATH": str(installed), "SINDAD_API_URL": site.portal.api_url}
    return site.core.run("ansible-playbook", *arguments, cwd=folder, timeout=240, **{**login, **place, **more})


@pytest.mark.parametrize(
    ("name", "options", "recap"),
    [
        ("check", (), "changed=0"),
        ("report", ("-e", "account_report_dest=report.html", "--check"), "changed=2"),
        ("export", ("-e", "account_export_dest=account", "--check", "--diff"), "changed=1"),
        ("provision", ("-e", SERVER, "--check"), "changed=1"),
    ],
)
def test_a_playbook_by_its_name(
    site: Site, installed: Path, tmp_path: Path, name: str, options: tuple[str, ...], recap: str
) -> None:
    # Another user than this one cannot be become, and would have no login.
    impossible = {"ANSIBLE_BECOME": "true", "ANSIBLE_BECOME_EXE": "/bin/false"}
    done = play(site, installed, tmp_path, f"sindad.cloud.{name}", *options, **impossible)
    assert done.code == 0 and recap in done.text, done.text
    assert site.portal.effects() == {}
    assert list(tmp_path.iterdir()) == []


def test_an_export_is_run_from_where_it_lies(site: Site, installed: Path, tmp_path: Path) -> None:
    """A relative path means the folder that the user is in; the inventory beside it is one."""
    assert play(site, installed, tmp_path, "sindad.cloud.export", "-e", "account_export_dest=account").code == 0
    place = tmp_path / "account"
    found = play(site, installed, place, "-i", "inventory.sindad.yml", "--check", "site.yml")
    assert found.code == 0 and "changed=0" in found.text and "ignored=0" in found.text, found.text
    assert site.portal.effects() == {}


def test_a_check_that_finds_a_wrong_password_fails(site: Site, installed: Path, tmp_path: Path) -> None:
    done = play(site, installed, tmp_path, "sindad.cloud.check", SINDAD_PASSWORD="wrong")
    assert done.code == 2 and "does not work. What to do is said above" in done.text, done.text
    assert "login does not work" in done.text
