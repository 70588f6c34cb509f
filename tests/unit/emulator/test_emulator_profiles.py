# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which endpoints there are, and which of them a service offers."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(("profile", "count"), [("sindad", 75), ("royaserver", 48)])
def test_every_endpoint_of_the_profile_answers(portal: Any, table: Any, path_of: Any, profile: str, count: int) -> None:
    portal.set(profile=profile)
    mine = [line for line in table if profile in line["portals"].split()]
    assert len(mine) == count
    # changes last, and what ends a service at the very end
    for line in sorted(mine, key=lambda one: (one["method"] != "GET", one["method"] == "DELETE")):
        status, headers, content = portal.raw(line["method"], path_of(line["path"]))
        assert status == 200, (line, content)
        assert b"Method not found" not in content, line
        entry = portal.log()[-1]
        assert (entry["method"], entry["route"]) == (line["method"], line["path"])
        assert headers["content-type"].startswith(("application/json", "application/octet-stream"))


def test_the_other_profile_does_not_know_the_rest(portal: Any, table: Any, path_of: Any) -> None:
    portal.set(profile="royaserver")
    missing = [line for line in table if "royaserver" not in line["portals"].split()]
    assert len(missing) == 27
    for line in missing:
        status, headers, content = portal.raw(line["method"], path_of(line["path"]))
        assert status == 404
        assert headers["content-type"].startswith("text/html")
        assert b"<title>404 Not Found</title>" in content


@pytest.mark.parametrize(
    ("option", "status", "kind"),
    [("json404", 404, "application/json"), ("error200", 200, "application/json"), ("html", 404, "text/html")],
)
def test_a_route_that_is_not_offered(portal: Any, option: str, status: int, kind: str) -> None:
    portal.set(not_offered=option)
    for method, path in [("GET", "/service/301/vms"), ("POST", "/service/101/reinstall"), ("GET", "/nothing")]:
        answer = portal.raw(method, path)
        assert answer[0] == status
        assert answer[1]["content-type"].startswith(kind)


def test_methods_tell_what_a_service_offers(portal: Any) -> None:
    def routes(id: int) -> set[str]:
        return {f"{one['method']} {one['route']}" for one in portal.get(f"/service/{id}/methods")["methods"]}

    general = {f"{method} /service/@id/{word}" for method, word in [("GET", "label"), ("POST", "label")]}
    assert general < routes(301)
    assert len(routes(301)) == 5
    assert "POST /service/@id/vms/@vmid/rescue" in routes(101)
    assert "POST /service/@id/rescue" not in routes(101)
    assert "POST /service/@id/rescue" in routes(201)
    assert "GET /service/@id/status" in routes(201)
    assert routes(302) == routes(303) == general
    portal.set(profile="royaserver")
    assert "POST /service/@id/vms" not in routes(101)
    assert len(routes(201)) == 5


def test_a_suspended_service_offers_no_machines(portal: Any) -> None:
    portal.tamper({"service": "101", "set": {"status": "Suspended"}})
    assert portal.raw("GET", "/service/101/vms")[0] == 404
    assert portal.get("/service/101")["service"]["status"] == "Suspended"


def test_an_unknown_service(portal: Any) -> None:
    assert portal.full("GET", "/service/999") == (200, {"error": ["service_not_found"]})
    portal.set(unknown_service=404)
    assert portal.full("GET", "/service/999/vms") == (404, {"error": ["service_not_found"]})
