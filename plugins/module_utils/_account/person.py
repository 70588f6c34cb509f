# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a person, be it the owner of the account or a contact: one table gives options, record, comparison
and payload, and one way applies what is desired of a person.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from .._core.errors import UnexpectedResponse
from .._core.reading.values import fold, to_ascii_digits, to_bool, to_date, to_text

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

    def __init__(
        self,
        name: str,
        key: str | None = None,
        custom: bool = False,
        pattern: str | None = None,
        meaning: str | None = None,
        choices: list[str] | None = None,
    ):
        self.name, self.key, self.custom = name, key or name, custom
        self.pattern, self.meaning = pattern, meaning
        self.option: dict[str, Any] = {"type": self.type}
        if choices:
            self.option["choices"] = choices
        if custom:
            self.option["aliases"] = [self.key]

    def read(self, value: Any) -> Any:
        """The record's value for the portal's; a custom field comes as a list, an unset one as ``[""]``."""
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            value = ", ".join(filter(None, map(to_text, value)))
        return to_text(value)

    def given(self, value: Any) -> Any:
        """The record's value for the user's."""
        return " ".join(value.split())

    def written(self, value: Any, shown: Any) -> Any:
        """The record's *value* as this portal writes such values, of which it shows *shown* at present."""
        return value

    def sent(self, value: Any) -> Any:
        """The portal's value for the record's."""
        return value

    def form(self, value: Any) -> Any:
        """What two values that mean the same have in common: their letters, folded as those of labels, and capitals."""
        text = unicodedata.normalize("NFKC", html.unescape(value or ""))
        return fold(text), [sign for sign in text if sign.isupper()]


class Caseless(Text):
    def form(self, value: Any) -> Any:
        return fold(html.unescape(value or ""))


class Country(Caseless):
    def given(self, value: Any) -> Any:
        value = super().given(value)
        return value.upper() if len(value) == 2 else value


class Digits(Caseless):
    """Digits of any script, with or without blanks and hyphens."""

    def given(self, value: Any) -> Any:
        return to_ascii_digits(super().given(value))

    def form(self, value: Any) -> Any:
        return re.sub(r"[\s-]", "", super().form(value))


class Phone(Digits):
    """A number in one of many spellings: ``+98 912 123 4567``, ``0912-1234567``, ``+98.9121234567``.

    YAML takes the ``+`` from a number without quotes.
    """

    def form(self, value: Any) -> Any:
        digits = _international(to_ascii_digits(value or ""))
        iranian = re.fullmatch(r"(?:98)?0?([1-9]\d{9})", digits)
        return iranian.group(1) if iranian else digits

    def written(self, value: Any, shown: Any) -> Any:
        """The number with its country's code, in the spelling that the portal shows; else with a ``+``.

        A number without the code is left alone, unless the portal shows one of Iran, and it may be one, too.
        """
        shown, digits = to_ascii_digits(shown or ""), _international(value)
        is_complete = value.startswith(("+", "00")) or (len(digits) > _LONGEST_LOCAL and not digits.startswith("0"))
        if not is_complete and re.match(r"(\+|00)98", shown) and len(self.form(value)) == _LONGEST_LOCAL:
            digits, is_complete = f"98{self.form(value)}", True
        if not is_complete or not digits:
            return value
        code = re.match(r"\+(\d{1,3})\.", shown)
        if code and digits.startswith(code.group(1)):
            return f"+{code.group(1)}.{digits[len(code.group(1)) :]}"
        if re.match(r"00\d", shown):
            return f"00{digits}"
        if re.match(r"0\d{10}", shown) and digits == f"98{self.form(value)}":
            return f"0{self.form(value)}"
        return value if value.startswith(("+", "00")) and not shown.startswith("+") else f"+{digits}"


#: Digits of a number without the code of its country; of Iran, without the zero before it.
_LONGEST_LOCAL = 10


def _international(number: str) -> str:
    """The digits of a number, without the zeros that stand for ``+``."""
    return re.sub(r"^00", "", re.sub(r"\D", "", number))


class Switch(Text):
    """A custom field that holds a word if it is on."""

    type = "bool"

    def read(self, value: Any) -> Any:
        words = super().read(value)
        return None if value is None else bool(words) and to_bool(words) is not False

    def given(self, value: Any) -> Any:
        return value

    def sent(self, value: Any) -> Any:
        return [YES] if value else [""]

    def form(self, value: Any) -> Any:
        return bool(value)


class Privileges(Text):
    """What a contact may do: sections, each with a list of names, or with lists by id."""

    type = "dict"

    def read(self, value: Any) -> Any:
        return value if isinstance(value, dict) else granted(value)

    def given(self, value: Any) -> Any:
        return value

    def form(self, value: Any) -> Any:
        return granted(value)


def granted(privileges: Any) -> dict[str, Any]:
    """Privileges as dicts of dicts, whether they come as lists, objects or switches, in whatever order.

    :raises UnexpectedResponse: if they come as something else, which does not show what is granted.
    """
    if isinstance(privileges, list):
        return {str(name): True for name in privileges if to_text(name)}
    if not privileges or to_bool(privileges) is False:
        return {}
    if not isinstance(privileges, dict):
        raise UnexpectedResponse("list of privileges", privileges)
    found: dict[str, Any] = {}
    for key, part in privileges.items():
        if isinstance(part, (dict, list)):
            part = granted(part)
        elif isinstance(part, str) and part.strip() and to_bool(part) is None:
            key, part = part, True  # a list that the portal's PHP wrote as an object
        if part and to_bool(part) is not False:
            found[str(key)] = part if isinstance(part, dict) else True
    return found


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
#: Keys of which an object must have one to be taken for a person [V].
PERSON_KEYS = frozenset(("id", *(field.key for field in FIELDS))) - {"type", "state"}

OPTIONS = {field.name: field.option for field in FIELDS}
CONTACT_OPTIONS = {field.name: field.option for field in CONTACT_FIELDS}


def to_person(
    listed: Mapping[str, Any], details: Mapping[str, Any] | None = None, fields: tuple[Text, ...] = FIELDS
) -> dict[str, Any]:
    """The record of a person; *details* may lack what only the list reports."""
    both = {**listed, **(details or {})}
    record = {
        "id": to_text(both.get("id")),
        **{field.name: field.read(both.get(field.key)) for field in fields},
        "address2": to_text(both.get("address2")),
        "last_login": to_date(both.get("lastlogin")),
        "raw": details or listed,
    }
    if record["type"] is None and to_bool(both.get("company")) is not None:
        record["type"] = "Company" if to_bool(both.get("company")) else "Private"
    return record
