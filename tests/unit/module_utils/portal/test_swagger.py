# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of a portal over HTTP. (What is made of it: tests/unit/modules/test_portal_info.py.)"""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._portal.swagger import read_documentation
from unit.portal_stub import breaks_off, drips, endless, hangs, page, says, sends

DOCUMENT = {"swagger": "2.0", "paths": {"/service": {"get": {}}}}


def read(stub, **options):
    client = Client(stub.url, token="a-token", **{"timeout": 5, **options})
    return read_documentation(client, client.transport)


def test_it_is_read_beside_the_api_without_the_login(stub):
    stub.otherwise = says(DOCUMENT)
    assert read(stub)["routes"] == ["GET /service"]
    (seen,) = stub.seen
    assert (seen.method, seen.path) == ("GET", "/?action=swagger&cmd=userapi")
    assert "Authorization" not in seen.headers


def test_a_redirect_is_not_followed(stub):
    stub.will(sends(b"", 302, Location=f"{stub.url}/elsewhere"))
    stub.otherwise = says(DOCUMENT)
    assert read(stub) is None
    assert len(stub.seen) == 1


@pytest.mark.parametrize("answer", [hangs(), drips(), breaks_off(), endless(), page("Welcome"), sends(b"\xff" * 9)])
def test_what_is_not_a_documentation_is_nothing(stub, answer):
    stub.otherwise = answer
    assert read(stub, timeout=0.3) is None
    assert len(stub.seen) == 1
