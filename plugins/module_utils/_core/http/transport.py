# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One attempt: a request becomes a response, or the reason why there is none."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from typing import Protocol

from ..errors import TransportError
from ..response.response import OUTCOME_UNKNOWN, RawResponse
from .concurrency import Interrupted, run_with_timeout
from .request import Request
from .session import REQUESTS_ERROR, Credentials, session
from .wire import Wire

if not REQUESTS_ERROR:
    import requests
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError


#: How large an answer may be, and a file, in bytes.
MAX_ANSWER_BYTES = 64 << 20
MAX_FILE_BYTES = 256 << 20
#: How much is read at once, in bytes.
CHUNK_BYTES = 65536
#: What to do about a TLS failure, by a word of it.
TLS_HINTS = {
    "CERTIFICATE_VERIFY_FAILED": ": its certificate is not trusted; set ca_path to the right authority",
    "WRONG_VERSION_NUMBER": ": no TLS is spoken at this port; check api_url",
}


@dataclass(frozen=True)
class Limits:
    """How long an attempt may take, in seconds, and how much may come.

    :ivar idle: without a byte. :ivar total: until the body is whole. :ivar stopped: when set, not any longer.
    :ivar size: of the body, in bytes.
    """

    idle: float
    total: float
    stopped: threading.Event | None = None
    size: int = MAX_ANSWER_BYTES


class Transport(Protocol):
    """The way to one portal. A test brings its own."""

    def send(self, request: Request, credentials: Credentials, limits: Limits) -> RawResponse:
        """Send *request* once.

        :raises TransportError: if no whole response came; its ``outcome_unknown`` is True unless the request surely
            never left.
        """


class HttpTransport:
    """HTTP by requests, over the kept-alive connections of :func:`session`."""

    def __init__(self, url: str, verify: bool | str):
        self.url, self.verify = url, verify

    def beside(self, url: str) -> HttpTransport:
        """The same way to another address of the portal."""
        return HttpTransport(url, self.verify)

    def send(self, request: Request, credentials: Credentials, limits: Limits) -> RawResponse:
        wire = Wire()
        connection = session(self.url, credentials, self.verify)

        def attempt() -> RawResponse:
            with wire, self._open(connection, request, limits) as response:
                return self._whole(request, response, limits)

        try:
            return run_with_timeout(limits.total, attempt, limits.stopped, wire.cut)
        except TransportError:
            raise
        except Interrupted:
            raise self.unreachable(request, "it was interrupted", outcome_unknown=True, permanent=True) from None
        except Exception as error:  # whatever it is, the request may have been sent
            raise self._failure(request, error, limits.idle) from None

    def _open(self, connection: requests.Session, request: Request, limits: Limits) -> requests.Response:
        """The response of which only the head has come."""
        return connection.request(
            request.method,
            self.url + request.path,
            params=request.query,
            json=request.body,
            timeout=(0.9 * limits.idle, limits.idle),  # so that "no connection" differs from "no answer"
            allow_redirects=False,
            verify=self.verify,
            stream=True,
        )

    def _whole(self, request: Request, response: requests.Response, limits: Limits) -> RawResponse:
        length = response.headers.get("Content-Length", "")
        whole = int(length) if length.isdecimal() and len(length) < 20 else None
        content = bytearray()
        if whole is None or whole <= limits.size:
            for chunk in response.iter_content(CHUNK_BYTES):
                content += chunk
                if len(content) > limits.size:
                    break
        if max(len(content), whole or 0) > limits.size:
            size = f"{limits.size >> 20} MB" if limits.size >= 1 << 20 else f"{limits.size} bytes"
            why = f"the answer is larger than {size}"
            raise self.unreachable(request, why, outcome_unknown=True, permanent=True)
        came = response.raw.tell()
        if whole is not None and came < whole:  # urllib3 1 does not mind
            raise self.unreachable(
                request, f"the answer broke off after {came} of {length} bytes", outcome_unknown=True
            )
        return RawResponse(response.status_code, response.headers, bytes(content), response.url)

    def _failure(self, request: Request, error: Exception, idle: float) -> TransportError:
        """The error for a request that got no answer. Its outcome is unknown unless the request surely never left."""
        kinds = requests.exceptions
        if isinstance(error, kinds.SSLError):
            untrusted = "CERTIFICATE_VERIFY_FAILED" in str(error)
            hint = next((advice for word, advice in TLS_HINTS.items() if word in str(error)), "")
            return self.unreachable(request, f"TLS failed{hint} ({_innermost(error)})", not untrusted, untrusted)
        if isinstance(error, kinds.ConnectTimeout):
            return self.unreachable(request, f"no connection within {idle:.3g} seconds", outcome_unknown=False)
        if isinstance(error, (kinds.Timeout, TookTooLong)):
            return self.unreachable(request, f"no answer within {idle:.3g} seconds (timeout)", outcome_unknown=True)
        if _never_left(error):
            way = " through the proxy of the environment" if isinstance(error, kinds.ProxyError) else ""
            return self.unreachable(request, f"no connection{way} ({_innermost(error)})", outcome_unknown=False)
        if isinstance(error, (kinds.ConnectionError, kinds.ChunkedEncodingError)):
            return self.unreachable(request, f"the connection broke ({_innermost(error)})", outcome_unknown=True)
        # What is left will not pass by itself.
        unsent = isinstance(error, (kinds.InvalidURL, kinds.InvalidSchema, kinds.MissingSchema, kinds.InvalidHeader))
        return self.unreachable(request, _innermost(error), not unsent, permanent=True)

    def unreachable(self, request: Request, why: str, outcome_unknown: bool, permanent: bool = False) -> TransportError:
        """The error for an attempt without a response, and whether to try again."""
        return unreachable(self.url, request, why, outcome_unknown, permanent)


def unreachable(url: str, request: Request, why: str, outcome_unknown: bool, permanent: bool = False) -> TransportError:
    """The error for a *request* to the portal at *url* that got no response."""
    outcome_unknown = outcome_unknown and not request.is_safe
    doubt = OUTCOME_UNKNOWN if outcome_unknown else ""
    message = f"The portal at {url} could not be asked for {request}: {why}.{doubt}"
    error = TransportError(message, request, outcome_unknown=outcome_unknown)
    error.repeatable = not permanent and not outcome_unknown
    return error


# -- why there was no answer -----------------------------------------------------------------------------------------


def _chain(error: object) -> Iterator[BaseException]:
    """*error* and the exceptions that it is wrapped around."""
    while isinstance(error, BaseException):
        yield error
        error = getattr(error, "reason", None) or (error.args[-1] if error.args else None)


def _never_left(error: Exception) -> bool:
    """Whether no connection came about. (urllib3 1 makes a ProxyError also of a proxy that broke off afterwards.)"""
    never = (NewConnectionError, ConnectTimeoutError)
    return any(isinstance(each, never) or "Tunnel connection failed" in str(each) for each in _chain(error))


def _innermost(error: Exception) -> str:
    """The last words of a chain of wrapped exceptions: those say what happened."""
    last = list(_chain(error))[-1]
    text = getattr(last, "strerror", None) or str(last)
    return (
        re.sub(r"^(<[^>]*>|\w+\(host=[^)]*\)):? ?", "", text).split("(Caused by")[0].strip(" .") or type(last).__name__
    )
