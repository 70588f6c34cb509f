# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A result that does not fit its RETURN is found."""

from __future__ import annotations

import pytest
from returned import undocumented, unkept

PROMISED = {
    "ticket": {
        "type": "dict",
        "contains": {
            "number": {"type": "str"},
            "replies": {"type": "list", "contains": {"id": {"type": "str"}, "size": {"type": "int"}}},
            "raw": {"type": "dict"},
        },
    }
}


def result(**changes):
    ticket = {"number": "1", "replies": [{"id": "2", "size": 3}], "raw": {"anything": 1}, **changes}
    return {"ticket": ticket}


def test_what_fits_is_fine():
    assert undocumented(PROMISED, result(), "t") == []
    assert unkept(PROMISED, [result()], "t") == []
    assert unkept(PROMISED, [result(number=None), result(replies=None), {"ticket": None}], "t") == []


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"ticket": {"number": "1", "nubmer": "1"}}, "t.ticket.nubmer"),
        (result(replies=[{"id": "2"}, {"ID": "2"}]), "t.ticket.replies.ID"),
        ({"tickets": []}, "t.tickets"),
    ],
)
def test_a_key_that_is_not_documented_is_found_at_any_depth(more, path):
    assert undocumented(PROMISED, more, "t") == [path]


@pytest.mark.parametrize(
    ("less", "text"),
    [
        ({}, "t.ticket is never returned"),
        (result(number=None), "t.ticket.number is never returned"),
        (result(replies=[]), "t.ticket.replies.id is never returned"),
        (result(number=1), "t.ticket.number is 1, not of type str"),
        (result(replies=[{"id": "2", "size": True}]), "t.ticket.replies.size is True, not of type int"),
    ],
)
def test_a_key_that_never_comes_or_comes_with_another_type_is_found(less, text):
    assert text in unkept(PROMISED, [less], "t")
