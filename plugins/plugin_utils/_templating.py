# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text and expressions in the controller: what is a template, and how not to evaluate the same one twice."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.sindad.cloud.plugins.plugin_utils._purity import GLOBALS, variables_of

try:
    from ansible.template import trust_as_template  # ansible-core 2.19 and newer: text is no template unless marked

    TEXT_IS_INERT = True
except ImportError:
    TEXT_IS_INERT = False


BRACES = re.compile(r"\{[{%#]")
#: What no user can change after it was made; the rest is made anew for each host.
IMMUTABLE = (str, int, float, type(None))


def mark_unsafe(value: Any) -> Any:
    """*value* so that no ansible-core takes text in it for a template."""
    if TEXT_IS_INERT:
        return value
    if isinstance(value, str):
        return wrap_var(value) if BRACES.search(value) else value
    if isinstance(value, list):
        return [mark_unsafe(each) for each in value]
    return value


def mark_trusted(value: Any) -> Any:
    """Validated text that ``ansible-inventory --export`` shall print as a plain string: no free text, ever."""
    if not TEXT_IS_INERT:
        return value
    if isinstance(value, str):
        return trust_as_template(value)
    return [mark_trusted(each) for each in value] if isinstance(value, list) else value


class RememberingTemplar:
    """A Templar that evaluates an expression once for the same values of the variables in it.

    Ansible's Constructable compiles and evaluates every expression anew for every host, and that is most of its time.
    The answers are the same: an expression is remembered only if nothing but the variables that it names can change it.
    """

    def __init__(self, templar: Any) -> None:
        self._templar = templar
        self._names: dict[tuple[str, str], list[str] | None] = {}
        self._answers: dict[tuple[str, str, bytes], Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._templar, name)

    @property
    def available_variables(self) -> Mapping[str, Any]:
        return self._templar.available_variables

    @available_variables.setter
    def available_variables(self, variables: Mapping[str, Any]) -> None:
        self._templar.available_variables = variables

    def evaluate_expression(self, expression: Any, **options: Any) -> Any:
        return self._remembered("expression", expression, options, self._templar.evaluate_expression)

    def evaluate_conditional(self, expression: Any, **options: Any) -> Any:
        return self._remembered("conditional", expression, options, self._templar.evaluate_conditional)

    def template(self, text: Any, **options: Any) -> Any:
        return self._remembered("template", text, options, self._templar.template)

    def holds(self, conditional: Any) -> bool:
        """Whether *conditional* is true; for every ansible-core."""
        if isinstance(conditional, bool):
            return conditional
        if hasattr(self._templar, "evaluate_conditional"):
            return self.evaluate_conditional(conditional)
        return boolean(self.template(f"{{% if {conditional} %}}True{{% else %}}False{{% endif %}}"))

    def _remembered(self, kind: str, text: Any, options: Mapping[str, Any], evaluate: Callable[..., Any]) -> Any:
        key = self._key(kind, text) if isinstance(text, str) else None
        if key is None:
            return evaluate(text, **options)
        if key not in self._answers:
            try:
                answer = evaluate(text, **options)
            except Exception as error:
                self._answers[key] = error
                raise
            if not isinstance(answer, IMMUTABLE):
                return answer
            self._answers[key] = answer
        answer = self._answers[key]
        if isinstance(answer, Exception):
            raise answer.with_traceback(None)
        return answer

    def _key(self, kind: str, text: str) -> tuple[str, str, bytes] | None:
        """What the answer depends on, or None if that is not known."""
        if (kind, text) not in self._names:
            self._names[kind, text] = variables_of(text if kind == "template" else "{{ " + text + " }}")
        names = self._names[kind, text]
        variables = self._templar.available_variables
        if names is None or not all(name in variables or name in GLOBALS for name in names):
            return None  # what is no variable may be anything: a lookup, the time
        try:
            # As bytes, for the types matter too: 1, 1.0 and True are equal, but not the same in a template.
            values = pickle.dumps([(name, variables[name]) for name in names if name in variables])
        except Exception:
            return None
        # A value that may itself be a template (an extra variable) depends on who knows what.
        return None if b"{{" in values or b"{%" in values else (kind, text, values)
