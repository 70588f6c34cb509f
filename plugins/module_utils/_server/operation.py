# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules that change a dedicated server share: one operation at a time, never started twice."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from .._context import ModuleContext
from .._core.change.ledger import Ledger
from .._core.change.polling import LOST_RESPONSE_TIMEOUT_S, STALE_READ_WINDOW_S, SeenToChange, wait_for
from .._core.change.transition import Outcome, Target, Transition
from .._core.errors import ApiError, Busy, LookupFailed, SindadError, TimedOut
from .._core.reading.comparison import ANOTHER, UNKNOWN
from .._core.reading.lookup import choose, listing
from .._core.reading.systems import compare_template
from .._core.reading.vocabulary import is_about_to_start, is_transitional
from .api import ROUTES, Choices, Server, Snapshot, says_busy
from .record import ProgressRecord as Progress
from .record import ServerRecord


class Reached(NamedTuple):
    """What a task made of a server: its record, and what the diff shows."""

    record: ServerRecord
    before: dict[str, Any]
    after: dict[str, Any]


class ServerTransition(Transition[Server, Snapshot]):
    """A change of one server."""


@dataclass(frozen=True)
class Start(ServerTransition):
    """Start an operation.

    :ivar template: of the operation's templates, as a record.
    """

    template: dict[str, Any]
    operation: ClassVar[str]

    def is_done(self, record: Snapshot) -> bool:
        return bool(record.progress_of(self.operation)["running"])

    def predict(self, record: Snapshot) -> Snapshot:
        return record.expecting(operation=self.operation)


@dataclass(frozen=True)
class Cancel(ServerTransition):
    """End an operation that runs."""

    operation: str
    description: str = "to end its operation"

    def send(self, api: Server, record: Snapshot) -> Any:
        return api.cancel(self.operation)

    def is_done(self, record: Snapshot) -> bool:
        return not record.progress_of(self.operation)["running"]

    def predict(self, record: Snapshot) -> Snapshot:
        return record.expecting(operation=None)


