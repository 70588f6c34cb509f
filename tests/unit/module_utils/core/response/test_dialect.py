# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A dialect on one answer: what the readers get, what counts as a refusal, and which rule applies."""

from __future__ import annotations

import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    InvalidInput,
    NotFound,
    PortalError,
    RateLimited,
    UnclearResponse,
    UnexpectedResponse,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.dialect import Dialect
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.response import RawResponse, Response

VMS = "GET /service/@id/vms"
START = "POST /service/@id/vms/@vmid/start"


def read(answers, request, answer, status=200, accept=()):
    """What the client gets of *answer*, and whether it was done."""
    method, route = request.split(" ")
    asked = Request(method, route, (("id", "7"), ("vmid", "1"), ("number", "5")))
    response = Response(asked, RawResponse(status, {}, json.dumps(answer).encode()), str)
    return Dialect({"answers": answers}).read(response, answer, accept, changes=method != "GET" and route != "/login")


def translated(answers, answer, request=VMS):
    return read(answers, request, answer)[0]


# -- where the payload stands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "key"),
    [
        (VMS, "vms"),
        ("GET /service", "services"),
        ("GET /service/@id/templates", "templates"),
        ("GET /service/@id/vms/@vmid/rebuild", "templates"),
        ("GET /contact", "contacts"),
        ("GET /serverstock", "servers"),
    ],
)
def test_a_list_is_put_under_its_documented_key(request_, key):
    assert translated({"GET *": {"at": "data.rows"}}, {"data": {"rows": [{"id": 1}]}}, request_) == {key: [{"id": 1}]}


@pytest.mark.parametrize(
    ("request_", "key"),
    [
        ("GET /service/@id", "service"),
        ("GET /details", "client"),
        ("GET /tickets/@number", "ticket"),
        ("GET /service/@id/vms/@vmid", "vm"),
        ("GET /balance", "details"),
        ("GET /service/@id/label", "label"),
        ("GET /service/@id/status", "status"),
        ("GET /service/@id/reinstall", "reinstall"),
        ("POST /tickets", "ticket"),
    ],
)
def test_an_object_is_put_under_its_documented_key_alone(request_, key):
    answer = {"ok": True, "state": "OK", "data": {"thing": {"id": 1}, "state": "x"}}
    assert translated({"*": {"at": "data.thing"}}, answer, request_) == {key: {"id": 1}}


def test_the_answer_of_a_login_is_the_payload_itself():
    answer = {"data": {"jwt": "a", "token": "b"}}
    assert translated({"POST /login": {"at": "data", "each": {"token": "jwt"}}}, answer, "POST /login") == {
        "jwt": "a",
        "token": "a",
    }


def test_an_expression_that_is_undefined_leaves_what_is_there():
    answer = {"vms": [{"id": 1}]}
    assert translated({VMS: {"at": "data.rows", "each": {"label": "displayName"}}}, answer) == answer


def test_without_at_the_entries_are_translated_where_they_stand():
    each = {VMS: {"each": {"label": "displayName"}}}
    entry, made = {"displayName": "web1"}, {"displayName": "web1", "label": "web1"}
    for wrap in (
        lambda payload: payload,
        lambda payload: {"vms": payload},
        lambda payload: {"data": payload},
        lambda payload: {"data": {"vms": payload}, "error": []},
        lambda payload: {"success": True, "data": {"items": payload, "page": {"current": 1, "total": 1}}},
        lambda payload: {"result": {"rows": payload}},
    ):
        for payload, expected in (([entry], [made]), ({"18": entry}, {"18": made})):
            if (isinstance(wrap(payload), dict) and wrap(payload) != payload) or isinstance(payload, list):
                assert translated(each, wrap(payload)) == wrap(expected)
    assert translated(each, {"18": entry}) == {"18": made}


# -- entries ---------------------------------------------------------------------------------------------------------


def test_keys_that_are_not_named_stay_and_undefined_ones_change_nothing():
    rule = {VMS: {"each": {"label": "displayName", "cpus": "numCpu"}}}
    answer = {"vms": [{"id": 1, "displayName": "a", "cpus": 9}, {"id": 2, "numCpu": 4}]}
    assert translated(rule, answer) == {
        "vms": [{"id": 1, "displayName": "a", "label": "a", "cpus": 9}, {"id": 2, "numCpu": 4, "cpus": 4}]
    }


def test_all_expressions_see_the_entry_as_it_came():
    assert translated({VMS: {"each": {"label": "id", "id": "label"}}}, {"vms": [{"id": 1, "label": "a"}]}) == {
        "vms": [{"id": "a", "label": 1}]
    }


