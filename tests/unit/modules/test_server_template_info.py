# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import server_template_info
from unit.canned import Canned
from unit.canned_server import LIVE, UBUNTU, answers


@pytest.mark.parametrize(
    "operation, first, recipes",
    [
        ("reinstall", "ISPsystem__Debian-12-x86_64", [("docker", "Docker", [UBUNTU["id"]])]),
        ("rescue", LIVE["id"], []),
        ("diagnostics", "memtest", []),
    ],
)
def test_templates_of_each_operation(operation, first, recipes):
    result = Canned(answers()).run(server_template_info, service="201", operation=operation)
    assert result["templates"][0]["id"] == first
    assert [(each["id"], each["name"], each["usable_for"]) for each in result["recipes"]] == recipes
