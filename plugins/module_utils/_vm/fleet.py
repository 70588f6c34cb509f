# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings many VMs of one service to their states at once: one list a round, and the waits overlapped.

It plans by ``plan`` and carries out the transitions of ``vm``; no VM ever waits for another one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from .._context import ModuleContext
from .._core.change.ledger import Ledger
from .._core.change.polling import FIRST_POLL_S, LONGEST_PAUSE_S, RESUME_ADVICE, may_pass, send_once
from .._core.change.transition import Target
from .._core.errors import ApiError, InvalidInput, PortalError, TimedOut, UnexpectedResponse
from .._core.http.concurrency import map_concurrently
from .._core.reading.values import to_text
from .._core.reading.vocabulary import says_busy
from .api import VmRecords, Vms
from .fleet_item import FleetItem
from .guard import Guard, ensure_identified
from .orders import Orders
from .state import describe
from .transitions import Vm

#: Rounds come closer than the polls of one VM: a round costs one request, however many VMs are waited for.
LONGEST_ROUND_S = LONGEST_PAUSE_S / 2


class Fleet:
    """The VMs of one service and what is wanted of each.

    :param options: those of M(sindad.cloud.vm_fleet) but for the connection.
    """

    def __init__(self, context: ModuleContext, vms: Vms, options: Mapping[str, Any]):
        self.context, self.vms, self.client = context, vms, context.client
        self.wait, self.workers, self.purge = options["wait"], options["workers"], options["purge"]
        self.guard = Guard(vms)
        self.orders = Orders(vms, Ledger(self.client.url, vms.service_id, "vms"), context.warn)
        self.items = [FleetItem(each, options["state"], vms.service_id) for each in options["vms"]]
        self.before: list[str] = []

    def apply(self) -> list[FleetItem]:
        """Bring all VMs to their states. Returns the items in their order, then those that were purged."""
        if self.context.check_mode:
            self._plan()
            self._predict()
        else:
            with self.orders.ledger.lock(self.context.deadline, f"the VMs of service {self.vms.service_id}"):
                self._plan()
                self._order()
            self._poll_until_done(self._step)
        return self.items

    # -- what there is to do -----------------------------------------------------------------------------------------

    def _plan(self) -> None:
        """Find and plan all; what is wrong with one item is its failure."""
        listed = self._listed()
        self.before = [vm["id"] for vm in listed]
        read_only = self.context.check_mode
        picked = self.orders.pick_each({item.label for item in self.items if item.label}, listed, read_only)
        for item in self.items:
            item.attempt(item.find, listed, self.orders, picked, read_only)
        self._for_each([item for item in self.items if item.needs_details], self._complete)
        for item in self.items:
            item.attempt(item.plan, self.vms, self.context.warn)
        if self.purge:
            self._add_purged(listed)

    def _listed(self) -> VmRecords:
        """The list, with labels; where the backend's list has none, each VM is asked for."""
        listed = self.vms.list()
        if all(vm["label"] for vm in listed):
            return listed
        return map_concurrently(listed, self.vms.get, self.workers, self.client.stop)

    def _add_purged(self, listed: VmRecords) -> None:
        ensure_identified(listed)
        unclear = [str(item.error) for item in self.items if item.error]
        unclear += [f"{item.name} is not listed yet." for item in self.items if item.was_ordered]
        if unclear:
            raise InvalidInput(f"Nothing was changed, as purge needs to know each VM of vms: {' '.join(unclear)}")
        kept = {item.vm["id"] for item in self.items if item.vm}
        purged = [FleetItem.purged(vm, self.vms.service_id) for vm in listed if vm["id"] not in kept]
        for item in purged:
            item.attempt(item.plan, self.vms, self.context.warn)
        self.items += purged

    def _complete(self, item: FleetItem) -> None:
        item.learn(self.vms.get(item.existing))

    def _predict(self) -> None:
        """What would be done; whether the service offers it is asked for one VM of each kind."""
        asked: set[type] = set()
        for item in self.items:
            if item.steps and item.attempt(self._may_go_on, item):
                kind = type(item.steps[0])
                if kind not in asked:
                    item.attempt(self.context.ensure_offered, item.steps[0], self._target(item), item.vm)
                    asked.add(kind)
                item.attempt(item.predict)

    # -- carrying out ------------------------------------------------------------------------------------------------

    def _for_each(self, items: list[FleetItem], call: Callable[[FleetItem], Any]) -> None:
        """*call* for each, some at a time; a failure is the item's own."""

        def attempt(item: FleetItem) -> None:
            item.attempt(call, item)

        map_concurrently(items, attempt, self.workers, self.client.stop)

    def _order(self) -> None:
        """Send all creations, and wait until they are listed."""
        self._poll_until_done(self._place_orders)

    def _place_orders(self) -> list[FleetItem]:
        """Order what is not ordered yet. Returns what is not listed yet."""
        self._for_each([item for item in self.items if item.is_creating and item.is_ready(True)], self._place)
        created = [item for item in self.items if item.is_creating or (item.is_ordered and not item.was_ordered)]
        return [item for item in created if item.vm is None and not item.failed]

    def _place(self, item: FleetItem) -> None:
        """Order one. Its note comes right before it: whoever is killed in between does not order another."""
        label = item.label or ""
        self.orders.note(label, self.before)
        item.attempt(self._send, item)
        if not item.is_ordered or (item.failed and not item.outcome_unknown):
            self.orders.ledger.forget(label)

    def _step(self) -> list[FleetItem]:
        """Send the items that are free their next transition. Returns those that are waited for."""
        while True:
            ready = [item for item in self.items if item.is_ready(self.wait)]
            if not ready:
                return [item for item in self.items if item.is_waiting(self.wait)]
            self._for_each(ready, self._send)

    def _send(self, item: FleetItem) -> None:
        if not self._may_go_on(item):
            return
        transition = item.begin(self.client.clock)
        try:
            send_once(self.client, transition, self._target(item), item.vm, self.context.deadline)
        except PortalError as refusal:
            if refusal.outcome_unknown:
                raise
            # It may take one operation at a time: a refusal has done nothing, so it is asked again.
            if not (self.wait and isinstance(refusal, ApiError) and says_busy(" ".join(refusal.errors))):
                item.refused()
                raise
            item.postpone()

    def _may_go_on(self, item: FleetItem) -> bool:
        """Look once more before data is lost. False if the VM is gone."""
        if not item.steps[0].destroys or item.vm is None:
            return True
        now = self.guard.look_again(item.name, item.vm, item.steps[0], item.force)
        if now is None:
            item.vanished()
            return False
        item.learn(now)
        return True

    def _target(self, item: FleetItem) -> Target[Vms, Vm]:
        def now() -> Vm:
            """Asked only after a lost response."""
            if item.vm is None:
                return self.orders.find_created(item.label or "")
            return next((self.vms.get(vm) for vm in self.vms.list() if vm["id"] == item.existing["id"]), None)

        return Target(item.name, self.vms, now, describe)

    # -- waiting -----------------------------------------------------------------------------------------------------

    def _poll_until_done(self, unfinished: Callable[[], list[FleetItem]]) -> None:
        """Poll the list, once a round for all, until no item is *unfinished* or the time is over."""
        pause, deadline = FIRST_POLL_S, self.context.deadline
        with self.client.until(deadline.end):
            waiting = unfinished()
            while waiting:
                if deadline.remaining < FIRST_POLL_S:
                    return self._time_is_over(waiting)
                self.client.clock.sleep(min(random.uniform(0.8, 1.2) * pause, deadline.remaining))
                pause = min(LONGEST_ROUND_S, pause * 1.6)
                self._observe(waiting)
                waiting = unfinished()

    def _observe(self, waiting: list[FleetItem]) -> None:
        try:
            listed = self.vms.list()
            if any(item.vm is None and item.is_ordered for item in waiting):
                listed = self._with_labels(listed)
        except (PortalError, UnexpectedResponse) as error:
            if not may_pass(error):
                raise
            return
        by_id = {vm["id"]: vm for vm in listed}
        ordered = [item for item in waiting if item.vm is None and item.is_ordered]
        picked = self.orders.pick_each({item.label or "" for item in ordered}, listed)
        for item in waiting:
            if item in ordered:
                item.attempt(item.appeared, picked)
            elif item.vm is None:
                item.try_again()
            elif item.is_told_by(by_id.get(item.existing["id"])):
                item.attempt(item.observe, by_id.get(item.existing["id"]))
        untold = [item for item in waiting if item.vm and not item.is_told_by(by_id.get(item.existing["id"]))]
        self._for_each(untold, self._observe_in_full)
        self._for_each([item for item in waiting if item.is_thin], self._complete)

    def _observe_in_full(self, item: FleetItem) -> None:
        item.observe(self.vms.get_if_there(item.existing))

    def _with_labels(self, listed: VmRecords) -> VmRecords:
        """The list with the labels of the new VMs; those that were there before need none."""
        nameless = [vm for vm in listed if not vm["label"] and vm["id"] not in self.before]
        full = {vm["id"]: vm for vm in map_concurrently(nameless, self.vms.get, self.workers, self.client.stop)}
        return [full.get(vm["id"], vm) for vm in listed]

    def _time_is_over(self, waiting: list[FleetItem]) -> None:
        for item in waiting:
            advice = self.orders.advice(item.label or "") if item.vm is None and item.is_ordered else RESUME_ADVICE
            timed_out = f"Timed out after {self.context.deadline.seconds:g} s waiting for {item.name} {item.awaited}"
            item.fail(TimedOut(f"{timed_out} (last state: {describe(item.vm)}). {advice}"))


