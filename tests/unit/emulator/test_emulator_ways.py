# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of templates for each VM, orders without an invoice, a second factor, parameters in the query string."""

from __future__ import annotations

import http.client
from typing import Any

import pytest

CREDENTIALS = {"username": "user@example.com", "password": "secret"}
REBUILD = "/service/101/vms/18867/rebuild"
WANTED = {"resources": {"1557": "10103"}, "send": True}


def rebuild_routes(portal: Any) -> set[str]:
    listed = portal.get("/service/101/methods")["methods"]
    return {one["method"] for one in listed if one["route"] == "/service/@id/vms/@vmid/rebuild"}


def test_a_vm_has_templates_of_its_own(portal: Any) -> None:
    assert portal.raw("GET", REBUILD)[0] == 404
    assert rebuild_routes(portal) == {"POST"}
    portal.set(rebuild_list="hidden")
    assert rebuild_routes(portal) == {"POST"}
    portal.set(rebuild_list="offered")
    assert rebuild_routes(portal) == {"GET", "POST"}
    own = {one["name"]: one["id"] for one in portal.get(REBUILD)["templates"]}
    general = {one["name"]: one["id"] for one in portal.get("/service/101/templates")["templates"]}
    assert set(own) == set(general) - {"Windows Server 2022"}
    assert not set(own.values()) & set(general.values())
    refused = portal.call("POST", REBUILD, {"template": general["AlmaLinux 9"]})
    assert refused == {"status": True, "error": ["invalid_template"]}
    assert portal.call("POST", REBUILD, {"template": own["AlmaLinux 9"]}) == {"status": True}
    portal.advance(30)
    assert portal.get("/service/101/vms/18867")["vm"]["template_label"] == "AlmaLinux 9"


def test_the_own_templates_of_two_vms_differ(portal: Any) -> None:
    portal.set(rebuild_list="offered")
    first, second = (portal.get(f"/service/102/vms/{id}/rebuild")["templates"] for id in (2001, 2002))
    assert not set(first) & set(second)
    assert all(isinstance(one["id"], int) for one in first.values())


@pytest.mark.parametrize(
    ("form", "answer"),
    [
        ("numbers", {"order_num": "774001", "invoice_id": "309001", "total": "4.00"}),
        ("no_invoice", {"order_num": "774001"}),
        ("checkout", {"checkout": {}}),
        ("status", {"status": True}),
    ],
)
def test_an_order_may_be_answered_otherwise(portal: Any, form: str, answer: Any) -> None:
    portal.set(order_reply=form)
    assert portal.call("POST", "/service/101/upgrade", WANTED) == answer
    assert portal.state()["services"]["101"]["upgrade_invoice"] == "309001"


def test_a_second_factor(portal: Any) -> None:
    portal.set(mfa=True, mfa_method="google_authenticator", mfa_code="042042")
    asked = portal.call("POST", "/login", CREDENTIALS, auth=None)
    assert asked["token"] is None
    assert asked["mfa"]["methods"] == ["google_authenticator"]
    token = asked["mfa"]["token"]

    def verify(**body: Any) -> Any:
        return portal.call("POST", "/mfa/verify", body, auth=None)

    assert verify(token=token, code="1") == {"error": ["invalid_code"]}
    pair = verify(token=token, code="042042")
    assert "services" in portal.call("GET", "/service", auth=pair["token"])
    assert verify(token=token, code="042042") == {"error": ["token_expired"]}
    late = portal.call("POST", "/login", CREDENTIALS, auth=None)["mfa"]["token"]
    portal.advance(301)
    assert verify(mfa_token=late, google_authenticator="042042") == {"error": ["token_expired"]}


def test_without_a_second_factor_there_is_nothing_to_verify(portal: Any) -> None:
    assert portal.raw("POST", "/mfa/verify", {"token": "x", "code": "1"}, auth=None)[0] == 404


def test_opaque_tokens(portal: Any) -> None:
    portal.set(opaque_tokens=True)
    pair = portal.call("POST", "/login", CREDENTIALS, auth=None)
    assert pair["token"].startswith("tbpat_")
    assert "services" in portal.call("GET", "/service", auth=pair["token"])
    portal.advance(3601)
    assert portal.call("GET", "/service", auth=pair["token"]) == {"error": ["token_expired"]}
    fresh = portal.call("POST", "/token", {"refresh_token": pair["refresh"]}, auth=None)
    assert "services" in portal.call("GET", "/service", auth=fresh["token"])


def test_parameters_may_come_in_the_query_string(portal: Any) -> None:
    path = "/service/301/label?label=from%20query"
    assert "error" in portal.call("POST", path)
    portal.set(query_parameters=True)
    assert portal.call("POST", path)["success"] is True
    assert portal.get("/service/301/label") == {"label": "from query"}
    portal.call("POST", path, {"label": "from body"})
    assert portal.get("/service/301/label") == {"label": "from body"}
    ordered = portal.call("POST", "/service/101/upgrade?resources[1564][9992]=2&resources[1557]=10103&send=1")
    assert ordered == {"info": ["upgrade_order_success"]}


def test_parameters_may_come_as_a_form(portal: Any) -> None:
    def post(path: str, form: str) -> int:
        connection = http.client.HTTPConnection(portal.host)
        token = portal.call("POST", "/login", CREDENTIALS, auth=None)["token"]
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Bearer {token}"}
        connection.request("POST", f"/api{path}", form, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    post("/service/301/label", "label=a+b")
    assert portal.get("/service/301/label") == {"label": "a b"}
    post("/contact", "email=f@example.com&firstname=F&lastname=G&privileges[support][]=tickets&privileges[support][]=x")
    person = portal.state()["contacts"]["51"]
    assert person["privileges"] == {"support": ["tickets", "x"]}
    assert portal.log(method="POST")[-1]["body"]["privileges"] == {"support": ["tickets", "x"]}


def test_what_it_is_started_with_outlives_a_reset(portal: Any) -> None:
    portal.start(page_size=2, page_form="total")
    try:
        assert portal.reset(currency="EUR")["options"]["page_size"] == 2
        assert portal.get("/service")["per_page"] == "2"
    finally:
        portal.start()
    assert portal.reset()["options"]["page_size"] == 0
