# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options: address, token, certificates, proxies. Checked before anything is sent."""

from __future__ import annotations

import ipaddress
import math
import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from ..errors import InvalidInput


def checked_url(api_url: str | None) -> str:
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
    variables = {name: os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")}
    for name, path in {"ca_path": ca_path, **variables}.items():
        if path:
            path = os.path.expanduser(path)
            if not os.path.exists(path):
                raise InvalidInput(f"{name}: there is no file or folder {path}.")
            return path
    return True


def allowed_proxies(url: str, proxies: Mapping[str, str]) -> dict[str, str]:
    """The *proxies* of the environment. What is not encrypted goes to no proxy but one on this machine."""
    if urlsplit(url).scheme == "https":
        return dict(proxies)
    hosts = {name: urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname for name, proxy in proxies.items()}
    return {name: proxy for name, proxy in proxies.items() if is_loopback(hosts[name] or "")}


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
