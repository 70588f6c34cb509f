# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions of a dialect: Jinja2's, in a sandbox in which there is nothing but data.

``a.b`` and ``a['b']`` are the key ``b``, never an attribute or a method. Nothing can be called but ``.get()`` and
``dict()``. What would take more memory or time than the answer itself is refused: see :class:`_Budget`.
"""

from __future__ import annotations

import difflib
import functools
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

try:
    from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError, nodes
    from jinja2.filters import make_attrgetter
    from jinja2.parser import Parser
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from jinja2.visitor import NodeTransformer

    JINJA2_ERROR: str | None = None
except ImportError as missing:
    # Modules run without it, but not with a dialect: ``dialect_file`` asks for this before anything here is used.
    JINJA2_ERROR = str(missing)
    nodes = type("nodes", (), {"__getattr__": lambda self, name: object})()
    ImmutableSandboxedEnvironment = NodeTransformer = object  # type: ignore[assignment,misc]

#: How long an expression may be, in characters, and how deep it may be nested.
MAX_LENGTH, MAX_DEPTH = 10_000, 50
#: How many characters or entries expressions may add to one answer.
MAX_GROWTH = 8 << 20
#: How large a number may become, in bits, and a text that a filter with a costly algorithm is given, in characters.
MAX_BITS, MAX_TEXT = 1024, 20_000
#: What an expression gives that is undefined.
UNDEFINED: Any = type("_Undefined", (), {"__repr__": lambda self: "undefined"})()
#: What a key that is not there gives.
_MISSING = object()
#: The name of the result, which no key of an answer has.
_RESULT = "_value_"
_NODES = (
    *(nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.List, nodes.Tuple, nodes.Dict),
    *(nodes.Pair, nodes.Keyword, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Concat, nodes.BinExpr),
    *(nodes.UnaryExpr, nodes.Filter, nodes.Test, nodes.Call),
)
#: What most expressions are: names and dots. They need no parser.
_WAY = re.compile(r"[^\W\d]\w*(\.[^\W\d_]\w*)*")
_CONSTANTS = ("true", "false", "none", "True", "False", "None")
_RESERVED = frozenset(("and", "else", "if", "in", "is", "not", "or", "self", *_CONSTANTS))
#: Filters that name a filter or a test: where it stands among their arguments.
_NAMES_FILTER, _NAMES_TEST = {"map": 0}, {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}


class BadExpression(Exception):
    """An expression that cannot be used, and where in it, counted from 1."""

    def __init__(self, why: str, line: int = 1, column: int = 1, word: str = ""):
        super().__init__(why)
        self.line, self.column, self.word = line, column, word

    def found_in(self, text: str) -> BadExpression:
        """The same, at the place of its word in the line of *text*."""
        before = "\n".join(text.split("\n")[self.line - 1 :]).find(self.word)
        return BadExpression(str(self), self.line, max(before, 0) + 1)


class ExpressionFailed(Exception):
    """An expression that is defined, and has no value for this answer. The message holds no value of the answer."""


class Expression:
    """One expression, parsed when it is made, and compiled when it is first evaluated.

    :ivar names: the names in it. :ivar evaluated: whether it was asked for. :ivar defined: whether it ever had a value.
    :raises BadExpression: if it does not parse, or uses what there is not.
    """

    def __init__(self, text: str):
        self.text = text
        self.path: tuple[Any, ...] | None
        if (
            len(text) <= MAX_LENGTH
            and _WAY.fullmatch(text)
            and not text.startswith("__")
            and not _RESERVED.intersection(text.split("."))
        ):
            self.path = tuple(text.split("."))
            self.names = frozenset(self.path[:1])
        else:
            tree = _parsed(text)
            self.path = _path(tree)
            named = [tree] if isinstance(tree, nodes.Name) else tree.find_all(nodes.Name)
            self.names = frozenset(node.name for node in named)
        self.evaluated = self.defined = False

    def value(self, names: dict[str, Any]) -> Any:
        """The value for *names*, plain data, or UNDEFINED.

        :raises ExpressionFailed: if there is none.
        """
        self.evaluated = True
        found = self._found(names) if self.path is None else follow_path(names, self.path)
        self.defined = self.defined or found is not UNDEFINED
        return found

    def _found(self, names: dict[str, Any]) -> Any:
        try:
            return _plain(_compiled(self.text)(names))
        except UndefinedError:
            return UNDEFINED
        except (ArithmeticError, TypeError, _TooMuch) as error:
            raise ExpressionFailed(f"{error}" or type(error).__name__) from None
        except (RecursionError, MemoryError):
            raise ExpressionFailed("it takes too much") from None
        except Exception as error:  # its text may hold a value of the answer
            raise ExpressionFailed(type(error).__name__) from None


def follow_path(value: Any, path: Iterable[Any]) -> Any:
    """What stands at *path*, keys and places, in *value*; UNDEFINED if nothing does."""
    for key in path:
        value = _item(value, key)
        if value is _MISSING:
            return UNDEFINED
    return value


def begin_answer() -> None:
    """Let the expressions of this thread add MAX_GROWTH again: what they work on is another answer."""
    _BUDGET.left = MAX_GROWTH


# -- parsing ---------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1024)
def _parsed(text: str) -> nodes.Expr:
    if not text.strip():
        raise BadExpression("it is empty")
    if len(text) > MAX_LENGTH:
        raise BadExpression(f"it is longer than {MAX_LENGTH} characters")
    parser: Parser | None = None
    try:
        parser = Parser(_SANDBOX, text, state="variable")
        tree = parser.parse_expression()
        if not parser.stream.eos:
            parser.fail("there is more behind the expression", parser.stream.current.lineno)
    except TemplateSyntaxError as error:
        raise _misspelt(text, parser, error) from None
    except RecursionError:
        raise BadExpression("it is nested too deeply") from None
    _check_depth(tree)
    try:
        for node in (tree, *tree.find_all(nodes.Node)):
            _check(node)
    except BadExpression as error:
        raise error.found_in(text) from None
    tree = _WithoutCalls().visit(tree)
    tree.set_environment(_SANDBOX)
    return tree


def _misspelt(text: str, parser: Parser | None, error: TemplateSyntaxError) -> BadExpression:
    """The error with its place: jinja2 knows the line, or in the text of some errors the offset."""
    why = (error.message or "").rstrip(".")
    if "{{" in text or "{%" in text:
        why += "; an expression is written without braces around it"
    _before, _at, offset = (error.message or "").rpartition(" at ")
    if offset.isdecimal():  # of a character that is none of an expression
        place, why = int(offset), why.replace(f" at {offset}", "")
    else:
        place = len(text) if parser is None else _offset(text, parser)
    line_start = text.rfind("\n", 0, place) + 1
    return BadExpression(why, text.count("\n", 0, place) + 1, place - line_start + 1)


def _offset(text: str, parser: Parser) -> int:
    """Where the token begins at which *parser* stopped."""
    starts, place = [], 0
    for _line, kind, raw in _SANDBOX.lexer.tokeniter(text, None, None, "variable"):
        if kind not in ("whitespace", "variable_begin", "variable_end"):
            starts.append(place)
        place += len(raw)
    left = 0
    while parser.stream:
        left += 1
        next(parser.stream)
    return starts[-left] if 0 < left <= len(starts) else len(text)


def _check_depth(tree: nodes.Node) -> None:
    level: list[nodes.Node] = [tree]
    for _depth in range(MAX_DEPTH):
        level = [child for node in level for child in node.iter_child_nodes()]
        if not level:
            return
    raise BadExpression("it is nested too deeply")


def _check(node: nodes.Node) -> None:
    line = node.lineno
    if not isinstance(node, _NODES):
        raise BadExpression("only expressions are possible", line)
    if isinstance(node, nodes.Name) and (node.name.startswith("__") or node.name == "self"):
        raise BadExpression(f"there is no name {node.name}", line, word=node.name)
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise BadExpression(f"an attribute must not begin with _: {node.attr}", line, word=node.attr)
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and node.value.startswith("__"):
        raise BadExpression(f"a key must not begin with __: {node.value}", line, word=node.value)
    if isinstance(node, nodes.Call):
        _check_call(node)
    elif isinstance(node, nodes.Filter):
        _check_known("filter", node.name, _SANDBOX.filters, line)
        _check_arguments(node)
    elif isinstance(node, nodes.Test):
        _check_known("test", node.name, _SANDBOX.tests, line)


def _check_call(node: nodes.Call) -> None:
    called = node.node
    if isinstance(called, nodes.Name) and called.name == "dict":
        return
    plain = len(node.args) in (1, 2) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    if isinstance(called, nodes.Getattr) and called.attr == "get" and plain:
        return
    word = called.name if isinstance(called, nodes.Name) else getattr(called, "attr", "")
    name = f".{word}" if isinstance(called, nodes.Getattr) else word or "this"
    why = f"{name} cannot be called: only .get(key, default) and dict() can be, and filters"
    raise BadExpression(why, node.lineno, word=word)


def _check_known(noun: str, name: str, known: Mapping[str, Any], line: int) -> None:
    if name not in known or name.startswith("_"):
        near = difflib.get_close_matches(name, [each for each in known if not each.startswith("_")], n=1)
        hint = (
            f"Did you mean {near[0]}?" if near else f"Only those of Jinja2 itself are possible, no {noun} of Ansible."
        )
        raise BadExpression(f"there is no {noun} {name}. {hint}", line, word=name)


def _check_arguments(node: nodes.Filter) -> None:
    """What names an attribute, a filter or a test must be written there, and be one."""
    for noun, places, known in (("filter", _NAMES_FILTER, _SANDBOX.filters), ("test", _NAMES_TEST, _SANDBOX.tests)):
        place = places.get(node.name)
        if place is None:
            continue
        if node.dyn_args or node.dyn_kwargs:
            raise BadExpression(f"the {noun} of {node.name} must be written there", node.lineno, word=node.name)
        for each in node.args[place : place + 1]:
            if not (isinstance(each, nodes.Const) and isinstance(each.value, str)):
                why = f"the {noun} of {node.name} must be written there, in quotes"
                raise BadExpression(why, node.lineno, word=node.name)
            _check_known(noun, each.value, known, node.lineno)
    attributes = [each.value for each in node.kwargs if each.key == "attribute"]
    attributes += node.args[:1] if node.name in ("attr", "selectattr", "rejectattr", "groupby") else []
    for each in attributes:
        if isinstance(each, nodes.Const) and any(part.startswith("_") for part in str(each.value).split(".")):
            raise BadExpression(f"an attribute must not begin with _: {each.value}", node.lineno, word=each.value)


class _WithoutCalls(NodeTransformer):
    """Makes filters of ``x.get(...)`` and ``dict(...)``: so no call is left that a key of an answer could redefine."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        if isinstance(node.node, nodes.Getattr):
            return nodes.Filter(node.node.node, "_get", node.args, [], None, None, lineno=node.lineno)
        first = node.args[0] if node.args else nodes.Dict([], lineno=node.lineno)
        more = (node.args[1:], node.kwargs, node.dyn_args, node.dyn_kwargs)
        return nodes.Filter(first, "_dict", *more, lineno=node.lineno)


