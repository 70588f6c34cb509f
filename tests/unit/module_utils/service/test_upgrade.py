# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import ApiError, InvalidInput, LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._service.record import to_upgrade_options
from ansible_collections.sindad.cloud.plugins.module_utils._service.upgrade import Upgrade, cycle

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


class Told:
    """A service whose portal tells this of it."""

    id = "301"

    def __init__(self, resources=None, package=(), product="Starter", billing_cycle="Monthly"):
        self.options = {"resources": list(RESOURCES if resources is None else resources), "package": list(package)}
        self.told = {"product": product, "billing_cycle": billing_cycle}

    def upgrade_options(self):
        return to_upgrade_options(self.options)

    def details(self):
        return self.told


def wanted(**options):
    return Upgrade({"resources": None, "package": None, "cycle": None, "force": False, **options})


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
    order = wanted(resources={name: value}).compare(Told())
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
        ({"Memory": 1}, r"no resource 'Memory' on service 301.*1557 \(Bandwidth\)"),
        ({"Bandwidth": "2 TB"}, r"no item '2 TB' of Bandwidth on service 301.*9953 \(100 GB\)"),
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
        wanted(resources=resources).compare(Told())


def test_force_orders_what_cannot_be_compared():
    order = wanted(resources={"Silent": 4, "Extras": {"A": 1}, "Bandwidth": "100 GB"}, force=True).compare(Told())
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
    assert wanted(package=package).compare(Told(package=[BIGGER], product=product)) == order


def test_an_unknown_package_lists_what_there_is_and_what_it_has():
    with pytest.raises(LookupFailed, match=r"no package 'Huge'.*21 \(Bigger\).*Its package now is Starter"):
        wanted(package="Huge").compare(Told(package=[BIGGER]))


@pytest.mark.parametrize(
    "word, code", [("m", "m"), ("M", "m"), ("monthly", "m"), ("Semi-Annually", "s"), ("p4", "p4"), ("P5", "p5")]
)
def test_cycle_by_word_or_code(word, code):
    assert cycle(word) == code


def test_an_unknown_cycle_lists_those_that_there_are():
    with pytest.raises(LookupFailed, match=r"no billing cycle 'yearly'.*a \(Annually\)"):
        wanted(cycle="yearly")


@pytest.mark.parametrize(
    "now, order", [("Monthly", {}), ("m", {}), ("Annually", {"cycle": "m"}), ("Free", {"cycle": "m"})]
)
def test_cycle_is_compared(now, order):
    assert wanted(cycle="Monthly").compare(Told(billing_cycle=now)) == order


def test_a_cycle_in_words_that_are_not_known_is_not_compared():
    with pytest.raises(InvalidInput, match="use force"):
        wanted(cycle="m").compare(Told(billing_cycle="ماهانه"))


def test_the_diff_tells_names():
    upgrade = wanted(resources={"1557": "10103", "Licence": {"None": 1}, "CPU Cores": 4}, cycle="a")
    upgrade.compare(Told())
    before = {"resources": {"Bandwidth": "100 GB", "Licence": {"cPanel": 3}, "CPU Cores": 2}, "cycle": "Monthly"}
    after = {"resources": {"Bandwidth": "500 GB", "Licence": {"None": 1}, "CPU Cores": 4}, "cycle": "Annually"}
    assert (upgrade.before, upgrade.after) == (before, after)


def test_an_order_has_landed_once_the_portal_shows_it_or_asks_for_its_payment():
    service = Told(package=[BIGGER])
    upgrade = wanted(package="21")
    upgrade.compare(service)
    assert not upgrade.landed()
    service.told["product"], service.options["package"] = "Bigger", []
    assert upgrade.landed()
    service.told["product"] = "Other"
    assert not upgrade.landed()

    def refuse():
        raise ApiError("no", errors=["upgrade_due_invoice"])

    service.upgrade_options = refuse
    assert upgrade.landed()
