# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import vlan_info
from unit.canned import Canned


def test_records():
    answers = {"GET /service/201/vlans": {"vlans": {"12": {"name": "Public", "subnet": "198.51.100.0/24"}}}}
    result = Canned(answers).run(vlan_info, service="201")
    raw = {"id": "12", "name": "Public", "subnet": "198.51.100.0/24"}
    assert result["vlans"] == [{"id": "12", "name": "Public", "raw": raw}]
