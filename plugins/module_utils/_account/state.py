# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings a person, the owner of the account or a contact, to what is wanted: compare, send what differs, read back."""

from __future__ import annotations

import re

from .._core.errors import InvalidInput, SindadError, TimedOut
from .._core.polling import STALE_READ_WINDOW_S, Deadline, wait_for
from .person import FIELDS


class DesiredPerson:
    """The fields that the user gave, checked: those that are left out stay as they are.

    :param params: the options of the task. :param whom: the person, for messages: ``the account``.
    """

    def __init__(self, params, whom, fields=FIELDS):
        self.whom = whom
        self.values = {field: field.given(params[field.name]) for field in fields if params[field.name] is not None}
        for field, value in self.values.items():
            if field.pattern and not re.fullmatch(field.pattern, value, re.I):
                raise InvalidInput(f"{field.name} must be {field.meaning}, not '{value}'.")

    def differing(self, record):
        """The fields that *record* holds otherwise."""
        return [
            field for field, value in self.values.items() if field.form(value) != field.form(record.get(field.name))
        ]

    def payload(self, fields):
        return {field.key: field.sent(self.values[field]) for field in fields}

    def applied(self, record):
        """*record* as it would be; what is the same stays as the portal writes it."""
        return {**record, **{field.name: self.values[field] for field in self.differing(record)}}

    def managed(self, record):
        """The part of *record* that is wanted, for the diff."""
        return {field.name: record[field.name] for field in self.values}

    def bring(self, context, before, look, save):
        """Let *save* send what differs from the record *before*; returns the record after it, which *look* reads."""
        changes = self.differing(before)
        if not changes:
            return before
        self._refuse_unknown(changes, before)
        done = context.act(
            lambda: save(self.payload(changes)),
            landed=lambda: not self.differing(look()),
            aim=f"{self.whom} to be changed",
        )
        return self.confirmed(context, before, look) if done else self.applied(before)

    def confirmed(self, context, before, look):
        """The record that *look* reads, once it holds what was sent. A portal ignores in silence what it does not know.

        :raises Failure: if a field is not shown, or still as *before*.
        """
        seen = look()
        if self._left(seen):
            deadline, aim = Deadline(STALE_READ_WINDOW_S, context.client.clock), f"{self.whom} to show the change"
            try:
                seen = wait_for(
                    context.client, look, lambda record: not self._left(record), deadline, aim, lambda seen: ""
                )
            except TimedOut:
                seen = look()
        if any(_unseen(field, seen) for field in self.differing(seen)):
            context.warn(
                f"The portal does not show the type of {self.whom}, so it cannot be compared: it is sent at every run."
            )
        for field in self._left(seen):
            self._judge(context, field, before, seen)
        return seen

    def _left(self, record):
        return [field for field in self.differing(record) if not _unseen(field, record)]

    def _judge(self, context, field, before, seen):
        shown = seen[field.name]
        if field.custom and field.key not in seen["raw"]:
            raise SindadError(
                f"The portal accepted {field.name} for {self.whom} but does not show it afterwards: {_no_such(field)}"
            )
        if field.form(shown) == field.form(before[field.name]):
            raise SindadError(
                f"The portal accepted the change of {self.whom} but did not take {field.name}: it still shows "
                f"{_quoted(shown)} instead of {_quoted(self.values[field])}. Change it in the portal itself, or leave "
                "the option out."
            )
        context.warn(
            f"The portal stores {field.name} of {self.whom} as {_quoted(shown)}. Give it like this, or it is sent at "
            "every run."
        )

    def _refuse_unknown(self, changes, before):
        """A portal that shows a custom field which is not set shows all that it has; those depend on the type."""
        custom = [field for field in FIELDS if field.custom]
        shows_all = any(field.key in before["raw"] and not field.read(before["raw"][field.key]) for field in custom)
        if not shows_all or any(field.name == "type" for field in changes):
            return
        for field in changes:
            if field.custom and field.key not in before["raw"]:
                raise InvalidInput(f"{self.whom[0].upper()}{self.whom[1:]} has no {field.name}: {_no_such(field)}")


def _unseen(field, record):
    """Whether the portal has the field for sure but does not show it."""
    return field.name == "type" and record["type"] is None


def _no_such(field):
    return (
        f"this portal seems to have no such field ({field.key}), or not for this type of account. Leave the option out."
    )


def _quoted(value):
    return "nothing" if value in (None, "") else f"'{value}'"
