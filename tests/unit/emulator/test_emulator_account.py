# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication, tickets, upgrades, cancellation, contacts."""

from __future__ import annotations

from typing import Any

import pytest

CREDENTIALS = {"username": "user@example.com", "password": "secret"}


def login(portal: Any) -> Any:
    return portal.call("POST", "/login", CREDENTIALS, auth=None)


def test_a_token_lives_and_dies(portal: Any) -> None:
    pair = login(portal)
    assert "services" in portal.call("GET", "/service", auth=pair["token"])
    assert portal.call("GET", "/service", auth=pair["refresh"]) == {"error": ["unauthorized"]}
    portal.advance(3601)
    assert portal.call("GET", "/service", auth=pair["token"]) == {"error": ["token_expired"]}
    portal.set(auth_status=401)
    assert portal.full("GET", "/service", auth=pair["token"])[0] == 401
    fresh = portal.call("POST", "/token", {"refresh_token": pair["refresh"]}, auth=None)
    assert portal.call("POST", "/logout", auth=fresh["token"]) == {"status": True}
    assert portal.full("GET", "/service", auth=fresh["token"]) == (401, {"error": ["unauthorized"]})


def test_refresh_and_revoke(portal: Any) -> None:
    pair = login(portal)
    body = {"refresh_token": pair["refresh"]}
    portal.set(refresh_omitted=True)
    assert set(portal.call("POST", "/token", body, auth=None)) == {"token"}
    portal.set(refresh_omitted=False)
    second = portal.call("POST", "/token", body, auth=None)
    assert portal.call("POST", "/token", body, auth=None) == {"error": ["unauthorized"]}
    assert portal.call("POST", "/revoke", {"refresh_token": second["refresh"]}, auth=None) == {"status": True}
    assert "error" in portal.call("GET", "/service", auth=second["token"])


def test_wrong_credentials_and_switches(portal: Any) -> None:
    portal.user = "user@example.com:wrong"
    assert portal.get("/service") == {"error": ["wronglogin"]}
    assert portal.call("GET", "/service", auth=None) == {"error": ["unauthorized"]}
    assert "statuses" in portal.call("GET", "/statuses", auth=None)
    portal.user = "user@example.com:secret"
    token = login(portal)["token"]
    portal.set(basic=False)
    assert portal.get("/service") == {"error": ["unauthorized"]}
    portal.set(basic=True, tokens=False)
    assert portal.call("GET", "/service", auth=token) == {"error": ["unauthorized"]}
    assert "error" in login(portal)
    portal.set(tokens=True, mfa=True)
    assert login(portal)["token"] is None
    portal.set(login="html")
    assert portal.raw("POST", "/login", CREDENTIALS, auth=None)[0] == 500


def test_tickets(portal: Any) -> None:
    body = {"dept_id": 3, "subject": "Help", "body": "one\ntwo <b>"}
    number = portal.call("POST", "/tickets", body)["ticket"]
    assert isinstance(number, int)
    path = f"/tickets/{number}"
    assert portal.get(path)["ticket"]["body"] == "one\r\ntwo <b>"
    portal.set(html_entities=True)
    assert portal.get(path)["ticket"]["body"] == "one\r\ntwo &lt;b&gt;"
    assert portal.call("POST", "/tickets", {**body, "dept_id": 9}) == {"error": ["dept_id is invalid"]}
    portal.tamper({"ticket": number, "reply": {"body": "Done?"}})
    assert portal.get(path)["ticket"]["status"] == "Answered"
    portal.call("POST", path, {"body": "yes"})
    found = portal.get(path)
    assert found["ticket"]["status"] == "Client-Reply"
    assert [one["type"] for one in found["replies"]] == ["Admin", "Client"]
    portal.call("PUT", f"{path}/close")
    portal.call("PUT", f"{path}/open")
    assert portal.get(path)["ticket"]["status"] == "Open"


def test_an_attachment_with_a_nasty_name(portal: Any) -> None:
    assert portal.get("/ticket/attachment/5501") == {"error": ["number is required"]}
    _status, headers, content = portal.raw("GET", "/ticket/attachment/5501?number=736600")
    assert headers["content-disposition"] == 'attachment; filename="../../etc/passwd"'
    assert b"\x00\x01\xff" in content


