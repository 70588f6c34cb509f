# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired states of many VMs of one service at once: one list a round, and the waits overlapped.

It plans by ``plan`` and carries out the transitions of ``vm``; no VM ever waits for another one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from .._context import ModuleContext
from .._core.change.polling import (
    FIRST_POLL_S,
    LONGEST_PAUSE_S,
    LOST_RESPONSE_TIMEOUT_S,
    STALE_READ_WINDOW_S,
    may_pass,
    send_once,
    wait_for,
)
from .._core.change.transition import Target
from .._core.errors import ApiError, Busy, InvalidInput, PortalError, TimedOut, UnexpectedResponse
from .._core.http.concurrency import map_concurrently
from .._core.reading.comparison import label_key
from .._core.reading.values import to_text
from .._core.reading.vocabulary import says_busy
from .api import VmRecords, Vms
from .fleet_item import FleetItem
from .guard import Guard, ensure_identified
from .orders import Orders
from .record import tells_state
from .state import describe
from .transitions import Create, Vm, existing

#: Rounds come closer than the polls of one VM: a round costs one request, however many VMs are waited for.
LONGEST_ROUND_S = LONGEST_PAUSE_S / 2


class Fleet:
    """The VMs of one service and their desired states.

    :param options: those of the module vm_fleet but for the connection.
    """

    def __init__(self, context: ModuleContext, vms: Vms, options: Mapping[str, Any]):
        self.context, self.vms, self.client, self.options = context, vms, context.client, options
        self.wait, self.workers = options["wait"], options["workers"]
        vms.workers = self.workers
        self.guard = Guard(vms)
        self.orders = Orders(vms, context.deadline, context.check_mode, context.warn)
        self.labels = {label for label in (to_text(each["label"]) for each in options["vms"]) if label}
        self.items: list[FleetItem] = []

    def apply(self) -> list[FleetItem]:
        """Bring all VMs to their states. Returns the items in their order, then those that were purged."""
        if self.context.check_mode:
            self._plan()
            self._predict()
        else:
            with self._lock():
                self._plan_surely()
                self._poll_until_done(self._place_orders)
            self._poll_until_done(self._step)
        return self.items

    def _lock(self) -> AbstractContextManager[None]:
        return self.orders.lock(f"the VMs of service {self.vms.service_id}")

    # -- what there is to do -----------------------------------------------------------------------------------------

    def _plan_surely(self) -> None:
        """Plan; where a VM is not listed, again: what is to be ordered must be absent from reads some time apart."""
        self._plan()
        if any(item.is_unseen for item in self.items) and not any(item.is_doubtful for item in self.items):
            self._plan()
        while any(item.is_doubtful for item in self.items):
            self.orders.pause(FIRST_POLL_S)
            self._plan()
            if self.orders.is_settled and not any(item.found.was_refused for item in self.items):
                return

    def _plan(self) -> None:
        """Find and plan all; what is wrong with one item is its failure."""
        found = self.orders.find_each(self.labels)
        listed = self.orders.listed
        self.items = [FleetItem(each, self.options["state"], self.vms) for each in self.options["vms"]]
        for item in self.items:
            item.attempt(item.find, found, listed)
        self._refuse_equal()
        self._for_each([item for item in self.items if item.needs_details], self._complete)
        for item in self.items:
            item.attempt(item.plan, listed, self.context.warn)
        if self.options["purge"]:
            self._add_purged(listed)

    def _refuse_equal(self) -> None:
        """Refuse two items that mean one VM."""
        names: dict[str, str | None] = {}
        for item in self.items:
            vmid = item.vm["id"] if item.vm else ""
            name = item.label or item.vmid
            if vmid in names:
                raise InvalidInput(
                    f"vms lists VM {vmid} more than once: as {names[vmid]} and as {name}. Give each VM one item."
                )
            names.update({vmid: name} if vmid else {})

    def _add_purged(self, listed: VmRecords) -> None:
        ensure_identified(listed)
        unclear = [str(item.error) for item in self.items if item.error]
        unclear += [f"{item.name} is not listed yet." for item in self.items if item.was_ordered]
        if unclear:
            raise InvalidInput(f"Nothing was changed, as purge needs to know each VM of vms: {' '.join(unclear)}")
        kept = {item.vm["id"] for item in self.items if item.vm}
        purged = [FleetItem.purged(vm, self.vms) for vm in listed if vm["id"] not in kept]
        for item in purged:
            item.attempt(item.plan, listed, self.context.warn)
        self.items += purged

    def _complete(self, item: FleetItem) -> None:
        item.learn(self._in_full(item))

    def _in_full(self, item: FleetItem) -> Vm:
        """The details of a VM. Those of one that is too new for them are asked for again, if the task waits."""
        vm = existing(item.vm)
        try:
            return self.vms.get_if_there(vm)
        except PortalError as error:
            if not error.is_passing or self.context.check_mode or not self.wait:
                raise
        limit = self.context.deadline.at_most(LOST_RESPONSE_TIMEOUT_S)
        details = f"the details of {item.name}"
        return wait_for(self.client, lambda: self.vms.get_if_there(vm), lambda _vm: True, limit, details, describe)

    def _predict(self) -> None:
        """What would be done; whether the service offers it is asked for one VM of each kind."""
        asked: set[type] = set()
        for item in self.items:
            if item.steps and item.attempt(self._is_due, item):
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

    def _place_orders(self) -> list[FleetItem]:
        """Order what is not ordered yet. Returns what is not listed yet."""
        self._for_each([item for item in self.items if item.is_creating and item.is_ready(True)], self._place)
        for item in self.items:
            item.give_up()
        return [
            item
            for item in self.items
            if item.vm is None and item.is_ordered and not item.was_ordered and not item.failed
        ]

    def _place(self, item: FleetItem) -> None:
        create = item.steps[0]
        if isinstance(create, Create):
            refusal = self.orders.place(create, lambda: self._send(item))
            if refusal:
                item.look_for(create, refusal)

    def _step(self) -> list[FleetItem]:
        """Send the items that are free their next transition. Returns those that are waited for."""
        while True:
            ready = [item for item in self.items if item.is_ready(self.wait)]
            if not ready:
                return [item for item in self.items if item.is_waiting(self.wait)]
            destroying = [item for item in ready if item.steps[0].destroys]
            self._for_each([item for item in ready if item not in destroying], self._send)
            self._destroy(destroying)

    def _destroy(self, items: list[FleetItem]) -> None:
        """Send what destroys, if it is still due; it shows before the lock goes to a task that would send it again."""
        if not items:
            return
        with self._lock():
            self._for_each(items, self._send_if_due)
            shown = self.context.deadline.at_most(STALE_READ_WINDOW_S)
            while shown.remaining >= FIRST_POLL_S:
                waiting = [item for item in items if not (item.failed or item.has_begun)]
                if not waiting:
                    return
                self.client.clock.sleep(FIRST_POLL_S)
                self._observe(waiting)

    def _send_if_due(self, item: FleetItem) -> None:
        try:
            if self._is_due(item):
                self._send(item)
        except Busy:
            item.settle()

    def _is_due(self, item: FleetItem) -> bool:
        """Read and plan once more before data is lost."""
        step, vm = item.steps[0], item.vm
        if not step.destroys or vm is None:
            return True
        waits = self.wait and not self.context.check_mode
        now, due = self.guard.recheck(vm, step, item.desired, waits)
        if now is None:
            item.vanished()
            return False
        item.learn(now)
        if due is None:
            item.leave_to_others()
            return False
        item.steps[0] = due
        return True

    def _send(self, item: FleetItem) -> Any:
        """Send the next transition. Returns what the portal answered."""
        transition = item.begin()
        try:
            return send_once(self.client, transition, self._target(item), item.vm, self.context.deadline)
        except PortalError as refusal:
            if refusal.outcome_unknown:
                raise
            # It may take one operation at a time: such a refusal has done nothing, so the VM is asked again.
            busy = isinstance(refusal, ApiError) and says_busy(" ".join(refusal.errors))
            if busy and self.wait and not transition.is_paid:
                item.postpone()
                return None
            item.refused()
            raise

    def _target(self, item: FleetItem) -> Target[Vms, Vm]:
        def now() -> Vm:
            """Asked only after a lost response."""
            if item.vm is None:
                found = self.orders.read_each(self.labels)[item.label or ""]
                return found.vm and self.vms.get_if_there(found.vm)
            listed = self.vms.by_id(item.vm["id"])
            return listed and self.vms.get_if_there(listed)

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
            self._read(waiting)
        except (PortalError, UnexpectedResponse) as error:
            if not may_pass(error):
                raise

    def _read(self, waiting: list[FleetItem]) -> None:
        ordered = [item for item in waiting if item.vm is None and item.is_ordered]
        found = self.orders.read_each(self.labels) if ordered else {}
        listed = self.orders.listed if ordered else self.vms.list()
        by_id = {vm["id"]: vm for vm in listed}
        if any(item.vm and item.vm["id"] not in by_id for item in waiting):
            by_id = {**{vm["id"]: vm for vm in self.vms.list()}, **by_id}  # what one read lacks may still be there
        for item in ordered:
            item.attempt(item.appeared, found[item.label or ""])
        in_full = []
        for item in [each for each in waiting if each.vm and each not in ordered]:
            vmid = existing(item.vm)["id"]
            if item.is_shown_by(by_id.get(vmid)):
                item.attempt(item.observe, by_id.get(vmid))
                if item.vm is None:
                    self.orders.destroyed(vmid)
            else:
                in_full.append(item)
        in_full += [item for item in ordered if item.vm and not tells_state(item.vm)]
        self._for_each(in_full, self._observe_in_full)
        self._for_each([item for item in waiting if item.is_thin], self._complete)

    def _observe_in_full(self, item: FleetItem) -> None:
        try:
            item.observe(self.vms.get_if_there(existing(item.vm)))
        except PortalError as error:
            if not error.is_passing:
                raise

    def _time_is_over(self, waiting: list[FleetItem]) -> None:
        for item in waiting:
            item.give_up(0.0)
            if item.failed:
                continue
            timed_out = f"Timed out after {self.context.deadline.seconds:g} s waiting for {item.name} {item.awaited}"
            item.fail(TimedOut(f"{timed_out} (last state: {describe(item.vm)}). {item.advice}"))


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
        raise InvalidInput("purge destroys every VM that vms does not list. To confirm that, set force=true too.")
    seen: set[str] = set()
    for number, item in enumerate(options["vms"], 1):
        label, vmid = to_text(item["label"]), to_text(item["vmid"])
        if bool(label) == bool(vmid):
            raise InvalidInput(f"Item {number} of vms must have a label or a vmid, one of the two.")
        key = f"id {vmid}" if vmid else f"label {label_key(label)}"
        if key in seen:
            raise InvalidInput(f"vms lists {label or vmid} more than once. Give each VM one item.")
        seen.add(key)
        if (item["state"] or options["state"]) == "rebuilt" and item["template"] is None:
            raise InvalidInput(f"{label or vmid} is to be rebuilt: give it a template.")
