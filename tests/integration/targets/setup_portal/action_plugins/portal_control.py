# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells the portal emulator what to do, or asks it what it has seen; costs a third of what ansible.builtin.uri does.

- portal_control:
    call: log?method=POST  # see tests/emulator/README.md
    method: DELETE         # default: POST if there is a body, else GET
    body: {latency: 4}
"""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    """The response is returned as json."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        given = dict(self._task.args)
        call, body = given.pop("call"), given.pop("body", None)
        method = given.pop("method", "GET" if body is None else "POST")
        if given:
            return {"failed": True, "msg": f"portal_control does not know {', '.join(given)}"}
        url = self._templar.template((task_vars or {})["portal_control_url"])
        request = urllib.request.Request(
            f"{url}/{call}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return {"changed": False, "json": json.load(response)}