def _path(tree: nodes.Node) -> tuple[Any, ...] | None:
    """The keys of an expression that is no more than a way to a value; such a one need not be compiled."""
    if isinstance(tree, nodes.Name):
        return (tree.name,)
    if isinstance(tree, nodes.Getattr):
        key: Any = tree.attr
    elif (
        isinstance(tree, nodes.Getitem) and isinstance(tree.arg, nodes.Const) and isinstance(tree.arg.value, (str, int))
    ):
        key = tree.arg.value
    else:
        return None
    above = _path(tree.node)
    return None if above is None else (*above, key)


@functools.lru_cache(maxsize=1024)
def _compiled(text: str) -> Callable[[dict[str, Any]], Any]:
    body: list[nodes.Node] = [nodes.Assign(nodes.Name(_RESULT, "store"), _parsed(text), lineno=1)]
    template = _SANDBOX.from_string(nodes.Template(body, lineno=1))

    def render(names: dict[str, Any]) -> Any:
        context = template.new_context(names, shared=True)
        for _text in template.root_render_func(context):
            pass
        return context.vars[_RESULT]

    return render


# -- values ----------------------------------------------------------------------------------------------------------


def _item(value: Any, key: Any) -> Any:
    """The entry of an object or a list; _MISSING if there is none."""
    if isinstance(value, dict):
        try:
            if key in value:
                return value[key]
        except TypeError:
            return _MISSING
        return value.get(str(key), _MISSING) if isinstance(key, int) and not isinstance(key, bool) else _MISSING
    if isinstance(value, (list, tuple, str)) and isinstance(key, (int, slice)) and not isinstance(key, bool):
        try:
            return value[key]
        except IndexError:
            return _MISSING
    return _MISSING


