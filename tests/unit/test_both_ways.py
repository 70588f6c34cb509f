# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The target both_ways compares the two ways in which modules run for every module."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALLS = ROOT / "tests/integration/targets/both_ways/tasks/each_module.yml"


def test_every_module_is_called_and_its_result_kept():
    modules = {path.stem for path in (ROOT / "plugins/modules").glob("[!_]*.py")}
    text = CALLS.read_text(encoding="utf-8")
    assert set(re.findall(r"^      sindad\.cloud\.(\w+):", text, re.M)) == modules
    assert set(re.findall(r"register: result_of_(\w+)$", text, re.M)) == modules
