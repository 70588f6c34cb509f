# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules that change a dedicated server share: one operation at a time, never started twice."""

from __future__ import annotations

import contextlib
import functools

from .._core import vocabulary
from .._core.comparison import matches_template
from .._core.errors import ApiError, Busy, InvalidInput, LookupFailed, SindadError, TimedOut
from .._core.lookup import choose, listing
from .._core.polling import STALE_READ_WINDOW_S, SeenToChange, wait_for
from .._core.values import is_host_name
from .._core.vocabulary import is_about_to_start, is_transitional, is_untold
from .api import Server
from .record import HOSTNAME_KEYS, to_progress


def checked_hostname(value):
    """*value* as a host name is sent; what cannot be one is refused before anything is sent."""
    name = value.strip().removesuffix(".")
    if not is_host_name(name):
        raise InvalidInput(
            f"'{value}' is not a host name: it takes letters, digits and hyphens in parts of at most 63 characters "
            "with dots between them, such as server1.example.com; other letters in their xn-- form."
        )
    return name


class ServerState:
    """One dedicated server, as a task finds it and brings it to a state.

    :param task: the Task; its ``act`` and ``wait`` are the only ways to change and to wait.
    :param own: the operation that the module starts or ends, if any. Then it must be known what runs on the server.
    :param beside: other operations beside which the module may act.
    """

    def __init__(self, context, own=None, beside=()):
        self.context, self.own = context, own
        self.beside = (own, *beside)
        self.server = Server(context.client, context.service())
        self.name = f"server {self.server.id}"
        self.look()

    # -- looking -----------------------------------------------------------------------------------------------------

    def look(self):
        """Everything that the portal tells of the server now."""
        self.seen = self.server.seen()
        for name, error in self.seen.unreadable.items():
            if says_busy(error):
                continue
            if self.own:
                raise error
            self.context.warn(f"It cannot be read whether an operation ({name}) runs on {self.name}: {error}")
        return self.seen

    @property
    def record(self):
        return self.seen.record

    @property
    def progress(self):
        """Of the own operation."""
        return self.seen.progress.get(self.own) or to_progress(self.own, [])

    def now(self):
        """The progress of the own operation now. One that the portal is too busy to tell of is running."""
        try:
            return self.server.progress(self.own)
        except ApiError as error:
            if not says_busy(error):
                raise
            return to_progress(self.own, {"status": ", ".join(error.errors)})

    def tells_power(self):
        """Whether the power state of the server can be read."""
        return self.record["power"] is not None and not is_untold(self.record["state"])

    def tells_hostname(self):
        """Whether the portal tells a host name of the server, or at least that it has none."""
        return bool(self.record["hostname"] or set(HOSTNAME_KEYS) & set(self.record["raw"]["info"]))

    # -- one operation at a time -------------------------------------------------------------------------------------

    def obstacle(self):
        """In words what runs on the server beside which nothing can be started, or None."""
        for name, error in self.seen.unreadable.items():
            if says_busy(error):
                return f"asked for {name}, the portal says: {', '.join(error.errors)}"
        for name, progress in self.seen.progress.items():
            if progress["running"] and name not in self.beside:
                lasts = "" if name != "rescue" else "; it lasts until it is cancelled (server_rescue, state=cancelled)"
                return f"the operation {name} is running on it{told(progress)}{lasts}"
        return f"its power state is {self.record['state']}" if is_transitional(self.record["state"]) else None

    def free(self):
        """Let what else runs come to its end."""
        if not self.obstacle() or self.context.check_mode:
            return
        if not self.context.params["wait"]:
            raise Busy(
                f"{self.name.capitalize()} is not free: {self.obstacle()}. "
                "Run the task again later, or let it wait (wait=true)."
            )
        self.context.wait(
            self.look,
            lambda seen: not self.obstacle(),
            f"{self.name} to be free",
            lambda seen: self.obstacle(),
        )

    def start(self, call, aim):
        """Start the own operation by *call* as soon as nothing else runs.

        Returns True if it was started, False in check mode, None if it turned out to run already.
        """
        shown = True
        while True:
            self.free()
            if self.progress["running"]:
                return None
            before = self.context.changed
            try:
                return self.context.act(call, landed=lambda: self.now()["running"], aim=aim)
            except ApiError as error:
                if not (shown and says_busy(error) and self.context.params["wait"]):
                    raise
                self.context.changed = before
                refusal = error
            shown = self._wait_for_hidden(refusal)

    def _wait_for_hidden(self, refusal):
        """Wait for an operation that the portal speaks of, but does not show yet. Returns whether it showed."""
        settled: SeenToChange = SeenToChange(lambda seen: not self.obstacle(), self.context.client.clock)
        self.context.wait(
            self.look,
            lambda seen: self.progress["running"] or settled(seen),
            f"{self.name} to be free",
            lambda seen: self.obstacle() or f"nothing is shown to run on it, but: {refusal}",
        )
        return settled.moved

    def until_shown(self):
        """After a start without waiting: until it shows, the same task run again would start a second one."""
        with contextlib.suppress(TimedOut):
            wait_for(
                self.context.client,
                lambda: self.now()["running"],
                bool,
                self.context.deadline.at_most(STALE_READ_WINDOW_S),
                f"{self.name} to show it",
                str,
            )
        self.look()
        self.record["operation"] = self.own

    def until_usable(self):
        """Wait until the own operation, a mode that lasts, runs and is more than about to be so."""
        failed_before = self.progress["failed"]

        def usable(progress):
            if progress["failed"] and not failed_before:
                raise self.failed(progress)
            return progress["running"] and not is_about_to_start(progress["word"])

        def tell(progress):
            return f"it is {'being started' if progress['running'] else 'not shown'}{told(progress)}"

        self.context.wait(self.now, usable, f"{self.own} to be started on {self.name}", tell)
        self.look()

    def until_over(self, aim):
        """Wait until the own operation, which was just started or seen to run, has ended."""
        over: SeenToChange = SeenToChange(lambda progress: not progress["running"], self.context.client.clock)
        over.moved = self.progress["running"]
        progress = self.context.wait(
            self.now,
            over,
            f"{self.name} {aim}",
            lambda progress: f"{self.own} is running{told(progress)}" if progress["running"] else "nothing runs on it",
        )
        if progress["failed"]:
            raise self.failed(progress)
        self.look()

    def failed(self, progress):
        return SindadError(
            f"The operation {self.own} on {self.name} has ended, but the portal says '{progress['word']}' of it. "
            "Look at the server in the portal, then run the task again."
        )

    # -- templates ---------------------------------------------------------------------------------------------------

    def template(self, wanted):
        """The template of the own operation that has this id or name; without one the only template there is."""
        if wanted is not None:
            return choose(wanted, self.templates, "template", f"for {self.own} on {self.name}")
        if len(self.templates) == 1:
            return self.templates[0]
        raise LookupFailed(
            f"Give template: for {self.own} {self.name} offers {listing(self.templates) or 'none at all'}."
        )

    @functools.cached_property
    def templates(self):
        return self.server.templates(self.own)[0]

    def joins(self, wanted):
        """Take the operation that runs for the wanted one, unless it tells another template than *wanted*."""
        if wanted is None:
            return
        template, running = self.template(wanted), self.progress["template"]
        if running is None or not any(matches_template(running, each) for each in self.templates):
            self.context.warn(f"The portal does not tell with which template {self.own} runs on {self.name}.")
        elif not matches_template(running, template):
            raise SindadError(
                f"The operation {self.own} is running on {self.name} already, with the template {running} and not with "
                f"{template['id']} ({template['name']}). Let it end, or cancel it, then run the task again."
            )

    def cancel(self, aim):
        """End the own operation."""
        done = self.context.act(
            lambda: self.server.cancel(self.own),
            landed=lambda: not self.now()["running"],
            aim=f"{self.name} {aim}",
        )
        if done and self.context.params["wait"]:
            self.context.wait(
                self.now,
                lambda progress: not progress["running"],
                f"{self.name} {aim}",
                lambda progress: f"{self.own} is running{told(progress)}",
            )
            self.look()
        else:
            self.record["operation"] = None


def says_busy(error):
    """Whether the portal refuses because an operation runs."""
    return vocabulary.says_busy(" ".join(getattr(error, "errors", ())))


def told(progress):
    """What the portal tells of an operation, in brackets, for a message."""
    words = [f"status {progress['word']}"] if progress["word"] else []
    words += [f"{progress['percent']}%"] if progress["percent"] is not None else []
    words += [f"template {progress['template']}"] if progress["template"] else []
    return f" ({', '.join(words)})" if words else ""
