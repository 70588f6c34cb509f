# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of services, of what they offer, and of their upgrades."""

from __future__ import annotations

import re
from typing import Any, TypedDict, cast

from .._core.errors import UnexpectedResponse
from .._core.reading.lookup import to_choice
from .._core.reading.values import (
    first_present,
    is_empty,
    spellings,
    to_bool,
    to_currency,
    to_date,
    to_decimal,
    to_int,
    to_text,
)
from .._core.response.envelope import entries, entry, held


class MethodRecord(TypedDict):
    """A route that a service offers."""

    name: str | None
    method: str | None
    route: str | None


class ListedService(TypedDict):
    """A service; what only its details report is None in a list."""

    id: str
    domain: str | None
    label: str | None
    product: str | None
    category: str | None
    category_url: str | None
    status: str | None
    billing_cycle: str | None
    total: str | None
    first_payment: str | None
    currency: str | None
    next_due: str | None
    next_invoice: str | None
    date_created: str | None
    username: str | None
    password: str | None
    raw: dict[str, Any]


class UpgradeItem(TypedDict):
    """One of the things that a resource can be."""

    id: str | None
    name: str | None
    price: str | None
    setup_price: str | None
    selected: bool | None
    quantity: int | None


class UpgradeResource(TypedDict):
    """A part of a service that can be upgraded."""

    id: str | None
    name: str | None
    type: str | None
    quantity: int | None
    min: int | None
    max: int | None
    step: int | None
    choices: list[UpgradeItem]


class UpgradeOptions(TypedDict):
    """What a service can be upgraded to."""

    resources: list[UpgradeResource]
    package: list[dict[str, Any]]
    raw: Any


class ServiceRecord(ListedService, total=False):
    """A service, with what more was asked for."""

    methods: list[MethodRecord] | None
    resources: Any
    upgrade_options: UpgradeOptions | None


class Upgrade(TypedDict):
    """What is ordered of an upgrade, by id."""

    service_id: str
    ordered: bool
    pending: bool
    resources: dict[str, Any]
    package: str | None
    cycle: str | None
    charge: str | None
    currency: str | None
    estimate: Any
    raw: Any


PRODUCT = spellings(V="name", G="product")
CYCLE = spellings(V="billingcycle", G="billing_cycle")
FIRST_PAYMENT = spellings(V="firstpayment", G="first_payment")
#: Keys of which an object must have one to be taken for a service; those without a constant are documented [V].
SERVICE_KEYS = frozenset(
    ("id", "domain", "label", "category", "category_url", "status", "total", "next_due", "next_invoice", "date_created")
).union(PRODUCT, CYCLE, FIRST_PAYMENT, ("username", "password"))
#: The same for a route that a service offers.
METHOD_KEYS = spellings(V="name, method, route")
QUANTITY = spellings(V="qty", G="quantity, selected_qty, current_qty")
CHOSEN = spellings(G="data, selected, value, current")
ITEMS = spellings(V="items", G="options, values")
SETUP_PRICE = spellings(V="setup_price", G="setup")
CHARGE = spellings(V="charge", G="total, amount")
INVOICE = spellings(C="invoice_id", G="invoiceid, invoice")

# -- services --------------------------------------------------------------------------------------------------------


def to_service(listed: dict[str, Any], details: dict[str, Any] | None = None) -> ServiceRecord:
    """A service, from GET /service and, where given, GET /service/@id, which alone reports label, dates and login."""
    both = {**listed, **{key: value for key, value in (details or {}).items() if not is_empty(value)}}
    return {
        "id": cast(str, to_text(both.get("id"))),
        "domain": to_text(both.get("domain")),
        "label": to_text(both.get("label")),
        "product": to_text(first_present(both, *PRODUCT)),
        "category": to_text(both.get("category")),
        "category_url": to_text(both.get("category_url")),
        "status": to_text(both.get("status")),
        "billing_cycle": to_text(first_present(both, *CYCLE)),
        "total": to_decimal(both.get("total")),
        "first_payment": to_decimal(first_present(both, *FIRST_PAYMENT)),
        "currency": to_currency(both, "total", *FIRST_PAYMENT),
        "next_due": to_date(both.get("next_due")),
        "next_invoice": to_date(both.get("next_invoice")),
        "date_created": to_date(both.get("date_created")),
        "username": to_text(both.get("username")),
        "password": to_text(both.get("password")),
        "raw": details or listed,
    }


def to_method(source: dict[str, Any]) -> MethodRecord:
    """A route that a service offers."""
    return {
        "name": to_text(source.get("name")),
        "method": to_text(source.get("method")),
        "route": to_text(source.get("route")),
    }


