# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a person, be it the owner of the account or a contact: one table gives options, record, comparison
and payload, and one way brings a person to what is wanted.
"""

from __future__ import annotations

import html
import re

from ansible_collections.sindad.cloud.plugins.module_utils._errors import Failure, InvalidInput, TimedOut
from ansible_collections.sindad.cloud.plugins.module_utils._shapes import date, flag, text
from ansible_collections.sindad.cloud.plugins.module_utils._waiting import SETTLING, Deadline, wait_for

#: What the portals call a custom switch that is on.
YES = "بله"


# -- the kinds of fields ---------------------------------------------------------------------------------------------


class Text:
    """A field that holds text.

    :ivar name: the option and the key of the record. :ivar key: the portal's name.
    :ivar custom: made by the provider: not at every portal, and often shown only once it is set.
    :ivar pattern: what a value must match, *meaning* in words; only what all documented portals agree on.
    """

    type = "str"

    def __init__(self, name, key=None, custom=False, pattern=None, meaning=None, choices=None):
        self.name, self.key, self.custom = name, key or name, custom
        self.pattern, self.meaning = pattern, meaning
        self.option: dict = {"type": self.type}
        if choices:
            self.option["choices"] = choices
        if custom:
            self.option["aliases"] = [self.key]

    def read(self, value):
        """The record's value for the portal's; a custom field comes as a list, an unset one as C([""])."""
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            value = ", ".join(filter(None, map(text, value)))
        return text(value)

    def given(self, value):
        """The record's value for the user's."""
        return " ".join(value.split())

    def sent(self, value):
        """The portal's value for the record's."""
        return value

    def form(self, value):
        """What two values that mean the same have in common."""
        return " ".join(html.unescape(value or "").split())


class Caseless(Text):
    def form(self, value):
        return super().form(value).casefold()


class Country(Caseless):
    def given(self, value):
        value = super().given(value)
        return value.upper() if len(value) == 2 else value


class Digits(Caseless):
    """Digits of any script, with or without blanks and hyphens."""

    def given(self, value):
        return _ascii(super().given(value))

    def form(self, value):
        return re.sub(r"[\s-]", "", _ascii(super().form(value)))


class Phone(Digits):
    """A number in one of many spellings: C(+98 912 123 4567), C(0912-1234567), C(+98.9121234567)."""

    def form(self, value):
        digits = re.sub(r"\D", "", _ascii(value or ""))
        digits = re.sub(r"^00", "", digits)
        iranian = re.fullmatch(r"(?:98)?0?([1-9]\d{9})", digits)
        return iranian.group(1) if iranian else digits


class Switch(Text):
    """A custom field that holds a word if it is on."""

    type = "bool"

    def read(self, value):
        words = super().read(value)
        return None if value is None else bool(words) and flag(words) is not False

    def given(self, value):
        return value

    def sent(self, value):
        return [YES] if value else [""]

    def form(self, value):
        return bool(value)


class Privileges(Text):
    """What a contact may do: sections, each with a list of names, or with lists by id."""

    type = "dict"

    def read(self, value):
        return value if isinstance(value, dict) else granted(value)

    def given(self, value):
        return value

    def form(self, value):
        return granted(value)


def granted(privileges):
    """Privileges as dicts of dicts, whether they come as lists, objects or switches, in whatever order."""
    if isinstance(privileges, list):
        return {str(name): True for name in privileges if text(name)}
    found = {}
    for key, part in (privileges or {}).items():
        if isinstance(part, (dict, list)):
            part = granted(part)
        elif isinstance(part, str) and part.strip() and flag(part) is None:
            key, part = part, True  # a list that the portal's PHP wrote as an object
        if part and flag(part) is not False:
            found[str(key)] = part if isinstance(part, dict) else True
    return found


def _ascii(value):
    """*value* with Persian and other digits written as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in value)


# -- the table -------------------------------------------------------------------------------------------------------

