# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose login goes where, and the spelling of a portal's address."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.options import (
    canonical_url,
    is_same_portal,
    refuse_empty,
    with_environment,
)

A, B = "https://a.example.com/api", "https://b.example.com/api"
LOGIN = {"SINDAD_USERNAME": "me@example.com", "SINDAD_PASSWORD": "secret"}
SPELLINGS = [
    "https://a.example.com/api/",
    "HTTPS://A.Example.COM/api",
    "https://a.example.com:443/api",
    "https://a.example.com./api",
    "  https://a.example.com/api//  ",
]
OTHERS = [
    "https://a.example.com/API",
    "https://a.example.com:8443/api",
    "https://a.example.com",
    "https://a.example.com/api/v2",
    "https://a.example.com.evil.example/api",
    "https://xn--a.example.com/api",
    "https://[2001:db8::1]/api",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_of_one_portal(spelling):
    assert canonical_url(spelling) == A
    assert is_same_portal(spelling, A) and is_same_portal(A, spelling)


@pytest.mark.parametrize(
    "other", [*OTHERS, "", None, "a.example.com", "ftp://a.example.com/api", "https://", 7, "{{ x }}"]
)
def test_anything_else_is_another_portal(other):
    assert not is_same_portal(other, A) and not is_same_portal(A, other)


def test_addresses_of_this_machine_and_of_ipv6():
    assert canonical_url("http://127.0.0.1:80/api") == "http://127.0.0.1/api"
    assert canonical_url("http://[0:0:0:0:0:0:0:1]:8080/") == "http://[::1]:8080"
    assert canonical_url("https://[2001:DB8::0001]/api") == "https://[2001:db8::1]/api"
    assert not is_same_portal("http://127.0.0.1/api", "http://localhost/api")


def test_names_of_other_scripts_are_not_folded():
    """Foldings of IDNA differ between its versions: what only one of them folds is another portal."""
    assert not is_same_portal("https://stra\u00dfe.example/api", "https://strasse.example/api")
    assert canonical_url("https://سرور.example/api") == "https://سرور.example/api"


def completed(given=None, **environment):
    return with_environment(given or {}, environment)


def test_the_environment_completes_a_task_at_its_portal():
    everything = {**LOGIN, "SINDAD_API_URL": B, "SINDAD_VALIDATE_CERTS": "false", "SINDAD_TIMEOUT": "7"}
    assert completed(**everything) == {
        "api_url": B,
        "username": "me@example.com",
        "password": "secret",
        "validate_certs": "false",
        "timeout": "7",
    }
    assert completed({"api_url": B + "/"}, **everything)["password"] == "secret"
    assert completed({"username": "other"}, **everything) == {**completed(**everything), "username": "other"}


@pytest.mark.parametrize("default", [{}, {"SINDAD_API_URL": ""}, {"SINDAD_API_URL": "  "}])
def test_without_an_address_the_environment_is_of_the_default_portal(default):
    assert "password" in completed(**LOGIN, **default)
    assert "password" in completed({"api_url": "https://my.sindad.com/api/"}, **LOGIN, **default)
    assert completed({"api_url": B}, **LOGIN, **default) == {"api_url": B}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"username": "you@example.com"},
        {"password": "other"},
        {"token": "abc"},
        {"username": "", "password": ""},
        {"token": ""},
        {"token": None},
        {"username": "you@example.com", "password": None},
    ],
)
@pytest.mark.parametrize("url", [B, *OTHERS, "", None, "nonsense"])
def test_nothing_of_a_login_goes_to_another_portal(given, url):
    environment = {**LOGIN, "SINDAD_TOKEN": "t", "SINDAD_API_URL": A, "SINDAD_VALIDATE_CERTS": "no"}
    assert completed({**given, "api_url": url}, **environment) == {**given, "api_url": url}


def test_what_is_of_the_machine_counts_for_every_portal():
    found = {"timeout": "5", "retries": "1", "ca_path": "/ca.pem"}
    environment = {f"SINDAD_{name.upper()}": value for name, value in found.items()}
    assert completed({"api_url": B}, SINDAD_API_URL=A, **LOGIN, **environment) == {"api_url": B, **found}


def test_an_address_of_the_environment_that_is_none_gives_no_login_to_another():
    assert completed({"api_url": B}, SINDAD_API_URL="nonsense", **LOGIN) == {"api_url": B}
    assert completed(SINDAD_API_URL="nonsense", **LOGIN)["api_url"] == "nonsense"


@pytest.mark.parametrize("given", [{"username": "other"}, {"password": "p"}, {"username": "other", "password": "p"}])
def test_a_token_of_the_environment_does_not_win_over_a_login_of_the_task(given):
    found = completed(given, **LOGIN, SINDAD_TOKEN="t")
    assert "token" not in found and {**found, **given} == found


def test_empty_variables_are_not_set():
    assert completed(**dict.fromkeys(("SINDAD_API_URL", "SINDAD_TOKEN", "SINDAD_CA_PATH", "SINDAD_TIMEOUT"), "")) == {}
    assert completed(SINDAD_TOKEN="  ", **LOGIN) == {"username": "me@example.com", "password": "secret"}


@pytest.mark.parametrize("empty", ["", "  ", "\n", None])
@pytest.mark.parametrize("name", ["api_url", "username", "password", "token", "ca_path", "timeout"])
def test_an_option_that_is_set_but_empty_is_named(name, empty):
    given = {"service": "1", name: empty}
    with pytest.raises(InvalidInput, match=f"^{name} is set but empty"):
        refuse_empty(given)
    environment = {**LOGIN, "SINDAD_TOKEN": "t", "SINDAD_CA_PATH": "/ca", "SINDAD_TIMEOUT": "1"}
    assert with_environment(given, environment)[name] == (empty and "")


def test_only_options_of_the_connection_may_not_be_empty():
    refuse_empty({"label": "", "service": None, "validate_certs": False, "retries": 0, "token": "a"})
    with pytest.raises(InvalidInput, match=r"^username is set but empty; password is set but empty"):
        refuse_empty({"username": "", "password": None})
