# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Jalali calendar, compared with a library that many use."""

from __future__ import annotations

import datetime

import pytest
from ansible_collections.sindad.cloud.plugins.filter.jalali import jalali
from ansible_collections.sindad.cloud.plugins.filter.persian_digits import persian_digits
from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import (
    add_months,
    from_jalali,
    month_starts,
    to_day,
    to_jalali,
)
from persiantools.jdatetime import JalaliDate


def test_every_day_of_two_centuries_is_that_of_the_library():
    day, last = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)
    while day <= last:
        theirs = JalaliDate(day)
        assert to_jalali(day) == (theirs.year, theirs.month, theirs.day), day
        assert from_jalali(theirs.year, theirs.month, theirs.day) == day
        day += datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2026-11-23", "۱۴۰۵/۰۹/۰۲"),
        ("2026-03-21 10:00:00", "۱۴۰۵/۰۱/۰۱"),
        ("2025-03-20", "۱۴۰۳/۱۲/۳۰"),  # the last day of a leap year
        (datetime.date(2026, 3, 20), "۱۴۰۴/۱۲/۲۹"),
        ("0000-00-00", ""),
        ("", ""),
        (None, ""),
        ("soon", ""),
        ("2026-02-30", ""),
        ("20261-01-01", ""),
    ],
)
def test_a_date_is_written(value, written):
    assert jalali(value) == written


def test_only_digits_change():
    assert persian_digits(12) == "۱۲"
    assert persian_digits("web1, ۲ و ٣") == "web۱, ۲ و ٣"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-11-30", 0, "2026-11-30"),
    ],
)
def test_months_later(day, months, later):
    assert add_months(to_day(day), months) == to_day(later)


def test_months_begin_where_their_calendar_says():
    day = datetime.date(2026, 11, 23)
    assert month_starts(day, 3, jalali=False) == [
        (2026, 11, datetime.date(2026, 11, 1)),
        (2026, 12, datetime.date(2026, 12, 1)),
        (2027, 1, datetime.date(2027, 1, 1)),
    ]
    assert month_starts(day, 5, jalali=True) == [
        (year, month, JalaliDate(year, month, 1).to_gregorian())
        for year, month in [(1405, 9), (1405, 10), (1405, 11), (1405, 12), (1406, 1)]
    ]
