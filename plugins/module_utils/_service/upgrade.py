# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an upgrade of a service has to order: what is wanted against what the portal says is selected."""

from __future__ import annotations

import re

from .._core.errors import ApiError, InvalidInput, LookupFailed
from .._core.lookup import choose, equal_names
from .api import NO_UPGRADE
from .record import counted

#: Billing cycles: the portal tells the word and is told the code.
CYCLES = {
    "h": "Hourly",
    "d": "Daily",
    "w": "Weekly",
    "m": "Monthly",
    "q": "Quarterly",
    "s": "Semi-Annually",
    "a": "Annually",
    "b": "Biennially",
    "t": "Triennially",
    "p4": "Quadrennially",
    "p5": "Quinquennially",
}
#: What a service may have that no code orders.
ENDLESS = ("free", "one time")


class Upgrade:
    """What is wanted of one service. What is wrong in itself is refused here, before anything is sent.

    :param wanted: the options ``resources``, ``package``, ``cycle`` and ``force`` of M(sindad.cloud.service_upgrade).
    :ivar before, after: what is wanted, in words, as it is and as it will be. Filled by ``compare``.
    """

    def __init__(self, wanted):
        self.force = wanted["force"]
        self.resources = _checked(wanted["resources"] or {})
        self.package = wanted["package"]
        self.cycle = cycle(wanted["cycle"]) if wanted["cycle"] is not None else None
        self.order: dict = {}

    def compare(self, service):
        """Read what is selected now. Returns what differs, as the portal is told it; nothing if nothing does."""
        self.service, self.name = service, f"service {service.id}"
        self.order, self.before, self.after = {}, {}, {}
        options = service.upgrade_options()
        chosen = _chosen(self.resources, options["resources"], "resource", f"on {self.name}")
        for resource, value in chosen:
            self._compare_resource(resource, value)
        if self.package is not None or self.cycle is not None:
            details = service.details()
            if self.package is not None:
                self._compare_package(details["product"], options["package"])
            if self.cycle is not None:
                self._compare_cycle(details["billing_cycle"], self.cycle)
        return self.order

    def landed(self):
        """Whether the portal shows that the order was taken, once it was sent."""
        try:
            return not self.compare(self.service)
        except ApiError as error:
            return NO_UPGRADE[1] in error.errors  # now there is an invoice to pay: that of the order
        except LookupFailed:
            return False

    # -- one thing each ----------------------------------------------------------------------------------------------

    def _compare_resource(self, resource, value):
        wanted, payload = self._meant(resource, value)
        if counted(resource["type"]):
            now, same = resource["quantity"], resource["quantity"] == wanted
        else:
            now = _selected(resource)
            same = now is not None and all(now.get(item, 0) == quantity for item, quantity in wanted.items())
        self._note("resources", resource["name"], _in_words(resource, now), _in_words(resource, wanted))
        if not same:
            self._must_be_known(now, f"what is selected of {resource['name']}")
            self.order.setdefault("resources", {})[resource["id"]] = payload

    def _meant(self, resource, value):
        """What *value* means for *resource*, as ``{item id: quantity}`` or a number, and how the portal is told it."""
        name, items = resource["name"], resource["choices"]
        where = f"of {name} on {self.name}"
        if counted(resource["type"]):
            if isinstance(value, dict):
                if len(value) != 1:
                    raise InvalidInput(f"{name} on {self.name} takes one number.")
                value = _chosen(value, items, "item", where)[0][1]
            number = _whole(value, name)
            low, high = resource["min"], resource["max"]
            if (low is not None and number < low) or (high is not None and number > high):
                raise InvalidInput(f"{name} on {self.name} takes a number from {low} to {high}, not {number}.")
            return number, str(number)
        if not isinstance(value, dict):
            item = choose(value, items, "item", where)
            if not _takes_quantities(resource):
                return {item["id"]: 1}, item["id"]
            quantity = (item["selected"] is not False and item["quantity"]) or 1
            return {item["id"]: quantity}, {item["id"]: str(quantity)}
        wanted = {item["id"]: _whole(each, name) for item, each in _chosen(value, items, "item", where)}
        if _takes_quantities(resource) is False:
            if list(wanted.values()) != [1]:
                raise InvalidInput(f"{name} on {self.name} takes one of its items, and no quantity.")
            return wanted, next(iter(wanted))
        return wanted, {item: str(quantity) for item, quantity in wanted.items()}

    def _compare_package(self, product, packages):
        if equal_names(self.package, product):
            self._note(None, "package", product, product)
            return
        try:
            chosen = choose(self.package, packages, "package", f"that {self.name} can be upgraded to")
        except LookupFailed as error:
            raise LookupFailed(f"{error} Its package now is {product or 'not told by the portal'}.") from None
        self.package = chosen["name"]  # once it is ordered its id may not be listed any more
        self._note(None, "package", product, chosen["name"])
        if not equal_names(chosen["name"], product):
            self._must_be_known(product, "the package")
            self.order["package"] = int(chosen["id"]) if chosen["id"].isdigit() else chosen["id"]

    def _compare_cycle(self, word, wanted):
        now = next((code for code, each in CYCLES.items() if equal_names(word, each) or equal_names(word, code)), None)
        self._note(None, "cycle", word, CYCLES[wanted])
        if now != wanted:
            self._must_be_known(now or (word or "").lower() in ENDLESS or None, "the billing cycle")
            self.order["cycle"] = wanted

    def _note(self, group, key, before, after):
        for notes, value in ((self.before, before), (self.after, after)):
            (notes.setdefault(group, {}) if group else notes)[key] = value

    def _must_be_known(self, now, what):
        if now is None and not self.force:
            raise InvalidInput(
                f"The portal does not tell {what} on {self.name} in a way that can be compared. "
                "To order it all the same, on every run, use force."
            )


