# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A TypedDict of a record has the keys that tools/returns describes.

The class of a record is named after it, as ``UpgradeResource`` of ``upgrade_resource``. One that has no record of its
name, such as one for what a portal sends, is not compared.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from returned import METHODS

from tools.returns import write

ROOT = Path(__file__).resolve().parents[3]
RECORDS, _RETURNED = write.load()


def typed(*sources):
    """The keys of each TypedDict in *sources*, those of its parents too, by the name of the class."""
    classes = {
        node.name: node for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)
    }

    def keys(name):
        if name not in classes:
            return set() if name == "TypedDict" else None
        parents = [keys(ast.unparse(base).rpartition(".")[2]) for base in classes[name].bases]
        own = {part.target.id for part in classes[name].body if isinstance(part, ast.AnnAssign)}
        known = [parent for parent in parents if parent is not None]
        return own.union(*known) if known else None

    return {name: found for name in classes if (found := keys(name)) is not None}


def record_name(name):
    """The record that a class is named after: ``upgrade_resource`` of ``UpgradeResource``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name.removesuffix("Record")).lower()


TYPED = typed(*(path.read_text(encoding="utf-8") for path in (ROOT / "plugins/module_utils").rglob("record*.py")))


@pytest.mark.parametrize("name", [name for name in TYPED if record_name(name) in RECORDS])
def test_a_typed_record_has_the_keys_that_are_described(name):
    assert TYPED[name] - METHODS == set(RECORDS[record_name(name)])


def test_typed_dicts_are_found_with_the_keys_of_their_parents():
    source = """
class Named(TypedDict):
    id: str
    name: str | None

class UpgradeItem(Named, total=False):
    price: str

class Other(t.TypedDict):
    raw: dict

class Plain:
    x: int
"""
    assert typed(source) == {"Named": {"id", "name"}, "UpgradeItem": {"id", "name", "price"}, "Other": {"raw"}}


@pytest.mark.parametrize(
    ("name", "record"), [("Vm", "vm"), ("VmRecord", "vm"), ("UpgradeResource", "upgrade_resource"), ("Ip", "ip")]
)
def test_a_class_is_named_after_its_record(name, record):
    assert record_name(name) == record
    assert record in RECORDS
