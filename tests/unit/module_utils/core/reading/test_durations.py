# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Durations as users write them."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.durations import duration_option


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *((30, 30), (2.5, 2.5), ("30", 30), (" 30 ", 30), (".5", 0.5), ("0.25", 0.25), ("30s", 30), ("30 s", 30)),
        *(("90sec", 90), ("90 seconds", 90), ("1second", 1), ("10m", 600), ("10 min", 600), ("1minute", 60)),
        *(
            ("2 mins", 120),
            ("1h", 3600),
            ("1.5h", 5400),
            ("2 hours", 7200),
            ("1hr", 3600),
            ("1d", 86400),
            ("2days", 172800),
        ),
        *(("10M", 600), ("1H", 3600), ("366d", 366 * 86400)),
    ],
)
def test_durations(value, seconds):
    assert duration_option(value, "timeout") == seconds


@pytest.mark.parametrize(
    "value",
    [
        *(0, -1, "0", "-5", "0s", "", " ", None, True, False, "nan", "inf", "1e9", "10 x", "m", "10ms", "1,5", "1h30"),
        *("10 10", "367d", 1e300, float("nan"), float("inf"), "9" * 400, "۱۰", "1" + " " * 50000 + "x", "soon", [30]),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_not_a_duration(value):
    with pytest.raises(InvalidInput, match=r"^wait_timeout must be more than 0 seconds"):
        duration_option(value, "wait_timeout")
