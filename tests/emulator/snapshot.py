# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The true state of the account, whatever the API shows of it."""

from __future__ import annotations

import dataclasses
from typing import Any

from .state import Account, Product, Service


def _plain(value: Any) -> Any:
    if isinstance(value, Product):
        return {"id": value.id, "name": value.name, "kind": value.kind, "family": value.family}
    if dataclasses.is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value


def service_state(service: Service) -> dict[str, Any]:
    found: dict[str, Any] = _plain(service)
    return found


def snapshot(account: Account) -> dict[str, Any]:
    return {
        "client": account.client,
        "contacts": account.contacts,
        "services": {key: service_state(one) for key, one in account.services.items()},
        "tickets": _plain(account.tickets),
        "invoices": _plain(account.invoices),
        "notifications": account.notifications,
        "incidents": account.incidents,
        "departments": account.departments,
    }
