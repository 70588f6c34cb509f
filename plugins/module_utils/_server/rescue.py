# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts or cancels the rescue mode of a dedicated server. It lasts until it is cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .._context import ModuleContext
from .api import Server, Snapshot
from .operation import Reached, ServerState, Start
from .record import ServerRecord, to_progress


@dataclass(frozen=True)
class StartRescue(Start):
    password: str | None = field(default=None, repr=False)
    operation = "rescue"
    description = "to be in rescue mode"

    def send(self, api: Server, record: Snapshot) -> Any:
        return api.rescue(self.template["id"], self.password)


class ServerRescue(ServerState):
    """A dedicated server and its rescue mode.

    :param options: the options of sindad.cloud.server_rescue but for the connection.
    """

    own = "rescue"

    def __init__(self, context: ModuleContext, options: Mapping[str, Any]):
        super().__init__(context)
        self.options = options

    def apply(self) -> Reached:
        """Bring the server into rescue mode, or out of it."""
        before, password = {"rescue": self.progress["running"]}, None
        starts = self.options["state"] == "started"
        if starts:
            password = self._start()
        elif self.progress["running"]:
            self.cancel("to be out of rescue mode")
        record: ServerRecord = {**self.record, "password": self.progress["password"] or password}
        return Reached(record, before, {"rescue": starts})

    def _start(self) -> str | None:
        """Start it unless it runs, and wait until it can be used. Returns the password that the portal answered."""
        outcome = self.start(self._plan)
        if outcome is None:
            self.join(self.options["template"])
        if self.waits:
            self.until_usable("to be in rescue mode")
        elif outcome and outcome.sent:
            self.look_at_start()
        return to_progress("rescue", outcome.answer)["password"] if outcome else None

    def _plan(self) -> StartRescue | None:
        if self.progress["running"]:
            return None
        return StartRescue(self.template(self.options["template"]), self.options["rescue_password"])
