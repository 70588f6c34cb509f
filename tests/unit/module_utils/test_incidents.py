# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._incidents import Incidents
from unit.canned import Canned

ONE = {"id": 5, "name": "Switch", "status": "Scheduled"}


@pytest.mark.parametrize(
    "answer",
    [{"statuses": [ONE]}, {"statuses": {"5": ONE}}, {"status": [ONE]}, {"status": {"5": ONE}}, [ONE], {"5": ONE}],
)
def test_the_list_in_any_wrapping(monkeypatch, answer):
    found = Incidents(Canned(monkeypatch, {"GET /statuses": answer}).portal).list()
    assert [(each["id"], each["status"]) for each in found] == [("5", "Scheduled")]


@pytest.mark.parametrize("answer", [{"statuses": []}, {"status": []}, []])
def test_nothing_is_wrong(monkeypatch, answer):
    assert Incidents(Canned(monkeypatch, {"GET /statuses/specific/InProgress": answer}).portal).list("InProgress") == []


@pytest.mark.parametrize(
    "answer", [{"status": ONE}, {"incident": ONE}, {"status": True, "incident": ONE}, {"statuses": [ONE]}, ONE]
)
def test_one_in_any_wrapping(monkeypatch, answer):
    assert Incidents(Canned(monkeypatch, {"GET /statuses/5": answer}).portal).get("5")["name"] == "Switch"


@pytest.mark.parametrize("answer", [{"error": ["status_not_found"]}, {"status": []}])
def test_one_that_is_not_there(monkeypatch, answer):
    canned = Canned(monkeypatch, {"GET /statuses/6": answer, "GET /statuses": {"statuses": [ONE]}})
    assert Incidents(canned.portal).get("6") is None
