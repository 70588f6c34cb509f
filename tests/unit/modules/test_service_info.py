# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import service_info
from unit.canned import Canned

LIST = {
    "1": {"domain": "a.example.com", "status": "Active", "category": "Cloud Servers", "category_url": "cloud"},
    "2": {"domain": "b.example.com", "status": "Terminated", "category": "Hosting", "category_url": "hosting"},
    "3": {"domain": "twin.example.com", "status": "Active", "category": "Hosting", "category_url": "hosting"},
    "4": {"domain": "twin.example.com", "status": "Active", "category": None},
}


def run(answers=(), **options):
    canned = Canned({"GET /service": {"services": LIST}, **dict(answers)})
    return canned.run(service_info, **options), canned.asked


@pytest.mark.parametrize(
    "options, ids",
    [
        ({}, ["1", "2", "3", "4"]),
        ({"category": "cloud servers"}, ["1"]),
        ({"category": "HOSTING"}, ["2", "3"]),
        ({"category": "host"}, []),
        ({"status": "active", "category": "hosting"}, ["3"]),
        ({"service": "2"}, ["2"]),
        ({"service": "A.example.com"}, ["1"]),
        ({"service": "2", "status": "Active"}, []),
    ],
)
def test_filters_are_exact_in_any_case_and_take_one_request(options, ids):
    result, asked = run(**options)
    assert [service["id"] for service in result["services"]] == ids
    assert len(asked) == 1


@pytest.mark.parametrize(
    "service, words", [("9", "1 (a.example.com)"), ("twin.example.com", "3 (twin.example.com), 4")]
)
def test_a_service_that_is_not_one_fails_and_lists(service, words):
    result, _asked = run(service=service)
    assert result["failed"]
    assert words in result["msg"]


def test_an_empty_account():
    assert run({"GET /service": {"services": []}})[0]["services"] == []


def test_details_keep_what_only_the_list_tells():
    details = {"service": {"id": 1, "label": "x", "password": "pw", "status": "Active"}}
    result, _asked = run({"GET /service/1": details}, service="1", include=["details"])
    service = result["services"][0]
    assert (service["label"], service["category_url"], service["domain"]) == ("x", "cloud", "a.example.com")
    assert service["password"] is None
    assert "password" not in service["raw"]


def test_half_a_list_is_a_failure():
    details = {"service": {"id": 1, "label": "x"}}
    result, _asked = run({"GET /service/1": details}, status="active", include=["details"])
    assert result["failed"]
    assert "services" not in result


def test_what_a_service_can_be_upgraded_to():
    offer = {
        "resources": [{"id": 1557, "name": "Bandwidth", "items": [{"id": 9, "name": "1 TB", "price": 10}]}],
        "package": [{"id": 21, "name": "Plus"}],
    }
    result, _asked = run({"GET /service/1/upgrade": offer}, service="1", include=["upgrade_options"])
    options = result["services"][0]["upgrade_options"]
    assert options["resources"][0]["choices"][0]["price"] == "10"
    assert options["package"][0]["id"] == "21"
