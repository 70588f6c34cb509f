# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every change is counted when it takes effect, and every read works whatever the portal's ways are."""

from __future__ import annotations

from typing import Any

import pytest

UNCOUNTED = {"/login", "/token", "/revoke"}
PERSON = {"email": "new@example.com", "firstname": "New", "lastname": "One"}
VM = "/service/101/vms/18867"
NEW = {"label": "new", "template": "linux-debian-12-x86_64-min-gen2-v1", "memory": 1024, "cpu": 1, "disk": 10}
REINSTALL = {"template": "ISPsystem__Debian-12-x86_64", "hostname": "a.example.com"}
# route: what makes it possible, the path, the body
CHANGES: dict[str, tuple[list[str], str, Any]] = {
    "POST /logout": ([], "/logout", None),
    "PUT /details": ([], "/details", {"city": "Shiraz"}),
    "POST /contact": ([], "/contact", PERSON),
    "PUT /contact/@id": ([], "/contact/49", {"city": "Shiraz"}),
    "POST /tickets": ([], "/tickets", {"dept_id": 1, "subject": "s", "body": "b"}),
    "POST /tickets/@number": ([], "/tickets/736633", {"body": "b"}),
    "PUT /tickets/@number/open": ([], "/tickets/736600/open", None),
    "PUT /tickets/@number/close": ([], "/tickets/736633/close", None),
    "PUT /notifications/@id/ack": ([], "/notifications/71/ack", None),
    "POST /service/@id/label": ([], "/service/301/label", {"label": "x"}),
    "POST /service/@id/upgrade": ([], "/service/101/upgrade", {"package": 21, "send": True}),
    "POST /service/@id/cancel": ([], "/service/301/cancel", {"immediate": "false", "reason": "r"}),
    "POST /service/@id/vms": ([], "/service/101/vms", NEW),
    "PUT /service/@id/vms/@vmid": ([], VM, {"memory": 4096, "cpu": 2}),
    "DELETE /service/@id/vms/@vmid": ([], VM, None),
    "POST /service/@id/vms/@vmid/start": ([f"{VM}/stop"], f"{VM}/start", None),
    "POST /service/@id/vms/@vmid/stop": ([], f"{VM}/stop", None),
    "POST /service/@id/vms/@vmid/reboot": ([], f"{VM}/reboot", None),
    "POST /service/@id/vms/@vmid/rescue": ([], f"{VM}/rescue", None),
    "POST /service/@id/vms/@vmid/unrescue": ([f"{VM}/rescue"], f"{VM}/unrescue", None),
    "POST /service/@id/vms/@vmid/rebuild": ([], f"{VM}/rebuild", {"template": NEW["template"]}),
    "POST /service/@id/poweron": (["/service/201/poweroff"], "/service/201/poweron", None),
    "POST /service/@id/poweroff": ([], "/service/201/poweroff", None),
    "POST /service/@id/reboot": ([], "/service/201/reboot", None),
    "POST /service/@id/hostname": ([], "/service/201/hostname", {"hostname": "a.example.com"}),
    "POST /service/@id/reinstall": ([], "/service/201/reinstall", REINSTALL),
    "POST /service/@id/diag": ([], "/service/201/diag", {"template": "ISPsystem__Memtest"}),
    "POST /service/@id/diag/cancel": (["/service/201/diag"], "/service/201/diag/cancel", None),
    "POST /service/@id/rescue": ([], "/service/201/rescue", {"template": "ISPsystem__Sysrescd-x86_64"}),
    "POST /service/@id/rescue/cancel": (["/service/201/rescue"], "/service/201/rescue/cancel", None),
    "POST /service/@id/ips": ([], "/service/201/ips", {"domain": "a.example.com"}),
    "POST /service/@id/ips/@ip": ([], "/service/201/ips/502", {"domain": "a.example.com"}),
    "DELETE /service/@id/ips/@ip": ([], "/service/201/ips/502", None),
}
BODIES = {path: body for _before, path, body in CHANGES.values()}
WAYS: list[dict[str, Any]] = [
    {"page_size": 1, "page_form": "next", "wrapper": "data", "nesting": "entries", "amounts": "persian"},
    {"page_size": 2, "page_form": "sorter", "wrapper": "code", "nesting": "groups", "amounts": "grouped"},
    {
        "families": "DE",
        "own_ids": "id",
        "other_ids": True,
        "units": "text",
        "wrapper": "list",
        "rebuild_list": "hidden",
    },
    {"families": "CD", "page_size": 3, "page_lie": "more", "page_form": "total", "os_wording": "-", "idle": "text"},
    {"families": "BE", "units": "bytes", "words": {"on": "up"}, "template_wording": "x", "idle": "null", "mfa": True},
]


@pytest.mark.parametrize("route", CHANGES)
def test_a_change_is_counted_once_and_a_lost_one_never(portal: Any, route: str) -> None:
    before, path, body = CHANGES[route]
    method = route.partition(" ")[0]
    for one in before:
        portal.call("POST", one, BODIES[one])
        portal.advance(30)
    portal.clear_log()
    portal.fault("drop_before", method=method)
    with pytest.raises(OSError):
        portal.raw(method, path, body)
    assert portal.running.effects() == {}
    portal.fault("drop_after", method=method)
    with pytest.raises(OSError):
        portal.raw(method, path, body)
    assert portal.running.effects() == {f"{method} /api{path}": 1}


def test_every_change_of_the_api_is_tried(table: Any) -> None:
    wanted = {f"{line['method']} {line['path']}" for line in table if line["method"] != "GET"}
    assert wanted - set(CHANGES) == {f"POST {path}" for path in UNCOUNTED}


@pytest.mark.parametrize("ways", WAYS)
def test_every_read_works_in_every_way(portal: Any, table: Any, path_of: Any, ways: dict[str, Any]) -> None:
    portal.reset(**ways)
    for line in table:
        if line["method"] == "GET" and "attachment" not in line["path"]:
            status, headers, content = portal.raw("GET", path_of(line["path"]))
            assert (status, headers["content-type"].partition(";")[0]) == (200, "application/json"), line
            assert b"not found" not in content, line
