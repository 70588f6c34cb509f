# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host costs a month, to the last cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from ansible_collections.sindad.cloud.plugins.plugin_utils._prices import monthly_shares
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("total", "cycle", "expected"),
    [
        ("9.99", "Monthly", "9.99"),
        ("4.005", "Monthly", "4.005"),
        ("30", "Quarterly", "10.00"),
        ("100.00", "Semi-Annually", "16.67"),
        ("120.00", "annually", "10.00"),
        ("10", "Biennially", "0.42"),
        ("0.01", "Hourly", "7.30"),
        ("1500000", "Annually", "125000.00"),
        ("50", "One Time", "0.00"),
        (None, "Free", "0.00"),
        ("free", "Free", "0.00"),
        ("-12", "Annually", "-1.00"),
        *[(total, "Monthly", None) for total in (None, "", "9,99 $", "NaN", "Infinity", "1e400", "ten")],
        *[("9.99", cycle, None) for cycle in (None, "", "Every full moon")],
    ],
)
def test_the_price_of_a_month(total, cycle, expected):
    assert monthly_shares(total, cycle, 1) == [expected]


def test_what_cannot_be_divided_evenly():
    assert monthly_shares("10.00", "Monthly", 3) == ["3.34", "3.33", "3.33"]
    assert monthly_shares("0.02", "Monthly", 3) == ["0.01", "0.01", "0.00"]
    assert monthly_shares(None, "Monthly", 2) == [None, None] and monthly_shares("9.99", "Monthly", 0) == []


@given(st.decimals(-(10**9), 10**9, places=2), st.integers(1, 400))
def test_the_shares_are_the_price(price, count):
    parts = [Decimal(each) for each in monthly_shares(str(price), "Monthly", count)]
    assert len(parts) == count and sum(parts) == price
    assert max(parts) - min(parts) <= Decimal("0.01")
