# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dedicated servers: what they are, their power, and the operations that run on them one at a time."""

from __future__ import annotations

from dataclasses import dataclass

from .._core.concurrency import map_concurrently
from .._core.envelope import entries, entry
from .._core.errors import ApiError, DecodingError, NotFound, NotOffered, SindadError, UnexpectedResponse
from .._core.lookup import CHOICE_KEYS, to_choice
from .._core.values import ADDRESS_KEYS
from .._core.verdict import inner
from .._core.vocabulary import says_idle
from .._service.api import refine_error
from .record import HOSTNAME_KEYS, SYSTEM_KEYS, server_power, to_progress, to_recipe, to_server

#: Where an operation is asked for, started, and below which its templates and its end are.
ROUTES = {
    "reinstall": "/service/@id/reinstall",
    "rescue": "/service/@id/rescue",
    "diagnostics": "/service/@id/diag",
}

#: Keys of which an object must have one to be taken for a server: [G], but those of addresses [T].
INFO_KEYS = (
    *(*HOSTNAME_KEYS, *SYSTEM_KEYS, *ADDRESS_KEYS, "id", "server_id", "name", "label", "type", "model", "mac", "cpu"),
    *("cpus", "ram", "memory", "disk", "hdd", "location", "datacenter", "rack", "bandwidth", "traffic", "power"),
    *("state", "status"),
)


@dataclass
class Seen:
    """A server at one moment.

    :ivar progress: of each operation, see ``records.progress``.
    :ivar unreadable: the failures of what the portal did not tell, by the operation's name.
    """

    record: dict
    progress: dict
    unreadable: dict


