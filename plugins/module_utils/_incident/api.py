# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of the provider's network, which the portal tells everybody: no login is sent."""

from __future__ import annotations

from .._core.envelope import entries, entry
from .._core.errors import EmptyResponse, NotFound
from .record import to_incident

NAMES = ("statuses", "incidents", "incident")


class Incidents:
    """Faults and maintenance, announced, running and over."""

    def __init__(self, client):
        self.client = client

    def list(self, status=None):
        """GET /statuses, or GET /statuses/specific/@status."""
        if status is None:
            answer = self.client.get("/statuses", login=False)
        else:
            answer = self.client.get("/statuses/specific/@status", status=status, login=False)
        return [to_incident(each) for each in entries(_unwrapped(answer), *NAMES)]

    def get(self, incident_id):
        """GET /statuses/@id. None if there is none."""
        try:
            answer = self.client.get("/statuses/@id", id=incident_id, login=False)
            return to_incident(entry(_unwrapped(answer), *NAMES, key=incident_id))
        except (NotFound, EmptyResponse):
            return next((each for each in self.list() if each["id"] == incident_id), None)


def _unwrapped(answer):
    """*answer* with what it holds below a name of ours: ``status`` is the wrapper here, or an incident's own word."""
    if isinstance(answer, dict) and isinstance(answer.get("status"), (dict, list)):
        return {NAMES[0]: answer["status"]}
    if isinstance(answer, dict) and "id" in answer and "status" in answer:
        return {NAMES[0]: answer}
    return answer
