# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import vm_info
from unit.canned import Canned


@pytest.mark.parametrize("nothing", [[], {}, {"vms": []}, {"vms": {}}])
def test_no_vms_in_every_spelling(nothing):
    assert Canned({"GET /service/1/vms": nothing}).run(vm_info, service="1")["vms"] == []


@pytest.mark.parametrize("nonsense", [{"vms": False}, {"status": True}, None, "busy"])
def test_what_is_no_list_is_not_taken_for_no_vms(nonsense):
    result = Canned({"GET /service/1/vms": nonsense}).run(vm_info, service="1")
    assert result["failed"] is True
    assert "vms" not in result


def test_a_vm_that_only_its_details_name_is_found_by_its_label():
    canned = Canned(
        {
            "GET /service/1/vms": {"vms": {"7": {"status": "running"}, "8": {"status": "stopped"}}},
            "GET /service/1/vms/7": {"vm": {"label": "web1", "password": "hunter2"}},
            "GET /service/1/vms/8": {"vms": {"8": {"label": "db1", "password": "hunter3"}}},
        },
    )
    (found,) = canned.run(vm_info, service="1", label="db1")["vms"]
    assert (found["id"], found["power"], found["password"]) == ("8", "off", None)
    assert found["raw"] == {"id": "8", "label": "db1"}
    (found,) = canned.run(vm_info, service="1", label="db1", return_password=True)["vms"]
    assert found["password"] == "hunter3"


def test_a_vm_is_shown_by_the_label_that_finds_it():
    canned = Canned(
        {
            "GET /service/1/vms": {"vms": [{"id": 7, "label": "web1"}]},
            "GET /service/1/vms/7": {"vm": {"label": "node-7", "memory": 2048}},
        },
    )
    (shown,) = canned.run(vm_info, service="1")["vms"]
    assert (shown["label"], shown["raw"]["label"], shown["memory"]) == ("web1", "node-7", 2048)
