# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apply what is desired of the addresses of one server: remove one, name one, or let enough of them carry a domain.

Addresses cost money, and the portal lists new ones only after a while. So none is ordered after a single poll.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from .._context import ModuleContext
from .._core.change.ledger import Ledger
from .._core.change.ledger import Order as Note
from .._core.change.once import CONFIRM_NOTED_S, Once
from .._core.change.polling import watch
from .._core.change.transition import Target
from .._core.errors import ApiError, DecodingError, NotFound, PortalError
from .._core.reading.lookup import choose, listing
from .api import Ips, identity, pick
from .record import IpRecord
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

#: How long to poll again before more are ordered: those of an interrupted run may be about to be listed.
LATE_LISTING_WINDOW_S = 4.0
#: How long to poll, also without ``wait``, for those that were ordered.
UNWAITED_LISTING_WINDOW_S = 10.0
ADVICE = "Run the task again to go on waiting: this machine does not order them once more."
#: What is said where addresses were ordered and are not to be seen.
NOT_LISTED = (
    "They were ordered from this machine and are not listed yet, so they are not ordered again: once they are listed, "
    "the task finds them. If the order came to nothing, order them in the portal."
)


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
        self.ledger = Ledger(context.client.url, ips.service_id, "ips")
        self.once = Once(context.client, self.ledger)

    def apply_absent(self, address: str, force: bool) -> Reached:
        """Remove the *address* (or the one with this id); the server's main one only with *force*."""
        there = self.ips.known("main")
        ip = pick(address, there)
        if ip is None:
            return Reached([], [], {}, {})
        name = self._name(ip)
        target = Target(name, self.ips, functools.partial(self._listed, ip["address"]), _describe_listed)
        for transition in plan_removal(ip, there, name, force):
            self.context.apply(transition, target, ip)
        return Reached([], [], {"id": ip["id"], "address": ip["address"]}, {})

    def apply_domain(self, address: str, domain: str | None) -> Reached:
        """Give the *address* (or the one with this id) the *domain* unless that is None."""
        listed = choose(identity(address), self.ips.list(), "IP address", self.ips.where, names=("address",))
        ip = before = self.ips.details(listed)
        for transition in plan_domain(ip, domain):
            ip = self._set_domain(transition, ip)
        return Reached([ip], [], _managed(before), _managed(ip))

    def apply_count(self, domain: str, count: int, vlan: str | None) -> Reached:
        """Let at least *count* addresses carry *domain*; in *vlan* (an id or a name) unless that is None."""
        desired = DesiredAddresses(domain, count, None if vlan is None else self.ips.vlan(vlan))
        self.once = Once(self.context.client, self.ledger, *desired.key)
        there = self._counted(desired)
        if self.context.check_mode or len([ip for ip in there if desired.fits(ip)]) >= count:
            return self._supply(desired, there)
        with self.ledger.lock(self.context.deadline, f"IP addresses {self.ips.where}"):
            return self._supply(desired, self._counted(desired))  # another task may have ordered them meanwhile

    def _counted(self, desired: DesiredAddresses) -> list[IpRecord]:
        """The addresses that there are, with what is needed to count."""
        there = self.ips.known(*desired.needed)
        ensure_comparable(there, desired, self.ips.where)
        return there

    def _supply(self, desired: DesiredAddresses, there: list[IpRecord]) -> Reached:
        carrying = [ip for ip in there if desired.fits(ip)]
        self._warn_of_unplaced(carrying, desired)
        before = {"domain": desired.domain, "count": len(carrying)}
        carrying += self._listed_late(there, desired, desired.count - len(carrying))
        carrying += self._ordered_before(desired, carrying)
        if self.once.is_open:
            return Reached(carrying, [], before, {**before, "count": len(carrying)})
        added = self._order(desired, there, carrying)
        return Reached(carrying + added, added, before, {**before, "count": max(desired.count, len(carrying))})

    # -- one step each -----------------------------------------------------------------------------------------------

    def _set_domain(self, transition: SetDomain, ip: IpRecord) -> IpRecord:
        target = Target(self._name(ip), self.ips, functools.partial(self.ips.details, ip), _describe_domain)
        return self.context.apply(transition, target, ip).record

    def _listed_late(self, there: list[IpRecord], desired: DesiredAddresses, missing: int) -> list[IpRecord]:
        """Those that carry the domain and were about to be listed."""
        late: list[IpRecord] = []
        while len(late) < missing and not self.context.check_mode:
            refresh = functools.partial(self._new_carrying, [ip["address"] for ip in there + late], desired)
            more = self._look(refresh, missing - len(late), LATE_LISTING_WINDOW_S)
            if not more:
                break
            late += more
        return late

    def _ordered_before(self, desired: DesiredAddresses, carrying: list[IpRecord]) -> list[IpRecord]:
        """Those that an earlier run ordered, once they are listed; they are not ordered again before."""
        note = self.once.order
        if note is None or self.context.check_mode:
            return []
        if len(carrying) >= desired.count:
            if len([ip for ip in carrying if ip["address"] not in note.before]) >= note.count:
                self.once.found("listed")
            return []
        name = self._name_of_order(note.count, desired.domain)
        refresh, is_done = functools.partial(self._new, note.before, desired), functools.partial(_is_many, note.count)
        if self.wait and note.id is None:
            come = self.context.wait(refresh, is_done, f"{name} to be listed", _describe_count, NOT_LISTED)
        else:
            come = self._look(refresh, note.count, CONFIRM_NOTED_S if note.id else UNWAITED_LISTING_WINDOW_S)
        come = self._taken(come, desired, note)
        if not is_done(come) and note.id is None:
            self.context.warn(f"{name} ordered before; {_describe_count(come)} so far. {ADVICE}")
        known = [ip["address"] for ip in carrying]
        return [ip for ip in come if ip["address"] not in known]

    def _taken(self, come: list[IpRecord], desired: DesiredAddresses, note: Note) -> list[IpRecord]:
        """The addresses that an order became, under the domain that they were ordered for.

        Its note goes some time after all carry the domain. An address that the portal gave another domain would be
        ordered again without it; the note of one that is gone is of no use any more.
        """
        fitting = [ip for ip in come if desired.fits(ip)]
        unnamed = [ip for ip in come if not ip["domain"]]
        likely = [*fitting, *unnamed, *(ip for ip in come if ip not in fitting and ip not in unnamed)]
        taken = [self._named(ip, desired.domain) for ip in likely[: note.count]]
        if len(taken) < note.count:
            if note.id:
                self.once.forget()
        elif all(map(desired.fits, taken)):
            self.once.found("listed")
        else:
            self.once.amend(id="listed")
        return taken

    def _order(self, desired: DesiredAddresses, there: list[IpRecord], carrying: list[IpRecord]) -> list[IpRecord]:
        """Order what is missing. Returns the new addresses, none in check mode."""
        if len(carrying) >= desired.count:
            return []
        vlans = [desired.vlan] if desired.vlan else self._vlans()
        known = [ip["address"] for ip in there + carrying]
        added: list[IpRecord] = []
        for order in plan_count(len(carrying), desired, vlans[0]["id"] if len(vlans) == 1 else None):
            refresh = functools.partial(self._new, known, desired)
            target = Target(self._name_of_order(order.count, desired.domain), self.ips, refresh, _describe_count)
            if self.context.check_mode:
                return self.context.apply(order, target, []).record
            note = Note(self.once.label, tuple(known), count=order.count)
            added = self._taken(self._placed(order, target, note, vlans), desired, note)
        return added

    def _placed(
        self, order: Order, target: Target[Ips, list[IpRecord]], note: Note, vlans: list[Vlan]
    ) -> list[IpRecord]:
        """The new addresses. The note of their order is there before it is sent, and goes if the portal refused it."""
        try:
            with self.once.placing(note.before, note.count):
                added = self.context.apply(order, target, [], self.wait, f"The order was accepted. {ADVICE}").record
        except PortalError as error:
            raise _with_vlans(error, vlans) if isinstance(error, ApiError) and not order.vlan_id else error from None
        if not self.wait and target.refresh:
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
                    "option address."
                )
            return ip
        return self._set_domain(SetDomain(domain), ip)

    # -- reading -----------------------------------------------------------------------------------------------------

    def _listed(self, address: str) -> IpRecord | None:
        return next((ip for ip in self.ips.list() if ip["address"] == address), None)

    def _new(self, known: Collection[str], desired: DesiredAddresses) -> list[IpRecord]:
        """Those that have come up beside the addresses *known*."""
        try:
            return self.ips.known(*desired.needed, but=known)
        except NotFound:
            return []  # listed, but not yet known in detail

    def _new_carrying(self, known: Collection[str], desired: DesiredAddresses) -> list[IpRecord]:
        return [ip for ip in self._new(known, desired) if desired.fits(ip)]

    def _look(self, refresh: Callable[[], list[IpRecord]], count: int, seconds: float) -> list[IpRecord]:
        """What *refresh* gives once it is *count* many, at the latest after so many seconds."""
        deadline = self.context.deadline.at_most(min(seconds, self.context.deadline.remaining / 2))
        return watch(self.context.client, refresh, functools.partial(_is_many, count), deadline, [])

    def _vlans(self) -> list[Vlan]:
        """The server's VLANs, none if the portal does not list them."""
        try:
            return self.ips.vlans()
        except (NotFound, DecodingError, ApiError):
            return []

    # -- words -------------------------------------------------------------------------------------------------------

    def _name(self, ip: IpRecord) -> str:
        return f"IP address {ip['address']} of service {self.ips.service_id}"

    def _name_of_order(self, count: int, domain: str) -> str:
        return f"{count} new IP address{'' if count == 1 else 'es'} for {domain} {self.ips.where}"

    def _warn_of_unplaced(self, carrying: list[IpRecord], desired: DesiredAddresses) -> None:
        unplaced = [ip["address"] for ip in carrying if desired.vlan and ip["vlan"] is None]
        if desired.vlan and unplaced:
            self.context.warn(
                f"The portal does not report the VLAN of {', '.join(unplaced)}: counted as in {desired.vlan['name']}."
            )


def _with_vlans(refusal: ApiError, vlans: list[Vlan]) -> ApiError:
    """*refusal*, with the VLANs that there are if it asks for one."""
    if "vlan" not in " ".join(refusal.errors).lower():
        return refusal
    message = f"{refusal} Choose one with the option vlan: {listing(vlans) or 'none is listed'}."
    return ApiError(message, refusal.request, refusal.errors, refusal.status_code)


def _managed(ip: IpRecord) -> dict[str, Any]:
    return {name: ip[name] for name in ("id", "address", "domain")}


def _describe_listed(ip: IpRecord | None) -> str:
    return "it is still listed" if ip else "it is not listed any more"


def _describe_domain(ip: IpRecord) -> str:
    return f"its domain is {ip['domain'] or 'not set'}"


def _is_many(count: int, found: Sequence[IpRecord]) -> bool:
    return len(found) >= count


def _describe_count(found: Sequence[IpRecord]) -> str:
    return f"{len(found)} listed"
