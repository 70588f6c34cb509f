# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The section Services of the API: what an account has, what a service offers, and what it is called."""

from __future__ import annotations

import re

from ansible_collections.sindad.cloud.plugins.module_utils import _records as records
from ansible_collections.sindad.cloud.plugins.module_utils._choice import choose, listing
from ansible_collections.sindad.cloud.plugins.module_utils._errors import (
    Failure,
    NotFound,
    NotJson,
    NotOffered,
    Refused,
)
from ansible_collections.sindad.cloud.plugins.module_utils._shapes import entries, entry, text


class Services:
    """All services of the account."""

    def __init__(self, portal):
        self.portal = portal

    def list(self):
        """GET /service: records without details."""
        return [records.service(each) for each in entries(self.portal.get("/service"), "services")]

    def find(self, wanted):
        """The id of the service with this id or domain. Digits are an id and cost no request."""
        wanted = str(wanted).strip()
        if re.fullmatch(r"\d+", wanted):
            return wanted
        return choose(wanted, self.list(), "service", "on this account", names=("domain",))["id"]


class Service:
    """One service."""

    def __init__(self, portal, service_id):
        self.portal = portal
        self.id = service_id

    def details(self, listed=None):
        """GET /service/@id: the record with details; *listed* is its entry in the list, which knows the category."""
        return records.service(listed or {}, entry(self.portal.get("/service/@id", id=self.id), "service"))

    def methods(self):
        """GET /service/@id/methods: the routes that this service offers."""
        return [
            records.method(each) for each in entries(self.portal.get("/service/@id/methods", id=self.id), "methods")
        ]

    def label(self):
        """GET /service/@id/label: the label, "" if there is none."""
        answer = self.portal.get("/service/@id/label", id=self.id)
        return text(answer.get("label")) or "" if isinstance(answer, dict) else ""

    def set_label(self, label):
        """POST /service/@id/label."""
        self.portal.post("/service/@id/label", {"label": label}, id=self.id)


def same_route(left, right):
    """Whether two routes are the same but for the names, or values, of their ids."""
    return _shape(left) == _shape(right)


def _shape(route):
    return [re.sub(r"^([@:$].*|\{.*\}|\d+)$", "@", part) for part in (route or "").strip("/").split("/")]


def require(portal, request):
    """Raise NotOffered if the service's list of routes has routes of this kind, but not this one."""
    if not request.route.startswith("/service/@id/"):
        return
    offered = Service(portal, dict(request.ids)["id"]).methods()
    kind = _shape(request.route)[2]
    if not _offers(offered, request) and any(_shape(each["route"])[2:3] == [kind] for each in offered):
        raise not_offered(request, offered)


def explained(portal, error):
    """*error*, or a better one: no such service, or a service that does not offer the route."""
    request = getattr(error, "request", None)
    if (
        not isinstance(error, (NotFound, NotJson, Refused))
        or not request
        or not request.route.startswith("/service/@id")
    ):
        return error
    if isinstance(error, Refused) and not _SPEAKS_OF_ROUTES.search(" ".join(error.errors)):
        return error
    service = Service(portal, dict(request.ids)["id"])
    try:
        there = Services(portal).list()
        if service.id not in [each["id"] for each in there]:
            there_is = listing(there, ("domain",)) or "none"
            return NotFound(
                f"There is no service {service.id} on this account. There is: {there_is}.",
                request,
                error.errors,
                error.status_code,
            )
        offered = service.methods()
    except Failure:
        return error
    return error if _offers(offered, request) else not_offered(request, offered, error)


_SPEAKS_OF_ROUTES = re.compile(r"service|method|route|endpoint|not[ _](available|supported|offered|allowed)", re.I)


def _offers(offered, request):
    return any(each["method"] == request.method and same_route(each["route"], request.route) for each in offered)


def not_offered(request, offered, cause=None):
    """The error for a route that a service does not offer; it lists what the service does offer."""
    routes = ", ".join(f"{each['method']} {each['route']}" for each in offered) or "nothing"
    return NotOffered(
        f"Service {dict(request.ids)['id']} does not offer {request.method} {request.route}. It offers: {routes}.",
        request,
        cause.errors if cause else (),
        cause.status_code if cause else None,
    )
