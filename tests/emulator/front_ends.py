# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two front ends of one portal, of which one shows the account as it was some seconds ago."""

from __future__ import annotations

import copy
import dataclasses
from collections import deque
from typing import Any

from .state import Account, Agenda

#: What of an account changes, and so is kept.
KEPT = ("client", "contacts", "services", "tickets", "invoices", "notifications")


class History:
    """What an account was at earlier times of its clock."""

    def __init__(self) -> None:
        self._states: deque[tuple[float, dict[str, Any]]] = deque()

    def keep(self, account: Account, now: float, seconds: float) -> None:
        """Remember the account as it is; what is older than *seconds* is needed no more, but for the last of it."""
        self._states.append((now, copy.deepcopy({name: getattr(account, name) for name in KEPT})))
        while len(self._states) > 1 and self._states[1][0] <= now - seconds:
            self._states.popleft()

    def before(self, account: Account, when: float) -> Account:
        """The account as it was at this time, or as it was first seen."""
        known = [state for time, state in self._states if time <= when] or [self._states[0][1]]
        return dataclasses.replace(account, **known[-1], agenda=Agenda(), service_list=None)
