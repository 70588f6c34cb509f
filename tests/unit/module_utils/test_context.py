# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a module begins and ends, whatever its run(context) does."""

from __future__ import annotations

import json

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.module_utils import _context
from ansible_collections.sindad.cloud.plugins.module_utils._context import CONNECTION
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.transition import Target, Transition
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    DecodingError,
    InvalidInput,
    PortalError,
    SindadError,
    TimedOut,
    TransportError,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from unit.canned import OPTIONS, Canned

PARAMS = {**dict.fromkeys(CONNECTION), **OPTIONS, "validate_certs": True, "timeout": 30, "service": "5"}
LABEL = "POST /service/5/label"


@pytest.fixture
def portal():
    return Canned({LABEL: {"status": True}, "GET /service": {"services": [{"id": 5, "domain": "a.b"}]}})


class SetLabel(Transition):
    """Label the service whose id is the record."""

    description = "to be labelled"

    def send(self, api, record):
        return api.post("/service/@id/label", {"label": "x"}, id=record)

    def is_done(self, record):
        return True

    def predict(self, record):
        return record


def act(context, service=5):
    context.apply(SetLabel(), Target("it", context.client, None, str), service)
    return {"label": "x", "diff": {"before": 1, "after": 2}}


def run_on(portal, run, params=PARAMS, *flags, **options):
    return _context.execute(run, params, *flags, make_client=portal.make_client, **options)


# -- success ---------------------------------------------------------------------------------------------------------


def test_what_run_returns_is_the_result(portal):
    assert run_on(portal, lambda context: {"label": "x"}, PARAMS) == ({"label": "x", "changed": False}, [])
    assert run_on(portal, lambda context: {"changed": True}, PARAMS) == ({"changed": True}, [])


def test_acting_is_changing(portal):
    assert run_on(portal, act, PARAMS) == ({"label": "x", "changed": True}, [])
    assert portal.sent == [(LABEL, {"label": "x"})]


def test_a_diff_is_shown_only_if_it_is_asked_for(portal):
    assert "diff" not in run_on(portal, act, PARAMS)[0]
    assert run_on(portal, act, PARAMS, diff=True)[0]["diff"] == {"before": 1, "after": 2}


def test_warnings_are_told_once(portal):
    def run(context):
        context.warn("a")
        context.warn("b")
        context.warn("a")
        return {}

    assert run_on(portal, run, PARAMS)[1] == ["a", "b"]


def test_secrets_are_taken_out_unless_they_are_wanted(portal):
    vm = {"id": "7", "password": "geheim", "raw": {"rootpass": "geheim", "list": [{"password": "geheim"}]}}

    def run(context):
        return {"vms": [vm], "token": "wanted", "diff": {"after": {"password": "geheim", "a": 1}}}

    result = run_on(portal, run, PARAMS, diff=True)[0]
    assert "geheim" not in json.dumps(result)
    assert result["vms"] == [{"id": "7", "password": None, "raw": {"list": [{}]}}]
    assert result["diff"] == {"after": {"a": 1}}
    assert result["token"] == "wanted"  # what a module returns by that name is its purpose
    assert run_on(portal, run, {**PARAMS, "return_password": True})[0]["vms"] == [vm]


@pytest.mark.parametrize("raw", [True, False])
def test_raw_is_left_out_on_request(portal, raw):
    ticket = {"number": "1", "raw": {"a": 1}, "replies": [{"id": "2", "raw": {"b": 1}, "password": "geheim"}]}
    result = run_on(portal, lambda context: {"tickets": [ticket]}, {**PARAMS, "raw": raw})[0]
    assert ('"raw"' in json.dumps(result)) is raw
    assert "geheim" not in json.dumps(result)
    assert result["tickets"][0]["replies"][0]["id"] == "2"


# -- check mode ------------------------------------------------------------------------------------------------------


def offers(*routes):
    return {"methods": [{"method": route.split()[0], "route": route.split()[1]} for route in routes]}


def test_check_mode_acts_not(portal):
    portal.answers["GET /service/5/methods"] = offers("POST /service/@id/label")
    assert run_on(portal, act, PARAMS, check_mode=True)[0] == {"label": "x", "changed": True}
    assert not portal.sent


@pytest.mark.parametrize("methods", [{"methods": []}, {"error": ["x"]}, {"status": True}], ids=repr)
def test_check_mode_where_the_portal_does_not_tell_what_it_offers(portal, methods):
    portal.answers["GET /service/5/methods"] = methods
    assert run_on(portal, act, PARAMS, check_mode=True)[0] == {"label": "x", "changed": True}


