# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of a portal: reads every endpoint once, by the readers of the modules, and reports what came of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

from .._core.errors import (
    ApiError,
    AuthenticationFailed,
    DecodingError,
    NotFound,
    NotOffered,
    PortalError,
    RateLimited,
    SindadError,
    TransportError,
    UnexpectedResponse,
)
from .._core.http.client import Client
from .._core.reading.vocabulary import is_active
from .._service.api import Service, Services
from .api import NO_JSON, Watch
from .drafts import Drafts
from .keys import Values
from .record import ROUTES, Fields, Record, judge, offers_route, to_product
from .shapes import Shape, anonymous, is_showable, shape_of, values_of
from .swagger import read_documentation

#: Seconds by which the clocks may differ before a token ends too early, or a report is a day off.
TOLERATED_SKEW_S = 60
REPORT = "Report it with the shapes, or translate it by a dialect: see docs/guide_new_portal.md."
#: What a portal says of a route that it does not have.
_NO_ROUTE = re.compile(r"\b(method|route|endpoint|action|path|page|call)\b", re.I)
#: Endpoints of services, VMs, servers and tickets: of these, state words are shown.
WORD_ENDPOINTS = frozenset(
    f"GET {route}"
    for route in (
        *("/service", "/service/@id", "/service/@id/methods", "/service/@id/vms", "/service/@id/vms/@vmid"),
        *("/service/@id/info", "/service/@id/status", "/service/@id/reinstall", "/service/@id/rescue"),
        *("/service/@id/diag", "/tickets", "/tickets/@number"),
    )
)


@dataclass(frozen=True)
class Reader:
    """How an endpoint is read, by a module's own means.

    :ivar endpoint: such as ``GET /service/@id/vms``. :ivar module: that needs it.
    :ivar read: gives the records; of an endpoint of a service, for its id.
    :ivar public: it is read without a login.
    """

    endpoint: str
    module: str
    read: Callable[..., Sequence[Record]]
    public: bool = False


