# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contacts as ``contact`` finds them. None has its password: the portal does not report those."""

from __future__ import annotations

import json
import re
from typing import Any

from .._core.change.draft import Draft, is_writable
from .api import Contacts, Person
from .person import CONTACT_FIELDS, Text


def draft_contacts(contacts: Contacts) -> list[Draft]:
    """A draft for each contact, by its id: one whose email address changes is not created once more."""
    return [_draft(contact) for contact in contacts.some()]


def _draft(contact: Person) -> Draft:
    values = {field.name: contact[field.name] for field in CONTACT_FIELDS if contact[field.name] is not None}
    kept = {field.name: values[field.name] for field in CONTACT_FIELDS if _is_accepted(field, values.get(field.name))}
    lost = [name for name in values if name not in kept]
    comment = f"without {', '.join(lost)}, as the portal reports what cannot be set" if lost else ""
    return Draft(contact["id"], {"id": contact["id"], **kept}, comment)


def _is_accepted(field: Text, value: Any) -> bool:
    """Whether the module takes the value, and finds it unchanged."""
    if value is None or not is_writable(json.dumps(value, ensure_ascii=False)):
        return False
    if value not in field.option.get("choices", [value]):
        return False
    given = field.given(value)
    fits = not field.pattern or re.fullmatch(field.pattern, given, re.I)
    return bool(fits) and bool(field.form(given) == field.form(value))
