# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import notification_info
from unit.canned import Canned


def test_only_new_ones():
    canned = Canned({"GET /notifications/new": {"notifications": [{"id": 71}]}})
    found = canned.run(notification_info, new_only=True)["notifications"]
    assert [(each["id"], each["read"]) for each in found] == [("71", False)]
