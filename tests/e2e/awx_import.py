# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX makes of an export, by the rules of its inventory import (mem_inventory and inventory_import of AWX 24).

Hosts are rows with a number that stays: history, permissions and facts hang on it. A host of an export is the row of
its instance id, else the row of its name, else a new one.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

#: AWX refuses a new host, and with it the whole import, whose name holds one of these.
TEMPLATES = (re.compile(r"\{\{[^}]+\}\}"), re.compile(r"\{%[^%]+%\}"))
LONGEST_NAME = 512


class ImportFailed(Exception):
    """Nothing is imported."""


@dataclass
class Row:
    """A host as AWX keeps it."""

    name: str
    instance_id: str
    variables: dict[str, Any]
    groups: set[str] = field(default_factory=set)


class AwxInventory:
    """The hosts of one source. *instance_id_var* is the setting SCM_INSTANCE_ID_VAR."""

    def __init__(self, instance_id_var: str = "") -> None:
        self.instance_id_var = instance_id_var
        self.rows: dict[int, Row] = {}
        self._numbers = itertools.count(1)

    def load(self, export: dict[str, Any], overwrite: bool = True) -> list[str]:
        """Import what ``ansible-inventory --export`` printed. Returns what changed."""
        hosts = self._read(export)
        rows = self._matched(hosts)
        changes = [f"deleted {self.rows[number].name}" for number in self.rows if overwrite and number not in rows]
        kept = {number: row for number, row in self.rows.items() if number in rows or not overwrite}
        for number, name in rows.items():
            if kept[number] != hosts[name]:
                changes.append(f"updated {kept[number].name}")
            kept[number] = hosts[name]
        for name in sorted(set(hosts) - set(rows.values())):
            if any(each.search(name) for each in TEMPLATES) or len(name) > LONGEST_NAME:
                raise ImportFailed(name)
            kept[next(self._numbers)] = hosts[name]
            changes.append(f"added {name}")
        self.rows = kept
        return changes

    def number(self, name: str) -> int:
        return next(number for number, row in self.rows.items() if row.name == name)

    def _read(self, export: dict[str, Any]) -> dict[str, Row]:
        hosts: dict[str, Row] = {}
        for group, content in export.items():
            for given in content.get("hosts", ()) if group != "_meta" else ():
                name, port = _split(given)
                variables = dict(export["_meta"]["hostvars"].get(name, {}))
                if port is not None:
                    variables["ansible_port"] = port
                row = hosts.setdefault(name, Row(name, str(variables.get(self.instance_id_var, "")), variables))
                row.groups |= {group} - {"all", "ungrouped"}
        return hosts

    def _matched(self, hosts: dict[str, Row]) -> dict[int, str]:
        """The row of each host that has one, by its number."""
        by_id = {row.instance_id: row.name for row in hosts.values() if row.instance_id}
        found = {number: by_id[row.instance_id] for number, row in self.rows.items() if row.instance_id in by_id}
        for number, row in self.rows.items():
            if number not in found and row.name in hosts:
                found = {each: name for each, name in found.items() if name != row.name}
                found[number] = row.name
        return found


def _split(given: str) -> tuple[str, int | None]:
    """A name as AWX reads it: what follows a single colon is a port, and is dropped if it is none."""
    address = re.fullmatch(r"\[([A-Fa-f0-9:]{3,})\]:(\d+)", given)
    if address:
        return address[1], int(address[2])
    name, _colon, port = given.partition(":")
    if given.count(":") != 1:
        return given, None
    return name, int(port) if port.isdigit() else None