class Check:
    """One look at a portal and an account. It only reads.

    :ivar problems: what could not be read, or not be understood. :ivar missing: routes that the portal does not have.
    :ivar documentation: that the portal publishes of itself, or None.
    """

    def __init__(self, client: Client, account: Iterable[Reader], service: Iterable[Reader]):
        self.client = client
        self.account, self.service = list(account), list(service)
        self.watch = Watch.of(client)
        self.missing: list[str] = []
        self.documentation: dict[str, Any] | None = None
        self._messages: list[tuple[str, SindadError]] = []
        self.authenticated = False
        self.services: list[Record] = []
        self.products: list[dict[str, Any]] = []
        self.problems: list[dict[str, str]] = []
        self._fields: dict[tuple[Any, str], list[Record]] = {}
        self.drafts = Drafts(client, self.watch)
        self._read: set[str] = set()

    def run(self, service: str | None = None) -> None:
        """Look at the account, and at one service of each product and status; or only at this *service*.

        :raises SindadError: if the portal does not answer at all, or there is no such service.
        """
        listed = self._try(Reader("GET /service", "service_info", lambda client: Services(client).list()))
        refused = listed is None and not self.authenticated and self._is_refused()
        self.services = list(listed or ())
        if service is not None and listed is not None:
            self.services = [Services(self.client).one(service, cast(Any, self.services))]
        self.documentation = read_documentation(self.client, self.watch.transport)
        for reader in self.account:
            if reader.public or not refused:
                self._try(reader)
        for number, services in enumerate(_by_product(self.services), start=1):
            self.watch.looking_at = number
            self._look_at_product(services)
        self.watch.looking_at = None
        for guessed in self.drafts.services(service):
            self._look_at_routes(guessed, None)
        self._look_at_clock()

    def _is_refused(self) -> bool:
        return any(problem["where"] == "login" for problem in self.problems)

    # -- asking ------------------------------------------------------------------------------------------------------

    def _try(self, reader: Reader, *ids: str, guessed: bool = False) -> Sequence[Record] | None:
        """The records that *reader* gives, or None, and why they cannot be had among the problems.

        :param guessed: nobody knows whether there is such a thing: that it is refused is not a problem.
        """
        try:
            records = reader.read(self.client, *ids)
        except AuthenticationFailed as error:
            self._messages.append(("login", error))
            self._add_problem("login", str(error), _advice(error, reader))
            return None
        except SindadError as error:
            if not any(answer is not NO_JSON for answers in self.watch.answers.values() for answer in answers):
                raise  # whatever this is, it does not speak this API
            is_strange = isinstance(error, UnexpectedResponse)
            if is_strange:
                self.drafts.note_unread(reader.endpoint, error)
            if reader in self.account and _is_missing(error, reader.endpoint):
                self.missing.append(reader.endpoint)
            elif is_strange or not guessed:
                self._messages.append((reader.endpoint, error))
                self._add_problem(reader.endpoint, str(error), _advice(error, reader))
            return None
        self.authenticated = self.authenticated or not reader.public
        self._read.add(reader.endpoint)
        self._fields.setdefault((self.watch.looking_at, reader.endpoint), []).extend(records)
        self._look_at_fields(reader, records)
        return records

    def _look_at_product(self, services: list[Record]) -> None:
        """Ask one service of each status that the *services* of a product have; the active one says what it offers."""
        offers = []
        for service in _by_status(services):
            offered = self._try(_METHODS, service["id"])
            offers.append(offered)
            self._try(_DETAILS, service["id"])
            self._look_at_routes(service["id"], offered)
        self.products.append(to_product(services, next((each for each in offers if each is not None), None)))

    def _look_at_routes(self, service: str, offered: Sequence[Record] | None) -> None:
        """Read what a *service* offers; where that is not known, as nobody can read it yet, whatever there may be."""
        guessed = offered is None and self.drafts.is_unread(_METHODS.endpoint)
        if service not in [each["id"] for each in self.services]:
            guessed = True
            self._try(_METHODS, service, guessed=True)
            self._try(_DETAILS, service, guessed=True)
        for reader in self.service:
            if guessed or offers_route(offered or (), reader.endpoint):
                self._try(reader, service, guessed=guessed)
        self.drafts.look_behind(id=service)

    # -- problems ----------------------------------------------------------------------------------------------------

    def _add_problem(self, where: str, what: str, advice: str) -> None:
        problem = {"where": where, "what": self.client.redact(what), "advice": advice}
        if problem not in self.problems:
            self.problems.append(problem)

    def _look_at_fields(self, reader: Reader, records: Sequence[Record]) -> None:
        fields = judge(records)
        if fields.unexpected_fields:
            names = ", ".join(fields.unexpected_fields)
            said = f": {', '.join(fields.unknown_words)}" if fields.unknown_words else ""
            self._add_problem(reader.endpoint, f"What is reported as {names} is in an unknown form{said}.", REPORT)
        nameless = [str(each["id"]) for each in records if "label" in each and "power" in each and not each["label"]]
        if nameless and reader.endpoint.endswith("@vmid"):
            what = f"VMs have no readable name: {', '.join(nameless)}."
            self._add_problem(reader.endpoint, what, "Use vmid instead of label in tasks for these VMs.")

    def _look_at_clock(self) -> None:
        skew = self.watch.clock_skew
        if skew is not None and abs(skew) > TOLERATED_SKEW_S:
            way = "ahead of" if skew > 0 else "behind"
            what = f"The clock of the portal is {abs(skew)} seconds {way} the one of this machine."
            advice = (
                "Check the time of this machine, with timedatectl for example. If it is right, inform the provider."
            )
            self._add_problem("portal", what, advice)

    # -- the result --------------------------------------------------------------------------------------------------

    def portal(self) -> dict[str, Any]:
        client = self.client
        login = "token" if client.token else "basic" if client.username and client.password else "none"
        return {
            "api_url": client.url,
            "login": login,
            "authenticated": self.authenticated,
            "latency_ms": self.watch.latency_ms,
            "clock_skew": self.watch.clock_skew,
            "services": len(self.services),
            "endpoints": len(self._read),
            "missing": self.missing,
        }

    def draft(self) -> str:
        """A dialect to fill in, as YAML text; "" if everything could be read."""
        return self.drafts.text(self._fields)

    def shapes(self) -> list[dict[str, Any]]:
        """What each endpoint answered, product by product, without any value of the account."""
        keys = sorted(self.watch.answers, key=lambda key: (key[0] or 0, key[1]))
        values = self._values()
        return [self._shape(number, endpoint, values) for number, endpoint in keys]

    def _values(self) -> Values:
        """What is shown nowhere: the values of all answers, and those of this client."""
        answers = [answer for came in self.watch.answers.values() for answer in came if answer is not NO_JSON]
        own = filter(None, (self.client.username, self.client.url))
        return Values.of([*values_of(answers), *own])

    def _shape(self, number: int | None, endpoint: str, values: Values) -> dict[str, Any]:
        answers = self.watch.answers[number, endpoint]
        decoded = [answer for answer in answers if answer is not NO_JSON]
        shape: Shape = shape_of(decoded, endpoint in WORD_ENDPOINTS, ROUTES, values) if decoded else "no JSON"
        records = self._fields.get((number, endpoint))
        fields = judge(records) if records is not None else Fields([], [], [], [])
        fields.unknown_words = [word for word in fields.unknown_words if is_showable(word, values)]
        return {
            "endpoint": endpoint,
            "product": number,
            "read": records is not None,
            "answers": len(answers),
            "shape": shape,
            **asdict(fields),
        }

    def report(self) -> bytes:
        """The file to send to the maintainers of the collection: what a mend needs, and no value of the account."""
        report = {
            "collection": "sindad.cloud",
            "format": 2,
            "missing": self.missing,
            "products": [{key: each[key] for key in ("kind", "modules", "missing")} for each in self.products],
            "problems": self._anonymous_problems(),
            "shapes": self.shapes(),
        }
        return (json.dumps(report, indent=1, ensure_ascii=False) + "\n").encode()

    def _anonymous_problems(self) -> list[dict[str, Any]]:
        """What could not be read, by the words of this collection; whatever the portal said besides is left out."""
        values = self._values()
        return [
            {
                "where": where,
                "kind": type(error).__name__,
                "status": error.status_code if isinstance(error, PortalError) else None,
                "what": anonymous(str(error), values),
            }
            for where, error in self._messages
        ]


