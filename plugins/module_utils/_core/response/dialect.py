# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a portal answers, in the words of another: a dialect names its keys and words by those of the documentation.

An answer is translated between its decoding and every reader, in one place: :meth:`Dialect.read`. What is translated is
read by the ordinary readers, so a dialect names things, and makes nothing safe that is unknown.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import DecodingError, PortalError, UnclearResponse, UnexpectedResponse
from ..http.request import Request
from .dialect_rules import Plan, Rules
from .documented import PAYLOADS, Payload
from .expressions import UNDEFINED, Expression, ExpressionFailed, begin_answer, follow_path
from .payload import count_of, is_collection, larger_total, locate, paging_around, with_value, without_values
from .redaction import secrets_in, shape_of
from .response import OUTCOME_UNKNOWN, Response
from .secret_names import is_secret
from .verdict import texts

Names = dict[str, Any]
#: How many keys of an answer an error lists.
MAX_KEYS = 20


class DialectFailed(UnexpectedResponse):
    """An expression that has no value for what was read."""

    def __init__(self, message: str):
        super(UnexpectedResponse, self).__init__(message)


@dataclass(frozen=True)
class Ruling:
    """What a dialect says that an answer means; None where it does not say.

    :ivar reasons: of a refusal.
    """

    refused: bool | None = None
    done: bool | None = None
    reasons: tuple[str, ...] = ()


class Dialect:
    """The dialect of one portal. Safe for threads.

    :param source: the mapping that a user wrote. :param where: what it is called in messages.
    :raises InvalidInput: if it holds what is not known, or an expression that does not parse.
    """

    def __init__(self, source: Mapping[str, Any], where: str = "dialect"):
        self.source = source
        self.rules = Rules(source, where)

    @property
    def unused(self) -> list[str]:
        """The expressions that were evaluated, and undefined every time."""
        used = {each.text for each in self.rules.expressions if each.defined}
        asked = dict.fromkeys(each.text for each in self.rules.expressions if each.evaluated)
        return [text for text in asked if text not in used]

    def read(
        self,
        response: Response,
        answer: Any,
        accept: Iterable[str] = (),
        own_status: bool = False,
        changes: bool = False,
        learn: Callable[[Any], None] = lambda answer: None,
    ) -> tuple[Any, bool]:
        """Return the translated *answer*, and whether the portal did what was asked: see :meth:`Response.check`.

        :param changes: whether something was to be changed: an answer that cannot be translated then means neither yes
            nor no.
        :param learn: is given the translated answer before anything is said of it: it may name secrets.
        :raises PortalError: if the portal refused, in the words of the dialect or in its own.
        :raises DialectFailed: if an expression has no value for what was read.
        """
        try:
            return self._read(response, answer, tuple(accept), own_status, changes, learn)
        except ExpressionFailed as error:
            route = f"{response.request.method} {response.request.route}"
            message = f"The dialect cannot translate the answer to {route}: {error}."
            if not changes:
                raise DialectFailed(response.redact(message)) from None
            message = response.redact(message + OUTCOME_UNKNOWN)
            raise UnclearResponse(message, response.request, (), response.status, outcome_unknown=True) from None

    def _read(
        self,
        response: Response,
        answer: Any,
        accept: tuple[str, ...],
        own_status: bool,
        changes: bool,
        learn: Callable[[Any], None],
    ) -> tuple[Any, bool]:
        plan = self._plan(response.request)
        begin_answer()
        ruling = _ruling(plan, _names(answer, "answer"), changes)
        if ruling.refused:
            if ruling.reasons and all(code in accept for code in ruling.reasons):
                return answer, False
            raise response.refusal(ruling.reasons, answer)
        has_flags = ruling.refused is None and not ruling.done
        said = [_said(response, answer, accept, own_status, has_flags, changes)]
        if False in said:
            return answer, False
        translated = self._translated(plan, response.request, answer)
        learn(translated)
        said.append(_said(response, translated, accept, own_status, has_flags, changes))
        if not changes or ruling.done or (ruling.done is None and True in said):
            return translated, True
        raise response.unclear(answer)

    def shape(self, request: Request, answer: Any) -> str:
        """Return the shape, for ``-vvvv``, of the *answer* to *request* as the readers get it."""
        begin_answer()
        try:
            return shape_of(self._translated(self._plan(request), request, answer))
        except ExpressionFailed:
            return "not translated"

    def ensure_not_refused(self, response: Response) -> None:
        """Raise the refusal that came in the words of the dialect where a file was asked for."""
        if "Content-Disposition" in response.raw.headers:
            return
        with contextlib.suppress(DecodingError, ExpressionFailed):
            answer = response.json()
            ruling = _ruling(self._plan(response.request), _names(answer, "answer"), changes=False)
            if ruling.refused:
                raise response.refusal(ruling.reasons, answer)

    def _plan(self, request: Request) -> Plan:
        return self.rules.plan(f"{request.method} {request.route}")

    # -- where things stand ------------------------------------------------------------------------------------------

    def _translated(self, plan: Plan, request: Request, answer: Any) -> Any:
        if not plan.translates:
            return answer
        payload = PAYLOADS.get(f"{request.method} {request.route}", Payload())
        names = _names(answer, "answer")
        found = _value(plan.at, names)
        beside = {key: _beside(plan, value) for key, value in _values(plan.beside, names).items()}
        if found is UNDEFINED:
            return _in_place(plan, payload, answer, beside)
        entries = _entries(plan, found, payload.is_list)
        if not payload.keys:
            return {**entries, **beside} if isinstance(entries, dict) else beside or entries
        around = paging_around(answer, found, beside) if payload.is_list else {}
        return {**_total(around, entries, beside), **beside, **around, payload.keys[0]: entries}


