# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The IP addresses and VLANs of one dedicated server."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Sequence
from typing import Any

from .._core.errors import ApiError, EmptyResponse, InvalidInput, NotFound, UnexpectedResponse
from .._core.http.client import Client
from .._core.http.concurrency import map_concurrently
from .._core.reading.lookup import choose
from .._core.response.envelope import entry
from .record import IP_KEYS, VLAN_KEYS, IpRecord, to_ip, to_vlan

# Below the method ``list`` the name means the method.
IpRecords = list[IpRecord]
Vlans = list[dict[str, Any]]


class Ips:
    """/service/@id/ips and what is below it, and /service/@id/vlans."""

    def __init__(self, client: Client, service_id: str):
        self.client = client
        self.service_id = service_id
        self.where = f"on service {service_id}"

    def list(self) -> IpRecords:
        """GET /service/@id/ips. A record holds at least its id and address; the rest depends on the portal."""
        listed = self.client.get_list("/service/@id/ips", "ips", known=IP_KEYS, id=self.service_id)
        return self._with([to_ip(each) for each in listed], ("address",))

    def get(self, listed: IpRecord) -> IpRecord:
        """GET /service/@id/ips/@ip: the full record of an address that the list gave; id and address are the list's."""
        answer = self.client.get("/service/@id/ips/@ip", id=self.service_id, ip=listed["id"])
        try:
            details = answer if _is_flat(answer) else entry(answer, "ip", "ips", key=listed["id"], known=IP_KEYS)
        except EmptyResponse:
            raise NotFound(f"The portal answered nothing for IP address {listed['id']} {self.where}.") from None
        record = to_ip(listed["raw"], details)
        if not bare(listed):
            record["id"] = listed["id"]
        return {**record, "address": listed["address"] or record["address"]}

    def details(self, listed: IpRecord) -> IpRecord:
        """The full record; of a bare address that has no details by its address, what the list reports."""
        try:
            return self.get(listed)
        except (NotFound, ApiError):
            if bare(listed):
                return listed
            raise

    def all(self) -> IpRecords:
        """Every address with its full details."""
        return map_concurrently(self.list(), self.details)

    def known(self, *names: str, but: Collection[str] = ()) -> IpRecords:
        """The list without the addresses *but*, where each record holds the keys *names* if reported by the portal."""
        return self._with([ip for ip in self.list() if ip["address"] not in but], names)

    def _with(self, listed: IpRecords, names: Sequence[str]) -> IpRecords:
        lacking = [place for place, ip in enumerate(listed) if any(dict(ip)[name] is None for name in names)]
        found = list(listed)
        for place, ip in zip(lacking, map_concurrently([listed[place] for place in lacking], self.details)):
            found[place] = ip
        for ip in found:
            if ip["address"] is None:
                raise UnexpectedResponse("IP address", ip["raw"])
        return found

    def add(self, domain: str, num: int, vlan: str | None = None) -> Any:
        """POST /service/@id/ips: *num* new addresses, in the VLAN with this id. The answer reports no id."""
        body = {"vlan": vlan, "domain": domain, "num": str(num)}
        given = {key: value for key, value in body.items() if value}
        return self.client.post("/service/@id/ips", given, id=self.service_id)

    def edit(self, ip: IpRecord, domain: str) -> Any:
        """POST /service/@id/ips/@ip."""
        return self.client.post("/service/@id/ips/@ip", {"domain": domain}, id=self.service_id, ip=ip["id"])

    def delete(self, ip: IpRecord) -> Any:
        """DELETE /service/@id/ips/@ip."""
        return self.client.delete("/service/@id/ips/@ip", id=self.service_id, ip=ip["id"])

    def vlans(self) -> Vlans:
        """GET /service/@id/vlans."""
        listed = self.client.get_list("/service/@id/vlans", "vlans", known=VLAN_KEYS, id=self.service_id)
        return [to_vlan(each) for each in listed]

    def vlan(self, vlan: str) -> dict[str, Any]:
        """The VLAN with this id or name."""
        return choose(vlan, self.vlans(), "VLAN", self.where)


def identity(text: str) -> str:
    """What an option that takes an IP address or its id means: the address in its usual spelling, or the id."""
    text = str(text).strip()
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        if re.fullmatch(r"(?=.*\d)[A-Za-z0-9_-]+", text):
            return text
    raise InvalidInput(f"address: '{text}' is neither an IP address nor an id. Give one such as 192.0.2.10, or its id.")


def pick(address: str, ips: IpRecords) -> IpRecord | None:
    """Return the one of *ips* that has this IP address or id; None if none has."""
    return next((ip for ip in ips if identity(address) in (ip["id"], ip["address"])), None)


def bare(ip: IpRecord) -> bool:
    """Whether the portal reports no more of this address than the address."""
    return set(ip["raw"]) == {"name"}


def contradicts(ip: IpRecord) -> bool:
    """Whether the details of *ip* report another address than the list, which a backend's own numbering may cause."""
    return to_ip(ip["raw"])["address"] not in (None, ip["address"])


def main_addresses(ips: Sequence[IpRecord]) -> IpRecords:
    """Those of *ips*, all addresses of a server, that the server is reached by.

    Where the portal does not report it, the first is taken for it; and so is an only one, whatever is reported.
    """
    main = [ip for ip in ips if ip["main"]]
    return main or [ip for ip in ips if ip["main"] is None or len(ips) == 1][:1]


def _is_flat(answer: object) -> bool:
    """Whether the answer is the object itself, in which ``ip`` is the address."""
    return isinstance(answer, dict) and isinstance(answer.get("ip"), str)
