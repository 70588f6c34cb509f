# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known to depend on its variables alone, and what is not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.sindad.cloud.plugins.plugin_utils import _purity as purity
from ansible_collections.sindad.cloud.plugins.plugin_utils._purity import FILTERS, TESTS, variables_of


@pytest.fixture(autouse=True)
def loaders(monkeypatch):
    """Of a user without plugins, without what starts Ansible. The real ones are at work in tests/e2e."""
    for name in ("filter_loader", "test_loader"):
        monkeypatch.setattr(purity, name, SimpleNamespace(get=lambda name: None))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sindad_label", ["sindad_label"]),
        ("sindad_label ~ '-' ~ sindad_domain | upper", ["sindad_domain", "sindad_label"]),
        ("'x' if a.b[c] is defined else d", ["a", "c", "d"]),
        ("[1, 2] | map('string') | join", []),
        ("a | map('regex_replace', '^a', b) | select('match', 'x') | list", ["a", "b"]),
        ("a | selectattr('b', 'ansible.builtin.search', c) | map(attribute='d') | first", ["a", "c"]),
        ("a | select | rejectattr('b') | list", ["a"]),
        ("a is search('b') and a is not none and not b.startswith('x')", ["a", "b"]),
        ("a.split('.')[0][1:] in ['x', 1] and -b > 2 * c", ["a", "b", "c"]),
        ("a | ansible.builtin.bool", ["a"]),
        ("range(a) | list + [dict(b=c)]", ["a", "c", "dict", "range"]),
        ("sindad_nowhere ~ sindad_random_label ~ randomly", ["randomly", "sindad_nowhere", "sindad_random_label"]),
    ],
)
def test_the_names_that_an_answer_depends_on(text, names):
    assert variables_of("{{ " + text + " }}") == names
    assert variables_of("<{{ " + text + " }}>{% if e %}x{% endif %}") == sorted([*names, "e"])


FILTERS_OF_CHANCE = ["10 | random", "a | shuffle", "['x'] | map('random')", "a | password_hash", "'%Y' | strftime"]
CALLS = ["lookup('env', 'HOME')", "now()", "undef('x')", "namespace(a=1)", "cycler(1, 2).next()", "lipsum()", "f(a)"]
METHODS = ["a.append(1)", "a.update(b)", "a.pop()", "a.format(b)", "a['upper']()", "(a | first)()", "'x'.encode()"]
PATHS = ["a is file", "a is not directory", "['/x'] | select('exists')", "'~/a' | expanduser", "a | fileglob"]
OTHERS = ["a | community.general.random_string", "a is community.general.fqdn", "[a] | map('community.general.crc32')"]
UNKNOWN = ["a | of_the_user", "a is of_the_user", "[a] | map('of_the_user')", "a | select('of_the_user') | list"]
BY_NAME = ["a | map(b)", "a | select(b)", "a | selectattr('b', c)", "a | map(*b)", "a | select(**b)", "a | attr('b')"]
BROKEN = ["a ==", "}} {{", "{% if %}", "'"]


@pytest.mark.parametrize(
    "text",
    [*FILTERS_OF_CHANCE, *CALLS, *METHODS, *PATHS, *OTHERS, *UNKNOWN, *BY_NAME, *BROKEN, "a | ansible.legacy.bool"],
)
def test_what_is_not_known(text):
    assert variables_of("{{ " + text + " }}") is None


@pytest.mark.parametrize(
    "template",
    [
        *("{% for x in a %}{{ x }}{% endfor %}", "{% set x = a %}{{ x }}", "{% include a %}", "{% import 'x' as y %}"),
        *("{% macro m() %}{% endmacro %}{{ m() }}", "{% filter upper %}a{% endfilter %}", "{% do a.append(1) %}"),
        "#jinja2: variable_start_string: '[%'\n{{ a }}",
    ],
)
def test_statements_that_are_not_known(template):
    assert variables_of(template) is None


def test_a_filter_of_the_user_in_the_place_of_ansibles(monkeypatch):
    """Ansible lets a plugin beside a playbook, or in the configured folder, replace any filter or test."""
    assert variables_of("{{ a | upper }}") == variables_of("{{ a is match }}") == ["a"]
    mine = SimpleNamespace(get=lambda name: SimpleNamespace(ansible_name=name))
    monkeypatch.setattr(purity, "filter_loader", mine)
    assert variables_of("{{ a | upper }}") is None and variables_of("{{ a | map('upper') }}") is None
    assert variables_of("{{ a is match }}") == ["a"]
    monkeypatch.setattr(purity, "test_loader", mine)
    assert variables_of("{{ a is match }}") is None and variables_of("{{ a | select('match') }}") is None


def test_a_plugin_that_cannot_be_loaded(monkeypatch):
    def broken(name):
        raise ImportError(name)

    monkeypatch.setattr(purity, "filter_loader", SimpleNamespace(get=broken))
    assert variables_of("{{ a | upper }}") is None


def test_nothing_of_chance_time_or_files_is_listed():
    chance = {"random", "shuffle", "password_hash", "vault", "unvault", "strftime"}
    files = {
        "fileglob",
        "realpath",
        "expanduser",
        "expandvars",
        "relpath",
        "file",
        "directory",
        "exists",
        "link",
        "mount",
    }
    assert not (FILTERS | TESTS) & (chance | files)
