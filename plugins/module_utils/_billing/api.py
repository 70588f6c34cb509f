# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The section Billing of the API."""

from __future__ import annotations

import contextlib
from typing import Any

from .._core.errors import EmptyResponse, NotFound, SindadError, UnexpectedResponse
from .._core.http.client import Client
from .._core.reading.vocabulary import is_void
from .._core.response.envelope import entry
from .record import (
    BALANCE,
    CREDIT,
    INVOICE_KEYS,
    PAYMENT_KEYS,
    Balance,
    InvoiceRecord,
    PaymentMethod,
    to_balance,
    to_invoice,
    to_payment_methods,
)


class Billing:
    """Balance, invoices and ways to pay."""

    def __init__(self, client: Client):
        self.client = client

    def balance(self) -> Balance:
        """GET /balance. The documented wrapping is not JSON, so the amounts are looked for wherever they stand."""
        answer = self.client.get("/balance")
        found = _holding(answer, (*BALANCE, *CREDIT))
        if found is None:
            raise UnexpectedResponse("balance", answer)
        return to_balance(found)

    def invoices(self) -> list[InvoiceRecord]:
        """GET /invoice."""
        listed = self.client.get_list("/invoice", "invoices", known=INVOICE_KEYS, identity=("id",))
        return [to_invoice(each) for each in listed]

    def invoice(self, invoice_id: str) -> InvoiceRecord | None:
        """GET /invoice/@id: with its items. None if there is none."""
        try:
            answer = self.client.get("/invoice/@id", id=invoice_id)
            details = entry(answer, "invoice", "invoices", key=invoice_id, known=INVOICE_KEYS)
        except (NotFound, EmptyResponse):
            return next((each for each in self.invoices() if each["id"] == invoice_id), None)
        return to_invoice({"id": invoice_id}, details)

    def is_void(self, invoice_id: str) -> bool:
        """Whether the portal reports that this invoice will never be paid; what cannot be read may be paid."""
        with contextlib.suppress(SindadError):
            invoice = self.invoice(invoice_id)
            return invoice is not None and is_void(invoice["status"])
        return False

    def payment_methods(self) -> list[PaymentMethod]:
        """GET /payment and GET /payment/fees."""
        methods = self.client.get_list("/payment", "payments", "payment", known=PAYMENT_KEYS)
        fees = self.client.get_list("/payment/fees", "payments", "fees", known=PAYMENT_KEYS)
        return to_payment_methods(methods, fees)


def _holding(answer: Any, names: tuple[str, ...]) -> dict[str, Any] | None:
    """The object in *answer*, however deep, that has one of the keys *names* with an amount."""
    if isinstance(answer, dict):
        if any(name in answer and not isinstance(answer[name], (dict, list)) for name in names):
            return answer
        answer = list(answer.values())
    parts = answer if isinstance(answer, list) else []
    return next(filter(None, (_holding(part, names) for part in parts)), None)
