# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The share of each host in what its service costs a month."""

from __future__ import annotations

import math
from fractions import Fraction

from ansible_collections.sindad.cloud.plugins.plugin_utils._money import (
    cycle_months,
    monthly_price,
    to_amount,
    to_decimal_string,
)

#: Decimals of a share at the least and at the most; in between, those of the price.
DECIMALS = (2, 6)


def monthly_shares(total: str | None, billing_cycle: str | None, count: int) -> list[str | None]:
    """The price of a month in *count* parts as even as they can be; the first are the larger ones.

    Their sum is the price, rounded to cents or to the decimals of *total*. None if price or cycle cannot be read; what
    is free, or was paid once, costs nothing.
    """
    price = Fraction(0) if cycle_months(billing_cycle) == 0 else monthly_price(total, billing_cycle)
    if price is None or not count:
        return [None] * count
    decimals = _decimals(to_amount(total))
    units = math.floor(price * 10**decimals + Fraction(1, 2))
    part, rest = divmod(units, count)
    return [to_decimal_string(Fraction(part + (place < rest), 10**decimals), decimals) for place in range(count)]


def _decimals(amount: Fraction | None) -> int:
    """How many decimals *amount* needs."""
    least, most = DECIMALS
    needed = (places for places in range(least, most) if ((amount or 0) * 10**places).denominator == 1)
    return next(needed, most)
