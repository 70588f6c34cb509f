# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import incident_info
from unit.canned import Canned

ONE = {"id": 5, "name": "Switch", "status": "Scheduled"}


@pytest.mark.parametrize(
    "options, route",
    [
        ({}, "GET /statuses"),
        ({"id": "5"}, "GET /statuses/5"),
        ({"status": "Scheduled"}, "GET /statuses/specific/Scheduled"),
    ],
)
def test_without_any_credentials(options, route):
    canned = Canned({route: {"statuses": [ONE]}})
    found = canned.run(incident_info, token="", **options)["incidents"]
    assert [each["id"] for each in found] == ["5"]
    assert [request for request, body in canned.asked] == [route]
