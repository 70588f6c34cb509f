# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is remembered, and what never. That the results are those of Ansible's constructed: tests/e2e."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.plugin_utils import _templating as templating
from ansible_collections.sindad.cloud.plugins.plugin_utils._templating import RememberingTemplar, _names_in, mark_unsafe


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sindad_label", ["sindad_label"]),
        ("sindad_label ~ '-' ~ sindad_domain | upper", ["sindad_domain", "sindad_label"]),
        ("'x' if a.b[c] is defined else d", ["a", "c", "d"]),
        ("[1, 2] | map('string') | join", []),
        ("a is search('b')", ["a"]),
        ("sindad_nowhere ~ sindad_random_label ~ randomly", None),  # looks like random: rather too careful
        ("sindad_file ~ knows", ["knows", "sindad_file"]),
    ],
)
def test_the_variables_that_an_answer_depends_on(text, names):
    assert _names_in("expression", text) == names
    assert _names_in("template", "<{{ " + text + " }}>") == names


@pytest.mark.parametrize(
    "text",
    [
        *("10 | random", "a | shuffle", "['x'] | map('random')", "a | random_mac", "now()", "'%Y' | strftime"),
        *("lookup('env', 'HOME')", "query('file', a)", "q('file', a)", "vars['a']", "hostvars.web1.a", "groups.all"),
        *("a is file", "a is not directory", "['/x'] | select('exists')", "a is link_exists", "'~/a' | expanduser"),
        *("a | community.general.random_string", "a is community.general.fqdn", "[a] | map('community.general.crc32')"),
        *(
            "a | password_hash",
            "a | vault('x')",
            "undef('x')",
            "omit",
            "namespace(a=1)",
            "a | ansible.builtin.strftime",
        ),
        *("a ==", "}} {{", "{% if %}", "'"),
    ],
)
def test_what_is_never_remembered(text):
    assert _names_in("expression", text) is None


class Counting:
    """A templar that counts, and answers with all that it knows."""

    def __init__(self):
        self.available_variables = {}
        self.asked = []

    def evaluate_expression(self, text):
        self.asked.append(text)
        if text == "missing":
            raise KeyError(text)
        return [text] if text == "a_list" else tuple(self.available_variables.items())

    evaluate_conditional = template = evaluate_expression


@pytest.fixture
def templar():
    return RememberingTemplar(Counting())


def ask(templar, text, **variables):
    templar.available_variables = variables
    return templar.evaluate_expression(text)


def test_one_answer_for_the_same_values(templar):
    assert ask(templar, "label", label="a", other=1) == ask(templar, "label", label="a", other=2)
    assert len(templar.asked) == 1
    ask(templar, "label", label="b")
    ask(templar, "label")
    assert len(templar.asked) == 3
    templar.evaluate_conditional("label")
    templar.template("label")
    assert len(templar.asked) == 5, "a condition and a template are not an expression"


def test_equal_values_of_other_types_are_other_values(templar):
    for value in (1, 1.0, True, "1", [1], [1.0], [True], (1,), None, ""):
        ask(templar, "size", size=value)
    assert len(templar.asked) == 10


def test_an_error_is_an_answer_too(templar):
    for _time in range(3):
        with pytest.raises(KeyError):
            ask(templar, "missing")
    assert len(templar.asked) == 1


def test_a_container_is_made_for_each(templar):
    first, second = ask(templar, "a_list"), ask(templar, "a_list")
    assert first == second and first is not second


@pytest.mark.parametrize("value", ["{{ 1 }}", ["{% if 1 %}"], {"a": "{{ 1 }}"}, lambda: 1])
def test_values_that_may_be_templates_or_unknown_things(templar, value):
    for _time in range(2):
        ask(templar, "live", live=value)
    assert len(templar.asked) == 2


def test_a_condition_may_be_a_boolean(templar):
    assert templar.holds(True) is True and templar.holds(False) is False
    assert templar.asked == []


@pytest.mark.parametrize("text_is_inert", [True, False])
def test_only_text_with_braces_is_wrapped_and_only_where_it_must_be(monkeypatch, text_is_inert):
    monkeypatch.setattr(templating, "TEXT_IS_INERT", text_is_inert)
    monkeypatch.setattr(templating, "wrap_var", lambda text: ("wrapped", text))
    given = ["web1", "{{ a }}", "{% a", "{# a", "{ a }", 7, None]
    kept = [each if text_is_inert else ("wrapped", each) for each in given[1:4]]
    assert mark_unsafe(given) == ["web1", *kept, "{ a }", 7, None]
