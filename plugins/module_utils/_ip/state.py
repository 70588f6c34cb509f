# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the addresses of one server to a state: removes one, names one, or sees to it that enough carry a domain.

Addresses cost money, and the portal lists new ones only after a while. So none is ordered on the word of a single look.
"""

from __future__ import annotations

import contextlib

from .._core.comparison import has_domain
from .._core.errors import ApiError, DecodingError, InvalidInput, NotFound, TimedOut
from .._core.lookup import choose, listing
from .._core.polling import wait_for
from .api import bare, identity, main_addresses, pick

#: Seconds to look again before more are ordered: those of an interrupted run may be about to be listed.
DOUBT = 4.0
#: Seconds to look, also without ``wait``, for those that were ordered: a second run before that would order them again.
GRACE = 10.0
ADVICE = "Look with ip_info until all are listed before you run the task again: it might order them once more."


class IpState:
    """The addresses of one server and what is wanted of them.

    :param task: the Task; its options say what is wanted.
    Each method returns C((addresses concerned, new ones, before, after)), the latter two for the diff.
    """

    def __init__(self, context, ips):
        self.context, self.ips, self.wait = context, ips, context.params["wait"]

    def remove(self, wanted, force):
        """Remove the address *wanted*; the server's main one only with *force*."""
        there = self.ips.known("main")
        ip = pick(wanted, there)
        if ip is None:
            return [], [], {}, {}
        name = f"IP address {ip['address']} of service {self.ips.service_id}"
        if ip in main_addresses(there) and not force:
            raise InvalidInput(f"{name} is the main one, by which the server is reached. To remove it, use force=true.")

        def gone():
            return ip["address"] not in [each["address"] for each in self.ips.list()]

        aim = f"{name} to be removed"
        if self.context.act(lambda: self.ips.delete(ip), gone, aim) and self.wait:
            self.context.wait(gone, bool, aim, lambda gone: "it is still listed")
        return [], [], {"id": ip["id"], "address": ip["address"]}, {}

    def name(self, wanted, domain):
        """The address *wanted* exists, and carries *domain* unless that is None."""
        listed = choose(identity(wanted), self.ips.list(), "IP address", self.ips.where, names=("address",))
        ip = before = self.ips.details(listed)
        if domain is not None and not has_domain(ip, domain):
            aim = f"IP address {ip['address']} of service {self.ips.service_id} to have the domain {domain}"

            def look():
                return self.ips.details(listed)

            if (
                self.context.act(lambda: self.ips.edit(ip, domain), lambda: has_domain(look(), domain), aim)
                and self.wait
            ):
                ip = self.context.wait(look, lambda seen: has_domain(seen, domain), aim, _told)
            else:
                ip = {**ip, "domain": domain}
        return [ip], [], _named(before), _named(ip)

    def supply(self, domain, count, vlan):
        """At least *count* addresses carry *domain*; in *vlan* (an id or a name) unless that is None."""
        vlan = vlan if vlan is None else self.ips.vlan(vlan)
        there = self.ips.known(*_needed(vlan))
        if any(bare(ip) and ip["domain"] is None for ip in there):
            raise InvalidInput(
                f"The portal tells no domains for the addresses of service {self.ips.service_id}, so it cannot be told "
                f"how many carry {domain}, and none is added. To set the domain of one, give its address."
            )
        carrying = [ip for ip in there if _fits(ip, domain, vlan)]
        unplaced = [ip["address"] for ip in carrying if vlan and ip["vlan"] is None]
        if unplaced:
            self.context.warn(
                f"The portal does not tell the VLAN of {', '.join(unplaced)}: counted as in {vlan['name']}."
            )
        before = {"domain": domain, "count": len(carrying)}

        def fresh():
            """Those that carry the domain and have come up since *there*, *carrying* was read."""
            known = [ip["address"] for ip in there + carrying]
            try:
                return [ip for ip in self.ips.known(*_needed(vlan), but=known) if _fits(ip, domain, vlan)]
            except NotFound:
                return []  # listed, but not yet known in detail

        while len(carrying) < count and not self.context.check_mode:
            late = self._look(fresh, count - len(carrying), DOUBT)
            if not late:
                break
            carrying = carrying + late
        missing = count - len(carrying)
        added = self._add(domain, missing, vlan, fresh) if missing > 0 else []
        after = {"domain": domain, "count": max(count, len(carrying))}
        return carrying + added, added, before, after

    def _add(self, domain, missing, vlan, fresh):
        """Order *missing* addresses. Returns them, none in check mode."""
        context, what = self.context, f"{missing} new IP address{'' if missing == 1 else 'es'} for {domain}"
        aim = f"{what} {self.ips.where}"

        def enough(found):
            return len(found) >= missing

        vlans = [vlan] if vlan else self._vlans()
        place = vlans[0]["id"] if len(vlans) == 1 else None
        try:
            ordered = context.act(lambda: self.ips.add(domain, missing, place), lambda: enough(fresh()), aim)
        except ApiError as refusal:
            if place or "vlan" not in " ".join(refusal.errors).lower():
                raise
            message = f"{refusal} Choose one with the option vlan: {listing(vlans) or 'none is listed'}."
            raise ApiError(message, refusal.request, refusal.errors, refusal.status_code) from None
        if not ordered:
            return []
        if self.wait:
            return wait_for(
                context.client, fresh, enough, context.deadline, aim, _count, f"The order was taken. {ADVICE}"
            )
        added = self._look(fresh, missing, GRACE)
        if not enough(added):
            context.warn(f"The order for {aim} was taken; {_count(added)} so far. {ADVICE}")
        return added

    def _look(self, fresh, wanted, seconds):
        """What *fresh* gives once it is *wanted* many, at the latest after so many seconds."""
        seen: list = []

        def look():
            seen[:] = fresh()
            return len(seen) >= wanted

        with contextlib.suppress(TimedOut):
            deadline = self.context.deadline.at_most(min(seconds, self.context.deadline.remaining / 2))
            wait_for(self.context.client, look, bool, deadline, "IP addresses", str)
        return seen

    def _vlans(self):
        """The server's VLANs, none if the portal does not list them."""
        try:
            return self.ips.vlans()
        except (NotFound, DecodingError, ApiError):
            return []


def _needed(vlan):
    return ("domain", "vlan") if vlan else ("domain",)


def _fits(ip, domain, vlan):
    """Whether the address carries the domain in the VLAN. One of an untold VLAN does, or each run would add more."""
    placed = (
        vlan is None or ip["vlan"] is None or ip["vlan"].casefold() in (vlan["id"].casefold(), vlan["name"].casefold())
    )
    return placed and has_domain(ip, domain)


def _named(ip):
    return {name: ip[name] for name in ("id", "address", "domain")}


def _told(ip):
    return f"its domain is {ip['domain'] or 'not set'}"


def _count(found):
    return f"{len(found)} listed"
