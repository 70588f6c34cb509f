# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What unit tests share: an empty environment, a portal that does as it is told, a clock that only has to be moved."""

from __future__ import annotations

import os
import time

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils import _answers, _connection, _pace, _waiting
from unit.portal_stub import PortalStub


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch):
    """No account, proxy or authority of the developer's own machine."""
    for name in list(os.environ):
        if name.startswith("SINDAD_") or name.lower().endswith("_proxy") or name.endswith("_CA_BUNDLE"):
            monkeypatch.delenv(name)
    _connection._SESSIONS.clear()


@pytest.fixture
def stub():
    """A portal on this machine that answers as a test says; see portal_stub.py."""
    with PortalStub() as portal:
        yield portal


class Clock:
    """The real time, but sleeping only moves the hands."""

    def __init__(self):
        self.ahead = 0.0
        self.slept = []

    def monotonic(self):
        return time.monotonic() + self.ahead

    def time(self):
        return time.time() + self.ahead

    def sleep(self, seconds):
        assert seconds >= 0
        self.slept.append(seconds)
        self.ahead += seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    for module in (_connection, _answers, _pace, _waiting):
        monkeypatch.setattr(module, "time", clock)

    def rest(connection, request, seconds):
        if seconds > 0.001:
            clock.sleep(seconds)

    monkeypatch.setattr(_connection.Connection, "_rest", rest)
    return clock
