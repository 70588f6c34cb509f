# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs an operating system on a dedicated server: never twice, not if it is there, and not on a mere guess."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .._context import ModuleContext
from .._core.change.polling import LOST_RESPONSE_TIMEOUT_S, STALE_READ_WINDOW_S
from .._core.change.transition import Outcome
from .._core.errors import ApiError, DecodingError, InvalidInput, LookupFailed, NotFound, NotOffered, SindadError
from .._core.reading.comparison import ANOTHER, SAME, UNKNOWN, Comparison, compare_hostname
from .._core.reading.lookup import choose, listing
from .._core.reading.systems import compare_template, is_verbatim
from .._service.api import Service, refine_error
from .._service.protection import ensure_unprotected, label_of_service
from .api import Server, Snapshot
from .hostname import NamedServer, ServerHostname, SetHostname, checked_hostname
from .operation import Reached, Start, Watch, in_words
from .record import ProgressRecord as Progress
from .record import ServerRecord, to_progress

Template = dict[str, Any]
#: What to do about an installation that did not end in time: one that does not show may be on its way.
NOT_AGAIN = (
    "Check the server in the portal, and raise wait_timeout to wait longer. An installation that the portal does not "
    "show as running would be started a second time by another run, and all data be lost."
)


@dataclass(frozen=True)
class DesiredSystem:
    """What the task requests of a server.

    :ivar name: for messages: "server 201".
    :ivar template: the desired one of *templates*, as a record. :ivar recipe: an id.
    :ivar when_unknown: what to do if the portal does not report clearly which system there is: fail, keep or install.
    """

    name: str
    hostname: str
    template: Template
    recipe: str | None = None
    password: str | None = field(default=None, repr=False)
    force: bool = False
    when_unknown: str = "fail"
    templates: Sequence[Template] = field(default=(), repr=False)

    def compare_system(self, record: ServerRecord) -> Comparison:
        """Compare the system that *record* shows with the desired one."""
        return compare_template(record["os"], self.template, self.templates)

    def compare_hostname(self, record: ServerRecord) -> Comparison:
        return compare_hostname(record["hostname"], self.hostname)


@dataclass(frozen=True)
class Install(Start):
    """Install the desired system; all data on the server is lost."""

    desired: DesiredSystem
    operation = "reinstall"
    destroys = True

    @property
    def description(self) -> str:  # type: ignore[override]
        return f"to be installed with {self.template['name']}"

    def send(self, api: Server, record: Snapshot) -> Any:
        desired = self.desired
        return api.reinstall(desired.hostname, self.template["id"], desired.recipe, desired.password)

    def predict(self, record: Snapshot) -> Snapshot:
        return record.expecting(hostname=self.desired.hostname, os=self.template["name"])


def plan(snapshot: Snapshot, desired: DesiredSystem) -> list[Install | SetHostname]:
    """Return what leads from a server to what is desired. It reads nothing, and sends nothing.

    An installation that runs has to come to its end before. A host name never costs the disk.

    :raises InvalidInput: if it is unknown whether the system is the desired one.
    """
    if snapshot.progress_of("reinstall")["running"]:
        return []
    if must_install(snapshot.record, desired):
        return [Install(desired.template, desired)]
    if desired.compare_hostname(snapshot.record) is ANOTHER:
        return [SetHostname(desired.hostname)]
    return []


def must_install(record: ServerRecord, desired: DesiredSystem) -> bool:
    """Whether the system is another one, or is to be installed whatever it is."""
    if desired.force:
        return True
    verdict = desired.compare_system(record)
    if verdict is UNKNOWN and desired.when_unknown == "fail":
        name = desired.template["name"]
        raise InvalidInput(
            f"It is not known whether {desired.name} has {name}, so nothing was changed: the portal "
            f"{_reported_system(record)}. Compared with: {listing(list(desired.templates))}. To keep the system, use "
            f"when_unknown=keep; to install {name}, use force=true: all data on the server is lost."
        )
    return verdict is ANOTHER or (verdict is UNKNOWN and desired.when_unknown == "install")


