# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an upgrade of a service has to order: what is desired against what the portal reports as selected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Union

from .._core.change.transition import Transition
from .._core.errors import ApiError, InvalidInput, LookupFailed
from .._core.reading.lookup import choose, equal_names
from .._core.reading.vocabulary import CYCLES, cycle_of
from .api import NO_UPGRADE, Service
from .record import counted

Resource = Any  # an UpgradeResource, or one of its items
#: What is selected of a resource: a number, or the quantities of its items by their ids.
Selection = Union[int, dict[str, int]]


@dataclass(frozen=True)
class DesiredUpgrade:
    """What is desired of one service; None leaves a thing as it is.

    :ivar resources: values, or quantities by item, by the id or name of the resource.
    :ivar cycle: the code of a billing cycle. :ivar force: order what cannot be compared, too.
    """

    resources: Mapping[str, Any]
    package: str | None = None
    cycle: str | None = None
    force: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> DesiredUpgrade:
        """From the options of the module ``service_upgrade``. What is wrong in itself is refused here."""
        code = None if options["cycle"] is None else ordered_cycle(options["cycle"])
        return cls(_checked(options["resources"] or {}), options["package"], code, options["force"])

    @property
    def needs_details(self) -> bool:
        return self.package is not None or self.cycle is not None


@dataclass(frozen=True)
class Selected:
    """What the portal says is selected now.

    :ivar product: the package, and ``billing_cycle`` in the portal's word; None if not read or not reported.
    :ivar awaits_payment: an order was placed whose invoice is due; nothing else is reported then.
    """

    resources: Sequence[Resource] = ()
    packages: Sequence[Any] = ()
    product: str | None = None
    billing_cycle: str | None = None
    awaits_payment: bool = False


def read(service: Service, desired: DesiredUpgrade) -> Selected:
    """GET /service/@id/upgrade, and the details if they are needed to compare."""
    options = service.upgrade_options()
    details = service.details() if desired.needs_details else {"product": None, "billing_cycle": None}
    return Selected(options["resources"], options["package"], details["product"], details["billing_cycle"])


def read_after_order(service: Service, desired: DesiredUpgrade) -> Selected:
    """The same, once an order was sent: then a portal may ask for its payment instead."""
    try:
        return read(service, desired)
    except ApiError as error:
        if NO_UPGRADE[1] in error.errors:
            return Selected(awaits_payment=True)
        raise


@dataclass(frozen=True)
class PlaceOrder(Transition[Service, Selected]):
    """Its record is what is selected.

    :ivar ordered: what is desired, in words that the portal still knows once it was ordered.
    """

    ordered: DesiredUpgrade
    order: dict[str, Any]
    name: str
    description = "to be upgraded"
    is_paid = True

    def send(self, api: Service, record: Selected) -> Any:
        return api.upgrade(self.order, send=True)

    def is_done(self, record: Selected) -> bool:
        if record.awaits_payment:
            return True
        try:
            return not Difference(self.name, self.ordered, record).order
        except LookupFailed:
            return False

    def predict(self, record: Selected) -> Selected:
        return record


def plan(difference: Difference) -> list[PlaceOrder]:
    return [PlaceOrder(difference.ordered, difference.order, difference.name)] if difference.order else []


class Difference:
    """What is desired, held against what is selected. It reads nothing, and sends nothing.

    :param name: for messages: "service 301".
    :ivar order: what differs, as it is sent to the portal; empty if nothing does.
    :ivar before, after: what is desired, in words, as it is and as it will be.
    :ivar ordered: what is desired, in words that the portal still knows once it was ordered.
    :raises InvalidInput: if it cannot be, or cannot be compared. :raises LookupFailed: for a name that fits nothing.
    """

    def __init__(self, name: str, desired: DesiredUpgrade, now: Selected):
        self.name, self.desired, self.ordered = name, desired, desired
        self.order: dict[str, Any] = {}
        self.before: dict[str, Any] = {}
        self.after: dict[str, Any] = {}
        for resource, value in _chosen(desired.resources, now.resources, "resource", f"on {name}"):
            self._compare_resource(resource, value)
        if desired.package is not None:
            self._compare_package(desired.package, now.product, now.packages)
        if desired.cycle is not None:
            self._compare_cycle(desired.cycle, now.billing_cycle)

    # -- one thing each ----------------------------------------------------------------------------------------------

    def _compare_resource(self, resource: Resource, value: Any) -> None:
        desired, payload = self._meant(resource, value)
        now = resource["quantity"] if counted(resource["type"]) else _selected(resource)
        if isinstance(desired, dict):
            same = now is not None and all(now.get(item, 0) == quantity for item, quantity in desired.items())
        else:
            same = now == desired
        self._note("resources", resource["name"], _in_words(resource, now), _in_words(resource, desired))
        if not same:
            self._ensure_known(now, f"what is selected of {resource['name']}")
            self.order.setdefault("resources", {})[resource["id"]] = payload

    def _meant(self, resource: Resource, value: Any) -> tuple[Selection, Any]:
        """What *value* means for *resource*, as ``{item id: quantity}`` or a number, and how it is sent."""
        where = f"for {resource['name']} on {self.name}"
        if counted(resource["type"]):
            number = self._number(resource, value, where)
            return number, str(number)
        if isinstance(value, dict):
            return self._quantities(resource, value, where)
        item = choose(value, resource["choices"], "item", where)
        if not _takes_quantities(resource):
            return {item["id"]: 1}, item["id"]
        quantity = (item["selected"] is not False and item["quantity"]) or 1
        return {item["id"]: quantity}, {item["id"]: str(quantity)}

    def _number(self, resource: Resource, value: Any, where: str) -> int:
        name = resource["name"]
        if isinstance(value, dict):
            if len(value) != 1:
                raise InvalidInput(f"{name} on {self.name} takes one number.")
            value = _chosen(value, resource["choices"], "item", where)[0][1]
        number = _whole(value, name)
        low, high = resource["min"], resource["max"]
        if (low is not None and number < low) or (high is not None and number > high):
            raise InvalidInput(f"{name} on {self.name} takes a number from {low} to {high}, not {number}.")
        return number

    def _quantities(self, resource: Resource, value: dict[str, Any], where: str) -> tuple[Selection, Any]:
        name = resource["name"]
        desired = {item["id"]: _whole(each, name) for item, each in _chosen(value, resource["choices"], "item", where)}
        if _takes_quantities(resource) is False:
            if list(desired.values()) != [1]:
                raise InvalidInput(f"{name} on {self.name} takes one of its items, and no quantity.")
            return desired, next(iter(desired))
        return desired, {item: str(quantity) for item, quantity in desired.items()}

    def _compare_package(self, desired: str, product: str | None, packages: Sequence[Any]) -> None:
        if equal_names(desired, product):
            self._note(None, "package", product, product)
            return
        try:
            chosen = choose(desired, packages, "package", f"among those that {self.name} can be upgraded to")
        except LookupFailed as error:
            raise LookupFailed(f"{error} Its package now is {product or 'not reported by the portal'}.") from None
        self.ordered = replace(self.ordered, package=chosen["name"])  # once it is ordered its id may not be listed
        self._note(None, "package", product, chosen["name"])
        if not equal_names(chosen["name"], product):
            self._ensure_known(product, "the package")
            self.order["package"] = int(chosen["id"]) if chosen["id"].isdigit() else chosen["id"]

    def _compare_cycle(self, desired: str, word: str | None) -> None:
        now = cycle_of(word)
        self._note(None, "cycle", word, getattr(cycle_of(desired), "word", desired))
        if now is None or now.code != desired:
            self._ensure_known(now, "the billing cycle")
            self.order["cycle"] = desired

    def _note(self, group: str | None, key: str, before: Any, after: Any) -> None:
        for notes, value in ((self.before, before), (self.after, after)):
            (notes.setdefault(group, {}) if group else notes)[key] = value

    def _ensure_known(self, now: Any, what: str) -> None:
        if now is None and not self.desired.force:
            raise InvalidInput(
                f"The portal does not report {what} on {self.name} in a way that can be compared. "
                "To order it nevertheless, on every run, use force=true."
            )


