# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of IP addresses and VLANs."""

from __future__ import annotations

from typing import Any, TypedDict, cast

from .._core.reading.lookup import CHOICE_KEYS, to_choice
from .._core.reading.values import first_present, spellings, to_address, to_bool, to_text


class IpRecord(TypedDict):
    """An address of a server; ``version`` is 4 or 6."""

    id: str
    address: str
    version: int | None
    domain: str | None
    main: bool | None
    vlan: str | None
    netmask: str | None
    gateway: str | None
    raw: dict[str, Any]


#: ``ip_id`` first: ``id`` may be no more than the place in a list.
ID = spellings(G="ip_id, ipid, id")
ADDRESS = spellings(T="ipaddress", G="ip_address, address, ip, ipv4, ipv6, name, id")
DOMAIN = spellings(G="domain, ptr, rdns")
MAIN = spellings(T="main", G="primary, is_main")
VLAN = spellings(G="vlan, vlan_id, vlanid")
NETMASK = spellings(G="netmask", C="mask")
VLAN_ID = spellings(G="id, vlan_id, vlanid, vlan, vid")
#: Keys of which an object must have one to be taken for an address, or for a VLAN.
IP_KEYS = frozenset((*ID, *ADDRESS, *DOMAIN, *MAIN, *VLAN, *NETMASK, "gateway"))
VLAN_KEYS = frozenset((*VLAN_ID, *CHOICE_KEYS))


def to_ip(listed: dict[str, Any], details: dict[str, Any] | None = None) -> IpRecord:
    """An address of a server. Where the portal lists bare addresses, the address stands for its id."""
    both = {**listed, **(details or {})}
    each = _address(details or {}) or _address(listed)
    vlan = first_present(both, *VLAN)
    return {
        "id": cast(str, to_text(first_present(both, *ID)) or each or to_text(both.get("name"))),
        "address": cast(str, each),
        "version": (6 if ":" in each else 4) if each else None,
        "domain": to_text(first_present(both, *DOMAIN)),
        "main": to_bool(first_present(both, *MAIN)),
        "vlan": to_text(first_present(vlan, "id", "name") if isinstance(vlan, dict) else vlan),
        "netmask": to_text(first_present(both, *NETMASK)),
        "gateway": to_text(both.get("gateway")),
        "raw": details or listed,
    }


def reports_domain(ip: IpRecord) -> bool:
    """Whether the portal reports a domain of this address, even an empty one."""
    return any(name in ip["raw"] for name in DOMAIN)


def _address(source: dict[str, Any]) -> str | None:
    """The address that *source* reports; None if it reports several."""
    for name in ADDRESS:
        value = source.get(name)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if address := to_address(value):
            return address
    return None


def to_vlan(source: dict[str, Any]) -> dict[str, Any]:
    """A VLAN; its id may stand under the name of the thing itself."""
    identity = to_text(first_present(source, *VLAN_ID))
    return {**to_choice(source if identity is None else {**source, "id": identity}), "raw": source}
