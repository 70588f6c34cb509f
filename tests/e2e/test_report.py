# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook sindad.cloud.report by its name, as the guide shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from e2e.support import LOGIN, ROOT, Run, Site

PAGE = "<!DOCTYPE html>"


def write_report(site: Site, folder: Path, dest: str) -> Run:
    return site.core.run(
        "ansible-playbook",
        *("sindad.cloud.report", "-e", f"account_report_dest={dest}", "-e", "account_report_machines=false"),
        cwd=folder,
        HOME=str(folder),
        SINDAD_API_URL=site.portal.api_url,
        SINDAD_USERNAME=LOGIN["username"],
        SINDAD_PASSWORD=LOGIN["password"],
    )


def test_it_lies_where_ansible_was_started(site, tmp_path):
    done = write_report(site, tmp_path, "report.html")
    assert done.code == 0, done.text
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith(PAGE)
    assert not list(ROOT.glob("playbooks/*.html"))


@pytest.mark.parametrize("dest", ["none/report.html", "~/none/report.html"])
def test_a_folder_that_is_missing_is_told_by_its_whole_path(site, tmp_path, dest):
    done = write_report(site, tmp_path, dest)
    assert done.code == 2
    assert f"the directory {tmp_path}/none does not exist" in done.text
    assert not site.requests()