def _plain(value: Any) -> Any:
    """*value* as JSON would hold it; itself, if it is so already.

    :raises UndefinedError: if a part of it is undefined.
    """
    kind = type(value)
    if kind in (str, int, float, bool) or value is None:
        return value
    if kind is dict:
        parts = {key: _plain(part) for key, part in value.items()}
        same = all(parts[key] is part for key, part in value.items())
        return value if same else parts
    if kind is list:
        entries = [_plain(part) for part in value]
        return value if all(new is old for new, old in zip(entries, value)) else entries
    if isinstance(value, Undefined):
        raise UndefinedError
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Iterable):
        return [_plain(part) for part in value]
    raise TypeError(f"a {kind.__name__} is not data")


# -- the sandbox -----------------------------------------------------------------------------------------------------


class _TooMuch(Exception):
    """An expression that would make more of an answer than an answer is."""


class _Budget(threading.local):
    """How much expressions may still add to an answer: what they only pass on is free."""

    left = MAX_GROWTH

    def take(self, amount: int) -> None:
        if abs(amount) > self.left:
            raise _TooMuch("it makes too much of the answer")
        self.left -= abs(amount)


_BUDGET = _Budget()


def _times(left: Any, right: Any) -> Any:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, (str, list, tuple)):
            _BUDGET.take(len(one) * other if isinstance(other, int) else 0)
    _check_bits(_bits(left) + _bits(right))
    return left * right


