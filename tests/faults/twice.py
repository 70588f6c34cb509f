# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done twice, by the log of the portal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: The username of the second account.
SECOND = "two@example.com"
#: Changes that make no sense twice in a row, with what tells two of them apart.
IN_A_ROW = {
    "POST /tickets/@number": "body",
    "POST /service/@id/upgrade": "resources",
    "POST /service/@id/reinstall": "template",
    "POST /service/@id/vms/@vmid/rebuild": "template",
}
#: Changes that are to be made once for each of these.
ONCE = {"POST /tickets": "subject", "POST /contact": "email"}


def done_twice(log: Iterable[Mapping[str, Any]], most_addresses: Mapping[str, int]) -> list[str]:
    """Sentences; none is good.

    :param log: the requests that took effect, in their order.
    :param most_addresses: how many new ones were asked for at the most, by the path of the request.
    """
    found: list[str] = []
    alive: dict[str, tuple[str, str]] = {}
    last: dict[str, Any] = {}
    once: set[tuple[str, str]] = set()
    addresses: dict[str, int] = {}
    for entry in log:
        change, body = f"{entry['method']} {entry['route']}", entry["body"] or {}
        path = f"{entry['account']} {entry['path']}" if entry["account"] == SECOND else entry["path"]
        if change == "POST /service/@id/vms":
            machine = (path, body["label"])
            found += [f"{machine} was bought while there was one"] if machine in alive.values() else []
            alive[f"{path}/{entry['made']}"] = machine
        elif change == "DELETE /service/@id/vms/@vmid":
            alive.pop(path, None)
        elif change == "POST /service/@id/ips":
            addresses[path] = addresses.get(path, 0) + int(body.get("num") or 1)
        elif change in IN_A_ROW:
            what = body[IN_A_ROW[change]]
            found += [f"{change} {what} twice in a row"] if last.get(path) == what else []
            last[path] = what
        elif change in ONCE:
            thing = (entry["account"], change, body[ONCE[change]])
            found += [f"{thing} twice"] if thing in once else []
            once.add(thing)
    found += [f"{count} addresses: {path}" for path, count in addresses.items() if count > most_addresses[path]]
    return found
