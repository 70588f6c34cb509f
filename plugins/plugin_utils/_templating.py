# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text and expressions in the controller: what is a template, and how not to evaluate the same one twice."""

from __future__ import annotations

import pickle
import re

import jinja2
import jinja2.nodes
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.unsafe_proxy import wrap_var

try:
    from ansible.template import trust_as_template  # ansible-core 2.19 and newer: text is no template unless marked

    TEXT_IS_INERT = True
except ImportError:
    TEXT_IS_INERT = False


BRACES = re.compile(r"\{[{%#]")
#: What makes an expression give another answer for the same variables. Any other filter or test is a pure function;
#: filters and tests of collections (with dots in their names) are taken for impure.
IMPURE = re.compile(
    r"\b(lookup|query|q|now|random\w*|shuffle|undef|vars|hostvars|groups|group_names|environment|omit|namespace|cycler|joiner"
    r"|password_hash|vault|unvault|encrypt|uuid|ansible_date_time|strftime|to_uuid|fileglob|realpath|expanduser|expandvars"
    r"|varnames|lipsum|include|import|pipe"
    r"|(is_)?(file|dir|directory|exists|link|link_exists|mount|same_file))\b"
    r"|\|\s*\w+\.\w+|\bis\s+(not\s+)?\w+\.\w+|['\"]\w+\.\w+\.\w+['\"]"
)


def mark_unsafe(value):
    """*value* so that no ansible-core takes text in it for a template."""
    if TEXT_IS_INERT:
        return value
    if isinstance(value, str):
        return wrap_var(value) if BRACES.search(value) else value
    if isinstance(value, list):
        return [mark_unsafe(each) for each in value]
    return value


def mark_trusted(value):
    """Validated text that ``ansible-inventory --export`` shall print as a plain string: no free text, ever."""
    if not TEXT_IS_INERT:
        return value
    if isinstance(value, str):
        return trust_as_template(value)
    return [mark_trusted(each) for each in value] if isinstance(value, list) else value


class RememberingTemplar:
    """A Templar that evaluates an expression once for the same values of the variables in it.

    Ansible's Constructable compiles and evaluates every expression anew for every host, and that is most of its time.
    The answers are the same: an expression is only remembered if nothing but the variables that it names can change it.
    """

    def __init__(self, templar):
        self._templar = templar
        self._names = {}
        self._answers = {}

    def __getattr__(self, name):
        return getattr(self._templar, name)

    @property
    def available_variables(self):
        return self._templar.available_variables

    @available_variables.setter
    def available_variables(self, variables):
        self._templar.available_variables = variables

    def evaluate_expression(self, expression, **options):
        return self._remembered("expression", expression, options, self._templar.evaluate_expression)

    def evaluate_conditional(self, expression, **options):
        return self._remembered("conditional", expression, options, self._templar.evaluate_conditional)

    def template(self, text, **options):
        return self._remembered("template", text, options, self._templar.template)

    def holds(self, conditional):
        """Whether *conditional* is true; for every ansible-core."""
        if isinstance(conditional, bool):
            return conditional
        if hasattr(self._templar, "evaluate_conditional"):
            return self.evaluate_conditional(conditional)
        return boolean(self.template(f"{{% if {conditional} %}}True{{% else %}}False{{% endif %}}"))

    def _remembered(self, kind, text, options, evaluate):
        if not isinstance(text, str):
            return evaluate(text, **options)
        key = self._key(kind, text)
        if key is None:
            return evaluate(text, **options)
        if key not in self._answers:
            try:
                answer = evaluate(text, **options)
            except Exception as error:
                self._answers[key] = error
                raise
            if isinstance(answer, (list, dict)):
                return answer  # every host gets a container of its own
            self._answers[key] = answer
        answer = self._answers[key]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _key(self, kind, text):
        """What the answer depends on, or None if it cannot be told."""
        if (kind, text) not in self._names:
            self._names[kind, text] = _names_in(kind, text)
        names = self._names[kind, text]
        if names is None:
            return None
        variables = self._templar.available_variables
        try:
            # As bytes, for the types matter too: 1, 1.0 and True are equal, but not the same in a template.
            values = pickle.dumps([(name, variables[name]) for name in names if name in variables])
        except Exception:
            return None
        # A value that may itself be a template (an extra variable) depends on who knows what.
        return None if b"{{" in values or b"{%" in values else (kind, text, values)


def _names_in(kind, text):
    """The variables that *text* names, or None if something else can change its answer."""
    if IMPURE.search(text):
        return None
    source = text if kind == "template" else "{{ " + text + " }}"
    try:
        return sorted({node.name for node in _GRAMMAR.parse(source).find_all(jinja2.nodes.Name)})
    except jinja2.TemplateError:
        return None


_GRAMMAR = jinja2.Environment()
