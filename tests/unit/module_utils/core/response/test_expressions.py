# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions of a dialect: what they give, what they refuse, and what they can never do."""

from __future__ import annotations

import time

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.expressions import (
    MAX_GROWTH,
    UNDEFINED,
    BadExpression,
    Expression,
    ExpressionFailed,
    begin_answer,
)

ANSWER = {
    "data": {"items": [{"a": 1, "name": "x"}, {"a": 2}], "keys": "K", "totalCount": 5, "10": "ten"},
    "success": True,
    "error": None,
    "powerState": "poweredOn",
    "result": 7,
    "get": 3,
    "dict": 4,
    "_embedded": {"vms": [1]},
    "وضعیت": "روشن",
    "with-hyphen": 1,
    "text": "{{ 1+1 }}",
}
NAMES = {**ANSWER, "answer": ANSWER}


@pytest.fixture(autouse=True)
def another_answer():
    begin_answer()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("data.items", ANSWER["data"]["items"]),
        ("data['items']", ANSWER["data"]["items"]),
        ("data.keys", "K"),
        ("data.items[1].a", 2),
        ("data.items.0.a", 1),
        ("data[10]", "ten"),
        ("powerState[:5]", "power"),
        ("answer['with-hyphen']", 1),
        ("وضعیت", "روشن"),
        ("_embedded.vms", [1]),
        ("text", "{{ 1+1 }}"),
        ("text ~ '!'", "{{ 1+1 }}!"),
        ("data.list | default(data.items)", ANSWER["data"]["items"]),
        ("data.items | map(attribute='a') | list", [1, 2]),
        ("data.items | map(attribute='a')", [1, 2]),
        ("data.items | selectattr('a', 'gt', 1) | first", {"a": 2}),
        ("data.items | sum(attribute='a')", 3),
        ("[[1], [2, 3]] | sum(start=[])", [1, 2, 3]),
        ("[{'l': [1]}, {'l': [2]}] | sum(attribute='l', start=[])", [1, 2]),
        ("data.items | map(attribute='a') | join(',')", "1,2"),
        ("not success", False),
        ("not success or error", None),
        ("result + 1", 8),
        ("2 ** 10 * 3 % 7", 6),
        ("result // 2", 3),
        ("{'poweredOn': 'online'}.get(powerState, powerState)", "online"),
        ("{'on': 'online'}.get(powerState)", None),
        ("{1: 'one', 7: 'seven'}.get(result)", "seven"),
        ("answer.get('powerState')", "poweredOn"),
        ("dict(data, id=result).id", 7),
        ("dict(**data)['10']", "ten"),
        ("dict()", {}),
        ("'on' if success else 'off'", "on"),
        ("success is defined and success", True),
        ("powerState | lower | replace('powered', '')", "on"),
        ("'%s-%d' | format(powerState, result)", "poweredOn-7"),
        ("(1, 2)", [1, 2]),
        ("powerState | e", "poweredOn"),
        ("true", True),
        ("none", None),
        ("answer.get", 3),
    ],
)
def test_values(text, value):
    found = Expression(text).value(dict(NAMES))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "sucess",
        "not sucess",
        "data.list",
        "data.update",
        "powerState.upper",
        "error.message",
        "nothing.at.all | default(1)",
        "dict(data, id=nothing)",
        "[nothing]",
        "{'a': {'b': nothing}}",
        "data.items | map(attribute='name') | list",
        "[] | first",
        "'x' if not success",
        "nothing.get('a')",
        "{'a': 1}.get(nothing, 2)",
        "data.items[5]",
        "'a'['b']",
        "powerState | attr('upper')",
    ],
)
def test_what_is_undefined(text):
    expression = Expression(text)
    assert expression.value(dict(NAMES)) is UNDEFINED
    assert expression.evaluated and not expression.defined


@pytest.mark.parametrize("text", ["1 / 0", "powerState + 1", "powerState.get('a')", "{data: 1}", "data | abs"])
def test_what_has_no_value_fails(text):
    with pytest.raises(ExpressionFailed):
        Expression(text).value(dict(NAMES))


def test_a_failure_tells_no_value():
    with pytest.raises(ExpressionFailed) as failure:
        Expression("item | dictsort").value({"item": "S3cretWord"})
    assert "S3cret" not in str(failure.value)


