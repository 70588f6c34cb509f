# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Invoices that are to be paid, with a sum for each currency."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import is_unpaid
from ansible_collections.sindad.cloud.plugins.plugin_utils._money import to_amount

from .writing import Record, Writer, by_due, clean, is_past


def unpaid_invoices(invoices: Iterable[Record], writer: Writer) -> dict[str, Any]:
    """Return those that are unpaid, the earliest due first; an amount that is not known is in no sum."""
    rows = []
    sums: dict[str | None, Fraction] = {}
    for each in invoices:
        if not is_unpaid(each.get("status")):
            continue
        currency, amount = writer.currency_of(each), to_amount(each.get("total"))
        sums[currency] = sums.get(currency, Fraction(0)) + (amount or 0)
        rows.append(
            {
                "id": clean(each.get("id")),
                "number": clean(each.get("number")),
                "status": clean(each.get("status")),
                "date": writer.date(each.get("date")),
                "due": writer.date(each.get("due_date")),
                "total": None if amount is None else writer.money(amount, currency),
            }
        )
    rows.sort(key=by_due)
    return {
        "rows": rows,
        "sums": [writer.money(amount, currency) for currency, amount in sorted(sums.items(), key=_by_currency)],
        "overdue": sum(1 for row in rows if is_past(row)),
        "unknown": sum(1 for row in rows if row["total"] is None),
    }


def _by_currency(pair: tuple[str | None, Fraction]) -> str:
    return pair[0] or ""
