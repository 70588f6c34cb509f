# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates, months and digits in the Gregorian and the Jalali (Solar Hijri) calendar."""

from __future__ import annotations

import calendar
import datetime
import re

Day = datetime.date
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
#: Jalali years in which the rhythm of leap years breaks (K. M. Borkowski, "The Persian calendar for 3000 years", 1996).
BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178)
#: The Gregorian year of the first day of the Jalali calendar.
FIRST_YEAR = 622
DAYS_OF_SIX_LONG_MONTHS = 186


def to_day(value: object) -> Day | None:
    """The day that a portal's date or timestamp begins with; ``None`` if it is none, as in ``0000-00-00``."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    found = DATE.match(str(value).strip())
    if not found:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def to_persian_digits(value: object) -> str:
    """The text of ``value`` with Persian digits."""
    return str(value).translate(PERSIAN_DIGITS)


def new_year(year: int) -> Day:
    """The Gregorian day of 1 Farvardin of this Jalali year."""
    leaps, start, jump = -14, BREAKS[0], 0
    for stop in BREAKS[1:]:
        jump = stop - start
        if year < stop:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        start = stop
    since = year - start
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if jump % 33 == 4 and jump - since == 4:
        leaps += 1
    gregorian = year + 621
    gregorian_leaps = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    return datetime.date(gregorian, 3, 20 + leaps - gregorian_leaps)


def to_jalali(day: Day) -> tuple[int, int, int]:
    """Year, month and day of the Jalali calendar."""
    year = day.year - 621
    if day < new_year(year):
        year -= 1
    passed = (day - new_year(year)).days
    if passed < DAYS_OF_SIX_LONG_MONTHS:
        return year, passed // 31 + 1, passed % 31 + 1
    passed -= DAYS_OF_SIX_LONG_MONTHS
    return year, passed // 30 + 7, passed % 30 + 1


def from_jalali(year: int, month: int, day: int) -> Day:
    """The Gregorian day; ``day`` must exist in the month."""
    before = (month - 1) * 31 if month <= 7 else DAYS_OF_SIX_LONG_MONTHS + (month - 7) * 30
    return new_year(year) + datetime.timedelta(days=before + day - 1)


def jalali_text(day: Day) -> str:
    """A Jalali date as it is written: ``۱۴۰۵/۰۹/۰۲``; empty before the calendar begins."""
    if day.year <= FIRST_YEAR:
        return ""
    year, month, number = to_jalali(day)
    return to_persian_digits(f"{year:04}/{month:02}/{number:02}")


def add_months(day: Day, months: int) -> Day:
    """The same day so many months later, or the last of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_starts(day: Day, count: int, jalali: bool) -> list[tuple[int, int, Day]]:
    """Year, month and first day of so many months, from the one that holds ``day``."""
    year, month = to_jalali(day)[:2] if jalali else (day.year, day.month)
    starts = []
    for place in range(count):
        years, index = divmod(month - 1 + place, 12)
        first = from_jalali(year + years, index + 1, 1) if jalali else datetime.date(year + years, index + 1, 1)
        starts.append((year + years, index + 1, first))
    return starts
