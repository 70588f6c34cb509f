# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation that a portal publishes of itself, as Swagger 2.0 [V]: its routes, and the fields that they take.

It is public and stands beside the API. A portal that has none, or answers with a page, is as good as any.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from .._core.errors import SindadError
from .._core.http.client import Client
from .._core.http.request import Request
from .._core.reading.text import printable
from .._core.response.documented import PAYLOADS
from .._service.routes import shape

QUERY = {"action": "swagger", "cmd": "userapi"}
#: The most bytes that are read, the most seconds that are waited, and what is reported of it at most.
MOST_BYTES, MOST_SECONDS = 4 << 20, 10.0
MOST_ROUTES, MOST_FIELDS, LONGEST_TEXT = 500, 1000, 120
_METHODS = ("get", "post", "put", "delete", "patch")


def read_documentation(client: Client, transport: Any) -> dict[str, Any] | None:
    """GET the documentation beside the API of *client*, without its login; None where there is none.

    :param transport: the way to the portal; one without ``beside`` reaches nothing but the API.
    """
    base = client.url.rstrip("/").removesuffix("/api")
    if not hasattr(transport, "beside"):
        return None
    try:
        reader = Client(
            base,
            timeout=min(client.timeout, MOST_SECONDS),
            retries=0,
            transport=transport.beside(base),
            clock=client.clock,
            max_bytes=MOST_BYTES,
        )
        reader.on_exchange = client.on_exchange
        found = reader.send(Request("GET", "/", query=QUERY), login=False)
    except SindadError:
        return None
    return to_documentation(found, f"{base}/?action=swagger&cmd=userapi")


def to_documentation(source: Any, url: str) -> dict[str, Any] | None:
    """What a Swagger document says, and where it differs from the documentation that this collection is made from."""
    if not isinstance(source, dict) or not isinstance(source.get("paths"), dict):
        return None
    operations = list(islice(_operations(source), MOST_ROUTES))
    routes = sorted({route for route, _parameters in operations})
    shapes = {_shape(route) for route in routes}
    documented = {_shape(route) for route in PAYLOADS}
    info = source["info"] if isinstance(source.get("info"), dict) else {}
    fields = [field for route, parameters in operations for field in _fields(route, parameters, source)]
    return {
        "url": url,
        "title": _text(info.get("title")),
        "version": _text(info.get("version")),
        "routes": routes,
        "additional": [route for route in routes if _shape(route) not in documented],
        "missing": sorted(route for route in PAYLOADS if _shape(route) not in shapes),
        "fields": fields[:MOST_FIELDS],
    }


def _operations(source: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Each route, such as ``GET /service/@id``, with its parameters."""
    for path, methods in source["paths"].items():
        if not isinstance(methods, dict):
            continue
        route = _route(str(path))
        shared = methods.get("parameters")
        for method, operation in methods.items():
            if str(method).lower() in _METHODS and isinstance(operation, dict):
                lists = [each for each in (shared, operation.get("parameters")) if isinstance(each, list)]
                yield f"{str(method).upper()} {route}", [each for listed in lists for each in listed]


def _route(path: str) -> str:
    """A path as the documentation writes it: ``/service/{id}`` is ``/service/@id``."""
    parts = path.partition("?")[0].removeprefix("/api").strip("/").split("/")
    named = [f"@{part.strip('{}')}" if part.startswith(("{", "$", ":")) else part for part in parts]
    return printable("/" + "/".join(named))[:LONGEST_TEXT]


def _shape(route: str) -> tuple[str, ...]:
    method, _blank, path = route.partition(" ")
    return method, *shape(path)


def _fields(route: str, parameters: list[Any], source: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a request takes besides the ids in its path."""
    for each in parameters:
        each = _resolved(each, source)
        schema = _resolved(each.get("schema"), source)
        inner = schema.get("properties")
        if isinstance(inner, dict):
            needed = schema["required"] if isinstance(schema.get("required"), list) else []
            for name, field in inner.items():
                yield _field(route, name, _resolved(field, source), name in needed)
        elif each.get("in") != "path" and isinstance(each.get("name"), str):
            yield _field(route, each["name"], {**schema, **each}, each.get("required") is True)


def _resolved(value: Any, source: dict[str, Any]) -> dict[str, Any]:
    """*value*, or what it refers to in this document; {} for what is neither. References are followed once."""
    reference = value.get("$ref") if isinstance(value, dict) else None
    if isinstance(reference, str) and reference.startswith("#/"):
        value = source
        for part in reference[2:].split("/")[:8]:
            value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _field(route: str, name: str, field: dict[str, Any], required: bool) -> dict[str, Any]:
    choices = field["enum"] if isinstance(field.get("enum"), list) else []
    return {
        "route": route,
        "name": _text(name),
        "title": _text(field.get("title")) or _text(field.get("description")),
        "type": _text(field.get("type")),
        "required": required,
        "choices": [_text(each) for each in choices[:100]],
    }


def _text(value: Any) -> str | None:
    """A text on one line; None for what is none."""
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    return " ".join(printable(value).split())[:LONGEST_TEXT] or None
