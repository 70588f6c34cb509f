# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Portals of users, by their shapes and dialects: with its dialect each is like any other, without it none is wrong."""

from __future__ import annotations

import json

import pytest
from unit.portals.odd import EMULATOR
from unit.portals.test_dialects import DIALECTS, ROOT, STEPS, walk

if EMULATOR is None:
    pytest.skip("starlette, uvicorn or PyJWT is missing", allow_module_level=True)
yaml = pytest.importorskip("yaml")
from tests.emulator.family import make  # noqa: E402

FAMILIES = sorted((ROOT / "tests/emulator/families").glob("*.json"))


@pytest.fixture(scope="module")
def running():
    with EMULATOR.serve() as one:
        yield one


@pytest.fixture(scope="module")
def documented(running):
    return walk(running, None, STEPS)


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_a_family_is_read_by_its_dialect(running, documented, path):
    dialect = json.loads(path.read_text(encoding="utf-8"))["dialect"]
    seen = walk(running, dialect or None, STEPS, dialect=str(path))
    for step, was, found in zip(STEPS, documented, seen):
        if dialect:
            assert found == was, step
        else:
            assert found["result"].get("failed") or found["result"] == was["result"], step
            assert found["effects"].items() <= was["effects"].items(), step


@pytest.mark.parametrize("name", DIALECTS)
def test_the_inverse_of_a_dialect_says_what_it_reads(running, documented, name, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.emulator.family.FAMILIES", tmp_path)
    path = make("inverted", "", str(DIALECTS[name]))
    some = [place for place, (module, _options) in enumerate(STEPS) if module.endswith("_info")]
    seen = walk(running, str(DIALECTS[name]), [STEPS[place] for place in some[:4]], dialect=str(path))
    first = [documented[place] for place in some[:3]]
    assert seen[:3] == first


@pytest.mark.parametrize(("name", "shapes"), [("Up", "{}"), ("../x", "{}"), ("x", "[]"), ("x", '{"shapes": 1}')])
def test_what_makes_no_family_is_refused(tmp_path, monkeypatch, name, shapes):
    monkeypatch.setattr("tests.emulator.family.FAMILIES", tmp_path)
    (tmp_path / "shapes.json").write_text(shapes)
    with pytest.raises(SystemExit):
        make(name, str(tmp_path / "shapes.json"))