class ServerState:
    """One dedicated server, as a task finds it and brings it to a state.

    :cvar own: the operation that the module starts or ends, if any. Then it must be known what runs on the server.
    :ivar beside: other operations beside which the module may act.
    """

    own: ClassVar[str | None] = None
    beside: tuple[str, ...] = ()

    def __init__(self, context: ModuleContext):
        self.context = context
        self.server = Server(context.client, context.service())
        self.name = f"server {self.server.id}"
        self.snapshot = self.look()

    @property
    def record(self) -> ServerRecord:
        return self.snapshot.record

    @property
    def progress(self) -> Progress:
        """Of the own operation."""
        return self.snapshot.progress_of(self.own)

    @property
    def waits(self) -> bool:
        return bool(self.context.params["wait"]) and not self.context.check_mode

    # -- looking -----------------------------------------------------------------------------------------------------

    def look(self) -> Snapshot:
        """Read everything that the portal reports of the server."""
        self.snapshot = self.server.snapshot()
        for name, error in self.snapshot.unreadable.items():
            if name == "ips":
                self.context.warn(f"The addresses of {self.name} cannot be read: {error}")
            elif name != "status" and not says_busy(error):
                if self.own:
                    raise error
                self.context.warn(f"It cannot be read whether an operation ({name}) runs on {self.name}: {error}")
        return self.snapshot

    def refresh_progress(self) -> Snapshot:
        """The last snapshot with the progress of the own operation now."""
        self.snapshot = self.server.with_progress(self.snapshot, str(self.own))
        return self.snapshot

    def describe_progress(self, snapshot: Snapshot) -> str:
        progress = snapshot.progress_of(self.own)
        return f"{self.own} is running{in_words(progress)}" if progress["running"] else "nothing runs on it"

    def carry_out(self, transition: ServerTransition, wait: bool | None = None) -> Outcome[Snapshot]:
        """Carry out *transition*, which shows in the progress of the own operation."""
        target = Target(self.name, self.server, self.refresh_progress, self.describe_progress)
        return self._carry_out(transition, target, wait)

    def _carry_out(
        self, transition: ServerTransition, target: Target[Server, Snapshot], wait: bool | None = None
    ) -> Outcome[Snapshot]:
        outcome = self.context.apply(transition, target, self.snapshot, wait)
        self.snapshot = outcome.record
        return outcome

    # -- one operation at a time -------------------------------------------------------------------------------------

    def obstacle(self) -> str | None:
        return obstacle(self.snapshot, (self.own, *self.beside))

    def is_free(self, snapshot: Snapshot) -> bool:
        return obstacle(snapshot, (self.own, *self.beside)) is None

    def wait_until_free(self) -> None:
        """Let what else runs come to its end."""
        if not self.obstacle() or self.context.check_mode:
            return
        if not self.context.params["wait"]:
            raise Busy(
                f"{self.name.capitalize()} is not free: {self.obstacle()}. "
                "Run the task again later, or let it wait (wait=true)."
            )
        self.context.wait(self.look, self.is_free, f"{self.name} to be free", self._describe_obstacle)

    def _describe_obstacle(self, snapshot: Snapshot) -> str:
        return self.obstacle() or "nothing runs on it"

    def start(self, plan: Callable[[], Start | None]) -> Outcome[Snapshot] | None:
        """Send what *plan* says as soon as nothing else runs.

        What erases data is planned again from a fresh snapshot, under a lock that is held until the operation shows: of
        many tasks on this machine that plan the same, one sends it.

        :returns: None if *plan* says that nothing is to be started, or not any more.
        """
        may_be_hidden = True
        while (transition := self._ready(plan)) is not None:
            with self._lock(transition):
                if self._is_locked(transition):
                    self.look()
                    transition = plan()
                    if transition is None:
                        return None
                    if self.obstacle():
                        continue
                outcome = self._send(transition, may_be_hidden)
            if isinstance(outcome, Outcome):
                return outcome
            may_be_hidden = HiddenOperation(self, outcome).wait()
            if transition.destroys and not (may_be_hidden or self.progress["running"]):
                raise outcome  # the portal may speak of this very request: it is not sent again
        return None

    def _ready(self, plan: Callable[[], Start | None]) -> Start | None:
        """Return what *plan* says once nothing else runs."""
        if plan() is None:
            return None
        self.wait_until_free()
        return plan()

    def _is_locked(self, transition: Start) -> bool:
        return transition.destroys and not self.context.check_mode

    def _lock(self, transition: Start) -> contextlib.AbstractContextManager[None]:
        if not self._is_locked(transition):
            return contextlib.nullcontext()
        ledger = Ledger(self.context.client.url, self.server.id, "server")
        return ledger.lock(self.context.deadline, f"{self.name} {transition.description}")

    def _send(self, transition: Start, may_be_hidden: bool) -> Outcome[Snapshot] | ApiError:
        """Send *transition*; return the refusal if the portal is busy with something that it may not show yet."""
        before = self.context.changed
        try:
            outcome = self.carry_out(transition, wait=False)
        except ApiError as refusal:
            if not (may_be_hidden and says_busy(refusal) and self.context.params["wait"]):
                raise
            self.context.changed = before
            return refusal
        if self._is_locked(transition):
            self.until_shown(LOST_RESPONSE_TIMEOUT_S)
        return outcome

    # -- the own operation -------------------------------------------------------------------------------------------

    def until_shown(self, seconds: float = STALE_READ_WINDOW_S) -> None:
        """Wait until the operation shows: before, another task, or this one run again, would start a second one."""
        with contextlib.suppress(TimedOut):
            wait_for(
                self.context.client,
                self.refresh_progress,
                self.is_shown,
                self.context.deadline.at_most(min(seconds, self.context.deadline.remaining / 2)),
                f"{self.name} to show it",
                self.describe_progress,
            )

    def is_shown(self, snapshot: Snapshot) -> bool:
        """Whether the own operation shows in *snapshot*."""
        return bool(snapshot.progress_of(self.own)["running"])

    def look_at_start(self) -> None:
        """Read everything after a start that is not waited for."""
        self.until_shown()
        self.snapshot = self.look().expecting(operation=self.own)

    def until_usable(self, awaited: str) -> None:
        """Wait until the own operation, a mode that lasts, runs and is more than about to be so."""
        self.context.wait(self.refresh_progress, Watch(self).is_usable, f"{self.name} {awaited}", self._describe_start)
        self.look()

    def _describe_start(self, snapshot: Snapshot) -> str:
        progress = snapshot.progress_of(self.own)
        return f"it is {'being started' if progress['running'] else 'not shown'}{in_words(progress)}"

    def until_over(self, awaited: str) -> None:
        """Wait until the own operation, which was just started or seen to run, has ended."""
        watch = Watch(self)
        self.context.wait(self.refresh_progress, watch.has_ended, f"{self.name} {awaited}", self.describe_progress)
        self.look()

    def cancel(self, description: str) -> None:
        """End the own operation. One that ended by itself meanwhile is as requested."""
        before = self.context.changed
        try:
            outcome = self.carry_out(Cancel(str(self.own), description))
        except ApiError as refusal:
            if refusal.outcome_unknown or self.own in self.look().unreadable or self.progress["running"]:
                raise
            self.context.changed = before
        else:
            if outcome.sent and self.waits:
                self.look()

    # -- templates ---------------------------------------------------------------------------------------------------

    @functools.cached_property
    def choices(self) -> tuple[Choices, Choices]:
        """The templates and the recipes of the own operation."""
        return self.server.templates(str(self.own))

    @property
    def templates(self) -> Choices:
        return self.choices[0]

    def template(self, requested: str | None) -> dict[str, Any]:
        """The template of the own operation that has this id or name; without one the only template there is."""
        if requested is not None:
            return choose(requested, self.templates, "template", f"for {self.own} on {self.name}")
        if len(self.templates) == 1:
            return self.templates[0]
        raise LookupFailed(
            f"Give template: for {self.own} {self.name} offers {listing(self.templates) or 'none at all'}."
        )

    def join(self, requested: str | None) -> None:
        """Treat the operation that runs as the requested one, unless it reports another template."""
        if requested is None:
            return
        template, running = self.template(requested), self.progress["template"]
        verdict = compare_template(running, template, self.templates)
        if verdict is UNKNOWN:
            self.context.warn(f"The portal does not report with which template {self.own} runs on {self.name}.")
        elif verdict is ANOTHER:
            raise SindadError(
                f"The operation {self.own} is running on {self.name} already, with the template {running} and not with "
                f"{template['id']} ({template['name']}). Let it end, or cancel it, then run the task again."
            )


