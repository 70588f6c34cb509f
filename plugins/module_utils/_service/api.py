# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The section Services of the API: what an account has, what a service offers, and what it is called."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from .._core.errors import (
    ApiError,
    AuthenticationFailed,
    DecodingError,
    NotFound,
    NotOffered,
    PortalError,
    SindadError,
    UnexpectedResponse,
)
from .._core.http.client import Client
from .._core.http.concurrency import map_concurrently
from .._core.http.request import Request
from .._core.reading.lookup import choose, there_is
from .._core.reading.values import is_empty, to_ascii_digits, to_text
from .._core.reading.vocabulary import is_active, is_gone
from .._core.response.envelope import entry
from .._core.response.response import AUTHENTICATION_CODES
from .record import (
    METHOD_KEYS,
    SERVICE_KEYS,
    MethodRecord,
    ServiceRecord,
    UpgradeOptions,
    to_method,
    to_resources,
    to_service,
    to_upgrade_options,
)
from .routes import denies, not_offered, offers, speaks_of_routes

#: How a portal answers where a service does not offer a route, but not only there.
MAY_NOT_BE_OFFERED = (NotFound, DecodingError, ApiError)
#: What the portal says of an upgrade that a service does not offer now.
NO_UPGRADE = ("upgrade_not_available", "upgrade_due_invoice")
CANCELLED_ALREADY = "cancelled_already"
#: HTTP statuses of a route that is not there.
NO_ROUTE = (404, 405, 501)

# Below the method ``list`` the name means the method.
ServiceRecords = list[ServiceRecord]
Methods = list[MethodRecord]


def is_whole_account(service: object) -> bool:
    """Whether the option ``service`` says that the whole account is meant."""
    return str(service).strip().casefold() == "all"


class Services:
    """All services of the account."""

    def __init__(self, client: Client):
        self.client = client

    def list(self) -> ServiceRecords:
        """GET /service: records without details."""
        listed = self.client.get_list("/service", "services", known=SERVICE_KEYS, identity=("id",))
        return [to_service(each) for each in listed]

    def find(self, wanted: str) -> str:
        """The id of the service with this id or domain. Digits are an id and cost no request."""
        wanted = str(wanted).strip()
        digits = to_ascii_digits(wanted)
        if re.fullmatch(r"[0-9]+", digits):
            return digits
        return self.one(wanted, self.list())["id"]

    def one(self, wanted: str, listed: ServiceRecords) -> ServiceRecord:
        """The one of the records *listed* that has this id or domain."""
        return choose(wanted, listed, "service", "on this account", names=("domain",))

    def with_more(self, listed: ServiceRecords, include: Collection[str]) -> ServiceRecords:
        """The records *listed*, each with what *include* names: details, methods, resources, upgrade_options."""
        return map_concurrently(listed, lambda record: Service(self.client, record["id"]).with_more(record, include))


class Service:
    """One service."""

    def __init__(self, client: Client, service_id: str):
        self.client = client
        self.id = str(service_id)

    def details(self, listed: dict[str, Any] | None = None) -> ServiceRecord:
        """GET /service/@id: the record with details; *listed* is its entry in the list, which knows the category."""
        answer = self.client.get("/service/@id", id=self.id)
        record = to_service(listed or {}, entry(answer, "service", key=self.id, known=SERVICE_KEYS))
        return {**record, "id": self.id}  # what the details call id may be something else's

    def is_gone(self) -> bool:
        """Whether its status says that the service is no more."""
        return is_gone(self.details()["status"])

    def methods(self) -> Methods:
        """GET /service/@id/methods: the routes that this service offers."""
        listed = self.client.get_list("/service/@id/methods", "methods", known=METHOD_KEYS, id=self.id)
        return [to_method(each) for each in listed]

    def resources(self) -> Any:
        """GET /service/@id/resources: available and used, in the shape of the service's backend."""
        return to_resources(self.client.get("/service/@id/resources", id=self.id))

    def upgrade_options(self) -> UpgradeOptions:
        """GET /service/@id/upgrade."""
        return to_upgrade_options(self.client.get("/service/@id/upgrade", id=self.id))

    def with_more(self, record: ServiceRecord, include: Collection[str]) -> ServiceRecord:
        """The *record* of the list with what *include* names; None for what was not asked or is not offered."""
        if "details" in include:
            record = self.details(record["raw"])
        return {
            **record,
            "methods": self.methods() if "methods" in include else None,
            "resources": self._offered(self.resources, record) if "resources" in include else None,
            "upgrade_options": self._offered(self.upgrade_options, record) if "upgrade_options" in include else None,
        }

    def _offered(self, read: Callable[[], Any], record: ServiceRecord) -> Any:
        """What *read* gives, or None if the service does not offer it; every other failure is one."""
        try:
            return read()
        except MAY_NOT_BE_OFFERED as error:
            if set(error.errors) & set(NO_UPGRADE):
                return None
            if isinstance(error, (NotFound, ApiError)) and not is_active(record["status"]):
                return None
            self.routes_without(error)
            return None

    def routes_without(self, error: PortalError) -> Methods:
        """The routes that the service offers, if that of *error* is not one of them; else *error* is raised again."""
        if error.request is None:
            raise error
        offered = self.methods()
        if offers(offered, error.request):
            raise error
        return offered

    def upgrade(self, order: dict[str, Any], send: bool) -> Any:
        """POST /service/@id/upgrade: place the *order*, or without *send* only ask what it would cost.

        An estimate leaves the parameter out: a portal that reads switches by their presence would order.
        """
        body = {**order, "send": True} if send else order
        return self.client.post("/service/@id/upgrade", body, reads=not send, id=self.id)

    def cancel(self, immediate: bool, reason: str) -> Any:
        """POST /service/@id/cancel: ask for it. ``is_repeat`` of the answer says whether that was done before."""
        body = {"immediate": "true" if immediate else "false", "reason": reason}
        return self.client.post("/service/@id/cancel", body, accept=[CANCELLED_ALREADY], id=self.id)

    def label(self) -> str:
        """GET /service/@id/label: the label, "" if there is none.

        :raises UnexpectedResponse: for all that is no text: tags protect a service, and must not be missed.
        """
        answer = self.client.get("/service/@id/label", id=self.id)
        if is_empty(answer):
            return ""
        told = answer.get("label", answer) if isinstance(answer, dict) else answer
        if not is_empty(told) and (told is answer or isinstance(told, (dict, list))):
            raise UnexpectedResponse("label", answer)
        return to_text(told) or ""

    def set_label(self, label: str) -> Any:
        """POST /service/@id/label."""
        return self.client.post("/service/@id/label", {"label": label}, id=self.id)


