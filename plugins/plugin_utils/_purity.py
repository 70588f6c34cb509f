# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which expressions give the same answer for the same variables, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import jinja2
from ansible.plugins.loader import filter_loader, test_loader
from jinja2 import nodes


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Filters of Jinja and ansible.builtin that look at nothing but their arguments and change none of them. Left out: what
#: asks for the time, chance, a salt, a file or the environment (strftime, random, password_hash, fileglob, expandvars,
#: relpath), and what an object decides (attr, xmlattr).
FILTERS = _words(
    """
    abs b64decode b64encode basename batch bool capitalize center checksum combinations combine comment commonpath
    count d default dict2items dictsort difference dirname e escape extract filesizeformat first flatten float
    forceescape format from_json from_yaml from_yaml_all groupby hash human_readable human_to_bytes indent int
    intersect items items2dict join last length list log lower mandatory map max md5 min normpath path_join
    permutations pow pprint product quote regex_escape regex_findall regex_replace regex_search reject rejectattr
    rekey_on_member replace reverse root round select selectattr sha1 slice sort split splitext string striptags
    subelements sum symmetric_difference ternary title to_datetime to_json to_nice_json to_nice_yaml to_uuid to_yaml
    tojson trim truncate type_debug union unique upper urldecode urlencode urlsplit win_basename win_dirname
    win_splitdrive wordcount wordwrap zip zip_longest
    """
)
#: Tests, by the same rule. Left out: those that look at the file system (file, exists, mount, ...), and at a task.
TESTS = _words(
    """
    != < <= == > >= abs all any boolean contains defined divisibleby eq equalto even falsy false float ge greaterthan gt
    in integer is_abs isnan issubset issuperset iterable le lessthan lower lt mapping match nan ne none number odd regex
    sameas search sequence string subset superset true truthy undefined upper uri url urn version version_compare
    """
)
#: Methods of texts, lists and dicts that change nothing.
METHODS = _words(
    """
    capitalize casefold count endswith find get index isalnum isalpha isdecimal isdigit islower isnumeric isupper items
    join keys lower lstrip partition removeprefix removesuffix replace rfind rpartition rsplit rstrip split splitlines
    startswith strip swapcase title upper values zfill
    """
)
GLOBALS = _words("dict range")
#: These take the name of a filter or of a test: where it stands among their arguments.
TAKES_FILTER = {"map": 0}
TAKES_TEST = {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}
#: What an expression may consist of besides calls, filters and tests. Loops, macros and includes are not known.
PLAIN_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem),
    *(nodes.Slice, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.CondExpr, nodes.If),
    *(nodes.Compare, nodes.Operand, nodes.Concat, nodes.BinExpr, nodes.UnaryExpr),
)

_GRAMMAR = jinja2.Environment()


def variables_of(template: str) -> list[str] | None:
    """The names that decide what *template* gives, or None if anything else may decide it too.

    Every filter, test and call in it must be known, and be Ansible's own: a user may have put another in its place.
    """
    if template.startswith("#jinja2:"):
        return None  # it brings a grammar of its own
    try:
        tree = _GRAMMAR.parse(template)
    except jinja2.TemplateError:
        return None
    if not all(_is_pure(node) for node in tree.find_all(nodes.Node)):
        return None
    return sorted({node.name for node in tree.find_all(nodes.Name)})


def _is_pure(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Filter):
        return _is_pure_filter(node.name) and _names_pure(node)
    if isinstance(node, nodes.Test):
        return _is_pure_test(node.name)
    if isinstance(node, nodes.Call):
        return _is_pure_call(node)
    return isinstance(node, PLAIN_NODES)


def _is_pure_call(call: nodes.Call) -> bool:
    if isinstance(call.node, nodes.Name):
        return call.node.name in GLOBALS
    return isinstance(call.node, nodes.Getattr) and call.node.attr in METHODS


def _names_pure(node: nodes.Filter) -> bool:
    """Whether the filter or test that *node* names in its arguments is pure; it must be written there as it is."""
    name = _plain(node.name)
    if name in TAKES_FILTER:
        return all(map(_is_pure_filter, _named(node, TAKES_FILTER[name])))
    if name in TAKES_TEST:
        return all(map(_is_pure_test, _named(node, TAKES_TEST[name])))
    return True


def _named(node: nodes.Filter, place: int) -> Iterable[Any]:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return [None]
    return [each.value if isinstance(each, nodes.Const) else None for each in node.args[place : place + 1]]


def _is_pure_filter(name: Any) -> bool:
    return isinstance(name, str) and _plain(name) in FILTERS and _is_ansibles(filter_loader, name)


def _is_pure_test(name: Any) -> bool:
    return isinstance(name, str) and _plain(name) in TESTS and _is_ansibles(test_loader, name)


def _plain(name: str) -> str:
    return name.removeprefix("ansible.builtin.")


def _is_ansibles(loader: Any, name: str) -> bool:
    """Whether *name* is what Ansible or Jinja brings; Jinja's own are known to no loader."""
    try:
        plugin = loader.get(name)
    except Exception:
        return False
    return plugin is None or str(plugin.ansible_name).startswith("ansible.builtin.")
