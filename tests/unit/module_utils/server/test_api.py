# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import ApiError, NotFound, NotOffered
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import Server, Stock
from unit.canned import Canned
from unit.canned_server import DEBIAN, UBUNTU, answers

NO = {"error": ["Method not found"]}
SERVICES = {"GET /service": {"services": [{"id": "201", "domain": "server1.example.com"}]}}


def server(**changed):
    return Server(Canned({**answers(**changed), **SERVICES}).client, "201")


@pytest.mark.parametrize(
    "changed, operation",
    [
        ({}, None),
        ({"rescue": {"rescue": {"status": "active"}}}, "rescue"),
        ({"diag": {"status": "running"}}, "diagnostics"),
        ({"reinstall": NO, "rescue": NO, "diag": NO}, None),
        ({"reinstall": {"error": ["No operation in progress"]}}, None),
        ({"reinstall": {"error": "reinstall_not_running"}}, None),
        ({"reinstall": {"error": ["This method is not available for the service"]}}, None),
    ],
)
def test_the_operation_that_runs(changed, operation):
    snapshot = server(**changed).snapshot()
    assert snapshot.record["operation"] == operation
    assert list(snapshot.unreadable) == []


def test_a_state_that_cannot_be_read_is_not_taken_for_none():
    one = server(diag={"error": ["خطای ناشناخته"]})
    snapshot = one.snapshot()
    assert list(snapshot.unreadable) == ["diagnostics"] and "diagnostics" not in snapshot.progress
    with pytest.raises(ApiError):
        one.progress("diagnostics")


@pytest.mark.parametrize("status", [NO, {"error": ["ipmi timeout"]}, {"status": None}, []])
def test_a_power_state_that_cannot_be_read_is_none(status):
    record = server(status=status).snapshot().record
    assert (record["power"], record["state"]) == (None, None)


def test_what_is_not_a_server():
    nothing = dict.fromkeys(("info", "status", "reinstall", "rescue", "diag"), NO)
    with pytest.raises(NotOffered, match="Service 201 does not offer GET /service/@id/info"):
        server(**nothing).snapshot()


def test_a_server_without_info_has_the_rest():
    record = server(info=NO).snapshot().record
    assert (record["hostname"], record["power"]) == (None, "on")
    assert server(info=NO).state()["power"] == "on"


def test_no_such_service():
    one = server(info={"error": ["service_not_found"]})
    one.id = "999"
    with pytest.raises(NotFound, match="Service 999 not found"):
        one.snapshot()


def test_the_state_takes_two_requests():
    canned = Canned(answers())
    assert Server(canned.client, "201").state()["os"] == "Debian 12"
    assert sorted(request for request, _body in canned.asked) == ["GET /service/201/info", "GET /service/201/status"]


@pytest.mark.parametrize(
    "answer",
    [
        {"templates": [DEBIAN, UBUNTU], "recipes": [{"id": "d", "name": "D", "usablefor": ["Ubuntu 24.04"]}]},
        {
            "templates": {each["id"]: each["name"] for each in (DEBIAN, UBUNTU)},
            "recipes": {"d": {"name": "D", "usablefor": {UBUNTU["id"]: True}}},
        },
    ],
)
def test_templates_and_recipes(answer):
    templates, recipes = server(reinstall_templates=answer).templates("reinstall")
    assert [(each["id"], each["name"]) for each in templates] == [
        (each["id"], each["name"]) for each in (DEBIAN, UBUNTU)
    ]
    assert [(each["id"], each["name"], each["usable_for"]) for each in recipes] == [("d", "D", [UBUNTU["id"]])]


@pytest.mark.parametrize("answer", [{"templates": [DEBIAN]}, [DEBIAN], {"templates": [DEBIAN], "recipes": []}])
def test_templates_without_recipes(answer):
    templates, recipes = server(reinstall_templates=answer).templates("reinstall")
    assert [each["id"] for each in templates] == [DEBIAN["id"]]
    assert recipes == []


@pytest.mark.parametrize(
    "answer",
    [
        {"servers": [{"id": 71, "name": "X1"}, {"id": 72, "name": "X2"}]},
        {"servers": {"71": {"name": "X1"}, "72": {"name": "X2"}}},
        {"servers": {"71": "X1", "72": "X2"}},
        [{"id": "71", "name": "X1"}, {"id": "72", "name": "X2"}],
        {"serverstock": {"Small": [{"id": "71", "name": "X1"}], "Big": [{"id": "72", "name": "X2"}]}},
        {"stock": [{"id": 1, "name": "All", "servers": [{"id": "71", "name": "X1"}, {"id": "72", "name": "X2"}]}]},
    ],
)
def test_stock(answer):
    listed = Stock(Canned({"GET /serverstock": answer}).client).list()
    assert [(each["id"], each["name"]) for each in listed] == [("71", "X1"), ("72", "X2")]
    assert all(isinstance(each["raw"], dict) for each in listed)


@pytest.mark.parametrize("answer", [{"servers": []}, [], {}, {"servers": {}}])
def test_an_empty_stock(answer):
    assert Stock(Canned({"GET /serverstock": answer}).client).list() == []
