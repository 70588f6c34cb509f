# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that come in pages, in the forms that portals have for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .options import Options

# The lists of the API and their keys. Methods and payment modules are read as a whole everywhere.
LISTS = {
    "/contact": "contacts",
    "/invoice": "invoices",
    "/notifications": "notifications",
    "/notifications/new": "notifications",
    "/serverstock": "servers",
    "/service": "services",
    "/service/@id/diag/templates": "templates",
    "/service/@id/ips": "ips",
    "/service/@id/reinstall/templates": "templates",
    "/service/@id/rescue/templates": "templates",
    "/service/@id/templates": "templates",
    "/service/@id/vlans": "vlans",
    "/service/@id/vms": "vms",
    "/service/@id/vms/@vmid/rebuild": "templates",
    "/statuses": "statuses",
    "/statuses/specific/@status": "statuses",
    "/ticket/departments": "departments",
    "/tickets": "tickets",
}
# What tells of pages and errors; it stands beside the payload when that is wrapped.
BESIDE = ("error", "info", "page", "sorter", "total", "per_page", "current_page", "last_page", "next")
ELSEWHERE = "https://elsewhere.example.com/api"


def paged(payload: dict[str, Any], route: str, query: dict[str, str], url: str, options: Options) -> dict[str, Any]:
    """The page that was asked for, and what tells that there are others. `url` is the address of the list."""
    key = LISTS.get(route, "")
    items = payload.get(key)
    if not isinstance(items, (list, dict)):
        return payload
    size, lie = options.page_size, options.page_lie
    asked = int(query["page"]) if query.get("page", "").isdigit() else 1
    told = 1 if lie == "ignored" else max(1, asked)
    taken = 1 if lie in ("ignored", "echo") else told
    count = len(items)
    if lie == "more":
        count += size
    last = max(1, -(-count // size))
    if lie == "elsewhere":
        url = ELSEWHERE + url.partition("/api")[2]
    beside = _told(options.page_form, told, last, count, size, url)
    return {**payload, key: _part(items, (taken - 1) * size, size), **beside}


def blank(payload: Any, route: str) -> Any:
    """The answer of a list without its entries."""
    key = LISTS.get(route, "")
    return {**payload, key: []} if isinstance(payload, dict) and key in payload else payload


def _part(items: Any, start: int, size: int) -> Any:
    """Some of the entries; none is a list, as everywhere."""
    if isinstance(items, dict):
        return dict(list(items.items())[start : start + size]) or []
    return items[start : start + size]


def _told(form: str, number: int, last: int, count: int, size: int, url: str) -> dict[str, Any]:
    if form == "sorter":
        return {"sorter": {"perpage": size, "totalpages": last, "sorterrecords": count, "sorterpage": number}}
    if form == "total":
        return {"total": count, "per_page": str(size), "current_page": number, "last_page": last}
    if form == "next":
        return {"next": f"{url}?page={number + 1}" if number < last else None}
    return {"page": {"current": number, "total": last}}
