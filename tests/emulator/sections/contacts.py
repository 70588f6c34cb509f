# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contacts of the account."""

from __future__ import annotations

from typing import Any

from ..answers import refuse
from ..call import Call
from ..fields import accept, shown
from ..ids import next_id
from ..params import text
from ..routing import endpoint
from ..state import ZERO_TIME

BILLING = ["emails", "payinvoice", "orders", "balance", "addfunds", "creditcard"]
SUPPORT = ["newticket", "tickets", "closeticket", "emails"]
MISC = ["editmain", "emails", "editipaccess", "manageprofiles", "affiliates"]
SERVICE = ["basic", "billing", "cancelation", "upgrade", "notify", "logindetails"]
DOMAIN = ["basic", "renew", "notify", "contactinfo", "nameservers"]


@endpoint("GET", "/contact")
def contacts(call: Call) -> dict[str, Any]:
    names = ["email", "id", "firstname", "lastname", "companyname"]
    found = []
    for one in call.account.contacts.values():
        entry = {name: one.get(name, "") for name in names}
        entry["company"] = "1" if one.get("type") == "Company" else "0"
        entry["lastlogin"] = one.get("lastlogin", ZERO_TIME)
        found.append(entry)
    return {"contacts": found}


@endpoint("GET", "/contact/privileges")
def privileges(call: Call) -> dict[str, Any]:
    services: dict[str, Any] = {"full": 1}
    services.update(dict.fromkeys(call.account.services, SERVICE))
    domains = {"full": 1, "523": DOMAIN}
    return {
        "privileges": {
            "billing": BILLING,
            "support": SUPPORT,
            "misc": MISC,
            "services": services,
            "domains": domains,
        }
    }


@endpoint("GET", "/contact/@id")
def contact(call: Call) -> dict[str, Any]:
    found = shown(_find(call), call.options)
    found.pop("lastlogin", None)
    if call.options.other_ids:
        found["id"] = next_id(call.account.contacts, found["id"])
    return {"contact": found}


@endpoint("POST", "/contact")
def add_contact(call: Call) -> dict[str, Any]:
    for name in ("email", "firstname", "lastname"):
        text(call.body, name)
    fields = accept(call.body, call.options)
    if any(one["email"] == fields["email"] for one in call.account.contacts.values()):
        refuse("Email Address: already in use")
    number = str(call.account.number("contact", 51))
    person = {
        "id": number,
        **dict.fromkeys(["email", "firstname", "lastname", "companyname", "address1", "address2", "city"], ""),
        **dict.fromkeys(["state", "postcode", "country", "phonenumber"], ""),
        "type": "Private",
        **fields,
        "privileges": _privileges(call, {}) or [],
        "password": text(call.body, "password", required=False),
        "lastlogin": ZERO_TIME,
    }
    call.account.contacts[number] = person
    return {"contact_id": number, "info": ["profile_added"]}


@endpoint("PUT", "/contact/@id")
def edit_contact(call: Call) -> dict[str, Any]:
    person = _find(call)
    fields = accept(call.body, call.options)
    person["privileges"] = _privileges(call, person.get("privileges")) or []
    person.update(fields)
    return {"info": ["profile_updated"]}


def _find(call: Call) -> dict[str, Any]:
    found = call.account.contacts.get(call.params["id"])
    if not found:
        refuse("contact_not_found")
    return found


def _privileges(call: Call, default: Any) -> Any:
    """Privileges in the form of GET /contact/privileges; without the parameter, what there was."""
    given = call.body.get("privileges")
    if given is None:
        return default
    if not isinstance(given, (dict, list)) or (isinstance(given, list) and given):
        refuse("privileges is invalid")
    return given
