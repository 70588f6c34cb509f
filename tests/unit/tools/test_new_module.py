# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tools.new.module import FILES, list_module, write_files

ROOT = Path(__file__).resolve().parents[3]
RUNTIME = (ROOT / "meta/runtime.yml").read_text()


def test_all_is_written_and_nothing_overwritten(tmp_path):
    written = write_files("shiny_info", tmp_path)
    assert len(written) == len(FILES)
    for path in written:
        text = (tmp_path / path).read_text()
        assert "NAME" not in text and "LICENCE" not in text
        if path.endswith(".py"):
            compile(text, path, "exec")
            assert "SPDX-License-Identifier" in text
        elif path.endswith(".yml"):
            yaml.safe_load(text)
    (tmp_path / written[0]).write_text("mine")
    with pytest.raises(FileExistsError, match="shiny_info"):
        write_files("shiny_info", tmp_path)
    assert (tmp_path / written[0]).read_text() == "mine"


def test_the_lists_stay_as_they_are_but_for_the_new_one():
    assert list_module("vm", RUNTIME) == RUNTIME
    before, after = yaml.safe_load(RUNTIME), yaml.safe_load(list_module("shiny_info", RUNTIME))
    assert after["action_groups"]["all"] == sorted([*before["action_groups"]["all"], "shiny_info"])