def _in_place(plan: Plan, payload: Payload, answer: Any, beside: dict[str, Any]) -> Any:
    """The answer with its entries translated where the readers look for them."""
    path = locate(answer, payload)
    body = answer
    total: dict[str, Any] = {}
    if path is not None:
        found = follow_path(answer, path)
        body = with_value(answer, path, _entries(plan, found, payload.is_list))
        total = _total(paging_around(answer, found, beside), found, beside) if payload.is_list else {}
    if not beside and not (total and isinstance(body, dict)):
        return body
    if not isinstance(body, dict):
        body = {payload.keys[0]: body} if payload.keys else {}
    return {**total, **beside, **{key: value for key, value in body.items() if key not in (*total, *beside)}}


def _total(around: dict[str, Any], entries: Any, beside: dict[str, Any]) -> dict[str, Any]:
    """How long the list is, if something around it says so and the dialect does not."""
    number = None if {"total", "next"} & set(beside) else larger_total(around, count_of(entries))
    return {} if number is None else {"total": number}


def _beside(plan: Plan, value: Any) -> Any:
    """A value beside the payload; the entries of a list are translated like those of the payload."""
    is_list = isinstance(value, list) or (isinstance(value, dict) and is_collection(value, False))
    return _entries(plan, value, True) if value and is_list else value


def _entries(plan: Plan, value: Any, is_list: bool) -> Any:
    """The payload with each of its entries translated."""
    if value in (None, "", [], {}) or not (plan.each or plan.whole):
        return value
    if isinstance(value, list):
        return [_entry(plan, each) for each in value]
    if isinstance(value, dict) and is_collection(value, is_list, plan.names):
        translate = functools.partial(_entries, plan, is_list=True)
        return {key: translate(each) if isinstance(each, list) else _entry(plan, each) for key, each in value.items()}
    return _entry(plan, value)


def _entry(plan: Plan, entry: Any) -> Any:
    """One entry: the expression for the whole of it, then those for its keys; what they do not name stays."""
    names = _names(entry, "item")
    base, exactness = entry, -1
    if plan.whole:
        whole = _value(plan.whole[1], names)
        if whole is not UNDEFINED:
            base, exactness = whole, plan.whole[0]
            names = {**names, **_names(base, "item")}
    made = set(base) if exactness >= 0 and isinstance(base, dict) else ()
    asked = {key: each for key, (exact, each) in plan.each.items() if exact >= exactness or key not in made}
    found = _values(asked, names)
    if not found:
        return base
    secrets = set(secrets_in({key: value for key, value in found.items() if is_secret(key)}))
    if isinstance(base, dict):
        return {**(without_values(base, secrets) if secrets else base), **found}
    return found


# -- what it means ---------------------------------------------------------------------------------------------------


def _ruling(plan: Plan, names: Names, changes: bool) -> Ruling:
    refused, done = _truth(plan.refused, names), _truth(plan.done, names) if changes else None
    reason = _value(plan.reason, names) if refused else UNDEFINED
    return Ruling(refused, done, () if reason is UNDEFINED else tuple(texts(reason)))


def _truth(expression: Expression | None, names: Names) -> bool | None:
    value = _value(expression, names)
    return None if value is UNDEFINED else bool(value)


def _said(
    response: Response, answer: Any, accept: tuple[str, ...], own_status: bool, has_flags: bool, changes: bool
) -> bool | None:
    """What an answer says of itself: True for done, False for an accepted error, None for neither.

    :param has_flags: whether its own flags are asked; where they are not, only the status of HTTP can refuse.
    """
    try:
        return response.check(answer, accept, own_status, changes)
    except UnclearResponse:
        return None
    except PortalError:
        if has_flags or response.status >= 400:
            raise
        return None


# -- expressions -----------------------------------------------------------------------------------------------------


def _names(value: Any, whole: str) -> Names:
    """The names that an expression may use: the keys of an object, and *whole* for all of it."""
    return {**value, whole: value} if isinstance(value, dict) else {whole: value}


def _values(expressions: Mapping[str, Expression], names: Names) -> dict[str, Any]:
    found = {key: _value(each, names) for key, each in expressions.items()}
    return {key: value for key, value in found.items() if value is not UNDEFINED}


def _value(expression: Expression | None, names: Names) -> Any:
    if expression is None:
        return UNDEFINED
    try:
        return expression.value(names)
    except ExpressionFailed as error:
        there = ", ".join(str(key) for key in list(names)[:MAX_KEYS])
        raise ExpressionFailed(f"{expression.text}: {error}. Keys that are there: {there}") from None
