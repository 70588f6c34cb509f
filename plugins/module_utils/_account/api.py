# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The section Clientarea of the API: the account's owner, contacts, notifications, and tokens to log in with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import AuthenticationFailed, InvalidInput, LookupFailed, UnexpectedResponse
from .._core.http.client import Client
from .._core.http.concurrency import map_concurrently
from .._core.reading.lookup import listing, there_is
from .._core.response.envelope import entry, held
from .._core.response.verdict import is_beside
from .person import CONTACT_FIELDS, PERSON_KEYS, granted, to_person
from .record import NOTIFICATION_KEYS, TokenRecord, to_notification, to_tokens
from .record import NotificationRecord as Notification

#: What the portal says to a token that has ended or was revoked.
ENDED_TOKEN = ("unauthorized", "token_expired")

Person = dict[str, Any]
# Below a method ``list`` the name means the method.
Persons = list[Person]
NotificationList = list[Notification]


class Account:
    """The account itself."""

    def __init__(self, client: Client):
        self.client = client

    def details(self) -> Person:
        """GET /details."""
        return to_person(entry(self.client.get("/details"), "client", "details", known=PERSON_KEYS))

    def update(self, fields: Mapping[str, Any]) -> Any:
        """PUT /details: *fields* by the portal's names; the others stay."""
        return self.client.put("/details", fields)


class Contacts:
    """The contacts of the account."""

    def __init__(self, client: Client):
        self.client = client

    def list(self) -> Persons:
        """GET /contact: names and email only."""
        listed = self.client.get_list("/contact", "contacts", "contact", known=PERSON_KEYS, identity=("id",))
        return [to_person(each, fields=CONTACT_FIELDS) for each in listed]

    def get(self, listed: Person) -> Person:
        """GET /contact/@id: the full record of a contact that the list gave; its id is the list's."""
        answer = self.client.get("/contact/@id", id=listed["id"])
        details = entry(answer, "contact", "contacts", key=listed["id"], known=PERSON_KEYS)
        return {**to_person(listed["raw"], details, CONTACT_FIELDS), "id": listed["id"]}

    def some(self, contact_id: str | None = None, email: str | None = None) -> Persons:
        """The contacts with this id or email address, or all, in full."""
        return map_concurrently(_fitting(self.list(), contact_id, email), self.get)

    def find(self, contact_id: str | None = None, email: str | None = None) -> Person | None:
        """The contact with this id, or with this email address in any case, in full; None if no contact has that."""
        there = self.list()
        fitting = _fitting(there, contact_id, email)
        names = ("email",)
        if contact_id is not None and not fitting:
            raise LookupFailed(f"There is no contact {contact_id}. {there_is(contact_id, there, names)}")
        if len(fitting) > 1:
            raise LookupFailed(
                f"{len(fitting)} contacts have the email {email}. Specify an ID: {listing(fitting, names)}."
            )
        return self.get(fitting[0]) if fitting else None

    def create(self, fields: Mapping[str, Any]) -> Any:
        """POST /contact: *fields* by the portal's names."""
        return self.client.post("/contact", fields)

    def update(self, contact_id: str, fields: Mapping[str, Any]) -> Any:
        """PUT /contact/@id: *fields* by the portal's names; the others stay."""
        return self.client.put("/contact/@id", fields, id=contact_id)

    def privileges(self) -> dict[str, Any]:
        """GET /contact/privileges: all that a contact may be given, by section."""
        answer = self.client.get("/contact/privileges")
        found = held(answer, "privileges")
        if found is None:
            found = answer if answer != {"privileges": None} else {}
        if found in ([], {}, None):
            return {}
        if not isinstance(found, dict) or all(map(is_beside, found)):
            raise UnexpectedResponse("privileges", answer)
        return found

    def ensure_privileges(self, desired: Mapping[str, Any]) -> None:
        """Refuse sections and names that the portal does not list; what stands below an id is left to the portal."""
        possible = self.privileges()
        for section, names in desired.items():
            if possible and section not in possible:
                raise InvalidInput(f"There is no section '{section}' of privileges. There is: {', '.join(possible)}.")
            there = possible.get(section)
            if not isinstance(there, list) or not isinstance(names, (list, dict)):
                continue
            unknown = sorted(set(granted(names)) - set(map(str, there)))
            if unknown:
                raise InvalidInput(
                    f"There is no privilege {', '.join(unknown)} in the section '{section}'. "
                    f"There is: {', '.join(map(str, there))}."
                )


