# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request as a handler sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .auth import Caller, Gate
from .options import Options
from .routing import Endpoint
from .state import Account, Service


@dataclass(slots=True)
class Call:
    """What a handler may use. `caller` and `service` are set where the endpoint has them."""

    account: Account
    options: Options
    gate: Gate
    endpoint: Endpoint
    params: dict[str, str]
    query: dict[str, str]
    body: dict[str, Any]
    now: float
    caller: Caller | None = None
    found: Service | None = None
    header: str = ""  # Authorization
    made: str | None = None  # the id of what was created, which no answer tells
    effect: bool = True  # whether the request changes something; a handler that does nothing says so

    def nothing(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer of a handler that found nothing to do."""
        self.effect = False
        return answer

    @property
    def service(self) -> Service:
        assert self.found is not None
        return self.found
