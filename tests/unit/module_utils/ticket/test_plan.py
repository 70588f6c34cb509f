# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task would do to a ticket: a table, without portal or clock."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.record import to_ticket
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.transitions import (
    Close,
    Create,
    DesiredTicket,
    Reopen,
    Reply,
    notes,
    plan,
)

SALES = {"id": "2", "name": "Sales", "raw": {}}
NEW = {"subject": "a", "department": SALES, "body": "b"}
CREATE = Create("a", SALES, "b")


def ticket(status="Open", *replies):
    return to_ticket({"ticket_number": 7, "subject": "a", "status": status}, [{"body": each} for each in replies])


@pytest.mark.parametrize(
    ("there", "wanted", "steps"),
    [
        (None, NEW, [CREATE]),
        (None, {**NEW, "state": "open"}, [CREATE]),
        (None, {**NEW, "reply": "c"}, [CREATE, Reply("c")]),
        (None, {**NEW, "state": "closed"}, []),
        (None, {"subject": "a", "reply": "c", "state": "closed"}, []),
        (ticket(), NEW, []),
        (ticket("Closed"), {}, []),
        (ticket("Closed"), {"state": "open"}, [Reopen()]),
        (ticket("Answered"), {"state": "open"}, []),
        (ticket("In-Progress"), {"state": "closed"}, [Close()]),
        (ticket("Closed"), {"state": "closed"}, []),
        (ticket(), {"reply": "c"}, [Reply("c")]),
        (ticket("Open", "c"), {"reply": "c"}, []),
        (ticket("Open", "c", "d"), {"reply": "c"}, [Reply("c")]),
        (ticket("Open", "c?"), {"reply": "c!"}, []),  # may be the same
        (ticket("Closed"), {"reply": "c", "state": "closed"}, [Reply("c"), Close()]),
        (ticket("Closed"), {"reply": "c", "state": "open"}, [Reopen(), Reply("c")]),
        (ticket("Closed", "c"), {"reply": "c", "state": "closed"}, []),
    ],
)
def test_plan(there, wanted, steps):
    assert plan(there, DesiredTicket(**wanted)) == steps


def test_what_is_missing_to_create_it():
    with pytest.raises(LookupFailed, match="give department and body too"):
        plan(None, DesiredTicket("a"))


@pytest.mark.parametrize("reply, noted", [("c!", 1), ("c?", 0), ("d", 0)])
def test_a_reply_that_may_be_there_is_noted(reply, noted):
    assert len(notes(ticket("Open", "c?"), DesiredTicket(reply=reply))) == noted


@pytest.mark.parametrize(
    ("there", "step"), [(None, CREATE), (ticket("Closed"), Reopen()), (ticket(), Reply("c")), (ticket(), Close())]
)
def test_what_is_predicted_is_done(there, step):
    assert not step.is_done(there)
    assert step.is_done(step.predict(there))
