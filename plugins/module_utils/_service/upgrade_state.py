# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apply an upgrade of one service: what differs is ordered once, also where it does not show before it is paid."""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .._context import ModuleContext
from .._core.change.ledger import Ledger
from .._core.change.once import Once
from .._core.change.transition import Target
from .._core.errors import Busy, InvalidInput, LookupFailed, SindadError
from .api import Service, advice_if_unknown
from .record import Upgrade, invoice_of, to_upgrade
from .upgrade import DesiredUpgrade, Difference, PlaceOrder, Selected, plan, read, read_after_order

LOST_ADVICE = "Look at the invoices (sindad.cloud.invoice_info) for this order."


class Ordered(NamedTuple):
    """What a note holds of an upgrade, as texts.

    :ivar order: what was ordered, in words that the portal knows afterwards, too. :ivar request: what was requested.
    :ivar invoice: the id of its invoice; "" if the portal did not report one.
    """

    order: str
    request: str
    invoice: str = ""

    @property
    def desired(self) -> DesiredUpgrade:
        return DesiredUpgrade(**json.loads(self.order))

    def covers(self, order: str) -> bool:
        """Whether all of *order* was ordered with this one."""
        noted, other = json.loads(self.order), json.loads(order)
        resources = noted.pop("resources"), other.pop("resources")
        return all(
            given.get(key) == value for given, wish in ((noted, other), resources) for key, value in wish.items()
        )

    def __str__(self) -> str:
        parts = {key: value for key, value in json.loads(self.order).items() if value}
        words = [f"{key}: {value}" for key, value in {**parts.pop("resources", {}), **parts}.items()]
        return ", ".join([*words, *([f"invoice {self.invoice}"] if self.invoice else [])])


class UpgradeState:
    """The upgrade of one service.

    :param is_void: whether the invoice with this id will never be paid.
    """

    def __init__(
        self, context: ModuleContext, service: Service, desired: DesiredUpgrade, is_void: Callable[[str], bool]
    ):
        self.context, self.service, self.desired, self.is_void = context, service, desired, is_void
        self.name = f"service {service.id}"
        self.once = Once(context.client, Ledger(context.client.url, service.id, "upgrade"), "upgrade")
        #: An order that another task places while this one waits is never placed again, whatever is forced.
        self.first = self.once.order
        self.selected = Selected()
        self.difference: Difference | None = None
        self.is_pending = False

    def apply(self) -> Upgrade:
        """Order what differs; in check mode ask for an estimate."""
        return self.once.planned(self._plan, self._carry_out, f"the upgrade of {self.name}")

    @property
    def diff(self) -> dict[str, Any]:
        before = self.difference.before if self.difference else {}
        return {"before": before, "after": self.difference.after if self.difference and not self.is_pending else before}

    # -- planning ----------------------------------------------------------------------------------------------------

    def _plan(self) -> Sequence[PlaceOrder]:
        noted = self._noted()
        self.selected = self._read(noted)
        if noted and self.selected.awaits_payment:
            return self._left(noted, noted.request == self._request)
        self.difference = Difference(self.name, self.desired, self.selected)
        steps = plan(self.difference)
        if noted and self._is_due(noted) and steps:
            return self._left(noted, noted.covers(_order(self.difference)))
        return steps

    def _read(self, noted: Ordered | None) -> Selected:
        if noted is None or not self.once.is_open or self.desired.force:
            return read(self.service, self.desired)
        needed = self.desired if self.desired.needs_details else noted.desired
        return read_after_order(self.service, needed)

    def _noted(self) -> Ordered | None:
        order = self.once.order
        return None if order is None else Ordered(*order.before)

    def _is_due(self, noted: Ordered) -> bool:
        """Whether what was ordered may still be on its way, as far as that can be read."""
        if self._is_shown(noted, self.selected):
            if self._noted() == noted:  # not an order of another task that was placed meanwhile
                self.once.found("shown")
            return False
        if not self.once.is_open or (self.desired.force and self.once.order == self.first):
            return False
        return not (noted.invoice and self.is_void(noted.invoice))

    def _is_shown(self, noted: Ordered, selected: Selected) -> bool:
        try:
            return not Difference(self.name, noted.desired, selected).order
        except (LookupFailed, InvalidInput):
            return False

    def _left(self, noted: Ordered, is_same: bool) -> Sequence[PlaceOrder]:
        """No steps, with a warning: the upgrade was ordered already.

        :raises Busy: if what was ordered is not what is requested now.
        """
        self.is_pending = True
        said = f"An upgrade of {self.name} that was ordered from this machine does not show yet ({noted})."
        if not is_same:
            raise Busy(f"{said} Nothing was ordered: it has to be applied first, or its invoice cancelled.")
        self.context.warn(f"{said} It is not ordered again.")
        return []

    @property
    def _request(self) -> str:
        return _text([dict(self.desired.resources), self.desired.package, self.desired.cycle])

    # -- acting ------------------------------------------------------------------------------------------------------

    def _carry_out(self, steps: Sequence[PlaceOrder]) -> Upgrade:
        answer, order = None, self.difference.order if self.difference and not self.is_pending else {}
        for step in steps:
            answer = self._estimate(step) if self.context.check_mode else self._place(step)
        is_ordered = bool(steps) and not self.context.check_mode
        return to_upgrade(self.service.id, order, answer, is_ordered, self.is_pending)

    def _estimate(self, step: PlaceOrder) -> Any:
        target: Target[Service, Selected] = Target(self.name, self.service, None, str)
        self.context.apply(step, target, self.selected)
        return self.service.upgrade(step.order, send=False)

    def _place(self, step: PlaceOrder) -> Any:
        refresh = functools.partial(read_after_order, self.service, step.ordered)
        target = Target(self.name, self.service, refresh, str)
        ordered = Ordered(_order(step), self._request)
        count = 1 + (self.first.count if self.first else 0)
        with advice_if_unknown(LOST_ADVICE), self.once.placing(ordered, count):
            answer = self.context.apply(step, target, self.selected).answer
        self.once.amend(before=(*ordered[:2], invoice_of(answer) or ""))
        with contextlib.suppress(SindadError):
            if self._is_shown(ordered, refresh()):
                self.once.found("shown")
        return answer


def _order(step: PlaceOrder | Difference) -> str:
    """What is ordered, by ids but for the package, whose id may not be listed once it was ordered."""
    named = {"package": step.ordered.package} if "package" in step.order else {}
    return _text({"resources": {}, **step.order, **named})


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
