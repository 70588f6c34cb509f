# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Upgrade options, estimates and orders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..answers import refuse
from ..call import Call
from ..money import CYCLES, MONTHS, WORDS, bill, number, total
from ..params import php_truth
from ..routing import endpoint
from ..state import Account, Invoice, Product, Resource, Service


@dataclass(slots=True)
class Wanted:
    """What an upgrade asks for."""

    chosen: dict[int, dict[str, int]] = field(default_factory=dict)
    product: Product | None = None
    cycle: str = ""


@endpoint("GET", "/service/@id/upgrade")
def options(call: Call) -> dict[str, Any]:
    service = call.service
    if service.status != "Active":
        refuse("upgrade_not_available")
    return {
        "resources": [_resource(service, one) for one in service.product.resources],
        "package": [_package(call.account.products[key]) for key in service.product.packages],
    }


def _resource(service: Service, one: Resource) -> dict[str, Any]:
    chosen = service.chosen.get(one.id) or _default(one)
    entry: dict[str, Any] = {"id": one.id, "name": one.name, "type": one.type}
    if one.counted:
        entry.update({"min": str(one.low), "max": str(one.high), "step": "1"})
    items = []
    for item in one.items:
        shown: dict[str, Any] = {
            "id": item.id,
            "name": item.name,
            "price": number(item.price),
            "setup_price": number(item.setup_price),
            "selected": item.id in chosen,
        }
        if one.counted or one.type == "dropdown":
            shown["qty"] = str(chosen.get(item.id, 0))
        items.append(shown)
    entry["items"] = items
    return entry


def _package(product: Product) -> dict[str, Any]:
    return {
        "id": str(product.id),
        "name": product.name,
        "price": f"{product.price:.2f}",
        "cycles": {code: f"{product.price * MONTHS[code]:.2f}" for code in product.cycles},
    }


def _default(one: Resource) -> dict[str, int]:
    return {one.items[0].id: one.low if one.counted else 1}


@endpoint("POST", "/service/@id/upgrade")
def upgrade(call: Call) -> dict[str, Any]:
    service = call.service
    if service.status != "Active":
        refuse("upgrade_not_available")
    wanted = _read(call)
    old, new = _prices(service, wanted)
    charge = max(0.0, new - old) + _setup(service, wanted)
    if not php_truth(call.body.get("send")):
        return call.nothing(_estimate(service, wanted, old, new, charge))
    if service.upgrade_invoice:
        refuse("upgrade_due_invoice")
    if _same(service, wanted):
        refuse("upgrade_order_fail")
    invoice = _order(call, service, wanted, charge, new)
    return _ordered(call, invoice)


def _read(call: Call) -> Wanted:
    service, body = call.service, call.body
    wanted = Wanted()
    resources = body.get("resources")
    if resources not in (None, "", []):
        if not isinstance(resources, dict):
            refuse("resources is invalid")
        known = {str(one.id): one for one in service.product.resources}
        for key, value in resources.items():
            if key not in known:
                refuse("upgrade_not_available")
            wanted.chosen[known[key].id] = _choice(known[key], value)
    if body.get("package") not in (None, ""):
        package = str(body["package"])
        if package not in [str(one) for one in service.product.packages]:
            refuse("upgrade_not_available")
        wanted.product = call.account.products[int(package)]
    if body.get("cycle") not in (None, ""):
        wanted.cycle = str(body["cycle"])
        if wanted.cycle not in (wanted.product or service.product).cycles:
            refuse("upgrade_not_available")
    return wanted


def _choice(one: Resource, value: Any) -> dict[str, int]:
    """Sliders take a number, selects an item's id, dropdowns {item id: number}. Names are not known here."""
    if one.counted:
        count = _count(one, value)
        if not one.low <= count <= one.high:
            refuse(f"{one.name}: invalid quantity")
        return {one.items[0].id: count}
    ids = [item.id for item in one.items]
    if one.type == "dropdown":
        if not isinstance(value, dict) or len(value) != 1:
            refuse(f"{one.name}: invalid value")
        (key, quantity), *_rest = value.items()
        if str(key) not in ids or _count(one, quantity) < 1:
            refuse(f"{one.name}: invalid value")
        return {str(key): _count(one, quantity)}
    if isinstance(value, (bool, dict, list)) or str(value) not in ids:
        refuse(f"{one.name}: invalid value")
    return {str(value): 1}


