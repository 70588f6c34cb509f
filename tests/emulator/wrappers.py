# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a portal may put around its payload, and inside of its lists."""

from __future__ import annotations

from typing import Any

from .pages import BESIDE, LISTS


def wrapped(payload: Any, form: str) -> Any:
    """The payload under `data`, in the form data, code or list."""
    if form == "list":
        return [payload]
    inner, beside = payload, {}
    if isinstance(payload, dict):
        inner = {name: value for name, value in payload.items() if name not in BESIDE} or []
        beside = {name: value for name, value in payload.items() if name in BESIDE}
    if form == "data":
        return {"data": inner, "error": [], "info": [], **beside}
    error = beside.pop("error", None)
    if error:
        text = error if isinstance(error, str) else str(error[0])
        return {"code": 422, "message": text, "data": None}
    return {"code": 200, "message": "OK", "data": inner, **beside}


def nested(payload: dict[str, Any], route: str, form: str) -> dict[str, Any]:
    """The entries of a list each under its kind (entries), or a list of templates in groups (groups)."""
    key = LISTS.get(route, "")
    items = payload.get(key)
    if not items or not isinstance(items, (list, dict)):
        return payload
    if form == "groups":
        return {**payload, key: _groups(items)} if key == "templates" else payload
    kind = "status" if key == "statuses" else key[:-1]
    if isinstance(items, dict):
        return {**payload, key: {one: {kind: entry} for one, entry in items.items()}}
    return {**payload, key: [{kind: entry} for entry in items]}


def _groups(items: Any) -> dict[str, Any]:
    """Templates by the kind of their system, each group in the form of the whole."""
    found: dict[str, Any] = {}
    for key, entry in items.items() if isinstance(items, dict) else enumerate(items):
        group = "windows" if "windows" in str(entry.get("name", "")).lower() else "linux"
        if isinstance(items, dict):
            found.setdefault(group, {})[key] = entry
        else:
            found.setdefault(group, []).append(entry)
    return found
