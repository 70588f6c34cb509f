# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import server_stock_info
from unit.canned import Canned


def test_the_stock():
    one = {"id": 71, "name": "Server X1", "ram": "64 GB"}
    result = Canned({"GET /serverstock": {"servers": [one]}}).run(server_stock_info)
    assert result == {"servers": [{"id": "71", "name": "Server X1", "raw": one}], "changed": False}