def notes(record: ServerRecord, desired: DesiredSystem) -> list[str]:
    """Return what is not literally as desired, and left as it is, for warnings."""
    texts, name = [], desired.template["name"]
    if desired.compare_system(record) is UNKNOWN:
        texts.append(f"For {desired.name} the portal {_reported_system(record)}. It was taken for {name}.")
    elif not is_verbatim(record["os"], desired.template):
        texts.append(
            f"The portal reports the system of {desired.name} as '{record['os']}', which was taken for the template "
            f"{name}. If that is wrong, install it with force=true."
        )
    if desired.compare_hostname(record) is UNKNOWN:
        texts.append(
            f"For {desired.name} the portal {_reported_hostname(record)}, so it was not compared with "
            f"{desired.hostname}. To set it, use sindad.cloud.server_hostname."
        )
    return texts


class Sight(NamedTuple):
    """What one poll of an installation showed; the record only once none runs."""

    progress: Progress
    record: ServerRecord | None


class InstallationWatch(Watch):
    """What is seen of an installation.

    :param differed: whether the server had another system before: then it is over when the new one shows.
    """

    def __init__(self, state: Installation, differed: bool = False):
        super().__init__(state)
        self.desired, self.differed = state.desired, differed

    def is_over(self, sight: Sight) -> bool:
        """Whether nothing runs any more, and the server is what it was to become.

        :raises SindadError: if it failed, or has become something else.
        """
        idle = self.idle_seconds(sight.progress)
        if sight.progress["running"] or sight.record is None:
            return False
        system, hostname = self.desired.compare_system(sight.record), self.desired.compare_hostname(sight.record)
        took_place = self.seen_running or (self.differed and system is SAME)
        if ANOTHER not in (system, hostname):
            return took_place or idle >= STALE_READ_WINDOW_S
        if not took_place or idle < LOST_RESPONSE_TIMEOUT_S:
            return False
        if system is ANOTHER:
            raise SindadError(
                f"The installation on {self.name} has ended, but {_has(sight.record)} instead of "
                f"{self.desired.template['name']} with the host name {self.desired.hostname}. Check the server in the "
                "portal."
            )
        return True  # the host name is set by its own route


