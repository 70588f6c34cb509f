# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX makes of what the inventory exports: every host once, under its name, in the row that it had."""

from __future__ import annotations

import pytest
from e2e.awx_import import AwxInventory, ImportFailed
from e2e.support import text_of

ODD = [
    *("web:80", "[2001:db8::1]:22", "2001:db8::5", "{{ 6*7 }}", "{% if 1 %}x{% endif %}", "a b", "db[1:3]", "!x", "&y"),
    *("*.*", "~z", "@hosts", "a,b", "../c", "سرور‌های #prod", "100%", "sindad", "all", "x" * 700),
]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("web:80", "web"),
        ("[2001:db8::1]:22", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("web:http", "web"),
    ],
)
def test_the_rules_read_names_as_awx_does(name, read):
    inventory = AwxInventory()
    inventory.load({"_meta": {"hostvars": {}}, "all": {"hosts": [name]}})
    assert [row.name for row in inventory.rows.values()] == [read]


@pytest.mark.parametrize("name", ["{{ 6*7 }}", "a {% if x %}", "x" * 513])
def test_the_rules_refuse_what_awx_refuses(name):
    with pytest.raises(ImportFailed):
        AwxInventory().load({"_meta": {"hostvars": {}}, "g": {"hosts": [name]}})


def test_odd_labels_syncs_renames_and_removals(site):
    """Every label is one host; the same again changes nothing; a rename keeps the row; what is gone goes."""
    added = [{"service": "101", "add_vm": {"id": 5000 + place, "label": label}} for place, label in enumerate(ODD)]
    site.portal.tamper(*added)
    source = site.source(services=["101", "201"], details=["vms"])
    first = site.list(source)
    assert len(first.hosts) == len(ODD) + 3
    by_id, by_name = AwxInventory("sindad_id"), AwxInventory()
    for inventory in (by_id, by_name):
        assert len(inventory.load(first.json)) == len(ODD) + 3
        assert {row.name for row in inventory.rows.values()} == set(first.hosts), "no name is read as more than one"
        assert inventory.load(site.list(source).json) == []
    assert all(set(row.groups) == {"sindad", *row.groups} for row in by_id.rows.values())
    labels = {text_of(row.variables)["sindad_label"] for row in by_id.rows.values()}
    assert set(ODD) <= labels, "the variables keep the text"

    site.portal.tamper({"service": "101", "vm": "18867", "set": {"label": "renamed: {{ 1 }}"}})
    site.portal.tamper({"service": "101", "remove_vm": "5000"})
    number = by_id.number("web1")
    renamed = site.list(source).json
    changes = by_id.load(renamed)
    assert {"deleted web_80", "updated web1"} <= set(changes) and not any("added" in each for each in changes)
    assert by_id.number("renamed_1_") == number
    assert {"deleted web_80", "deleted web1", "added renamed_1_"} <= set(by_name.load(renamed))
    assert by_id.rows[number].instance_id == "vm-101-18867"
