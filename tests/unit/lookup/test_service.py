# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup ``sindad.cloud.service``."""

from __future__ import annotations

import pytest
import requests
from ansible.errors import AnsibleError
from ansible_collections.sindad.cloud.plugins.lookup.service import LookupModule
from unit.emulated import load_emulator

EMULATOR = load_emulator()
pytestmark = pytest.mark.skipif(EMULATOR is None, reason="the emulator is not installed")


@pytest.fixture(scope="module")
def running():
    with EMULATOR.serve() as portal:
        yield portal


@pytest.fixture
def portal(running, monkeypatch):
    running.reset()
    running.clear_log()
    monkeypatch.setenv("SINDAD_API_URL", running.api_url)
    monkeypatch.setenv("SINDAD_USERNAME", "user@example.com")
    monkeypatch.setenv("SINDAD_PASSWORD", "secret")
    monkeypatch.delenv("SINDAD_TOKEN", raising=False)
    return running


def look_up(*terms, **options):
    return LookupModule().run(list(terms), {}, **options)


def test_ids_and_fields(portal):
    assert look_up("cloud-a.example.com", "201") == ["101", "201"]
    assert look_up("101", "server1.example.com", field="domain") == ["cloud-a.example.com", "server1.example.com"]
    assert look_up("101", field="status") == ["Active"]
    assert len(portal.log()) == 3, "one list for all terms"


def test_an_id_costs_no_request(portal):
    assert look_up("4711") == ["4711"]
    assert portal.log() == []


def test_a_label_is_read_from_its_route(portal):
    portal.tamper({"service": "101", "set": {"label": "{{ 7 * 7 }} #prod"}})
    assert look_up("cloud-a.example.com", field="label") == ["{{ 7 * 7 }} #prod"]


@pytest.mark.parametrize(
    ("terms", "options", "said"),
    [
        (["cloud-z.example.com"], {}, "cloud-a.example.com"),
        (["twin.example.com"], {}, "305"),
        (["101"], {"field": "colour"}, "colour"),
        (["101"], {"fiedl": "domain"}, "fiedl"),
        (["101"], {"field": "domain", "token": ""}, "token is set but empty"),
        (["101"], {"field": "domain", "timeout": "soon"}, "timeout"),
    ],
)
def test_errors(portal, terms, options, said):
    with pytest.raises(AnsibleError, match=said):
        look_up(*terms, **options)


def test_the_login_of_the_environment_goes_to_no_other_portal(portal, monkeypatch):
    asked = []
    monkeypatch.setattr(requests.Session, "send", lambda _self, request, **_options: asked.append(request))
    with pytest.raises(AnsibleError, match="SINDAD_USERNAME"):
        look_up("cloud-a.example.com", api_url="https://other.example.com/api")
    assert asked == []
