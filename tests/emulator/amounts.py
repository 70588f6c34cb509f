# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts of money in other spellings."""

from __future__ import annotations

from typing import Any

KEYS = frozenset(
    {
        *("total", "firstpayment", "acc_balance", "acc_credit", "price", "setup_price", "charge", "old_price"),
        *("new_price", "subtotal", "credit", "tax", "amount", "linetotal", "fixed_fee"),
    }
)
_PERSIAN = str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")


def spelled(value: Any, form: str) -> Any:
    """An amount in this spelling; what is none stays."""
    if isinstance(value, bool):
        return value
    try:
        number = float(value)
    except (TypeError, ValueError):
        return value
    plain = f"{number:,.2f}".removesuffix(".00")
    if form == "grouped":
        return f"{number:,.2f}"
    if form == "persian":
        return f"{plain.translate(_PERSIAN)} ریال"
    if form == "rial":
        return f"{plain.replace(',', '')} ریال"
    return f"${number:,.2f} USD"


def respelled(payload: Any, form: str) -> Any:
    """A payload with every amount in this spelling."""
    if isinstance(payload, list):
        return [respelled(one, form) for one in payload]
    if not isinstance(payload, dict):
        return payload
    found = {}
    for key, value in payload.items():
        if key in KEYS:
            found[key] = spelled(value, form)
        elif key == "cycles" and isinstance(value, dict):
            found[key] = {cycle: spelled(one, form) for cycle, one in value.items()}
        else:
            found[key] = respelled(value, form)
    return found
