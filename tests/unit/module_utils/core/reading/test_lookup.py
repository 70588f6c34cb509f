# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.lookup import choose, listing

TEMPLATES = [
    {"id": "1", "name": "Debian 12"},
    {"id": "2", "name": "debian 12"},
    {"id": "3", "name": "Ubuntu"},
    {"id": "4", "name": "Twice"},
    {"id": "5", "name": "Twice"},
    {"id": "Six", "name": "3"},
    {"id": "7", "name": None},
    {"id": "8", "name": "دبیان"},
]


@pytest.mark.parametrize(
    ("wanted", "identity"),
    [
        ("1", "1"),
        (3, "3"),
        ("3", "3"),  # an id before a name
        ("Debian 12", "1"),
        ("debian 12", "2"),
        ("UBUNTU", "3"),
        (" Ubuntu ", "3"),
        ("دبیان", "8"),
        ("Six", "Six"),
        ("۳", "3"),
        ("دبيان", "8"),
        ("دبیا\u200cن", "8"),
    ],
)
def test_id_then_name_then_name_regardless_of_case(wanted, identity):
    assert choose(wanted, TEMPLATES, "template")["id"] == identity


@pytest.mark.parametrize(
    ("wanted", "ids"), [("Twice", ["4 (Twice)", "5 (Twice)"]), ("DEBIAN 12", ["1 (Debian 12)", "2 (debian 12)"])]
)
def test_two_are_listed(wanted, ids):
    with pytest.raises(LookupFailed, match=f"2 templates on service 5 are named '{wanted}'") as caught:
        choose(wanted, TEMPLATES, "template", "on service 5")
    assert all(each in str(caught.value) for each in ids)
    assert "Ubuntu" not in str(caught.value)


@pytest.mark.parametrize("wanted", ["Fedora", "", "  ", "None", "six", None])
def test_none_is_told_with_what_there_is(wanted):
    with pytest.raises(LookupFailed) as caught:
        choose(wanted, TEMPLATES, "template", "on service 5")
    assert str(caught.value).startswith("There is no template")
    assert "on service 5" in str(caught.value)
    assert "1 (Debian 12)" in str(caught.value) and "7" in str(caught.value)


SERVICES = [{"id": str(each), "name": f"web{each}.example.com"} for each in range(301, 400)]
DEBIAN = [{"id": "1", "name": "Ubuntu"}, {"id": "2", "name": "Debian 11"}, {"id": "3", "name": "Debian 12"}]


@pytest.mark.parametrize(
    ("wanted", "candidates", "hint"),
    [
        ("debain 12", DEBIAN, "Did you mean 3 (Debian 12)? There is: 3 (Debian 12), 2 (Debian 11), 1 (Ubuntu)."),
        ("web398.exmaple.com", SERVICES, "Did you mean 398 (web398.example.com)? There is: 398 (web398.example.com), "),
        ("دبین", TEMPLATES, "Did you mean 8 (دبیان)? There is: 8 (دبیان), 1 (Debian 12)"),
        ("ubunto", [{"id": "7", "name": "Ubuntu 24.04"}, *DEBIAN[1:]], "Did you mean 7 (Ubuntu 24.04)? There is: 7 "),
        (
            "3980",
            [{"id": "1", "name": "a"}, {"id": "3981", "name": "b"}],
            "Did you mean 3981 (b)? There is: 3981 (b), ",
        ),
        ("100", [{"id": "101", "name": "a"}], "There is: 101 (a)."),
        ("Fedora", DEBIAN, "There is: 1 (Ubuntu), 2 (Debian 11), 3 (Debian 12)."),
    ],
)
def test_the_closest_comes_first(wanted, candidates, hint):
    with pytest.raises(LookupFailed) as caught:
        choose(wanted, candidates, "template")
    assert f"There is no template '{wanted}'. {hint}" in str(caught.value)


def test_names_that_fold_to_one_are_listed():
    with pytest.raises(LookupFailed, match="2 templates are named 'شبكة'"):
        choose("شبكة", [{"id": "1", "name": "شبکه"}, {"id": "2", "name": "شبـکه"}], "template")


def test_an_empty_list_is_said():
    with pytest.raises(LookupFailed, match="There is none at all"):
        choose("x", [], "template")


def test_a_long_list_is_cut():
    many = [{"id": str(each), "name": None} for each in range(100)]
    assert listing(many).endswith("28, 29, and 70 more")