def to_result(items: list[FleetItem]) -> dict[str, Any]:
    """What the module returns; it fails if an item did."""
    fleet = [item.result() for item in items]
    result: dict[str, Any] = {
        "fleet": fleet,
        "changed": any(each["changed"] for each in fleet),
        "diff": [{"before_header": each["label"], "after_header": each["label"], **each["diff"]} for each in fleet],
    }
    failures = [str(item.error) for item in items if item.failed]
    if failures:
        result.update(failed=True, msg=f"{len(failures)} of {len(items)} VMs failed: {' '.join(failures)}")
    return result


def ensure_valid(options: Mapping[str, Any]) -> None:
    """Refuse what cannot be meant, before anything is sent: an item that names no VM, two that name the same one."""
    if options["purge"] and not options["force"]:
        raise InvalidInput("purge destroys every VM that vms does not list. If that is wanted, set force=true too.")
    seen: set[str] = set()
    for number, item in enumerate(options["vms"], 1):
        label, vmid = to_text(item["label"]), to_text(item["vmid"])
        if bool(label) == bool(vmid):
            raise InvalidInput(f"Item {number} of vms must have a label or a vmid, one of the two.")
        key = f"id {vmid}" if vmid else f"label {(label or '').casefold()}"
        if key in seen:
            raise InvalidInput(f"vms lists {label or vmid} more than once. Give each VM one item.")
        seen.add(key)
        if (item["state"] or options["state"]) == "rebuilt" and item["template"] is None:
            raise InvalidInput(f"{label or vmid} is to be rebuilt: give it a template.")
