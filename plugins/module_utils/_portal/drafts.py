# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check gathers for the draft of a dialect: which answers could not be read, and what may lie behind them."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import IncompleteList, SindadError
from .._core.http.client import Client
from .._core.response.documented import PAYLOADS
from .api import NO_JSON, Watch
from .draft import Finding, Record, draft, entries_of, likely_ids

#: How many services that nobody can read are looked at.
MAX_GUESSES = 3
#: What lies behind an entry of a list, and what its id is called there.
BEHIND = {
    "/service/@id/vms": ("/service/@id/vms/@vmid", "vmid"),
    "/service/@id/ips": ("/service/@id/ips/@ip", "ip"),
    "/contact": ("/contact/@id", "id"),
    "/invoice": ("/invoice/@id", "id"),
    "/tickets": ("/tickets/@number", "number"),
}


class Drafts:
    """The draft of one check.

    :param watch: what has seen the answers as the portal sent them.
    """

    def __init__(self, client: Client, watch: Watch):
        self.client, self.watch = client, watch
        self._unread: dict[str, bool] = {}  # by endpoint, whether its list was incomplete

    def note_unread(self, endpoint: str, error: SindadError) -> None:
        """Remember that an answer was in no known shape: of *endpoint*, or of what its reader asks before it."""
        last = self.watch.last[1] if self.watch.last else endpoint
        is_own = (self.watch.looking_at, endpoint) in self.watch.answers
        self._unread[endpoint if is_own else last] = isinstance(error, IncompleteList)

    def is_unread(self, endpoint: str) -> bool:
        return endpoint in self._unread

    def services(self, wanted: str | None) -> list[str]:
        """Return ids of services to look at, if the list of them cannot be read: the one *wanted*, or the first few."""
        self.look_behind()
        if not self.is_unread("GET /service"):
            return []
        return [wanted] if wanted and wanted.isdigit() else self._guess("/service", "service")[:MAX_GUESSES]

    def look_behind(self, **ids: Any) -> None:
        """Read one entry of each list that could not be read; of the lists of a service, if *ids* names it."""
        for route, (below, name) in BEHIND.items():
            if self.is_unread(f"GET {route}") and route.startswith("/service") == bool(ids):
                for found in self._guess(route, name, **ids)[:1]:
                    with contextlib.suppress(SindadError):
                        given: dict[str, Any] = {**ids, name: found}
                        self.client.get(below, **given)
                        self._unread.setdefault(f"GET {below}", False)

    def _guess(self, route: str, noun: str, **ids: Any) -> list[str]:
        """What may be ids in a list that could not be read."""
        with contextlib.suppress(SindadError):
            return likely_ids(entries_of(self.client.get(route, **ids), f"GET {route}"), noun)
        return []

    def text(self, records: Mapping[tuple[Any, str], Sequence[Record]]) -> str:
        """Return the draft as YAML text; "" if everything could be read.

        :param records: what was read, by what was looked at then and the endpoint.
        """
        findings: dict[str, Finding] = {}
        for (number, endpoint), answers in self.watch.answers.items():
            if endpoint in PAYLOADS:
                finding = findings.setdefault(endpoint, Finding())
                finding.answers += [answer for answer in answers if answer is not NO_JSON]
                finding.records = [*(finding.records or ()), *records.get((number, endpoint), ())]
        for endpoint, is_incomplete in self._unread.items():
            if endpoint in findings:
                findings[endpoint].records, findings[endpoint].incomplete = None, is_incomplete
        return draft(findings, self.client.url, self.client.dialect)

    @property
    def unused(self) -> list[str]:
        """Expressions of the present dialect that were undefined on every answer."""
        return self.client.dialect.unused if self.client.dialect else []
