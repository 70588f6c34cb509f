# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drafts of an account -> the files of a project that keeps it as it is. The same account gives the same texts."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .._core.change.draft import Draft
from .._core.reading.values import natural_order
from .._service.record import ServiceRecord
from . import site
from .files import sealed
from .text import comments, mapping, to_comment, to_yaml

SERVICES = "services"
#: An id as it may be the name of a file. Nothing else of a portal ever is.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class ServiceDraft(NamedTuple):
    """A service, and what of it is exported.

    :ivar note: why nothing is. :ivar vms: and the others, None: not asked for, or not offered.
    """

    record: ServiceRecord
    note: str = ""
    label: Draft | None = None
    hostname: Draft | None = None
    vms: list[Draft] | None = None
    addresses: list[Draft] | None = None

    @property
    def name(self) -> str:
        record = self.record
        return ", ".join(part for part in (record["domain"], record["product"], record["status"]) if part)

    @property
    def drafts(self) -> list[Draft]:
        alone = [draft for draft in (self.label, self.hostname) if draft]
        return [*alone, *(self.vms or ()), *(self.addresses or ())]


class AccountDraft(NamedTuple):
    """An account. :ivar is_whole: whether all its services are here, so that a new service is recognised."""

    services: Sequence[ServiceDraft]
    contacts: Sequence[Draft] | None
    is_whole: bool


def file_of(service_id: str) -> str | None:
    """The path of the file of a service."""
    return f"{SERVICES}/{service_id}.yml" if _ID.fullmatch(service_id) else None


def to_files(account: AccountDraft) -> dict[str, str]:
    """The text of each file by its path."""
    files = {
        "site.yml": sealed(site.SITE_HEADER, site.SITE),
        "inventory.sindad.yml": sealed(site.INVENTORY_HEADER, site.INVENTORY),
        "account.yml": _account_file(account),
    }
    for service in account.services:
        path = file_of(service.record["id"])
        if path and not service.note:
            files[path] = _service_file(service)
    return files


def left_out(account: AccountDraft) -> list[str]:
    """What is on the account and in no file, a sentence each."""
    found = [f"Service {each.record['id']}: {each.note}" for each in account.services if each.note]
    for service in account.services:
        lost = [draft.comment for draft in service.drafts if draft.options is None]
        found += [f"Service {service.record['id']}: {why}" for why in lost]
    return found


# -- one file each ---------------------------------------------------------------------------------------------------


def _service_file(service: ServiceDraft) -> str:
    record = service.record
    header = comments([f"Service {record['id']}: {service.name}", *site.SERVICE_NOTES])
    body = mapping({"id": record["id"]})
    for draft, notes in ((service.label, site.LABEL_NOTES), (service.hostname, site.HOSTNAME_NOTES)):
        if draft:
            lost = [] if draft.options else [f"Not here: {draft.comment}"]
            body += f"\n{comments([*notes, *lost])}{mapping(draft.options or {})}"
    if service.addresses is not None:
        body += _list("addresses", site.ADDRESS_NOTES, service.addresses)
    if service.vms is not None:
        body += _list("vms", site.VM_NOTES, service.vms)
    return sealed(header, f"---\nservice_{record['id']}:\n{textwrap.indent(body, '  ')}")


def _account_file(account: AccountDraft) -> str:
    body = "---\n"
    if account.contacts is not None:
        body += _list("contacts", site.CONTACT_NOTES, account.contacts)
    key, notes = ("known_services", site.KNOWN_SERVICES_NOTES)
    if not account.is_whole:
        key, notes = ("exported_services", site.SERVICES_NOTES)
    lines = {each.record["id"]: f"{each.name}: {each.note or file_of(each.record['id'])}" for each in account.services}
    body += f"\n{comments(notes)}{_flat(key, lines)}"
    return sealed(comments(site.ACCOUNT_NOTES), body.replace("---\n\n", "---\n", 1))


# -- parts of a file -------------------------------------------------------------------------------------------------


def _list(key: str, notes: Iterable[str], drafts: Sequence[Draft]) -> str:
    """A list of items, and one of the ids of all that there is: what is new is not among those."""
    ordered = sorted(drafts, key=lambda draft: natural_order(draft.id))
    kept = [draft for draft in ordered if draft.options]
    lost = [f"Not here: {draft.comment}" for draft in ordered if not draft.options]
    text = f"\n{comments([*notes, *lost])}{key}:{'' if kept else ' []'}\n" + "".join(map(_item, kept))
    return f"{text}\n{comments(site.KNOWN_NOTES)}{_flat(f'known_{key}', {draft.id: '' for draft in ordered})}"


def _item(draft: Draft) -> str:
    comment = comments([draft.comment], "  ") if draft.comment else ""
    return comment + mapping(draft.options or {}, "    ", "  - ")


def _flat(key: str, values: Mapping[str, str]) -> str:
    """A list of texts, each with its comment."""
    lines = [
        f"  - {to_yaml(value)}{f' # {to_comment(comment)}' if comment else ''}\n" for value, comment in values.items()
    ]
    return f"{key}:{'' if lines else ' []'}\n" + "".join(lines)
