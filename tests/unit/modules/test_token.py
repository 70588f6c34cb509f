# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import token
from unit.canned import Canned

USER = {"token": "", "username": "joe@example.com", "password": "secret"}
NONE = {"token": None, "refresh_token": None, "expires_at": None}


def test_logging_in():
    canned = Canned({"POST /login": {"token": "new", "refresh": "more"}})
    result = canned.run(token, **USER)
    assert canned.sent == [("POST /login", {"username": "joe@example.com", "password": "secret"})]
    assert result == {"changed": True, "token": "new", "refresh_token": "more", "expires_at": None}


def test_logging_in_needs_a_password():
    canned = Canned({})
    assert canned.run(token)["msg"].startswith("To log in, set username and password")
    assert canned.asked == []


def test_a_second_factor_is_a_clear_error():
    answer = {"token": None, "mfa": {"token": "m", "methods": ["totp"], "expires_at": 1}}
    result = Canned({"POST /login": answer}).run(token, **USER)
    assert result["failed"]
    assert "second factor to log joe@example.com in" in result["msg"]
    assert "Use a login without two-factor authentication" in result["msg"]


@pytest.mark.parametrize("more, refresh", [({"refresh": "more"}, "more"), ({}, None), ({"refresh": "old"}, None)])
def test_refreshing(more, refresh):
    canned = Canned({"POST /token": {"token": "new", **more}})
    result = canned.run(token, state="refreshed", refresh_token="old")
    assert canned.sent == [("POST /token", {"refresh_token": "old"})]
    assert (result["changed"], result["token"], result["refresh_token"]) == (True, "new", refresh)


@pytest.mark.parametrize(
    "options, route, body",
    [({"refresh_token": "old"}, "POST /revoke", {"refresh_token": "old"}), ({}, "POST /logout", None)],
)
@pytest.mark.parametrize(
    "answer, changed",
    [({"status": True}, True), ({"error": ["unauthorized"]}, False), ({"error": "token_expired"}, False)],
)
def test_ending(options, route, body, answer, changed):
    canned = Canned({route: answer})
    assert canned.run(token, state="absent", **options) == {**NONE, "changed": changed}
    assert canned.sent == [(route, body)]


def test_logging_out_with_wrong_credentials_fails():
    assert Canned({"POST /logout": {"error": ["wronglogin"]}}).run(token, state="absent", **USER)["failed"]


@pytest.mark.parametrize("state", ["present", "refreshed", "absent"])
def test_check_mode_sends_nothing(state):
    canned = Canned({})
    result = canned.run(token, check_mode=True, state=state, refresh_token="old", **USER)
    assert result == {**NONE, "changed": True}
    assert canned.asked == []
