# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms that nobody has listed: pages, failures, receipts, through the client, with what becomes of each."""

from __future__ import annotations

import contextlib
import itertools
import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    IncompleteList,
    PortalError,
    SindadError,
    UnclearResponse,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.response import RawResponse
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms
from unit.canned import OPTIONS
from unit.clock import MovedClock

VMS = [{"id": str(number), "label": f"vm{number}", "state": "online"} for number in range(1, 6)]
IDS = [vm["id"] for vm in VMS]


class Portal:
    """A transport that gives what *answer* makes of each request: a body, or a body with status and headers."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []
        self.client = Client(**OPTIONS, transport=self, clock=MovedClock())

    def send(self, request, credentials, limits):
        self.asked.append(dict(request.query or {}))
        answer = self.answer(request)
        body, status, headers = answer if isinstance(answer, tuple) else (answer, 200, {})
        return RawResponse(status, headers, json.dumps(body).encode())

    def ids(self):
        return [vm["id"] for vm in Vms(self.client, "1").list()]


# -- pages -----------------------------------------------------------------------------------------------------------


def styles(key):
    """The spellings of a key in snake case."""
    words = key.split("_")
    camel = words[0] + "".join(word.title() for word in words[1:])
    return list(dict.fromkeys((key, camel, camel[0].upper() + camel[1:], key.replace("_", "-"), key.upper())))


ADDRESS = "https://x.example.com/api/service/1/vms?page={}"
NUMBERS = (3, "3", "3.00", 3.0, "۳", " 3 ", "٣")
RECORDS = (5, "5", "5.00", 5.0, "۵", " 5 ", "٥")
LAST_KEYS = (
    *("total_pages", "page_count", "last_page", "pages", "num_pages", "number_of_pages", "pages_total", "max_page"),
    "page_total",
)
RECORD_KEYS = (
    *("total", "total_count", "total_records", "records_total", "total_items", "num_found", "record_count", "vm_count"),
    *("total_results", "items_total", "total_elements", "records_filtered", "count", "item_count", "total_vms"),
)
NEXT_KEYS = ("next", "next_page", "next_page_url", "next_url", "next_link", "next_href")
MORE_KEYS = ("has_more", "has_next", "has_next_page", "more", "has_more_pages", "is_more")
PLACES = ("beside", "within", "data", "data items", "result", "meta", "data meta", "page_info", "response")


def placed(place, entries, told):
    """A page of *entries* with what is *told* of the others."""
    return {
        "beside": {"vms": entries, **told},
        "within": {"vms": {"list": entries, **told}},
        "data": {"success": True, "data": {"vms": entries, **told}},
        "data items": {"success": True, "data": {"items": entries, **told}},
        "result": {"result": {"items": entries, **told}, "error": None},
        "meta": {"data": entries, "meta": told},
        "data meta": {"code": 200, "data": {"vms": entries, "meta": {"pagination": told}}},
        "page_info": {"vms": entries, "pageInfo": told},
        "response": {"response": {"status": "ok", "vms": entries, **told}},
    }[place]


def page_forms():
    """Names of forms, and what they tell on page *number* of three of a list of five."""
    for number, key in enumerate(LAST_KEYS):
        for style in styles(key):
            value = NUMBERS[number % len(NUMBERS)]
            yield f"{style}={value!r}", lambda page, style=style, value=value: {style: value}
    for number, key in enumerate(RECORD_KEYS):
        for style in styles(key):
            value = RECORDS[number % len(RECORDS)]
            yield f"{style}={value!r}", lambda page, style=style, value=value: {style: value}
    for key in NEXT_KEYS:
        for style in styles(key):
            yield style, lambda page, style=style: {style: ADDRESS.format(page + 1) if page < 3 else None}
    for number, key in enumerate(MORE_KEYS):
        for style in styles(key):
            more = ((True, False), (1, 0), ("1", "0"), ("yes", "no"), ("true", "false"))[number % 5]
            yield f"{style}={more[0]!r}", lambda page, style=style, more=more: {style: more[page == 3]}


FORMS = dict(page_forms())


def paged(answer):
    """The *answer* to page *number* as a portal gives it."""

    def reply(request):
        number = int((request.query or {}).get("page", 1))
        return answer(number, VMS[2 * number - 2 : 2 * number])

    return Portal(reply)


@pytest.mark.parametrize("place", PLACES)
def test_pages_in_any_spelling_are_followed_to_their_end(place):
    assert len(FORMS) > 150
    wrong = {}
    for name, told in FORMS.items():
        portal = paged(lambda number, entries, told=told: placed(place, entries, told(number)))
        try:
            found = portal.ids()
        except SindadError as error:
            found = str(error)
        if found != IDS:
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize("place", PLACES)
def test_pages_that_cannot_be_followed_are_an_error(place):
    read = {}
    for name, told in FORMS.items():
        with_first = paged(lambda number, entries, told=told: placed(place, VMS[:2], told(1)))
        with contextlib.suppress(IncompleteList):
            read[name] = with_first.ids()
    assert read == {}


#: What nobody has listed, and what may be the length of the list, or point to its rest.
UNLISTED = (
    *("total_hosts", "grand_total", "host_count", "numberOfServers", "totalForAccount", "vmsTotalOnPortal", "counted"),
    *("more_available", "loadMore", "moreOnServer", "nextBatch", "see_next"),
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("key", UNLISTED)
def test_what_nobody_has_listed_is_followed_or_an_error(key, place):
    def told(number):
        more = any(word in key.casefold() for word in ("more", "next"))
        return {key: number < 3} if more else {key: 5}

    with contextlib.suppress(SindadError):
        assert paged(lambda number, entries: placed(place, entries, told(number))).ids() == IDS
    with pytest.raises(SindadError):
        paged(lambda number, entries: placed(place, VMS[:2], told(1))).ids()


HEADS = {
    "Link": lambda page: {
        "Link": f'</vms?page=1>; rel="first", </vms?page={page + 1}>; rel="next"' if page < 3 else ""
    },
    "link in lower case": lambda page: (
        {"link": f"<https://x.example.com/vms?page={page + 1}>; rel=next"} if page < 3 else {}
    ),
    "X-Total-Count": lambda page: {"X-Total-Count": "5"},
    "x-total-count": lambda page: {"x-total-count": " 5 "},
    "X-Total": lambda page: {"X-Total": "5"},
    "X-WP-TotalPages": lambda page: {"X-WP-TotalPages": "3"},
    "X-Total-Pages": lambda page: {"X-Total-Pages": "3"},
    "X-Pagination-Total-Count": lambda page: {"X-Pagination-Total-Count": "5"},
    "X-Next-Page": lambda page: {"X-Next-Page": str(page + 1) if page < 3 else ""},
    "X-Has-More": lambda page: {"X-Has-More": "true" if page < 3 else "false"},
    "Content-Range": lambda page: {"Content-Range": f"items {2 * page - 2}-{2 * page - 1}/5"},
    "Total-Count": lambda page: {"Total-Count": "5"},
}


@pytest.mark.parametrize("status", [200, 206])
@pytest.mark.parametrize("name", HEADS)
def test_pages_in_headers_are_followed_or_refused(name, status):
    told = HEADS[name]
    portal = paged(lambda number, entries: ({"vms": entries}, status if number < 3 else 200, told(number)))
    assert portal.ids() == IDS
    with pytest.raises(IncompleteList):
        paged(lambda number, entries: ({"vms": VMS[:2]}, status, told(1))).ids()


def test_a_partial_response_is_not_a_whole_list():
    with pytest.raises(IncompleteList):
        paged(lambda number, entries: ({"vms": VMS[:2]}, 206, {})).ids()
    assert paged(lambda number, entries: ({"vms": VMS}, 206, {"Content-Range": "items 0-4/5"})).ids() == IDS


def test_headers_that_tell_of_other_things_are_left_alone():
    headers = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "59", "X-Page-Speed": "1.13", "X-Request-Id": "77"}
    headers = {
        **headers,
        "Content-Length": "5000",
        "X-Runtime": "12",
        "Age": "300",
        "X-Account": "9",
        "Link": "</a.css>; rel=preload",
    }
    portal = paged(lambda number, entries: ({"vms": VMS}, 200, headers))
    assert portal.ids() == IDS and portal.asked == [{}]


OFFSETS = ({"offset": 0, "limit": 2}, {"skip": 0, "take": 2}, {"offset": "0", "limit": "2", "total": "5"})


@pytest.mark.parametrize("told", OFFSETS, ids=repr)
def test_offsets_are_followed(told):
    key = next(iter(told))

    def reply(request):
        first = int((request.query or {}).get(key, 0))
        return {"vms": VMS[first : first + 2], **told, key: first}

    assert Portal(reply).ids() == IDS
    with pytest.raises(IncompleteList):
        Portal(lambda request: {"vms": VMS[:2], **told}).ids()


def test_a_full_page_is_asked_for_its_next():
    told = {"page": 1, "per_page": 2}
    portal = paged(lambda number, entries: {"vms": entries, **told, "page": number})
    assert portal.ids() == IDS
    assert (
        paged(lambda number, entries: {"vms": VMS[:2] if number == 1 else [], **told, "page": number}).ids() == IDS[:2]
    )
    with pytest.raises(IncompleteList):
        paged(lambda number, entries: {"vms": VMS[:2], **told}).ids()


def test_a_total_that_only_the_first_page_tells_is_remembered():
    portal = paged(lambda number, entries: {"vms": entries, **({"total": 5} if number == 1 else {})})
    assert portal.ids() == IDS


#: What says beside a list that something was left out.
SHORT = (
    *({"truncated": True}, {"isTruncated": "true"}, {"incomplete": 1}, {"incomplete_results": True}, {"partial": True}),
    *({"Partial": "yes"}, {"warning": "node 2 is not reachable"}, {"warnings": ["x"]}, {"more": True}, {"more": "yes"}),
    *({"status": "partial"}, {"result": "partial"}, {"state": "incomplete"}, {"complete": False}, {"isComplete": "no"}),
    *({"complete": 0}, {"is_last_page": False}, {"last": False}, {"final": False}, {"finished": "false"}),
    *({"missing": [7, 8]}, {"omitted": 3}, {"skipped_nodes": ["a"]}, {"unavailable": ["node2"]}, {"unreachable": "n"}),
    *({"remaining": 3}, {"degraded": True}, {"stale": True}, {"timedOut": True}, {"continue": "abc"}),
    *({"continuationToken": "abc"}, {"nextPageToken": "abc"}, {"cursor": "abc"}, {"next_cursor": "abc"}),
    *({"code": 206}, {"statusCode": 207}, {"status": 206}, {"message": "Showing 5 of 60"}, {"total": "many"}),
    *({"info": ["The list is incomplete"]}, {"msg": "Partial results"}, {"message": "Node 2 could not be reached"}),
    *(
        {"after": "/vms?offset=5"},
        {"total_pages": "2+"},
        {"total": {"value": 60, "relation": "eq"}},
        {"links": {"next": "/x"}},
    ),
    *(
        {"_links": {"next": {"href": "/vms?page=2"}}},
        {"pagination": {"links": {"next": "/vms?page=2"}}},
        {"type": "error"},
    ),
    {"paging": {"cursors": {"after": "x"}, "next": "/vms?after=x"}},
)


@pytest.mark.parametrize("told", SHORT, ids=repr)
@pytest.mark.parametrize("place", ["beside", "data", "within"])
def test_a_list_from_which_something_was_left_out_is_an_error(told, place):
    with pytest.raises(SindadError):
        paged(lambda number, entries: placed(place, VMS, told)).ids()


#: What may stand beside a whole list.
HARMLESS = (
    *(
        {"total": 5},
        {"count": 5},
        {"page": 1, "per_page": 25},
        {"page": {"current": 1, "total": 1}},
        {"has_more": False},
    ),
    *({"truncated": False}, {"warnings": []}, {"warning": None}, {"message": "OK"}, {"info": ["VMs listed"]}),
    *({"status": True}, {"status": "ok"}, {"code": 200}, {"status": 200}, {"statusCode": "200"}, {"success": 1}),
    *({"timestamp": 1732360000}, {"service_id": "1"}, {"limit": 10}, {"limit": 5}, {"vm_limit": 5}, {"next": None}),
    *({"next": ""}, {"nextPage": 0}, {"complete": True}, {"last": True}, {"rate_remaining": 59}, {"request_id": 77}),
    *({"links": {"self": "/vms?page=1", "first": "/vms?page=1", "prev": None, "next": None}}, {"errors": 0}),
    *(
        {"resources": {"memory": {"total": 4096, "used": 10}}},
        {"error": "none"},
        {"errorCode": 0},
        {"url": "/vms?page=1"},
    ),
    *({"currency": "USD"}, {"meta": {"total": "5.00", "generated": "now"}}, {"errorMessage": ""}, {"fault": None}),
    *({"total": "5", "totalPages": "1.0", "currentPage": "1"}, {"discount": 60}, {"account": 60}, {"country": 98}),
)


@pytest.mark.parametrize("told", HARMLESS, ids=repr)
@pytest.mark.parametrize("place", ["beside", "data"])
def test_a_whole_list_is_read_in_one_request(told, place):
    portal = paged(lambda number, entries: placed(place, VMS, told))
    assert portal.ids() == IDS and portal.asked == [{}]


# -- empty lists -----------------------------------------------------------------------------------------------------

UNKNOWN = (
    *({"notice": "Node is down"}, {"redirect": "/login"}, {"message": "Node is down"}, {"info": ["maintenance"]}),
    *({"state": "rebuilding index"}, {"hint": 5}, {"vm_state": {"31": "online"}}, {"hidden": [{"id": "31"}]}),
    *({"status": "degraded"}, {"status": "pending"}, {"code": 7}, {"result": "queued"}, {"ready": "soon"}),
    *(
        {"truncated": True},
        {"total": 3},
        {"totalCount": "3"},
        {"next": "/vms?page=2"},
        {"has_more": 1},
        {"warning": "x"},
    ),
    *({"machines": [{"id": "31"}]}, {"vms_by_node": {"n1": ["31"]}}, {"type": "error"}, {"loading": True}),
    *({"message": "در حال بروزرسانی"}, {"details": {"reason": "locked"}}, {"retry": "5s"}, {"total_pages": 2}),
)


@pytest.mark.parametrize("told", UNKNOWN, ids=repr)
@pytest.mark.parametrize("place", ["beside", "data", "within", "meta"])
@pytest.mark.parametrize("empty", [[], {}], ids=["list", "object"])
def test_an_empty_list_beside_what_nobody_knows_is_unknown(told, place, empty):
    portal = paged(lambda number, entries: placed(place, empty, told))
    if place == "within" and next(iter(told)) in ("hidden", "machines"):
        assert portal.ids() == ["31"]  # a group of VMs
        return
    with pytest.raises(SindadError):
        portal.ids()


EXPLAINED = (
    *({}, {"total": 0}, {"count": "0"}, {"page": {"current": 1, "total": 1}}, {"page": {"current": 1, "total": 0}}),
    *(
        {"message": "No VMs found"},
        {"info": []},
        {"info": ["No records"]},
        {"status": True},
        {"code": 200, "message": "OK"},
    ),
    *({"message": "هیچ موردی یافت نشد"}, {"has_more": False}, {"per_page": 25, "current_page": 1, "last_page": 1}),
    *({"errors": []}, {"error": "0"}, {"timestamp": 1732360000}, {"service_id": "1"}, {"sorter": {"perpage": 25}}),
    *({"next": None}, {"links": {"self": "/vms"}}, {"success": "yes"}, {"hint": None}, {"hint": ""}, {"more": 0}),
)


@pytest.mark.parametrize("told", EXPLAINED, ids=repr)
@pytest.mark.parametrize("place", ["beside", "data"])
@pytest.mark.parametrize("empty", [[], {}], ids=["list", "object"])
def test_an_empty_list_is_empty(told, place, empty):
    assert paged(lambda number, entries: placed(place, empty, told)).ids() == []


# -- failures --------------------------------------------------------------------------------------------------------

WORDS = "Node is down"
FAILURES = (
    *(
        {key: value}
        for key in ("error", "Error", "ERRORS", "fault", "Fault", "exception")
        for value in (WORDS, [WORDS])
    ),
    *({key: WORDS} for key in ("errorMessage", "error_message", "ErrorMsg", "error-text", "faultstring", "last_error")),
    *({key: {"message": WORDS}} for key in ("error", "Fault", "Exception", "failure", "apiError")),
    *({key: {"Code": 5, "Message": WORDS}} for key in ("Error", "fault")),
    *({key: False, "message": WORDS} for key in ("success", "Success", "OK", "isSuccess", "Status", "result")),
    *({key: 503, "message": WORDS} for key in ("code", "statusCode", "StatusCode", "http_status", "status", "Status")),
    *({key: True, "msg": WORDS} for key in ("hasError", "is_error", "failed", "denied", "Forbidden", "accessDenied")),
    *({"Status": "Failed", "Message": WORDS}, {"STATUS": "error", "MSG": WORDS}, {"errorCode": 17, "message": WORDS}),
)


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
@pytest.mark.parametrize("around", ["beside", "beside empty", "within", "data", "result", "alone", "listed", "deep"])
def test_a_failure_is_one_at_any_level_and_in_any_case(failure, around):
    answer = {
        "beside": {"vms": VMS, **failure},
        "beside empty": {"vms": [], **failure},
        "within": {"vms": failure},
        "data": {"data": {"vms": VMS, **failure}, "error": []},
        "result": {"result": failure},
        "alone": failure,
        "listed": [failure],
        "deep": {"success": True, "data": {"vms": failure}},
    }[around]
    with pytest.raises(SindadError) as refused:
        paged(lambda number, entries: answer).ids()
    assert isinstance(refused.value, PortalError)
    client = Portal(lambda request: answer).client
    with client.one_change(), pytest.raises(PortalError) as refused:
        client.delete("/service/@id/vms/@vmid", id="1", vmid="1")
    assert not isinstance(refused.value, UnclearResponse)


OWN = (
    *(
        {"error": None},
        {"error": ""},
        {"errors": []},
        {"status": "error"},
        {"status": False},
        {"error": "disk is full"},
    ),
    *({"success": False}, {"fault": "power supply"}, {"status": 500}, {"last_error": WORDS}, {"Failed": True}),
)


@pytest.mark.parametrize("own", OWN, ids=repr)
def test_what_an_entry_says_of_itself_is_not_the_envelope(own):
    vms = [{**vm, **own} for vm in VMS[:2]]
    for answer in ({"vms": vms}, {"vms": {vm["id"]: vm for vm in vms}}, {"data": {"vms": vms}}, vms):
        assert paged(lambda number, entries, answer=answer: answer).ids() == IDS[:2]
    assert paged(lambda number, entries: {"vms": {"1": vms[0]}}).ids() == IDS[:1]


# -- receipts --------------------------------------------------------------------------------------------------------

ROUTES = {
    "POST /service/@id/vms": {"id": "1"},
    "DELETE /service/@id/vms/@vmid": {"id": "1", "vmid": "2"},
    "PUT /details": {},
}


def changing(endpoint, body, status=200):
    """What becomes of a change that the portal answers so: done, refused, or unclear."""
    method, _blank, route = endpoint.partition(" ")
    ids = {part[1:]: "1" for part in route.split("/") if part.startswith("@")}
    client = Portal(lambda request: (body, status, {})).client
    with client.one_change():
        try:
            client.send(Request(method, route, tuple(ids.items()), {}))
        except UnclearResponse as error:
            assert error.outcome_unknown and not client.changed
            return "unclear"
        except PortalError:
            return "refused"
    assert client.changed
    return "done"


FLAG_KEYS = ("status", "success", "ok", "result", "Status", "SUCCESS", "Ok", "Result")
YES = (True, 1, "1", "true", "True", "yes", "OK", "ok", "success", "Success ", "successful", 1.0)
NO = (False, 0, "0", "false", "no", "error", "Failed", "denied")
AROUND = (lambda flag: flag, lambda flag: {"data": flag}, lambda flag: [flag], lambda flag: {**flag, "task_id": "5"})


@pytest.mark.parametrize("key, value", list(itertools.product(FLAG_KEYS, YES)), ids=repr)
def test_a_flag_that_says_yes_is_a_receipt(key, value):
    for endpoint, around in itertools.product(ROUTES, AROUND):
        assert changing(endpoint, around({key: value})) == "done"
        assert changing(endpoint, around({key: value, "error": WORDS})) == "refused"
        assert changing(endpoint, around({key: value, "statusCode": 403})) == "refused"
        assert changing(endpoint, around({key: value, "vm": {"id": 5, "error": WORDS}})) == "unclear"


@pytest.mark.parametrize("key, value", list(itertools.product(FLAG_KEYS, NO)), ids=repr)
def test_a_flag_that_says_no_is_a_refusal(key, value):
    for endpoint, around in itertools.product(ROUTES, AROUND):
        assert changing(endpoint, around({key: value})) == "refused"


CODES = (
    *("cancell_sent", "cancelled_already", "label_updated", "reply_added", "client_info_updated", "profile_added"),
    *("profile_updated", "upgrade_order_success"),
)
OBJECTS = {
    "POST /tickets": ({"ticket": 865650}, {"ticket": "865650", "info": []}),
    "POST /contact": ({"contact_id": "1"}, {"contact_id": 1, "info": ["profile_added"]}),
    "POST /service/@id/upgrade": ({"order_num": 8733}, {"invoice_id": "77", "order_num": None}, {"checkout": {}}),
}


@pytest.mark.parametrize("code", CODES)
def test_a_documented_code_is_a_receipt(code):
    for body in ({"info": [code]}, {"info": code}, {"data": {"info": [code]}}, {"Info": [code]}):
        assert changing("PUT /details", body) == "done"


@pytest.mark.parametrize("endpoint", OBJECTS)
def test_what_the_documentation_shows_is_a_receipt_there_and_nowhere_else(endpoint):
    for body in OBJECTS[endpoint]:
        assert changing(endpoint, body) == "done"
        if body.get("info") != ["profile_added"]:
            assert changing("DELETE /service/@id/vms/@vmid", body) == "unclear"
        assert changing(endpoint, {**body, "error": WORDS}) == "refused"
    for value in (None, 0, "0", "", False, True, [], {}, "none", "not_created"):
        assert changing(endpoint, {next(iter(OBJECTS[endpoint][0])): value}) == "unclear"


#: Bodies that say neither yes nor no.
UNCLEAR = (
    *([], {}, None, True, False, 0, 1, "", "OK", "true", "queued", [[]], [1], [True], {"data": None}, {"data": []}),
    *({"redirect": "/login"}, {"info": ["not_started"]}, {"info": ["vm_created"]}, {"info": ["job_queued"]}),
    *({"info": ["server_started"]}, {"info": "saved"}, {"message": "Queued"}, {"message": "OK"}, {"msg": "success"}),
    *({"task_id": "58213"}, {"job": 5}, {"vm": {"id": 5}}, {"vm": {"id": 5, "status": "running"}}, {"data": {"id": 5}}),
    *({"code": 200}, {"code": 200, "message": "OK"}, {"statusCode": 200}, {"status": "pending"}, {"status": "queued"}),
    *({"status": "processing"}, {"status": "accepted"}, {"status": "running"}, {"status": None}, {"status": []}),
    *({"status": {}}, {"status": 2}, {"status": 200}, {"result": {}}, {"result": {"vmid": 5}}, {"success": None}),
    *({"success": "maybe"}, {"ok": -1}, {"error": []}, {"error": "0"}, {"id": 5}, {"label": "web1"}, {"vms": []}),
    *({"checkout": {}}, {"order_num": 5}, {"csrf": "x"}, {"html": "<p>Hello</p>"}, {"vm": {"status": True}}),
    *({"status": True, "message": "The VM could not be started"}, {"success": True, "info": ["not_started"]}),
    *({"ok": True, "vms": [{"id": 5, "error": WORDS}]}, {"status": True, "server": {"power": "off", "success": False}}),
)


@pytest.mark.parametrize("body", UNCLEAR, ids=repr)
@pytest.mark.parametrize("status", [200, 201, 202])
def test_all_else_is_unclear(body, status):
    for endpoint in ROUTES:
        assert changing(endpoint, body, status) == "unclear"


REFUSED = (
    *({"Success": False}, {"statusCode": 403}, {"vm": {"error": WORDS}}, {"Error": [WORDS]}, {"fault": {"code": 5}}),
    *(
        {"result": {"success": False}},
        {"data": {"status": "error"}},
        {"response": {"ok": 0}},
        {"vm": {"status": "failed"}},
    ),
    *({"errorMessage": WORDS, "task_id": 5}, {"status": 500}, {"status": "422"}, {"failed": True}, {"hasErrors": 1}),
)


@pytest.mark.parametrize("body", REFUSED, ids=repr)
def test_a_refusal_in_any_form(body):
    for endpoint in ROUTES:
        assert changing(endpoint, body) == "refused"


def test_only_http_says_by_itself_that_it_was_done():
    client = Portal(lambda request: None).client
    client.transport.send = lambda request, credentials, limits: RawResponse(204, {}, b"")
    with client.one_change():
        client.delete("/service/@id/vms/@vmid", id="1", vmid="1")
    assert client.changed
    for status in (200, 201, 202):
        client.transport.send = lambda *sent, status=status: RawResponse(status, {}, b"")
        with client.one_change(), pytest.raises(PortalError) as lost:
            client.delete("/service/@id/vms/@vmid", id="1", vmid="1")
        assert lost.value.outcome_unknown
    client.transport.send = lambda *sent: RawResponse(204, {}, b"")
    with pytest.raises(IncompleteList):
        Vms(client, "1").list()
