# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of requests: one per endpoint and credentials in a process, so that connections are kept alive."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import Any

from .options import allowed_proxies
from .wire import Adapter

try:
    from http.cookiejar import DefaultCookiePolicy

    import requests
    import urllib3.exceptions
    from requests.auth import HTTPBasicAuth

    REQUESTS_ERROR: Exception | None = None
    BaseSession: Any = requests.Session
except ImportError as error:
    REQUESTS_ERROR = error
    BaseSession = object

USER_AGENT = "sindad.cloud/1.0.0 (Ansible collection)"


@dataclass(frozen=True)
class Credentials:
    """A token, or a user name and a password; with none of them nothing is sent but the request."""

    token: str = ""
    username: str = ""
    password: str = ""


ANONYMOUS = Credentials()
_SESSIONS: dict[tuple[object, ...], requests.Session] = {}
_SESSIONS_LOCK = threading.Lock()


class _Session(BaseSession):
    """Reads no ``Location``: requests does so even where no redirect is followed, and trips over a broken one."""

    def get_redirect_target(self, resp: object) -> None:
        return None


def session(url: str, credentials: Credentials, verify: bool | str) -> requests.Session:
    """The session of these *credentials* at the portal *url*; another process has its own."""
    key = (os.getpid(), url, credentials, verify)
    with _SESSIONS_LOCK:
        if key not in _SESSIONS:
            _SESSIONS[key] = _new_session(url, credentials, verify)
        return _SESSIONS[key]


def forget_sessions() -> None:
    """Begin anew: the next request of any client opens a connection of its own."""
    with _SESSIONS_LOCK:
        _SESSIONS.clear()


def _new_session(url: str, credentials: Credentials, verify: bool | str) -> requests.Session:
    made: requests.Session = _Session()
    # No .netrc, whose entry requests would put over a Bearer token; the proxies of the environment are read here, once.
    made.trust_env = False
    made.proxies = allowed_proxies(url, requests.utils.get_environ_proxies(url))
    # A PHP session cookie would make the portal answer one request of the account at a time.
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    made.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json"})
    if credentials.token:
        made.headers["Authorization"] = f"Bearer {credentials.token}"
    elif credentials.username:
        made.auth = HTTPBasicAuth(credentials.username.encode(), credentials.password.encode())
    if verify is False:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    adapter = Adapter(pool_connections=1, pool_maxsize=256, max_retries=0)
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made
