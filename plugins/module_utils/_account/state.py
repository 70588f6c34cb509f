# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apply what is desired of a person, the account's owner or a contact: compare, send what differs, read back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union

from .._context import ModuleContext
from .._core.change.ledger import Ledger
from .._core.change.once import KEPT_S, Once, account_of
from .._core.change.polling import STALE_READ_WINDOW_S, Deadline, watch
from .._core.change.transition import Target
from .._core.errors import AuthenticationFailed, LookupFailed, SindadError
from .api import Account, Contacts, Person
from .person import CONTACT_FIELDS, PRIVILEGES, Text, to_person
from .transitions import ChangeContact, CreateContact, DesiredPerson, existing, no_such, plan_contact, plan_owner

ContactTransition = Union[ChangeContact, CreateContact]
#: What is said where a contact was created and is not listed.
NOT_LISTED = (
    "A contact that this machine created within the last hour and that is not listed yet is not created again. If it "
    "is not in the portal, create it there: the task finds it then."
)


def apply_to_owner(context: ModuleContext, account: Account, desired: DesiredPerson) -> tuple[Person, Person]:
    """Change what differs of the account's owner. Return the record before and after."""
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
        self.before: Person | None = None
        client = context.client
        self.once = Once(client, Ledger(client.url, account_of(client), "contacts"), self.email or "", open_for=KEPT_S)

    def apply(self) -> tuple[Person | None, Person]:
        """Create the contact, or change what differs. Return the record before, None if new, and after."""
        contact = self.once.planned(self._plan, self._carry_out, self.desired.name)
        return self.before, contact

    def _plan(self) -> Sequence[ContactTransition]:
        self.before = self._find()
        if PRIVILEGES in self.desired.differing(self.before or self.none):
            self.contacts.ensure_privileges(self.context.params["privileges"])
        return plan_contact(self.before, self.desired, self.context.params["contact_password"], self.none)

    def _carry_out(self, steps: Sequence[ContactTransition]) -> Person:
        contact = self.before or self.none
        for transition in steps:
            contact = self._apply(transition)
        return contact

    def _apply(self, transition: ContactTransition) -> Person:
        refresh = self._look if self.before is None else functools.partial(self.contacts.find, self.before["id"])
        describe = functools.partial(_describe, self.desired)
        target = Target(self.desired.name, self.contacts, refresh, describe)
        if self.before is not None or self.context.check_mode:
            outcome = self.context.apply(transition, target, self.before)
        else:
            with self.once.placing():
                outcome = self.context.apply(transition, target, None)
        if not outcome.sent:
            return outcome.record or self.none
        if self.before is None:
            self.once.found(self._listed()["id"])
        confirmation = Confirmation(self.context, self.desired, self.before or self.none)
        return confirmation.read(lambda: existing(refresh() or outcome.record))

    def _find(self) -> Person | None:
        """The contact in full; None if there is none, and none was created that is about to be listed."""
        found = self._look()
        if found is None and self.once.is_open:
            found = self._listed()
        if found is not None:
            self.once.found(found["id"])
        return found

    def _listed(self) -> Person:
        """The contact that was created, once the portal lists it."""
        awaited, describe = f"{self.desired.name} to be listed", functools.partial(_describe, self.desired)
        return existing(self._look() or self.context.wait(self._look, bool, awaited, describe, NOT_LISTED))

    def _look(self) -> Person | None:
        found = self.contacts.find(self.id, self.email if self.id is None else None)
        shown = (found["email"] or "").casefold() if found else ""
        if found and self.id is None and self.email and shown not in ("", self.email.strip().casefold()):
            raise LookupFailed(
                f"The portal lists contact {found['id']} as {self.email}, but its details say {found['email']}. "
                "Specify the ID of the contact."
            )
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
