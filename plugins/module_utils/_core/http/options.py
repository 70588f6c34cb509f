# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options: address, token, certificates, proxies. Checked before anything is sent."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import ipaddress
import math
import os
import re
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..errors import InvalidInput

DEFAULT_URL = "https://my.sindad.com/api"
#: The options of a connection.
NAMES = ("api_url", "username", "password", "token", "validate_certs", "ca_path", "timeout", "retries", "dialect")
#: The variables of the environment that can stand for them.
VARIABLES = {f"SINDAD_{name.upper()}": name for name in NAMES}
#: The variables of the environment that name authorities for every program, the first before the others.
BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
PROXIES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
#: Those of the environment that concern the machine. All others belong to the portal of the environment.
OF_ANY_PORTAL = frozenset({"ca_path", "timeout", "retries", "dialect"})


def with_environment(given: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """Complete the options of a task, or a source, by those of the environment that may be used with them.

    A login belongs to a portal: at another than the environment's nothing of the environment's login is used. Nor is
    its token where *given* holds a user name or a password. What *given* holds is never replaced, empty or not.

    :param given: the options that are set, with the values as the user wrote them.
    """
    variables = {name: environment.get(variable, "") for variable, name in VARIABLES.items()}
    found: dict[str, Any] = {name: value for name, value in variables.items() if value.strip()}
    if "api_url" in given and not is_same_portal(given["api_url"], found.get("api_url", DEFAULT_URL)):
        found = {name: found[name] for name in OF_ANY_PORTAL & found.keys()}
    if {"username", "password"} & given.keys():
        found.pop("token", None)
    # Ansible would hide each blank of the result as a part of the password.
    blank = {name: "" for name in NAMES if isinstance(given.get(name), str) and not given[name].strip()}
    return {**found, **given, **blank}


def refuse_empty(given: Mapping[str, Any]) -> None:
    """Refuse a connection option that is set but empty, as a variable without a value leaves it.

    :raises InvalidInput: naming all of them.
    """
    empty = [name for name in NAMES if name in given and (given[name] is None or not str(given[name]).strip())]
    if empty:
        raise InvalidInput(
            f"{'; '.join(f'{name} is set but empty' for name in empty)}. Set a value, or leave the option out (in a "
            "template: default(omit)). The environment does not replace an option that is set."
        )


def is_same_portal(one: object, other: object) -> bool:
    """Whether two addresses are spellings of one; what is not an address is never the same."""
    try:
        return canonical_url(one) == canonical_url(other)
    except InvalidInput:
        return False


def canonical_url(api_url: object) -> str:
    """Return the one spelling of a portal's address, by which it is compared and things are kept.

    Host and scheme in lower case, without the default port, the dot of the root and slashes at the end.

    :raises InvalidInput: as :func:`checked_url`.
    """
    parts = urlsplit(checked_url(api_url))
    host = (parts.hostname or "").removesuffix(".")
    with contextlib.suppress(ValueError):
        host = f"[{ipaddress.IPv6Address(host)}]"
    port = "" if parts.port in (None, {"https": 443, "http": 80}[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{parts.path}"


def checked_url(api_url: object) -> str:
    """The base of the API without the slash at its end; only ``https``, or ``http`` to this machine."""
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
    if parts.scheme == "http" and not is_loopback(host):
        raise InvalidInput(
            f"api_url must begin with https: {text} would send the credentials in clear over the network."
        )
    return text


def checked_token(token: str | None) -> str:
    """A token without the line end of the file that it came from; it goes into a header as it is."""
    token = (token or "").strip()
    if not re.fullmatch(r"[!-~]*", token):
        raise InvalidInput("token must be of printable ASCII characters without blanks.")
    return token


def checked_limits(timeout: float, retries: int) -> None:
    """Refuse a *timeout* in seconds, or a number of *retries*, that cannot be meant."""
    if not 0 < timeout < math.inf:
        raise InvalidInput(f"timeout must be more than 0 seconds, not {timeout}.")
    if retries < 0:
        raise InvalidInput(f"retries must be 0 or more, not {retries}.")


def verification(validate_certs: bool, ca_path: str | None) -> bool | str:
    """What requests calls ``verify``: what the user set, else the environment's bundle, else the usual one."""
    if not validate_certs:
        return False
    variables = {name: os.environ.get(name) for name in BUNDLES}
    for name, path in {"ca_path": ca_path, **variables}.items():
        if path:
            path = os.path.expanduser(path)
            _check_authorities(name, path)
            return path
    return True


def _check_authorities(name: str, path: str) -> None:
    if not os.path.exists(path):
        raise InvalidInput(f"{name}: there is no file or folder {path}.")
    try:
        holds_some = _holds_authorities(path, os.stat(path).st_mtime_ns)
    except OSError as error:
        raise InvalidInput(f"{name}: {path} cannot be read: {error.strerror or error}.") from None
    if not holds_some:
        how = "named by their hashes (openssl rehash)" if os.path.isdir(path) else "in PEM format"
        raise InvalidInput(f"{name}: {path} holds no certificates {how}.")


@functools.lru_cache(maxsize=8)
def _holds_authorities(path: str, _changed: int) -> bool:
    """Whether OpenSSL finds a certificate in the file or folder, as it was at that time."""
    if os.path.isdir(path):
        return any(re.fullmatch(r"[0-9a-f]{8}\.\d+", each) for each in os.listdir(path))
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError:
        return False
    return True


def allowed_proxies(url: str, proxies: Mapping[str, str]) -> dict[str, str]:
    """The *proxies* of the environment. What is not encrypted goes to no proxy but one on this machine.

    :raises InvalidInput: for a proxy for *url* that is not an address, or that needs a library that is not there.
    """
    for name in (urlsplit(url).scheme, "all"):
        if name in proxies:
            _check_proxy(f"{name.upper()}_PROXY", proxies[name])
    if urlsplit(url).scheme == "https":
        return dict(proxies)
    hosts = {name: urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname for name, proxy in proxies.items()}
    return {name: proxy for name, proxy in proxies.items() if is_loopback(hosts[name] or "")}


def _check_proxy(variable: str, proxy: str) -> None:
    try:
        parts = urlsplit(proxy if "//" in proxy else f"//{proxy}", scheme="http")
        is_address = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or parts.scheme not in PROXIES:
        raise InvalidInput(f"{variable} of the environment must be an address such as http://proxy.example.com:3128.")
    if parts.scheme.startswith("socks") and importlib.util.find_spec("socks") is None:
        raise InvalidInput(f"{variable} of the environment is a SOCKS proxy, which needs the Python library PySocks.")


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