def test_one_expression_gives_the_whole_entry():
    answer = {"data": [{"id": 1, "attributes": {"label": "a"}}, {"id": 2}]}
    assert translated({"GET *": {"at": "data", "each": "dict(attributes, id=id)"}}, answer) == {
        "vms": [{"label": "a", "id": 1}, {"id": 2}]
    }


def test_keys_of_a_more_exact_rule_apply_on_top_of_a_whole_entry():
    answers = {"GET *": {"at": "data", "each": "dict(attributes, id=id)"}, VMS: {"each": {"label": "displayName"}}}
    answer = {"data": [{"id": 1, "attributes": {"displayName": "a"}}]}
    made = {"vms": [{"id": 1, "displayName": "a", "label": "a"}]}
    assert translated(answers, answer) == made
    answers[VMS] = {"each": {"label": "attributes.displayName"}}
    assert translated(answers, answer) == made


def test_a_more_exact_whole_entry_is_not_changed_by_a_less_exact_key():
    answers = {"GET *": {"each": {"id": "uuid", "label": "name"}}, VMS: {"each": "dict(id=number)"}}
    assert translated(answers, {"vms": [{"uuid": "u", "number": 3, "name": "n"}]}) == {"vms": [{"id": 3, "label": "n"}]}


def test_entries_that_are_no_objects():
    templates = "GET /service/@id/templates"
    rule = {templates: {"each": {"name": "item", "id": "item | lower"}}}
    assert translated(rule, {"templates": ["Deb"]}, templates) == {"templates": [{"name": "Deb", "id": "deb"}]}
    assert translated({templates: {"each": {"name": "item"}}}, {"templates": {"deb12": "Debian"}}, templates) == {
        "templates": {"deb12": {"name": "Debian"}}
    }
    assert translated({templates: {"each": "item | upper"}}, {"templates": ["a"]}, templates) == {"templates": ["A"]}


@pytest.mark.parametrize("nothing", [[], {}, None, ""])
def test_nothing_stays_nothing(nothing):
    rule = {VMS: {"at": "data", "each": {"label": "'x'"}}}
    assert translated(rule, {"data": nothing}) == {"vms": nothing}


def test_the_entry_of_a_keyed_collection_may_be_named_like_a_key():
    rule = {VMS: {"each": {"label": "memory"}}}
    assert translated(rule, {"vms": {"memory": {"memory": "a"}}}) == {"vms": {"memory": {"memory": "a", "label": "a"}}}


def test_groups_of_entries():
    rule = {"GET /service/@id/templates": {"each": {"name": "title"}}}
    answer = {"templates": {"linux": [{"title": "a"}], "windows": []}}
    assert translated(rule, answer, "GET /service/@id/templates") == {
        "templates": {"linux": [{"title": "a", "name": "a"}], "windows": []}
    }


def test_one_object_in_a_list_or_by_its_id():
    rule = {"GET /service/@id/vms/@vmid": {"at": "data", "each": {"label": "n"}}}
    for wrap in (lambda vm: vm, lambda vm: [vm], lambda vm: {"18": vm}):
        answer = translated(rule, {"data": wrap({"n": "a"})}, "GET /service/@id/vms/@vmid")
        assert answer == {"vm": wrap({"n": "a", "label": "a"})}


def test_portal_text_is_no_template():
    rule = {VMS: {"each": {"label": "name ~ ''", "state": "item['s']"}}}
    (vm,) = translated(rule, {"vms": [{"name": "{{ 1+1 }}", "s": "{% raw %}"}]})["vms"]
    assert (vm["label"], vm["state"]) == ("{{ 1+1 }}", "{% raw %}")


def test_a_secret_that_a_rule_names_is_left_out_under_its_own_key():
    rule = {VMS: {"each": {"password": "access.phrase"}}}
    (vm,) = translated(rule, {"vms": [{"id": 1, "access": {"phrase": "S3cr3t", "port": 22}, "note": "S3cr3t"}]})["vms"]
    assert vm == {"id": 1, "access": {"port": 22}, "password": "S3cr3t"}


# -- beside ----------------------------------------------------------------------------------------------------------


def test_lists_beside_are_translated_like_the_payload():
    route = "GET /service/@id/reinstall/templates"
    rule = {
        route: {
            "at": "data.systems",
            "beside": {"recipes": "data.layouts", "total": "data.n"},
            "each": {"id": "key", "name": "title", "usablefor": "for"},
        }
    }
    answer = {"data": {"systems": [{"key": "d", "title": "D"}], "layouts": [{"key": "r", "title": "R"}], "n": 1}}
    assert translated(rule, answer, route) == {
        "templates": [{"key": "d", "title": "D", "id": "d", "name": "D"}],
        "recipes": [{"key": "r", "title": "R", "id": "r", "name": "R"}],
        "total": 1,
    }