class Watch:
    """What is seen of the own operation of *state* after it was started, or found running."""

    def __init__(self, state: ServerState):
        self.name, self.operation = state.name, state.own
        self.clock = state.context.client.clock
        self.seen_running = bool(state.progress["running"])
        self.failed_before = bool(state.progress["failed"])
        self._idle_since: float | None = None

    def idle_seconds(self, progress: Progress) -> float:
        """For how many seconds it has not been seen to run.

        :raises SindadError: if it has failed. The failure of an older one may show for a while.
        """
        if progress["running"]:
            self.seen_running, self._idle_since = True, None
            return 0.0
        now = self.clock.monotonic()
        self._idle_since = now if self._idle_since is None else self._idle_since
        idle = now - self._idle_since
        if progress["failed"] and (self.seen_running or not self.failed_before or idle >= STALE_READ_WINDOW_S):
            raise SindadError(
                f"The operation {self.operation} on {self.name} has ended, but the portal reports it as "
                f"'{progress['word']}'. Check the server in the portal."
            )
        return idle

    def has_ended(self, snapshot: Snapshot) -> bool:
        """Whether it runs no more. One that was not seen to run may only not show yet."""
        progress = snapshot.progress_of(self.operation)
        idle = self.idle_seconds(progress)
        return not progress["running"] and (self.seen_running or idle >= STALE_READ_WINDOW_S)

    def is_usable(self, snapshot: Snapshot) -> bool:
        """Whether it runs, and is more than about to."""
        progress = snapshot.progress_of(self.operation)
        self.idle_seconds(progress)
        return bool(progress["running"]) and not is_about_to_start(progress["word"])


class HiddenOperation:
    """One that the portal speaks of in *refusal*, but does not show yet."""

    def __init__(self, state: ServerState, refusal: ApiError):
        self.state, self.refusal = state, refusal
        self.settled: SeenToChange[Snapshot] = SeenToChange(state.is_free, state.context.client.clock)

    def wait(self) -> bool:
        """Let it come to its end, or be the own one. Returns whether it showed."""
        state = self.state
        state.context.wait(state.look, self._is_over, f"{state.name} to be free", self._describe)
        return self.settled.moved

    def _is_over(self, snapshot: Snapshot) -> bool:
        return bool(self.state.progress["running"]) or self.settled(snapshot)

    def _describe(self, snapshot: Snapshot) -> str:
        return self.state.obstacle() or f"nothing is shown to run on it, but: {self.refusal}"


def obstacle(snapshot: Snapshot, beside: tuple[str | None, ...] = ()) -> str | None:
    """In words what runs on a server beside which nothing can be started, or None.

    :param beside: operations that are none.
    """
    for name, error in snapshot.unreadable.items():
        if name in ROUTES and says_busy(error):
            return f"asked for {name}, the portal says: {', '.join(getattr(error, 'errors', ()))}"
    for name, progress in snapshot.progress.items():
        if progress["running"] and name not in beside:
            lasts = "" if name != "rescue" else "; it lasts until it is cancelled (server_rescue, state=cancelled)"
            return f"the operation {name} is running on it{in_words(progress)}{lasts}"
    state = snapshot.record["state"]
    return f"its power state is {state}" if is_transitional(state) else None


def in_words(progress: Progress) -> str:
    """Return what the portal reports of an operation, in brackets, for a message."""
    words = [f"status {progress['word']}"] if progress["word"] else []
    words += [f"{progress['percent']}%"] if progress["percent"] is not None else []
    words += [f"template {progress['template']}"] if progress["template"] else []
    return f" ({', '.join(words)})" if words else ""
