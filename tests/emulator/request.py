# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request: what came over the wire, and its parameters as PHP reads them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from .options import Options
from .routing import Endpoint, router

BASE = "/api"
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


@dataclass(slots=True)
class Request:
    """A request and the line of the log that it has."""

    method: str
    path: str
    query: dict[str, str]
    parameters: dict[str, Any]  # of the query, with names in brackets read
    headers: dict[str, str]
    found: tuple[Endpoint, dict[str, str]] | None
    body: dict[str, Any] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The path without the base."""
        return self.path[len(BASE) :] if self.path.startswith(BASE + "/") else self.path

    @property
    def route(self) -> str:
        return self.found[0].route if self.found else ""

    @property
    def address(self) -> str:
        """The URL as the client wrote it, without the query."""
        return f"http://{self.headers.get('host', '')}{self.path}"


def of_scope(scope: Any, options: Options) -> Request:
    path = scope["raw_path"].decode("ascii", "replace").partition("?")[0]
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    request = Request(scope["method"], path, dict(pairs), php_parameters(pairs), headers, None)
    if path.startswith(BASE + "/") or path == BASE:
        segments = [unquote(one) for one in request.short.strip("/").split("/")]
        request.found = router(options.profile, options.more_endpoints).find(request.method, segments)
    return request


async def read_body(receive: Any, content_type: str) -> tuple[dict[str, Any], Any]:
    """The parameters of the body, and what to log of it. What is no JSON object gives no parameters."""
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    raw = b"".join(parts)
    if not raw:
        return {}, None
    text = raw.decode("utf-8", "replace")
    if content_type.startswith("application/x-www-form-urlencoded"):
        form = php_parameters(parse_qsl(text, keep_blank_values=True))
        return form, form
    try:
        value = json.loads(text) if content_type.startswith("application/json") else None
    except ValueError:
        value = None
    if value is None:
        return {}, text
    return (value if isinstance(value, dict) else {}), value


def php_parameters(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a=1`, `a[x][y]=1` and `a[]=1` as PHP reads them; the last of one name wins."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        first, keys = name.partition("[")[0], _BRACKETS.findall(name)
        if not first or not keys:
            found[name] = value
            continue
        node = found
        for key in [first, *keys[:-1]]:
            inner = node.get(key)
            if not isinstance(inner, dict):
                inner = node[key] = {}
            node = inner
        node[keys[-1] or str(len(node))] = value
    return {name: _listed(value) for name, value in found.items()}


def _listed(value: Any) -> Any:
    """An array whose keys count from 0 is a list."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(one) for key, one in value.items()}
    return list(inner.values()) if list(inner) == [str(place) for place in range(len(inner))] else inner
