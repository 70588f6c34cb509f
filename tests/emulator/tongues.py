# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Portals that say the same in another tongue: consistent, and in no word as documented.

A tongue renames the keys of the documented answers, has words and units of its own, and puts envelopes around lists,
objects, receipts and failures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .pages import LISTS

#: Keys of lists, besides those that come in pages.
LIST_KEYS = frozenset((*LISTS.values(), "methods", "payments"))
#: What tells of pages, and of the answer itself.
ASIDE = frozenset(("total", "per_page", "current_page", "last_page", "page", "info", "success", "status", "error"))


@dataclass(frozen=True)
class Tongue:
    """How a portal says things.

    :ivar keys: its name of a documented key. :ivar words: by documented key, its words. :ivar scale: by documented key,
        what a number is multiplied by. :ivar joined: keys whose lists are written in one text.
    :ivar listing: makes the answer of entries, how many there are in all, and what stands beside them.
    :ivar one: of an object or a value, by its documented key. :ivar receipt: of what a change tells.
    :ivar failure: of a code or a text.
    """

    listing: Callable[[list[Any], int, dict[str, Any]], Any]
    one: Callable[[str, Any, dict[str, Any]], Any]
    receipt: Callable[[dict[str, Any]], Any]
    failure: Callable[[str], Any]
    keys: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)
    scale: Mapping[str, int] = field(default_factory=dict)
    joined: frozenset[str] = frozenset()

    def said(self, value: Any, key: str = "") -> Any:
        """A documented value as this portal says it."""
        if isinstance(value, dict):
            return {self.keys.get(name, name): self.said(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return ", ".join(map(str, value)) if key in self.joined else [self.said(part, key) for part in value]
        if isinstance(value, str) and value in self.words.get(key, {}):
            return self.words[key][value]
        return int(value) * self.scale[key] if key in self.scale else value


def speak(payload: Any, method: str, tongue: Tongue) -> Any:
    """The documented *payload* of an answer, as the portal of this *tongue* gives it."""
    if not isinstance(payload, dict):
        return tongue.one("", tongue.said(payload), {})
    if payload.get("error"):
        error = payload["error"]
        return tongue.failure(str(error[0] if isinstance(error, list) else error))
    if method != "GET":
        told = {key: value for key, value in payload.items() if key not in ("status", "success", "info")}
        note = {"note": payload["info"][0]} if payload.get("info") else {}
        return tongue.receipt({**tongue.said(told), **note})
    key = next((key for key in payload if key in LIST_KEYS), None)
    if key is not None and isinstance(payload[key], (dict, list)):
        beside = {name: part for name, part in payload.items() if name != key and name not in ASIDE}
        entries = entries_of(payload[key])
        return tongue.listing(tongue.said(entries), int(payload.get("total", len(entries))), tongue.said(beside))
    key, *others = [name for name in payload if name not in ASIDE or isinstance(payload[name], dict)] or ["status"]
    return tongue.one(key, tongue.said(payload.get(key), key), tongue.said({name: payload[name] for name in others}))


def entries_of(items: Any) -> list[Any]:
    """A list, also of what is keyed by id."""
    if isinstance(items, list):
        return items
    return [{"id": key, **(one if isinstance(one, dict) else {"name": one})} for key, one in items.items()]


# -- camelCase, with a flag and two wrappers -------------------------------------------------------------------------

_CAMEL_KEYS = {
    **{"id": "objectId", "label": "displayName", "name": "title", "state": "powerState", "status": "lifecycle"},
    **{"cpus": "numCpu", "memory": "memoryMb", "disk": "diskGb", "ip": "ipAddresses", "template": "imageId"},
    **{"template_label": "imageTitle", "hostname": "guestName", "username": "guestUser", "password": "guestPhrase"},
    **{"domain": "fqdName", "billingcycle": "billedEvery", "next_due": "nextDueAt", "total": "grossPrice"},
    **{"category": "groupTitle", "category_url": "groupSlug", "firstpayment": "firstPrice", "route": "uri"},
    **{"next_invoice": "invoicedAt", "date_created": "createdAt", "method": "verb", "ticket_number": "ticketNo"},
    **{"subject": "heading", "deptname": "deskTitle", "client_read": "wasRead", "body": "message", "date": "sentAt"},
    **{"replies": "thread", "type": "authorKind", "duedate": "payUntil", "datepaid": "paidAt", "number": "invoiceNo"},
    **{"items": "positions", "ipaddress": "addr", "main": "isPrimary", "gateway": "gw", "mask": "netMask"},
    **{
        "usablefor": "supportedImages",
        "recipes": "layouts",
        "os": "guestOs",
        "ips": "ipAddresses",
        "ticket": "ticketNo",
    },
}
CAMEL = Tongue(
    lambda entries, count, beside: {"success": True, "data": {"items": entries, "totalCount": count, **beside}},
    lambda key, value, beside: {
        "success": True,
        "data": {**value, **beside} if isinstance(value, dict) else {"value": value} if key else value,
    },
    lambda told: {"success": True, "data": {"taskId": "task-91", **told}},
    lambda text: {"success": False, "error": {"code": "E_FAILED", "message": text}},
    _CAMEL_KEYS,
    {
        "state": {"online": "poweredOn", "offline": "poweredOff", "starting": "PWR_UP", "stopping": "PWR_DOWN"},
        "status": {"Active": "ENABLED", "on": "poweredOn", "off": "poweredOff", "Open": "WAITING", "Closed": "DONE"},
    },
)

# -- everything under data, bytes, and a task for a receipt ----------------------------------------------------------

BYTES = Tongue(
    lambda entries, count, beside: {"data": entries, "meta": {"matched_records": count}, "included": beside},
    lambda key, value, beside: {"data": value, "included": beside},
    lambda told: {"data": {"task": "8f14e45f", "queue": "default"}, "included": told},
    lambda text: {"data": None, "fault": {"reason": text}},
    {
        **{"id": "uid", "label": "display", "name": "caption", "state": "pwr", "cpus": "cores_total", "ip": "nets"},
        **{"memory": "ram_bytes", "disk": "hd_bytes", "template": "img", "template_label": "img_display"},
        **{"hostname": "nodename", "status": "phase", "domain": "zone", "route": "path", "method": "http"},
        **{"ticket_number": "ref", "subject": "topic", "body": "content_text", "deptname": "queue_name"},
        **{"ipaddress": "cidr", "total": "amount_due", "number": "ref_no", "duedate": "until", "ips": "nets"},
        **{"category": "family_name", "category_url": "family_slug", "billingcycle": "rhythm", "type": "author"},
        **{"os": "distribution", "usablefor": "fits", "main": "first_one", "password": "initial_phrase"},
    },
    {
        "state": {"online": "S0", "offline": "S5", "starting": "S5>S0", "stopping": "S0>S5"},
        "status": {"Active": "live", "on": "S0", "off": "S5", "Closed": "archived"},
    },
    {"memory": 1 << 20, "disk": 1 << 30},
)

# -- flat, with status and statusmsg in each answer, and lists in one text ---------------------------------------------

_OK = {"status": "ok", "statusmsg": ""}
FLAT = Tongue(
    lambda entries, count, beside: {**_OK, "rowcount": len(entries), "records": count, "rows": entries, **beside},
    lambda key, value, beside: {**_OK, **(value if isinstance(value, dict) else {"result_value": value}), **beside},
    lambda told: {"status": "ok", "statusmsg": "command queued", **told},
    lambda text: {"status": "error", "statusmsg": text},
    {
        **{"id": "rowid", "label": "vname", "name": "caption", "state": "pstatus", "cpus": "ncpu", "ip": "iplist"},
        **{"memory": "mem_mb", "disk": "hdd_gb", "template": "osid", "template_label": "oscaption"},
        **{"hostname": "vhost", "status": "srvstatus", "domain": "dom", "route": "url", "method": "verb"},
        **{"ticket_number": "tid", "subject": "tsubject", "body": "tbody", "deptname": "tdept", "ips": "iplist"},
        **{"ipaddress": "addr", "total": "price", "number": "inv", "duedate": "due", "info": "notes"},
        **{"category": "grp", "category_url": "grpslug", "billingcycle": "cyc", "type": "who", "date": "at"},
        **{"os": "osname_full", "usablefor": "oslist", "main": "prim", "password": "vpw", "ticket": "tid"},
    },
    {
        "state": {"online": "1:run", "offline": "0:halt"},
        "status": {"Active": "A", "on": "1:run", "off": "0:halt", "Closed": "C"},
    },
    joined=frozenset(("ip", "ips", "usablefor")),
)

# -- JSON:API ----------------------------------------------------------------------------------------------------------


def _resource(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rest = {key: part for key, part in value.items() if key != "id"}
    return {"type": "resource", **({"id": str(value["id"])} if "id" in value else {}), "attributes": rest}


ATTRIBUTES = Tongue(
    lambda entries, count, beside: {
        "data": [_resource(each) for each in entries],
        "meta": {"total": count, "extra": beside},
        "jsonapi": {"version": "1.0"},
    },
    lambda key, value, beside: {"data": _resource(value), "meta": {"extra": beside}},
    lambda told: {"data": {"type": "job", "id": "77", "attributes": {"stage": "accepted", **told}}},
    lambda text: {"errors": [{"code": "invalid", "title": text}]},
)

# -- Persian ---------------------------------------------------------------------------------------------------------

PERSIAN = Tongue(
    lambda entries, count, beside: {"موفق": True, "نتیجه": {"ردیف‌ها": entries, "تعداد total": count, **beside}},
    lambda key, value, beside: {"موفق": True, "نتیجه": {"مورد": value, **beside}},
    lambda told: {"موفق": True, "پیام": "در صف قرار گرفت", "نتیجه": told},
    lambda text: {"موفق": False, "پیام": text},
    {
        **{"id": "شناسه", "label": "برچسب", "name": "عنوان", "state": "وضعیت برق", "status": "وضعیت"},
        **{"cpus": "هسته", "memory": "حافظه", "disk": "دیسک", "ip": "نشانی‌ها", "template": "قالب"},
        **{"template_label": "نام قالب", "hostname": "نام میزبان", "domain": "دامنه", "route": "مسیر"},
        **{"method": "روش", "ticket_number": "شماره", "subject": "موضوع", "body": "متن", "deptname": "بخش"},
        **{"ipaddress": "نشانی", "total": "مبلغ", "number": "شماره فاکتور", "duedate": "سررسید", "main": "اصلی"},
        **{"category": "دسته", "category_url": "نشان دسته", "billingcycle": "دوره", "next_due": "سررسید بعدی"},
        **{"os": "سیستم عامل", "usablefor": "سازگار با", "password": "کلمه ورود", "replies": "پاسخ‌ها"},
        **{"recipes": "چیدمان‌ها", "type": "نویسنده", "date": "تاریخ", "ips": "نشانی‌ها", "ticket": "شماره"},
    },
    {
        "state": {"online": "برقرار", "offline": "قطع", "starting": "در حال راه‌اندازی"},
        "status": {"Active": "برپا", "on": "برقرار", "off": "قطع", "Closed": "مختومه"},
    },
)

TONGUES = {"camel": CAMEL, "bytes": BYTES, "flat": FLAT, "attributes": ATTRIBUTES, "persian": PERSIAN}