def test_an_upgrade_is_estimated_ordered_and_applied(portal: Any) -> None:
    path = "/service/101/upgrade"
    wanted = {"resources": {"1557": "10103", "1562": "4", "1564": {"9992": "2"}}}
    before = len(portal.get("/invoice")["invoices"])
    estimate = portal.call("POST", path, wanted)
    assert (estimate["charge"], estimate["new_price"]) == ("43.00", "52.99")
    assert len(portal.get("/invoice")["invoices"]) == before
    assert portal.call("POST", path, {**wanted, "send": True}) == {"info": ["upgrade_order_success"]}
    assert len(portal.get("/invoice")["invoices"]) == before + 1
    assert portal.call("POST", path, {**wanted, "send": True}) == {"error": ["upgrade_due_invoice"]}
    portal.advance(30)
    items = {one["id"]: one["items"] for one in portal.get(path)["resources"]}
    assert [one["selected"] for one in items[1557]] == [False, True, False]
    assert items[1562][0]["qty"] == "4"
    assert items[1564][1]["qty"] == "2"
    assert portal.get("/service/101")["service"]["total"] == "52.99"


def test_upgrade_of_package_and_cycle(portal: Any) -> None:
    path = "/service/101/upgrade"
    portal.call("POST", path, {"package": 21, "cycle": "q", "send": True})
    portal.advance(30)
    service = portal.get("/service/101")["service"]
    assert (service["name"], service["billingcycle"], service["total"]) == ("Cloud A Plus", "Quarterly", "59.97")
    assert portal.call("POST", path, {"cycle": "p5"}) == {"error": ["upgrade_not_available"]}
    assert portal.call("POST", "/service/302/upgrade", {}) == {"error": ["upgrade_not_available"]}


def test_cancellation_is_only_queued(portal: Any) -> None:
    path = "/service/301/cancel"
    assert portal.call("POST", path, {"immediate": "true"}) == {"error": ["reason is required"]}
    body = {"immediate": "true", "reason": "no use"}
    assert portal.call("POST", path, body) == {"info": ["cancell_sent"]}
    assert portal.call("POST", path, body) == {"info": ["cancelled_already"]}
    assert portal.get("/service/301")["service"]["status"] == "Active"
    portal.tamper({"service": "301", "process_cancel": True})
    assert portal.call("POST", path, body) == {"error": ["cannot_cancel_this_service"]}
    assert portal.call("POST", "/service/302/cancel", body) == {"error": ["cannot_cancel_this_service"]}


def test_details_are_checked_and_stored_in_the_portals_way(portal: Any) -> None:
    def put(**fields: Any) -> Any:
        return portal.call("PUT", "/details", fields)

    client = put(phonenumber="+98 9121234567", socialsecuritynumberpersonalid="0012345678", colour="red")["client"]
    assert client["phonenumber"] == "+989121234567"
    assert client["socialsecuritynumberpersonalid"] == ["0012345678"]
    assert "colour" not in client
    for wrong in ({"phonenumber": "12"}, {"type": "Person"}, {"telegramnotifications": ["no"]}, {"email": "me"}):
        assert "error" in put(**wrong)
    portal.set(custom_fields="always")
    assert portal.get("/details")["client"]["langcustomline0180"] == [""]
    portal.set(profile="royaserver")
    assert "socialsecuritynumberpersonalid" not in portal.get("/details")["client"]


def test_a_contact_logs_in_with_its_privileges(portal: Any) -> None:
    person = {"email": "c@example.com", "firstname": "C", "lastname": "D", "password": "word"}
    portal.call("POST", "/contact", {**person, "privileges": {"support": ["tickets"]}})
    portal.user = "c@example.com:word"
    assert "tickets" in portal.get("/tickets")
    assert portal.get("/service") == {"error": ["noprivileges"]}


def test_notifications(portal: Any) -> None:
    assert [one["id"] for one in portal.get("/notifications/new")["notifications"]] == ["71", "72"]
    assert len(portal.get("/notifications?rel_type=Ticket")["notifications"]) == 1
    assert portal.call("PUT", "/notifications/71/ack") == {"status": True}
    assert [one["id"] for one in portal.get("/notifications/new")["notifications"]] == ["72"]
    assert portal.get("/statuses/specific/Scheduled")["statuses"][0]["id"] == "5"


@pytest.mark.parametrize(("count", "vms"), [(0, 0), (200, 120)])
def test_generated_accounts(portal: Any, count: int, vms: int) -> None:
    portal.reset(services=count)
    found = portal.get("/service")["services"]
    assert len(found) == count
    assert sum(one["category_url"] == "cloud-servers" for one in found) == vms
    assert len({one["name"] for one in found}) in (0, 5)
    portal.reset(services=count)
    assert portal.get("/service")["services"] == found
