# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._incident.api import Incidents
from unit.canned import Canned

ONE = {"id": 5, "name": "Switch", "status": "Scheduled"}


@pytest.mark.parametrize(
    "answer",
    [{"statuses": [ONE]}, {"statuses": {"5": ONE}}, {"status": [ONE]}, {"status": {"5": ONE}}, [ONE], {"5": ONE}],
)
def test_the_list_in_any_wrapping(answer):
    found = Incidents(Canned({"GET /statuses": answer}).client).list()
    assert [(each["id"], each["status"]) for each in found] == [("5", "Scheduled")]


@pytest.mark.parametrize("answer", [{"statuses": []}, {"status": []}, []])
def test_nothing_is_wrong(answer):
    assert Incidents(Canned({"GET /statuses/specific/InProgress": answer}).client).list("InProgress") == []


@pytest.mark.parametrize(
    "answer", [{"status": ONE}, {"incident": ONE}, {"status": True, "incident": ONE}, {"statuses": [ONE]}, ONE]
)
def test_one_in_any_wrapping(answer):
    assert Incidents(Canned({"GET /statuses/5": answer}).client).get("5")["name"] == "Switch"


@pytest.mark.parametrize("answer", [{"error": ["status_not_found"]}, {"status": []}])
def test_one_that_is_not_there(answer):
    canned = Canned({"GET /statuses/6": answer, "GET /statuses": {"statuses": [ONE]}})
    assert Incidents(canned.client).get("6") is None