def ordered_cycle(desired: str) -> str:
    """The code of a billing cycle that can be ordered, from its code or a word for it.

    :raises LookupFailed: with the cycles that there are.
    """
    known = cycle_of(desired)
    if known and known.code:
        return known.code
    return choose(desired, [{"id": each.code, "name": each.word} for each in CYCLES if each.code], "billing cycle")[
        "id"
    ]


def _checked(resources: Mapping[str, Any]) -> Mapping[str, Any]:
    """*resources* as they are, if every value is one that can mean something."""
    for name, value in resources.items():
        for each in value.values() if isinstance(value, dict) and value else [value]:
            if isinstance(each, bool):
                raise InvalidInput(f"resources: {name} is {str(each).lower()}. Write the name of an item in quotes.")
            if not isinstance(each, (str, int, float)) or str(each).strip() == "":
                raise InvalidInput(f"resources: {name} must be a number, an item, or an item with its quantity.")
        for each in value.values() if isinstance(value, dict) else []:
            _whole(each, name)
    return resources


def _whole(value: Any, name: str) -> int:
    if not re.fullmatch(r"\s*\d+\s*", str(value)):
        raise InvalidInput(f"resources: the quantity of {name} must be a whole number, not {value}.")
    return int(value)


def _chosen(
    desired: Mapping[str, Any], candidates: Sequence[Any], noun: str, where: str
) -> list[tuple[dict[str, Any], Any]]:
    """Pairs of a record and what is desired of it, for *desired* by id or name."""
    pairs = [(choose(key, candidates, noun, where), value) for key, value in desired.items()]
    for place, (record, _value) in enumerate(pairs):
        if record in [each for each, _other in pairs[:place]]:
            raise InvalidInput(f"resources: {record['id']} and {record['name']} are one {noun}. Name it once.")
    return pairs


def _takes_quantities(resource: Resource) -> bool | None:
    """Whether each item of a choice has a quantity; None if that is unknown."""
    kind = (resource["type"] or "").lower()
    if re.fullmatch("select|radio", kind):
        return False
    if "qty" in kind or any(item["quantity"] is not None for item in resource["choices"]):
        return True
    return False if re.search("select|drop|radio", kind) else None


def _selected(resource: Resource) -> dict[str, int] | None:
    """The items that are selected, ``{id: quantity}``, or None if the portal does not report them."""
    items = resource["choices"]
    if all(item["selected"] is None for item in items):
        if all(item["quantity"] is None for item in items):
            return None
        return {item["id"]: item["quantity"] for item in items if item["quantity"]}
    if not _takes_quantities(resource):
        return {item["id"]: 1 for item in items if item["selected"]}
    found = {item["id"]: item["quantity"] for item in items if item["selected"]}
    return {identity: resource["quantity"] or 1 if each is None else each for identity, each in found.items()}


def _in_words(resource: Resource, chosen: Selection | None) -> Any:
    """For the diff: a number, the name of the one item, or the quantities by the items' names."""
    if not isinstance(chosen, dict):
        return chosen
    names = {item["id"]: item["name"] for item in resource["choices"]}
    if not _takes_quantities(resource) and list(chosen.values()) == [1]:
        return names[next(iter(chosen))]
    return {names[identity]: quantity for identity, quantity in chosen.items()}
