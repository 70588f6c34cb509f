# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens on an account of a portal, as events for ansible-rulebook. It only reads."""

from __future__ import annotations

import asyncio
import datetime
import functools
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Optional

# ansible-rulebook runs this file by its path: the collection that it is a part of need not be on the path of Python.
sys.path.append(str(Path(__file__).absolute().parents[7]))

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Notifications
from ansible_collections.sindad.cloud.plugins.module_utils._billing.api import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._context import CONNECTION, client_options
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    AuthenticationFailed,
    InvalidInput,
    SindadError,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.files import ensure_file_path, put_file
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.options import (
    refuse_empty,
    with_environment,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.durations import duration_option
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.text import printable
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import (
    is_active,
    is_closed,
    is_staff,
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
    elements: str
    choices: [notification, ticket_reply, incident, invoice_due, power, service_status]
  interval:
    description: Time between two polls, in seconds or with a unit, such as V(2m).
    type: str
    default: "60"
  due_days:
    description: How many days before its due date an invoice gives an event.
    type: int
    default: 0
  state_file:
    description:
      - A file that keeps what was seen, so that after a restart no event is given twice and none is missed. It holds
        no text of the portal but states, and no secret. Its folder must exist.
    type: path
  api_url, username, password, token, validate_certs, ca_path, timeout, retries, dialect:
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
#: The options, beside those of the connection.
SPEC: dict[str, dict[str, Any]] = {
    **CONNECTION,
    "types": {"type": "list", "elements": "str", "choices": list(TYPES)},
    "interval": {"type": "str", "default": "60"},
    "due_days": {"type": "int", "default": 0},
    "state_file": {"type": "path"},
}
#: What ansible-rulebook adds to the options of a source.
OF_RULEBOOK = "eda_feedback_queue"
#: The longest time between two polls where the login is refused, in seconds.
LONGEST_PAUSE_S = 600.0
#: Types whose objects give an event when they are new; of the others only a change does.
NEW_TELLS = ("notification", "ticket_reply", "incident", "invoice_due")

Event = dict[str, Any]
#: The status of a login that may not read this, but may read other things.
FORBIDDEN = 403
#: Types that are read without a login.
WITHOUT_LOGIN = frozenset({"incident"})
#: What is kept of a ticket that could not be read at the first poll.
UNREAD = "unread"
#: What was seen last, by type and id.
State = dict[str, dict[str, Optional[str]]]


class Seen(NamedTuple):
    """One object at one moment; *value* is what an event tells the change of."""

    id: str
    value: str | None
    summary: str
    service: str | None = None
    #: That it is new says nothing: it could not be read before.
    is_known: bool = False


class News(NamedTuple):
    """An event, and how to remember that it was given."""

    event: Event
    keep: Callable[[], None]


class Watcher:
    """An account, and what was seen of it.

    :ivar state: as it is kept in the state file; a type that was never seen is missing.
    :ivar has_read: whether anything was read, so that the login is one that the portal takes.
    """

    def __init__(self, client: Client, types: Iterable[str], due_days: int = 0, state: State | None = None):
        self.client, self.types, self.due_days = client, list(types), due_days
        self.state: State = {} if state is None else state
        self.has_read = False
        self._routes: dict[str, list[Any]] = {}
        self._services: list[ServiceRecord] | None = None

    def poll(self) -> list[News]:
        """Return what happened since the last poll. What could not be read is read again next time.

        :raises AuthenticationFailed: if the portal refuses the login.
        """
        news: list[News] = []
        refusal: AuthenticationFailed | None = None
        was_read = False
        self._services = None
        for kind in self.types:
            look: Callable[[], Iterator[Seen]] = getattr(self, f"_{kind}")
            try:
                news += self._compare(kind, list(look()))
                was_read = was_read or kind not in WITHOUT_LOGIN
            except SindadError as error:
                self._warn(kind, error)
                if isinstance(error, AuthenticationFailed):
                    refusal = error
                    if error.status_code != FORBIDDEN:
                        break  # each further attempt brings the portal nearer to blocking this machine
        self.has_read = self.has_read or was_read
        if refusal and not was_read:
            raise refusal
        return news

    def _compare(self, kind: str, found: Iterable[Seen]) -> list[News]:
        is_first = kind not in self.state
        before = self.state.setdefault(kind, {})
        news: dict[str, News] = {}
        for seen in found:
            is_new = seen.id not in before
            given = not is_first and (kind in NEW_TELLS if is_new else before[seen.id] != seen.value)
            keep = functools.partial(before.__setitem__, seen.id, seen.value)
            if given and not seen.is_known:
                news[seen.id] = News(self._event(kind, seen, before.get(seen.id)), keep)
            else:
                keep()
        return list(news.values())

    def _event(self, kind: str, seen: Seen, before: str | None) -> Event:
        summary = printable(self.client.redact(" ".join(seen.summary.split())))
        about = {"type": kind, "id": seen.id, "service": seen.service, "summary": summary}
        return {**about, "before": before, "after": seen.value}

    def _warn(self, what: str, error: SindadError) -> None:
        LOG.warning("%s: %s", what, printable(self.client.redact(error)))

    # -- what there is, by type --------------------------------------------------------------------------------------

    def _notification(self) -> Iterator[Seen]:
        for each in Notifications(self.client).list():
            service = each["rel_id"] if "service" in (each["rel_type"] or "").casefold() else None
            yield Seen(each["id"], "new", f"Notification: {each['subject'] or ''}", service)

    def _ticket_reply(self) -> Iterator[Seen]:
        """Replies to tickets that are open, or whose answer was not read yet.

        A ticket that cannot be read keeps no other from being read. If that is so at the first poll, its replies are
        not new when it can be read.
        """
        is_first = "ticket_reply" not in self.state
        tickets = Tickets(self.client)
        for ticket in tickets.list():
            number = ticket["number"]
            if is_closed(ticket["status"]) and ticket["client_read"] is not False:
                continue
            try:
                replies = tickets.get(number)["replies"] or ()
            except AuthenticationFailed:
                raise
            except SindadError as error:
                self._warn(f"ticket {number}", error)
                if is_first:
                    yield Seen(number, UNREAD, "", is_known=True)
                continue
            is_known = self.state.get("ticket_reply", {}).get(number) == UNREAD
            for reply in replies:
                if is_staff(reply["type"]):
                    summary = f"Reply to ticket {number}: {ticket['subject'] or ''}"
                    yield Seen(f"{number}/{reply['id'] or reply['date']}", "new", summary, is_known=is_known)
            if is_known:
                yield Seen(number, "read", "", is_known=True)

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
                except AuthenticationFailed:
                    raise
                except SindadError as error:
                    self._warn(f"power of service {service['id']}", error)

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
    """Return what was seen before; nothing if there is no file.

    :raises InvalidInput: if the file is not one of this source, or could not be written.
    """
    if path is None:
        return {}
    ensure_file_path(path)
    if not os.path.exists(path):
        return {}
    try:
        state: State = json.loads(Path(path).read_text(encoding="utf-8"))
        values = [(identity, value) for kind in state.values() for identity, value in kind.items()]
        is_one = all(isinstance(value, (str, type(None))) for _identity, value in values)
    except (ValueError, AttributeError, RecursionError):
        is_one = False
    except OSError as error:
        raise InvalidInput(f"state_file {path} cannot be read: {error.strerror or error}.") from None
    if not is_one:
        raise InvalidInput(f"state_file {path} is not a file of this event source. Remove it, or give another.")
    return state


def save(path: str | None, state: State) -> None:
    if path is not None:
        put_file(path, json.dumps(state, indent=1, sort_keys=True).encode(), check_mode=False)


# -- the loop --------------------------------------------------------------------------------------------------------


def checked_options(args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options, checked as those of a module.

    :raises InvalidInput: naming what is wrong with them.
    """
    given = {name: value for name, value in args.items() if name != OF_RULEBOOK}
    checked = ArgumentSpecValidator(SPEC).validate(with_environment(given, os.environ))
    if checked.error_messages:
        raise InvalidInput("; ".join(checked.error_messages))
    refuse_empty(given)
    options: dict[str, Any] = checked.validated_parameters
    empty = [name for name in ("types", "state_file") if options[name] in ([], "")]
    if empty:
        raise InvalidInput(f"{empty[0]} is set but empty. Set a value, or leave the option out.")
    return {**options, "interval": duration_option(options["interval"], "interval"), "types": options["types"] or TYPES}


async def main(queue: asyncio.Queue[Event], args: dict[str, Any]) -> None:
    """Give events until ansible-rulebook ends the source.

    Each event is kept right before it is handed over: it is never given twice, and whatever waits for a slow consumer
    is given after a restart.

    :raises SindadError: for wrong options, and if the login is refused before anything was read.
    """
    options = checked_options(args)
    path = options["state_file"]
    state = load(path)
    client = Client(**client_options(options), read_only=True)
    watcher = Watcher(client, options["types"], options["due_days"], state)
    refused = 0
    while True:
        try:
            news, refused = await asyncio.to_thread(watcher.poll), 0
        except AuthenticationFailed:
            if not watcher.has_read:
                raise
            news, refused = [], refused + 1
        save(path, watcher.state)
        for event, keep in news:
            keep()
            save(path, watcher.state)
            await queue.put(event)
        await asyncio.sleep(pause_after(options["interval"], refused))


def pause_after(interval: float, refused: int) -> float:
    """Return the seconds until the next poll, after so many in a row at which the login was refused."""
    return max(interval, min(LONGEST_PAUSE_S, interval * 2 ** min(refused, 20)))


if __name__ == "__main__":
    # To try it: python account_events.py, with the credentials in the environment.
    class Printer:
        """Shows the events."""

        async def put(self, event: Event) -> None:
            print(event)

    asyncio.run(main(Printer(), {"interval": 10}))  # type: ignore[arg-type]
