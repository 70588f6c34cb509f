# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dedicated servers: what they are, their power, and the operations that run on them one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar, cast

from .._core.errors import ApiError, DecodingError, NotFound, NotOffered, SindadError, UnexpectedResponse
from .._core.http.client import Client
from .._core.http.concurrency import map_concurrently
from .._core.http.request import Request
from .._core.reading import vocabulary
from .._core.reading.lookup import CHOICE_KEYS, to_choice
from .._core.reading.values import addresses
from .._core.response.envelope import entries, entry, held
from .._service.api import Service, refine_error
from .._service.routes import offers
from .record import (
    INFO_KEYS,
    ServerRecord,
    is_bare_switch,
    server_power,
    to_progress,
    to_recipe,
    to_server,
    without_idle,
)
from .record import ProgressRecord as Progress

T = TypeVar("T")
# Below the method ``list`` the name means the method.
Choices = list[dict[str, Any]]
#: IPv4 and IPv6 addresses.
Addresses = tuple[list[str], list[str]]

#: Where an operation is asked for, started, and below which its templates and its end are.
ROUTES = {
    "reinstall": "/service/@id/reinstall",
    "rescue": "/service/@id/rescue",
    "diagnostics": "/service/@id/diag",
}
#: Failures by which the portal does not report something, though it answers.
NOT_REPORTED = (NotFound, DecodingError, ApiError, UnexpectedResponse)


@dataclass(frozen=True)
class Snapshot:
    """A server at one moment.

    :ivar progress: of each operation, see ``record.to_progress``.
    :ivar unreadable: why the portal did not report something: by an operation's name, "status" or "ips".
    """

    record: ServerRecord
    progress: dict[str, Progress] = field(default_factory=dict)
    unreadable: dict[str, SindadError] = field(default_factory=dict)

    def progress_of(self, operation: str | None) -> Progress:
        """Of one operation; where nothing is known of it, it does not run."""
        return self.progress.get(operation or "") or to_progress(operation or "", [])

    def expecting(self, **reported: Any) -> Snapshot:
        """The same, with a record that holds this."""
        return replace(self, record=cast("ServerRecord", {**self.record, **reported}))


