# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the connection options come from: the file, its templates, the environment, a vault."""

from __future__ import annotations

import base64

import pytest

ALL = 11


def authorizations(site):
    """The ways of authentication that the portal saw."""
    return {each["auth"] for each in site.portal.log()}


def env_of(site, **more):
    return {
        "SINDAD_API_URL": site.portal.api_url,
        "SINDAD_USERNAME": "user@example.com",
        "SINDAD_PASSWORD": "secret",
        **more,
    }


def test_the_environment(site):
    bare = site.core.source()
    assert len(site.parse_file(bare, env=env_of(site)).names) == ALL
    # AWX sets every variable of a credential, also those that were left empty
    empty = {f"SINDAD_{name}": "" for name in ("TOKEN", "CA_PATH", "VALIDATE_CERTS", "TIMEOUT", "RETRIES")}
    assert len(site.parse_file(bare, env=env_of(site, **empty)).names) == ALL
    assert "https://my.sindad.com/api" in site.parse_file(bare, env={"SINDAD_API_URL": ""}).error
    more = {"SINDAD_VALIDATE_CERTS": "False", "SINDAD_TIMEOUT": "2.5", "SINDAD_RETRIES": "0"}
    assert len(site.parse_file(bare, env=env_of(site, **more)).names) == ALL
    assert authorizations(site) == {"basic"}


def test_a_token_wins_and_the_file_wins_over_the_environment(site):
    login = site.portal.control  # the emulator's own API knows no login: ask the portal
    assert login
    token = _token(site)
    site.portal.clear_log()
    assert len(site.parse(token=token, username="somebody", password="else").names) == ALL
    assert authorizations(site) == {"token"}
    source = site.core.source(api_url=site.portal.api_url, token=token)
    assert (
        len(site.parse_file(source, env={"SINDAD_API_URL": "http://127.0.0.1:1", "SINDAD_TOKEN": "other"}).names) == ALL
    )
    assert (
        len(site.parse_file(site.core.source(), env=env_of(site, SINDAD_PASSWORD="no", SINDAD_TOKEN=token)).names)
        == ALL
    )


def _token(site):
    import json
    import urllib.request

    body = json.dumps({"username": "user@example.com", "password": "secret"}).encode()
    request = urllib.request.Request(f"{site.portal.api_url}/login", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)["token"]


def test_templates(site):
    found = site.parse(
        env={"MY_PASSWORD": "secret"},
        extra_vars=('{"who": "user", "seconds": 7, "checked": false}',),
        api_url="{{ '" + site.portal.url + "' ~ '/api' }}",
        username="{{ who }}@example.com",
        password="{{ lookup('ansible.builtin.env', 'MY_PASSWORD') }}",
        validate_certs="{{ checked }}",
        timeout="{{ seconds }}",
        retries="{{ 1 + 1 }}",
    )
    assert len(found.names) == ALL
    undefined = site.parse(password="{{ nobody_knows }}")
    assert "nobody_knows" in undefined.error and "secret" not in undefined.error


@pytest.mark.parametrize("password", ["{{ 6 * 7 }}", "a{%b", "پسورد{#", " blank "])
def test_a_password_of_the_environment_is_no_template(site, password):
    site.portal.reset(password=password)
    assert len(site.parse_file(site.core.source(), env=env_of(site, SINDAD_PASSWORD=password)).names) == ALL


def test_a_vault(site):
    """Secrets in the source file itself, encrypted with ansible-vault."""
    key = site.core.home / "vault-key"
    key.write_text("open sesame\n")
    made = site.core.run(
        "ansible-vault", "encrypt_string", "--vault-password-file", key, "secret", "--name", "password"
    )
    assert made.code == 0, made.text
    source = site.core.source(
        f"plugin: sindad.cloud.sindad\napi_url: {site.portal.api_url}\nusername: user@example.com\n{made.out}\n"
    )
    found = site.list(source, "--vault-password-file", key)
    assert len(found.hosts) == ALL
    locked = site.list(source)
    assert locked.code != 0 and "vault" in locked.text.lower()
    assert base64.b64encode(b"user@example.com:secret").decode() not in found.out + found.err + locked.err


@pytest.mark.parametrize(
    "empty", ["''", "~", "'  '", "\"{{ '' }}\"", "\"{{ lookup('env', 'NOT_SET') }}\"", '"{{ none }}"']
)
@pytest.mark.parametrize("name", ["token", "username", "password", "api_url"])
def test_the_environment_replaces_no_option_without_a_value(site, name, empty):
    """A login for one portal never goes to another because a variable of the other's was not set."""
    text = f"plugin: sindad.cloud.sindad\n{name}: {empty}\n"
    if name != "api_url":
        text += f"api_url: {site.portal.api_url}\n"
    source = site.core.source(text)
    for environment in (env_of(site), env_of(site, SINDAD_API_URL=""), env_of(site, SINDAD_API_URL="http://[::1]:1/")):
        assert f"{name} is set but empty" in site.parse_file(source, env=environment).error
    assert authorizations(site) == set()


def test_a_login_of_the_environment_goes_to_no_other_portal(site):
    elsewhere = env_of(site, SINDAD_API_URL="https://elsewhere.example.com/api")
    for options in ({}, {"username": "user@example.com"}, {"password": "secret"}):
        found = site.parse_file(site.core.source(api_url=site.portal.api_url, **options), env=elsewhere)
        assert "No credentials for" in found.error
    assert authorizations(site) == set()
    found = site.parse_file(site.core.source(api_url=site.portal.api_url.replace("/api", "/api/")), env=env_of(site))
    assert len(found.names) == ALL
