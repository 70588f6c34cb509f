# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums and prices per month without rounding: amounts are fractions, rounded once, when they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from fractions import Fraction

from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import cycle_of
from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import to_persian_digits

#: Currencies that are not divided in practice: their whole amounts are shown without decimals.
UNDIVIDED = {"irr", "irt", "tmn", "rial", "rials", "toman", "tomans", "ریال", "تومان", "jpy", "krw", "vnd"}
#: No price has more digits; a longer one is a mistake that would only cost memory.
MAX_DIGITS = 40
MAX_DECIMALS = 8


def to_amount(value: object) -> Fraction | None:
    """A decimal string as an exact amount; ``None`` if it is none."""
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount.adjusted() > MAX_DIGITS or len(amount.as_tuple().digits) > MAX_DIGITS:
        return None
    exponent = amount.as_tuple().exponent
    return Fraction(amount) if isinstance(exponent, int) and exponent >= -MAX_DIGITS else None


def cycle_months(cycle: object) -> Fraction | None:
    """How many months a billing cycle has: 0 if nothing is paid again, ``None`` if its word is not known."""
    known = cycle_of(cycle)
    return None if known is None else known.months


def monthly_price(total: object, cycle: object) -> Fraction | None:
    """What a cycle's price is per month; ``None`` if the price or the cycle is not known."""
    amount, months = to_amount(total), cycle_months(cycle)
    if amount is None or months is None:
        return None
    return amount / months if months else Fraction(0)


def total(amounts: Iterable[Fraction | None]) -> Fraction:
    """The exact sum; what is not known is left out."""
    return sum((each for each in amounts if each is not None), Fraction(0))


def to_decimal_string(amount: Fraction, places: int = 2) -> str:
    """Rounded half up, as a plain decimal string."""
    with localcontext() as context:
        context.prec = 3 * MAX_DIGITS
        value = Decimal(amount.numerator) / Decimal(amount.denominator)
        return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def rounded(amount: Fraction, currency: str | None) -> str:
    """A decimal string with as many decimals as the currency has."""
    return to_decimal_string(amount, _decimals(amount, currency))


def exact(amount: Fraction, currency: str | None) -> str:
    """The same with all decimals that the amount has, for sums that must agree with the portal's to the last digit."""
    places = _decimals(amount, currency)
    while places < MAX_DECIMALS and (amount * 10**places).denominator != 1:
        places += 1
    return to_decimal_string(amount, places)


def _decimals(amount: Fraction, currency: str | None) -> int:
    if currency is None:
        return 0 if amount.denominator == 1 else 2
    return 0 if currency.strip().casefold() in UNDIVIDED else 2


def grouped(value: str, persian: bool = False) -> str:
    """A decimal string with separators: ``1,234.50``, or in Persian ``۱٬۲۳۴٫۵۰``."""
    shown = f"{Decimal(value):,f}"
    return to_persian_digits(shown.replace(",", "٬").replace(".", "٫")) if persian else shown
