# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import vm_template_info
from unit.canned import Canned


@pytest.mark.parametrize(
    "templates, expected",
    [
        ([{"id": 12, "name": "Debian 12"}], [("12", "Debian 12")]),
        ({"debian-12": "Debian 12"}, [("debian-12", "Debian 12")]),
        ({"12": {"id": "12", "name": "Debian 12"}}, [("12", "Debian 12")]),
        ([], []),
    ],
)
def test_records(templates, expected):
    answers = {"GET /service/101/templates": {"templates": templates}}
    result = Canned(answers).run(vm_template_info, service="101")
    assert [(each["id"], each["name"]) for each in result["templates"]] == expected