def test_check_mode_tells_what_is_not_offered(portal):
    portal.answers["GET /service/5/methods"] = offers("GET /service/@id/label")
    result = run_on(portal, act, PARAMS, check_mode=True)[0]
    assert result["failed"]
    assert "Service 5 does not offer POST /service/@id/label. It offers: GET /service/@id/label." in result["msg"]


# -- failure ---------------------------------------------------------------------------------------------------------


def fails(error):
    def run(context):
        raise error

    return run


@pytest.mark.parametrize("kind", [SindadError, InvalidInput, TimedOut, PortalError])
def test_a_failure_is_a_result(portal, kind):
    assert run_on(portal, fails(kind("It went wrong.")), PARAMS) == (
        {"failed": True, "msg": "It went wrong."},
        [],
    )


def test_a_failure_tells_the_request(portal):
    portal.answers[LABEL] = {"error": ["boom"]}
    result = run_on(portal, act, PARAMS)[0]
    assert result == {
        "failed": True,
        "msg": "The portal refused POST /service/5/label: boom.",
        "errors": ["boom"],
        "status_code": 200,
        "method": "POST",
        "path": "/service/5/label",
    }


def test_a_failure_after_a_change_says_that_something_was_changed(portal):
    def run(context):
        act(context)
        raise TimedOut("too long")

    assert run_on(portal, run, PARAMS)[0]["changed"] is True


def test_warnings_of_a_failure_are_kept(portal):
    def run(context):
        context.warn("a")
        raise InvalidInput("x")

    assert run_on(portal, run, PARAMS)[1] == ["a"]


def test_a_defect_is_a_sentence_without_credentials(portal):
    result = run_on(portal, fails(KeyError(f"no {OPTIONS['token']}")), PARAMS)[0]
    assert result["failed"] and "defect" in result["msg"] and "KeyError at test_context.py:" in result["msg"]
    assert OPTIONS["token"] not in json.dumps(result)
    assert result["exception"].startswith("Traceback") and "test_context.py" in result["exception"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("api_url", "http://example.com"),
        ("timeout", 0),
        ("timeout", float("nan")),
        ("retries", -1),
        ("ca_path", "/does/not/exist"),
        ("wait_timeout", 0),
        ("wait_timeout", -5),
        ("wait_timeout", float("nan")),
        ("wait_timeout", float("inf")),
    ],
)
def test_an_odd_option_is_a_failure_before_anything(portal, option, value):
    result, warnings = run_on(portal, act, {**PARAMS, option: value})
    assert result["failed"] and option in result["msg"] and warnings == []
    assert not portal.asked


def test_no_credentials(portal, monkeypatch):
    monkeypatch.undo()
    result = run_on(portal, act, {**PARAMS, "token": None})[0]
    assert result["failed"] and "username and password, or token" in result["msg"]
    assert (result["method"], result["path"]) == ("POST", "/service/5/label")


def changes(service):
    def run(context):
        act(context, service)

    return run


# -- better words ----------------------------------------------------------------------------------------------------


def test_an_unknown_service(portal):
    portal.answers["POST /service/6/label"] = {"error": ["Service not found"]}
    result = run_on(portal, changes(6), PARAMS)[0]
    assert result["msg"] == "Service 6 not found on this account. Available: 5 (a.b)."
    assert result["path"] == "/service/6/label"


@pytest.mark.parametrize(
    "refusal",
    [
        "Invalid request",
        "سرویس یافت نشد",
        "دسترسی ندارید",
        "noprivileges",
        "internal_error_0",
        {"status": False},
        {"code": 403, "message": "Forbidden"},
        {"Success": False},
    ],
    ids=repr,
)
def test_an_unknown_service_whatever_the_refusal_says(portal, refusal):
    portal.answers["POST /service/6/label"] = refusal if isinstance(refusal, dict) else {"error": [refusal]}
    result = run_on(portal, changes(6), PARAMS)[0]
    assert result["msg"] == "Service 6 not found on this account. Available: 5 (a.b)."


@pytest.mark.parametrize("refusal", ["wronglogin", "unauthorized", "token_expired"])
def test_a_bad_login_is_not_tried_again(portal, refusal):
    portal.answers["POST /service/6/label"] = {"error": [refusal]}
    assert refusal in run_on(portal, changes(6), PARAMS)[0]["msg"]
    assert portal.asked == [("POST /service/6/label", {"label": "x"})]


