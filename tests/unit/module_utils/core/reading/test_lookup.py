# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.lookup import choose, listing, to_choice

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
    assert str(caught.value).startswith("Template '")
    assert "on service 5" in str(caught.value)
    assert "1 (Debian 12)" in str(caught.value) and "7" in str(caught.value)


SERVICES = [{"id": str(each), "name": f"web{each}.example.com"} for each in range(301, 400)]
DEBIAN = [{"id": "1", "name": "Ubuntu"}, {"id": "2", "name": "Debian 11"}, {"id": "3", "name": "Debian 12"}]


@pytest.mark.parametrize(
    ("wanted", "candidates", "hint"),
    [
        ("debain 12", DEBIAN, "Did you mean 3 (Debian 12)? Available: 3 (Debian 12), 2 (Debian 11), 1 (Ubuntu)."),
        (
            "web398.exmaple.com",
            SERVICES,
            "Did you mean 398 (web398.example.com)? Available: 398 (web398.example.com), ",
        ),
        ("دبین", TEMPLATES, "Did you mean 8 (دبیان)? Available: 8 (دبیان), 1 (Debian 12)"),
        ("ubunto", [{"id": "7", "name": "Ubuntu 24.04"}, *DEBIAN[1:]], "Did you mean 7 (Ubuntu 24.04)? Available: 7 "),
        (
            "3980",
            [{"id": "1", "name": "a"}, {"id": "3981", "name": "b"}],
            "Did you mean 3981 (b)? Available: 3981 (b), ",
        ),
        ("100", [{"id": "101", "name": "a"}], "Available: 101 (a)."),
        ("Fedora", DEBIAN, "Available: 1 (Ubuntu), 2 (Debian 11), 3 (Debian 12)."),
    ],
)
def test_the_closest_comes_first(wanted, candidates, hint):
    with pytest.raises(LookupFailed) as caught:
        choose(wanted, candidates, "template")
    assert f"Template '{wanted}' not found. {hint}" in str(caught.value)


def test_names_that_fold_to_one_are_listed():
    with pytest.raises(LookupFailed, match="2 templates are named 'شبكة'"):
        choose("شبكة", [{"id": "1", "name": "شبکه"}, {"id": "2", "name": "شبـکه"}], "template")


def test_an_empty_list_is_said():
    with pytest.raises(LookupFailed, match="None are available"):
        choose("x", [], "template")


def test_a_long_list_is_cut():
    many = [{"id": str(each), "name": None} for each in range(100)]
    assert listing(many).endswith("28, 29, and 70 more")


@pytest.mark.parametrize("key", ["template", "uuid", "slug", "os_id", "code", "image", "ref", "osId", "x_id"])
def test_a_name_does_not_choose_what_has_its_id_under_an_unknown_key(key):
    sources = [{"name": "Debian 12", key: "deb12"}, {"name": "Ubuntu", key: 24, "family": "linux"}]
    choices = list(map(to_choice, sources))
    assert [each["id"] for each in choices] == ["", ""]
    with pytest.raises(LookupFailed, match=rf"Template 'Debian 12' has no ID that is known \(keys: name, {key}\)"):
        choose("Debian 12", choices, "template")
    assert choose("deb12", choices, "template")["id"] == "deb12"
    assert choose("24", choices, "template")["id"] == "24"
    with pytest.raises(LookupFailed, match=r"not found\. Did you mean Debian 12\? Available: Debian 12, Ubuntu"):
        choose("deb13", choices, "template")


def test_a_text_that_stands_beside_two_names_chooses_neither():
    choices = [to_choice({"name": name, "family": "linux"}) for name in ("Debian 12", "Ubuntu")]
    with pytest.raises(LookupFailed, match="2 templates are named 'linux'"):
        choose("linux", choices, "template")


@pytest.mark.parametrize(
    "source, identity",
    [
        ({"name": "Debian 12"}, "Debian 12"),
        ({"name": "Debian 12", "group": "linux"}, "Debian 12"),
        ({"name": "Debian 12", "usablefor": ["1"], "enabled": True}, "Debian 12"),
        ({"id": "7", "name": "Debian 12", "uuid": "x"}, "7"),
        ({"ID": 7, "Name": "Debian 12"}, "7"),
        ({"templateId": "7", "name": "Debian 12"}, "7"),
        ({"TemplateID": "7", "Title": "Debian 12"}, "7"),
        ({"id": 0, "name": "Debian 12"}, "0"),
        ({"id": "7"}, "7"),
    ],
)
def test_the_id_of_a_choice(source, identity):
    choice = to_choice(source)
    assert choice["id"] == identity and choice["name"] in ("Debian 12", "7")
