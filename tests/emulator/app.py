# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: the API with its faults and its log, and the control routes beside it."""

from __future__ import annotations

import asyncio
import base64
import binascii
import dataclasses
import json
import random
import time
from collections import deque
from typing import Any

from . import sections
from .answers import JSON_TYPE, Answer, Refused, encode, html_page, json_answer, refuse
from .auth import Caller, Gate
from .call import Call
from .clock import Clock
from .control import control_app
from .dressing import dress
from .faults import Fault, Faults
from .front_ends import History
from .generate import generated_account
from .log import Log
from .offers import offered
from .options import Options, changed
from .pages import blank
from .request import Request, of_scope, read_body
from .routing import HANDLERS
from .seed import small_account
from .spoil import send_answer, spoil
from .state import Account
from .tamper import tamper

CONTROL = "/_emulator"
OPEN = frozenset({"/login", "/token", "/revoke", "/mfa/verify"})  # and /statuses*
NEEDED = {"Billing": "billing", "Support": "support", "Services": "services", "Cart": "services"}

assert sections


@dataclasses.dataclass(frozen=True)
class Client:
    """A client of the portal: an account and its logins. *username*: only of a second one."""

    username: str
    account: Account
    gate: Gate
    history: History


class Portal:
    """One emulated portal: its account, its faults and its log."""

    def __init__(self, options: Options | None = None) -> None:
        self._given = self.first = options or Options()
        self.log = Log()
        self._control = control_app(self)
        self._chance = random.Random(1)
        self.slept = 0.0
        self.reset({})

    def restart(self, values: dict[str, Any]) -> None:
        """A reset, as if the emulator had been started with these values, too."""
        self.first = changed(self._given, values)
        self.slept = 0.0
        self.reset({})

    def reset(self, values: dict[str, Any]) -> None:
        """A new account with the options of the start and these values; no faults, an empty log.

        The time that a client slept, instead of sleeping, has passed for both of them.
        """
        options = changed(self.first, values)
        self.options: Options = options
        self.clock = Clock(self.slept)
        self.client = self._new_client("")
        self.second = self._new_client(options.second) if options.second else None
        self.faults = Faults()
        self.log.clear()
        self._recent: deque[float] = deque()

    def _new_client(self, username: str) -> Client:
        options = self.options
        if options.services is None:
            account = small_account(self.clock, options)
        else:
            account = generated_account(self.clock, options, options.services)
        return Client(username, account, Gate(account, self.clock), History())

    @property
    def account(self) -> Account:
        """That of the first client."""
        return self.client.account

    @property
    def gate(self) -> Gate:
        return self.client.gate

    def account_of(self, username: str) -> Account:
        """That of the client with this username; ValueError if there is none. Without one that of the first."""
        if username in ("", self.options.username):
            return self.account
        if self.second and username == self.second.username:
            return self.second.account
        raise ValueError(f"no account of {username}")

    def _client_of(self, request: Request) -> Client:
        """Whose request it is, by its credentials."""
        second = self.second
        if second is None:
            return self.client
        kind, _blank, value = request.headers.get("authorization", "").partition(" ")
        names = {str(request.body.get("username", "")), _name_in(value) if kind.lower() == "basic" else ""}
        tokens = [value if kind.lower() == "bearer" else "", str(request.body.get("refresh_token", ""))]
        is_its = second.username in names or any(token and second.gate.knows(token) for token in tokens)
        return second if is_its else self.client

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["path"].startswith(CONTROL):
            await self._control(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    async def _request(self, scope: Any, receive: Any, send: Any) -> None:
        request = of_scope(scope, self.options)
        port = scope["client"][1] if scope.get("client") else 0
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        headers = request.headers
        request.entry = entry = self.log.open(
            time=round(time.monotonic(), 6),
            method=request.method,
            path=request.path,
            route=request.route or None,
            query=request.query,
            body=None,
            auth=_kind(headers.get("authorization", "")),
            agent=headers.get("user-agent", ""),
            port=port,
            connection=self.log.connection(transport, port),
            fault=None,
            effect=False,
            account=self.options.username,
            made=None,
        )
        try:
            request.body, entry["body"] = await read_body(receive, headers.get("content-type", ""))
            if self.options.latency:
                spread = self._chance.uniform(-1, 1) * self.options.jitter
                await asyncio.sleep(max(0.0, self.options.latency + spread))
            await self._answer(request, send)
        finally:
            self.log.close()

    async def _answer(self, request: Request, send: Any) -> None:
        entry = request.entry
        refused = self._too_many()
        if refused:
            await send_answer(refused, entry, send)
            return
        events, fault = self.faults.pick(request.method, request.short)
        for event in events:
            entry["fault"] = event.kind
            self._happen(event)
        if fault is None:
            await send_answer(self._process(request), entry, send)
            return
        entry["fault"] = fault.kind
        if fault.kind == "blank":
            await send_answer(self._process(request, is_blank=True), entry, send)
            return
        answer = self._process(request) if fault.effect else None
        if fault.kind == "expire":
            self.gate.expire()
            fault.status = fault.status or self.options.auth_status
        await spoil(fault, answer, entry, send)

    def sleep(self, seconds: float) -> None:
        """A client sleeps: the clocks of both are moved."""
        self.slept += seconds
        self.clock.advance(seconds)

    def _happen(self, event: Fault) -> None:
        """What a test wants to happen right before a request."""
        if event.kind == "advance":
            self.clock.advance(event.seconds)
        for change in event.changes:
            tamper(self.account, change)

    def _too_many(self) -> Answer | None:
        """The answer to a request above the rate limit."""
        if not self.options.rate_limit:
            return None
        now = self.clock.now()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) < self.options.rate_limit:
            self._recent.append(now)
            return None
        if self.options.rate_limit_answer == "200":
            return json_answer({"error": ["too many requests"]})
        answer = html_page(429, "429 Too Many Requests")
        if self.options.rate_limit_answer == "429":
            answer.headers["retry-after"] = "1"
        return answer

    def _process(self, request: Request, is_blank: bool = False) -> Answer:
        """What the portal does and answers, in its own way; a list may come without its entries."""
        answer = self._handle(request)
        if is_blank and answer.content_type == JSON_TYPE:
            answer = Answer(answer.status, encode(blank(json.loads(answer.body), request.route)))
        return dress(answer, request.method, request.route, request.query, request.address, self.options)

    def _handle(self, request: Request) -> Answer:
        """What the portal does and answers."""
        if not request.found:
            return html_page(404, "404 Not Found") if self.options.profile == "royaserver" else self._not_offered()
        client = self._client_of(request)
        endpoint, params = request.found
        body = request.body
        if self.options.query_parameters and request.method != "GET":
            body = {**request.parameters, **body}
        account, now = self._shown(client, request.method)
        options = dataclasses.replace(self.options, username=client.username) if client.username else self.options
        call = Call(account, options, client.gate, endpoint, params, request.query, body, now)
        request.entry["account"] = options.username
        call.header = request.headers.get("authorization", "")
        try:
            self._admit(call)
            if endpoint.route.startswith("/service/@id"):
                call.found = account.services.get(params["id"])
                if not call.found:
                    refuse("service_not_found", status=self.options.unknown_service)
                if not offered(endpoint, call.found):
                    return self._not_offered()
            result = HANDLERS[endpoint.method, endpoint.route](call)
        except Refused as refusal:
            return refusal.answer
        request.entry["made"] = call.made
        request.entry["effect"] = call.effect and request.method != "GET" and endpoint.route not in OPEN
        if request.headers.get("user-agent", "").startswith("sindad.cloud/"):
            done = self.log.reached.setdefault(self.options.profile, set())
            done.add(f"{endpoint.method} {endpoint.route}")
        # delays of zero count at once
        client.account.settle()
        if self.options.lagging:
            client.history.keep(client.account, self.clock.now(), self.options.lagging)
        return result if isinstance(result, Answer) else Answer(200, encode(result))

    def _shown(self, client: Client, method: str) -> tuple[Account, float]:
        """The account as the front end knows it that takes this request, and its time."""
        now = client.account.settle()
        lag = self.options.lagging
        if not lag:
            return client.account, now
        client.history.keep(client.account, now, lag)
        if method != "GET" or self._chance.random() >= self.options.lagging_share:
            return client.account, now
        return client.history.before(client.account, now - lag), now - lag

    def _admit(self, call: Call) -> None:
        """Credentials, where the endpoint wants them, and the rights of a contact."""
        route = call.endpoint.route
        if route.startswith("/statuses"):
            return
        if route in OPEN:
            if route == "/revoke" and call.header and not call.body.get("refresh_token"):
                call.caller = call.gate.identify(call.options, call.header)
            return
        call.caller = call.gate.identify(call.options, call.header)
        self._check_rights(call.account, call.caller, call.endpoint.section)

    def _check_rights(self, account: Account, caller: Caller, section: str) -> None:
        if caller.contact is None or section not in NEEDED:
            return
        contact = account.contacts.get(caller.contact, {})
        if NEEDED[section] not in (contact.get("privileges") or {}):
            refuse("noprivileges")

    def _not_offered(self) -> Answer:
        if self.options.not_offered == "html":
            return html_page(404, "404 Not Found")
        return json_answer({"error": ["Method not found"]}, 404 if self.options.not_offered == "json404" else 200)


def _name_in(basic: str) -> str:
    """The username in a Basic header."""
    try:
        return base64.b64decode(basic.strip(), validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _kind(header: str) -> str:
    word = header.partition(" ")[0].lower()
    return {"": "none", "basic": "basic", "bearer": "token"}.get(word, word)


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
