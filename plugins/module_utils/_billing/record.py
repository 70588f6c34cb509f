# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of the balance, of invoices and of ways to pay."""

from __future__ import annotations

import re

from .._core.envelope import entries
from .._core.values import first_present, first_told, to_bool, to_date, to_decimal, to_text

# -- billing ---------------------------------------------------------------------------------------------------------


def to_balance(source):
    return {
        "currency": to_text(source.get("currency")),
        "balance": to_decimal(first_told(source, "acc_balance", "balance")),
        "credit": to_decimal(first_told(source, "acc_credit", "credit")),
        "raw": source,
    }


def to_invoice(listed, details=None):
    """An invoice, from GET /invoice or, with the sums and its ``items`` (also called ``lines``), GET /invoice/@id."""
    both = {**listed, **(details or {})}
    lines = None
    if details is not None:
        lines = [to_invoice_item(each) for each in entries({"items": details.get("items") or []}, "items")]
    return {
        "id": to_text(both.get("id")),
        "number": to_text(both.get("number")),
        "status": to_text(both.get("status")),
        "date": to_date(both.get("date")),
        "due_date": to_date(first_present(both, "duedate", "due_date", "paybefore")),
        "paid_date": to_date(first_present(both, "datepaid", "date_paid")),
        "subtotal": to_decimal(both.get("subtotal")),
        "tax": to_decimal(both.get("tax")),
        "credit": to_decimal(both.get("credit")),
        "total": to_decimal(both.get("total")),
        "currency": to_text(both.get("currency")),
        "items": lines,
        "lines": lines,  # in Jinja the items of a dict are a method
        "raw": details or listed,
    }


def to_invoice_item(source):
    """A line of an invoice; the quantity may be a fraction, so it is a decimal string too."""
    return {
        "id": to_text(source.get("id")),
        "description": to_text(source.get("description")),
        "amount": to_decimal(source.get("amount")),
        "quantity": to_decimal(first_told(source, "qty", "quantity")),
        "total": to_decimal(first_told(source, "linetotal", "total")),
        "taxed": to_bool(source.get("taxed")),
    }


def to_payment_methods(methods, fees):
    """The answers of GET /payment and GET /payment/fees as one list.

    Their ids differ (``10: BankTransfer`` and ``1: Bank Transfer``), so a name is what they have in common; a method
    that only one of them has is returned with what that one tells.
    """
    rest = list(fees)
    found = []
    for method in methods:
        fee = next((each for each in rest if _spelt(each) == _spelt(method)), None)
        if fee:
            rest.remove(fee)
        found.append(_payment_method(method, fee))
    return found + [_payment_method(None, fee) for fee in rest]


def _spelt(source):
    name = first_present(source, "name", "title", "label", "id")
    return re.sub(r"[\W_]", "", str(name)).casefold()


def _payment_method(method, fee):
    source = method or fee
    return {
        "id": to_text(source.get("id")),
        "name": to_text(first_present(source, "name", "title", "label")),
        "fixed_fee": to_decimal((fee or {}).get("fixed_fee")),
        "percent_fee": to_decimal((fee or {}).get("percent_fee")),
        "raw": {"payment": method, "fees": fee},
    }
