# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one way to a portal: the verbs, retries by their safety, time limits, JSON or an error."""

from __future__ import annotations

import contextlib
import contextvars
import functools
import math
import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ..errors import (
    AuthenticationFailed,
    RateLimited,
    Repeatable,
    SindadError,
    TransportError,
    UnannouncedChange,
    WouldChange,
)
from ..response.dialect_file import opened
from ..response.envelope import Entry, Keys, entries, unwrapped
from ..response.pages import Listing, follow, told_by_head
from ..response.redaction import Redactor, shape_of
from ..response.response import RawResponse, Response
from .clock import SYSTEM_CLOCK, Clock
from .concurrency import is_interrupted, pause, slot
from .options import checked_limits, checked_token, checked_url, verification
from .request import Request
from .session import ANONYMOUS, REQUESTS_ERROR, Credentials
from .throttle import Throttle
from .transport import MAX_ANSWER_BYTES, MAX_FILE_BYTES, HttpTransport, Limits, Transport, unreachable

NO_CREDENTIALS = (
    "No credentials for {url}{missing}. A login of the environment is only used for the portal of SINDAD_API_URL. "
    "Set username and password, or token, or the environment variables "
    "SINDAD_USERNAME and SINDAD_PASSWORD, or SINDAD_TOKEN."
)

T = TypeVar("T")


def _entries(answer: Any, names: tuple[str, ...], known: Keys, identity: Keys) -> list[Entry]:
    return entries(answer, *names, known=known, identity=identity)


#: The time of the monotonic clock that no request of this context may outlast.
_DEADLINE: contextvars.ContextVar[float | None] = contextvars.ContextVar("sindad_deadline", default=None)
#: The changes that may still be sent in this context; None outside of ``Client.one_change``.
_CHANGES_LEFT: contextvars.ContextVar[list[int] | None] = contextvars.ContextVar("sindad_changes", default=None)


@dataclass(frozen=True)
class Exchange:
    """One attempt, as ``-vvv`` shows it; *shape* holds keys and types of the response, no value."""

    method: str
    path: str
    outcome: str
    milliseconds: int
    size: int
    shape: str | None = None

    def __str__(self) -> str:
        told = f"{self.method} {self.path}: {self.outcome}, {self.milliseconds} ms, {self.size} bytes"
        return told if self.shape is None else f"{told}, {self.shape}"