def cycle(wanted):
    """The code of a billing cycle, from its code or word."""
    known = [{"id": code, "name": word} for code, word in CYCLES.items()]
    return choose(wanted, known, "billing cycle", names=("name", "id"))["id"]


def _checked(resources):
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


def _whole(value, name):
    if not re.fullmatch(r"\s*\d+\s*", str(value)):
        raise InvalidInput(f"resources: the quantity of {name} must be a whole number, not {value}.")
    return int(value)


def _chosen(wanted, candidates, noun, where):
    """Pairs of a record and what is wanted of it, for *wanted* by id or name."""
    pairs = [(choose(key, candidates, noun, where), value) for key, value in wanted.items()]
    for place, (record, _value) in enumerate(pairs):
        if record in [each for each, _other in pairs[:place]]:
            raise InvalidInput(f"resources: {record['id']} and {record['name']} are one {noun}. Name it once.")
    return pairs


def _takes_quantities(resource):
    """Whether each item of a choice has a quantity; None if that cannot be told."""
    kind = (resource["type"] or "").lower()
    if re.fullmatch("select|radio", kind):
        return False
    if "qty" in kind or any(item["quantity"] is not None for item in resource["choices"]):
        return True
    return False if re.search("select|drop|radio", kind) else None


def _selected(resource):
    """The items that are selected, ``{id: quantity}``, or None if the portal does not tell."""
    items = resource["choices"]
    if all(item["selected"] is None for item in items):
        if all(item["quantity"] is None for item in items):
            return None
        return {item["id"]: item["quantity"] for item in items if item["quantity"]}
    if not _takes_quantities(resource):
        return {item["id"]: 1 for item in items if item["selected"]}
    found = {item["id"]: item["quantity"] for item in items if item["selected"]}
    return {identity: resource["quantity"] or 1 if each is None else each for identity, each in found.items()}


def _in_words(resource, chosen):
    """For the diff: a number, the name of the one item, or the quantities by the items' names."""
    if not isinstance(chosen, dict):
        return chosen
    names = {item["id"]: item["name"] for item in resource["choices"]}
    if not _takes_quantities(resource) and list(chosen.values()) == [1]:
        return names[next(iter(chosen))]
    return {names[identity]: quantity for identity, quantity in chosen.items()}
