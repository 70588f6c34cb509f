# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one way to a portal: authentication, time limits, retries by the safety of the verb, JSON or an error."""

from __future__ import annotations

import base64
import contextlib
import contextvars
import html
import ipaddress
import json
import math
import os
import random
import re
import threading
import time
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, urlsplit

from ansible_collections.sindad.cloud.plugins.module_utils._answers import DOUBT, Answer
from ansible_collections.sindad.cloud.plugins.module_utils._errors import (
    AuthenticationFailed,
    Busy,
    InvalidInput,
    Unreachable,
    WouldChange,
)
from ansible_collections.sindad.cloud.plugins.module_utils._pace import Pace
from ansible_collections.sindad.cloud.plugins.module_utils._parallel import in_time

try:
    from http.cookiejar import DefaultCookiePolicy

    import requests
    import requests.adapters
    import urllib3.exceptions

    REQUESTS_ERROR: Exception | None = None
except ImportError as error:
    REQUESTS_ERROR = error

USER_AGENT = "sindad.cloud/0.1.0 (Ansible collection)"

NO_CREDENTIALS = (
    "No credentials for {url}. Set username and password, or token, or the environment variables "
    "SINDAD_USERNAME and SINDAD_PASSWORD, or SINDAD_TOKEN."
)


#: The time of the monotonic clock that no request of this context may outlast.
_DEADLINE: contextvars.ContextVar = contextvars.ContextVar("sindad_deadline", default=None)


@dataclass(frozen=True)
class Request:
    """One call: the documented route, the names in it, and what goes along."""

    method: str
    route: str
    ids: tuple = ()
    body: dict | None = None
    query: dict | None = None

    @property
    def path(self):
        """The route with its names filled in, each quoted: C(/service/301/vms)."""
        values = dict(self.ids)
        return re.sub(r"@(\w+)", lambda match: _segment(values[match.group(1)]), self.route)

    @property
    def safe(self):
        return self.method == "GET"

    def __str__(self):
        return f"{self.method} {self.path}"


def _segment(value):
    text = quote("" if value is None else str(value).strip(), safe="")
    if text in ("", ".", ".."):
        raise InvalidInput(f"'{value}' cannot be an id: it is not a name that an address may hold.")
    return text


