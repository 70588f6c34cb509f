# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""IP addresses and VLANs of dedicated servers."""

from __future__ import annotations

from typing import Any

from ..answers import refuse
from ..call import Call
from ..ids import next_id
from ..params import HOSTNAME, amount, text
from ..routing import endpoint
from ..state import Address, Server

DONE: dict[str, Any] = {"status": True}
MOST = 16


def _server(call: Call) -> Server:
    assert call.service.server is not None
    return call.service.server


@endpoint("GET", "/service/@id/ips")
def ips(call: Call) -> dict[str, Any]:
    """Keyed by id. One kind of server shows the domains here, the other only in the details."""
    server = _server(call)
    found: dict[str, Any] = {}
    for one in server.ips.values():
        if one.visible_at <= call.now:
            entry: dict[str, Any] = {"ipaddress": one.ipaddress, "main": "1" if one.main else "0"}
            if server.keyed:
                entry["domain"] = one.domain
            found[one.id] = entry
    return {"ips": found or []}


@endpoint("GET", "/service/@id/ips/@ip")
def ip(call: Call) -> dict[str, Any]:
    one = _find(call)
    number = next_id(_server(call).ips, one.id) if call.options.other_ids else one.id
    return {
        "ip": {
            "id": number,
            "ipaddress": one.ipaddress,
            "domain": one.domain,
            "main": "1" if one.main else "0",
            "vlan": one.vlan,
            "mask": one.mask,
            "gateway": one.gateway,
            "network": one.network,
        }
    }


@endpoint("POST", "/service/@id/ips")
def add(call: Call) -> dict[str, Any]:
    """Addresses that appear after a while, in a VLAN of the server (the first one if none is named)."""
    server, body = _server(call), call.body
    domain = _domain(body)
    vlan = text(body, "vlan", required=False) or next(iter(server.vlans))
    if vlan not in server.vlans:
        refuse("vlan is invalid")
    count = amount(body, "num", required=False) or 1
    if count > MOST:
        refuse("Not enough free addresses")
    for _place in range(count):
        number = call.account.number("ip", 8801)
        net = f"203.0.113.{number % 250 + 1}"
        server.ips[str(number)] = Address(
            str(number),
            net,
            domain,
            False,
            vlan,
            gateway="203.0.113.254",
            network="203.0.113.0",
            visible_at=call.now + call.options.create_delay,
        )
    return DONE


@endpoint("POST", "/service/@id/ips/@ip")
def edit(call: Call) -> dict[str, Any]:
    one = _find(call)
    domain = _domain(call.body)

    def apply() -> None:
        one.domain = domain

    call.account.agenda.at(call.now + call.options.stale, apply)
    return DONE


@endpoint("DELETE", "/service/@id/ips/@ip")
def delete(call: Call) -> dict[str, Any]:
    """The main address too: nobody stops you."""
    one = _find(call)
    ips = _server(call).ips
    if one.gone_at is None:
        one.gone_at = call.now + call.options.stale

        def remove() -> None:
            ips.pop(one.id, None)

        call.account.agenda.at(one.gone_at, remove)
        return DONE
    return call.nothing(DONE)


@endpoint("GET", "/service/@id/vlans")
def vlans(call: Call) -> dict[str, Any]:
    return {"vlans": [{"id": key, "name": name} for key, name in _server(call).vlans.items()]}


def _find(call: Call) -> Address:
    """By the id; an address in the path is not understood."""
    one = _server(call).ips.get(call.params["ip"])
    if not one or one.visible_at > call.now:
        refuse("ip_not_found")
    return one


def _domain(body: dict[str, Any]) -> str:
    domain = text(body, "domain").strip()
    if not HOSTNAME.match(domain):
        refuse("invalid_hostname")
    return domain