def _power(left: Any, right: Any) -> Any:
    _check_bits(_bits(left) * abs(right) if isinstance(right, int) else 0)
    return left**right


def _modulo(left: Any, right: Any) -> Any:
    if isinstance(left, str):
        raise TypeError("a text has no remainder; use the filter format")
    return left % right


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def _check_bits(bits: int) -> None:
    if bits > MAX_BITS:
        raise _TooMuch("it makes too large a number")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Data only: no attribute, no method, no call, no global."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, cache_size=0, autoescape=False)
        self.globals.clear()
        self.binop_table.update({"*": _times, "**": _power, "%": _modulo})
        self.filters = {**self.filters, **_bounded(self.filters), "attr": _attribute, "_get": _get, "_dict": _dict}

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            return obj[argument]  # which raises, as StrictUndefined does for all but the tests for it
        found = _item(obj, argument)
        return self.undefined(obj=obj, name=argument) if found is _MISSING else found

    def call(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("nothing can be called")


def _get(value: Any, key: Any, default: Any = None) -> Any:
    """The one method that there is, of objects."""
    if isinstance(value, Undefined):
        return value[key]
    if not isinstance(value, dict):
        raise TypeError(f".get() of a {type(value).__name__}, which is not an object")
    if isinstance(key, Undefined):
        hash(key)
    return value.get(key, default)


def _dict(*parts: Any, **more: Any) -> dict[Any, Any]:
    return dict(*parts, **more)


def _attribute(value: Any, name: Any) -> Any:
    return _SANDBOX.getitem(value, name)


def _size(value: Any) -> int:
    return len(value) if isinstance(value, (str, list, tuple, dict)) else 1


def _growth(name: str, value: Any, args: Iterable[Any]) -> int:
    """How much a filter adds to its *value*, at most."""
    numbers = [abs(int(each)) for each in args if isinstance(each, (int, float)) and not isinstance(each, bool)]
    texts = [len(each) for each in args if isinstance(each, str)]
    if name in ("replace", "join", "wordwrap"):
        return (_size(value) + 1) * max([1, *texts[-1:]]) if texts else 0
    if name == "indent":
        return (str(value).count("\n") + 1) * max([1, *numbers, *texts])
    if name == "format":
        return _size(value) * max([1, *texts])
    return max([0, *numbers])  # a width, a count


#: Filters that may add to what they are given; those whose algorithm costs more than it; and those of numbers.
_GROWING = ("batch", "center", "format", "indent", "join", "replace", "slice", "tojson", "truncate", "wordwrap")
_COSTLY = ("striptags", "urlize", "wordwrap", "xmlattr")


def _bounded(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Those of Jinja2's *filters* that need a bound, with it."""
    bounded = {name: _with_bound(name, filters[name]) for name in (*_GROWING, *_COSTLY, "round")}
    return {**bounded, "sum": _with_linear_sum(filters["sum"])}


def _with_bound(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    passes = hasattr(original, "jinja_pass_arg")  # what it is given first is no argument of the expression

    @functools.wraps(original)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        value, *given = args[1:] if passes else args
        given = [*given, *kwargs.values()]
        if name == "round" and any(abs(each) > 100 for each in given if isinstance(each, (int, float))):
            raise _TooMuch("it has too many digits")
        if name == "format" and _is_wide(str(value)):
            raise _TooMuch("it formats too wide a text")
        if name in _COSTLY and _size(value) > MAX_TEXT:
            raise _TooMuch("the text is too long for this filter")
        if name in _GROWING:
            if name == "join" and not isinstance(value, (str, list, tuple, dict, Undefined)):
                value = list(value)
                args = (*args[:1], value, *args[2:]) if passes else (value, *args[1:])
            _BUDGET.take(_growth(name, value, given))
        return original(*args, **kwargs)

    return bounded


def _is_wide(template: str) -> bool:
    """Whether a text for ``format`` asks for a width that it does not spell in two digits."""
    digits = 0
    for letter in template:
        digits = digits + 1 if letter.isdigit() else 0
        if letter == "*" or digits > 2:
            return True
    return False


def _with_linear_sum(original: Callable[..., Any]) -> Callable[..., Any]:
    """``sum``, which joins lists in one go: each sum of two would copy all that came before."""

    @functools.wraps(original)
    def total(environment: Any, iterable: Any, attribute: Any = None, start: Any = 0) -> Any:
        if not isinstance(start, list):
            return original(environment, iterable, attribute, start)
        if attribute is not None:
            iterable = map(make_attrgetter(environment, attribute), iterable)
        return [*start, *(entry for each in iterable for entry in each)]

    return total


_SANDBOX: Any = None if JINJA2_ERROR else _Sandbox()
