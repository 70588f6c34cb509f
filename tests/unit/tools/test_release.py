# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a release is made of: one version in all places, its notes, and no stray file in the package."""

from __future__ import annotations

import pathlib
import subprocess

import pytest

from tools.release import release

ROOT = pathlib.Path(__file__).parents[3]
#: What may lie in the root of the repository. Whatever else does would be in the package.
EXPECTED = {
    *(".ansible-lint", ".ci", ".coveragerc", ".github", ".gitignore", ".pre-commit-config.yaml", ".yamllint"),
    *("CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "COPYING", "LICENSES", "MAINTAINERS", "Makefile"),
    *("README.md", "REUSE.toml", "SECURITY.md", "changelogs", "demo", "docs", "extensions", "galaxy.yml", "meta"),
    *("mypy.ini", "playbooks", "plugins", "pytest.ini", "requirements", "requirements.txt", "roles", "ruff.toml"),
    *("tests", "tools"),
}


def test_one_version_stands_in_all_places():
    assert len(set(release.versions().values())) == 1


def test_a_version_is_set_everywhere(tmp_path):
    for name in release.PLACES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text())
    release.set_version("7.8.9", tmp_path)
    assert set(release.versions(tmp_path).values()) == {"7.8.9"}


def test_the_notes_are_the_section_of_the_version(tmp_path):
    (tmp_path / "CHANGELOG.md").write_text(
        '<a id="v1-1-0"></a>\n## v1\\.1\\.0\n\nNew\n\n<a id="v1-0-0"></a>\n## v1\\.0\\.0\n\nOld\n'
    )
    assert release.notes("1.1.0", tmp_path) == "New\n"
    assert release.notes("1.0.0", tmp_path) == "Old\n"
    with pytest.raises(SystemExit, match=r"no section v1\.0\.1"):
        release.notes("1.0.1", tmp_path)


def test_the_version_has_notes():
    assert release.notes(next(iter(release.versions().values())))


def test_nothing_stray_lies_in_the_root():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert {name.split("/")[0] for name in listed.splitlines()} == EXPECTED
