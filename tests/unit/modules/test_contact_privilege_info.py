# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import contact_privilege_info
from unit.canned import Canned


def test_they_are_returned_as_they_are():
    there = {"support": ["tickets"], "services": {"full": 1, "332": ["basic", "logindetails"]}}
    result = Canned({"GET /contact/privileges": {"privileges": there}}).run(contact_privilege_info)
    assert result["privileges"] == there
