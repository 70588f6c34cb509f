# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names out of labels: whatever a portal writes is one name, to Ansible, to AWX and to a file system."""

from __future__ import annotations

import pytest
from ansible.inventory.manager import split_host_pattern
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.text import printable
from ansible_collections.sindad.cloud.plugins.plugin_utils._naming import group_name, host_name, with_suffix
from hypothesis import example, given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("web1", "web1"),
        ("web:80", "web_80"),
        ("2001:db8::1", "2001:db8::1"),
        ("2001:db8::1:zz", "2001_db8_1_zz"),
        ("fe80::1%eth0", "fe80_1_eth0"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("main cloud\n#prod", "main_cloud_#prod"),
        ("{{ 6*7 }}", "_6_7_"),
        ("{% if x %}", "_if_x_"),
        ("db[1:3]", "db_1_3_"),
        ("!web, &db, ~a.*", "_web_db_a._"),
        ("@hosts", "_hosts"),
        ("a@b", "a@b"),
        ("web?", "web_"),
        ("سرور‌های وب", "سرور‌های_وب"),
        ("a\x1b[31mb\x9bc\u202ed\u200f", "a_31mb_c_d_"),
        ("\ud800x", "_x"),
        ("x" * 300, "x" * 200),
        ("سرور" * 40, "سرور" * 25),
        ("x" + "س" * 150, "x" + "س" * 99),
        ("a" + "😀" * 60, "a" + "😀" * 49),
        ("-oProxyCommand=x", "_oProxyCommand=x"),
        ("--x", "_-x"),
        (" - x", "__x"),
        ("-@x", "_@x"),
        *[(label, None) for label in ("", " ", "..", "!!!", "{{}}", "\n", "__")],
    ],
)
def test_names_of_hosts(label, name):
    assert host_name(label) == name


@given(st.text())
@example("web:80")
def test_a_name_is_one_pattern_that_means_itself(label):
    name = host_name(label)
    if name is not None:
        assert split_host_pattern(name) == [name]
        assert not set(name) & set(" \t\n/\\{}%[],!&*?~\x1b\x9b\u202e") and not name.startswith(("@", "-"))
        assert len(name.encode()) <= 200
        assert host_name(name) == name


@pytest.mark.parametrize("name", ["web1", "x" * 200, "س" * 100, "😀" * 50])
def test_a_suffix_survives_the_cut(name):
    found = with_suffix(name, "_18868")
    assert found.endswith("_18868") and len(found.encode()) <= 200 and name.startswith(found[:-6])


def test_text_for_a_terminal():
    assert printable("a\x1b[31m\u202eb\x9b\ncسرور‌ها") == "a [31m b cسرور‌ها"
    assert printable(ValueError("x\ud800")) == "x "


def test_names_of_groups():
    assert group_name("sindad_Category_Müller & Co/1 سرور‌ها") == "sindad_category_müller___co_1_سرور_ها"
