# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of a dialect: what a user wrote, checked, and which of it applies to a request."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import urlsplit

from ..errors import InvalidInput
from .documented import PAYLOADS
from .expressions import BadExpression, Expression

#: What a dialect holds, and what a rule holds; expressions, but for ``beside`` and ``each``, which hold some by key.
KEYS = ("portal", "answers")
RULE_KEYS = ("at", "beside", "each", "refused", "reason", "done")
#: How many expressions a dialect may have.
MAX_EXPRESSIONS = 5000
#: Applies to each request.
EVERY = "*"
#: What a draft has where its user is to decide.
OPEN = "?"


class DialectError(InvalidInput):
    """A dialect that cannot be used.

    :ivar place: the keys that lead to what is wrong in it.
    """

    def __init__(self, where: str, place: tuple[str, ...], why: str):
        spelt = ".".join(place)
        super().__init__(f"{where}: {f'{spelt} ' if spelt else 'it '}{why.rstrip('.')}.")
        self.where, self.place, self.why = where, place, why


@dataclass
class Plan:
    """What the rules that fit one request say together.

    :ivar each: by documented key, each with how exact its rule is. :ivar whole: the expression for whole entries,
        likewise. :ivar names: all names that these use.
    """

    at: Expression | None = None
    refused: Expression | None = None
    reason: Expression | None = None
    done: Expression | None = None
    beside: dict[str, Expression] = field(default_factory=dict)
    each: dict[str, tuple[int, Expression]] = field(default_factory=dict)
    whole: tuple[int, Expression] | None = None
    names: frozenset[str] = frozenset()

    @property
    def translates(self) -> bool:
        """Whether it says where something stands, besides what an answer means."""
        return bool(self.at or self.beside or self.each or self.whole)


@dataclass(frozen=True)
class Rule:
    """One entry of ``answers``; *exactness* counts the characters of *pattern* besides ``*``."""

    pattern: str
    exactness: int
    single: dict[str, Expression]
    beside: dict[str, Expression]
    each: dict[str, Expression]


