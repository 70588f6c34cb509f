# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be connected to from elsewhere, and what would lead to the controller itself."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from typing import Union

from ansible import constants
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import is_host_name

Address = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]

PRIVATE = [ipaddress.ip_network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")]
#: Of this network, loopback, link-local, multicast, reserved; IPv4 in IPv6, site-local, unique local.
UNREACHABLE = [
    ipaddress.ip_network(net)
    for net in (
        *("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "fe80::/10", "fec0::/10", "fc00::/7", "ff00::/8"),
    )
]
#: What the C library may read as an address of IPv4, in one to four parts.
NUMBERS = re.compile(r"[0-9a-f]+(x[0-9a-f]*)?(\.[0-9a-fx]+){0,3}", re.I)
LOOPBACK_NAMES = ("ip6-localhost", "ip6-loopback", "broadcasthost", *constants.LOCALHOST)


def scope(address: str) -> str | None:
    """``public``, ``private``, or None for an address that is of no use from elsewhere, or none at all."""
    each = _address(address)
    if each is None:
        return None
    if any(each in net for net in PRIVATE):
        return "private"
    return None if any(each in net for net in UNREACHABLE) else "public"


def is_remote_name(name: str) -> bool:
    """Whether *name* is a host name that can mean another machine than the controller."""
    return is_host_name(name) and _address(name) is None and not means_controller(name)


def means_controller(name: str) -> bool:
    """Whether a connection to *name* would, or might, be one to the controller: ``localhost``, ``127.1``, ``::``."""
    plain = name.casefold().strip("[]").rstrip(".")
    each = _address(plain)
    if each is not None:
        return each.is_loopback or each.is_unspecified
    labels = plain.split(".")
    return plain in LOOPBACK_NAMES or labels[-1] == "localhost" or re.fullmatch(r"localhost\d?", labels[0]) is not None


def is_own_address(text: str) -> bool:
    """Whether an address is one of the controller's interfaces: datagrams to it would leave from it. None is sent."""
    address = _address(text)
    if address is None:
        return False
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect((str(address), 9))
        return _address(str(probe.getsockname()[0]).partition("%")[0]) == address
    return False


def _address(text: str) -> Address | None:
    """An address as the C library reads one: ``127.1`` and ``0x7f000001``, too; one of IPv4 in IPv6 as what it is."""
    with contextlib.suppress(OSError):
        if NUMBERS.fullmatch(text):
            return ipaddress.IPv4Address(socket.inet_aton(text))
    with contextlib.suppress(ValueError):
        each = ipaddress.ip_address(text)
        return getattr(each, "ipv4_mapped", None) or each
    return None