def _count(one: Resource, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)) or not str(value).isdigit():
        refuse(f"{one.name}: invalid quantity")
    return int(value)


def _extras(service: Service, wanted: Wanted) -> float:
    """What these choices cost a month above the product's own."""
    extra = 0.0
    for one in service.product.resources:
        own = _default(one)
        chosen = wanted.chosen.get(one.id) or service.chosen.get(one.id) or own
        extra += sum(item.price * (chosen.get(item.id, 0) - own.get(item.id, 0)) for item in one.items)
    return extra


def _prices(service: Service, wanted: Wanted) -> tuple[float, float]:
    """The price of a cycle now and after the upgrade, without set-up fees."""
    old = float(service.total)
    months = MONTHS.get(wanted.cycle or CYCLES.get(service.billingcycle, "m"), 1)
    if wanted.product or wanted.cycle:
        product = wanted.product or service.product
        return old, (product.price + _extras(service, wanted)) * months
    return old, old + (_extras(service, wanted) - _extras(service, Wanted())) * months


def _setup(service: Service, wanted: Wanted) -> float:
    return sum(
        item.setup_price
        for one in service.product.resources
        for item in one.items
        if item.id in wanted.chosen.get(one.id, {}) and item.id not in (service.chosen.get(one.id) or _default(one))
    )


def _same(service: Service, wanted: Wanted) -> bool:
    resources = {one.id: one for one in service.product.resources}
    return (
        all((service.chosen.get(key) or _default(resources[key])) == value for key, value in wanted.chosen.items())
        and wanted.product in (None, service.product)
        and wanted.cycle in ("", CYCLES.get(service.billingcycle))
    )


def _estimate(service: Service, wanted: Wanted, old: float, new: float, charge: float) -> dict[str, Any]:
    resources = []
    for one in service.product.resources:
        if one.id in wanted.chosen:
            price = sum(item.price * wanted.chosen[one.id].get(item.id, 0) for item in one.items)
            resources.append({"id": one.id, "name": one.name, "price": f"{price:.2f}"})
    return {
        "resources": resources,
        "package": [_package(wanted.product)] if wanted.product else [],
        "charge": f"{charge:.2f}",
        "old_price": f"{old:.2f}",
        "new_price": f"{new:.2f}",
        "billingcycle": WORDS.get(wanted.cycle, service.billingcycle),
    }


def _ordered(call: Call, invoice: Invoice) -> dict[str, Any]:
    """What is answered to an order, in the form that the option `order_reply` asks for."""
    number = {"order_num": str(call.account.number("order", 774001))}
    forms: dict[str, dict[str, Any]] = {
        "info": {"info": ["upgrade_order_success"]},
        "numbers": {**number, "invoice_id": invoice.id, "total": f"{total(invoice):.2f}"},
        "no_invoice": number,
        "checkout": {"checkout": {}},
        "status": {"status": True},
    }
    return forms[call.options.order_reply]


def _order(call: Call, service: Service, wanted: Wanted, charge: float, price: float) -> Invoice:
    account = call.account
    invoice = bill(account, f"Upgrade {service.domain}", charge, str(service.id))
    service.upgrade_invoice = invoice.id

    def apply() -> None:
        pay(account, invoice.id)
        service.upgrade_invoice = None
        service.chosen.update(wanted.chosen)
        if wanted.product:
            service.product = wanted.product
        service.total = f"{price:.2f}"
        if wanted.cycle:
            service.billingcycle = WORDS[wanted.cycle]
        account.touched()

    if call.options.auto_pay:
        account.agenda.at(call.now + call.options.upgrade_delay, apply)
    return invoice


def pay(account: Account, invoice_id: str) -> None:
    invoice = account.invoices[invoice_id]
    if total(invoice) >= 0:
        invoice.status, invoice.datepaid = "Paid", account.clock.stamp()
