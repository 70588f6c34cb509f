# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documented endpoints, which handler answers each, and how a path finds its endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("endpoints.tsv")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One line of endpoints.tsv."""

    section: str
    method: str
    route: str
    title: str
    parameters: str
    portals: tuple[str, ...]


# Endpoints that no table documents. Options switch them on.
REBUILD_LIST = Endpoint(
    "Services", "GET", "/service/@id/vms/@vmid/rebuild", "List templates for rebuild", "", ("sindad", "royaserver")
)
SECOND_FACTOR = Endpoint("Clientarea", "POST", "/mfa/verify", "Second factor", "", ("sindad", "royaserver"))

HANDLERS: dict[tuple[str, str], Callable[[Any], Any]] = {}


def endpoint(method: str, route: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Mark a function as the handler of an endpoint."""

    def mark(handler: Callable[[Any], Any]) -> Callable[[Any], Any]:
        HANDLERS[method, route] = handler
        return handler

    return mark


@cache
def endpoints(profile: str) -> tuple[Endpoint, ...]:
    """The endpoints of one portal."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        section, method, route, title, parameters, portals = line.split("\t")
        if profile in portals.split():
            found.append(Endpoint(section, method, route, title, parameters, tuple(portals.split())))
    return tuple(found)


class Router:
    """A tree of path segments; a fixed word is preferred to a parameter."""

    def __init__(self, table: Iterable[Endpoint]) -> None:
        self._root: dict[str, Any] = {}
        for one in table:
            node = self._root
            for segment in one.route.strip("/").split("/"):
                key = "@" if segment.startswith("@") else segment
                node = node.setdefault(key, {})
            names = [segment[1:] for segment in one.route.split("/") if segment.startswith("@")]
            node.setdefault("/", {})[one.method] = (one, names)

    def find(self, method: str, segments: list[str]) -> tuple[Endpoint, dict[str, str]] | None:
        """The endpoint of a path and the values of its parameters."""
        return self._walk(self._root, method, segments, 0, [])

    def _walk(
        self, node: dict[str, Any], method: str, segments: list[str], depth: int, values: list[str]
    ) -> tuple[Endpoint, dict[str, str]] | None:
        if depth == len(segments):
            leaf = node.get("/", {}).get(method)
            return (leaf[0], dict(zip(leaf[1], values))) if leaf else None
        segment = segments[depth]
        if segment in node and segment not in ("/", "@"):
            found = self._walk(node[segment], method, segments, depth + 1, values)
            if found:
                return found
        if "@" in node and segment:
            return self._walk(node["@"], method, segments, depth + 1, [*values, segment])
        return None


@cache
def router(profile: str, more: tuple[Endpoint, ...] = ()) -> Router:
    """The router of a portal that has these endpoints besides."""
    return Router([*endpoints(profile), *(one for one in more if profile in one.portals)])
