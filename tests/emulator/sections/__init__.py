# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One file for each section of the API; importing them registers their handlers."""

from __future__ import annotations

from . import (
    billing,
    clientarea,
    contacts,
    ips,
    notifications,
    servers,
    services,
    statuses,
    support,
    upgrades,
    vms,
)

__all__ = [
    "billing",
    "clientarea",
    "contacts",
    "ips",
    "notifications",
    "servers",
    "services",
    "statuses",
    "support",
    "upgrades",
    "vms",
]
