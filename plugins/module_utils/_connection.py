# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one way to a portal: authentication, time limits, retries by the safety of the verb, JSON or an error."""

from __future__ import annotations

import contextlib
import contextvars
import email.utils
import html
import ipaddress
import json
import os
import random
import re
import threading
import time
import typing as t
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from ansible_collections.sindad.cloud.plugins.module_utils._errors import (
    AuthenticationFailed,
    Busy,
    InvalidInput,
    NotFound,
    NotJson,
    Refused,
    Unreachable,
    WouldChange,
)

try:
    from http.cookiejar import DefaultCookiePolicy

    import requests
    import requests.adapters
    import urllib3.exceptions

    REQUESTS_ERROR: t.Optional[Exception] = None
except ImportError as error:
    REQUESTS_ERROR = error

USER_AGENT = "sindad.cloud/0.1.0 (Ansible collection)"
RETRIED_STATUSES = (429, 502, 503, 504)

#: What the portal's own codes mean, in words. Source: the vendor's language keys (shared facts, section 4).
MEANINGS = {
    "wronglogin": "the user name or password is wrong",
    "unauthorized": "the token is not valid",
    "token_expired": "the token has expired",
    "access_blocked": "API access is blocked for this account",
    "bannedip_error_login": "this address is banned from logging in",
    "noprivileges": "this login lacks the privilege for it",
    "cannot_cancel_this_service": "this service cannot be cancelled",
    "cancelled_already": "its cancellation has been asked for already",
    "invalid_hostname": "the host name is not valid",
    "invalid_template": "the template is not valid for it",
    "resourcelimitreached": "the resources of the service do not suffice",
    "upgrade_not_available": "no upgrade is available",
    "upgrade_due_invoice": "an invoice of the service has to be paid first",
    "upgrade_order_fail": "the order could not be placed",
}
AUTHENTICATION_CODES = ("wronglogin", "unauthorized", "token_expired", "access_blocked", "bannedip_error_login")
AUTHENTICATION_HINT = (
    "Check username and password, or token, or the variables SINDAD_USERNAME, SINDAD_PASSWORD and SINDAD_TOKEN, "
    "and that the provider has switched on API access for them"
)
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
    body: t.Optional[dict] = None
    query: t.Optional[dict] = None

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
    text = quote(str(value).strip(), safe="")
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
        self.username, self.password, self.token = username, password, token
        self.timeout, self.retries, self.read_only = timeout, retries, read_only
        if timeout <= 0:
            raise InvalidInput(f"timeout must be more than 0 seconds, not {timeout}.")
        if retries < 0:
            raise InvalidInput(f"retries must be 0 or more, not {retries}.")
        if ca_path and not os.path.exists(os.path.expanduser(ca_path)):
            raise InvalidInput(f"ca_path: there is no file or folder {ca_path}.")
        #: True once a request that changes something was accepted by the portal.
        self.changed = False
        self._verify = _verification(validate_certs, ca_path)

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
            payload = self._decoded(request, response)
            self._raise_for_errors(request, response, payload, accept)
            return payload

        payload = self._repeated(request, login, read)
        self.changed = self.changed or not (request.safe or reads)
        return payload

    def download(self, route, *, query=None, **ids):
        """The bytes of GET *route*, whole, or an error; an error may come as JSON."""
        request = Request("GET", route, tuple(ids.items()), query=query)

        def read(response):
            if response.status_code != 200:
                self._raise_for_errors(request, response, self._decoded(request, response), ())
            if "json" in response.headers.get("Content-Type", "").lower():
                with contextlib.suppress(ValueError):
                    self._raise_for_errors(request, response, json.loads(response.content), ())
            return response.content

        return self._repeated(request, True, read)

    # -- repeating ---------------------------------------------------------------------------------------------------

    def _repeated(self, request, login, read):
        """What *read* makes of the first answer that need not be asked for again."""
        end = time.monotonic() + self.timeout * (self.retries + 1)
        end = min(filter(None, (end, _DEADLINE.get())))
        attempt = 0
        while True:
            try:
                return read(self._answer(request, login, end))
            except (Busy, Unreachable) as error:
                trouble = error
            delay = trouble.retry_after
            if delay is None:
                delay = random.uniform(0.5, 1) * min(8, 0.5 * 2**attempt)
            attempt += 1
            if not trouble.repeatable or attempt > self.retries or time.monotonic() + delay >= end:
                raise trouble
            time.sleep(delay)

    def _answer(self, request, login, end):
        """The response to one attempt, its body read."""
        limit = min(self.timeout, end - time.monotonic())
        if limit <= 0:
            raise self._unreachable(request, "the time for it was over before it could be sent", uncertain=False)
        session = _session(self.url, self._authentication() if login else None, self._verify)
        try:
            return session.request(
                request.method,
                self.url + request.path,
                params=request.query,
                json=request.body,
                timeout=limit,
                allow_redirects=False,
                verify=self._verify,
            )
        except requests.exceptions.RequestException as error:
            raise self._broken(request, error, limit) from None

    def _authentication(self):
        if self.token:
            return ("token", self.token)
        if self.username and self.password:
            return ("basic", self.username, self.password)
        raise AuthenticationFailed(NO_CREDENTIALS.format(url=self.url))

    # -- what an answer means ----------------------------------------------------------------------------------------

    def _decoded(self, request, response):
        """The JSON of an answer."""
        status = response.status_code
        if 300 <= status < 400:
            target = response.headers.get("Location", "nowhere").partition("?")[0]
            raise self._not_json(request, response, f"redirects to {target}; set api_url to the API's final address")
        text = response.content.decode("utf-8-sig", "replace").strip()
        if not text and status == 204:
            return {}
        with contextlib.suppress(ValueError):
            return json.loads(text)
        if not text:
            raise self._not_json(request, response, "answered nothing")
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.S | re.I)
        words = html.unescape(title.group(1) if title else re.sub(r"<[^>]*>", " ", text)).split()
        raise self._not_json(request, response, f'answered with a page, not with JSON: "{" ".join(words)[:80]}"')

    def _raise_for_errors(self, request, response, payload, accept):
        errors = _errors_of(payload)
        if not errors and not request.safe and isinstance(payload, dict):
            if payload.get("status") is False or payload.get("success") is False:
                errors = [str(text) for text in _listed(payload.get("info"))] or ["status: false"]
        if errors and all(code in accept for code in errors):
            return
        if errors or response.status_code >= 400:
            raise self._refused(request, response, [self.clean(code) for code in errors])

    def _refused(self, request, response, errors):
        status = response.status_code
        said = (
            ", ".join(f"{MEANINGS[code]} ({code})" if code in MEANINGS else code for code in errors) or f"HTTP {status}"
        )
        words = " ".join(errors).lower()
        if status in RETRIED_STATUSES or re.search(r"too many requests|rate.?limit", words):
            return self._busy(request, response, said, errors)
        kind, hint = Refused, ""
        if status in (401, 403) or any(code in AUTHENTICATION_CODES for code in errors):
            kind, hint = AuthenticationFailed, f" {AUTHENTICATION_HINT}."
        elif status in (404, 405, 501) or re.search(r"not[ _]?found|does not exist|no such", words):
            kind = NotFound
        uncertain = not request.safe and status >= 500
        return kind(f"The portal refused {request}: {said}.{hint}", request, errors, status, uncertain)

    def _not_json(self, request, response, what):
        status = response.status_code
        if status in RETRIED_STATUSES:
            return self._busy(request, response, what)
        message = (
            f"The portal {what} (HTTP {status} from {self.url}{request.path}). "
            "Check that api_url is the address of the API, and that no browser check stands before it."
        )
        uncertain = not request.safe and status not in (404, 405)
        return NotJson(self.clean(message), request, (), status, uncertain)

    def _busy(self, request, response, said, errors=()):
        """The error for an answer that asks to come back later: 429, 502, 503, 504, or a rate limit in words."""
        status, asked = response.status_code, _retry_after(response)
        reached = status in (502, 504) or (status == 503 and asked is None)
        when = f"in {asked:.0f} seconds" if asked else "later"
        doubt = " It may have taken effect all the same." if reached and not request.safe else ""
        error = Busy(
            self.clean(f"The portal did not take {request} (HTTP {status}): {said}. Try again {when}.{doubt}"),
            request,
            errors,
            status,
            uncertain=reached and not request.safe,
        )
        error.retry_after = asked
        error.repeatable = request.safe or (asked is not None and not error.uncertain)
        return error

    def _broken(self, request, error, limit):
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        if isinstance(error, requests.exceptions.SSLError):
            certificate = "CERTIFICATE_VERIFY_FAILED" in str(error)
            hint = ": its certificate is not trusted; set ca_path to the right authority" if certificate else ""
            return self._unreachable(request, f"TLS failed{hint} ({_innermost(error)})", not certificate, certificate)
        if isinstance(error, requests.exceptions.ConnectTimeout):
            return self._unreachable(request, f"no connection within {limit:.0f} seconds", uncertain=False)
        if isinstance(error, requests.exceptions.Timeout):
            return self._unreachable(request, f"no answer within {limit:.0f} seconds (timeout)", uncertain=True)
        never = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ProxyError)
        if isinstance(error, requests.exceptions.ProxyError) or isinstance(reason, never):
            return self._unreachable(request, f"no connection ({_innermost(error)})", uncertain=False)
        if not isinstance(error, (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
            return self._unreachable(request, _innermost(error), uncertain=True, permanent=True)
        return self._unreachable(request, f"the connection broke ({_innermost(error)})", uncertain=True)

    def _unreachable(self, request, why, uncertain, permanent=False):
        uncertain = uncertain and not request.safe
        doubt = " It may have taken effect all the same." if uncertain else ""
        message = f"The portal at {self.url} could not be asked for {request}: {why}.{doubt}"
        error = Unreachable(self.clean(message), request, uncertain=uncertain)
        error.repeatable = not permanent and not uncertain
        return error

    def clean(self, text):
        """*text* without the credentials of this connection."""
        text = str(text)
        for secret in (self.password, self.token):
            if secret:
                text = text.replace(secret, "********").replace(quote(secret, safe=""), "********")
        return text


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
    session.proxies = requests.utils.get_environ_proxies(url)
    # A PHP session cookie would make the portal answer one request of the account at a time.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json"})
    if authentication and authentication[0] == "token":
        session.headers["Authorization"] = f"Bearer {authentication[1]}"
    elif authentication:
        session.auth = tuple(part.encode("utf-8") for part in authentication[1:])
    if verify is False:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    adapter = requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=64, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _verification(validate_certs, ca_path):
    """What requests calls C(verify): what the user set, else the environment's bundle, else the usual one."""
    if not validate_certs:
        return False
    if ca_path:
        return os.path.expanduser(ca_path)
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True


def _checked_url(api_url):
    text = str(api_url or "").strip().rstrip("/")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise InvalidInput("api_url must be an address such as https://my.sindad.com/api.")
    if parts.username or parts.password:
        raise InvalidInput("api_url must not hold credentials: set username and password, or token.")
    if parts.query or parts.fragment:
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


# -- small readers ---------------------------------------------------------------------------------------------------


def _listed(value):
    if value in (None, False, "", [], {}):
        return []
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _errors_of(payload):
    """The texts of C(error): a list of strings, a string, a list of objects, or absent."""
    if not isinstance(payload, dict):
        return []
    texts = []
    for entry in _listed(payload.get("error")):
        if isinstance(entry, dict):
            entry = next(
                (entry[key] for key in ("code", "message", "error", "text") if entry.get(key)), json.dumps(entry)
            )
        texts.append("error" if entry is True else str(entry))
    return texts


def _retry_after(response):
    """Seconds that the portal asks to wait, or None."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value)
    with contextlib.suppress(TypeError, ValueError):
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    return None


def _innermost(error):
    """The last words of a chain of wrapped exceptions: those say what happened."""
    while True:
        inner = getattr(error, "reason", None) or (error.args[-1] if error.args else None)
        if not isinstance(inner, BaseException):
            break
        error = inner
    text = getattr(error, "strerror", None) or str(error)
    return re.sub(r"^<[^>]*>:? ?", "", text).split("(Caused by")[0].strip(" .") or type(error).__name__
