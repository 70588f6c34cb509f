# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""RETURN blocks are written from one description per record, and one that differs is found."""

from __future__ import annotations

import shutil

import pytest
import yaml

from tools.returns import write

RECORDS, RETURNED = write.load()
#: What a description may hold: of a record's name in place of its keys, and of RETURN itself.
KEYS = {"description", "type", "elements", "sample", "record", "records", "without", "notes"}


@pytest.fixture
def modules(tmp_path):
    """A copy of the modules that a test may change."""
    return shutil.copytree(write.MODULES, tmp_path / "modules", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture
def descriptions(tmp_path):
    """A copy of the descriptions that a test may change."""
    return shutil.copytree(write.HERE, tmp_path / "returns", ignore=shutil.ignore_patterns("__pycache__"))


def paragraphs(value):
    """*value* with each description as a list, whether it was short enough for one line or not."""
    if not isinstance(value, dict):
        return value
    return {
        key: [part] if key == "description" and isinstance(part, str) else paragraphs(part)
        for key, part in value.items()
    }


@pytest.mark.parametrize("name", RETURNED)
def test_a_block_reads_as_what_is_described(name):
    text = write.block(RETURNED[name], RECORDS)
    described = {key: {**write.expand(value, RECORDS), "returned": "success"} for key, value in RETURNED[name].items()}
    assert paragraphs(yaml.safe_load(text)) == paragraphs({**described, **write.FAILURE})
    assert max(map(len, text.splitlines())) <= write.WIDTH


def test_every_record_is_returned_and_every_key_of_a_description_is_known():
    values = [value for tree in (*RECORDS.values(), *RETURNED.values()) for value in tree.values()]
    assert [value for value in values if not value.keys() <= KEYS] == []
    named = {name for value in values for name in (value.get("record"), value.get("records")) if name}
    assert named == set(RECORDS)


@pytest.mark.parametrize("text", ["- one", "a: b", "a #b", "'quoted'", "yes", "12", "", "\u200cفارسی"])
def test_any_text_comes_out_as_it_was(text):
    value = {"description": text * 60 or "Empty.", "type": "str", "sample": text}
    shown = yaml.safe_load(write.block({"key": value}, {}))["key"]
    assert paragraphs(shown) == paragraphs({**value, "returned": "success"})


def test_a_record_is_spelt_out_in_every_depth():
    records = {
        "ticket": {
            "number": {"description": "Number.", "type": "str", "sample": "1"},
            "replies": {"description": "Replies.", "records": "reply"},
            "raw": {"description": "Raw.", "type": "dict", "sample": {}},
        },
        "reply": {"id": {"description": ["ID."], "type": "str", "sample": "2"}},
    }
    value = {
        "description": "The ticket.",
        "record": "ticket",
        "without": ["raw"],
        "notes": {"number": "Never null.", "replies.id": "Null at times."},
    }
    before = repr(records)
    assert write.expand(value, records) == {
        "description": "The ticket.",
        "type": "dict",
        "contains": {
            "number": {"description": "Number. Never null.", "type": "str", "sample": "1"},
            "replies": {
                "description": "Replies.",
                "type": "list",
                "elements": "dict",
                "contains": {"id": {"description": ["ID.", "Null at times."], "type": "str", "sample": "2"}},
            },
        },
    }
    assert repr(records) == before


def test_an_info_module_says_that_raw_is_left_out_on_request():
    ticket = yaml.safe_load(write.block(RETURNED["ticket_info"], RECORDS, is_info=True))["tickets"]["contains"]
    assert "O(raw=false)" in str(ticket["raw"]["description"])
    assert "O(raw=false)" not in str(RECORDS["ticket"])


def test_nothing_is_stale():
    assert [path.name for path, _wanted in write.stale()] == []


def test_a_key_that_is_deleted_from_a_block_is_found_and_written_again(modules):
    path = modules / "vm_info.py"
    whole = path.read_text()
    path.write_text(whole.replace("    locked:\n", "    lokced:\n"))
    assert list(write.stale(modules)) == [(path, whole)]


def test_a_key_that_is_deleted_from_a_record_changes_every_module_that_returns_it(descriptions):
    path = descriptions / "vm.yml"
    tree = yaml.safe_load(path.read_text())
    del tree["records"]["vm"]["locked"]
    path.write_text(yaml.safe_dump(tree, sort_keys=False))
    assert {found.stem for found, _wanted in write.stale(descriptions=descriptions)} >= {"vm", "vm_info", "vm_rescue"}


def test_a_module_without_a_description_is_named(modules):
    (modules / "brand_new.py").write_text("")
    with pytest.raises(ValueError, match="brand_new"):
        list(write.stale(modules))


def test_a_module_without_a_block_is_named(modules):
    (modules / "vm.py").write_text("")
    with pytest.raises(ValueError, match=r"vm\.py"):
        list(write.stale(modules))


def test_what_is_described_twice_is_named(descriptions):
    shutil.copy(descriptions / "vm.yml", descriptions / "vm2.yml")
    with pytest.raises(ValueError, match="vm_template"):
        write.load(descriptions)


def test_the_check_names_what_to_run(monkeypatch, capsys, modules):
    monkeypatch.setattr(write, "stale", lambda: [(modules / "vm.py", "")])
    assert write.main(["--check"]) == 1
    assert capsys.readouterr().err.startswith(
        "vm.py: RETURN is not what tools/returns describes. Run: make docs-return"
    )
    assert (modules / "vm.py").read_text()
    assert write.main([]) == 0
    assert (modules / "vm.py").read_text() == ""
