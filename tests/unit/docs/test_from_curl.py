# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide for those who move from curl: each documented request stands beside a task that there is."""

from __future__ import annotations

import csv
import importlib
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).parents[3]
ROWS = re.findall(
    r"^\| (.+) \| `(\w+) (/\S+)` \| `sindad\.cloud\.(\w+)(?:: (.*))?` \|$",
    (ROOT / "docs/guide_from_curl.md").read_text(encoding="utf-8"),
    re.M,
)


def test_every_documented_request_is_there_once():
    with (ROOT / "tests/emulator/endpoints.tsv").open(encoding="utf-8") as file:
        documented = sorted((row["method"], row["path"], row["title"]) for row in csv.DictReader(file, delimiter="\t"))
    assert sorted((method, path, title) for title, method, path, _module, _options in ROWS) == documented


@pytest.mark.parametrize("module, options", sorted({(row[3], row[4]) for row in ROWS}))
def test_a_task_has_options_of_its_module(module, options):
    spec = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.modules.{module}").SPEC["argument_spec"]
    given = dict(each.split("=", 1) for each in options.split())
    assert set(given) <= set(spec)
    for name, value in given.items():
        assert value == "..." or value in [str(each) for each in spec[name].get("choices", [value])]
    required = {name for name, option in spec.items() if option.get("required")}
    assert required <= set(given), f"{module} needs {required - set(given)}"
