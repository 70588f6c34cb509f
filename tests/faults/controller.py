# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine that runs modules against an emulator in this process. Nobody sleeps: the clocks of both are moved."""

from __future__ import annotations

import functools
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.module_utils._context import execute
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.transport import HttpTransport

from tests.emulator.portal import Running

LOGIN = {"username": "user@example.com", "password": "secret"}
#: Seconds that a request may take where the portal is not to be slow; far more than it needs on a busy machine.
PATIENT = 10.0


def empty_environment() -> None:
    """No account and no proxy of the developer's own machine."""
    for name in list(os.environ):
        if (
            name.startswith("SINDAD_")
            or name.lower().endswith("_proxy")
            or name.endswith(("_CA_BUNDLE", "SSL_CERT_FILE"))
        ):
            del os.environ[name]


class JoinedClock:
    """The real time, but sleeping moves the hands, and those of the portal with them."""

    def __init__(self, portal: Running) -> None:
        self.portal = portal
        self.ahead = 0.0
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def time(self) -> float:
        return time.time() + self.ahead

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.ahead += seconds
            self.portal.portal.clock.advance(seconds)


class Suspended(HttpTransport):
    """The machine sleeps for so many seconds of its clock once a change was sent, before its answer is read."""

    def __init__(self, url: str, clock: JoinedClock, seconds: float) -> None:
        super().__init__(url, True)
        self.clock, self.seconds = clock, seconds

    def send(self, request: Any, credentials: Any, limits: Any) -> Any:
        answer = super().send(request, credentials, limits)
        if not request.is_safe:
            self.clock.sleep(self.seconds)
        return answer


class Controller:
    """One machine: its home folder holds the notes of what it ordered."""

    def __init__(self, portal: Running, home: Path) -> None:
        self.portal, self.home = portal, home
        self.clock = JoinedClock(portal)
        self.warnings: list[str] = []

    def run(
        self, module: ModuleType, options: Mapping[str, Any], timeout: float = PATIENT, suspend: float = 0.0
    ) -> dict[str, Any]:
        """The result of a task. Without a token among the options it logs in by name and password."""
        login = {} if "token" in options else LOGIN
        rules = {key: value for key, value in module.SPEC.items() if key != "supports_check_mode"}
        given = {"api_url": self.portal.api_url, "timeout": timeout, **login, **options}
        checked = ArgumentSpecValidator(**rules).validate(given)
        assert not checked.error_messages, checked.error_messages
        make_client = functools.partial(Client, clock=self.clock)
        if suspend:
            make_client = functools.partial(make_client, transport=Suspended(self.portal.api_url, self.clock, suspend))
        os.environ["ANSIBLE_HOME"] = str(self.home)
        result, self.warnings = execute(module.run, checked.validated_parameters, make_client=make_client)
        return result

    @property
    def notes(self) -> list[Path]:
        """The files in which it noted what it ordered."""
        return list(self.home.glob("sindad.cloud/*.json"))
