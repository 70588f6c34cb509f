# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services: the list, details, methods, label and cancellation."""

from __future__ import annotations

from typing import Any

from ..answers import Answer, encode, refuse
from ..call import Call
from ..offers import methods
from ..params import spoken_truth, text
from ..routing import endpoint
from ..state import Account, Service


@endpoint("GET", "/service")
def services(call: Call) -> Answer:
    account = call.account
    if account.service_list is None:
        account.service_list = encode({"services": [_listed(one) for one in account.services.values()]})
    return Answer(200, account.service_list)


def _listed(one: Service) -> dict[str, Any]:
    entry = {
        "id": one.id,
        "domain": one.domain,
        "total": one.total,
        "status": one.status,
        "billingcycle": one.billingcycle,
        "next_due": one.next_due,
        "category": one.product.category,
        "category_url": one.product.category_url,
        "name": one.name or one.product.name,
    }
    return _changed(one, entry)


@endpoint("GET", "/service/@id")
def details(call: Call) -> dict[str, Any]:
    one = call.service
    entry = {
        "id": one.id,
        "date_created": one.date_created,
        "domain": one.domain,
        "firstpayment": one.firstpayment,
        "total": one.total,
        "billingcycle": one.billingcycle,
        "next_due": one.next_due,
        "next_invoice": one.next_invoice,
        "status": one.status,
        "label": one.label,
        "username": one.username,
        "password": one.password,
        "name": one.name or one.product.name,
    }
    return {"service": _changed(one, entry)}


def _changed(one: Service, entry: dict[str, Any]) -> dict[str, Any]:
    if one.extra:
        entry.update(one.extra)
    for key in one.omit:
        entry.pop(key, None)
    return entry


@endpoint("GET", "/service/@id/methods")
def list_methods(call: Call) -> dict[str, Any]:
    return {"methods": methods(call.options, call.service)}


@endpoint("GET", "/service/@id/label")
def label(call: Call) -> dict[str, Any]:
    return {"label": call.service.label}


@endpoint("POST", "/service/@id/label")
def set_label(call: Call) -> dict[str, Any]:
    if "label" not in call.body:
        refuse("label is required", success=False)
    call.service.label = text(call.body, "label", required=False).strip()
    call.account.touched()
    return {"success": True, "info": ["label_updated"]}


@endpoint("POST", "/service/@id/cancel")
def cancel(call: Call) -> dict[str, Any]:
    """Queues a request; the service stays as it is until somebody deals with it."""
    service = call.service
    if service.status not in ("Active", "Suspended"):
        refuse("cannot_cancel_this_service")
    immediate = spoken_truth(call.body, "immediate")
    reason = text(call.body, "reason")
    if service.cancellation:
        return call.nothing({"info": ["cancelled_already"]})
    service.cancellation = {"immediate": immediate, "reason": reason, "date": call.account.clock.stamp()}
    if immediate and call.options.cancel_delay is not None:
        account = call.account
        account.agenda.at(call.now + call.options.cancel_delay, lambda: end(account, service))
    return {"info": ["cancell_sent"]}


def end(account: Account, service: Service) -> None:
    """A cancellation is processed: the service and its machines are gone."""
    service.status = "Cancelled"
    service.vms.clear()
    account.touched()