FIELDS = (
    Caseless("email", pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+", meaning="an email address"),
    Text("firstname"),
    Text("lastname"),
    Digits(
        "national_id",
        "socialsecuritynumberpersonalid",
        custom=True,
        pattern=r"([0-9]{10})?",
        meaning="ten digits, in quotes so that leading zeros stay",
    ),
    Text("companyname"),
    Text("address1"),
    Text("city"),
    Text("province", "state"),
    Digits("postcode"),
    Country("country"),
    Phone("phonenumber"),
    Caseless("type", choices=["Private", "Company"]),
    Text(
        "national_id_card_image",
        "mellicardimage",
        custom=True,
        pattern=r"(.*\.(jpg|gif|png|pdf))?",
        meaning="the name of a .jpg, .gif, .png or .pdf file",
    ),
    Switch("telegram_notifications", "telegramnotifications", custom=True),
    Phone("landline", "langcustomline0180", custom=True),
)
PRIVILEGES = Privileges("privileges")
CONTACT_FIELDS = (*FIELDS, PRIVILEGES)

OPTIONS = {field.name: field.option for field in FIELDS}
CONTACT_OPTIONS = {field.name: field.option for field in CONTACT_FIELDS}


def person(listed, details=None, fields=FIELDS):
    """The record of a person; *details* may lack what only the list tells."""
    both = {**listed, **(details or {})}
    record = {
        "id": text(both.get("id")),
        **{field.name: field.read(both.get(field.key)) for field in fields},
        "address2": text(both.get("address2")),
        "last_login": date(both.get("lastlogin")),
        "raw": details or listed,
    }
    if record["type"] is None and flag(both.get("company")) is not None:
        record["type"] = "Company" if flag(both.get("company")) else "Private"
    return record


# -- what is wanted of a person --------------------------------------------------------------------------------------


class Wanted:
    """The fields that the user gave, checked: those that are left out stay as they are.

    :param params: the options of the task. :param whom: the person, for messages: C(the account).
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

    def bring(self, task, before, look, save):
        """Let *save* send what differs from the record *before*; returns the record after it, which *look* reads."""
        changes = self.differing(before)
        if not changes:
            return before
        self._refuse_unknown(changes, before)
        done = task.act(
            lambda: save(self.payload(changes)),
            landed=lambda: not self.differing(look()),
            aim=f"{self.whom} to be changed",
        )
        return self.confirmed(task, before, look) if done else self.applied(before)

    def confirmed(self, task, before, look):
        """The record that *look* reads, once it holds what was sent. A portal ignores in silence what it does not know.

        :raises Failure: if a field is not shown, or still as *before*.
        """
        seen = look()
        if self._left(seen):
            deadline, aim = Deadline(SETTLING), f"{self.whom} to show the change"
            try:
                seen = wait_for(
                    task.portal, look, lambda record: not self._left(record), deadline, aim, lambda seen: ""
                )
            except TimedOut:
                seen = look()
        if any(_unseen(field, seen) for field in self.differing(seen)):
            task.warn(
                f"The portal does not show the type of {self.whom}, so it cannot be compared: it is sent at every run."
            )
        for field in self._left(seen):
            self._judge(task, field, before, seen)
        return seen

    def _left(self, record):
        return [field for field in self.differing(record) if not _unseen(field, record)]

    def _judge(self, task, field, before, seen):
        shown = seen[field.name]
        if field.custom and field.key not in seen["raw"]:
            raise Failure(
                f"The portal accepted {field.name} for {self.whom} but does not show it afterwards: {_no_such(field)}"
            )
        if field.form(shown) == field.form(before[field.name]):
            raise Failure(
                f"The portal accepted the change of {self.whom} but did not take {field.name}: it still shows "
                f"{_quoted(shown)} instead of {_quoted(self.values[field])}. Change it in the portal itself, or leave "
                "the option out."
            )
        task.warn(
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