def test_a_refusal_of_a_service_that_is_there_stays_as_it_is(portal):
    portal.answers[LABEL] = {"error": ["Node is down"]}
    assert run_on(portal, act, PARAMS)[0]["msg"] == "The portal refused POST /service/5/label: Node is down."


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_route_that_the_portal_does_not_have(portal, status):
    request = Request("GET", "/notifications")
    portal.answers["GET /notifications"] = DecodingError("The portal answered with a page.", request, (), status)

    def run(context):
        context.client.get("/notifications")

    assert run_on(portal, run, PARAMS)[0]["msg"] == "This portal does not have GET /notifications."
    portal.answers["GET /service"] = DecodingError("The portal answered with a page.", request, (), status)
    assert run_on(portal, run, PARAMS)[0]["msg"] == "The portal answered with a page."


def test_a_route_that_the_service_does_not_offer(portal):
    portal.answers[LABEL] = {"error": ["Method not found"]}
    portal.answers["GET /service/5/methods"] = offers("GET /service/@id", "GET /service/@id/upgrade")
    result = run_on(portal, act, PARAMS)[0]
    assert result["msg"] == (
        "Service 5 does not offer POST /service/@id/label. It offers: upgrades (use sindad.cloud.service_upgrade)."
    )
    assert result["errors"] == ["Method not found"] and result["status_code"] == 200


def test_a_failure_stays_as_it_is_if_the_portal_does_not_explain_it(portal):
    portal.answers[LABEL] = {"error": ["Method not found"]}
    portal.answers["GET /service/5/methods"] = TransportError("x")
    assert run_on(portal, act, PARAMS)[0]["msg"] == "The portal refused POST /service/5/label: Method not found."


# -- options ---------------------------------------------------------------------------------------------------------


def test_a_number_must_be_positive(portal):
    def run(context):
        context.positive("a", "b")
        return {}

    assert run_on(portal, run, {**PARAMS, "a": 1, "b": None})[0] == {"changed": False}
    for value in (0, -1):
        assert "b must be more than 0" in run_on(portal, run, {**PARAMS, "a": 1, "b": value})[0]["msg"]


@pytest.mark.parametrize("value", ["", None])
def test_an_empty_variable_is_none(monkeypatch, value):
    for name in CONNECTION:
        if value is None:
            monkeypatch.delenv(f"SINDAD_{name.upper()}", raising=False)
        else:
            monkeypatch.setenv(f"SINDAD_{name.upper()}", value)
    checked = ArgumentSpecValidator(CONNECTION).validate({})
    assert checked.error_messages == []
    assert checked.validated_parameters["api_url"] == "https://my.sindad.com/api"
    assert checked.validated_parameters["validate_certs"] is True
    assert checked.validated_parameters["username"] is None


# -- every way out ---------------------------------------------------------------------------------------------------

HOSTILE = "Odd \x1b]0;evil\x07\u202e\x9b31m\u2066 سرور\u200cها. New root password: geheim"


def _fail(error):
    def run(context):
        raise error

    return run


def _warn(context):
    context.warn(HOSTILE)
    return {}


@pytest.mark.parametrize("return_password", [False, True])
@pytest.mark.parametrize(
    "run, ways",
    [
        (_warn, ["warnings"]),
        (_fail(SindadError(HOSTILE)), ["msg"]),
        (_fail(TimedOut(HOSTILE)), ["msg"]),
        (_fail(PortalError(HOSTILE, None, [HOSTILE, "wronglogin"], 200)), ["msg", "errors"]),
        (_fail(ValueError(HOSTILE)), ["msg", "exception"]),
        (lambda context: {"fleet": [{"msg": HOSTILE, "failed": True}]}, ["fleet"]),
    ],
)
def test_every_message_is_printable_and_holds_no_secret(portal, run, ways, return_password):
    params = {**PARAMS, "return_password": return_password}
    result, warnings = run_on(portal, run, params)
    text = json.dumps({**result, "warnings": warnings}, ensure_ascii=False)
    assert "geheim" not in text and not [sign for sign in "\x1b\x07\u202e\x9b\u2066" if sign in text]
    for way in ways:
        assert "سرور\u200cها" in json.dumps({**result, "warnings": warnings}[way], ensure_ascii=False)
    assert "\\u001b" not in text
    assert ("exception" in ways) is (result.get("exception", "").count("\n") > 3)


def test_text_in_records_stays_as_it_is(portal):
    record = {"label": "سرور\u200cها \u202e", "raw": {"msg": "\x1b"}}
    assert run_on(portal, lambda context: {"vm": record})[0]["vm"] == record


def test_each_request_that_is_described_is_printable(portal):
    lines = []
    portal.answers["GET /service/5/x"] = {"a": 1}

    def run(context):
        context.client.get("/service/@id/@what", id=5, what="\u202ex\x1b")
        return {}

    run_on(portal, run, PARAMS, False, False, 4, tell=lines.append)
    assert lines and all(line.isprintable() for line in lines)
