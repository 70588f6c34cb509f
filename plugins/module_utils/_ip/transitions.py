# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to the addresses of a server, and which of it leads to what is desired: the ``plan_*`` functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from .._core.change.transition import Transition
from .._core.errors import InvalidInput
from .._core.reading.comparison import has_domain, plain_domain
from .api import Ips, bare, contradicts, main_addresses
from .record import IpRecord, reports_domain

Vlan = dict[str, Any]

#: More addresses than this at once are a slip of the keyboard, and each is paid for.
MOST_ADDRESSES = 256


@dataclass(frozen=True)
class DesiredAddresses:
    """At least *count* addresses that carry *domain*, in *vlan* (a record) unless that is None."""

    domain: str
    count: int
    vlan: Vlan | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What distinguishes an order for these from any other, in the notes of what was ordered."""
        return plain_domain(self.domain), self.vlan["id"] if self.vlan else ""

    @property
    def needed(self) -> tuple[str, ...]:
        """The keys that a record must have to be compared."""
        return ("domain", "vlan") if self.vlan else ("domain",)

    def fits(self, ip: IpRecord) -> bool:
        """Whether *ip* carries the domain in the VLAN. One of an untold VLAN does, or each run would add more."""
        return self.is_placed(ip) and has_domain(ip, self.domain)

    def is_placed(self, ip: IpRecord) -> bool:
        if self.vlan is None or ip["vlan"] is None:
            return True
        return ip["vlan"].casefold() in (self.vlan["id"].casefold(), self.vlan["name"].casefold())


@dataclass(frozen=True)
class Remove(Transition[Ips, Optional[IpRecord]]):
    """Its record is None once the address is gone."""

    description = "to be removed"

    def send(self, api: Ips, record: IpRecord | None) -> Any:
        return api.delete(_existing(record))

    def is_done(self, record: IpRecord | None) -> bool:
        return record is None

    def predict(self, record: IpRecord | None) -> IpRecord | None:
        return None


@dataclass(frozen=True)
class SetDomain(Transition[Ips, IpRecord]):
    domain: str

    @property
    def description(self) -> str:  # type: ignore[override]
        return f"to have the domain {self.domain}"

    def send(self, api: Ips, record: IpRecord) -> Any:
        return api.edit(record, self.domain)

    def is_done(self, record: IpRecord) -> bool:
        return has_domain(record, self.domain)

    def predict(self, record: IpRecord) -> IpRecord:
        return {**record, "domain": self.domain}


@dataclass(frozen=True)
class Order(Transition[Ips, list[IpRecord]]):
    """Order *count* addresses; the record is a list of those that have come up since.

    What has come up counts whatever the portal made of its domain: it is not ordered twice because of a name.

    :ivar vlan_id: where, or None to leave that to the portal.
    """

    domain: str
    count: int
    vlan_id: str | None = None
    description = "to be listed"
    is_paid = True

    def send(self, api: Ips, record: list[IpRecord]) -> Any:
        return api.add(self.domain, self.count, self.vlan_id)

    def is_done(self, record: list[IpRecord]) -> bool:
        return len(record) >= self.count

    def has_begun(self, record: list[IpRecord]) -> bool:
        """An address of another domain may be of another order, so it is not evidence."""
        return len([ip for ip in record if not ip["domain"] or has_domain(ip, self.domain)]) >= self.count

    def predict(self, record: list[IpRecord]) -> list[IpRecord]:
        return record


def plan_removal(ip: IpRecord, there: Sequence[IpRecord], name: str, force: bool) -> list[Remove]:
    """What removes *ip*, which is one of the server's addresses *there*.

    :raises InvalidInput: if it is the main one, without *force*, or not for sure the requested one.
    """
    if contradicts(ip):
        raise InvalidInput(
            f"{name} has another address in its details than in the list, so it is not certain which one would be "
            "removed. Remove it in the portal."
        )
    if ip in main_addresses(there) and not force:
        raise InvalidInput(f"{name} is the main one, by which the server is reached. To remove it, use force=true.")
    return [Remove()]


def plan_domain(ip: IpRecord, domain: str | None) -> list[SetDomain]:
    """What gives *ip* the *domain*; None leaves it as it is."""
    return [] if domain is None or has_domain(ip, domain) else [SetDomain(domain)]


def plan_count(carrying: int, desired: DesiredAddresses, vlan_id: str | None) -> list[Order]:
    """What adds to the addresses that carry the domain already."""
    missing = desired.count - carrying
    return [Order(desired.domain, missing, vlan_id)] if missing > 0 else []


def ensure_comparable(there: Sequence[IpRecord], desired: DesiredAddresses, where: str) -> None:
    """Refuse to count where the portal does not report domains: each run would order more.

    :raises InvalidInput: if an address is reported without more, or none with a domain, even an empty one.
    """
    if any(bare(ip) and ip["domain"] is None for ip in there) or (there and not any(map(reports_domain, there))):
        raise InvalidInput(
            f"The portal does not report the domains of the addresses {where}, so it is unknown how many carry "
            f"{desired.domain}, and none is added. To set the domain of one, give its address."
        )


def _existing(ip: IpRecord | None) -> IpRecord:
    if ip is None:
        raise AssertionError("an address that exists")
    return ip