class Client:
    """A portal and one set of credentials. Safe for threads.

    :param api_url: base of the API, such as ``https://my.sindad.com/api``.
    :param timeout: seconds for one request.
    :param retries: how often a request that may be repeated is tried again. A call lasts ``timeout * (retries + 1)``
        seconds at the most, apart from its waits for a turn after the portal has refused requests.
    :param read_only: raise WouldChange instead of sending anything that changes the account (check mode).
    :param transport: how a request gets to the portal. :param clock: the time.
    :param throttle: how fast the threads may ask. :param max_bytes: how large an answer may be.
    :param dialect: how the portal's answers are to be translated: a mapping, or the path of a file.
    :ivar on_exchange: called with the Exchange of each attempt. :ivar with_shapes: let it tell the response's shape.
    :ivar changed: True once a request that changes something was accepted by the portal.
    """

    def __init__(
        self,
        api_url: str | None,
        username: str | None = None,
        password: str | None = None,
        token: str | None = None,
        validate_certs: bool = True,
        ca_path: str | None = None,
        timeout: float = 30,
        retries: int = 4,
        read_only: bool = False,
        transport: Transport | None = None,
        clock: Clock = SYSTEM_CLOCK,
        throttle: Throttle | None = None,
        max_bytes: int = MAX_ANSWER_BYTES,
        dialect: Mapping[str, Any] | str | None = None,
    ):
        self.url = checked_url(api_url)
        self.dialect = opened(dialect, self.url) if dialect else None
        self.username, self.password, self.token = username, password, checked_token(token)
        checked_limits(timeout, retries)
        self.timeout, self.retries, self.read_only, self.max_bytes = timeout, retries, read_only, max_bytes
        verify = verification(validate_certs, ca_path)
        self._stopped = threading.Event()
        self.transport = transport or HttpTransport(self.url, verify)
        self.clock = clock
        self.changed = False
        self.on_exchange: Callable[[Exchange], None] | None = None
        self.with_shapes = False
        self.redactor = Redactor([self.token])
        self.redactor.learn_login(username, password)
        self._throttle = throttle or Throttle(clock)

    # -- the verbs ---------------------------------------------------------------------------------------------------

    def get(self, route: str, *, login: bool = True, own_status: bool = False, **ids: Any) -> Any:
        """The decoded response to GET *route*; each ``@name`` in it is filled from *ids*.

        :param own_status: ``status`` is what is asked for: ``false`` is then a server that is off, and not a refusal.
        """
        return self.send(Request("GET", route, tuple(ids.items())), login=login, own_status=own_status)

    def get_list(
        self,
        route: str,
        *names: str,
        query: Mapping[str, Any] | None = None,
        login: bool = True,
        known: Keys = (),
        identity: Keys = (),
        **ids: Any,
    ) -> list[Entry]:
        """The list at GET *route*, to the end of its last page; *names*, *known* and *identity* as of :func:`entries`.

        :raises UnexpectedResponse: if there is no list, or only a part of it can be had.
        """
        read = functools.partial(_entries, names=names, known=known, identity=identity)
        return self.get_listing(route, read, names[0], query=query, login=login, **ids).entries

    def get_listing(
        self,
        route: str,
        read: Callable[[Any], list[Entry]],
        what: str,
        *,
        query: Mapping[str, Any] | None = None,
        login: bool = True,
        **ids: Any,
    ) -> Listing:
        """The same with the answers, for what stands beside the list: *read* gives the entries of each answer."""

        def fetch(page: Mapping[str, Any]) -> tuple[Any, Mapping[str, Any]]:
            request = Request("GET", route, tuple(ids.items()), query={**(query or {}), **page} or None)
            payload, response, _done = self._exchange(request, login=login)
            return payload, told_by_head(response.status, response.raw.headers)

        return follow(fetch, read, what)

    def post(
        self,
        route: str,
        body: Mapping[str, Any] | None = None,
        *,
        accept: Iterable[str] = (),
        reads: bool = False,
        login: bool = True,
        **ids: Any,
    ) -> Any:
        """POST *body* as JSON. *accept* names errors that the caller handles; *reads*: nothing is changed by it."""
        request = Request("POST", route, tuple(ids.items()), body)
        return self.send(request, accept=accept, reads=reads, login=login)

    def put(self, route: str, body: Mapping[str, Any] | None = None, **ids: Any) -> Any:
        return self.send(Request("PUT", route, tuple(ids.items()), body))

    def delete(self, route: str, **ids: Any) -> Any:
        return self.send(Request("DELETE", route, tuple(ids.items())))

    def send(
        self,
        request: Request,
        accept: Iterable[str] = (),
        reads: bool = False,
        login: bool = True,
        own_status: bool = False,
    ) -> Any:
        """Send, and repeat where that is safe. Returns the decoded JSON, out of its wrappers.

        :raises PortalError: if the portal, or the way to it, does not answer as hoped.
        :raises UnannouncedChange: if *request* changes something outside of :meth:`one_change`.
        """
        payload, _response, done = self._exchange(request, accept, reads, login, own_status)
        return unwrapped(payload) if done else payload

    def _exchange(
        self,
        request: Request,
        accept: Iterable[str] = (),
        reads: bool = False,
        login: bool = True,
        own_status: bool = False,
    ) -> tuple[Any, Response, bool]:
        """The whole decoded answer, the response that it came in, and False if that is an error in *accept*."""
        changes = not (request.is_safe or reads)
        self.redactor.learn_from(request.body)
        if changes:
            self._check_out(request)

        def read(raw: RawResponse) -> tuple[Any, Response, bool]:
            response = self._response(request, raw)
            payload = response.json()
            self.redactor.learn_from(payload)
            if self.dialect is None:
                return payload, response, response.check(payload, accept, own_status, changes)
            learn = self.redactor.learn_from
            payload, done = self.dialect.read(response, payload, accept, own_status, changes, learn)
            return payload, response, done

        payload, response, done = self._repeat(request, login, read)
        self.changed = self.changed or (done and changes)
        return payload, response, done

    def download(
        self, route: str, *, query: Mapping[str, Any] | None = None, max_bytes: int = MAX_FILE_BYTES, **ids: Any
    ) -> bytes:
        """The bytes of GET *route*, whole, or an error. It may come in as long as it keeps coming."""
        request = Request("GET", route, tuple(ids.items()), query=query)

        def read(raw: RawResponse) -> bytes:
            response = self._response(request, raw)
            if self.dialect is not None:
                self.dialect.ensure_not_refused(response)
            return response.file()

        return self._repeat(request, True, read, max_bytes)

    def _response(self, request: Request, raw: RawResponse) -> Response:
        return Response(request, raw, self.redact, self.clock)

    # -- what may be sent, and until when ----------------------------------------------------------------------------

    @contextlib.contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        """Within it no request outlasts *deadline*, a time of the monotonic clock."""
        mark = _DEADLINE.set(min(filter(None, (_DEADLINE.get(), deadline))))
        try:
            yield
        finally:
            _DEADLINE.reset(mark)

    @contextlib.contextmanager
    def one_change(self) -> Iterator[None]:
        """Within it one request that changes something may be sent, and no second one."""
        mark = _CHANGES_LEFT.set([1])
        try:
            yield
        finally:
            _CHANGES_LEFT.reset(mark)

    def _check_out(self, request: Request) -> None:
        left = _CHANGES_LEFT.get()
        if not left:
            raise UnannouncedChange(request)
        if self.read_only:
            raise WouldChange(request)
        left.pop()

    def stop(self) -> None:
        """Let no thread send or wait any more: one of them has failed, or the user has had enough."""
        self._stopped.set()

    def is_stopped(self) -> bool:
        """Whether this thread is not to send or wait any more."""
        return self._stopped.is_set() or is_interrupted()

    def pause(self, seconds: float) -> None:
        """Sleep, unless :meth:`stop` or Ctrl-C ends it."""
        if self.clock is SYSTEM_CLOCK:
            pause(seconds, self.is_stopped)
        else:
            self.clock.sleep(seconds)

    def redact(self, text: object) -> str:
        """*text* without the credentials of this client, however they are spelt."""
        return self.redactor.redact(text)

    # -- repeating ---------------------------------------------------------------------------------------------------

    def _repeat(
        self, request: Request, login: bool, read: Callable[[RawResponse], T], file_bytes: int | None = None
    ) -> T:
        """What *read* makes of the first response that need not be asked for again.

        :param file_bytes: the size that a file may have; None for an answer.
        """
        if REQUESTS_ERROR:
            raise REQUESTS_ERROR
        end = self.clock.monotonic() + self.timeout * (self.retries + 1)
        deadline = _DEADLINE.get() or math.inf
        end = min(end, deadline)
        attempt = 0
        while True:
            turn = self._throttle.turn()
            end = min(end + turn, deadline)  # others may be the reason to wait: it takes no time of this request
            self._rest(request, min(turn, end - self.clock.monotonic()))
            try:
                began = self.clock.monotonic()
                with slot(lambda: self.is_stopped() or self.clock.monotonic() >= deadline):
                    end = min(end + self.clock.monotonic() - began, deadline)
                    self._rest(request, 0)
                    result = self._attempt(request, login, end, read, file_bytes)
                self._throttle.accepted()
                return result
            except (RateLimited, TransportError) as error:
                delay = self._delay(error, attempt)
                attempt += 1
                late = self.clock.monotonic() + delay >= end
                if not error.repeatable or attempt > self.retries or late:
                    raise
            self._rest(request, delay)

    def _delay(self, error: Repeatable, attempt: int) -> float:
        """Seconds to wait after *error*; a refusal slows the other threads too."""
        delay = error.retry_after
        if delay is None:
            delay = random.uniform(0.5, 1) * min(8, 0.5 * 2**attempt)
        if isinstance(error, RateLimited):
            self._throttle.refused(delay)
        return delay

    def _rest(self, request: Request, seconds: float) -> None:
        """Sleep, unless :meth:`stop` ends it."""
        if seconds > 0:
            self.pause(seconds)
        if self.is_stopped():
            raise unreachable(self.url, request, "another request has failed", outcome_unknown=False)

    def _attempt(
        self, request: Request, login: bool, end: float, read: Callable[[RawResponse], T], file_bytes: int | None
    ) -> T:
        """What *read* makes of the response to one attempt. Every attempt is told to :attr:`on_exchange`."""
        rest = end - self.clock.monotonic()
        idle = min(self.timeout, rest)
        if idle <= 0:
            why = "the time for it was over before it could be sent"
            raise self._redacted(unreachable(self.url, request, why, outcome_unknown=False))
        credentials = self._credentials(request) if login else ANONYMOUS
        began = self.clock.monotonic()
        raw: RawResponse | None = None
        try:
            # What may change something is never given up by another request.
            stopped = self._stopped if request.is_safe else None
            limits = Limits(idle, idle if file_bytes is None else rest, stopped, file_bytes or self.max_bytes)
            raw = self.transport.send(request, credentials, limits)
            return read(raw)
        except TransportError as error:
            raise self._redacted(error) from None
        except SindadError:
            raise
        except Exception as error:
            if request.is_safe:
                raise
            # A defect that comes after the request must not hide that it was sent.
            why = f"its response could not be read ({type(error).__name__}: {error})"
            raise self._redacted(unreachable(self.url, request, why, True, permanent=True)) from error
        finally:
            self._tell(request, raw, self.clock.monotonic() - began)

    def _redacted(self, error: TransportError) -> TransportError:
        error.args = (self.redact(error),)
        return error

    def _tell(self, request: Request, raw: RawResponse | None, seconds: float) -> None:
        if self.on_exchange is None:
            return
        shape = None
        if self.with_shapes and raw is not None:
            try:
                answer = self._response(request, raw).json()
                shape = shape_of(answer)
                if self.dialect is not None:
                    shape = f"{shape} -> {self.dialect.shape(request, answer)}"
            except SindadError:
                shape = "no JSON"
        outcome = "no response" if raw is None else f"HTTP {raw.status}"
        size = 0 if raw is None else len(raw.content)
        path = self.redact(request.path)
        self.on_exchange(Exchange(request.method, path, outcome, round(1000 * seconds), size, shape))

    def _credentials(self, request: Request) -> Credentials:
        if self.token:
            return Credentials(token=self.token)
        if self.username and self.password:
            return Credentials(username=self.username, password=self.password)
        missing = ": username is set, but password is not" if self.username else ""
        missing = ": password is set, but username is not" if self.password else missing
        raise AuthenticationFailed(NO_CREDENTIALS.format(url=self.url, missing=missing), request)
