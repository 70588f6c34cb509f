# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The name in a label."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.labels import name_of


@pytest.mark.parametrize(
    "label, name",
    [
        ("web1", "web1"),
        ("web1 #protected", "web1"),
        ("#prod web1 #db", "web1"),
        ("web1,#prod", "web1"),
        ("web1 &#35;prod", "web1"),
        ("web1 ＃prod", "web1"),
        ("c#1", "c#1"),
        ("  web  1 ", "web  1"),
        ("web 1 #a", "web 1"),
        ("#prod", ""),
        ("#-", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_tags_are_no_part_of_a_name(label, name):
    assert name_of(label) == name
