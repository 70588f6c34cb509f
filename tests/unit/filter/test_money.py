# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts are exact until they are shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.sindad.cloud.plugins.filter.money_sum import money_sum
from ansible_collections.sindad.cloud.plugins.filter.monthly_price import monthly_price
from ansible_collections.sindad.cloud.plugins.plugin_utils import _money as money


@pytest.mark.parametrize(
    ("amounts", "summed"),
    [
        ([], "0.00"),
        (["0.10"] * 3, "0.30"),
        (["0.1"] * 1000, "100.00"),
        (["9007199254740993", "0.01"], "9007199254740993.01"),
        (["4.000", None, "", "1"], "5.00"),
        (["0.125", "0.25"], "0.375"),
        (["-5", "2.50"], "-2.50"),
    ],
)
def test_sums_are_exact(amounts, summed):
    assert money_sum(amounts) == summed


@pytest.mark.parametrize("wrong", ["a lot", "NaN", "Infinity", "1e999999999", "1e-999999999", "1" * 50])
def test_what_is_no_amount_is_no_amount(wrong):
    assert money.to_amount(wrong) is None
    with pytest.raises(AnsibleFilterError, match="is not an amount"):
        money_sum(["1.00", wrong])


@pytest.mark.parametrize(
    ("cycle", "price"),
    [
        ("Monthly", "1490.00"),
        ("m", "1490.00"),
        ("Quarterly", "496.67"),
        ("Semi-Annually", "248.33"),
        ("semiannually", "248.33"),
        ("Annually", "124.17"),
        ("Biennially", "62.08"),
        ("Triennially", "41.39"),
        ("Weekly", "6474.40"),
        ("Daily", "45320.83"),
        ("Hourly", "1087700.00"),
        ("سه ماهه", "496.67"),
        ("One Time", "0.00"),
        ("Free", "0.00"),
        ("Now and then", None),
        ("", None),
        (None, None),
    ],
)
def test_prices_per_month(cycle, price):
    assert monthly_price("1490.00", cycle) == price


def test_a_price_that_is_not_known_stays_so():
    assert monthly_price(None, "Monthly") is None


def test_twelve_twelfths_are_the_whole():
    assert money.monthly_price("100", "Annually") * 12 == 100


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (Fraction(5, 1), "USD", "5.00"),
        (Fraction(1, 3), "USD", "0.33"),
        (Fraction(1, 8), "USD", "0.125"),
        (Fraction(1250000), "IRR", "1250000"),
        (Fraction(1250000), "تومان", "1250000"),
        (Fraction("1250000.5"), "IRR", "1250000.5"),
        (Fraction(1250000), None, "1250000"),
        (Fraction("9.9"), None, "9.90"),
    ],
)
def test_sums_have_the_decimals_they_need(amount, currency, written):
    assert money.exact(amount, currency)[: len(written)] == written


def test_rates_are_rounded_half_up():
    assert money.rounded(Fraction("0.125"), "USD") == "0.13"
    assert money.rounded(Fraction("10.5"), "IRR") == "11"


def test_amounts_are_grouped():
    assert money.grouped("1234567.50") == "1,234,567.50"
    assert money.grouped("1234567.50", persian=True) == "۱٬۲۳۴٬۵۶۷٫۵۰"
    assert money.grouped("-1000") == "-1,000"
