# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs diagnostics on a dedicated server, which may erase its disks, or cancels them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._context import ModuleContext
from .._core.errors import InvalidInput
from .api import Server, Snapshot
from .operation import Reached, ServerState, Start


@dataclass(frozen=True)
class StartDiagnostics(Start):
    clear_disks: bool = False
    full_erase: bool = False
    operation = "diagnostics"
    description = "to run diagnostics"

    @property
    def destroys(self) -> bool:  # type: ignore[override]
        return self.clear_disks

    def send(self, api: Server, record: Snapshot) -> Any:
        return api.diagnose(self.template["id"], self.clear_disks, self.full_erase)


class ServerDiagnostics(ServerState):
    """A dedicated server and its diagnostics.

    :param options: the options of sindad.cloud.server_diagnostics but for the connection.
    """

    own = "diagnostics"

    def __init__(self, context: ModuleContext, options: Mapping[str, Any]):
        ensure_confirmed(options)
        super().__init__(context)
        self.options = options

    def apply(self) -> Reached:
        """Run the diagnostics to their end, or end them."""
        before = after = {"diagnostics": self.progress["running"]}
        starts = self.options["state"] == "started"
        if starts:
            self._start()
        elif self.progress["running"]:
            self.cancel("to end its diagnostics")
        if self.context.changed:
            after = {"diagnostics": starts}
        return Reached(self.record, before, after)

    def _start(self) -> None:
        """Start them unless they run, and wait until they have ended."""
        outcome = self.start(self._plan)
        if outcome is None:
            self._join()
        if self.waits:
            self.until_over("to end its diagnostics")
        elif outcome and outcome.sent:
            self.look_at_start()

    def _plan(self) -> StartDiagnostics | None:
        if self.progress["running"]:
            return None
        template = self.template(self.options["template"])
        return StartDiagnostics(template, self.options["clear_disks"], self.options["full_erase"])

    def _join(self) -> None:
        self.join(self.options["template"])
        if self.options["clear_disks"]:
            self.context.warn(
                f"Diagnostics were running on {self.name} already; the portal does not report whether they clear disks."
            )


def ensure_confirmed(options: Mapping[str, Any]) -> None:
    """Refuse to erase disks by accident, before anything is sent."""
    if options["full_erase"] and not options["clear_disks"]:
        raise InvalidInput("full_erase needs clear_disks=true: full_erase selects how disks are cleared.")
    if options["clear_disks"] and not options["force"]:
        raise InvalidInput("clear_disks destroys all data on the server. To confirm, set force=true too.")
