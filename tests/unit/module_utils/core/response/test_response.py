# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a response means, and what its messages advise. (What the client makes of responses: test_client.py.)"""

from __future__ import annotations

import datetime
import email.utils
import json
import time

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    DecodingError,
    NotFound,
    PortalError,
    RateLimited,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.response import (
    RawResponse,
    Response,
    bare_url,
    retry_after,
)

BEFORE = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\u00b2", None),
        ("Mon, 99 Foo 2026", None),
        ("0", 0),
        (" 7 ", 7),
        ("120", 120),
        (email.utils.format_datetime(BEFORE, usegmt=True), 0),
    ],
)
def test_retry_after(header, seconds):
    assert retry_after(header, time.time()) == seconds


@pytest.mark.parametrize("usegmt", [True, False])
def test_retry_after_as_a_date(usegmt):
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=60)
    assert 50 < retry_after(email.utils.format_datetime(then, usegmt), time.time()) <= 60


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://user:pw@host:8443/a?b#c", "https://host:8443/a"),
        ("/login?next=/api", "/login"),
        ("//user@host/x", "//host/x"),
        ("http://[::1", "an address that cannot be read"),
        ("nowhere", "nowhere"),
    ],
)
def test_an_address_without_what_it_may_hide(address, bare):
    assert bare_url(address) == bare


# -- messages --------------------------------------------------------------------------------------------------------

BASE = "https://portal.example.com/api"


def failure(content=b"", status=200, base=BASE, method="GET", route="/service", **ids):
    """The error that a response becomes."""
    request = Request(method, route, tuple(ids.items()))
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    response = Response(request, RawResponse(status, {}, content, base + request.path), str)
    with pytest.raises(PortalError) as caught:
        response.check(response.json())
    return caught.value


PAGE = b"<html><title>Not here</title></html>"


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("content", [b"", PAGE, b"Unauthorized"])
def test_without_json_401_and_403_are_about_the_login(status, content):
    error = failure(content, status)
    assert isinstance(error, AuthenticationFailed) and not error.outcome_unknown
    assert "Check username and password, or token" in str(error) and "api_url" not in str(error)


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_page_in_place_of_a_route_may_be_a_route_that_is_not_there(status):
    error = failure(PAGE, status, route="/notifications/new")
    assert isinstance(error, DecodingError)
    assert "Either this portal does not have GET /notifications/new, or: Check that api_url is the" in str(error)


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize("base", ["https://portal.example.com", "https://portal.example.com/"])
def test_an_address_without_a_path_is_completed(status, base):
    assert "the address of the API, such as https://portal.example.com/api." in str(failure(PAGE, status, base))
    assert "such as" not in str(failure(PAGE, status))


def test_a_login_that_is_broken_advises_to_do_without():
    error = failure({"error": ["internal_error_0"]}, method="POST", route="/login")
    assert isinstance(error, ApiError) and "Set username and password and no token" in str(error)
    assert "Set username" not in str(failure({"error": ["internal_error_0"]}))


MISSING = (
    *("VM not found", "vm_not_found", "The vm cannot be found", "VM does not exist", "VM doesn't exist", "No such VM"),
    *(
        "VM no longer exists",
        "Unknown VM",
        "unknown id",
        "ماشین مجازی یافت نشد",
        "سرویس پیدا نشد",
        "این سرور وجود ندارد",
    ),
    *("سرویس مورد نظر موجود نیست", "یافت\u200cنشد"),
)
TOO_FAST = (
    *(
        "Too many requests",
        "too many attempts",
        "Rate limit exceeded",
        "rate-limit",
        "request limit reached",
        "Throttled",
    ),
    *("Please slow down", "Request discarded", "تعداد درخواست‌ها زیاد است", "درخواست بیش از حد مجاز", "محدودیت درخواست"),
)
NEITHER = ("Node is down", "corporate limits apply", "resourcelimitreached", "VM limit reached", "noprivileges", "خطا")


@pytest.mark.parametrize("text", MISSING)
def test_what_does_not_exist_in_either_language(text):
    assert failure({"error": [text]}, route="/service/@id", id="1").__class__ is NotFound


@pytest.mark.parametrize("text", TOO_FAST)
def test_what_comes_too_fast_in_either_language(text):
    assert failure({"error": [text]}).__class__ is RateLimited


@pytest.mark.parametrize("text", NEITHER)
def test_other_refusals(text):
    assert failure({"error": [text]}, route="/service/@id", id="1").__class__ is ApiError


@pytest.mark.parametrize("body", [{"code": 404, "message": "x"}, {"statusCode": 404}, {"Status": "404"}])
def test_a_status_of_its_own_needs_no_words(body):
    assert failure(body, route="/service/@id", id="1").__class__ is NotFound


def test_a_refusal_without_end_is_cut():
    error = failure({"error": ["x" * 5000 for _each in range(10_000)]})
    assert len(str(error)) < 50_000 and len(error.errors) == 1
