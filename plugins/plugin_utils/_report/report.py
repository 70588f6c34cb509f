# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the info modules returned -> everything that a report of the account shows, counted, summed and sorted.

Amounts are exact until they are shown. What cannot be counted (a price or a billing cycle that is not known) is never
left out silently: it stands under ``not_counted``. What could not be read stands under ``unread``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import Day
from ansible_collections.sindad.cloud.plugins.plugin_utils._money import to_amount

from .changes import changes, snapshot
from .costs import Accountant, Line
from .invoices import unpaid_invoices
from .machines import machines, powers, results, untagged
from .support import open_incidents, open_tickets
from .writing import Money, Record, Writer, by_due, clean, is_past

#: Which key of which result each section is made of.
SECTIONS = {
    "account": "account",
    "invoices": "invoices",
    "tickets": "tickets",
    "incidents": "incidents",
    "details": "services",
    "vms": "vms",
    "servers": "servers",
}


def build(read: Record, today: Day, due_days: int, persian: bool, since: Any = None) -> dict[str, Any]:
    """Return the report.

    :param read: the results of the info modules by section. :param since: the snapshot of an earlier report.
    :raises NotAReport: if *since* is not a snapshot.
    """
    services = _listed(read, "services")
    account = read.get("account") or {}
    balance = account.get("balance") or {}
    writer = Writer(today, due_days, persian, clean(balance.get("currency")) or None)
    names = {clean(each.get("id")): clean(each.get("domain")) or clean(each.get("id")) for each in services}
    detailed = (read.get("details") or {}).get("services")
    labels = None if detailed is None else {clean(each.get("id")): clean(each.get("label")) for each in detailed}
    accountant = Accountant(writer, labels or {})
    lines, costs = [accountant.line(each) for each in services], accountant.costs(services)
    found = machines(read, names, labels)
    now = snapshot(today.isoformat(), lines, costs, found)
    return {
        "today": writer.date(today),
        "last": writer.date(writer.last),
        "account": _person(account.get("account") or {}),
        "credit": _credit(writer, balance),
        "services": lines,
        "not_billed": sorted((each for each in lines if not each["billed"]), key=_by_status),
        "costs": costs,
        "not_counted": [each for each in lines if each["billed"] and each["monthly"] is None],
        "past_due": sorted((each for each in lines if each["payments"] and is_past(each)), key=by_due),
        "invoices": unpaid_invoices(_listed(read, "invoices"), writer),
        "tickets": open_tickets(_listed(read, "tickets"), writer),
        "incidents": open_incidents(_listed(read, "incidents"), writer),
        "machines": found,
        "powers": powers(found),
        "running": sum(1 for each in found if each["power"] == "on"),
        "untagged": untagged(found, labels),
        "unread": unread(read, names),
        "changes": None if since is None else changes(since, now, writer, bool(found)),
        "snapshot": now,
    }


def unread(read: Record, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what could not be read: the section, the service if it is one's, and what the module says about it."""
    found = []
    for section, key in SECTIONS.items():
        for answer in results(read.get(section)):
            if answer.get("skipped") or key in answer:
                continue
            service = clean(answer.get("item") or "")
            found.append(
                {"section": section, "service": names.get(service, service), "message": clean(answer.get("msg"))}
            )
    return found


def _listed(read: Record, section: str) -> list[Record]:
    return list((read.get(section) or {}).get(section) or [])


def _person(account: Record) -> dict[str, str]:
    name = " ".join(filter(None, (clean(account.get("firstname")), clean(account.get("lastname")))))
    return {"name": clean(account.get("companyname")) or name, "email": clean(account.get("email"))}


def _credit(writer: Writer, balance: Record) -> Money | None:
    amount = to_amount(balance.get("credit"))
    return None if not amount else writer.money(amount, writer.currency)


def _by_status(line: Line) -> tuple[str, str, str]:
    return (line["status"].casefold(), line["name"].casefold(), line["id"])
