# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import server_info
from unit.canned import Canned
from unit.canned_server import answers


def test_what_the_portal_tells():
    running = {"rescue": {"status": "active", "password": "secret"}}
    canned = Canned(answers(rescue=running, status={"status": False}))
    result = canned.run(server_info, service="201")
    (server,) = result["servers"]
    assert (server["hostname"], server["os"], server["power"], server["state"], server["operation"]) == (
        *("server1.example.com", "Debian 12", "off", "false", "rescue"),
    )
    assert server["raw"]["rescue"] == {"rescue": {"status": "active"}}
    assert result["changed"] is False and canned.sent == []


def test_an_operation_that_cannot_be_read_is_a_warning():
    canned = Canned(answers(diag={"error": ["backend is down"]}))
    assert canned.run(server_info, service="201")["servers"][0]["operation"] is None