class Installation(NamedServer):
    """A dedicated server, its system and its host name.

    :param options: the options of sindad.cloud.server_reinstall but for the connection.
    """

    own = "reinstall"
    beside: tuple[str, ...] = ()

    def __init__(self, context: ModuleContext, options: Mapping[str, Any]):
        hostname = checked_hostname(options["hostname"])
        super().__init__(context)
        self.options = options
        template = self.template(str(options["template"]))  # never the only one there is, instead of none
        self.desired = DesiredSystem(
            self.name,
            hostname,
            template,
            self._recipe(template),
            options["root_password"],
            options["force"],
            options["when_unknown"],
            self.templates,
        )
        self._password: str | None = None
        self._is_unprotected = options["force"]
        self._differs = False  # whether the system before was another

    def _recipe(self, template: Template) -> str | None:
        """The id of the recipe, which must support the template; None if none is requested."""
        if self.options["recipe"] is None:
            return None
        recipes = self.choices[1]
        recipe = choose(self.options["recipe"], recipes, "recipe", f"for {self.name}")
        if template["id"] not in recipe["usable_for"]:
            fitting = [each for each in recipes if template["id"] in each["usable_for"]]
            raise LookupFailed(
                f"The recipe {recipe['name']} cannot be used with {template['name']}, it supports: "
                f"{', '.join(recipe['usable_for']) or 'nothing'}. "
                f"Recipes for {template['name']}: {listing(fitting) or 'none'}."
            )
        return str(recipe["id"])

    def apply(self) -> Reached:
        """Bring the server to the desired system and host name."""
        before = _managed(self.record)
        outcome = self.start(self._plan)
        if outcome:
            self._after_start(outcome)
        elif self.progress["running"]:
            self._join()
        else:
            self._leave()
        after = _managed(self.record)
        if outcome:
            after = {"hostname": self.desired.hostname, "os": self.desired.template["name"]}
        return Reached({**self.record, "password": self._reported_password()}, before, after)

    # -- one step each -----------------------------------------------------------------------------------------------

    def _plan(self) -> Install | None:
        steps = plan(self.snapshot, self.desired)
        if not steps or not isinstance(steps[0], Install):
            return None
        self._differs = self.desired.compare_system(self.record) is ANOTHER
        if not self._is_unprotected:
            label = label_of_service(self.context.client, self.server.id)
            ensure_unprotected(f"Service {self.server.id}", f"reinstall {self.name}", label)
            self._is_unprotected = True
        return steps[0]

    def is_shown(self, snapshot: Snapshot) -> bool:
        """Whether the installation runs, or was too short to be seen and has left the desired system."""
        if super().is_shown(snapshot) or not self._differs:
            return super().is_shown(snapshot)
        with contextlib.suppress(ApiError):
            return self.desired.compare_system(self.refresh_info().record) is SAME
        return False

    def _after_start(self, outcome: Outcome[Snapshot]) -> None:
        self._remember(to_progress("reinstall", outcome.answer))
        if self.waits:
            self._follow(InstallationWatch(self, self._differs))
        elif outcome.sent:
            self.look_at_start()

    def _join(self) -> None:
        """Wait for the installation that runs already, whoever started it."""
        self.join(self.desired.template["id"])
        hostname = self.progress["hostname"]
        if hostname and compare_hostname(hostname, self.desired.hostname) is ANOTHER:
            raise SindadError(
                f"An installation with the host name {hostname} is running on {self.name} already, not with "
                f"{self.desired.hostname}. Wait until it has ended, then run the task again."
            )
        self._remember(self.progress)
        if self.waits:
            self._follow(InstallationWatch(self))

    def _follow(self, watch: InstallationWatch) -> None:
        """Wait until the installation is over and the server is what it was to become."""
        awaited = f"{self.name} to be installed with {self.desired.template['name']}"
        self.context.wait(self._poll, watch.is_over, awaited, self._describe_sight, NOT_AGAIN)
        self.look()
        self._leave()

    def _leave(self) -> None:
        """Set the host name: the system is the desired one, or taken for it."""
        for note in notes(self.record, self.desired):
            self.context.warn(note)
        if self.desired.compare_hostname(self.record) is ANOTHER:
            self.beside = ServerHostname.beside
            self.wait_until_free()
            self._rename()

    def _rename(self) -> None:
        """Set the host name where the service offers that; the disk is not worth it."""
        if self.server.offers_hostname() and self._is_renamed():
            return
        self.context.warn(
            f"{self.name.capitalize()} has the host name {self.record['hostname']}, not {self.desired.hostname}, and "
            "the service does not offer to set it. To install the system anew with that host name, use force=true: "
            "all data on the server is lost."
        )

    def _is_renamed(self) -> bool:
        """Set the host name. False if the service turns out not to offer that."""
        before = self.context.changed
        try:
            self.set_hostname(SetHostname(self.desired.hostname))
        except (NotFound, DecodingError, ApiError, NotOffered) as error:
            if not isinstance(refine_error(self.context.client, error), NotOffered):
                raise
            self.context.changed = before
            return False
        return True

    # -- looking -----------------------------------------------------------------------------------------------------

    def refresh_progress(self) -> Snapshot:
        snapshot = super().refresh_progress()
        self._remember(self.progress)
        return snapshot

    def _poll(self) -> Sight:
        self.refresh_progress()
        if self.progress["running"]:
            return Sight(self.progress, None)
        try:
            return Sight(self.progress, self.refresh_info().record)
        except ApiError:
            return Sight(self.progress, None)

    def _describe_sight(self, sight: Sight) -> str:
        if sight.progress["running"]:
            return f"the installation is running{in_words(sight.progress)}"
        shown = _has(sight.record) if sight.record else "its info cannot be read"
        return f"no installation is shown to run, and {shown}"

    def _remember(self, progress: Progress) -> None:
        self._password = progress["password"] or self._password

    def _reported_password(self) -> str | None:
        """Return the root password that the portal reports, for the option return_password."""
        if not self.options["return_password"] or self._password:
            return self._password
        try:
            password: str | None = Service(self.server.client, self.server.id).details()["password"]
            return password
        except ApiError:
            return None


def _managed(record: ServerRecord) -> dict[str, Any]:
    return {"hostname": record["hostname"], "os": record["os"]}


def _has(record: ServerRecord) -> str:
    return f"it has {record['os'] or 'no system'} with the host name {record['hostname'] or '(none)'}"


def _reported_system(record: ServerRecord) -> str:
    if not record["os"]:
        return "does not report the system"
    return f"reports the system as '{record['os']}', which does not clearly name one of its templates"


def _reported_hostname(record: ServerRecord) -> str:
    if not record["hostname"]:
        return "does not report the host name"
    return f"reports the host name as '{record['hostname']}', which may stand for any"
