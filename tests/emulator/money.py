# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums of invoices, and invoices for what was ordered."""

from __future__ import annotations

import datetime
from typing import Any

from .state import Account, Invoice

CYCLES = {
    "Free": "",
    "One Time": "",
    "Hourly": "h",
    "Daily": "d",
    "Weekly": "w",
    "Monthly": "m",
    "Quarterly": "q",
    "Semi-Annually": "s",
    "Annually": "a",
    "Biennially": "b",
    "Triennially": "t",
    "Quadrennially": "p4",
    "Quinquennially": "p5",
}
WORDS = {code: word for word, code in CYCLES.items() if code}
MONTHS = {"h": 1 / 730, "d": 1 / 30, "w": 0.25, "m": 1, "q": 3, "s": 6, "a": 12, "b": 24, "t": 36, "p4": 48, "p5": 60}


def number(value: float) -> float | int:
    """A number as PHP writes it: no ".0"."""
    value = round(value, 2)
    return int(value) if value == int(value) else value


def subtotal(invoice: Invoice) -> float | int:
    return number(sum(float(item["linetotal"]) for item in invoice.items))


def tax(invoice: Invoice) -> float | int:
    taxed = sum(float(item["linetotal"]) for item in invoice.items if item["taxed"] == "1")
    return number(taxed * invoice.taxrate / 100)


def total(invoice: Invoice) -> float | int:
    return number(subtotal(invoice) + tax(invoice) - invoice.credit)


def item(
    id: str, description: str, amount: float, kind: str = "Other", item_id: str = "0", taxed: str = "1"
) -> dict[str, Any]:
    return {
        "id": id,
        "invoice_id": "",
        "type": kind,
        "item_id": item_id,
        "description": description,
        "amount": f"{amount:.2f}",
        "taxed": taxed,
        "qty": "1.00",
        "linetotal": f"{amount:.2f}",
    }


def bill(account: Account, description: str, amount: float, service_id: str) -> Invoice:
    """A new unpaid invoice."""
    id = account.number("invoice", 309001)
    day = account.clock.stamp()[:10]
    due = (datetime.date.fromisoformat(day) + datetime.timedelta(days=7)).isoformat()
    line = item(str(id * 10), description, amount, "Upgrade", service_id, "0")
    invoice = Invoice(str(id), f"{day[:4]}/{day[5:7]}/{id - 309000}", day, due, "Unpaid", [line])
    account.invoices[invoice.id] = invoice
    return invoice