def test_beside_without_at_completes_the_answer():
    rule = {"GET /tickets/@number": {"beside": {"replies": "ticket.thread"}, "each": {"body": "text"}}}
    answer = {"ticket": {"text": "a", "thread": [{"text": "b"}]}}
    assert translated(rule, answer, "GET /tickets/@number") == {
        "ticket": {"text": "a", "body": "a", "thread": [{"text": "b"}]},
        "replies": [{"text": "b", "body": "b"}],
    }


@pytest.mark.parametrize(
    ("around", "kept"),
    [
        ({"totalCount": 5}, {"totalCount": 5, "total": 5}),
        ({"totalCount": "5"}, {"totalCount": "5", "total": 5}),
        ({"totalCount": 2}, {"totalCount": 2}),
        ({"meta": {"recordCount": 9}, "count": 2}, {"meta": {"recordCount": 9}, "count": 2, "total": 9}),
        ({"totalPages": 3}, {"totalPages": 3}),
        ({"page": {"current": 1, "total": 3}}, {"page": {"current": 1, "total": 3}}),
        ({"has_more": True}, {"has_more": True}),
        ({"links": {"next": "?page=2"}}, {"links": {"next": "?page=2"}}),
        ({"requestId": "abc", "warnings": [], "message": "OK"}, {}),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_what_tells_of_pages_survives(around, kept, inside):
    items = [{"id": 1}, {"id": 2}]
    answer = {"data": {"items": items, **around}} if inside else {"data": {"items": items}, **around}
    for at in ("data.items", "data['items']", "data.items | default(data)", "data.items | map('default') | list"):
        assert translated({"GET *": {"at": at}}, answer) == {"vms": items, **kept}


@pytest.mark.parametrize("around", [{"totalCount": 0, "page": 1, "pageSize": 20}, {"hasMore": False, "next": None}])
def test_an_empty_list_has_nothing_beside_it(around):
    assert translated({"GET *": {"at": "data.items"}}, {"data": {"items": [], **around}}) == {"vms": []}


def test_an_empty_list_that_says_it_is_longer_says_so():
    assert translated({"GET *": {"at": "data.items"}}, {"data": {"items": [], "total": 4}}) == {"vms": [], "total": 4}


def test_total_and_next_of_the_rule_count_and_nothing_that_contradicts_them():
    answer = {"data": {"items": [{"id": 1}], "totalCount": 900, "n": 1, "nextPage": 2, "page": 1}}
    rule = {"GET *": {"at": "data.items", "beside": {"total": "data.n"}}}
    assert translated(rule, answer) == {"vms": [{"id": 1}], "total": 1, "nextPage": 2, "page": 1}
    rule = {"GET *": {"at": "data.items", "beside": {"next": "data.after | default(none)"}}}
    assert translated(rule, answer) == {"vms": [{"id": 1}], "next": None, "totalCount": 900}


# -- which rule ------------------------------------------------------------------------------------------------------


def test_all_rules_that_fit_apply_together_and_the_most_exact_counts():
    answers = {
        "GET /service/@id/vms*": {"each": {"label": "'exact'"}},
        "GET *": {"at": "data", "each": {"label": "'any'", "state": "'any'"}},
        "*": {"at": "nothing.here"},
        "GET /service/*": {"each": {"state": "'service'"}},
    }
    assert translated(answers, {"data": [{}]}) == {"vms": [{"label": "exact", "state": "service"}]}


def test_the_later_of_two_that_are_as_exact_counts():
    answers = {"GET /service/@id/vm*": {"each": {"label": "'1'"}}, "GET */service/@id/vm": {"each": {"label": "'0'"}}}
    assert "GET /service/@id/vms" not in answers
    answers = {"GET /service/@id/v*": {"each": {"label": "'1'"}}, "GET /service/@id/*v*": {"each": {"label": "'2'"}}}
    assert translated(answers, {"vms": [{"id": 1}]})["vms"][0]["label"] == "2"
    assert translated(dict(reversed(list(answers.items()))), {"vms": [{"id": 1}]})["vms"][0]["label"] == "1"


def test_the_names_of_ids_and_the_case_of_the_method_do_not_matter():
    assert translated({"get  /service/@service/vms": {"at": "d"}}, {"d": [{"id": 1}]}) == {"vms": [{"id": 1}]}


# -- refusals --------------------------------------------------------------------------------------------------------

RULED = {"*": {"refused": "not success", "reason": "error.message"}}


def test_a_refusal_has_its_reason():
    with pytest.raises(ApiError) as refusal:
        read(RULED, START, {"success": False, "error": {"message": "Quota used up"}})
    assert refusal.value.errors == ["Quota used up"] and not refusal.value.outcome_unknown
    assert "refused POST /service/7/vms/1/start: Quota used up" in str(refusal.value)


@pytest.mark.parametrize("status", [200, 400, 422, 500, 502, 503])
def test_a_refusal_is_certain_whatever_the_status(status):
    with pytest.raises(PortalError) as refusal:
        read(RULED, START, {"success": False, "error": {"message": "Quota used up"}}, status)
    assert not refusal.value.outcome_unknown
    assert "may" not in str(refusal.value)
    assert "Quota used up" in str(refusal.value)


@pytest.mark.parametrize(
    ("reason", "status", "kind"),
    [
        ("VM not found", 200, NotFound),
        ("wronglogin", 200, AuthenticationFailed),
        ("x", 401, AuthenticationFailed),
        ("x", 404, NotFound),
        ("too many requests", 200, RateLimited),
        ("x", 503, RateLimited),
    ],
)
def test_the_reason_says_what_kind_of_refusal_it_is(reason, status, kind):
    with pytest.raises(kind):
        read(RULED, VMS, {"success": False, "error": {"message": reason}}, status)


def test_a_refusal_without_a_reason():
    with pytest.raises(ApiError, match="refused"):
        read(RULED, VMS, {"success": False})
    with pytest.raises(ApiError, match="Broken"):
        read(RULED, VMS, {"success": False, "message": "Broken"})


def test_a_reason_that_the_caller_handles():
    answers = {"*": {"refused": "code != 0", "reason": "{17: 'cancelled_already'}.get(code, code)"}}
    route = "POST /service/@id/cancel"
    assert read(answers, route, {"code": 17}, accept=["cancelled_already"]) == ({"code": 17}, False)


def test_where_refused_is_defined_the_flags_of_the_answer_are_not_asked():
    answers = {"*": {"refused": "state == 'NO'"}, VMS: {"at": "list"}}
    answer = {"state": "FINE", "success": False, "error": ["none of your business"], "list": [{"id": 1}]}
    assert translated(answers, answer) == {"vms": [{"id": 1}]}
    with pytest.raises(ApiError):
        read(answers, VMS, {key: value for key, value in answer.items() if key != "state"})


def test_where_refused_is_undefined_the_untranslated_answer_must_not_be_a_refusal():
    with pytest.raises(ApiError, match="Broken"):
        read({"GET *": {"at": "data"}}, VMS, {"success": False, "message": "Broken", "data": []})


def test_a_status_of_http_refuses_although_the_dialect_does_not():
    with pytest.raises(PortalError):
        read(RULED, VMS, {"success": True, "vms": []}, 500)


def test_done_confirms_a_change_and_asks_no_flags():
    answers = {"POST *": {"done": "data.taskId is defined"}}
    assert read(answers, START, {"status": "failed-looking", "data": {"taskId": 5}})[1] is True
    assert read({"*": {"done": "true"}}, START, {"error": ["x"]})[1] is True


def test_done_that_is_false_confirms_nothing_whatever_the_flags():
    with pytest.raises(UnclearResponse):
        read({"POST *": {"done": "state == 'DONE'"}}, START, {"success": True, "state": "QUEUED"})


def test_done_that_is_undefined_leaves_it_to_the_flags():
    assert read({"POST *": {"done": "state == 'DONE'"}}, START, {"success": True})[1] is True
    with pytest.raises(ApiError):
        read({"POST *": {"done": "state == 'DONE'"}}, START, {"success": False})


def test_a_refusal_counts_more_than_done():
    with pytest.raises(ApiError):
        read({"*": {"refused": "true", "done": "true"}}, START, {"a": 1})


def test_an_answer_that_is_not_refused_is_no_receipt_by_itself():
    with pytest.raises(UnclearResponse):
        read({"*": {"refused": "status == 'NO'"}}, START, {"status": "HM"})


def test_done_means_nothing_for_what_is_read():
    assert translated({"*": {"done": "false"}}, {"vms": []}) == {"vms": []}


# -- expressions that fail -------------------------------------------------------------------------------------------


def test_an_expression_that_fails_on_what_is_read_is_an_error_with_route_expression_and_keys():
    with pytest.raises(UnexpectedResponse) as failure:
        read({VMS: {"each": {"memory": "ram * 1024 / 'x'"}}}, VMS, {"vms": [{"id": 1, "ram": 2}]})
    message = str(failure.value)
    assert all(part in message for part in (VMS, "ram * 1024 / 'x'", "id, ram, item"))


def test_an_expression_that_fails_on_the_answer_to_a_change_makes_it_unclear():
    with pytest.raises(UnclearResponse) as failure:
        read({"*": {"done": "status / 2"}}, START, {"status": "OK"})
    assert failure.value.outcome_unknown and "status / 2" in str(failure.value)
    with pytest.raises(UnclearResponse):
        read({"*": {"at": "status / 2"}}, START, {"status": "OK"})


# -- what a user wrote -----------------------------------------------------------------------------------------------


def wrong(source):
    with pytest.raises(InvalidInput) as refusal:
        Dialect(source)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"anwsers": {}}, ["anwsers", "Did you mean answers?"]),
        ({"answers": {"GET /service/@id/vmz": {}}}, ["GET /service/@id/vmz", "Did you mean GET /service/@id/vms?"]),
        ({"answers": {"/service": {}}}, ["/service", "Did you mean GET /service?"]),
        ({"answers": {"PUT /service*": {}, "PATCH *": {}}}, ["PATCH *", "not a documented route"]),
        ({"answers": {VMS: {"eech": {}}}}, ["eech", VMS, "Did you mean each?"]),
        ({"answers": {VMS: {"each": {"label": "?"}}}}, [VMS, "each.label", '"?"']),
        ({"answers": {VMS: {"at": " ? "}}}, ['at is still "?"']),
        ({"answers": {VMS: {"each": "?"}}}, ['each is still "?"']),
        ({"answers": {VMS: {"each": {"label": "a b"}}}}, ["label", "line 1, column 3", "'a b'"]),
        ({"answers": {VMS: {"each": {"label": "a | bool"}}}}, ["label", "no filter bool", "column 5"]),
        ({"answers": {VMS: {"each": {"label": "a.__class__"}}}}, ["label", "__class__"]),
        ({"answers": {VMS: {"each": {"label": None}}}}, ["label", "empty"]),
        ({"answers": {VMS: {"each": {"label": ["a"]}}}}, ["label", "must be an expression"]),
        ({"answers": {VMS: {"beside": "a"}}}, ["beside", "must hold"]),
        ({"answers": {VMS: "a"}}, [VMS, "must be a mapping"]),
        ({"answers": []}, ["answers", "must hold routes"]),
        ({"portal": 5}, ["portal"]),
        ([], ["must be a mapping"]),
        ({"answers": {VMS: {"each": {f"k{n}": "a" for n in range(6000)}}}}, ["too many"]),
    ],
)
def test_what_is_wrong_in_a_dialect_is_named(source, words):
    message = wrong(source)
    assert message.startswith("dialect: ")
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("portal", "api_url", "same"),
    [
        ("https://portal.example.com/api", "https://portal.example.com/api", True),
        ("https://Portal.Example.com:443/api/", "https://portal.example.com/api", True),
        ("https://portal.example.com/api", "https://portal.example.com/api2", False),
        ("https://portal.example.com/api", "https://other.example.com/api", False),
        ("https://portal.example.com:8443/api", "https://portal.example.com/api", False),
    ],
)
def test_another_portal_is_refused(portal, api_url, same):
    rules = Dialect({"portal": portal, "answers": {}}).rules
    if same:
        rules.ensure_portal(api_url)
    else:
        with pytest.raises(InvalidInput, match="but api_url is"):
            rules.ensure_portal(api_url)


def test_constants_of_yaml_are_expressions():
    assert translated({VMS: {"each": {"built": True, "memory": 1024}}}, {"vms": [{"id": 1}]}) == {
        "vms": [{"id": 1, "built": True, "memory": 1024}]
    }


def test_many_stars_take_no_time():
    assert "not a documented route" in wrong({"answers": {"GET " + "*e" * 2000 + "*": {}}})


def test_expressions_that_were_undefined_every_time_are_listed():
    dialect = Dialect(
        {"answers": {VMS: {"at": "data", "each": {"label": "name", "memory": "ramm"}}, START: {"done": "x"}}}
    )
    request = Request("GET", "/service/@id/vms", (("id", 1),))
    dialect.read(Response(request, RawResponse(200, {}, b""), str), {"data": [{"name": "a"}]})
    assert dialect.unused == ["ramm"]
