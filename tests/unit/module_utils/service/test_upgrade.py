# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput, LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._service.record import to_upgrade_options
from ansible_collections.sindad.cloud.plugins.module_utils._service.upgrade import (
    DesiredUpgrade,
    Difference,
    PlaceOrder,
    Selected,
    ordered_cycle,
    plan,
)

RESOURCES = [
    {
        "id": 1557,
        "name": "Bandwidth",
        "type": "select",
        "items": [
            {"id": "9953", "name": "100 GB", "selected": True},
            {"id": "10103", "name": "500 GB", "selected": False},
        ],
    },
    {
        "id": 1562,
        "name": "CPU Cores",
        "type": "slider",
        "min": "1",
        "max": "16",
        "items": [{"id": "9981", "name": "Core", "selected": True, "qty": "2"}],
    },
    {
        "id": 1564,
        "name": "Licence",
        "type": "dropdown",
        "items": [
            {"id": "9991", "name": "None", "selected": False, "qty": "0"},
            {"id": "9992", "name": "cPanel", "selected": True, "qty": "3"},
        ],
    },
    {"id": 1565, "name": "Extras", "type": "checkbox", "items": [{"id": "1", "name": "A"}, {"id": "2", "name": "B"}]},
    {"id": 1566, "name": "Silent", "type": "qty", "items": [{"id": "3", "name": "Unit"}]},
]


def told(resources=None, package=(), product="Starter", billing_cycle="Monthly"):
    """What the portal tells of service 301."""
    options = to_upgrade_options({"resources": RESOURCES if resources is None else resources, "package": list(package)})
    return Selected(options["resources"], options["package"], product, billing_cycle)


def wanted(**options):
    return DesiredUpgrade.of({"resources": None, "package": None, "cycle": None, "force": False, **options})


def compare(desired, now=None):
    return Difference("service 301", desired, now or told())


@pytest.mark.parametrize(
    "name, value, ordered",
    [
        ("Bandwidth", "100 GB", None),
        ("bandwidth", 9953, None),
        ("1557", "500 gb", "10103"),
        ("Bandwidth", {"100 GB": 1}, None),
        ("Bandwidth", {"500 GB": "1"}, "10103"),
        ("CPU Cores", 2, None),
        ("CPU Cores", " 2 ", None),
        ("CPU Cores", {"Core": 2}, None),
        ("CPU Cores", 4, "4"),
        ("CPU Cores", {"9981": 4}, "4"),
        ("Licence", "cPanel", None),
        ("Licence", {"cPanel": 3}, None),
        ("Licence", {"cPanel": 4}, {"9992": "4"}),
        ("Licence", "None", {"9991": "1"}),
    ],
)
def test_only_what_differs_is_ordered(name, value, ordered):
    order = compare(wanted(resources={name: value})).order
    assert list(order.get("resources", {}).values()) == ([] if ordered is None else [ordered])


@pytest.mark.parametrize(
    "resources, message",
    [
        ({"Backup": True}, "in quotes"),
        ({"Backup": None}, "must be a number, an item"),
        ({"Backup": ["a"]}, "must be a number, an item"),
        ({"Backup": {}}, "must be a number, an item"),
        ({"Licence": {"cPanel": "two"}}, "whole number"),
    ],
)
def test_what_cannot_mean_anything_is_refused_before_anything_is_asked(resources, message):
    with pytest.raises(InvalidInput, match=message):
        wanted(resources=resources)


@pytest.mark.parametrize(
    "resources, message",
    [
        ({"Memory": 1}, r"Resource 'Memory' not found on service 301.*1557 \(Bandwidth\)"),
        ({"Bandwidth": "2 TB"}, r"Item '2 TB' not found for Bandwidth on service 301.*9953 \(100 GB\)"),
        ({"Bandwidth": {"500 GB": 2}}, "no quantity"),
        ({"CPU Cores": "Core"}, "whole number"),
        ({"CPU Cores": 17}, "from 1 to 16"),
        ({"CPU Cores": -1}, "whole number"),
        ({"CPU Cores": 2, "1562": 4}, "are one resource"),
        ({"Silent": 4}, "use force"),
        ({"Extras": "A"}, "use force"),
    ],
)
def test_what_does_not_fit_the_options_is_refused(resources, message):
    with pytest.raises((InvalidInput, LookupFailed), match=message):
        compare(wanted(resources=resources))


