# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Balance, invoices and payment methods."""

from __future__ import annotations

from typing import Any

from ..answers import refuse
from ..call import Call
from ..money import subtotal, tax, total
from ..routing import endpoint
from ..state import Invoice

PAYMENTS = {"10": "BankTransfer", "9": "PayPal"}
FEES = [
    {"id": 1, "name": "Bank Transfer", "fixed_fee": "0.0", "percent_fee": "0.0"},
    {"id": 2, "name": "Stripe", "fixed_fee": "0.5", "percent_fee": "2.9"},
    {"id": 4, "name": "Credit Card", "fixed_fee": "0.1", "percent_fee": "2.4"},
    {"id": 5, "name": "PayPal", "fixed_fee": "0.3", "percent_fee": "2.9"},
]


@endpoint("GET", "/balance")
def balance(call: Call) -> dict[str, Any]:
    unpaid = sum(total(one) for one in call.account.invoices.values() if one.status == "Unpaid")
    return {
        "success": True,
        "details": {"currency": call.options.currency, "acc_balance": f"{unpaid:.2f}", "acc_credit": "0.00"},
    }


@endpoint("GET", "/invoice")
def invoices(call: Call) -> dict[str, Any]:
    newest = sorted(call.account.invoices.values(), key=lambda one: int(one.id), reverse=True)
    return {"invoices": [_listed(one, call) for one in newest]}


def _listed(one: Invoice, call: Call) -> dict[str, Any]:
    return {
        "id": one.id,
        "date": one.date,
        "dateorig": one.date,
        "duedate": one.duedate,
        "paybefore": one.duedate,
        "total": f"{total(one):.2f}",
        "datepaid": one.datepaid,
        "status": one.status,
        "merge_id": None,
        "number": one.number,
        "currency": call.options.currency,
    }


@endpoint("GET", "/invoice/@id")
def invoice(call: Call) -> dict[str, Any]:
    one = call.account.invoices.get(call.params["id"])
    if not one:
        refuse("invoice_not_found")
    client = {name: value for name, value in call.account.client.items() if name in _CLIENT}
    items = [{**item, "invoice_id": one.id} for item in one.items]
    return {
        "invoice": {
            "id": one.id,
            "status": one.status,
            "date": one.date,
            "duedate": one.duedate,
            "paybefore": one.duedate,
            "datepaid": one.datepaid,
            "subtotal": subtotal(one),
            "credit": one.credit,
            "tax": tax(one),
            "taxrate": one.taxrate,
            "tax2": 0,
            "taxrate2": 0,
            "taxexempt": "0",
            "total": total(one),
            "rate": 1,
            "rate2": 0,
            "rate3": 1,
            "notes": "",
            "items": items,
            "client": client,
            "number": one.number,
            "currency": call.options.currency,
        }
    }


_CLIENT = [
    "id",
    "email",
    "firstname",
    "lastname",
    "companyname",
    "address1",
    "address2",
    "city",
    "state",
    "postcode",
    "country",
    "phonenumber",
]


@endpoint("GET", "/payment")
def payments(call: Call) -> dict[str, Any]:
    return {"payments": PAYMENTS}


@endpoint("GET", "/payment/fees")
def fees(call: Call) -> dict[str, Any]:
    return {"payments": FEES}
