# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a client or a contact: what is accepted, how it is stored and shown."""

from __future__ import annotations

import re
from typing import Any

from .answers import refuse
from .options import Options

PLAIN = [
    "email",
    "firstname",
    "lastname",
    "companyname",
    "address1",
    "city",
    "state",
    "postcode",
    "country",
    "phonenumber",
]
CUSTOM = {
    "sindad": ("socialsecuritynumberpersonalid", "mellicardimage", "telegramnotifications", "langcustomline0180"),
    "royaserver": ("mellicardimage", "telegramnotifications"),
}
TITLES = {
    "socialsecuritynumberpersonalid": "کد ملی",
    "phonenumber": "Phone",
    "mellicardimage": "تصویر کارت ملی",
    "telegramnotifications": "دریافت نوتیفیکیشن از تلگرام",
    "type": "Account Type",
    "email": "Email Address",
}
NATIONAL_ID = re.compile(r"^([0-9]){10}$")
PHONE = re.compile(r"^(\+98)?\s?0?9([0-9]){9}$")


def accept(body: dict[str, Any], options: Options) -> dict[str, Any]:
    """The known fields of a request, checked and brought into the stored form. Unknown ones are ignored."""
    stored: dict[str, Any] = {}
    for name in PLAIN:
        if body.get(name) is not None:
            stored[name] = _plain(name, body[name], options)
    if body.get("type") is not None:
        if body["type"] not in ("Private", "Company"):
            _wrong("type")
        stored["type"] = body["type"]
    for name in CUSTOM[options.profile]:
        if body.get(name) is not None:
            stored[name] = _custom(name, body[name])
    return stored


def shown(person: dict[str, Any], options: Options) -> dict[str, Any]:
    """A client or contact as the portal sends it. A custom field is a list, one that is not set holds ""."""
    hidden = {"password", *(set(CUSTOM["sindad"]) - set(CUSTOM[options.profile]))}
    found = {name: value for name, value in person.items() if name not in hidden}
    if options.custom_fields == "always":
        found.setdefault("type", "Private")
        for name in CUSTOM[options.profile]:
            found.setdefault(name, [""])
    return found


def _wrong(name: str) -> None:
    refuse(f"{TITLES.get(name, name)}: value is not valid")


def _plain(name: str, value: Any, options: Options) -> str:
    if isinstance(value, (bool, list, dict)):
        _wrong(name)
    text = str(value).strip()
    if name == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        _wrong(name)
    if name == "phonenumber":
        if options.profile == "sindad" and text and not PHONE.match(text):
            _wrong(name)
        text = re.sub(r"\s", "", text)
    return text


def _custom(name: str, value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    if any(isinstance(one, (bool, list, dict)) for one in values):
        _wrong(name)
    texts = [str(one) for one in values] or [""]
    for one in texts:
        if not one:
            continue
        if name == "socialsecuritynumberpersonalid" and not NATIONAL_ID.match(one):
            _wrong(name)
        if name == "mellicardimage" and not one.lower().endswith((".jpg", ".gif", ".png", ".pdf")):
            _wrong(name)
        if name == "telegramnotifications" and one != "بله":
            _wrong(name)
    return texts
