# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A dialect as the option gives it: a mapping, or the path of a YAML or JSON file.

What a dialect needs besides this file, jinja2 above all, is only imported where there is one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import InvalidInput

if TYPE_CHECKING:
    from .dialect import Dialect

#: How large a file may be, in bytes.
MAX_BYTES = 1 << 20
#: How deep it may be nested; a dialect is no deeper than five.
MAX_DEPTH = 20


def opened(source: Mapping[str, Any] | str, api_url: str | None = None) -> Dialect:
    """Return the checked dialect that the option *source* means.

    :param api_url: the portal whose answers are to be translated; None if that is not known yet.
    :raises InvalidInput: naming what is wrong.
    """
    return _checked(*loaded(source), api_url)


def jinja2_error() -> str | None:
    """Return why jinja2 is missing, without which there is no dialect; None if it is there."""
    from .expressions import JINJA2_ERROR

    return JINJA2_ERROR


def read_dialect(source: Any) -> dict[str, Any]:
    """Return what the option *source* means, checked, as a mapping that can be handed to another machine.

    :raises InvalidInput: naming what is wrong.
    """
    return dict(opened(source).source)


def loaded(source: Any) -> tuple[Mapping[str, Any], str, str]:
    """Return the mapping, what it is called in messages, and the text of the file that it came from, if it did."""
    if isinstance(source, Mapping):
        return source, "dialect", ""
    if not isinstance(source, (str, os.PathLike)):
        raise InvalidInput("dialect must be a mapping, or the path of a YAML or JSON file.")
    path = os.path.abspath(os.path.expandvars(os.path.expanduser(str(source).strip())))
    text = _text(path)
    mapping = _parsed(path, text)
    if not isinstance(mapping, Mapping):
        raise InvalidInput(f"dialect {path}: it must be a mapping with answers.")
    return mapping, f"dialect {path}", text


def _checked(mapping: Mapping[str, Any], where: str, text: str, api_url: str | None) -> Dialect:
    if error := jinja2_error():
        raise InvalidInput(f"dialect: jinja2 is needed to translate what the portal answers ({error}).")
    from .dialect import Dialect
    from .dialect_rules import DialectError

    try:
        dialect = Dialect(mapping, where)
        if api_url is not None:
            dialect.rules.ensure_portal(api_url)
    except DialectError as wrong:
        line = _line_of(text, wrong.place)
        raise (DialectError(f"{where}, line {line}", wrong.place, wrong.why) if line else wrong) from None
    return dialect


def _text(path: str) -> str:
    if not os.path.isfile(path):
        raise InvalidInput(f"dialect: there is no file {path}.")
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidInput(f"dialect: {path} cannot be read: {error.strerror}.") from None
    if len(content) > MAX_BYTES:
        raise InvalidInput(f"dialect: {path} is larger than {MAX_BYTES >> 20} MB.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"dialect: {path} is not a text in UTF-8.") from None


def _parsed(path: str, text: str) -> Any:
    try:
        import yaml
    except ImportError:
        yaml = None  # type: ignore[assignment]
    try:
        return json.loads(text, object_pairs_hook=_once) if yaml is None or path.endswith(".json") else _yaml(text)
    except json.JSONDecodeError as error:
        hint = "" if yaml else ", and without PyYAML nothing else can be read"
        raise InvalidInput(
            f"dialect {path}, line {error.lineno}, column {error.colno}: it is not JSON{hint}."
        ) from None
    except RecursionError:
        raise InvalidInput(f"dialect {path}: it is nested too deeply.") from None
    except ValueError as error:
        raise InvalidInput(f"dialect {path}: {error}.") from None


def _yaml(text: str) -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):
        """One that takes no key twice."""

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            _once([(key.value, None) for key, _value in node.value if key.tag != "tag:yaml.org,2002:merge"])
            return super().construct_mapping(node, deep)

    try:
        depth = 0
        for event in yaml.parse(text, base):  # the C library does not survive what is nested without end
            begins = isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
            depth += begins - isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
            if depth > MAX_DEPTH:
                raise ValueError("it is nested too deeply")
        return yaml.load(text, Loader)  # a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ValueError(f"{place}it is not YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise ValueError(f"it is not YAML: {' '.join(str(error).split())}") from None


def _once(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    """Return the pairs of a mapping in which no key stands twice."""
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if str(key) in found:
            raise ValueError(f"{key} stands there twice")
        found[str(key)] = value
    return found


def _line_of(text: str, place: tuple[str, ...]) -> int | None:
    """Return the line of *text* in which the last key of *place* that it has stands; None if none can be given."""
    try:
        import yaml

        node, line = yaml.compose(text, yaml.SafeLoader) if text else None, None
    except (ImportError, ValueError, yaml.YAMLError):
        return None
    for key in place:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next(((each, value) for each, value in pairs if each.value == key), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line
