# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the addresses of one server to a state: removes one, names one, or ensures that enough carry a domain.

Addresses cost money, and the portal lists new ones only after a while. So none is ordered on the word of a single look.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .._context import ModuleContext
from .._core.errors import ApiError, DecodingError, NotFound
from .._core.lookup import choose, listing
from .._core.polling import watch
from .._core.transition import Target
from .api import IpRecord, Ips, identity, pick
from .transitions import (
    DesiredAddresses,
    Order,
    SetDomain,
    Vlan,
    ensure_comparable,
    plan_count,
    plan_domain,
    plan_removal,
)

#: How long to look again before more are ordered: those of an interrupted run may be about to be listed.
LATE_LISTING_WINDOW_S = 4.0
#: How long to look, also without ``wait``, for those that were ordered: a second run before would order them again.
UNWAITED_LISTING_WINDOW_S = 10.0
ADVICE = "Look with ip_info until all are listed before you run the task again: it might order them once more."


class Reached(NamedTuple):
    """The addresses concerned, those of them that are new, and what the diff shows."""

    ips: list[IpRecord]
    added: list[IpRecord]
    before: dict[str, Any]
    after: dict[str, Any]


class IpState:
    """The addresses of one server."""

    def __init__(self, context: ModuleContext, ips: Ips):
        self.context, self.ips = context, ips
        self.wait: bool = context.params["wait"]

    def ensure_absent(self, wanted: str, force: bool) -> Reached:
        """Remove the address *wanted* (or its id); the server's main one only with *force*."""
        there = self.ips.known("main")
        ip = pick(wanted, there)
        if ip is None:
            return Reached([], [], {}, {})
        name = self._name(ip)
        target = Target(name, self.ips, functools.partial(self._listed, ip["address"]), _describe_listed)
        for transition in plan_removal(ip, there, name, force):
            self.context.apply(transition, target, ip)
        return Reached([], [], {"id": ip["id"], "address": ip["address"]}, {})

    def ensure_domain(self, wanted: str, domain: str | None) -> Reached:
        """The address *wanted* exists, and carries *domain* unless that is None."""
        listed = choose(identity(wanted), self.ips.list(), "IP address", self.ips.where, names=("address",))
        ip = before = self.ips.details(listed)
        for transition in plan_domain(ip, domain):
            ip = self._set_domain(transition, ip)
        return Reached([ip], [], _managed(before), _managed(ip))

    def ensure_count(self, domain: str, count: int, vlan: str | None) -> Reached:
        """At least *count* addresses carry *domain*; in *vlan* (an id or a name) unless that is None."""
        desired = DesiredAddresses(domain, count, None if vlan is None else self.ips.vlan(vlan))
        there = self.ips.known(*desired.needed)
        ensure_comparable(there, desired, self.ips.where)
        carrying = [ip for ip in there if desired.fits(ip)]
        self._warn_of_unplaced(carrying, desired)
        before = {"domain": domain, "count": len(carrying)}
        carrying += self._listed_late(there, desired, count - len(carrying))
        added = self._order(desired, there, carrying)
        return Reached(carrying + added, added, before, {"domain": domain, "count": max(count, len(carrying))})

    # -- one step each -----------------------------------------------------------------------------------------------

    def _set_domain(self, transition: SetDomain, ip: IpRecord) -> IpRecord:
        target = Target(self._name(ip), self.ips, functools.partial(self.ips.details, ip), _describe_domain)
        return self.context.apply(transition, target, ip).record

    def _listed_late(self, there: list[IpRecord], desired: DesiredAddresses, missing: int) -> list[IpRecord]:
        """Those that carry the domain and were about to be listed."""
        late: list[IpRecord] = []
        while len(late) < missing and not self.context.check_mode:
            refresh = functools.partial(self._new_carrying, there + late, desired)
            more = self._look(refresh, missing - len(late), LATE_LISTING_WINDOW_S)
            if not more:
                break
            late += more
        return late

    def _order(self, desired: DesiredAddresses, there: list[IpRecord], carrying: list[IpRecord]) -> list[IpRecord]:
        """Order what is missing. Returns the new addresses, none in check mode."""
        if len(carrying) >= desired.count:
            return []
        vlans = [desired.vlan] if desired.vlan else self._vlans()
        refresh = functools.partial(self._new, there + carrying, desired)
        added: list[IpRecord] = []
        for order in plan_count(len(carrying), desired, vlans[0]["id"] if len(vlans) == 1 else None):
            name = f"{order.count} new IP address{'' if order.count == 1 else 'es'} for {desired.domain}"
            target = Target(f"{name} {self.ips.where}", self.ips, refresh, _describe_count)
            added = self._placed(order, target, vlans)
        return [self._named(ip, desired.domain) for ip in added]

    def _placed(self, order: Order, target: Target[Ips, list[IpRecord]], vlans: list[Vlan]) -> list[IpRecord]:
        try:
            outcome = self.context.apply(order, target, [], self.wait, f"The order was accepted. {ADVICE}")
        except ApiError as refusal:
            if order.vlan_id or "vlan" not in " ".join(refusal.errors).lower():
                raise
            message = f"{refusal} Choose one with the option vlan: {listing(vlans) or 'none is listed'}."
            raise ApiError(message, refusal.request, refusal.errors, refusal.status_code) from None
        if self.wait or not outcome.sent or target.refresh is None:
            return outcome.record
        added = self._look(target.refresh, order.count, UNWAITED_LISTING_WINDOW_S)
        if not order.is_done(added):
            self.context.warn(f"{target.name} ordered; {_describe_count(added)} so far. {ADVICE}")
        return added

    def _named(self, ip: IpRecord, domain: str) -> IpRecord:
        """A new address with the domain that it was ordered for: a portal may forget it, or write it otherwise."""
        if ip["domain"]:
            if plan_domain(ip, domain):
                self.context.warn(
                    f"The portal gave {self._name(ip)} the domain {ip['domain']} instead of {domain}. Set it with the "
                    "option address, or the task orders another one when it is run again."
                )
            return ip
        return self._set_domain(SetDomain(domain), ip)

    # -- reading -----------------------------------------------------------------------------------------------------

    def _listed(self, address: str) -> IpRecord | None:
        return next((ip for ip in self.ips.list() if ip["address"] == address), None)

    def _new(self, known: Sequence[IpRecord], desired: DesiredAddresses) -> list[IpRecord]:
        """Those that have come up since *known* was read."""
        try:
            return self.ips.known(*desired.needed, but=[ip["address"] for ip in known])
        except NotFound:
            return []  # listed, but not yet known in detail

    def _new_carrying(self, known: Sequence[IpRecord], desired: DesiredAddresses) -> list[IpRecord]:
        return [ip for ip in self._new(known, desired) if desired.fits(ip)]

    def _look(self, refresh: Callable[[], list[IpRecord]], wanted: int, seconds: float) -> list[IpRecord]:
        """What *refresh* gives once it is *wanted* many, at the latest after so many seconds."""
        deadline = self.context.deadline.at_most(min(seconds, self.context.deadline.remaining / 2))
        return watch(self.context.client, refresh, functools.partial(_is_many, wanted), deadline, [])

    def _vlans(self) -> list[Vlan]:
        """The server's VLANs, none if the portal does not list them."""
        try:
            return self.ips.vlans()
        except (NotFound, DecodingError, ApiError):
            return []

    # -- words -------------------------------------------------------------------------------------------------------

    def _name(self, ip: IpRecord) -> str:
        return f"IP address {ip['address']} of service {self.ips.service_id}"

    def _warn_of_unplaced(self, carrying: list[IpRecord], desired: DesiredAddresses) -> None:
        unplaced = [ip["address"] for ip in carrying if desired.vlan and ip["vlan"] is None]
        if desired.vlan and unplaced:
            self.context.warn(
                f"The portal does not report the VLAN of {', '.join(unplaced)}: counted as in {desired.vlan['name']}."
            )


def _managed(ip: IpRecord) -> dict[str, Any]:
    return {name: ip[name] for name in ("id", "address", "domain")}


def _describe_listed(ip: IpRecord | None) -> str:
    return "it is still listed" if ip else "it is not listed any more"


def _describe_domain(ip: IpRecord) -> str:
    return f"its domain is {ip['domain'] or 'not set'}"


def _is_many(wanted: int, found: Sequence[IpRecord]) -> bool:
    return len(found) >= wanted


def _describe_count(found: Sequence[IpRecord]) -> str:
    return f"{len(found)} listed"
