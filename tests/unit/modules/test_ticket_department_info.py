# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import ticket_department_info
from unit.canned import Canned


def test_departments():
    portal = Canned({"GET /ticket/departments": {"departments": {"3": {"name": "پشتیبانی"}}}})
    result = portal.run(ticket_department_info)
    assert result["changed"] is False
    assert result["departments"] == [{"id": "3", "name": "پشتیبانی", "raw": {"id": "3", "name": "پشتیبانی"}}]


def test_an_unknown_shape_is_not_taken_for_none():
    portal = Canned({"GET /ticket/departments": {"status": True}})
    assert portal.run(ticket_department_info)["failed"]
