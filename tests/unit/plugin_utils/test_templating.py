# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is remembered, and what never. That the results are those of Ansible's constructed: tests/e2e."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.plugin_utils import _templating as templating
from ansible_collections.sindad.cloud.plugins.plugin_utils._templating import RememberingTemplar, mark_unsafe


class Counting:
    """A templar that counts, and answers with all that it knows."""

    def __init__(self):
        self.available_variables = {}
        self.asked = []

    def evaluate_expression(self, text):
        self.asked.append(text)
        if text == "missing":
            raise KeyError(text)
        if text in ("a_list", "a_generator"):
            return [text] if text == "a_list" else iter([text])
        return str(self.available_variables)

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
    assert len(templar.asked) == 2
    templar.evaluate_conditional("label")
    templar.template("label")
    assert len(templar.asked) == 4, "a condition and a template are not an expression"


def test_equal_values_of_other_types_are_other_values(templar):
    for value in (1, 1.0, True, "1", [1], [1.0], [True], (1,), None, ""):
        ask(templar, "size", size=value)
    assert len(templar.asked) == 10


def test_an_error_is_an_answer_too(templar):
    for _time in range(3):
        with pytest.raises(KeyError):
            ask(templar, "missing", missing=1)
    assert len(templar.asked) == 1


@pytest.mark.parametrize("text", ["a_list", "a_generator"])
def test_what_can_be_changed_or_used_up_is_made_for_each(templar, text):
    first, second = ask(templar, text, **{text: 1}), ask(templar, text, **{text: 1})
    assert list(first) == list(second) == [text] and first is not second


def test_a_name_that_is_no_variable_is_looked_up_each_time(templar):
    for _time in range(2):
        ask(templar, "label ~ now_and_then", label="a")
    assert len(templar.asked) == 2
    for _time in range(2):
        ask(templar, "range(3)[1] ~ label", label="a")
    assert len(templar.asked) == 3, "Jinja's own range is known"
    assert ask(templar, "dict ~ 1", dict="a") != ask(templar, "dict ~ 1", dict="b")


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
