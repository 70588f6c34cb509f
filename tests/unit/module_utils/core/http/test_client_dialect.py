# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client with a dialect: pages, retries, files, secrets and what -vvvv shows."""

from __future__ import annotations

import subprocess
import sys

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    ApiError,
    IncompleteList,
    InvalidInput,
    NotFound,
    UnclearResponse,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from unit.portal_stub import says, sends

CAMEL = {
    "answers": {
        "*": {"refused": "not success", "reason": "error.message"},
        "GET *": {"at": "data.items", "each": {"id": "objectId", "password": "phrase"}},
    }
}


@pytest.fixture
def client(stub, clock):
    def made(dialect=None, **options):
        return Client(stub.url, "user", "secret-password", clock=clock, dialect=dialect or CAMEL, **options)

    return made


def items(*ids, **around):
    return says({"success": True, "data": {"items": [{"objectId": each} for each in ids], **around}})


def test_a_list_in_pages_is_followed_to_its_end(stub, client):
    stub.will(items(1, 2, totalCount=5), items(3, 4, totalCount=5), items(5, totalCount=5))
    found = client().get_list("/service/@id/vms", "vms", known=("id",), identity=("id",), id=7)
    assert [each["id"] for each in found] == [1, 2, 3, 4, 5]
    assert stub.calls == [f"GET /api/service/7/vms{query}" for query in ("", "?page=2", "?page=3")]


def test_a_list_that_is_longer_than_what_can_be_had_is_an_error(stub, client):
    stub.will(items(1, 2, recordsFound=9), items(1, 2, recordsFound=9))
    with pytest.raises(IncompleteList):
        client().get_list("/service/@id/vms", "vms", known=("id",), id=7)


@pytest.mark.parametrize("following", ["'?offset=2'", "2", "'https://x.example/?offset=2'"])
def test_the_rule_says_how_a_list_goes_on(stub, client, following):
    rule = {"at": "rows", "beside": {"next": f"{following} if more else none"}}
    stub.will(says({"rows": [{"id": 1}], "more": True}), says({"rows": [{"id": 2}], "more": False}))
    found = client({"answers": {"GET *": rule}}).get_list("/service", "services", known=("id",))
    assert [each["id"] for each in found] == [1, 2]
    assert stub.calls[1] == f"GET /api/service?{'page=2' if following == '2' else 'offset=2'}"


def test_a_refusal_with_http_500_is_certain(stub, client):
    stub.will(says({"success": False, "error": {"message": "Quota used up"}}, status=500))
    connected = client()
    with connected.one_change(), pytest.raises(ApiError, match="Quota used up") as refusal:
        connected.post("/service/@id/vms", {}, id=7)
    assert not refusal.value.outcome_unknown
    assert len(stub.seen) == 1


def test_an_expression_that_fails_on_a_change_leaves_it_unclear_and_sends_it_once(stub, client):
    stub.will(says({"success": True, "n": "x"}))
    connected = client({"answers": {"POST *": {"done": "n / 2"}}})
    with connected.one_change(), pytest.raises(UnclearResponse) as failure:
        connected.post("/service/@id/vms", {}, id=7)
    assert failure.value.outcome_unknown and len(stub.seen) == 1


def test_secrets_are_learned_before_and_after(stub, client):
    stub.will(
        says({"success": True, "data": {"items": [{"objectId": 1, "phrase": "S3cret-one", "rootpw": "S3cret-two"}]}})
    )
    connected = client()
    connected.get("/service/@id/vms", id=7)
    assert connected.redact("S3cret-one S3cret-two") == "******** ********"


def test_vvvv_shows_the_shape_before_and_after(stub, client):
    stub.will(items(1, totalCount=1))
    connected, told = client(), []
    connected.on_exchange, connected.with_shapes = told.append, True
    connected.get("/service/@id/vms", id=7)
    before = "{success: bool, data: {items: [{objectId: int}], totalCount: int}}"
    assert told[0].shape == f"{before} -> {{totalCount: int, vms: [{{objectId: int, id: int}}]}}"


def test_the_refusal_of_a_file_is_read_by_the_dialect(stub, client):
    stub.will(says({"success": False, "error": {"message": "file not found"}}))
    with pytest.raises(NotFound, match="file not found"):
        client().download("/ticket/attachment/@file", file=1)
    stub.will(sends(b"bytes", Content_Disposition="attachment"), sends(b'{"success": false}', Content_Disposition="a"))
    assert client().download("/ticket/attachment/@file", file=1) == b"bytes"
    assert client().download("/ticket/attachment/@file", file=1) == b'{"success": false}'


def test_another_portal_is_refused_at_once(stub, client):
    with pytest.raises(InvalidInput, match="but api_url is"):
        client({"portal": "https://portal.example.com/api", "answers": {}})
    assert stub.seen == []


def test_without_a_dialect_nothing_that_it_needs_is_imported():
    script = (
        "import sys; from ansible_collections.sindad.cloud.plugins.module_utils import _context\n"
        "from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client\n"
        "before = 'jinja2' in sys.modules; Client('https://portal.example.com/api')\n"
        "name = 'ansible_collections.sindad.cloud.plugins.module_utils._core.response.'\n"
        "print(before, [each for each in sys.modules if each.startswith(name + 'expr') or each == name + 'dialect'])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.split(" ", 1)[1].strip() == "[]"