class Rules:
    """A checked dialect.

    :ivar expressions: all of them. :raises InvalidInput: naming the first thing that is wrong.
    """

    def __init__(self, source: Any, where: str):
        self.where = where
        self.expressions: list[Expression] = []
        self._plans: dict[str, Plan] = {}
        self._check_keys((), source, KEYS)
        self.portal = source.get("portal")
        if "portal" in source and (not isinstance(self.portal, str) or not self.portal.strip()):
            self._fail(("portal",), "must be the api_url of a portal")
        answers = source.get("answers", {})
        if not isinstance(answers, Mapping):
            self._fail(("answers",), "must hold routes, each with its rule")
        self.rules = [self._rule(key, rule) for key, rule in answers.items()]

    def ensure_portal(self, api_url: str) -> None:
        """Refuse another portal than the one that the dialect names.

        :raises InvalidInput: naming both.
        """
        if self.portal and canonical_url(self.portal) != canonical_url(api_url):
            self._fail(("portal",), f"is {self.portal}, but api_url is {api_url}")

    def plan(self, request: str) -> Plan:
        """What applies to a *request*, such as ``GET /service/@id/vms``."""
        if request not in self._plans:
            fitting = [rule for rule in self.rules if fits(rule.pattern, request)]
            self._plans[request] = _together(sorted(fitting, key=lambda rule: rule.exactness))
        return self._plans[request]

    # -- checking ----------------------------------------------------------------------------------------------------

    def _rule(self, key: Any, source: Any) -> Rule:
        pattern = " ".join(str(key).split())
        method, _blank, route = pattern.partition(" ")
        pattern = f"{method.upper()} {route}" if route else method
        place = ("answers", str(key))
        if not any(fits(pattern, route) for route in PAYLOADS):
            known = [*PAYLOADS, EVERY]
            self._fail(place, f"is not a documented route. {nearest(pattern, known)}")
        self._check_keys(place, source, RULE_KEYS)
        single = {
            name: self._expression((*place, name), text)
            for name, text in source.items()
            if name not in ("beside", "each") or (name == "each" and not isinstance(text, Mapping))
        }
        beside, each = (self._named((*place, name), source.get(name)) for name in ("beside", "each"))
        return Rule(pattern, len(pattern.replace("*", "")), single, beside, each)

    def _named(self, place: tuple[str, ...], source: Any) -> dict[str, Expression]:
        """Expressions by documented key."""
        if not isinstance(source, Mapping):
            if source is not None and place[-1] == "beside":
                self._fail(place, "must hold expressions by documented key")
            return {}
        return {str(name): self._expression((*place, str(name)), text) for name, text in source.items()}

    def _expression(self, place: tuple[str, ...], source: Any) -> Expression:
        if isinstance(source, bool):
            source = str(source).lower()
        if isinstance(source, (int, float)):
            source = str(source)
        if not isinstance(source, str):
            self._fail(
                place, "must be an expression" if source is not None else "is empty: write an expression, or none"
            )
        if source.strip() == OPEN:
            self._fail(place, f'is still "{OPEN}": write an expression, or remove it')
        if len(self.expressions) >= MAX_EXPRESSIONS:
            self._fail(place, f"is one expression too many: there may be {MAX_EXPRESSIONS}")
        try:
            self.expressions.append(Expression(source))
        except BadExpression as error:
            at = f"line {error.line}, column {error.column} of {source[:200]!r}"
            self._fail(place, f"is not an expression: {error} (at {at})")
        return self.expressions[-1]

    def _check_keys(self, place: tuple[str, ...], source: Any, known: tuple[str, ...]) -> None:
        if not isinstance(source, Mapping):
            self._fail(place, f"must be a mapping with {', '.join(known)}")
        for key in source:
            if key not in known:
                self._fail((*place, str(key)), f"is not a known key. {nearest(str(key), known)}")

    def _fail(self, place: tuple[str, ...], why: str) -> NoReturn:
        raise DialectError(self.where, place, why)


def nearest(word: str, known: Iterable[str]) -> str:
    """What may have been meant by a *word* that is none of those *known*."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(list(known)[:10])}"


def fits(pattern: str, request: str) -> bool:
    """Whether a *pattern*, in which ``*`` stands for anything, is one of *request*; the names of ids do not matter."""
    first, *rest = _without_names(pattern).split("*")
    text = _without_names(request)
    if not rest:
        return text == first
    if not text.startswith(first):
        return False
    place = len(first)
    for part in rest[:-1]:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return len(text) - len(rest[-1]) >= place and text.endswith(rest[-1])


def _without_names(route: str) -> str:
    return re.sub(r"@\w+", "@", route)


def canonical_url(address: str) -> str:
    """An address of a portal, so that two that mean the same are equal."""
    text = str(address).strip().rstrip("/")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    usual = {"https": 443, "http": 80}.get(parts.scheme.lower())
    host = (parts.hostname or "").rstrip(".")
    return f"{parts.scheme.lower()}://{host}:{port or usual}{parts.path}"


def _together(rules: Iterable[Rule]) -> Plan:
    """All *rules* that fit a request, the most exact last: of two that say the same, it counts."""
    plan = Plan()
    for rule in rules:
        for name, expression in rule.single.items():
            if name == "each":
                plan.whole = (rule.exactness, expression)
            else:
                setattr(plan, name, expression)
        plan.beside.update(rule.beside)
        plan.each.update({key: (rule.exactness, expression) for key, expression in rule.each.items()})
    plan.names = frozenset(name for expression in _of_entries(plan) for name in expression.names)
    return plan


def _of_entries(plan: Plan) -> Iterator[Expression]:
    yield from (expression for _exactness, expression in plan.each.values())
    if plan.whole:
        yield plan.whole[1]
