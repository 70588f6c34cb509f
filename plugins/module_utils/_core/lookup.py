# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One of many, by id or name."""

from __future__ import annotations

from .errors import LookupFailed
from .values import first_present, to_text

SHOWN = 30
#: The keys that id and name of a thing that is chosen may stand under: [V] id, name, [C] title, [G] the rest.
CHOICE_IDS = ("id", "template_id", "dept_id", "key", "value")
CHOICE_NAMES = ("name", "label", "title", "deptname", "description")
CHOICE_KEYS = (*CHOICE_IDS, *CHOICE_NAMES)


def choose(wanted, candidates, noun, where="", names=("name",), identity="id"):
    """The one record that *wanted* means: exact id, then exact name, then name regardless of case.

    :param noun: what it is, for the message: ``template``.
    :param where: a phrase that says where it was looked for, such as ``on service 101``.
    :param names: the keys of a record that hold its names.
    :raises NoChoice: if nothing fits, or more than one; the message lists the candidates.
    """
    wanted = str(wanted).strip()
    rules = (
        lambda record: record[identity] == wanted,
        lambda record: any(record[name] == wanted for name in names),
        lambda record: any(equal_names(record[name], wanted) for name in names),
    )
    for rule in rules:
        fitting = [record for record in candidates if rule(record)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise LookupFailed(
                f"{len(fitting)} {noun}s{_spaced(where)} are named '{wanted}'. Give the id of the one that is meant: "
                f"{listing(fitting, names, identity)}."
            )
    there = listing(candidates, names, identity)
    raise LookupFailed(
        f"There is no {noun} '{wanted}'{_spaced(where)}. "
        + (f"There is: {there}." if there else "There is none at all.")
    )


def equal_names(told, wanted):
    """Whether two names are one, regardless of case; one that is missing is like no other."""
    return told is not None and wanted is not None and told.strip().casefold() == wanted.strip().casefold()


def listing(records, names=("name",), identity="id"):
    """Records for a message: C(18867 (web1), 18868 (db1))."""
    shown = [_shown(record, names, identity) for record in records[:SHOWN]]
    if len(records) > SHOWN:
        shown.append(f"and {len(records) - SHOWN} more")
    return ", ".join(shown)


def _shown(record, names, identity):
    name = next((record[name] for name in names if record[name]), None)
    return f"{record[identity]} ({name})" if name and name != record[identity] else str(record[identity])


def _spaced(where):
    return f" {where}" if where else ""


def to_choice(source):
    """Anything that is chosen by id or name: template, VLAN, department."""
    identity = to_text(first_present(source, *CHOICE_IDS))
    name = to_text(first_present(source, *CHOICE_NAMES))
    return {"id": identity or name, "name": name or identity, "raw": source}