def to_resources(answer: Any) -> Any:
    """The answer of GET /service/@id/resources as it is: each backend has a shape of its own."""
    found = held(answer, "resources")
    if found is not None or not isinstance(answer, dict):
        return answer if found is None else found
    envelope = ("status", "success", "info", "error", "message")
    return {key: value for key, value in answer.items() if key not in envelope or isinstance(value, dict)}


def to_upgrade_options(answer: Any) -> UpgradeOptions:
    """What a service can be upgraded to, of GET /service/@id/upgrade; its keys are named as the portal names them."""
    found = {} if answer == [] else answer
    if not isinstance(found, dict):
        raise UnexpectedResponse("upgrade options", answer)
    if found and not {"resources", "package", "packages"} & set(found):
        found = entry(found, "upgrade", "options", known=("resources", "package", "packages"))
    return {
        "resources": [to_upgrade_resource(each) for each in _options(found, "resources")],
        "package": [to_choice(each) for each in _options(found, "package", "packages")],
        "raw": answer,
    }


def _options(answer: dict[str, Any], *names: str) -> Any:
    return entries({names[0]: first_present(answer, *names) or []}, names[0])


def to_upgrade_resource(source: dict[str, Any]) -> UpgradeResource:
    """A part of a service that can be upgraded; ``quantity`` and ``selected`` are what it is now, if reported."""
    kind = to_text(source.get("type"))
    names = list(QUANTITY)
    if counted(kind):
        names += ["value", "current", "selected"]
    chosen = None if counted(kind) else first_present(source, *CHOSEN)
    if isinstance(chosen, (dict, list)):
        chosen = [to_text(first_present(each, "id") if isinstance(each, dict) else each) for each in chosen]
    elif chosen is not None:
        chosen = [to_text(chosen)]
    items = [_upgrade_item(each, names, chosen) for each in _options(source, *ITEMS)]
    quantity = to_int(first_present(source, *names))
    if quantity is None:
        ranked = sorted(items, key=lambda item: item["selected"] is not True)
        one = [item["quantity"] for item in ranked if item["selected"] or counted(kind)]
        quantity = next((each for each in one if each is not None), None)
    return {
        "id": to_text(source.get("id")),
        "name": to_text(source.get("name")) or to_text(source.get("id")),
        "type": kind,
        "quantity": quantity,
        "min": to_int(source.get("min")),
        "max": to_int(source.get("max")),
        "step": to_int(source.get("step")),
        "choices": items,
    }


def _upgrade_item(source: dict[str, Any], names: list[str], chosen: list[str | None] | None) -> UpgradeItem:
    identity = to_text(first_present(source, "id", "value"))
    selected = to_bool(first_present(source, "selected", "checked", "current"))
    if selected is None and chosen:
        selected = identity in chosen
    return {
        "id": identity,
        "name": to_text(source.get("name")) or identity,
        "price": to_decimal(source.get("price")),
        "setup_price": to_decimal(first_present(source, *SETUP_PRICE)),
        "selected": selected,
        "quantity": to_int(first_present(source, *names)),
    }


def counted(kind: str | None) -> bool:
    """Whether an upgrade takes a number for a resource of this type: a slider or a quantity field, not a choice."""
    word = (kind or "").lower()
    return bool(re.search("slider|qty|quantity|number|input", word)) and not re.search("select|drop|radio|check", word)


def to_upgrade(service_id: object, order: dict[str, Any], answer: Any, ordered: bool, pending: bool = False) -> Upgrade:
    """An upgrade: what is ordered, by id, and what the portal answered to the order, or when asked for an estimate.

    :param pending: whether it was ordered before, and does not show yet.
    """
    charges = [to_decimal(first_present(each, *CHARGE)) for each in _objects(answer)]
    currencies = [to_currency(each, *CHARGE) for each in _objects(answer)]
    return {
        "service_id": str(service_id),
        "ordered": ordered,
        "pending": pending,
        "resources": order.get("resources", {}),
        "package": to_text(order.get("package")),
        "cycle": order.get("cycle"),
        "charge": next(filter(None, charges), None),
        "currency": next(filter(None, currencies), None),
        "estimate": None if ordered else answer,
        "raw": answer,
    }


def invoice_of(answer: Any) -> str | None:
    """The id of the invoice that the *answer* to an order reports; None if it reports none."""
    reported = [to_text(first_present(each, *INVOICE)) for each in _objects(answer)]
    return next((each for each in reported if each and each != "0"), None)


def _objects(answer: Any) -> list[dict[str, Any]]:
    """An answer and what it holds, as far as they are objects."""
    parts = [answer, *answer.values()] if isinstance(answer, dict) else []
    return [each for each in parts if isinstance(each, dict)]
