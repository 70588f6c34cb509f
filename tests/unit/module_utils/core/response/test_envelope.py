# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrappers, groups and objects that nobody knows. (The plain forms: test_shapes.py.)"""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import EmptyResponse, UnexpectedResponse
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.envelope import (
    entries,
    entry,
    split_paging,
    unwrapped,
)

KNOWN = ("id", "name", "status", "total", "domain")
A, B = {"id": "1", "name": "a", "status": "Active"}, {"id": "2", "name": "b", "status": "failed"}
LISTS = [
    {"data": [A, B]},
    {"data": {"1": A, "2": B}},
    {"data": {"services": [A, B]}},
    {"data": {"services": {"1": A, "2": B}}, "error": [], "info": [], "page": {"current": 1, "total": 1}},
    {"data": {"data": {"services": [A, B]}}},
    {"code": 200, "message": "OK", "data": [A, B]},
    {"code": 200, "message": "OK", "data": {"services": [A, B]}},
    {"status": "success", "data": [A, B], "meta": {"total": 2}},
    {"success": True, "result": {"services": [A, B]}},
    {"services": [{"service": A}, {"service": B}]},
    {"services": {"1": {"service": A}, "2": {"service": B}}},
    [{"service": A}, {"service": B}],
    [{"services": [A, B]}],
    [{"status": True, "services": [A, B]}],
    {"data": [{"services": [A, B]}]},
    {"items": [A, B], "timestamp": 1732360000},
]


@pytest.mark.parametrize("answer", LISTS, ids=repr)
@pytest.mark.parametrize("known", [KNOWN, ()])
def test_lists_in_wrappers(answer, known):
    if "result" in answer:
        answer = {"success": True, "services": answer["result"]["services"]}
    assert entries(answer, "services", known=known) == [A, B]


@pytest.mark.parametrize(
    "answer", [{"data": []}, {"data": {}}, {"code": 200, "message": "OK", "data": []}, {"data": {"services": []}}]
)
def test_empty_lists_in_wrappers(answer):
    assert entries(answer, "services", known=KNOWN) == []


OBJECTS = [
    {"data": B},
    {"data": {"service": B}},
    {"data": {"service": B}, "error": [], "info": [], "page": {}},
    {"code": 200, "message": "OK", "data": B},
    {"code": 200, "message": "OK", "data": {"service": B}},
    {"status": "success", "data": B},
    {"success": True, "error": [], **B},
    [{"service": B}],
    [{"status": True, "service": B}],
    {"service": [B]},
    {"service": {"service": B}},
    {"services": [{"service": B}]},
    {"service": {"data": B}},
    {"thing": B, "timestamp": 1732360000},
]


@pytest.mark.parametrize("answer", OBJECTS, ids=repr)
def test_objects_in_wrappers(answer):
    assert entry(answer, "service", "services", key="2", known=KNOWN) == B


@pytest.mark.parametrize("name", ["info", "server"])
def test_an_explanation_that_is_empty_does_not_hide_the_object(name):
    server = {"hostname": "server1", "os": "Debian"}
    answer = {"data": {name: server}, "info": [], "error": []}
    assert entry(answer, "info", "server", known=("hostname", "os")) == server
    assert entry({"info": ["x"], "server": server}, "info", "server", known=("hostname", "os")) == server
    assert entry({"info": [], "data": server}, "info", "server", known=("hostname", "os")) == server


@pytest.mark.parametrize(
    "answer", [{"data": None}, {"code": 200, "message": "OK", "data": None}, {"data": []}, {"data": {}}]
)
def test_nothing_in_a_wrapper(answer):
    with pytest.raises(EmptyResponse):
        entry(answer, "service", known=KNOWN)


STRANGE = [
    {"service": {"foo": 1, "bar": 2}},
    {"data": {"foo": 1, "bar": 2}},
    {"foo": 1, "bar": 2},
    {"status": "Active", "total": "9.99"},
    {"message": "maintenance", "foo": {"a": 1}},
    {"service": [{"foo": 1}]},
    {"services": {"1": {"foo": 1}}},
]


@pytest.mark.parametrize("answer", STRANGE, ids=repr)
def test_an_object_without_any_known_key_is_no_record(answer):
    with pytest.raises(UnexpectedResponse):
        entry(answer, "service", key="1", known=KNOWN)


@pytest.mark.parametrize(
    "answer",
    [
        {"services": [{"foo": 1}]},
        {"services": [A, {"foo": 1}]},
        {"services": {"1": {"foo": 1}}},
        {"services": {"1": {}}},
        {"services": {"reason": {"text": 1}}},
        {"foo": {"a": 1}, "bar": {"b": 2}},
        {"services": [{"name": "a"}]},
        {"services": ["a", "b"]},
        {"errors": ["x"], "services": None},
    ],
    ids=repr,
)
def test_an_entry_that_cannot_be_read_is_no_record(answer):
    with pytest.raises(UnexpectedResponse):
        entries(answer, "services", known=KNOWN, identity=("id",))


TEMPLATES = [
    {"id": "d12", "name": "Debian 12", "group": "linux"},
    {"id": "w22", "name": "Windows 2022", "group": "windows"},
]
D12, W22 = ({key: each[key] for key in ("id", "name")} for each in TEMPLATES)


@pytest.mark.parametrize(
    "templates",
    [
        {"linux": [D12], "windows": [W22]},
        {"linux": {"d12": D12}, "windows": {"w22": W22}},
        {"linux": {"d12": {"name": "Debian 12"}}, "windows": {"w22": {"name": "Windows 2022"}}},
        {"linux": {"d12": "Debian 12"}, "windows": {"w22": "Windows 2022"}},
        {"linux": [D12], "windows": [W22], "bsd": []},
        {"linux": [{"template": D12}], "windows": [{"template": W22}]},
        [{"name": "linux", "templates": [D12]}, {"name": "windows", "templates": [W22]}],
    ],
    ids=repr,
)
def test_groups_are_no_entries(templates):
    for answer in ({"templates": templates}, {"data": {"templates": templates}}):
        assert entries(answer, "templates", known=("id", "name"), identity=("id", "name")) == TEMPLATES


def test_a_group_that_an_entry_tells_itself_stays():
    told = {"templates": {"linux": [{"id": "d12", "group": "Debian"}]}}
    assert entries(told, "templates") == [{"id": "d12", "group": "Debian"}]


def test_an_answer_out_of_its_wrapper():
    assert unwrapped({"data": {"label": "a"}, "error": []}) == {"label": "a"}
    assert unwrapped({"data": {"data": {"label": "a"}}, "info": ["x"]}) == {"info": ["x"], "label": "a"}
    assert unwrapped([{"status": True, "label": "a"}]) == {"status": True, "label": "a"}
    assert unwrapped([{"label": "a"}]) == {"label": "a"}
    assert unwrapped([{"ticket": {"id": 1}, "replies": []}]) == {"ticket": {"id": 1}, "replies": []}
    for whole in ({"id": 1, "data": {"a": 1}}, {"data": []}, [{"id": 1, "n": 2}], [], None, "text", {"data": "x"}):
        assert unwrapped(whole) == whole


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"invoices": [], "total": 5}, {"total": 5}),
        ({"number": "INV-1", "total": 5}, {}),
        ({"total": 5}, {}),
    ],
)
def test_only_beside_a_list_it_is_of_pages(found, told):
    assert split_paging(found) == (told, {key: value for key, value in found.items() if key not in told})
