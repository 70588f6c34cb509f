# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Yes, no or neither: the forms of the facts, section 4, and their kin."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.verdict import (
    code_of,
    denials_of,
    errors_of,
    refusals_of,
    says_done,
)

DENIALS = [
    {"status": "error"},
    {"status": "failed"},
    {"status": "Failed "},
    {"status": False},
    {"status": "false"},
    {"status": 0},
    {"status": False, "message": "Node is down"},
    {"status": False, "msg": "Node is down"},
    {"success": False},
    {"success": "no"},
    {"success": 0},
    {"success": False, "info": ["Node is down"]},
    {"success": False, "message": "Node is down", "vms": []},
    {"status": "error", "message": "Node is down", "vms": {}},
    {"status": "error", "vms": [], "total": 0, "per_page": 25, "current_page": 1, "last_page": 1},
    {"result": "error"},
    {"ok": False},
    {"ok": "0"},
    {"code": 500, "message": "Node is down"},
    {"code": "422", "message": "Node is down", "data": None},
    {"code": 500, "message": "Node is down", "vms": []},
    {"data": {"status": False}},
    {"data": {"success": False, "vms": []}, "error": [], "info": []},
    [{"status": "error", "message": "Node is down"}],
    [{"success": False}],
]
ERRORS = [
    {"error": "Node is down"},
    {"error": ["Node is down"]},
    {"error": [{"code": 5, "message": "Node is down"}]},
    {"error": {"message": "Node is down"}},
    {"error": True, "message": "Node is down"},
    {"error": 1, "message": "Node is down"},
    {"status": True, "error": ["Node is down"]},
    {"errors": ["Node is down"]},
    {"errors": {"node": ["Node is down"]}},
    {"errors": "Node is down"},
    {"data": {"error": ["Node is down"]}},
    {"data": [], "error": ["Node is down"]},
    [{"error": ["Node is down"]}],
]
#: Answers to a read that are no refusal, though they hold a word of one.
DATA = [
    {"id": 5, "label": "web1", "status": "failed"},
    {"id": 5, "label": "web1", "status": False},
    {"data": {"id": 5, "status": "error"}},
    {"power": "off", "status": False},
    {"vm": {"id": 5, "status": "failed", "state": "error"}},
    {"vms": [{"id": 5, "status": "failed"}, {"id": 6, "status": "error"}]},
    [{"id": 5, "status": "failed"}],
    {"country": "IR", "code": 98, "status": "ok"},
    {"id": 5, "name": "Linux", "code": 500},
    {"result": "error", "template": "debian-12"},
    {"vms": [], "errors": 0},
    {"id": 1, "errors": 17},
    "false",
    False,
    [],
    None,
]


@pytest.mark.parametrize("answer", DENIALS, ids=repr)
def test_a_denial_is_one_on_every_verb(answer):
    words = ["Node is down"] if "Node" in str(answer) else None
    for found in (denials_of(answer), refusals_of(answer)):
        assert found and (words is None or found == words)
    assert not errors_of(answer)


@pytest.mark.parametrize("answer", ERRORS, ids=repr)
def test_errors_are_told_in_many_forms(answer):
    assert errors_of(answer) == ["Node is down"]


@pytest.mark.parametrize(
    "error", [["no"], "no way", [{"message": "no"}], {"message": "No"}, {"0": "no"}, ["false"], [["no"]]], ids=repr
)
def test_a_no_that_explains_is_a_denial(error):
    assert errors_of({"error": error, "data": []})


@pytest.mark.parametrize("answer", DATA, ids=repr)
def test_an_object_may_have_failed_itself(answer):
    assert not denials_of(answer) and not errors_of(answer)


@pytest.mark.parametrize(
    "value",
    [[], {}, "", None, "0", 0, False, "none", "None", "null", [None], [""], " ", [False], ["none"], {"message": ""}],
    ids=repr,
)
def test_what_tells_of_no_error(value):
    for key in ("error", "errors"):
        answer = {"status": True, key: value}
        assert not errors_of(answer) and not refusals_of(answer) and says_done(answer, 200)


@pytest.mark.parametrize(
    ("error", "texts"),
    [
        ([" a ", "b"], ["a", "b"]),
        ({"code": "a", "message": "b"}, ["a"]),
        ({"code": 17, "message": "b"}, ["b"]),
        ({"code": 17}, ["17"]),
        ({"code": {"text": "a"}}, ["a"]),
        ([["a"], "b"], ["a", "b"]),
        (True, ["error"]),
    ],
)
def test_the_texts_of_an_error(error, texts):
    assert errors_of({"error": error}) == texts


@pytest.mark.parametrize("answer", ["error", ["error"], None, 17, {"vms": {}}, [{"error": "a"}, {"error": "b"}]])
def test_no_errors(answer):
    assert errors_of(answer) == []


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        ({"status": False}, False),
        ({"status": "error"}, True),
        ({"result": "error"}, True),
        ({"status": "error", "template": "debian-12"}, False),
        ({"status": "failed"}, False),
        ({"status": "failed", "message": "no such image"}, False),
        ({"status": False, "message": "Node is down"}, True),
        ({"status": "error", "msg": "Node is down"}, True),
        ({"success": False}, True),
        ({"code": 500, "message": "Node is down"}, True),
        ({"status": "off"}, False),
    ],
)
def test_where_the_status_is_asked_for(answer, refused):
    assert bool(denials_of(answer, own_status=True)) is refused


DONE = [
    {"status": True},
    {"status": 1},
    {"status": "1"},
    {"status": "ok"},
    {"status": "Success"},
    {"success": True},
    {"success": "yes"},
    {"ok": True},
    {"result": "success"},
    {"info": ["label_updated"]},
    {"info": "cancell_sent"},
    {"info": ["cancelled_already"]},
    {"info": [{"code": "reply_added"}]},
    {"contact_id": "1", "info": ["profile_added"]},
    {"code": 200, "message": "OK", "data": {"status": True}},
    {"data": {"status": True}, "error": [], "info": []},
    [{"status": True}],
]
UNCLEAR = [
    *([], {}, None, False, 0, 1, "", "OK", "Service not found", "false", [[]], [1, 2], {"data": None}, {"data": []}),
    *({"vms": []}, {"vm": {}}, {"message": "Queued"}, {"info": []}, {"info": ["Node is down"]}, {"status": "running"}),
    *({"status": None}, {"status": []}, {"error": []}, {"error": "0"}, {"code": 0, "message": "x"}, {"code": "x"}),
    *(
        {"code": 200, "message": "OK"},
        {"task_id": "58213"},
        {"vm": {"id": 5}},
        {"data": {"id": 5}},
        {"ticket": 5},
        True,
    ),
]


@pytest.mark.parametrize("answer", DONE, ids=repr)
def test_what_says_that_it_was_done(answer):
    assert not refusals_of(answer) and not errors_of(answer)
    assert says_done(answer, 200)


@pytest.mark.parametrize("answer", UNCLEAR, ids=repr)
def test_what_says_neither(answer):
    assert not refusals_of(answer) and not errors_of(answer)
    assert not says_done(answer, 200)
    assert says_done(answer, 204) is (answer == {})


def test_a_code_of_its_own():
    assert code_of({"code": 404, "message": "x"}) == 404
    assert code_of({"code": "node_down"}) is code_of({"code": 7}) is code_of([]) is None


def test_a_refusal_without_words_names_the_key_that_refuses():
    assert denials_of({"status": True, "code": 500}) == ["code: 500"]
    assert refusals_of({"success": True, "status": False}) == ["status: false"]
