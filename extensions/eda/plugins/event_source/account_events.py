# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens on an account of a portal, as events for ansible-rulebook. It only reads."""

from __future__ import annotations

import asyncio
import datetime
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Optional

# ansible-rulebook runs this file by its path: the collection that it is a part of need not be on the path of Python.
sys.path.append(str(Path(__file__).absolute().parents[7]))

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Notifications
from ansible_collections.sindad.cloud.plugins.module_utils._billing.api import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput, SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._core.files import put_file
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.options import (
    DEFAULT_URL,
    refuse_empty,
    with_environment,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import (
    is_active,
    is_closed,
    is_unpaid,
)
from ansible_collections.sindad.cloud.plugins.module_utils._incident.api import Incidents
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import Server
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, Services
from ansible_collections.sindad.cloud.plugins.module_utils._service.record import ServiceRecord
from ansible_collections.sindad.cloud.plugins.module_utils._service.routes import offers
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.api import Tickets
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms

DOCUMENTATION = r"""
---
short_description: What happens on an account of a portal
description:
  - Polls the portal, and gives an event for each new notification, reply to a ticket, incident and invoice that becomes
    due, and for each change of the power state of a machine and of the status of a service.
  - An event has the keys C(type), C(id), C(service), C(summary), C(before) and C(after).
  - What was there at the first poll gives no event, unless O(state_file) tells that it is new.
options:
  types:
    description: Which events to give. By default all.
    type: list
    choices: [notification, ticket_reply, incident, invoice_due, power, service_status]
  interval:
    description: Seconds between two polls.
    default: 60
  due_days:
    description: How many days before its due date an invoice gives an event.
    default: 0
  state_file:
    description:
      - A file that keeps what was seen, so that after a restart no event is given twice and none is missed. It holds
        no text of the portal but states, and no secret.
  api_url, username, password, token, validate_certs, ca_path, timeout, retries:
    description: As for the modules of the collection. By default from the environment, such as E(SINDAD_USERNAME).
"""

EXAMPLES = r"""
- name: Tell of machines that stop
  hosts: all
  sources:
    - sindad.cloud.account_events:
        types: [power, incident]
        state_file: /var/lib/eda/sindad.json
  rules:
    - name: A machine has stopped
      condition: event.type == "power" and event.after == "off"
      action:
        debug:
          msg: "{{ event.summary }}"
"""

LOG = logging.getLogger("sindad.cloud.account_events")
TYPES = ("notification", "ticket_reply", "incident", "invoice_due", "power", "service_status")
CONNECTION = ("api_url", "username", "password", "token", "validate_certs", "ca_path", "timeout", "retries")
#: Types whose objects give an event when they are new; of the others only a change does.
NEW_TELLS = ("notification", "ticket_reply", "incident", "invoice_due")

Event = dict[str, Any]
#: What was seen last, by type and id.
State = dict[str, dict[str, Optional[str]]]


class Seen(NamedTuple):
    """One object at one moment; *value* is what an event tells the change of."""

    id: str
    value: str | None
    summary: str
    service: str | None = None


class Watcher:
    """An account, and what was seen of it.

    :ivar state: as it is kept in the state file; a type that was never seen is missing.
    """

    def __init__(self, client: Client, types: Iterable[str], due_days: int = 0, state: State | None = None):
        self.client, self.types, self.due_days = client, list(types), due_days
        self.state: State = state or {}
        self._routes: dict[str, list[Any]] = {}
        self._services: list[ServiceRecord] | None = None

    def poll(self) -> list[Event]:
        """What happened since the last poll. What could not be read is looked at again next time."""
        events: list[Event] = []
        self._services = None
        for kind in self.types:
            look: Callable[[], Iterator[Seen]] = getattr(self, f"_{kind}")
            try:
                events += self._compare(kind, list(look()))
            except SindadError as error:
                LOG.warning("%s: %s", kind, self.client.redact(error))
        return events

    def _compare(self, kind: str, found: Iterable[Seen]) -> list[Event]:
        is_first = kind not in self.state
        before = self.state.setdefault(kind, {})
        events = []
        for seen in found:
            is_new = seen.id not in before
            told = not is_first and (kind in NEW_TELLS if is_new else before[seen.id] != seen.value)
            if told:
                events.append(self._event(kind, seen, before.get(seen.id)))
            before[seen.id] = seen.value
        return events

    def _event(self, kind: str, seen: Seen, before: str | None) -> Event:
        summary = self.client.redact(" ".join(seen.summary.split()))
        told = {"type": kind, "id": seen.id, "service": seen.service, "summary": summary}
        return {**told, "before": before, "after": seen.value}

    # -- what there is, by type --------------------------------------------------------------------------------------

    def _notification(self) -> Iterator[Seen]:
        for each in Notifications(self.client).list():
            service = each["rel_id"] if "service" in (each["rel_type"] or "").casefold() else None
            yield Seen(each["id"], "new", f"Notification: {each['subject'] or ''}", service)

    def _ticket_reply(self) -> Iterator[Seen]:
        """Of tickets that are open, or whose answer was not read yet."""
        tickets = Tickets(self.client)
        for ticket in tickets.list():
            if is_closed(ticket["status"]) and ticket["client_read"] is not False:
                continue
            for reply in tickets.get(ticket["number"])["replies"] or ():
                if (reply["type"] or "").casefold() != "client":
                    identity = f"{ticket['number']}/{reply['id'] or reply['date']}"
                    yield Seen(identity, "new", f"Reply to ticket {ticket['number']}: {ticket['subject'] or ''}")

    def _incident(self) -> Iterator[Seen]:
        for each in Incidents(self.client).list():
            if each["id"]:
                yield Seen(each["id"], each["status"], f"Incident {each['name'] or ''}: {each['status'] or ''}")

    def _invoice_due(self) -> Iterator[Seen]:
        last = (datetime.date.today() + datetime.timedelta(days=self.due_days)).isoformat()
        for each in Billing(self.client).invoices():
            due = (each["due_date"] or "")[:10]
            if due and due <= last and is_unpaid(each["status"]):
                amount = f"{each['total'] or ''} {each['currency'] or ''}".strip()
                yield Seen(each["id"], "due", f"Invoice {each['number'] or each['id']} of {amount} is due on {due}")

    def _list_services(self) -> list[ServiceRecord]:
        """Read once a poll."""
        if self._services is None:
            self._services = Services(self.client).list()
        return self._services

    def _service_status(self) -> Iterator[Seen]:
        for each in self._list_services():
            summary = f"Service {each['domain'] or each['id']} is {each['status'] or 'in no known status'}"
            yield Seen(each["id"], each["status"], summary, each["id"])

    def _power(self) -> Iterator[Seen]:
        for service in self._list_services():
            if is_active(service["status"]):
                try:
                    yield from self._machines(service["id"])
                except SindadError as error:
                    LOG.warning("power of service %s: %s", service["id"], self.client.redact(error))

    def _machines(self, service: str) -> Iterator[Seen]:
        """The machines of a service that are on or off; one that is changing is neither, for now."""
        machines: list[tuple[str, str | None, str]] = []
        if self._offers(service, "vms"):
            vms = Vms(self.client, service)
            told = (vm if vm["state"] else vms.get_if_there(vm) for vm in vms.list())
            machines = [(f"{service}/{vm['id']}", vm["power"], f"VM {vm['label'] or vm['id']}") for vm in told if vm]
        elif self._offers(service, "status"):
            machines = [(service, Server(self.client, service).state()["power"], f"Server {service}")]
        for identity, power, name in machines:
            if power in ("on", "off"):
                yield Seen(identity, power, f"{name} is {power}", service)

    def _offers(self, service: str, route: str) -> bool:
        if service not in self._routes:
            self._routes[service] = Service(self.client, service).methods()
        return offers(self._routes[service], Request("GET", f"/service/@id/{route}"))


# -- the state file --------------------------------------------------------------------------------------------------


def load(path: str | None) -> State:
    """What was seen before; nothing if there is no file."""
    if path is None or not os.path.exists(path):
        return {}
    try:
        state: State = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError:
        raise InvalidInput(f"state_file {path} is no file of this event source. Remove it, or give another.") from None
    return state


def save(path: str | None, state: State) -> None:
    if path is not None:
        put_file(path, json.dumps(state, indent=1, sort_keys=True).encode(), check_mode=False)


# -- the loop --------------------------------------------------------------------------------------------------------


def connection(args: Mapping[str, Any]) -> dict[str, Any]:
    """The options of the client: those that are given, else those of the environment of the same portal."""
    given = {name: args[name] for name in CONNECTION if name in args}
    refuse_empty(given)
    found = with_environment(given, os.environ)
    for name, kind in (("timeout", float), ("retries", int)):
        if name in found:
            found[name] = kind(found[name])
    if isinstance(found.get("validate_certs"), str):
        found["validate_certs"] = found["validate_certs"].casefold() not in ("0", "no", "false", "off")
    return {"api_url": DEFAULT_URL, **found, "read_only": True}


def checked_types(wanted: Iterable[str] | None) -> list[str]:
    types = list(TYPES if wanted is None else wanted)
    unknown = sorted(set(types) - set(TYPES))
    if unknown:
        raise InvalidInput(f"types: there is no {', '.join(unknown)}. There is: {', '.join(TYPES)}.")
    return types


async def main(queue: asyncio.Queue[Event], args: dict[str, Any]) -> None:
    """What ansible-rulebook runs. What is told is kept before it is told, so that it is never told twice."""
    path, interval = args.get("state_file"), float(args.get("interval", 60))
    if interval <= 0:
        raise InvalidInput(f"interval must be more than 0 seconds, not {interval:g}.")
    client = Client(**connection(args))
    watcher = Watcher(client, checked_types(args.get("types")), int(args.get("due_days", 0)), load(path))
    while True:
        events = await asyncio.to_thread(watcher.poll)
        save(path, watcher.state)
        for event in events:
            await queue.put(event)
        await asyncio.sleep(interval)


if __name__ == "__main__":
    # To try it: python account_events.py, with the credentials in the environment.
    class Printer:
        """Shows the events."""

        async def put(self, event: Event) -> None:
            print(event)

    asyncio.run(main(Printer(), {"interval": 10}))  # type: ignore[arg-type]
