# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network's incidents; no login needed."""

from __future__ import annotations

from typing import Any

from ..answers import refuse
from ..call import Call
from ..routing import endpoint


@endpoint("GET", "/statuses")
def statuses(call: Call) -> dict[str, Any]:
    return {"statuses": list(call.account.incidents.values())}


@endpoint("GET", "/statuses/specific/@status")
def specific(call: Call) -> dict[str, Any]:
    wanted = call.params["status"]
    return {"statuses": [one for one in call.account.incidents.values() if one["status"] == wanted]}


@endpoint("GET", "/statuses/@id")
def status(call: Call) -> dict[str, Any]:
    found = call.account.incidents.get(call.params["id"])
    if not found:
        refuse("status_not_found")
    return {"status": found}
