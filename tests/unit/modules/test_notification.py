# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.modules import notification
from unit.canned import Canned


class Portal(Canned):
    """A portal with notifications, of which some are new."""

    def __init__(self):
        self.new = {"71": {"id": 71, "subject": "a"}, "72": {"id": 72, "subject": "b"}}
        self.all = {**self.new, "73": {"id": 73, "subject": "c"}}
        super().__init__(
            {
                "GET /notifications": lambda body: {"notifications": list(self.all.values())},
                "GET /notifications/new": lambda body: {"notifications": self.new or []},
                "PUT /notifications/71/ack": lambda body: self.read("71"),
                "PUT /notifications/72/ack": lambda body: self.read("72"),
            },
        )

    def read(self, notification_id):
        del self.new[notification_id]
        return {"status": True}


def test_only_what_is_new_is_acknowledged():
    portal = Portal()
    result = portal.run(notification, id=["73", "71", " 71 "])
    assert [request for request, body in portal.sent] == ["PUT /notifications/71/ack"]
    assert result["changed"] is True
    assert [(each["id"], each["read"]) for each in result["notifications"]] == [("73", True), ("71", True)]
    assert result["diff"] == {"before": {"73": "read", "71": "new"}, "after": {"73": "read", "71": "read"}}
    assert portal.run(notification, id=["73", "71"])["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_one_that_is_unknown_stops_all(check_mode):
    portal = Portal()
    result = portal.run(notification, check_mode, id=["71", "7", "8"])
    assert result["msg"] == "There is no notification 7, 8. There is: 71 (a), 72 (b), 73 (c)."
    assert portal.sent == []


def test_check_mode():
    portal = Portal()
    assert portal.run(notification, check_mode=True, id=["71"])["changed"] is True
    assert portal.sent == []


def test_a_lost_answer_is_looked_for(clock):
    portal = Portal()

    def lost(body):
        portal.read("71")
        return TransportError("the connection broke", outcome_unknown=True)

    portal.answers["PUT /notifications/71/ack"] = lost
    assert portal.run(notification, id=["71"])["changed"] is True
    assert len(portal.sent) == 1
