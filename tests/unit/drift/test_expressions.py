# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No expression of the plugins takes more than linear time: each is fed long runs of what it repeats.

A portal that answers 20,000 blanks must not stop a task for half a minute. The expressions are found in the sources,
compiled ones and those that are written where they are used.
"""

from __future__ import annotations

import ast
import re
import re._constants as constants
import re._parser as parser
import time
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[3] / "plugins"
FUNCTIONS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
#: Linear takes below a millisecond for the longest; a square 30 to 60. What is worse is seen in the short ones.
LENGTHS = (24, 300, 6_000)
SLOWEST_S = 0.012
FLAGS = {name: getattr(re, name) for name in ("I", "M", "S", "A", "IGNORECASE", "MULTILINE", "DOTALL", "ASCII")}


# -- expressions in the sources --------------------------------------------------------------------------------------


def expressions():
    """Each expression with its flags and the functions that it is used by, by where it stands."""
    found = {}
    for path in sorted(PLUGINS.rglob("*.py")):
        tree = ast.parse(path.read_text())
        constants_of = {}
        for node in tree.body:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name):
                    constants_of[target.id] = node.value
        for call in ast.walk(tree):
            if is_of_re(call):
                text = text_of(call.args[0], constants_of)
                if text is not None:
                    where = f"{path.relative_to(PLUGINS)}:{call.lineno}:{call.col_offset}"
                    found[where] = (text, flags_of(call), functions_of(call, tree))
    return found


def is_of_re(node):
    function = getattr(node, "func", None)
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in (*FUNCTIONS, "compile")
        and bool(node.args)
    )


def text_of(node, constants_of):
    """The text of an expression; what is filled in at run time becomes a word."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(filled_in(part, constants_of) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return text_of(node.left, constants_of) + text_of(node.right, constants_of)
    if isinstance(node, ast.IfExp):
        return text_of(node.body, constants_of)
    if isinstance(node, ast.Name) and node.id in constants_of:
        return text_of(constants_of[node.id], constants_of)
    return None


def filled_in(part, constants_of):
    if isinstance(part, ast.Constant):
        return part.value
    return text_of(part.value, constants_of) or "word"


def flags_of(call):
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg == "flags")]
    names = [node.attr for each in given for node in ast.walk(each) if isinstance(node, ast.Attribute)]
    flags = 0
    for name in names:
        flags |= FLAGS.get(name, 0)
    return flags


def functions_of(call, tree):
    """The functions by which an expression is used: those of the compiled one in its file, else all that may be."""
    if call.func.attr != "compile":
        return [call.func.attr]
    names = [
        node.targets[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and call in ast.walk(node.value)
    ]
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names
    }
    return sorted(used & set(FUNCTIONS)) or ["fullmatch", "search"]


# -- what they repeat ------------------------------------------------------------------------------------------------


def repeated(pattern):
    """Samples of what each part of a parsed expression repeats, and of the literals in it."""
    for operation, argument in pattern:
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            yield sample(argument[2])
            yield from repeated(argument[2])
        elif operation is constants.SUBPATTERN:
            yield from repeated(argument[3])
        elif operation is constants.BRANCH:
            for branch in argument[1]:
                yield sample(branch)
                yield from repeated(branch)
        elif operation in (constants.ASSERT, constants.ASSERT_NOT):
            yield from repeated(argument[1])


def sample(pattern):
    return "".join(sample_of(operation, argument) for operation, argument in pattern)


def sample_of(operation, argument):
    if operation is constants.LITERAL:
        return chr(argument)
    if operation is constants.NOT_LITERAL:
        return "a" if chr(argument) != "a" else "b"
    if operation is constants.ANY:
        return "a"
    if operation is constants.IN:
        return sign_in(argument)
    if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
        return sample(argument[2]) * max(1, argument[0])
    if operation is constants.SUBPATTERN:
        return sample(argument[3])
    if operation is constants.BRANCH:
        return sample(argument[1][0])
    return ""


def sign_in(choices):
    """A sign of a class: tried, as classes may be turned round."""
    for sign in " a1A_-.,:;/<>@#|\n\t'\"()[]{}%&~éپ۱\u200c\u202e\ud800":
        if belongs(sign, choices):
            return sign
    return "x"


def belongs(sign, choices):
    negated = choices[0][0] is constants.NEGATE
    inside = any(
        is_one(sign, operation, argument) for operation, argument in choices if operation is not constants.NEGATE
    )
    return inside is not negated


def is_one(sign, operation, argument):
    if operation is constants.LITERAL:
        return ord(sign) == argument
    if operation is constants.RANGE:
        return argument[0] <= ord(sign) <= argument[1]
    word = {
        constants.CATEGORY_SPACE: sign.isspace(),
        constants.CATEGORY_NOT_SPACE: not sign.isspace(),
        constants.CATEGORY_DIGIT: sign.isdecimal(),
        constants.CATEGORY_NOT_DIGIT: not sign.isdecimal(),
        constants.CATEGORY_WORD: sign.isalnum() or sign == "_",
        constants.CATEGORY_NOT_WORD: not (sign.isalnum() or sign == "_"),
    }
    return word.get(argument, False)


def attacks(text):
    """Runs of what the expression repeats, alone and behind what may come before, which then do not fit."""
    units = dict.fromkeys(filter(None, repeated(parser.parse(text))))
    signs = dict.fromkeys([*(unit[:1] for unit in units), " ", "a", "1"])
    pairs = (one + other for one in list(signs)[:5] for other in list(signs)[:5] if one != other)
    for unit in dict.fromkeys([*units, *signs, *pairs, "1.", "a,"]):
        for before in ("", "a", "1", ",") if len(unit) == 1 else ("",):
            yield before, unit, "!\x00"
            yield before, unit, "1"
    whole = sample(parser.parse(text))
    if whole:
        yield "", whole, "!\x00"


def is_slow(expression, function, before, unit, after):
    for length in LENGTHS:
        text = before + unit * (length // len(unit)) + after
        # A busy machine may stop this process once, not three times.
        if all(seconds(expression, function, text) > SLOWEST_S for _try in range(3)):
            return True
    return False


def seconds(expression, function, text):
    call = getattr(expression, function)
    arguments = ("", text) if function in ("sub", "subn") else (text,)
    started = time.process_time()
    result = call(*arguments)
    if function == "finditer":
        list(result)
    return time.process_time() - started


EXPRESSIONS = expressions()


def test_the_expressions_are_found():
    assert len(EXPRESSIONS) > 90
    assert {"compile", "sub"} <= {function for *_rest, functions in EXPRESSIONS.values() for function in functions} | {
        "compile"
    }


@pytest.mark.parametrize("where", EXPRESSIONS)
def test_an_expression_is_linear(where):
    text, flags, functions = EXPRESSIONS[where]
    expression = re.compile(text, flags)
    slow = [
        (function, before, unit)
        for before, unit, after in attacks(text)
        for function in functions
        if is_slow(expression, function, before, unit, after)
    ]
    assert not slow, f"{text!r} takes more than linear time: {slow[:5]}"


@pytest.mark.parametrize("text", [r"\s*a\s*$", r"(a+)+b", r"\d+(\.\d+)*x", r".*\d\s*x"])
def test_what_is_more_than_linear_is_found(text):
    assert any(is_slow(re.compile(text), "search", *attack) for attack in attacks(text))