def _fitting(contacts: Persons, contact_id: str | None, email: str | None) -> Persons:
    if contact_id is not None:
        return [each for each in contacts if each["id"] == str(contact_id).strip()]
    if email is not None:
        return [each for each in contacts if (each["email"] or "").casefold() == email.strip().casefold()]
    return contacts


class Notifications:
    """Messages of the portal to the account."""

    def __init__(self, client: Client):
        self.client = client

    def list(self, new_only: bool = False, rel_type: str | None = None, rel_id: str | None = None) -> NotificationList:
        """GET /notifications or GET /notifications/new, of what they relate to if that is given."""
        asked = {name: value for name, value in (("rel_type", rel_type), ("rel_id", rel_id)) if value is not None}
        route = "/notifications/new" if new_only else "/notifications"
        listed = self.client.get_list(route, "notifications", known=NOTIFICATION_KEYS, query=asked)
        found = [to_notification(each) for each in listed]
        # A portal may ignore the query.
        if rel_type is not None:
            found = [each for each in found if _relates(each["rel_type"], rel_type)]
        if rel_id is not None:
            found = [each for each in found if _relates(each["rel_id"], rel_id)]
        if new_only:
            return [{**each, "read": False} for each in found]
        if any(each["read"] is None for each in found):
            new = [each["id"] for each in self.list(new_only=True, rel_type=rel_type, rel_id=rel_id)]
            found = [{**each, "read": each["id"] not in new} for each in found]
        return found

    def acknowledge(self, notification_id: str) -> Any:
        """PUT /notifications/@id/ack."""
        return self.client.put("/notifications/@id/ack", id=notification_id)


def _relates(reported: str | None, asked: str) -> bool:
    return reported is None or reported.casefold() == str(asked).strip().casefold()


class Login:
    """Tokens. Those who ask for one, or give one up, need not be logged in."""

    def __init__(self, client: Client):
        self.client = client

    def log_in(self, username: str, password: str) -> TokenRecord:
        """POST /login."""
        answer = self.client.post("/login", {"username": username, "password": password}, reads=True, login=False)
        if isinstance(answer, dict) and not answer.get("token") and answer.get("mfa"):
            raise AuthenticationFailed(
                f"The portal asks for a second factor to log {username} in, which a task cannot give. Use a login "
                "without two-factor authentication, such as a contact made for automation, or leave tokens alone and "
                "set username and password, which the other modules send with each request."
            )
        return to_tokens(answer)

    def refresh(self, refresh_token: str) -> TokenRecord:
        """POST /token."""
        return to_tokens(
            self.client.post("/token", {"refresh_token": refresh_token}, reads=True, login=False), refresh_token
        )

    def revoke(self, refresh_token: str) -> bool:
        """POST /revoke: ends a refresh token and its access token. False if it had ended already."""
        body = {"refresh_token": refresh_token}
        return not _refused(self.client.post("/revoke", body, accept=ENDED_TOKEN, reads=True, login=False))

    def log_out(self) -> bool:
        """POST /logout: ends the token of this connection. False if it had ended already."""
        return not _refused(self.client.post("/logout", accept=ENDED_TOKEN if self.client.token else (), reads=True))


def _refused(answer: Any) -> bool:
    return isinstance(answer, dict) and bool(answer.get("error"))
