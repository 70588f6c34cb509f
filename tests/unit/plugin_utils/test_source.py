# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that nobody knows are named, with the nearest that there is."""

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.plugin_utils._source import unknown_options

KNOWN = {
    "statuses": {"type": "list"},
    "strict": {},
    "keyed_groups": {"suboptions": {"key": {}, "prefix": {}, "parent_group": {}}},
}


def test_what_is_known():
    assert unknown_options({"statuses": 1, "keyed_groups": [{"key": "a"}, "odd", None]}, KNOWN) == []
    assert unknown_options({"keyed_groups": {"key": 1}}, KNOWN) == unknown_options({}, KNOWN) == []


def test_what_is_not():
    assert unknown_options({"status": 1, "zzz": 2, "keyed_groups": [{"kye": 1}, {"parent": 1}]}, KNOWN) == [
        "There is no option status. Did you mean statuses?",
        "There is no option zzz. There is: keyed_groups, statuses, strict.",
        "There is no option of keyed_groups kye. Did you mean key?",
        "There is no option of keyed_groups parent. Did you mean parent_group?",
    ]
    assert unknown_options({7: 1}, KNOWN)
