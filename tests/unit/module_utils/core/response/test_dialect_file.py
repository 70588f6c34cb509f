# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A dialect from a file, or as a mapping: what is read, and what is refused with its place."""

from __future__ import annotations

import builtins
import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._core.response import expressions
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.dialect_file import (
    MAX_BYTES,
    jinja2_error,
    opened,
    read_dialect,
)

SOURCE = {"answers": {"GET *": {"at": "data"}, "GET /service/@id/vms*": {"each": {"label": "displayName"}}}}
TEXT = """# a comment
portal: https://portal.example.com/api
answers:
  GET *: {at: data.items | default(data)}
  GET /service/@id/vms*:
    each:
      label: displayName
      state: "{'on': 'online'}.get(s, s)"
"""


def refused(source, api_url=None):
    with pytest.raises(InvalidInput) as refusal:
        opened(source, api_url)
    return str(refusal.value)


def test_a_mapping():
    assert read_dialect(SOURCE) == SOURCE


@pytest.mark.parametrize("name", ["dialect.yml", "dialect.yaml", "dialect", "dialect.json"])
def test_a_file(tmp_path, name):
    path = tmp_path / name
    path.write_text(json.dumps(SOURCE) if name.endswith("json") else TEXT, encoding="utf-8")
    found = read_dialect(str(path))
    assert found["answers"]["GET /service/@id/vms*"]["each"]["label"] == "displayName"


def test_the_path_is_expanded_and_relative_to_the_working_directory(tmp_path, monkeypatch):
    (tmp_path / "my.yml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("WHERE", str(tmp_path))
    for path in ("my.yml", "./my.yml", "~/my.yml", "$WHERE/my.yml", "${WHERE}/my.yml"):
        assert read_dialect(path)["portal"] == "https://portal.example.com/api"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["must be a mapping"]),
        ("- a\n", ["must be a mapping"]),
        ("answers:\n  GET *: {at: ?}\n", ["line 2, column", "not YAML"]),
        ("answers:\n  GET *:\n    at: ?\n", ["line 3, column"]),
        ("answers: {GET *: {at: data}}\nanswers: {}\n", ["answers stands there twice"]),
        ("answers:\n  GET *: {}\n  GET *: {}\n", ["GET * stands there twice"]),
        ("answers: !!python/object/apply:os.system [id]\n", ["line 1", "not YAML"]),
        ("answers: {GET *: {at: !vault x}}\n", ["line 1", "not YAML"]),
        ("portal: x\nanswers:\n  GET *:\n    att: data\n", ["line 4", "att", "Did you mean at?"]),
        ("answers:\n  GET *: {}\n  GET /vms: {}\n", ["line 3", "GET /vms"]),
        ("answers:\n  GET *:\n    each:\n      a: b c\n", ["line 4", "each.a", "line 1, column 3"]),
        ('answers:\n  GET *:\n    each:\n      a: b\n      c: "?"\n', ["line 5", "each.c", '"?"']),
        ("answers: &a {GET *: *a}\n", ["GET *"]),
        ("[" * 100_000, ["nested"]),
        ("- " * 100_000, ["nested"]),
        ("a: \x00", ["not YAML"]),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path, text, words):
    path = tmp_path / "dialect.yml"
    path.write_text(text)
    message = refused(str(path))
    assert str(path) in message
    assert all(word in message for word in words), message


def test_json_that_is_none(tmp_path):
    path = tmp_path / "dialect.json"
    path.write_text('{"answers": {\n"GET *": }')
    assert "line 2, column 10" in refused(str(path))


def test_aliases_that_multiply_are_bounded(tmp_path):
    path = tmp_path / "dialect.yml"
    fields = ", ".join(f"k{number}: a" for number in range(3000))
    routes = "\n".join(f"  GET /{'*' * number}: *rule" for number in range(1, 300))
    path.write_text(f"answers:\n  GET *: &rule {{each: {{{fields}}}}}\n{routes}\n")
    assert "too many" in refused(str(path))


def test_files_that_are_none(tmp_path):
    assert "there is no file" in refused(str(tmp_path / "nothing.yml"))
    assert "there is no file" in refused(str(tmp_path))
    assert "there is no file" in refused("/dev/zero")
    large = tmp_path / "large.yml"
    large.write_bytes(b"a" * (MAX_BYTES + 1))
    assert "larger" in refused(str(large))
    binary = tmp_path / "binary.yml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refused(str(binary))


@pytest.mark.parametrize("source", [5, ["a"], True])
def test_neither_a_mapping_nor_a_path(source):
    assert "must be a mapping, or the path" in refused(source)


def test_another_portal_is_named_with_its_line(tmp_path):
    path = tmp_path / "dialect.yml"
    path.write_text(TEXT)
    message = refused(str(path), "https://other.example.com/api")
    assert "line 2" in message and "other.example.com" in message


def test_without_jinja2_or_yaml_it_says_what_is_missing(tmp_path, monkeypatch):
    original = builtins.__import__

    def missing(*names):
        def importing(name, globals=None, locals=None, fromlist=(), level=0):
            if name in names or (fromlist and set(names) & set(fromlist)):
                raise ImportError(f"No module named {name}")
            return original(name, globals, locals, fromlist, level)

        return importing

    (tmp_path / "a.yml").write_text(TEXT)
    (tmp_path / "a.json").write_text(json.dumps(SOURCE))
    monkeypatch.setattr(builtins, "__import__", missing("yaml"))
    assert read_dialect(str(tmp_path / "a.json")) == SOURCE
    assert "without PyYAML" in refused(str(tmp_path / "a.yml"))
    monkeypatch.undo()
    monkeypatch.setattr(expressions, "JINJA2_ERROR", "No module named jinja2")
    assert jinja2_error() == "No module named jinja2"
    assert "jinja2 is needed" in refused(SOURCE)
