# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulator for these tests, reset before each of them."""

from __future__ import annotations

import base64
import contextlib
import http.client
import importlib
import json
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EMULATOR: ModuleType | None = None
for _package in ("tests.emulator", "ansible_collections.sindad.cloud.tests.emulator"):
    with contextlib.suppress(ImportError):
        EMULATOR = importlib.import_module(f"{_package}.portal")
        break
if EMULATOR is None:
    # starlette, uvicorn or PyJWT is missing
    collect_ignore_glob = ["test_*.py"]

VALUES = {"@vmid": "31", "@ip": "501", "@number": "736633", "@file": "5501", "@status": "Finished"}
SLOW = {"stale": 10, "duration": 20, "create_delay": 10, "operation_duration": 100, "upgrade_delay": 30}


class Client:
    """A client that does nothing but send and read, and the controls of the emulator."""

    def __init__(self, running: Any) -> None:
        self.running = running
        self.host = urllib.parse.urlsplit(running.url).netloc
        self.user = "user@example.com:secret"

    def __getattr__(self, name: str) -> Any:
        return getattr(self.running, name)

    def raw(
        self, method: str, path: str, body: Any = None, auth: str | None = "basic", timeout: float = 5
    ) -> tuple[int, dict[str, str], bytes]:
        headers = {}
        if auth == "basic":
            headers["Authorization"] = "Basic " + base64.b64encode(self.user.encode()).decode()
        elif auth:
            headers["Authorization"] = f"Bearer {auth}"
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body)
        connection = http.client.HTTPConnection(self.host, timeout=timeout)
        try:
            connection.request(method, f"/api{path}", data, headers)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read()
        finally:
            connection.close()

    def full(self, method: str, path: str, body: Any = None, auth: str | None = "basic") -> tuple[int, Any]:
        status, headers, content = self.raw(method, path, body, auth)
        assert headers["content-type"].startswith("application/json"), content
        return status, json.loads(content)

    def call(self, method: str, path: str, body: Any = None, auth: str | None = "basic") -> Any:
        """The JSON of an answer with HTTP 200."""
        status, found = self.full(method, path, body, auth)
        assert status == 200, (status, found)
        return found

    def get(self, path: str) -> Any:
        return self.call("GET", path)


@pytest.fixture(scope="session")
def running() -> Iterator[Any]:
    assert EMULATOR is not None
    with EMULATOR.serve() as one:
        yield one


@pytest.fixture
def portal(running: Any) -> Client:
    """The small account; time passes only when a test says so."""
    running.reset(**SLOW)
    return Client(running)


def _path_of(route: str) -> str:
    """A path that some service or object answers on."""
    service = "101"
    if any(word in route for word in ("/reinstall", "/diag", "/info", "/hostname", "/ips", "/vlans")):
        service = "201"
    if route in {f"/service/@id/{word}" for word in ("reboot", "poweroff", "poweron", "status", "rescue")}:
        service = "201"
    if route.startswith("/service/@id/rescue/"):
        service = "201"
    if "@vmid" in route:
        service = "103"
    firsts = {
        "/service/": service,
        "/invoice/": "308976",
        "/contact/": "49",
        "/notifications/": "71",
        "/statuses/": "5",
    }
    first = next((value for start, value in firsts.items() if route.startswith(start)), "0")
    for name, value in {**VALUES, "@id": first}.items():
        route = route.replace(name, value)
    return route


@pytest.fixture
def path_of() -> Callable[[str], str]:
    return _path_of


@pytest.fixture
def table() -> list[dict[str, str]]:
    """endpoints.tsv"""
    assert EMULATOR is not None and EMULATOR.__file__
    lines = Path(EMULATOR.__file__).with_name("endpoints.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]
