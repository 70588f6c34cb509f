# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Powers a dedicated server on or off, or reboots it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from .._core.change.polling import STALE_READ_WINDOW_S, may_pass, wait_for
from .._core.change.transition import Target
from .._core.errors import SindadError, TimedOut
from .._core.reading.vocabulary import is_not_reported, is_transitional
from .api import Server, Snapshot
from .operation import Reached, ServerState, ServerTransition
from .record import ServerRecord


@dataclass(frozen=True)
class SwitchPower(ServerTransition):
    """Power on or off: *power* is on or off."""

    power: str

    @property
    def description(self) -> str:  # type: ignore[override]
        return f"to be switched {self.power}"

    def send(self, api: Server, record: Snapshot) -> Any:
        return api.power_on() if self.power == "on" else api.power_off()

    def is_done(self, record: Snapshot) -> bool:
        return bool(record.record["power"] == self.power)

    def has_begun(self, record: Snapshot) -> bool:
        return self.is_done(record) or is_transitional(record.record["state"])

    def predict(self, record: Snapshot) -> Snapshot:
        return _predicted(record, self.power)


@dataclass(frozen=True)
class Reboot(ServerTransition):
    description = "to be rebooted"
    looks_the_same = True

    def send(self, api: Server, record: Snapshot) -> Any:
        return api.reboot()

    def is_done(self, record: Snapshot) -> bool:
        return bool(record.record["power"] == "on")

    def has_begun(self, record: Snapshot) -> bool:
        return is_transitional(record.record["state"])

    def predict(self, record: Snapshot) -> Snapshot:
        return _predicted(record, "on")


def plan(record: ServerRecord, desired: str) -> list[ServerTransition]:
    """Return what leads from a server's power state to *desired*: on, off or rebooted."""
    if desired == "rebooted":
        return [SwitchPower("on") if record["power"] == "off" else Reboot()]
    return [] if record["power"] == desired else [SwitchPower(desired)]


def reports_power(record: ServerRecord) -> bool:
    """Whether the portal reports a power state, be it an unknown word."""
    return record["power"] is not None and not is_not_reported(record["state"])


class ServerPower(ServerState):
    """A dedicated server and its power state."""

    beside: tuple[str, ...] = ("rescue",)

    def apply(self, desired: str) -> Reached:
        """Bring the server to the power state *desired*: on, off or rebooted."""
        self._read_power_again()
        if plan(self.record, desired):
            self.wait_until_free()
            self._ensure_no_installation(desired)
        before, is_reported = self.record["power"], reports_power(self.record)
        for transition in plan(self.record, desired):
            if not is_reported:
                self._warn_blind()
            target = Target(self.name, self.server, self.refresh_power, _describe_power)
            self._carry_out(transition, target, wait=None if is_reported else False)
        return Reached(self.record, {"power": before}, {"power": self.record["power"]})

    def _ensure_no_installation(self, desired: str) -> None:
        """Refuse to cut the power where an installation may run: it would leave a broken system.

        :raises SindadError: if the portal does not report whether one runs.
        """
        failure = self.snapshot.unreadable.get("reinstall")
        if failure and desired != "on":
            raise SindadError(
                f"It cannot be read whether {self.name} is being installed ({failure}). Nothing was sent: an "
                "installation would break without power."
            )

    def refresh_power(self) -> Snapshot:
        self.snapshot = self.server.with_status(self.snapshot)
        return self.snapshot

    def _read_power_again(self) -> None:
        """One failed reading says nothing: ask for some seconds, if the service offers it, before acting blindly."""
        if reports_power(self.record) or not self._may_be_reported():
            return
        limit = self.context.deadline.at_most(STALE_READ_WINDOW_S)
        awaited = f"the power state of {self.name} to be reported"
        with contextlib.suppress(TimedOut):
            wait_for(self.context.client, self.refresh_power, _is_reported, limit, awaited, _describe_power)
            return
        self.look()  # an operation may have begun meanwhile
        failure = self.snapshot.unreadable.get("status")
        if failure and may_pass(failure):
            raise failure

    def _may_be_reported(self) -> bool:
        """False if the service does not offer to read it."""
        return "status" in self.snapshot.unreadable or self.record["raw"]["status"] is not None

    def _warn_blind(self) -> None:
        failure = self.snapshot.unreadable.get("status")
        self.context.warn(
            f"The power state of {self.name} cannot be read. The request is sent nevertheless, and its effect is not "
            f"waited for.{f' The last reading failed: {failure}' if failure else ''}"
        )


def _predicted(snapshot: Snapshot, power: str) -> Snapshot:
    """Where no power state is reported none is predicted."""
    return snapshot.expecting(power=power, state=power) if reports_power(snapshot.record) else snapshot


def _is_reported(snapshot: Snapshot) -> bool:
    return reports_power(snapshot.record)


def _describe_power(snapshot: Snapshot) -> str:
    return f"its power state is {snapshot.record['state'] or 'not readable'}"
