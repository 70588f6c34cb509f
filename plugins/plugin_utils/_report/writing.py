# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a report writes texts, amounts and dates."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypedDict

from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import Day, jalali_text, to_day
from ansible_collections.sindad.cloud.plugins.plugin_utils._money import exact, grouped, rounded

Record = Mapping[str, Any]


class Money(TypedDict):
    """An amount as it is (``value``, a decimal string) and as it is written (``text``)."""

    value: str
    text: str
    currency: str | None


class Date(TypedDict):
    """A day; ``days`` from today."""

    iso: str
    jalali: str
    days: int


class Writer:
    """The day of a report, and how the report writes amounts and dates.

    :param today: the day of the report. :param due_days: how many days ahead the report looks.
    :param persian: whether amounts are written in Persian, and months counted by the Jalali calendar.
    :param currency: of records that name none.
    """

    def __init__(self, today: Day, due_days: int, persian: bool, currency: str | None) -> None:
        self.today = today
        self.last = today + datetime.timedelta(days=due_days)
        self.persian = persian
        self.currency = currency

    def money(self, amount: Fraction, currency: str | None, rate: bool = False) -> Money:
        """Return *amount* as it is written.

        :param rate: whether it is a price per month, which may have no end and is rounded.
        """
        value = rounded(amount, currency) if rate else exact(amount, currency)
        return {"value": value, "text": grouped(value, self.persian), "currency": currency}

    def date(self, value: object) -> Date | None:
        """Return the day that a portal's date names, or None."""
        day = to_day(value)
        if day is None:
            return None
        return {"iso": day.isoformat(), "jalali": jalali_text(day), "days": (day - self.today).days}

    def currency_of(self, record: Record) -> str | None:
        """Return the currency of a record, else that of the account."""
        return clean(record.get("currency")) or self.currency


def clean(value: object) -> str:
    """Return text that fits a line and a file: no control characters, no halves of characters."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = ("\ufffd" if "\ud800" <= each <= "\udfff" else " " if _is_control(each) else each for each in text)
    return "".join(kept).strip()


def _is_control(character: str) -> bool:
    return character < " " or "\x7f" <= character <= "\x9f" or character in "\u2028\u2029"


def word(value: object) -> str:
    """Return a status word as it is compared."""
    return clean(value).casefold()


def percentages(sums: list[Fraction]) -> list[tuple[str, str]]:
    """Return the share of each in percent, and the sum of the shares before it."""
    whole = sum(sums, Fraction(0))
    before, found = Fraction(0), []
    for each in sums:
        found.append((_percent(each, whole), _percent(before, whole)))
        before += each
    return found


def _percent(part: Fraction, whole: Fraction) -> str:
    return f"{float(part / whole * 100):.1f}" if whole else "0.0"


def by_due(row: Any) -> tuple[bool, str, str]:
    """Sort rows by their due date, those without one last."""
    return (row["due"] is None, (row["due"] or {}).get("iso", ""), row["id"])


def is_past(row: Any) -> bool:
    """Whether the due date of a row is over."""
    return row["due"] is not None and row["due"]["days"] < 0
