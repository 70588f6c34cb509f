# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The addresses of a server with the domains that ``ip`` finds set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .._core.change.draft import Draft, left_out
from .._core.reading.comparison import has_domain
from .._core.reading.values import is_host_name
from .api import Ips
from .record import IpRecord


def draft_addresses(ips: Ips) -> list[Draft]:
    """A draft for each address."""
    listed = ips.all()
    counts = Counter(ip["address"] for ip in listed)
    return [_draft(ip, counts) for ip in listed]


def _draft(ip: IpRecord, counts: Mapping[str, int]) -> Draft:
    address, domain = ip["address"], (ip["domain"] or "").removesuffix(".")
    if counts[address] > 1:
        return left_out(address, f"{address} is listed {counts[address]} times.")
    if not domain:
        return left_out(address, f"{address} has no domain.")
    if not is_host_name(domain) or not has_domain(ip, domain):
        return left_out(address, f"{address} has a domain that cannot be set: {domain}")
    return Draft(address, {"address": address, "domain": domain}, "the main address" if ip["main"] else "")
