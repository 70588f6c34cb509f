# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When services have to be paid again, and how much falls due in each of the coming months."""

from __future__ import annotations

import bisect
import datetime
from fractions import Fraction
from typing import TypedDict

from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import ONE_DAY
from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import Day, add_months, month_starts, to_day
from ansible_collections.sindad.cloud.plugins.plugin_utils._money import cycle_months, to_amount

from .writing import Money, Record, Writer

#: Months that the forecast looks ahead.
FORECAST_MONTHS = 12


class Month(TypedDict):
    """The payments of a month; ``height`` in percent of the highest."""

    year: int
    month: int
    total: Money
    count: int
    height: str


def recurs(service: Record) -> bool:
    """Whether a service is paid again; what the billing cycle does not say counts as yes."""
    return cycle_months(service.get("billing_cycle")) != 0


def charge(service: Record) -> Fraction:
    """Return what one renewal costs, 0 if that is not known; of what is paid by the hour: a day."""
    amount, months = to_amount(service.get("total")) or Fraction(0), cycle_months(service.get("billing_cycle"))
    return amount * ONE_DAY / months if months and months < ONE_DAY else amount


def renewals(service: Record, today: Day, last: Day) -> list[Day]:
    """Return the days until *last* on which a service has to be paid, as its billing cycle repeats.

    A date that is over is a payment that is due, once; the cycle goes on from it.
    """
    first, months = to_day(service.get("next_due")), cycle_months(service.get("billing_cycle"))
    if first is None or months == 0 or first > last:
        return []
    overdue = [first] if first < today else []
    if months is None:
        return [first]
    months = max(months, ONE_DAY)
    count = max(0, int((today - first).days * ONE_DAY / months) - 1)
    day, found = _after(first, months * count), []
    while day <= last:
        if day >= today:
            found.append(day)
        count += 1
        day = _after(first, months * count)
    return overdue + found


def forecast(services: list[Record], writer: Writer, currency: str | None) -> list[Month]:
    """Return what falls due in the coming months, every renewal counted; what is overdue in the first."""
    *starts, (_year, _month, end) = month_starts(writer.today, FORECAST_MONTHS + 1, writer.persian)
    firsts = [first for _year, _month, first in starts]
    sums = [Fraction(0)] * FORECAST_MONTHS
    counts = [0] * FORECAST_MONTHS
    for service in services:
        amount = charge(service)
        for day in renewals(service, writer.today, end - datetime.timedelta(days=1)) if amount else ():
            place = max(0, bisect.bisect_right(firsts, day) - 1)
            sums[place] += amount
            counts[place] += 1
    highest = max([*sums, Fraction(1, 100)])
    return [
        {
            "year": year,
            "month": month,
            "total": writer.money(sums[place], currency),
            "count": counts[place],
            "height": f"{float(sums[place] / highest * 100):.1f}",
        }
        for place, (year, month, _first) in enumerate(starts)
    ]


def _after(day: Day, months: Fraction) -> Day:
    """Return the day so many months later; of parts of a month, 365 days have 12."""
    if months.denominator == 1:
        return add_months(day, int(months))
    return day + datetime.timedelta(days=max(1, int(months * 365 / 12)))
