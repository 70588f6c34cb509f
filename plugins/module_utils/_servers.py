# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dedicated servers: what they are, their power, and the operations that run on them one at a time."""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.sindad.cloud.plugins.module_utils import _records as records
from ansible_collections.sindad.cloud.plugins.module_utils._errors import (
    Failure,
    NotFound,
    NotJson,
    NotOffered,
    Refused,
)
from ansible_collections.sindad.cloud.plugins.module_utils._parallel import each_of
from ansible_collections.sindad.cloud.plugins.module_utils._services import explained
from ansible_collections.sindad.cloud.plugins.module_utils._shapes import Unexpected, entries, entry

#: Where an operation is asked for, started, and below which its templates and its end are.
ROUTES = {
    "reinstall": "/service/@id/reinstall",
    "rescue": "/service/@id/rescue",
    "diagnostics": "/service/@id/diag",
}


@dataclass
class Seen:
    """A server at one moment.

    :ivar progress: of each operation, see C(records.progress).
    :ivar unreadable: the failures of what the portal did not tell, by the operation's name.
    """

    record: dict
    progress: dict
    unreadable: dict


class Server:
    """/service/@id/info, status, power and operations."""

    def __init__(self, portal, service_id):
        self.portal = portal
        self.id = service_id

    # -- reading -----------------------------------------------------------------------------------------------------

    def info(self):
        """GET /service/@id/info: the portal's object."""
        return entry(self.portal.get("/service/@id/info", id=self.id), "info", "server")

    def status(self):
        """GET /service/@id/status: the portal's answer, or None if the power state cannot be read."""
        try:
            return self.portal.get("/service/@id/status", id=self.id)
        except (NotFound, NotJson, Refused):
            return None

    def operation(self, name):
        """GET /service/@id/reinstall, rescue or diag: the portal's answer; [] if none runs, or can run, on this server.

        :raises PortalError: if the portal does not tell.
        """
        try:
            return self.portal.get(ROUTES[name], id=self.id)
        except NotFound:
            return []
        except (NotJson, Refused) as error:
            if records.IDLE.search(" ".join(error.errors)) or isinstance(explained(self.portal, error), NotOffered):
                return []
            raise

    def progress(self, name):
        """How far the operation *name* is, see C(records.progress)."""
        return records.progress(name, self.operation(name))

    def state(self):
        """The record without what operations tell, for two requests."""
        info, status = each_of((self.info, self.status), self._tried)
        return records.server(self.id, self._info_or_none(info, status), status)

    def powered(self, record):
        """The *record* with the power state of now, for one request."""
        status = self.status()
        return {**record, **records.server_power(status), "raw": {**record["raw"], "status": status}}

    def seen(self):
        """Everything that the portal tells of the server now."""
        reads = [self.info, self.status, *(lambda name=name: self.operation(name) for name in ROUTES)]
        info, status, *answers = each_of(reads, self._tried)
        answers = dict(zip(ROUTES, answers))
        unreadable = {name: answer for name, answer in answers.items() if isinstance(answer, Failure)}
        operations = {name: answer for name, answer in answers.items() if name not in unreadable}
        info = self._info_or_none(info, status, *operations.values())
        progress = {name: records.progress(name, answer) for name, answer in operations.items()}
        return Seen(records.server(self.id, info, status, operations), progress, unreadable)

    @staticmethod
    def _tried(read):
        """What *read* gives, or the failure by which the portal does not tell it; it must be reachable, though."""
        try:
            return read()
        except (NotFound, NotJson, Refused, Unexpected) as error:
            return error

    def _info_or_none(self, info, *others):
        """*info*, or {} if the server does not offer it, but something of the *others*; every other failure is one."""
        if not isinstance(info, Failure):
            return info
        error = explained(self.portal, info)
        if isinstance(error, NotOffered) and any(other not in (None, []) for other in others):
            return {}
        raise error

    def templates(self, operation):
        """GET /service/@id/reinstall/templates, rescue/templates or diag/templates: C((templates, recipes))."""
        answer = self.portal.get(f"{ROUTES[operation]}/templates", id=self.id)
        templates = [records.choice(each) for each in entries(answer, "templates")]
        recipes = entries(answer, "recipes") if isinstance(answer, dict) and answer.get("recipes") else []
        return templates, [_by_id(records.recipe(each), templates) for each in recipes]

    # -- changing ----------------------------------------------------------------------------------------------------

    def power_on(self):
        """POST /service/@id/poweron."""
        self.portal.post("/service/@id/poweron", id=self.id)

    def power_off(self):
        """POST /service/@id/poweroff."""
        self.portal.post("/service/@id/poweroff", id=self.id)

    def reboot(self):
        """POST /service/@id/reboot."""
        self.portal.post("/service/@id/reboot", id=self.id)

    def set_hostname(self, hostname):
        """POST /service/@id/hostname."""
        self.portal.post("/service/@id/hostname", {"hostname": hostname}, id=self.id)

    def reinstall(self, hostname, template, recipe=None, password=None):
        """POST /service/@id/reinstall: all data is lost. Returns the answer, which may hold a generated password."""
        body = {"hostname": hostname, "template": template, "recipe": recipe, "password": password}
        body = {key: value for key, value in body.items() if value is not None}
        return self.portal.post("/service/@id/reinstall", body, id=self.id)

    def rescue(self, template, password=None):
        """POST /service/@id/rescue: boot a rescue system. Returns the answer, which may hold a generated password."""
        body = {"template": template, **({} if password is None else {"password": password})}
        return self.portal.post("/service/@id/rescue", body, id=self.id)

    def diagnose(self, template, clear_disks=False, full_erase=False):
        """POST /service/@id/diag: run diagnostics; with *clear_disks* all data is lost."""
        body = {"template": template, "clearhdd": clear_disks, "fullhddclear": full_erase}
        self.portal.post("/service/@id/diag", body, id=self.id)

    def cancel(self, operation):
        """POST /service/@id/rescue/cancel or diag/cancel."""
        self.portal.post(f"{ROUTES[operation]}/cancel", id=self.id)


def _by_id(recipe, templates):
    """The *recipe* with the ids of templates where the portal tells their names."""
    ids = {template["id"] for template in templates}
    names = {template["name"].casefold(): template["id"] for template in templates}
    usable = [word if word in ids else names.get(word.casefold(), word) for word in recipe["usable_for"]]
    return {**recipe, "usable_for": usable}


class Stock:
    """The servers that the portal has in stock."""

    def __init__(self, portal):
        self.portal = portal

    def list(self):
        """GET /serverstock. Its shape is undocumented; servers below a category are listed as well."""
        listed = []
        for each in entries(self.portal.get("/serverstock"), "servers", "serverstock", "stock", "products"):
            below = [each.get(key) for key in ("name", "servers", "products") if isinstance(each.get(key), list)]
            listed += [one for one in below[0] if isinstance(one, dict)] if below else [each]
        return [records.choice(each) for each in listed]