def is_repeat(answer: Any) -> bool:
    """Whether the *answer* to a cancellation says that it was asked for before."""
    told = [answer.get("info"), answer.get("error")] if isinstance(answer, dict) else [answer]
    return CANCELLED_ALREADY in str(told)


@contextlib.contextmanager
def advice_if_unknown(advice: str) -> Iterator[None]:
    """Adds to the failure of a request whose answer was lost what to do about it."""
    try:
        yield
    except PortalError as error:
        if error.outcome_unknown:
            error.args = (f"{error} {advice}",)
        raise


def ensure_offered(client: Client, request: Request) -> None:
    """Raise NotOffered if the service's list of routes says so."""
    if not request.route.startswith("/service/@id/"):
        return
    try:
        offered = Service(client, dict(request.ids)["id"]).methods()
    except (DecodingError, ApiError, UnexpectedResponse):
        return  # it does not tell
    if denies(offered, request):
        status = None
        with contextlib.suppress(SindadError):
            there = {each["id"]: each for each in Services(client).list()}
            status = _status(there.get(dict(request.ids)["id"]))
        raise not_offered(request, offered, status)


def refine_error(client: Client, error: SindadError) -> SindadError:
    """Return *error*, or a better one: no such service, or a route that the service, or the portal, does not offer."""
    if not isinstance(error, PortalError) or error.request is None or not _may_be_refined(error):
        return error
    request = error.request
    try:
        there = {each["id"]: each for each in Services(client).list()}
        if not request.route.startswith("/service/@id"):  # the login works, and this does not
            return NotOffered(f"This portal does not have {request}.", request, error.errors, error.status_code)
        service = Service(client, dict(request.ids)["id"])
        if service.id not in there:
            listed = there_is(service.id, list(there.values()), ("domain",))
            message = f"Service {service.id} not found on this account. {listed}"
            return NotFound(message, request, error.errors, error.status_code)
        if isinstance(error, (ApiError, AuthenticationFailed)) and not speaks_of_routes(error.errors):
            return error
        offered = service.methods()
    except SindadError:
        return error
    return error if offers(offered, request) else not_offered(request, offered, _status(there[service.id]), error)


def _may_be_refined(error: PortalError) -> bool:
    """Whether *error* may mean that there is no such service or route: whatever it says, but for a bad login."""
    is_login = error.status_code == 401 or bool(set(error.errors) & set(AUTHENTICATION_CODES))
    if not isinstance(error, (*MAY_NOT_BE_OFFERED, AuthenticationFailed)) or error.outcome_unknown or is_login:
        return False
    route, ids = (error.request.route, error.request.ids) if error.request else ("", ())
    return route.startswith("/service/@id") or (error.status_code in NO_ROUTE and not ids and route != "/service")


def _status(listed: ServiceRecord | None) -> str | None:
    """The status of a service, if it is one in which fewer routes are offered."""
    return listed["status"] if listed and not is_active(listed["status"]) else None
