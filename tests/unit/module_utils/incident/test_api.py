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


UPDATES = [
    {"date": "2026-01-02 08:00:00", "status": "Resolved", "message": "Done."},
    {"date": "2026-01-01 08:00:00", "status": "Investigating", "message": "We are looking."},
]


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ({"updates": UPDATES}, ("Resolved", "2026-01-02 08:00:00", "Done.")),
        ({"updates": UPDATES[::-1]}, ("Resolved", "2026-01-02 08:00:00", "Done.")),
        ({"updates": {"7": UPDATES[0]}}, ("Resolved", "2026-01-02 08:00:00", "Done.")),
        ({"updates": UPDATES, "status": "Monitoring", "date": "2026-01-01"}, ("Monitoring", "2026-01-01", "Done.")),
        ({"updates": [{"status": "a"}, {"status": "b"}]}, (None, None, None)),
        ({"updates": [{"status": "a"}]}, ("a", None, None)),
        ({"updates": [{"created_at": "2026-01-01", "body": "b", "id": 9}]}, (None, "2026-01-01", "b")),
        *[({"updates": nothing, "status": "a"}, ("a", None, None)) for nothing in ([], None, "", {})],
    ],
)
def test_an_entry_that_leaves_its_state_to_its_updates(entry, read):
    found = Incidents(Canned({"GET /statuses": {"statuses": [{"id": 5, "title": "Switch", **entry}]}}).client).list()
    assert [(each["status"], each["date"], each["description"]) for each in found] == [read]
    assert found[0]["id"] == "5" and found[0]["raw"]["title"] == "Switch"
