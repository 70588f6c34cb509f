# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications of the portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..answers import refuse
from ..call import Call
from ..routing import endpoint


def _select(call: Call, keep: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    found = [one for one in call.account.notifications.values() if keep(one)]
    for name in ("rel_type", "rel_id"):
        wanted = call.query.get(name)
        if wanted:
            found = [one for one in found if str(one[name]) == wanted]
    return {"notifications": found}


@endpoint("GET", "/notifications")
def notifications(call: Call) -> dict[str, Any]:
    return _select(call, lambda one: True)


@endpoint("GET", "/notifications/new")
def new_notifications(call: Call) -> dict[str, Any]:
    return _select(call, lambda one: one["seen"] == "0")


@endpoint("PUT", "/notifications/@id/ack")
def acknowledge(call: Call) -> dict[str, Any]:
    found = call.account.notifications.get(call.params["id"])
    if not found:
        refuse("notification_not_found")
    if found["seen"] == "1":
        return call.nothing({"status": True})
    found["seen"] = "1"
    return {"status": True}