_METHODS = Reader("GET /service/@id/methods", "service_info", lambda client, each: Service(client, each).methods())
_DETAILS = Reader("GET /service/@id", "service_info", lambda client, each: [Service(client, each).details()])


def _by_product(services: Iterable[Record]) -> list[list[Record]]:
    found: dict[Any, list[Record]] = {}
    for each in services:
        found.setdefault((each["category_url"] or each["category"], each["product"]), []).append(each)
    return list(found.values())


def _by_status(services: Iterable[Record]) -> list[Record]:
    """One of the *services* for each status, an active one first."""
    found: dict[str, Record] = {}
    for each in services:
        found.setdefault((each["status"] or "").casefold(), each)
    return sorted(found.values(), key=lambda each: not is_active(each["status"]))


def _is_missing(error: SindadError, endpoint: str) -> bool:
    """Whether the portal does not have the route, which is not a problem: portals differ in what they offer."""
    if endpoint == "GET /service":
        return False
    status = error.status_code if isinstance(error, PortalError) else None
    if isinstance(error, NotOffered) or (isinstance(error, DecodingError) and status in (404, 405, 501)):
        return True
    if not isinstance(error, NotFound):
        return False
    asked = error.request.route if error.request else endpoint  # details may fail as their list does
    return "@" not in asked or bool(_NO_ROUTE.search(" ".join(error.errors)))


def _advice(error: SindadError, reader: Reader) -> str:
    needs = f"Until then, {reader.module} does not work there."
    if isinstance(error, AuthenticationFailed):
        return "Set username and password, or token, and ask the provider whether API access is enabled for this login."
    if isinstance(error, NotOffered) or _is_missing(error, reader.endpoint):
        return (
            f"The service lists this route, and the portal does not have it. {reader.module} does not work there; "
            "inform the provider."
        )
    if isinstance(error, NotFound):
        return f"The object was in a list, and its details do not exist. Run the check again; if it stays so: {REPORT}"
    if isinstance(error, (DecodingError, UnexpectedResponse)):
        return f"{REPORT} {needs}"
    if isinstance(error, (RateLimited, TransportError)):
        return f"Run the check again later, with a higher timeout if the portal is slow. {needs}"
    if isinstance(error, ApiError):
        return f"Ask the provider what this means, and whether this login has the privilege for it. {needs}"
    return needs
