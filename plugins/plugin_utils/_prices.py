# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a service costs a month, and the share of each of its hosts in that."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

#: How many times a month each billing cycle comes, as a fraction; facts.md, section 3, and HostBill's longer ones.
#: A year has 12 months, 365 days and 8,760 hours.
TIMES_A_MONTH = {
    "free": (0, 1),
    "onetime": (0, 1),
    "hourly": (730, 1),
    "daily": (365, 12),
    "weekly": (365, 84),
    "monthly": (1, 1),
    "quarterly": (1, 3),
    "semiannually": (1, 6),
    "annually": (1, 12),
    "biennially": (1, 24),
    "triennially": (1, 36),
    "quadrennially": (1, 48),
    "quinquennially": (1, 60),
}
#: Decimals of a price at the least and at the most.
DECIMALS = (2, 6)
#: No price has more digits than this; what has is no price.
DIGITS = 15


def monthly_price(total: str | None, billing_cycle: str | None) -> Decimal | None:
    """The price of a month, rounded to cents or to the decimals of *total*; None if one of the two cannot be read."""
    times = TIMES_A_MONTH.get(re.sub(r"[\W_]", "", billing_cycle or "").casefold())
    if times is None:
        return None
    if not times[0]:
        return _rounded(Decimal(0), DECIMALS[0])
    try:
        amount = Decimal(total or "")
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount.adjusted() > DIGITS:
        return None
    exponent = amount.as_tuple().exponent
    decimals = min(max(DECIMALS[0], -int(exponent)), DECIMALS[1])
    return _rounded(amount * times[0] / times[1], decimals)


def shares(price: Decimal | None, count: int) -> list[str | None]:
    """*price* in *count* parts as even as they can be, whose sum is exactly *price*; the first are the larger ones."""
    if price is None:
        return [None] * count
    unit = Decimal(1).scaleb(int(price.as_tuple().exponent))
    part, rest = divmod(int(price / unit), count) if count else (0, 0)
    return [f"{(part + (place < rest)) * unit:f}" for place in range(count)]


def _rounded(amount: Decimal, decimals: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
