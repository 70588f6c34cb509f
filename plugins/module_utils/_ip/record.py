# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of IP addresses and VLANs."""

from __future__ import annotations

from .._core.lookup import to_choice
from .._core.values import first_present, to_address, to_bool, to_text

# -- IP addresses ----------------------------------------------------------------------------------------------------


def to_ip(listed, details=None):
    """An address of a server. Where the portal lists bare addresses, the address stands for its id."""
    both = {**listed, **(details or {})}
    names = ("ipaddress", "ip_address", "address", "ip", "ipv4", "ipv6", "name", "id")
    each = next(filter(None, (to_address(both.get(name)) for name in names)), None)
    vlan = first_present(both, "vlan", "vlan_id", "vlanid")
    return {
        # ``ip_id`` first: ``id`` may be no more than the place in a list.
        "id": to_text(first_present(both, "ip_id", "ipid", "id")) or each or to_text(both.get("name")),
        "address": each,
        "version": (6 if ":" in each else 4) if each else None,
        "domain": to_text(first_present(both, "domain", "ptr", "rdns")),
        "main": to_bool(first_present(both, "main", "primary", "is_main")),
        "vlan": to_text(first_present(vlan, "id", "name") if isinstance(vlan, dict) else vlan),
        "netmask": to_text(first_present(both, "netmask", "mask")),
        "gateway": to_text(both.get("gateway")),
        "raw": details or listed,
    }


def to_vlan(source):
    """A VLAN; its id may stand under the name of the thing itself."""
    identity = to_text(first_present(source, "id", "vlan_id", "vlanid", "vlan", "vid"))
    return {**to_choice(source if identity is None else {**source, "id": identity}), "raw": source}
