# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._errors import NotFound, NotOffered, Refused
from ansible_collections.sindad.cloud.plugins.module_utils._servers import Server, Stock
from unit.canned import Canned
from unit.canned_server import DEBIAN, UBUNTU, answers

NO = {"error": ["Method not found"]}
SERVICES = {"GET /service": {"services": [{"id": "201", "domain": "server1.example.com"}]}}


def server(monkeypatch, **changed):
    return Server(Canned(monkeypatch, {**answers(**changed), **SERVICES}).portal, "201")


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
def test_the_operation_that_runs(monkeypatch, changed, operation):
    seen = server(monkeypatch, **changed).seen()
    assert seen.record["operation"] == operation
    assert seen.unreadable == {}


def test_a_state_that_cannot_be_read_is_not_taken_for_none(monkeypatch):
    one = server(monkeypatch, diag={"error": ["خطای ناشناخته"]})
    seen = one.seen()
    assert list(seen.unreadable) == ["diagnostics"] and "diagnostics" not in seen.progress
    with pytest.raises(Refused):
        one.progress("diagnostics")


@pytest.mark.parametrize("status", [NO, {"error": ["ipmi timeout"]}, {"status": None}, []])
def test_a_power_state_that_cannot_be_read_is_none(monkeypatch, status):
    record = server(monkeypatch, status=status).seen().record
    assert (record["power"], record["state"]) == (None, None)


def test_what_is_not_a_server(monkeypatch):
    nothing = dict.fromkeys(("info", "status", "reinstall", "rescue", "diag"), NO)
    with pytest.raises(NotOffered, match="Service 201 does not offer GET /service/@id/info"):
        server(monkeypatch, **nothing).seen()


def test_a_server_without_info_has_the_rest(monkeypatch):
    record = server(monkeypatch, info=NO).seen().record
    assert (record["hostname"], record["power"]) == (None, "on")
    assert server(monkeypatch, info=NO).state()["power"] == "on"


def test_no_such_service(monkeypatch):
    one = server(monkeypatch, info={"error": ["service_not_found"]})
    one.id = "999"
    with pytest.raises(NotFound, match="There is no service 999"):
        one.seen()


def test_the_state_takes_two_requests(monkeypatch):
    canned = Canned(monkeypatch, answers())
    assert Server(canned.portal, "201").state()["os"] == "Debian 12"
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
def test_templates_and_recipes(monkeypatch, answer):
    templates, recipes = server(monkeypatch, reinstall_templates=answer).templates("reinstall")
    assert [(each["id"], each["name"]) for each in templates] == [
        (each["id"], each["name"]) for each in (DEBIAN, UBUNTU)
    ]
    assert [(each["id"], each["name"], each["usable_for"]) for each in recipes] == [("d", "D", [UBUNTU["id"]])]


@pytest.mark.parametrize("answer", [{"templates": [DEBIAN]}, [DEBIAN], {"templates": [DEBIAN], "recipes": []}])
def test_templates_without_recipes(monkeypatch, answer):
    templates, recipes = server(monkeypatch, reinstall_templates=answer).templates("reinstall")
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
def test_stock(monkeypatch, answer):
    listed = Stock(Canned(monkeypatch, {"GET /serverstock": answer}).portal).list()
    assert [(each["id"], each["name"]) for each in listed] == [("71", "X1"), ("72", "X2")]
    assert all(isinstance(each["raw"], dict) for each in listed)


@pytest.mark.parametrize("answer", [{"servers": []}, [], {}, {"servers": {}}])
def test_an_empty_stock(monkeypatch, answer):
    assert Stock(Canned(monkeypatch, {"GET /serverstock": answer}).portal).list() == []
