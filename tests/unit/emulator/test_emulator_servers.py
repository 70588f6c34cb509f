# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dedicated servers and their addresses."""

from __future__ import annotations

from typing import Any

DEBIAN = "ISPsystem__Debian-12-x86_64"
ALMA = "ISPsystem__AlmaLinux-9-x86_64"


def test_reinstall_from_start_to_end(portal: Any) -> None:
    path = "/service/201/reinstall"
    assert portal.get(path) == {"reinstall": []}
    body = {"hostname": "fresh.example.com", "template": ALMA}
    assert portal.call("POST", path, body) == {"status": True}
    assert portal.get(path) == {"reinstall": []}
    portal.advance(60)
    running = portal.get(path)["reinstall"]
    assert (running["status"], running["template"], running["progress"]) == ("running", ALMA, 50)
    busy = {"error": ["Another operation is in progress: reinstall"]}
    assert portal.call("POST", path, body) == busy
    assert portal.call("POST", "/service/201/reboot") == busy
    assert portal.get("/service/201/info")["info"]["os"] == "Debian 12"
    portal.advance(60)
    assert portal.get(path) == {"reinstall": []}
    info = portal.get("/service/201/info")["info"]
    assert (info["os"], info["hostname"]) == ("AlmaLinux 9", "fresh.example.com")
    assert portal.get("/service/201")["service"]["password"] == running["password"]


def test_reinstall_refuses(portal: Any) -> None:
    def error(**body: Any) -> Any:
        return portal.call("POST", "/service/201/reinstall", body)["error"][0]

    assert error(template=DEBIAN) == "hostname is required"
    assert error(template=DEBIAN, hostname="bad_name.example.com") == "invalid_hostname"
    assert error(template="Debian 12", hostname="a.example.com") == "invalid_template"
    assert "Recipe" in error(template=ALMA, hostname="a.example.com", recipe="ISPsystem__docker")


def test_rescue_runs_until_it_is_cancelled(portal: Any) -> None:
    portal.call("POST", "/service/202/rescue", {"template": "ISPsystem__Sysrescd-x86_64"})
    portal.advance(5000)
    assert portal.get("/service/202/rescue")["rescue"]["status"] == "active"
    assert portal.call("POST", "/service/202/rescue/cancel") == {"status": True}
    assert portal.get("/service/202/rescue")["rescue"]
    portal.advance(10)
    assert portal.get("/service/202/rescue") == {"rescue": []}
    assert "error" in portal.call("POST", "/service/202/rescue/cancel")


def test_diagnostics_clear_the_disks(portal: Any) -> None:
    body: dict[str, Any] = {"template": "ISPsystem__Diag-x86_64", "fullhddclear": True}
    assert "error" in portal.call("POST", "/service/201/diag", body)
    # as PHP reads it, "false" is true
    portal.call("POST", "/service/201/diag", {**body, "clearhdd": "false"})
    portal.advance(110)
    assert portal.get("/service/201/diag") == {"diag": []}
    assert portal.get("/service/201/info")["info"]["os"] == ""


def test_power(portal: Any) -> None:
    path = "/service/201/status"
    assert portal.get(path) == {"status": "on"}
    portal.call("POST", "/service/201/poweroff")
    assert portal.get(path) == {"status": "on"}
    portal.advance(10)
    assert portal.get(path) == {"status": "stopping"}
    portal.advance(20)
    assert portal.get(path) == {"status": "off"}
    portal.set(server_status="bool")
    assert portal.get(path) == {"status": False}
    portal.set(server_status="object")
    assert portal.get(path) == {"status": {"power": "off"}}


def test_templates_as_list_and_as_object(portal: Any) -> None:
    first, second = (portal.get(f"/service/{id}/reinstall/templates") for id in (201, 202))
    assert {"id": DEBIAN, "name": "Debian 12"} in first["templates"]
    assert second["templates"][DEBIAN] == {"name": "Debian 12"}
    assert DEBIAN in first["recipes"][0]["usablefor"]
    assert DEBIAN in second["recipes"]["ISPsystem__docker"]["usablefor"].values()


def test_addresses(portal: Any) -> None:
    first, second = (portal.get(f"/service/{id}/ips")["ips"] for id in (201, 202))
    assert first["501"] == {"ipaddress": "198.51.100.101", "main": "1"}
    assert second["602"]["domain"] == "alt.server2.example.com"
    one = portal.get("/service/201/ips/502")["ip"]
    assert (one["id"], one["domain"], one["main"]) == ("502", "alt.server1.example.com", "0")
    assert portal.get("/service/201/ips/198.51.100.102") == {"error": ["ip_not_found"]}


def test_addresses_are_added_edited_and_deleted(portal: Any) -> None:
    path = "/service/201/ips"
    assert portal.call("POST", path, {"vlan": "12"}) == {"error": ["domain is required"]}
    assert portal.call("POST", path, {"vlan": "99", "domain": "x.example.com"}) == {"error": ["vlan is invalid"]}
    assert portal.call("POST", path, {"vlan": "13", "domain": "x.example.com", "num": "2"}) == {"status": True}
    assert len(portal.get(path)["ips"]) == 3
    portal.advance(10)
    new = sorted(set(portal.get(path)["ips"]) - {"501", "502", "503"})
    assert len(new) == 2
    portal.call("POST", f"{path}/{new[0]}", {"domain": "y.example.com"})
    assert portal.get(f"{path}/{new[0]}")["ip"]["domain"] == "x.example.com"
    portal.advance(10)
    assert portal.get(f"{path}/{new[0]}")["ip"]["domain"] == "y.example.com"
    portal.call("DELETE", f"{path}/{new[1]}")
    portal.advance(10)
    assert new[1] not in portal.get(path)["ips"]
