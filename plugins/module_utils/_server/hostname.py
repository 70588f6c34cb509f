# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets the host name of a dedicated server, as the portal knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .._core.change.transition import Target
from .._core.errors import InvalidInput
from .._core.reading.comparison import ANOTHER, SAME, UNKNOWN, compare_hostname
from .._core.reading.values import is_host_name
from .api import Server, Snapshot
from .operation import Reached, ServerState, ServerTransition
from .record import HOSTNAME_KEYS, ServerRecord

#: What YAML, Jinja and JSON make of a value that is none.
NO_NAMES = ("none", "null", "true", "false")


def checked_hostname(value: Any) -> str:
    """*value* as a host name is sent; what cannot be one is refused before anything is sent."""
    name = str(value).strip().removesuffix(".")
    if not isinstance(value, str) or name.lower() in NO_NAMES or not is_host_name(name):
        raise InvalidInput(
            f"'{value}' is not a host name: it takes letters, digits and hyphens in parts of at most 63 characters "
            "with dots between them, such as server1.example.com; other letters in their xn-- form."
        )
    return name


@dataclass(frozen=True)
class SetHostname(ServerTransition):
    """Set the host name.

    :ivar is_vague: whether what the portal reported before was neither the desired name nor clearly another one.
    """

    hostname: str
    is_vague: bool = False

    @property
    def description(self) -> str:  # type: ignore[override]
        return f"to be named {self.hostname}"

    @property
    def looks_the_same(self) -> bool:  # type: ignore[override]
        return self.is_vague

    def send(self, api: Server, record: Snapshot) -> Any:
        return api.set_hostname(self.hostname)

    def is_done(self, record: Snapshot) -> bool:
        return compare_hostname(record.record["hostname"], self.hostname) is not ANOTHER

    def has_begun(self, record: Snapshot) -> bool:
        verdict = compare_hostname(record.record["hostname"], self.hostname)
        return verdict is SAME or (verdict is UNKNOWN and not self.is_vague)

    def predict(self, record: Snapshot) -> Snapshot:
        return record.expecting(hostname=self.hostname)


def plan(record: ServerRecord, desired: str) -> list[SetHostname]:
    """Return what leads from a server's host name to the desired one. In doubt it is set, which costs nothing."""
    verdict = compare_hostname(record["hostname"], desired)
    return [] if verdict is SAME else [SetHostname(desired, is_vague=verdict is UNKNOWN)]


def reports_hostname(record: ServerRecord) -> bool:
    """Whether the portal reports a host name of the server, or at least that it has none."""
    return bool(record["hostname"] or set(HOSTNAME_KEYS) & set(record["raw"]["info"]))


class NamedServer(ServerState):
    """A dedicated server whose host name can be set."""

    def set_hostname(self, transition: SetHostname) -> None:
        """Set it, and wait until it shows, if the portal shows one."""
        is_reported = reports_hostname(self.record)
        target = Target(self.name, self.server, self.refresh_info, _describe_hostname)
        outcome = self._carry_out(transition, target, wait=None if is_reported else False)
        if not is_reported:
            self.context.warn(
                f"The portal does not report the host name of {self.name}, so this task sets it on every run."
            )
        elif outcome.sent and self.waits:
            self.look()
            self._warn_if_vague(transition.hostname)

    def refresh_info(self) -> Snapshot:
        self.snapshot = self.server.with_info(self.snapshot)
        return self.snapshot

    def _warn_if_vague(self, desired: str) -> None:
        if compare_hostname(self.record["hostname"], desired) is UNKNOWN:
            self.context.warn(
                f"The portal reports the host name of {self.name} as '{self.record['hostname']}', which may "
                f"or may not be {desired}. This task sets it on every run."
            )


def _describe_hostname(snapshot: Snapshot) -> str:
    return f"its host name is {snapshot.record['hostname'] or 'not reported'}"


class ServerHostname(NamedServer):
    """A dedicated server and its host name."""

    beside: tuple[str, ...] = ("rescue",)

    def apply(self, hostname: str) -> Reached:
        """Set the host name of the server, unless it is set already."""
        if plan(self.record, hostname):
            self.wait_until_free()
        before = after = self.record["hostname"]
        for transition in plan(self.record, hostname):
            self.set_hostname(transition)
            after = hostname
        return Reached(self.record, {"hostname": before}, {"hostname": after})