class Connection:
    """A portal and one set of credentials. Safe for threads.

    :param api_url: base of the API, such as C(https://my.sindad.com/api).
    :param timeout: seconds for one request.
    :param retries: how often a request that may be repeated is tried again. A call lasts C(timeout * (retries + 1))
        seconds at the most.
    :param read_only: raise WouldChange instead of sending anything that changes the account (check mode).
    """

    def __init__(
        self,
        api_url,
        username=None,
        password=None,
        token=None,
        validate_certs=True,
        ca_path=None,
        timeout=30,
        retries=4,
        read_only=False,
    ):
        self.url = _checked_url(api_url)
        self.username, self.password, self.token = username, password, _checked_token(token)
        self.timeout, self.retries, self.read_only = timeout, retries, read_only
        if not 0 < timeout < math.inf:
            raise InvalidInput(f"timeout must be more than 0 seconds, not {timeout}.")
        if retries < 0:
            raise InvalidInput(f"retries must be 0 or more, not {retries}.")
        #: True once a request that changes something was accepted by the portal.
        self.changed = False
        self._verify = _verification(validate_certs, ca_path)
        self._pace = Pace()
        self._stopped = threading.Event()

    # -- the verbs ---------------------------------------------------------------------------------------------------

    def get(self, route, *, query=None, login=True, **ids):
        """The JSON answer to GET *route*; each C(@name) in it is filled from *ids*."""
        return self.send(Request("GET", route, tuple(ids.items()), query=query), login=login)

    def post(self, route, body=None, *, accept=(), reads=False, login=True, **ids):
        """POST *body* as JSON. *accept* names errors that the caller handles; *reads*: nothing is changed by it."""
        request = Request("POST", route, tuple(ids.items()), body)
        return self.send(request, accept=accept, reads=reads, login=login)

    def put(self, route, body=None, *, accept=(), **ids):
        return self.send(Request("PUT", route, tuple(ids.items()), body), accept=accept)

    def delete(self, route, *, accept=(), **ids):
        return self.send(Request("DELETE", route, tuple(ids.items())), accept=accept)

    @contextlib.contextmanager
    def until(self, deadline):
        """Within it no request outlasts *deadline*, a time of the monotonic clock."""
        token = _DEADLINE.set(min(filter(None, (_DEADLINE.get(), deadline))))
        try:
            yield
        finally:
            _DEADLINE.reset(token)

    def send(self, request, accept=(), reads=False, login=True):
        """Send, and repeat where that is safe. Returns the decoded JSON or raises a PortalError."""
        if REQUESTS_ERROR:
            raise REQUESTS_ERROR
        if self.read_only and not (request.safe or reads):
            raise WouldChange(request)

        def read(response):
            answer = Answer(request, response, self.clean)
            payload = answer.json()
            return payload, answer.check(payload, accept)

        payload, done = self._repeated(request, login, read)
        self.changed = self.changed or (done and not (request.safe or reads))
        return payload

    def download(self, route, *, query=None, **ids):
        """The bytes of GET *route*, whole, or an error. What is not sent as a file may be an error, or a page."""
        request = Request("GET", route, tuple(ids.items()), query=query)
        return self._repeated(request, True, lambda response: Answer(request, response, self.clean).file(), slow=True)

    # -- repeating ---------------------------------------------------------------------------------------------------

    def _repeated(self, request, login, read, slow=False):
        """What *read* makes of the first answer that need not be asked for again. *slow*: see C(_answer)."""
        end = time.monotonic() + self.timeout * (self.retries + 1)
        end = min(filter(None, (end, _DEADLINE.get())))
        attempt = 0
        while True:
            self._rest(request, min(self._pace.turn(), end - time.monotonic()))
            try:
                result = read(self._answer(request, login, end, slow))
                self._pace.accepted()
                return result
            except (Busy, Unreachable) as error:
                trouble = error
            delay = trouble.retry_after
            if delay is None:
                delay = random.uniform(0.5, 1) * min(8, 0.5 * 2**attempt)
            if isinstance(trouble, Busy):
                self._pace.refused(delay)
            attempt += 1
            if not trouble.repeatable or attempt > self.retries or time.monotonic() + delay >= end:
                raise trouble
            self._rest(request, delay)

    def _rest(self, request, seconds):
        """Sleep, unless C(stop) ends it."""
        if seconds > 0:
            self._stopped.wait(seconds)
        if self._stopped.is_set():
            raise self._unreachable(request, "another request has failed", uncertain=False)

    def stop(self):
        """Let no thread send or wait any more: one of them has failed, or the user has had enough."""
        self._stopped.set()

    def _answer(self, request, login, end, slow=False):
        """The response to one attempt, its body read. *slow*: it may come in as long as it keeps coming."""
        limit = min(self.timeout, end - time.monotonic())
        if limit <= 0:
            raise self._unreachable(request, "the time for it was over before it could be sent", uncertain=False)
        session = _session(self.url, self._authentication(request) if login else None, self._verify)
        options = {
            "params": request.query,
            "json": request.body,
            "timeout": (0.9 * limit, limit),  # no connection is told from no answer
            "allow_redirects": False,
            "verify": self._verify,
        }
        try:
            response = in_time(
                end - time.monotonic() if slow else limit,
                lambda: session.request(request.method, self.url + request.path, **options),
            )
        except (NotInTime, requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise self._broken(request, error, limit) from None
        came, whole = response.raw.tell(), response.headers.get("Content-Length", "")
        if whole.isdigit() and came < int(whole):  # urllib3 1 does not mind
            raise self._unreachable(request, f"the answer broke off after {came} of {whole} bytes", uncertain=True)
        return response

    def _authentication(self, request):
        if self.token:
            return ("token", self.token)
        if self.username and self.password:
            return ("basic", self.username, self.password)
        raise AuthenticationFailed(NO_CREDENTIALS.format(url=self.url), request)

    def _broken(self, request, error, limit):
        """The error for a request that got no answer. It is uncertain unless the request surely never left."""
        kinds = requests.exceptions
        if isinstance(error, kinds.SSLError):
            certificate = "CERTIFICATE_VERIFY_FAILED" in str(error)
            hint = ": its certificate is not trusted; set ca_path to the right authority" if certificate else ""
            return self._unreachable(request, f"TLS failed{hint} ({_innermost(error)})", not certificate, certificate)
        if isinstance(error, kinds.ConnectTimeout):
            return self._unreachable(request, f"no connection within {limit:.3g} seconds", uncertain=False)
        if isinstance(error, (kinds.Timeout, NotInTime)):
            return self._unreachable(request, f"no answer within {limit:.3g} seconds (timeout)", uncertain=True)
        if _never_left(error):
            return self._unreachable(request, f"no connection ({_innermost(error)})", uncertain=False)
        if isinstance(error, (kinds.ConnectionError, kinds.ChunkedEncodingError)):
            return self._unreachable(request, f"the connection broke ({_innermost(error)})", uncertain=True)
        # What is left will not pass by itself. A ValueError is about the address or a header: nothing was sent.
        return self._unreachable(request, _innermost(error), not isinstance(error, ValueError), permanent=True)

    def _unreachable(self, request, why, uncertain, permanent=False):
        uncertain = uncertain and not request.safe
        doubt = DOUBT if uncertain else ""
        message = f"The portal at {self.url} could not be asked for {request}: {why}.{doubt}"
        error = Unreachable(self.clean(message), request, uncertain=uncertain)
        error.repeatable = not permanent and not uncertain
        return error

    def clean(self, text):
        """*text* without the credentials of this connection, however they are spelt."""
        text = str(text)
        spellings = {spelt for secret in (self.password, self.token) if secret for spelt in _spellings(secret)}
        if self.username and self.password:
            spellings.add(base64.b64encode(f"{self.username}:{self.password}".encode()).decode())
        for spelt in sorted(spellings, key=len, reverse=True):
            text = text.replace(spelt, "********")
        return text


def _spellings(secret):
    """A secret as it may stand in a text, an address, JSON, HTML or Python."""
    inner = (json.dumps(secret), json.dumps(secret, ensure_ascii=False), repr(secret))
    escaped = (html.escape(secret), html.escape(secret, quote=False))
    return (
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        *escaped,
        *(each[1:-1] for each in inner),
    )


# -- sessions --------------------------------------------------------------------------------------------------------

_SESSIONS: dict = {}
_SESSIONS_LOCK = threading.Lock()


def _session(url, authentication, verify):
    """The session of these credentials at this portal: made once in a process, so that connections are kept alive."""
    key = (os.getpid(), url, authentication, verify)
    with _SESSIONS_LOCK:
        if key not in _SESSIONS:
            _SESSIONS[key] = _new_session(url, authentication, verify)
        return _SESSIONS[key]


def _new_session(url, authentication, verify):
    session = requests.Session()
    # No .netrc, whose entry requests would put over a Bearer token; the proxies of the environment are read here, once.
    session.trust_env = False
    session.proxies = _proxies(url)
    # A PHP session cookie would make the portal answer one request of the account at a time.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json"})
    if authentication and authentication[0] == "token":
        session.headers["Authorization"] = f"Bearer {authentication[1]}"
    elif authentication:
        session.auth = tuple(part.encode("utf-8") for part in authentication[1:])
    if verify is False:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    adapter = requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=256, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _proxies(url):
    """The proxies of the environment. What is not encrypted goes to no proxy but one on this machine."""
    proxies = requests.utils.get_environ_proxies(url)
    if urlsplit(url).scheme == "https":
        return proxies
    hosts = {name: urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname for name, proxy in proxies.items()}
    return {name: proxy for name, proxy in proxies.items() if _is_loopback(hosts[name])}


def _verification(validate_certs, ca_path):
    """What requests calls C(verify): what the user set, else the environment's bundle, else the usual one."""
    if not validate_certs:
        return False
    variables = {name: os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")}
    for name, path in {"ca_path": ca_path, **variables}.items():
        if path:
            path = os.path.expanduser(path)
            if not os.path.exists(path):
                raise InvalidInput(f"{name}: there is no file or folder {path}.")
            return path
    return True


def _checked_token(token):
    """A token without the line end of the file that it came from; it goes into a header as it is."""
    token = (token or "").strip()
    if not re.fullmatch(r"[!-~]*", token):
        raise InvalidInput("token must be of printable ASCII characters without blanks.")
    return token


def _checked_url(api_url):
    text = str(api_url or "").strip().rstrip("/")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not host or port == 0 or re.search(r"\s", text):
        raise InvalidInput("api_url must be an address such as https://my.sindad.com/api.")
    if parts.username or parts.password:
        raise InvalidInput("api_url must not hold credentials: set username and password, or token.")
    if parts.query or parts.fragment or {".", ".."} & set(parts.path.split("/")):
        raise InvalidInput(f"api_url must end with its path: {text.partition('?')[0].partition('#')[0]}")
    if parts.scheme == "http" and not _is_loopback(host):
        raise InvalidInput(
            f"api_url must begin with https: {text} would send the credentials in clear over the network."
        )
    return text


def _is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# -- why there was no answer -----------------------------------------------------------------------------------------


def _chain(error):
    """*error* and the exceptions that it is wrapped around."""
    while isinstance(error, BaseException):
        yield error
        error = getattr(error, "reason", None) or (error.args[-1] if error.args else None)


def _never_left(error):
    """Whether no connection came about. (urllib3 1 makes a ProxyError also of a proxy that broke off afterwards.)"""
    never = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
    return any(isinstance(each, never) or "Tunnel connection failed" in str(each) for each in _chain(error))


def _innermost(error):
    """The last words of a chain of wrapped exceptions: those say what happened."""
    error = list(_chain(error))[-1]
    text = getattr(error, "strerror", None) or str(error)
    return re.sub(r"^<[^>]*>:? ?", "", text).split("(Caused by")[0].strip(" .") or type(error).__name__