def test_force_orders_what_cannot_be_compared():
    order = compare(wanted(resources={"Silent": 4, "Extras": {"A": 1}, "Bandwidth": "100 GB"}, force=True)).order
    assert order == {"resources": {"1566": "4", "1565": {"1": "1"}}}


BIGGER = {"id": "21", "name": "Bigger"}


@pytest.mark.parametrize(
    "package, product, order",
    [
        ("Starter", "Starter", {}),
        ("starter", "Starter", {}),
        ("21", "Starter", {"package": 21}),
        ("bigger", "Starter", {"package": 21}),
        ("21", "Bigger", {}),
    ],
)
def test_package(package, product, order):
    assert compare(wanted(package=package), told(package=[BIGGER], product=product)).order == order


def test_an_unknown_package_lists_what_there_is_and_what_it_has():
    with pytest.raises(
        LookupFailed,
        match=r"Package 'Huge' not found among those that service 301 can be upgraded to.*21 .Bigger.*now is Starter",
    ):
        compare(wanted(package="Huge"), told(package=[BIGGER]))


@pytest.mark.parametrize(
    "word, code", [("m", "m"), ("M", "m"), ("monthly", "m"), ("Semi-Annually", "s"), ("p4", "p4"), ("P5", "p5")]
)
def test_cycle_by_word_or_code(word, code):
    assert ordered_cycle(word) == code


def test_an_unknown_cycle_lists_those_that_there_are():
    with pytest.raises(LookupFailed, match=r"Billing cycle 'fortnightly' not found.*a \(Annually\)"):
        wanted(cycle="fortnightly")


@pytest.mark.parametrize(
    "now, order",
    [
        *[(word, {}) for word in ("Monthly", "m", "ماهانه")],
        *[(word, {"cycle": "m"}) for word in ("Annually", "Yearly", "سالانه", "Free")],
    ],
)
def test_cycle_is_compared(now, order):
    assert compare(wanted(cycle="Monthly"), told(billing_cycle=now)).order == order


def test_a_cycle_in_words_that_are_not_known_is_not_compared():
    with pytest.raises(InvalidInput, match="use force"):
        compare(wanted(cycle="m"), told(billing_cycle="هر دو ماه"))


def test_the_diff_tells_names():
    upgrade = compare(wanted(resources={"1557": "10103", "Licence": {"None": 1}, "CPU Cores": 4}, cycle="a"))
    before = {"resources": {"Bandwidth": "100 GB", "Licence": {"cPanel": 3}, "CPU Cores": 2}, "cycle": "Monthly"}
    after = {"resources": {"Bandwidth": "500 GB", "Licence": {"None": 1}, "CPU Cores": 4}, "cycle": "Annually"}
    assert (upgrade.before, upgrade.after) == (before, after)


@pytest.mark.parametrize(
    ("shown", "done"),
    [
        (told(package=[BIGGER]), False),
        (told(product="Bigger"), True),  # its id is not listed any more
        (told(product="Other"), False),
        (Selected(awaits_payment=True), True),
    ],
)
def test_an_order_is_done_once_the_portal_shows_it_or_asks_for_its_payment(shown, done):
    steps = plan(compare(wanted(package="21"), told(package=[BIGGER])))
    assert steps == [PlaceOrder(wanted(package="Bigger"), {"package": 21}, "service 301")]
    assert steps[0].is_done(shown) is done


def test_nothing_is_planned_if_nothing_differs():
    assert plan(compare(wanted(package="starter", cycle="monthly"))) == []
