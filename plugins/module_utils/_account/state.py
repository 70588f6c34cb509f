# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings a person, the owner of the account or a contact, to what is wanted: compare, send what differs, read back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from .._context import ModuleContext
from .._core.change.polling import STALE_READ_WINDOW_S, Deadline, watch
from .._core.change.transition import Target
from .._core.errors import AuthenticationFailed, LookupFailed, SindadError
from .api import Account, Contacts, Person
from .person import CONTACT_FIELDS, PRIVILEGES, Text, to_person
from .transitions import ChangeContact, CreateContact, DesiredPerson, no_such, plan_contact, plan_owner


def ensure_owner(context: ModuleContext, account: Account, desired: DesiredPerson) -> tuple[Person, Person]:
    """Give the account's owner what is wanted. Returns the record before and after."""
    owner = before = account.details()
    refresh = functools.partial(_refresh_owner, context, account)
    target = Target(desired.name, account, refresh, functools.partial(_describe, desired))
    for transition in plan_owner(before, desired):
        outcome = context.apply(transition, target, before)
        owner = Confirmation(context, desired, before).read(refresh) if outcome.sent else outcome.record
    return before, owner


def _refresh_owner(context: ModuleContext, account: Account) -> Person:
    """The owner as it is now; a new email address may be the new user name, too."""
    try:
        return account.details()
    except AuthenticationFailed:
        email = context.params["email"]
        if email is None or context.client.username in (None, email):
            raise
        context.warn(f"The new email address is the new user name, too: set username to {email} from now on.")
        context.client.username = email
        return account.details()


class ContactState:
    """One contact of the account, by the options ``id`` or ``email``."""

    def __init__(self, context: ModuleContext, contacts: Contacts):
        self.context, self.contacts = context, contacts
        self.id: str | None = context.params["id"]
        self.email: str | None = context.params["email"]
        self.desired = DesiredPerson(context.params, f"contact {self.id or self.email}", CONTACT_FIELDS)
        self.none = to_person({}, fields=CONTACT_FIELDS)

    def ensure(self) -> tuple[Person | None, Person]:
        """Create the contact, or give it what is wanted. Returns the record before, None if new, and after."""
        before = self._find()
        if PRIVILEGES in self.desired.differing(before or self.none):
            self.contacts.ensure_privileges(self.context.params["privileges"])
        contact = before or self.none
        for transition in plan_contact(before, self.desired, self.context.params["contact_password"], self.none):
            contact = self._apply(transition, before)
        return before, contact

    def _apply(self, transition: ChangeContact | CreateContact, before: Person | None) -> Person:
        found_by = {"contact_id": before["id"]} if before else {"email": self.email}
        refresh = functools.partial(self.contacts.find, **found_by)
        describe = functools.partial(_describe, self.desired)
        outcome = self.context.apply(transition, Target(self.desired.name, self.contacts, refresh, describe), before)
        if not outcome.sent:
            return outcome.record or self.none
        if refresh() is None:
            self.context.wait(refresh, bool, f"{self.desired.name} to be listed", describe)
        confirmation = Confirmation(self.context, self.desired, before or self.none)
        return confirmation.read(functools.partial(_there, refresh, outcome.record))

    def _find(self) -> Person | None:
        found = self.contacts.find(self.id, self.email if self.id is None else None)
        shown = (found["email"] or "").casefold() if found else ""
        if found and self.id is None and self.email and shown not in ("", self.email.strip().casefold()):
            raise LookupFailed(
                f"The portal lists contact {found['id']} as {self.email}, but its details say {found['email']}. "
                "Give the id of the contact that is meant."
            )
        return found


def _there(refresh: Callable[[], Person | None], known: Person | None) -> Person:
    """What *refresh* gives; a contact that is not listed for a moment is what was *known* of it."""
    found = refresh() or known
    if found is None:
        raise AssertionError("a contact that was created")
    return found


def _describe(desired: DesiredPerson, record: Person | None) -> str:
    if record is None:
        return "not listed yet"
    fields = ", ".join(field.name for field in desired.differing(record))
    return f"{fields} not changed yet" if fields else "changed"


class Confirmation:
    """Whether a portal took what was sent: it ignores in silence what it does not know.

    :param before: the record that differed.
    """

    def __init__(self, context: ModuleContext, desired: DesiredPerson, before: Person):
        self.context, self.desired, self.before = context, desired, before

    def read(self, refresh: Callable[[], Person]) -> Person:
        """The record that *refresh* reads, once it holds what was sent.

        :raises SindadError: if a field is not shown, or still as before.
        """
        seen = refresh()
        if not self._is_complete(seen):
            deadline = Deadline(STALE_READ_WINDOW_S, self.context.client.clock)
            seen = watch(self.context.client, refresh, self._is_complete, deadline, seen)
        if any(_is_hidden(field, seen) for field in self.desired.differing(seen)):
            self.context.warn(
                f"The portal does not report the type of {self.desired.name}, so it cannot be compared and is sent on "
                "every run."
            )
        for field in self._left(seen):
            self._judge(field, seen)
        return seen

    def _is_complete(self, record: Person) -> bool:
        return not self._left(record)

    def _left(self, record: Person) -> list[Text]:
        return [field for field in self.desired.differing(record) if not _is_hidden(field, record)]

    def _judge(self, field: Text, seen: Mapping[str, Any]) -> None:
        name, shown = self.desired.name, seen[field.name]
        if field.custom and field.key not in seen["raw"]:
            raise SindadError(
                f"The portal accepted {field.name} for {name} but does not show it afterwards: {no_such(field)}"
            )
        if field.form(shown) == field.form(self.before[field.name]):
            raise SindadError(
                f"The portal accepted the change of {name} but did not take {field.name}: it still shows "
                f"{_quoted(shown)} instead of {_quoted(self.desired.values[field])}. Change it in the portal itself, "
                "or leave the option out."
            )
        self.context.warn(
            f"The portal stores {field.name} of {name} as {_quoted(shown)}. Specify it like this, or it is sent on "
            "every run."
        )


def _is_hidden(field: Text, record: Person) -> bool:
    """Whether the portal has the field for sure but does not show it."""
    return field.name == "type" and record["type"] is None


def _quoted(value: Any) -> str:
    return "nothing" if value in (None, "") else f"'{value}'"
