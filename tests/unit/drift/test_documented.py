# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of documented routes is that of the documentation, and names what the readers look for."""

from __future__ import annotations

import ast
import csv
import json
from pathlib import Path

import pytest
import yaml
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.dialect_file import opened
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.dialect_rules import KEYS, RULE_KEYS
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.documented import PAYLOADS

ROOT = Path(__file__).resolve().parents[3]
#: In the prose of the documentation only.
IN_PROSE = {"GET /service/@id/vms/@vmid/rebuild"}
API = sorted((ROOT / "plugins/module_utils").glob("*/api.py"))


def test_the_routes_are_those_of_the_documentation():
    with open(ROOT / "tests/emulator/endpoints.tsv", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        documented = {f"{row['method']} {row['path']}" for row in rows}
    assert set(PAYLOADS) == documented | IN_PROSE


def _lists():
    """The calls of ``get_list`` whose route is written there: the route, and the names of what it holds."""
    for path in API:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_list":
                words = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if words and words[0].startswith("/"):
                    yield words[0], tuple(words[1:])


def test_lists_are_named_as_their_readers_name_them():
    found = dict(_lists())
    assert len(found) >= 10
    for route, names in found.items():
        payload = PAYLOADS[f"GET {route}"]
        assert payload.is_list, route
        if names:
            assert payload.keys == names, route


def test_every_route_that_is_read_is_in_the_table():
    routes = {
        node.value
        for path in API
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("/service/@id/")
    }
    known = {route.partition(" ")[2] for route in PAYLOADS}
    assert {route for route in routes if " " not in route and not route.endswith("/")} <= known


SCHEMA = json.loads((ROOT / "docs/dialect.schema.json").read_text(encoding="utf-8"))


def test_the_schema_knows_the_keys_of_a_dialect():
    assert tuple(SCHEMA["properties"]) == KEYS
    assert tuple(SCHEMA["$defs"]["rule"]["properties"]) == RULE_KEYS
    assert SCHEMA["additionalProperties"] is False and SCHEMA["$defs"]["rule"]["additionalProperties"] is False


def test_the_schema_suggests_the_documented_routes():
    suggested = set(SCHEMA["properties"]["answers"]["properties"])
    assert suggested == {"*", "GET *", "POST *", "PUT *", "DELETE *", *PAYLOADS}


@pytest.mark.parametrize("path", sorted((ROOT / "docs/dialects").glob("*.yml")), ids=lambda path: path.stem)
def test_the_examples_are_dialects_and_fit_the_schema(path):
    opened(str(path))
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(source) <= set(SCHEMA["properties"])
    for rule in source["answers"].values():
        assert set(rule) <= set(SCHEMA["$defs"]["rule"]["properties"])
