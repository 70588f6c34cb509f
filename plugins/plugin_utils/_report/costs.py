# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the services of an account cost: per month, by category, and what will be paid in the coming days."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypedDict

from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import is_billed
from ansible_collections.sindad.cloud.plugins.plugin_utils._money import monthly_price, to_amount, total

from .forecast import Month, charge, forecast, recurs, renewals
from .writing import Date, Money, Record, Writer, by_due, clean, percentages

#: Categories that a chart tells apart; the rest is one more.
SLICES = 6


class Line(TypedDict):
    """A service as a row; ``monthly`` is ``None`` where it is not counted, ``payable`` is due in the coming days."""

    id: str
    name: str
    label: str
    product: str
    category: str
    status: str
    cycle: str
    price: Money | None
    monthly: Money | None
    due: Date | None
    payments: int
    payable: Money
    billed: bool
    recurs: bool


class Group(TypedDict):
    """Services that have something in common; ``share`` of the monthly cost in percent, ``offset`` of those before."""

    name: str
    count: int
    monthly: Money
    share: str
    offset: str
    slice: int
    lines: list[Line]


class Costs(TypedDict):
    """What the services of one currency cost. ``due_sum`` is the sum of what will be paid, every renewal counted."""

    currency: str | None
    count: int
    monthly: Money
    yearly: Money
    categories: list[Group]
    statuses: list[Group]
    months: list[Month]
    highest: Money
    due: list[Line]
    due_sum: Money


class Accountant:
    """Adds up what services cost.

    :param labels: of services, by ID, where their details could be read.
    """

    def __init__(self, writer: Writer, labels: Mapping[str, str]) -> None:
        self.writer, self.labels = writer, labels

    def line(self, service: Record) -> Line:
        """Return the row of a service."""
        identity, currency = clean(service.get("id")), self.writer.currency_of(service)
        amount, monthly = to_amount(service.get("total")), price_per_month(service)
        billed = is_billed(service.get("status"))
        days = renewals(service, self.writer.today, self.writer.last) if billed else []
        return {
            "id": identity,
            "name": clean(service.get("domain")) or clean(service.get("product")),
            "label": self.labels.get(identity, clean(service.get("label"))),
            "product": clean(service.get("product")),
            "category": clean(service.get("category")),
            "status": clean(service.get("status")),
            "cycle": clean(service.get("billing_cycle")),
            "price": None if amount is None else self.writer.money(amount, currency),
            "monthly": None if monthly is None else self.writer.money(monthly, currency, rate=True),
            "due": self.writer.date(service.get("next_due")),
            "payments": len(days),
            "payable": self.writer.money(charge(service) * len(days), currency),
            "billed": billed,
            "recurs": recurs(service),
        }

    def costs(self, services: list[Record]) -> list[Costs]:
        """Return an entry for each currency of what is billed, the one with the most services first."""
        currencies: dict[str | None, list[Record]] = {}
        for service in services:
            if is_billed(service.get("status")):
                currencies.setdefault(self.writer.currency_of(service), []).append(service)
        ordered = sorted(currencies.items(), key=lambda pair: (-len(pair[1]), pair[0] or ""))
        return [self._costs(currency, found) for currency, found in ordered]

    def _costs(self, currency: str | None, billed: list[Record]) -> Costs:
        monthly = total(map(price_per_month, billed))
        lines = {id(each): self.line(each) for each in billed}
        due = [each for each in billed if lines[id(each)]["payments"]]
        months = forecast(billed, self.writer, currency)
        payable = total(charge(each) * lines[id(each)]["payments"] for each in due)
        return {
            "currency": currency,
            "count": len(billed),
            "monthly": self.writer.money(monthly, currency, rate=True),
            "yearly": self.writer.money(monthly * 12, currency, rate=True),
            "categories": self._groups(billed, "category", currency, lines),
            "statuses": self._groups(billed, "status", currency, lines),
            "months": months,
            "highest": max((month["total"] for month in months), key=lambda sum: Fraction(sum["value"])),
            "due": sorted((lines[id(each)] for each in due), key=by_due),
            "due_sum": self.writer.money(payable, currency),
        }

    def _groups(self, services: list[Record], key: str, currency: str | None, lines: Mapping[int, Line]) -> list[Group]:
        """Return the services by what their ``key`` says, the dearest group first, and in it the dearest service."""
        found: dict[str, list[Record]] = {}
        for service in sorted(services, key=_dearest):
            found.setdefault(clean(service.get(key)), []).append(service)
        sums = {name: total(map(price_per_month, members)) for name, members in found.items()}
        ordered = sorted(found, key=lambda name: (-sums[name], -len(found[name]), name))
        shares = percentages([sums[name] for name in ordered])
        return [
            {
                "name": name,
                "count": len(found[name]),
                "monthly": self.writer.money(sums[name], currency, rate=True),
                "share": share,
                "offset": offset,
                "slice": min(place, SLICES),
                "lines": [lines[id(each)] for each in found[name]],
            }
            for place, (name, (share, offset)) in enumerate(zip(ordered, shares))
        ]


def price_per_month(service: Record) -> Fraction | None:
    """Return the price of a service per month; None if the price or the cycle is not known."""
    return monthly_price(service.get("total"), service.get("billing_cycle"))


def _dearest(service: Record) -> tuple[bool, Fraction, str, str]:
    price = price_per_month(service)
    return (price is None, -(price or Fraction(0)), clean(service.get("domain")).casefold(), clean(service.get("id")))
