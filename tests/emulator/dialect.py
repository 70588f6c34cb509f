# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inverse of a dialect: what a portal would answer, so that its user's dialect makes the documented answer of it.

Expressions that are a way to a value, a table of words, a default or a factor have an inverse. What any other one says
is left as documented. With the shapes of the portal's answers, the keys that the dialect does not name are there, too.
"""

from __future__ import annotations

import fnmatch
import functools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .tongues import ASIDE, LIST_KEYS, entries_of

Way = tuple[str, ...]
#: A value for each class in a file of shapes.
SAMPLES = {
    **{"int": 7, "decimal": "9.99", "ipv4": "192.0.2.99", "ipv6": "2001:db8::99", "email": "me@example.com"},
    **{"host name": "a.example.com", "uuid": "8c7e5a1e-0000-4000-8000-000000000000", "slug": "a-b", "word": "word"},
    **{"text": "some text", "html": "<b>x</b>", "empty": "", "bool": True, "null": None, "empty list": []},
}


@functools.lru_cache(maxsize=8)
def load(path: str) -> Portal:
    """The portal that a family file describes."""
    described = json.loads(Path(path).read_text(encoding="utf-8"))
    return Portal(described.get("dialect") or {}, described.get("shapes") or [])


class Portal:
    """A portal, by the dialect that its user wrote and the shapes of its answers."""

    def __init__(self, dialect: dict[str, Any], shapes: list[dict[str, Any]]):
        self.rules = [(" ".join(key.split()), rule) for key, rule in dialect.get("answers", {}).items()]
        self.shapes = {each["endpoint"]: each["shape"] for each in shapes}

    def says(self, payload: Any, method: str, route: str) -> Any:
        """The documented *payload* as this portal gives it."""
        plan = self._plan(f"{method} {route}")
        if isinstance(payload, dict) and payload.get("error"):
            error = payload["error"]
            return _refusal(plan, str(error[0] if isinstance(error, list) else error))
        answer = self._read(plan, payload, f"{method} {route}") if method == "GET" else _receipt(plan, payload)
        return _with_flags(answer, plan, refused=False, changes=method != "GET")

    def _plan(self, request: str) -> dict[str, Any]:
        """What the dialect says of a request: the most exact rule that says it counts."""
        plan: dict[str, Any] = {"each": {}, "beside": {}, "whole": None}
        fitting = [(len(key.replace("*", "")), key, rule) for key, rule in self.rules]
        for _exact, key, rule in sorted(fitting, key=lambda each: each[0]):
            if key != "*" and not fnmatch.fnmatchcase(request, key):
                continue
            for name, value in rule.items():
                if isinstance(value, dict):
                    plan[name].update(value)
                else:
                    plan["whole" if name == "each" else name] = value
        return plan

    def _read(self, plan: dict[str, Any], payload: Any, endpoint: str) -> dict[str, Any]:
        key = next((key for key in payload if key in LIST_KEYS), None) if isinstance(payload, dict) else None
        if key is not None and isinstance(payload[key], (dict, list)):
            items = entries_of(payload[key])
            value: Any = [_entry(plan, each) for each in items]
            count = payload.get("total", len(items))
        else:
            names = [name for name in payload if name not in ASIDE or isinstance(payload[name], dict)]
            key = names[0] if names else "status"
            value, count = payload.get(key), None
            value = _entry(plan, value) if isinstance(value, dict) else value
        rest = {name: part for name, part in payload.items() if name not in (key, *ASIDE)}
        where = _places(plan.get("at"), value, key)
        answer = _set({}, where, self._with_noise(plan, value, endpoint, where))
        for name, part in rest.items():
            way = _way(plan["beside"].get(name)) or (name,)
            _set(answer, way, [_entry(plan, each) for each in entries_of(part)] if isinstance(part, list) else part)
        if count is not None and (way := _way(plan["beside"].get("total"))):
            _set(answer, way, count)
        return answer

    def _with_noise(self, plan: dict[str, Any], value: Any, endpoint: str, where: Way) -> Any:
        """*value* with the keys that the portal has besides, by their shapes."""
        shape = self.shapes.get(endpoint, {})
        for key in where:
            shape = shape.get(key, {}) if isinstance(shape, dict) else {}
        shape = shape.get("<list>", shape) if isinstance(shape, dict) else {}
        noise = {key: _sample(part) for key, part in shape.items()} if isinstance(shape, dict) else {}
        named = {way[0] for way in map(_way, plan["each"].values()) if way}
        noise = {key: part for key, part in noise.items() if not key.startswith("<") and key not in named}
        if isinstance(value, list):
            return [{**noise, **each} if isinstance(each, dict) else each for each in value]
        return {**noise, **value} if isinstance(value, dict) else value


def _sample(shape: Any) -> Any:
    """A value of a class; of several, the first."""
    if isinstance(shape, dict):
        if "<list>" in shape:
            return [_sample(shape["<list>"])]
        return {key: _sample(part) for key, part in shape.items() if not key.startswith("<")}
    name = re.sub(r" \(.*", "", str(shape).partition(" | ")[0])
    return SAMPLES.get(name, "some text")


# -- one answer ------------------------------------------------------------------------------------------------------


def _entry(plan: dict[str, Any], entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    rest = dict(entry)
    made: dict[str, Any] = {}
    for key, text in plan["each"].items():
        inverse = _inverse(text)
        if key in rest and inverse:
            way, said = inverse
            value = rest.pop(key)
            _set(made, way, said(value) if isinstance(value, (str, int, float, bool)) else value)
    whole = re.fullmatch(
        r"dict\((\w+)((?:, *\w+ *= *[^,)]+)*)\)", str(plan["whole"] or "").replace(" | default(none)", "")
    )
    if whole:
        named = dict(re.findall(r"(\w+) *= *(\w+)", whole[2]))
        outside = {name: rest.pop(key) for key, name in named.items() if key in rest}
        return {**outside, whole[1]: {**rest, **made}}
    return {**rest, **made}


def _refusal(plan: dict[str, Any], text: str) -> dict[str, Any]:
    if "refused" not in plan:
        return {"error": [text]}
    answer = _with_flags({}, plan, refused=True, changes=False)
    return _set(answer, _way(plan.get("reason")) or ("message",), text)


def _receipt(plan: dict[str, Any], payload: Any) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    says = {key: value for key, value in payload.items() if key not in ("success", "status")}
    flags = {} if "done" in plan else {key: payload[key] for key in ("success", "status") if key in payload}
    for name, value in says.items():
        _set(answer, _way(plan["beside"].get(name)) or _way(plan.get("at")) or (name,), value)
    return {**answer, **flags}


def _with_flags(answer: dict[str, Any], plan: dict[str, Any], refused: bool, changes: bool) -> dict[str, Any]:
    conditions = [("done", True)] if changes else []
    for name, truth in (*conditions, ("refused", refused)):
        for way, value in _flags(_parsed(plan[name]), truth) if name in plan else ():
            if _get(answer, way) is None:
                _set(answer, way, value)
    return answer


# -- expressions -----------------------------------------------------------------------------------------------------


def _parsed(text: Any) -> Any:
    from jinja2 import Environment

    return Environment().parse("{{ (" + (text if isinstance(text, str) else json.dumps(text)) + ") }}").body[0].nodes[0]


def _way(text: Any) -> Way | None:
    inverse = _inverse(text) if text is not None else None
    return inverse[0] if inverse else None


def _inverse(text: Any) -> tuple[Way, Callable[[Any], Any]] | None:
    """Where an expression reads, and what makes of its value what stands there."""
    return _of(_parsed(text))


def _of(node: Any) -> tuple[Way, Callable[[Any], Any]] | None:
    kind = type(node).__name__
    if kind == "Name":
        return (() if node.name in ("item", "answer") else (node.name,)), lambda value: value
    if kind in ("Getattr", "Getitem"):
        above = _of(node.node)
        key = node.attr if kind == "Getattr" else getattr(node.arg, "value", None)
        return ((*above[0], str(key)), above[1]) if above and key is not None else None
    if kind == "Filter":
        return _of(node.node)
    if kind == "Call" and type(node.node).__name__ == "Getattr" and type(node.node.node).__name__ == "Dict":
        table = {pair.value.value: pair.key.value for pair in node.node.node.items}
        above = _of(node.args[0])
        return (above[0], lambda value: table.get(value, value)) if above else None
    factor = getattr(getattr(node, "right", None), "value", None)
    if kind in ("FloorDiv", "Div", "Mul") and isinstance(factor, (int, float)):
        above = _of(node.left)
        times = (lambda value: int(value) * factor) if kind != "Mul" else (lambda value: int(value) / factor)
        return (above[0], times) if above else None
    return None


def _places(text: Any, value: Any, key: str) -> Way:
    """Where a payload stands: of alternatives the first for a list, the last for an object."""
    if text is None:
        return (key,)
    node, ways = _parsed(text), []
    while type(node).__name__ == "Filter" and node.name in ("default", "d"):
        ways.append(node.args[0])
        node = node.node
    ways = [node, *reversed(ways)]
    chosen = ways[0] if isinstance(value, list) else ways[-1] if isinstance(value, dict) or len(ways) < 3 else ways[-2]
    inverse = _of(chosen)
    return inverse[0] if inverse else (key,)


def _flags(node: Any, truth: bool) -> list[tuple[Way, Any]]:
    """What must stand where for a condition to be so."""
    kind = type(node).__name__
    if kind == "Not":
        return _flags(node.node, not truth)
    if kind == "Test" and node.name == "defined":
        place = _of(node.node)
        return [(place[0], "x")] if place and truth else []
    if kind == "Compare" and node.ops[0].op in ("eq", "ne") and hasattr(node.ops[0].expr, "value"):
        place, is_equal = _of(node.expr), (node.ops[0].op == "eq") is truth
        return [(place[0], node.ops[0].expr.value if is_equal else "fine")] if place else []
    place = _of(node)
    return [(place[0], truth)] if place and place[0] else []


def _get(answer: Any, way: Way) -> Any:
    for key in way:
        answer = answer.get(key) if isinstance(answer, dict) else None
    return answer


def _set(answer: dict[str, Any], way: Way, value: Any) -> dict[str, Any]:
    """*answer* with *value* at *way*; at no way, what *value* has is in the answer itself."""
    if not way:
        answer.update(value if isinstance(value, dict) else {})
        return answer
    node = answer
    for key in way[:-1]:
        inner = node.get(key)
        if not isinstance(inner, dict):
            inner = node[key] = {}
        node = inner
    if isinstance(value, dict) and isinstance(node.get(way[-1]), dict):
        node[way[-1]] = {**node[way[-1]], **value}
    else:
        node[way[-1]] = value
    return answer
