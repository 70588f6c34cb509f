# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The walk of docs/guide_new_portal.md from the first error to a dialect, block by block, on a portal of that kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from e2e.support import CORES, LOGIN, ROOT, Site

GUIDE = (ROOT / "docs/guide_new_portal.md").read_text(encoding="utf-8")
WALK = GUIDE.partition("\n## Translate it\n")[2].partition("\n### What a dialect can say\n")[0]
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", WALK, re.M | re.S)


def test_the_walk_from_the_first_error_to_a_dialect(site: Site, tmp_path: Path) -> None:
    if site.core.version != CORES[-1]:
        pytest.skip("once is enough: what it runs is tested on every ansible-core")
    site.portal.reset(tongue="camel", families="A", stale=0, duration=0)
    environment = {
        "SINDAD_API_URL": site.portal.api_url,
        "SINDAD_USERNAME": LOGIN["username"],
        "SINDAD_PASSWORD": LOGIN["password"],
    }
    shown = ""
    for language, text in BLOCKS:
        if language == "shell":
            for name, value in re.findall(r"^export (\w+)=(\S+)$", text, re.M):
                environment[name] = value
            run = site.core.run("/bin/bash", "-c", text, cwd=tmp_path, **environment)
            shown = run.text
        elif language == "yaml":
            assert text.startswith("# dialect.yml\n")
            (tmp_path / "dialect.yml").write_text(text, encoding="utf-8")
        else:
            said = shown + (tmp_path / "dialect.yml").read_text() if (tmp_path / "dialect.yml").exists() else shown
            for line in text.splitlines():
                assert line.strip().strip('"') in said, line
    assert run.code == 0
    assert "changed" in shown and '"power": "off"' in shown
    assert not site.portal.effects()
    assert len(BLOCKS) >= 9


@pytest.mark.parametrize("path", ["dialects/camel_case.yml", "dialects/persian.yml", "dialect.schema.json"])
def test_the_files_of_the_guide_are_there(path: str) -> None:
    assert f"({path})" in GUIDE and (ROOT / "docs" / path).is_file()
