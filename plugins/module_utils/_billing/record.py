# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of the balance, of invoices and of ways to pay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypedDict, cast

from .._core.reading.values import (
    first_present,
    first_told,
    spellings,
    to_bool,
    to_currency,
    to_date,
    to_decimal,
    to_text,
)
from .._core.response.envelope import entries


class Balance(TypedDict):
    """What is due, and the credit."""

    currency: str | None
    balance: str | None
    credit: str | None
    raw: dict[str, Any]


class InvoiceLine(TypedDict):
    """A line of an invoice; the quantity may be a fraction, so it is a decimal string too."""

    id: str | None
    description: str | None
    amount: str | None
    quantity: str | None
    total: str | None
    taxed: bool | None


class InvoiceRecord(TypedDict):
    """An invoice; ``items`` are the ``lines``: in Jinja the items of a dict are a method."""

    id: str
    number: str | None
    status: str | None
    date: str | None
    due_date: str | None
    paid_date: str | None
    subtotal: str | None
    tax: str | None
    credit: str | None
    total: str | None
    currency: str | None
    items: list[InvoiceLine] | None
    lines: list[InvoiceLine] | None
    raw: dict[str, Any]


class PaymentMethod(TypedDict):
    """A way to pay, with its fees."""

    id: str | None
    name: str | None
    fixed_fee: str | None
    percent_fee: str | None
    currency: str | None
    raw: dict[str, Any]


BALANCE = spellings(V="acc_balance", G="balance")
CREDIT = spellings(V="acc_credit", G="credit")
DUE_DATE = spellings(V="duedate", G="due_date") + spellings(V="paybefore")
PAID_DATE = spellings(V="datepaid", G="date_paid")
QUANTITY = spellings(V="qty", G="quantity")
LINE_TOTAL = spellings(V="linetotal", G="total")
NAME = spellings(V="name", G="title, label")
#: Keys of which an object must have one to be taken for a way to pay.
PAYMENT_KEYS = frozenset((*NAME, "id", "fixed_fee", "percent_fee"))
SUMS = spellings(V="total, subtotal, tax, credit")
#: Keys of which an object must have one to be taken for an invoice; those without a constant are documented [V].
INVOICE_KEYS = frozenset((*DUE_DATE, *PAID_DATE, *SUMS, "id", "number", "status", "date", "currency", "items"))


def to_balance(source: dict[str, Any]) -> Balance:
    """The balance, from GET /balance."""
    return {
        "currency": to_currency(source, *BALANCE, *CREDIT),
        "balance": to_decimal(first_told(source, *BALANCE)),
        "credit": to_decimal(first_told(source, *CREDIT)),
        "raw": source,
    }


def to_invoice(listed: dict[str, Any], details: dict[str, Any] | None = None) -> InvoiceRecord:
    """An invoice, from GET /invoice or, with the sums and its ``items`` (also called ``lines``), GET /invoice/@id."""
    both = {**listed, **(details or {})}
    lines = None
    if details is not None:
        lines = [to_invoice_item(each) for each in entries({"items": details.get("items") or []}, "items")]
    return {
        "id": cast(str, to_text(both.get("id"))),
        "number": to_text(both.get("number")),
        "status": to_text(both.get("status")),
        "date": to_date(both.get("date")),
        "due_date": to_date(first_present(both, *DUE_DATE)),
        "paid_date": to_date(first_present(both, *PAID_DATE)),
        "subtotal": to_decimal(both.get("subtotal")),
        "tax": to_decimal(both.get("tax")),
        "credit": to_decimal(both.get("credit")),
        "total": to_decimal(both.get("total")),
        "currency": to_currency(both, *SUMS),
        "items": lines,
        "lines": lines,
        "raw": details or listed,
    }


def to_invoice_item(source: dict[str, Any]) -> InvoiceLine:
    """A line of an invoice, from GET /invoice/@id."""
    return {
        "id": to_text(source.get("id")),
        "description": to_text(source.get("description")),
        "amount": to_decimal(source.get("amount")),
        "quantity": to_decimal(first_told(source, *QUANTITY)),
        "total": to_decimal(first_told(source, *LINE_TOTAL)),
        "taxed": to_bool(source.get("taxed")),
    }


def to_payment_methods(methods: Iterable[dict[str, Any]], fees: Iterable[dict[str, Any]]) -> list[PaymentMethod]:
    """The answers of GET /payment and GET /payment/fees as one list.

    Their ids differ (``10: BankTransfer`` and ``1: Bank Transfer``), so a name is what they have in common; a method
    that only one of them has is returned with what that one reports.
    """
    rest = list(fees)
    found = []
    for method in methods:
        fee = next((each for each in rest if _spelt(each) == _spelt(method)), None)
        if fee:
            rest.remove(fee)
        found.append(_payment_method(method, fee))
    return found + [_payment_method(None, fee) for fee in rest]


def _spelt(source: dict[str, Any]) -> str:
    name = first_present(source, *NAME, "id")
    return re.sub(r"[\W_]", "", str(name)).casefold()


def _payment_method(method: dict[str, Any] | None, fee: dict[str, Any] | None) -> PaymentMethod:
    source = method or fee or {}
    return {
        "id": to_text(source.get("id")),
        "name": to_text(first_present(source, *NAME)),
        "fixed_fee": to_decimal((fee or {}).get("fixed_fee")),
        "percent_fee": _percent((fee or {}).get("percent_fee")),
        "currency": to_currency(fee or {}, "fixed_fee"),
        "raw": {"payment": method, "fees": fee},
    }


def _percent(value: object) -> str | None:
    """A share in percent, with or without the sign."""
    return to_decimal(value.strip(" %٪") if isinstance(value, str) else value)