@pytest.mark.parametrize(
    ("text", "why", "line", "column"),
    [
        ("", "it is empty", 1, 1),
        ("?", "unexpected char '?'", 1, 1),
        ("a b", "there is more behind the expression", 1, 3),
        ("a.", "expected name or number", 1, 3),
        ("a +\n  * b", "unexpected '*'", 2, 3),
        ("a $ b", "unexpected char '$'", 1, 3),
        ("{{ a }}", "without braces", 1, 6),
        ("{% for a in b %}", "without braces", 1, 2),
        ("a | nothing", "there is no filter nothing", 1, 5),
        ("a | uper", "Did you mean upper?", 1, 5),
        ("a | ansible.builtin.bool", "no filter ansible.builtin.bool", 1, 5),
        ("a | _get('b')", "no filter _get", 1, 5),
        ("a is evn", "there is no test evn. Did you mean even?", 1, 6),
        ("a | map('nothing')", "there is no filter nothing", 1, 10),
        ("a | map(b)", "must be written there", 1, 5),
        ("a | map(*b)", "must be written there", 1, 5),
        ("a | select(b)", "must be written there", 1, 5),
        ("a | selectattr('b', 'nothing')", "there is no test nothing", 1, 22),
        ("a.upper()", ".upper cannot be called", 1, 3),
        ("a.items()", ".items cannot be called", 1, 3),
        ("a.get()", ".get cannot be called", 1, 3),
        ("range(3)", "range cannot be called", 1, 1),
        ("lipsum()", "lipsum cannot be called", 1, 1),
        ("a()()", "cannot be called", 1, 1),
        ("''.__class__", "must not begin with _: __class__", 1, 4),
        ("a._b", "must not begin with _: _b", 1, 3),
        ("a['__class__']", "must not begin with __: __class__", 1, 4),
        ("a | attr('_b')", "must not begin with _: _b", 1, 11),
        ("a | map(attribute='b._c')", "must not begin with _: b._c", 1, 20),
        ("__builtins__", "there is no name __builtins__", 1, 1),
        ("self.x", "there is no name self", 1, 1),
        ("(" * 500, "nested too deeply", 1, 1),
        ("-" * 5000 + "1", "nested too deeply", 1, 1),
        ("a | list" + " | list" * 100, "nested too deeply", 1, 1),
        ("a" * 10_001, "longer than", 1, 1),
    ],
)
def test_what_is_refused_and_where(text, why, line, column):
    with pytest.raises(BadExpression) as refusal:
        Expression(text)
    assert why in str(refusal.value)
    assert (refusal.value.line, refusal.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "'a' * 10 ** 9",
        "'a' * 1000 * 1000 * 1000",
        "[0] * 10 ** 9",
        "10 ** 400",
        "(10 ** 300) * (10 ** 300)",
        "2 ** -1000000000",
        "'%1000000000d' | format(1)",
        "'%*d' | format(1000000000, 1)",
        "'%1000000000d' % 1",
        "powerState | center(10 ** 9)",
        "powerState | indent(10 ** 9, true)",
        "powerState | replace('', 'x' * 4000000)",
        "data.items | batch(10 ** 9, 'x') | list",
        "data.items | slice(10 ** 9) | list",
        "data | tojson(indent=10 ** 9)",
        "data.items | map('center', 10 ** 9) | list",
        "range_of | join('x' * 4000000)",
        "1 | round(10 ** 9)",
        "long | striptags",
        "long | urlize",
        "long | wordwrap(1)",
    ],
)
def test_nothing_takes_much_time_or_memory(text):
    names = {**NAMES, "long": "<!---->" * 20_000, "range_of": list(range(100))}
    began = time.process_time()
    with pytest.raises(ExpressionFailed):
        Expression(text).value(names)
    assert time.process_time() - began < 1


def test_what_expressions_add_is_counted_over_all_entries_of_an_answer():
    expression = Expression("item | center(1000)")
    with pytest.raises(ExpressionFailed, match="too much"):
        for _each in range(MAX_GROWTH // 1000 + 1):
            expression.value({"item": "x"})
    begin_answer()
    assert len(expression.value({"item": "x"})) == 1000


@pytest.mark.parametrize(
    "name", ["dict", "get", "_get", "_dict", "default", "environment", "context", "t_1", "_value_"]
)
def test_no_key_of_an_answer_changes_what_an_expression_does(name):
    names = {name: "hostile", "state": "on"}
    assert Expression("{'on': dict(a=state)}.get(state, 1) | default(2)").value(names) == {"a": "on"}


def test_what_is_only_a_way_to_a_value_is_not_compiled():
    assert Expression("data.items[0]['a']").path == ("data", "items", 0, "a")
    assert Expression("data.items | first").path is None
    assert Expression("data[key]").path is None
    assert Expression("data[key]").names == {"data", "key"}