class Server:
    """/service/@id/info, status, power and operations."""

    def __init__(self, client: Client, service_id: str):
        self.client = client
        self.id = service_id
        self._addresses: Addresses | None = None
        self._says_idle = False  # whether this portal says ``status: true`` of operations that do not run

    # -- reading -----------------------------------------------------------------------------------------------------

    def info(self) -> dict[str, Any]:
        """GET /service/@id/info: the portal's object."""
        return entry(self._get("/service/@id/info"), "info", "server", known=INFO_KEYS)

    def status(self) -> Any:
        """GET /service/@id/status: the portal's answer, or None if the service does not offer it."""
        return self._offered(partial(self._get, "/service/@id/status", own_status=True), None)

    def operation(self, name: str) -> Any:
        """GET /service/@id/reinstall, rescue or diag: the portal's answer; [] if none runs, or can run, on this server.

        :raises PortalError: if the portal does not report it.
        """
        try:
            return self._offered(partial(self._get, ROUTES[name], own_status=True), [])
        except (DecodingError, ApiError) as error:
            if vocabulary.says_idle(" ".join(error.errors)):
                return []
            raise

    def progress(self, name: str) -> Progress:
        """How far the operation *name* is, see ``record.to_progress``. It runs if the portal is too busy to report it.

        :raises PortalError: if the portal does not report it.
        """
        try:
            answer = self.operation(name)
            return to_progress(name, [] if self._says_idle and is_bare_switch(name, answer) else answer)
        except ApiError as error:
            if not says_busy(error):
                raise
            return to_progress(name, {"status": ", ".join(error.errors)})

    def state(self) -> ServerRecord:
        """Read the record without the operations, by two requests."""
        info, status = map_concurrently((self.info, self.status), _tried)
        status = None if isinstance(status, SindadError) else status
        return to_server(self.id, self._info_or_none(info, status), status)

    def snapshot(self) -> Snapshot:
        """Read everything that the portal reports of the server.

        The operations are read before the rest: what one that ends meanwhile has made of the server is then seen.
        """
        operations = dict(zip(ROUTES, map_concurrently([partial(self.operation, name) for name in ROUTES], _tried)))
        info, status = map_concurrently((self.info, self.status), _tried)
        unreadable = _failures({"status": status, **operations})
        status = None if "status" in unreadable else status
        operations = {name: answer for name, answer in operations.items() if name not in unreadable}
        answers = without_idle(operations)
        self._says_idle = answers != operations
        progress = {name: to_progress(name, answer) for name, answer in answers.items()}
        info = self._info_or_none(info, status, *operations.values())
        snapshot = Snapshot(to_server(self.id, info, status, operations), progress, unreadable)
        return self._with_addresses(snapshot)

    def with_status(self, snapshot: Snapshot) -> Snapshot:
        """*snapshot* with the present power state, by one request, or why the portal does not report it."""
        status = _tried(self.status)
        unreadable = {name: error for name, error in snapshot.unreadable.items() if name != "status"}
        unreadable.update(_failures({"status": status}))
        status = None if unreadable.get("status") else status
        now = snapshot.expecting(**server_power(status), raw={**snapshot.record["raw"], "status": status})
        return replace(now, unreadable=unreadable)

    def with_progress(self, snapshot: Snapshot, operation: str) -> Snapshot:
        """*snapshot* with the progress of one operation now, for one request."""
        return replace(snapshot, progress={**snapshot.progress, operation: self.progress(operation)})

    def with_info(self, snapshot: Snapshot) -> Snapshot:
        """*snapshot* with the present system and host name, by one request; None where /info is not offered."""
        try:
            info = self.info()
        except NotFound:
            info = {}
        now = to_server(self.id, info)
        return snapshot.expecting(hostname=now["hostname"], os=now["os"], raw={**snapshot.record["raw"], "info": info})

    def templates(self, operation: str) -> tuple[Choices, Choices]:
        """GET /service/@id/reinstall/templates, rescue/templates or diag/templates: ``(templates, recipes)``."""
        listing = self.client.get_listing(f"{ROUTES[operation]}/templates", _templates, "templates", id=self.id)
        templates = [to_choice(each) for each in listing.entries]
        recipes = {each["id"]: each for answer in listing.answers for each in map(to_recipe, _recipes(answer))}
        return templates, [_by_id(each, templates) for each in recipes.values()]

    def offers_hostname(self) -> bool:
        """GET /service/@id/methods: whether a host name can be set. True if that is not reported."""
        try:
            offered = Service(self.client, self.id).methods()
        except NOT_REPORTED:
            return True
        return not offered or offers(offered, Request("POST", "/service/@id/hostname"))

    def _with_addresses(self, snapshot: Snapshot) -> Snapshot:
        """*snapshot* with the addresses of GET /service/@id/ips where /info reports none."""
        if snapshot.record["ipv4"] or snapshot.record["ipv6"]:
            return snapshot
        if self._addresses is None:
            try:
                rows = self._offered(self._ips, [])
            except NOT_REPORTED as error:
                return replace(snapshot, unreadable={**snapshot.unreadable, "ips": error})
            self._addresses = addresses({"ips": [[row, row.get("name"), row.get("id")] for row in rows]})
        ipv4, ipv6 = self._addresses
        return snapshot.expecting(ipv4=ipv4, ipv6=ipv6)

    def _get(self, route: str, own_status: bool = False) -> Any:
        return self.client.get(route, own_status=own_status, id=self.id)

    def _ips(self) -> Choices:
        """GET /service/@id/ips: the portal's objects; a bare address becomes a name."""
        return self.client.get_list("/service/@id/ips", "ips", id=self.id)

    def _offered(self, read: Callable[[], Any], otherwise: Any) -> Any:
        """What *read* gives; *otherwise* if the service does not offer it."""
        try:
            return read()
        except NotFound:
            return otherwise
        except (DecodingError, ApiError) as error:
            if isinstance(refine_error(self.client, error), NotOffered):
                return otherwise
            raise

    def _info_or_none(self, info: Any, *others: Any) -> dict[str, Any]:
        """*info*, or {} if the server does not offer it, but something of the *others*; every other failure is one."""
        if not isinstance(info, SindadError):
            return info
        error = refine_error(self.client, info)
        if isinstance(error, NotOffered) and any(other not in (None, []) for other in others):
            return {}
        raise error

    # -- changing ----------------------------------------------------------------------------------------------------

    def power_on(self) -> Any:
        """POST /service/@id/poweron."""
        return self._post("/service/@id/poweron")

    def power_off(self) -> Any:
        """POST /service/@id/poweroff."""
        return self._post("/service/@id/poweroff")

    def reboot(self) -> Any:
        """POST /service/@id/reboot."""
        return self._post("/service/@id/reboot")

    def set_hostname(self, hostname: str) -> Any:
        """POST /service/@id/hostname."""
        return self._post("/service/@id/hostname", {"hostname": hostname})

    def reinstall(self, hostname: str, template: str, recipe: str | None = None, password: str | None = None) -> Any:
        """POST /service/@id/reinstall: all data is lost. The answer may hold a generated password."""
        body = {"hostname": hostname, "template": template, "recipe": recipe, "password": password}
        return self._post("/service/@id/reinstall", {key: value for key, value in body.items() if value is not None})

    def rescue(self, template: str, password: str | None = None) -> Any:
        """POST /service/@id/rescue: boot a rescue system. The answer may hold a generated password."""
        body = {"template": template, **({} if password is None else {"password": password})}
        return self._post("/service/@id/rescue", body)

    def diagnose(self, template: str, clear_disks: bool = False, full_erase: bool = False) -> Any:
        """POST /service/@id/diag: run diagnostics; with *clear_disks* all data is lost.

        A switch is sent only if it is on: a backend may test whether it is there.
        """
        switches = {"clearhdd": clear_disks, "fullhddclear": clear_disks and full_erase}
        return self._post(
            "/service/@id/diag", {"template": template, **{key: on for key, on in switches.items() if on}}
        )

    def cancel(self, operation: str) -> Any:
        """POST /service/@id/rescue/cancel or diag/cancel."""
        return self._post(f"{ROUTES[operation]}/cancel")

    def _post(self, route: str, body: dict[str, Any] | None = None) -> Any:
        return self.client.post(route, body, id=self.id)


