# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs an operating system on a dedicated server: never twice, and not if it is there."""

from __future__ import annotations

from .._core.comparison import equal_hostnames, matches_template, matching_templates
from .._core.errors import ApiError, InvalidInput, LookupFailed, NotFound, SindadError
from .._core.lookup import choose, listing
from .._core.polling import LOST_RESPONSE_TIMEOUT_S, STALE_READ_WINDOW_S, Deadline
from .._service.api import Service
from .operation import ServerState, checked_hostname, told
from .record import SYSTEM_KEYS, to_progress, to_server


class Installation(ServerState):
    """The system and the host name that a server is to have.

    :param wanted: the options of M(sindad.cloud.server_reinstall) but for the connection.
    """

    def __init__(self, context, wanted):
        self.wanted = wanted
        self.hostname = checked_hostname(wanted["hostname"])
        super().__init__(context, own="reinstall")
        self.templates, recipes = self.server.templates("reinstall")
        self.system = self.template(wanted["template"])
        self.recipe = self._recipe(recipes)
        self.password = None

    def _recipe(self, recipes):
        """The id of the recipe, which must support the template; None if none is wanted."""
        if self.wanted["recipe"] is None:
            return None
        recipe = choose(self.wanted["recipe"], recipes, "recipe", f"for {self.name}")
        if self.system["id"] not in recipe["usable_for"]:
            fitting = [each for each in recipes if self.system["id"] in each["usable_for"]]
            raise LookupFailed(
                f"The recipe {recipe['name']} cannot be used with {self.system['name']}, it supports: "
                f"{', '.join(recipe['usable_for']) or 'nothing'}. "
                f"Recipes for {self.system['name']}: {listing(fitting) or 'none'}."
            )
        return recipe["id"]

    def reach(self):
        """Bring the server to the wanted system and host name. Returns C((record, before, after))."""
        before = _managed(self.record)
        if self.progress["running"]:
            self._join()
        elif self.wanted["force"] or not self._is_there():
            self._install()
        record = {**self.record, "password": self._password()}
        after = {"hostname": self.hostname, "os": self.system["name"]} if self.context.changed else _managed(record)
        return record, before, before if after == before else after

    # -- one step each -----------------------------------------------------------------------------------------------

    def _is_there(self):
        """Whether the server has the wanted system and host name already."""
        system, hostname = self._system_fits(self.record), self._hostname_fits(self.record)
        if system is False or hostname is False:
            return False
        if system is None:
            raise InvalidInput(
                f"The portal does not tell which system {self.name} has. To install {self.system['name']} all the "
                "same, use force=true: all data on it is lost."
            )
        if hostname is None:
            self.context.warn(f"The portal does not tell the host name of {self.name}: only its system was compared.")
        if not matches_template(self.record["os"], self.system):
            self.context.warn(
                f"The portal calls the system of {self.name} '{self.record['os']}', which was taken for the template "
                f"{self.system['name']}. If that is wrong, install it with force=true."
            )
        return True

    def _join(self):
        """Wait for the installation that runs already, whoever started it."""
        self.joins(self.wanted["template"])
        hostname = self.progress["hostname"]
        if hostname and not equal_hostnames(hostname, self.hostname):
            raise SindadError(
                f"An installation with the host name {hostname} is running on {self.name} already, not with "
                f"{self.hostname}. Wait until it has ended, then run the task again."
            )
        if self.wanted["wait"] and not self.context.check_mode:
            self._follow(_Course(self.context.client.clock, self.progress))

    def _install(self):
        started = self.start(self._send, f"{self.system['name']} to be installed on {self.name}")
        if started is None:
            self._join()
        elif not started:
            self.record.update(hostname=self.hostname, os=self.system["name"])
        elif self.wanted["wait"]:
            self._follow(
                _Course(self.context.client.clock, self.progress, different=self._system_fits(self.record) is False)
            )
        else:
            self.until_shown()
            self._remember(self.progress)

    def _send(self):
        password = self.wanted["root_password"]
        answer = self.server.reinstall(self.hostname, self.system["id"], self.recipe, password)
        self._remember(to_progress("reinstall", answer))

    def _follow(self, course):
        """Wait until the installation is over and the server is what it was to become."""
        aim = f"{self.system['name']} to be installed on {self.name}"
        self.context.wait(self._glance, lambda seen: self._is_over(course, *seen), aim, self._tell)
        self.look()

    def _glance(self):
        """The progress and, once nothing runs, the record as far as system and host name go."""
        progress = self.now()
        self._remember(progress)
        if progress["running"]:
            return progress, None
        try:
            info = self.server.info()
        except NotFound:
            info = {}
        except ApiError:
            return progress, None
        return progress, to_server(self.server.id, info)

    def _is_over(self, course, progress, record):
        still = course.pass_by(progress)
        if progress["running"]:
            return False
        if progress["failed"] and (course.moved or still >= STALE_READ_WINDOW_S or not course.failed_before):
            raise self.failed(progress)
        if record is None:
            return False
        if False not in (self._system_fits(record), self._hostname_fits(record)):
            return course.moved or still >= STALE_READ_WINDOW_S or course.different
        if course.moved and still >= LOST_RESPONSE_TIMEOUT_S:
            raise SindadError(
                f"The installation on {self.name} has ended, but {self._has(record)} instead of {self.system['name']} "
                f"with the host name {self.hostname}. Look at the server in the portal, or run the task again to "
                "install it."
            )
        return False

    def _tell(self, seen):
        progress, record = seen
        if progress["running"]:
            return f"the installation is running{told(progress)}"
        return "no installation is shown to run, and " + (self._has(record) if record else "its info cannot be read")

    # -- comparing ---------------------------------------------------------------------------------------------------

    def _system_fits(self, record):
        """Whether the server has the wanted system, None if the portal does not tell."""
        if record["os"] is None:
            # An empty key says that it has no system, a missing one says nothing.
            return False if set(SYSTEM_KEYS) & set(record["raw"]["info"]) else None
        return self.system in matching_templates(record["os"], self.templates)

    def _hostname_fits(self, record):
        return equal_hostnames(record["hostname"], self.hostname) if record["hostname"] else None

    def _has(self, record):
        return f"it has {record['os'] or 'no system'} with the host name {record['hostname'] or '(none)'}"

    # -- passwords ---------------------------------------------------------------------------------------------------

    def _remember(self, progress):
        self.password = progress["password"] or self.password

    def _password(self):
        """The root password that the portal tells, for O(return_password)."""
        if not self.wanted["return_password"] or self.password:
            return self.password
        try:
            return Service(self.server.client, self.server.id).details()["password"]
        except ApiError:
            return None


class _Course:
    """What was seen of an installation so far.

    :param before: its progress when it was first looked at.
    :param different: whether the server was known to have another system: then it is over when the new one shows.
    """

    def __init__(self, clock, before, different=False):
        self.clock = clock
        self.moved = before["running"]
        self.failed_before = before["failed"]
        self.different = different
        self.still = None

    def pass_by(self, progress):
        """For how many seconds it has not been seen to run."""
        if progress["running"]:
            self.moved, self.still = True, None
            return 0.0
        self.still = self.still or Deadline(LOST_RESPONSE_TIMEOUT_S, self.clock)
        return self.still.elapsed


def _managed(record):
    return {"hostname": record["hostname"], "os": record["os"]}
