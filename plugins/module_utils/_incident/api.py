# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of the provider's network, which is public: no login is sent."""

from __future__ import annotations

from .._core.errors import EmptyResponse, NotFound
from .._core.http.client import Client
from .._core.response.envelope import entry
from .record import INCIDENT_KEYS, IncidentRecord, to_incident

#: What entries may stand under [G].
NAMES = ("statuses", "incidents", "incident", "status")


class Incidents:
    """Faults and maintenance, announced, running and over."""

    def __init__(self, client: Client):
        self.client = client

    def list(self, status: str | None = None) -> list[IncidentRecord]:
        """GET /statuses, or GET /statuses/specific/@status."""
        if status is None:
            listed = self.client.get_list("/statuses", *NAMES, known=INCIDENT_KEYS, login=False)
        else:
            route = "/statuses/specific/@status"
            listed = self.client.get_list(route, *NAMES, known=INCIDENT_KEYS, status=status, login=False)
        return [to_incident(each) for each in listed]

    def get(self, incident_id: str) -> IncidentRecord | None:
        """GET /statuses/@id. None if there is none."""
        try:
            answer = self.client.get("/statuses/@id", id=incident_id, login=False)
            return to_incident(entry(answer, *NAMES, key=incident_id, known=INCIDENT_KEYS))
        except (NotFound, EmptyResponse):
            return next((each for each in self.list() if each["id"] == incident_id), None)
