# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What unit tests share: an empty environment, a portal that does as it is told, a clock that only has to be moved."""

from __future__ import annotations

import os

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import forget_sessions
from unit.clock import MovedClock
from unit.portal_stub import PortalStub


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch, tmp_path_factory):
    """No account, proxy, authority or order of the developer's own machine."""
    monkeypatch.setenv("ANSIBLE_HOME", str(tmp_path_factory.mktemp("ansible")))
    for name in list(os.environ):
        if (
            name.startswith("SINDAD_")
            or name.lower().endswith("_proxy")
            or name.endswith(("_CA_BUNDLE", "SSL_CERT_FILE"))
        ):
            monkeypatch.delenv(name)
    forget_sessions()


@pytest.fixture
def stub():
    """A portal on this machine that answers as a test says; see portal_stub.py."""
    with PortalStub() as portal:
        yield portal


@pytest.fixture
def clock():
    return MovedClock()