class Stock:
    """The servers that the portal has in stock."""

    def __init__(self, client: Client):
        self.client = client

    def list(self) -> Choices:
        """GET /serverstock. Its shape is undocumented; servers below a category are listed as well."""
        listed = self.client.get_list("/serverstock", "servers", "serverstock", "stock", "products")
        return [to_choice(each) for each in listed]


def says_busy(error: SindadError) -> bool:
    """Whether the portal refuses because an operation runs."""
    return vocabulary.says_busy(" ".join(getattr(error, "errors", ())))


def _tried(read: Callable[[], T]) -> T | SindadError:
    """What *read* gives, or the failure by which the portal does not report it, though it answers."""
    try:
        return read()
    except NOT_REPORTED as error:
        return error


def _failures(answers: dict[str, Any]) -> dict[str, SindadError]:
    return {name: answer for name, answer in answers.items() if isinstance(answer, SindadError)}


def _by_id(recipe: dict[str, Any], templates: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The *recipe* with the ids of templates where the portal reports their names."""
    ids = {template["id"] for template in templates}
    names = {template["name"].casefold(): template["id"] for template in templates}
    usable = [word if word in ids else names.get(word.casefold(), word) for word in recipe["usable_for"]]
    return {**recipe, "usable_for": usable}


def _templates(answer: Any) -> Choices:
    return entries(answer, "templates", known=CHOICE_KEYS, identity=CHOICE_KEYS)


def _recipes(answer: Any) -> Choices:
    """What stands beside the templates, also in a wrapper."""
    return entries({"recipes": held(answer, "recipes") or []}, "recipes", known=CHOICE_KEYS)
