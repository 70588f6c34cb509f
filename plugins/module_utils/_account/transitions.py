# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to the owner of the account, to contacts and to notifications, and which of it leads to what is
desired: the ``plan_*`` functions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from .._core.change.transition import Transition
from .._core.errors import InvalidInput
from .api import Account, Contacts, Notifications, Person
from .person import FIELDS, Text


class DesiredPerson:
    """The fields that the user gave, checked: those that are left out stay as they are.

    :param params: the options of the task. :param name: the person, for messages: "the account".
    """

    def __init__(self, params: Mapping[str, Any], name: str, fields: Iterable[Text] = FIELDS):
        self.name = name
        self.values = {field: field.given(params[field.name]) for field in fields if params[field.name] is not None}
        for field, value in self.values.items():
            if field.pattern and not re.fullmatch(field.pattern, value, re.I):
                raise InvalidInput(f"{field.name} must be {field.meaning}, not '{value}'.")

    def differing(self, record: Person) -> list[Text]:
        """The fields that *record* holds otherwise."""
        return [
            field for field, value in self.values.items() if field.form(value) != field.form(record.get(field.name))
        ]

    def payload(self, fields: Iterable[Text], record: Person) -> dict[str, Any]:
        """The *fields* as the portal takes them, in the spelling in which it shows the *record*."""
        return {field.key: field.sent(self._written(field, record)) for field in fields}

    def applied(self, record: Person) -> Person:
        """*record* as it would be; what is the same stays as the portal writes it."""
        return {**record, **{field.name: self._written(field, record) for field in self.differing(record)}}

    def _written(self, field: Text, record: Person) -> Any:
        return field.written(self.values[field], record.get(field.name))

    def managed(self, record: Person) -> dict[str, Any]:
        """The part of *record* that is desired, for the diff."""
        return {field.name: record[field.name] for field in self.values}


# -- persons ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChangeOwner(Transition[Account, Person]):
    """Send what differs of the account's owner."""

    desired: DesiredPerson
    description = "to be changed"

    def send(self, api: Account, record: Person) -> Any:
        return api.update(self.desired.payload(self.desired.differing(record), record))

    def is_done(self, record: Person) -> bool:
        return not self.desired.differing(record)

    def predict(self, record: Person) -> Person:
        return self.desired.applied(record)


@dataclass(frozen=True)
class ChangeContact(Transition[Contacts, Optional[Person]]):
    """The same of a contact; the record is None only of one that is not there any more."""

    desired: DesiredPerson
    description = "to be changed"

    def send(self, api: Contacts, record: Person | None) -> Any:
        contact = existing(record)
        return api.update(contact["id"], self.desired.payload(self.desired.differing(contact), contact))

    def is_done(self, record: Person | None) -> bool:
        return not self.desired.differing(existing(record))

    def predict(self, record: Person | None) -> Person:
        return self.desired.applied(existing(record))


@dataclass(frozen=True)
class CreateContact(Transition[Contacts, Optional[Person]]):
    """The record is None while there is none.

    :ivar none: the record of a contact of which nothing is known.
    """

    desired: DesiredPerson
    password: str | None
    none: Person
    description = "to be created"
    is_paid = True  # the API has no way to remove a second one

    def send(self, api: Contacts, record: Person | None) -> Any:
        password = {"password": self.password} if self.password else {}
        return api.create({**self.desired.payload(self.desired.values, self.none), **password})

    def is_done(self, record: Person | None) -> bool:
        return record is not None

    def predict(self, record: Person | None) -> Person:
        return self.desired.applied(self.none)


def plan_owner(owner: Person, desired: DesiredPerson) -> list[ChangeOwner]:
    """What gives the account's owner the fields that are desired.

    :raises InvalidInput: if the portal has no such field.
    """
    changes = desired.differing(owner)
    ensure_known(changes, owner, desired)
    return [ChangeOwner(desired)] if changes else []


def plan_contact(
    contact: Person | None, desired: DesiredPerson, password: str | None, none: Person
) -> list[ChangeContact | CreateContact]:
    """The same for a contact, which is created if there is none."""
    if contact is None:
        return [CreateContact(desired, password, none)]
    changes = desired.differing(contact)
    ensure_known(changes, contact, desired)
    return [ChangeContact(desired)] if changes else []


def ensure_known(changes: Sequence[Text], before: Person, desired: DesiredPerson) -> None:
    """Refuse a field that the portal lacks, if that shows.

    A portal that shows a custom field which is not set shows all that it has; those depend on the type.
    """
    custom = [field for field in FIELDS if field.custom]
    shows_all = any(field.key in before["raw"] and not field.read(before["raw"][field.key]) for field in custom)
    if not shows_all or any(field.name == "type" for field in changes):
        return
    for field in changes:
        if field.custom and field.key not in before["raw"]:
            name = desired.name[0].upper() + desired.name[1:]
            raise InvalidInput(f"{name} has no {field.name}: {no_such(field)}")


def no_such(field: Text) -> str:
    return (
        f"this portal seems to have no such field ({field.key}), or not for this type of account. Leave the option out."
    )


def existing(contact: Person | None) -> Person:
    if contact is None:
        raise AssertionError("a contact that exists")
    return contact


# -- notifications ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Acknowledge(Transition[Notifications, Collection[str]]):
    """Mark a notification as read; the record is the ids of those that are new."""

    id: str
    description = "to be read"

    def send(self, api: Notifications, record: Collection[str]) -> Any:
        return api.acknowledge(self.id)

    def is_done(self, record: Collection[str]) -> bool:
        return self.id not in record

    def predict(self, record: Collection[str]) -> Collection[str]:
        return [each for each in record if each != self.id]


def plan_read(ids: Iterable[str], new: Collection[str]) -> list[Acknowledge]:
    return [Acknowledge(each) for each in ids if each in new]
