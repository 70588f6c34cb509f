# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report leaves for the next one, and what has changed since an earlier one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ansible_collections.sindad.cloud.plugins.plugin_utils._money import to_amount

from .costs import Costs, Line
from .machines import Machine
from .writing import Money, Record, Writer

FORMAT = "sindad.cloud.account_report"
#: What is compared of a service, in this order.
COMPARED = ("status", "price", "cycle", "label")


class NotAReport(ValueError):
    """What was given as an earlier report is not one."""


def snapshot(today: str, lines: list[Line], costs: list[Costs], machines: list[Machine]) -> dict[str, Any]:
    """Return what the next report compares itself with: names, prices and states, no secret."""
    return {
        "format": FORMAT,
        "version": 1,
        "today": today,
        "costs": [{"currency": each["currency"], "monthly": each["monthly"]["value"]} for each in costs],
        "services": {
            line["id"]: {
                "name": line["name"],
                "label": line["label"],
                "status": line["status"],
                "price": line["price"]["value"] if line["price"] else None,
                "currency": line["price"]["currency"] if line["price"] else None,
                "cycle": line["cycle"],
            }
            for line in lines
        },
        "machines": {each["key"]: {"name": each["name"], "service": each["service"]} for each in machines},
    }


def read_snapshot(given: Any) -> Any:
    """Return the snapshot that a user gave as JSON text, or as what Ansible made of such a text; None for nothing.

    :raises NotAReport: if it is not JSON.
    """
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given) if given.strip() else None
    except ValueError as error:
        raise NotAReport(f"it is not JSON ({error})") from None


def changes(before: Any, now: Record, writer: Writer, with_machines: bool) -> dict[str, Any]:
    """Return what differs between two snapshots.

    :param with_machines: whether the machines of both are known. :raises NotAReport: if *before* is not a snapshot.
    """
    if not isinstance(before, Mapping) or before.get("format") != FORMAT or before.get("version") != 1:
        raise NotAReport("it is not what the role account_report writes beside a report")
    services = [*_services(before["services"], now["services"], writer)]
    machines = [*_machines(before["machines"], now["machines"])] if with_machines and before["machines"] else []
    return {
        "since": writer.date(before["today"]),
        "costs": _costs(before["costs"], now["costs"], writer),
        "services": services,
        "machines": machines,
    }


def _costs(before: list[Record], now: list[Record], writer: Writer) -> list[dict[str, Any]]:
    """Return the cost per month of each currency, before and now, where it differs."""
    old = {each["currency"]: to_amount(each["monthly"]) or Fraction(0) for each in before}
    new = {each["currency"]: to_amount(each["monthly"]) or Fraction(0) for each in now}
    return [
        {
            "before": writer.money(old.get(currency, Fraction(0)), currency),
            "after": writer.money(new.get(currency, Fraction(0)), currency),
        }
        for currency in sorted({*old, *new}, key=str)
        if old.get(currency, 0) != new.get(currency, 0)
    ]


def _services(before: Record, now: Record, writer: Writer) -> Iterator[dict[str, Any]]:
    for identity in sorted({*before, *now}, key=lambda each: (len(each), each)):
        old, new = before.get(identity), now.get(identity)
        if old is None or new is None:
            change = "gone" if new is None else "new"
            yield {"name": (new or old or {})["name"], "change": change, "before": "", "after": ""}
            continue
        for key in COMPARED:
            pair = (_shown(old, key, writer), _shown(new, key, writer))
            if pair[0] != pair[1]:
                yield {"name": new["name"], "change": key, "before": pair[0], "after": pair[1]}


def _shown(service: Record, key: str, writer: Writer) -> str | Money:
    """Return a value of a service as it is written; a price is one of its currency and its cycle."""
    amount = to_amount(service["price"]) if key == "price" else None
    if amount is not None:
        return writer.money(amount, service["currency"])
    return str(service[key] or "")


def _machines(before: Record, now: Record) -> Iterator[dict[str, str]]:
    for key in sorted({*before, *now}):
        if key not in now or key not in before:
            machine = now.get(key) or before[key]
            change = "new" if key in now else "gone"
            yield {"name": machine["name"], "service": machine["service"], "change": change}