class Server:
    """/service/@id/info, status, power and operations."""

    def __init__(self, client, service_id):
        self.client = client
        self.id = service_id

    # -- reading -----------------------------------------------------------------------------------------------------

    def info(self):
        """GET /service/@id/info: the portal's object."""
        return entry(self.client.get("/service/@id/info", id=self.id), "info", "server", known=INFO_KEYS)

    def status(self):
        """GET /service/@id/status: the portal's answer, or None if the power state cannot be read."""
        try:
            return self.client.get("/service/@id/status", own_status=True, id=self.id)
        except (NotFound, DecodingError, ApiError):
            return None

    def operation(self, name):
        """GET /service/@id/reinstall, rescue or diag: the portal's answer; [] if none runs, or can run, on this server.

        :raises PortalError: if the portal does not tell.
        """
        try:
            return self.client.get(ROUTES[name], own_status=True, id=self.id)
        except NotFound:
            return []
        except (DecodingError, ApiError) as error:
            if says_idle(" ".join(error.errors)) or isinstance(refine_error(self.client, error), NotOffered):
                return []
            raise

    def progress(self, name):
        """How far the operation *name* is, see ``records.progress``."""
        return to_progress(name, self.operation(name))

    def state(self):
        """The record without what operations tell, for two requests."""
        info, status = map_concurrently((self.info, self.status), self._tried)
        return to_server(self.id, self._info_or_none(info, status), status)

    def powered(self, record):
        """The *record* with the power state of now, for one request."""
        status = self.status()
        return {**record, **server_power(status), "raw": {**record["raw"], "status": status}}

    def seen(self):
        """Everything that the portal tells of the server now."""
        reads = [self.info, self.status, *(lambda name=name: self.operation(name) for name in ROUTES)]
        info, status, *answers = map_concurrently(reads, self._tried)
        told = dict(zip(ROUTES, answers))
        unreadable = {name: answer for name, answer in told.items() if isinstance(answer, SindadError)}
        operations = {name: answer for name, answer in told.items() if name not in unreadable}
        info = self._info_or_none(info, status, *operations.values())
        progress = {name: to_progress(name, answer) for name, answer in operations.items()}
        return Seen(to_server(self.id, info, status, operations), progress, unreadable)

    @staticmethod
    def _tried(read):
        """What *read* gives, or the failure by which the portal does not tell it; it must be reachable, though."""
        try:
            return read()
        except (NotFound, DecodingError, ApiError, UnexpectedResponse) as error:
            return error

    def _info_or_none(self, info, *others):
        """*info*, or {} if the server does not offer it, but something of the *others*; every other failure is one."""
        if not isinstance(info, SindadError):
            return info
        error = refine_error(self.client, info)
        if isinstance(error, NotOffered) and any(other not in (None, []) for other in others):
            return {}
        raise error

    def templates(self, operation):
        """GET /service/@id/reinstall/templates, rescue/templates or diag/templates: C((templates, recipes))."""
        listing = self.client.get_listing(f"{ROUTES[operation]}/templates", _templates, "templates", id=self.id)
        templates = [to_choice(each) for each in listing.entries]
        recipes = {each["id"]: each for answer in listing.answers for each in map(to_recipe, _recipes(answer))}
        return templates, [_by_id(each, templates) for each in recipes.values()]

    # -- changing ----------------------------------------------------------------------------------------------------

    def power_on(self):
        """POST /service/@id/poweron."""
        self.client.post("/service/@id/poweron", id=self.id)

    def power_off(self):
        """POST /service/@id/poweroff."""
        self.client.post("/service/@id/poweroff", id=self.id)

    def reboot(self):
        """POST /service/@id/reboot."""
        self.client.post("/service/@id/reboot", id=self.id)

    def set_hostname(self, hostname):
        """POST /service/@id/hostname."""
        self.client.post("/service/@id/hostname", {"hostname": hostname}, id=self.id)

    def reinstall(self, hostname, template, recipe=None, password=None):
        """POST /service/@id/reinstall: all data is lost. Returns the answer, which may hold a generated password."""
        body = {"hostname": hostname, "template": template, "recipe": recipe, "password": password}
        body = {key: value for key, value in body.items() if value is not None}
        return self.client.post("/service/@id/reinstall", body, id=self.id)

    def rescue(self, template, password=None):
        """POST /service/@id/rescue: boot a rescue system. Returns the answer, which may hold a generated password."""
        body = {"template": template, **({} if password is None else {"password": password})}
        return self.client.post("/service/@id/rescue", body, id=self.id)

    def diagnose(self, template, clear_disks=False, full_erase=False):
        """POST /service/@id/diag: run diagnostics; with *clear_disks* all data is lost."""
        body = {"template": template, "clearhdd": clear_disks, "fullhddclear": full_erase}
        self.client.post("/service/@id/diag", body, id=self.id)

    def cancel(self, operation):
        """POST /service/@id/rescue/cancel or diag/cancel."""
        self.client.post(f"{ROUTES[operation]}/cancel", id=self.id)


def _by_id(recipe, templates):
    """The *recipe* with the ids of templates where the portal tells their names."""
    ids = {template["id"] for template in templates}
    names = {template["name"].casefold(): template["id"] for template in templates}
    usable = [word if word in ids else names.get(word.casefold(), word) for word in recipe["usable_for"]]
    return {**recipe, "usable_for": usable}


def _templates(answer):
    return entries(answer, "templates", known=CHOICE_KEYS, identity=CHOICE_KEYS)


def _recipes(answer):
    """What stands beside the templates, also under ``data``."""
    answer = inner(answer)
    if not isinstance(answer, dict):
        return []
    if not answer.get("recipes"):
        return _recipes(answer.get("data"))
    return entries({"recipes": answer["recipes"]}, "recipes", known=CHOICE_KEYS)


class Stock:
    """The servers that the portal has in stock."""

    def __init__(self, client):
        self.client = client

    def list(self):
        """GET /serverstock. Its shape is undocumented; servers below a category are listed as well."""
        listed = self.client.get_list("/serverstock", "servers", "serverstock", "stock", "products")
        return [to_choice(each) for each in listed]
