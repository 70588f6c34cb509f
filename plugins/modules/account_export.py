#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: account_export
short_description: Write the account as a project that Ansible can run
version_added: 1.0.0
description:
  - Writes what there is on the account as a project, to adopt an account that was made by hand, and to see what has
    changed since. The playbook C(site.yml) in it, run with C(--check) right afterwards, changes nothing.
  - Only reads the account. The files hold no password and no token. Text of the portal stays text in them, and is never
    a template.
  - Each file is replaced only if it differs, and not at all if you have edited it, unless O(overwrite=true). If one of
    the files cannot be written, none is.
  - What no task could leave as it is, is not exported. The result says what, and so do comments in the files. A service
    that is not active is never exported.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
attributes:
  idempotent:
    support: full
options:
  dest:
    description:
      - Path of the folder of the project, on the target of the task. It is created if its parent exists.
    type: path
    required: true
  services:
    description:
      - IDs or domains of the services to export. If empty, all of them. Files of other services are left alone.
    type: list
    elements: str
    default: []
  categories:
    description:
      - Only export services of these categories, by name or URL. If empty, those of all categories.
    type: list
    elements: str
    default: []
  include:
    description:
      - What to export.
      - V(vms) exports virtual machines with their sizes and power state, V(servers) the host names of dedicated
        servers, V(labels) the labels of services, V(ips) the domains of IP addresses, and V(contacts) the contacts of
        the account with their privileges.
    type: list
    elements: str
    choices: [vms, servers, labels, ips, contacts]
    default: [vms, servers, labels, ips, contacts]
  overwrite:
    description:
      - Whether to write files anew that you have edited, or that stand there and were not written by this module.
        B(Your changes are lost.)
    type: bool
    default: false
seealso:
  - module: sindad.cloud.vm_fleet
  - module: sindad.cloud.portal_info
"""

EXAMPLES = r"""
- name: Write the account as a project
  sindad.cloud.account_export:
    dest: /tmp/sindad
  register: export

- name: Show what is not in it
  ansible.builtin.debug:
    msg: "{{ export.left_out }}"

- name: Write the virtual machines of one service only
  sindad.cloud.account_export:
    dest: /tmp/cloud-a
    services: [cloud-a.example.com]
    include: [vms]
"""

RETURN = r"""
dest:
  description: Path of the folder of the project.
  returned: success
  type: str
  sample: /tmp/sindad
written:
  description: Files that were written, below RV(dest). In check mode, those that would be.
  returned: success
  type: list
  elements: str
  sample: ["account.yml", "services/101.yml"]
removed:
  description: Files that were removed, as the account has no such active service any more.
  returned: success
  type: list
  elements: str
  sample: []
kept:
  description: Files that differ and were left alone, as you have edited them.
  returned: success
  type: list
  elements: str
  sample: []
left_out:
  description: What is on the account and in no file, with the reason.
  returned: success
  type: list
  elements: str
  sample: ["Service 302: not exported, as its status is Terminated"]
errors:
  description: Error codes or messages of the portal, as it sent them.
  returned: if the portal refused a request
  type: list
  elements: str
  sample: ["noprivileges"]
status_code:
  description: HTTP status code of the response.
  returned: if a request failed and the portal responded
  type: int
  sample: 200
method:
  description: HTTP method of the request that failed.
  returned: if a request failed
  type: str
  sample: GET
path:
  description: Path of the request that failed, below the URL of the API.
  returned: if a request failed
  type: str
  sample: /service
"""

import functools
from collections.abc import Collection, Sequence

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Contacts
from ansible_collections.sindad.cloud.plugins.module_utils._account.export import draft_contacts
from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.concurrency import map_concurrently
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.lookup import equal_names
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import natural_order
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import is_active
from ansible_collections.sindad.cloud.plugins.module_utils._export.files import Change, Folder
from ansible_collections.sindad.cloud.plugins.module_utils._export.project import (
    SERVICES,
    AccountDraft,
    ServiceDraft,
    file_of,
    left_out,
    to_files,
)
from ansible_collections.sindad.cloud.plugins.module_utils._ip.api import Ips
from ansible_collections.sindad.cloud.plugins.module_utils._ip.export import draft_addresses
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import Server
from ansible_collections.sindad.cloud.plugins.module_utils._server.export import draft_hostname
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, Services
from ansible_collections.sindad.cloud.plugins.module_utils._service.export import draft_label
from ansible_collections.sindad.cloud.plugins.module_utils._service.record import MethodRecord, ServiceRecord
from ansible_collections.sindad.cloud.plugins.module_utils._service.routes import offers
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms
from ansible_collections.sindad.cloud.plugins.module_utils._vm.export import draft_vms

PARTS = ["vms", "servers", "labels", "ips", "contacts"]
#: How many services are read at the same time.
WORKERS = 8
#: The routes below a service that a part is read by, and set by.
ROUTES = {
    "labels": (("GET", "label"), ("POST", "label")),
    "servers": (("GET", "info"), ("POST", "hostname")),
    "ips": (("GET", "ips"), ("POST", "ips/@ip")),
    "vms": (("GET", "vms"),),
    "templates": (("GET", "templates"),),
}
SPEC = module_spec(
    {
        "dest": {"type": "path", "required": True},
        "services": {"type": "list", "elements": "str", "default": []},
        "categories": {"type": "list", "elements": "str", "default": []},
        "include": {"type": "list", "elements": "str", "choices": PARTS, "default": PARTS},
        "overwrite": {"type": "bool", "default": False},
    }
)


def run(context: ModuleContext) -> Result:
    folder = Folder(context.params["dest"])
    folder.ensure_usable([SERVICES])
    listed = Services(context.client).list()
    account = _read(context, listed)
    changes = folder.changes({**to_files(account), **_outdated(folder, listed)})
    theirs = [change for change in changes if change.is_of_others and not context.params["overwrite"]]
    ours = [change for change in changes if change not in theirs]
    if not context.check_mode:
        folder.apply(ours)
    for change in theirs:
        context.warn(_kept(change))
    return {
        "changed": bool(ours),
        "dest": folder.path,
        "written": [change.path for change in ours if change.after is not None],
        "removed": [change.path for change in ours if change.after is None],
        "kept": [change.path for change in theirs],
        "left_out": left_out(account),
        "diff": [_diff(change) for change in ours],
    }


def _diff(change: Change) -> Result:
    return {
        "before_header": change.path,
        "after_header": change.path,
        "before": change.before or "",
        "after": change.after or "",
    }


def _kept(change: Change) -> str:
    if change.after is None:
        return f"{change.path} was edited and is kept, though the account has no such service any more. Remove it."
    return f"{change.path} was edited and is kept as it is. overwrite=true writes it anew, and your changes are lost."


def _outdated(folder: Folder, listed: Sequence[ServiceRecord]) -> dict[str, None]:
    """The files of services that are not on the account, or not active, any more."""
    active = {file_of(each["id"]) for each in listed if is_active(each["status"])}
    paths = [f"{SERVICES}/{name}" for name in folder.names(SERVICES) if name.endswith(".yml")]
    return {path: None for path in paths if path not in active}


# -- reading ---------------------------------------------------------------------------------------------------------


def _read(context: ModuleContext, listed: Sequence[ServiceRecord]) -> AccountDraft:
    params, client = context.params, context.client
    chosen = _chosen(client, listed, params["services"], params["categories"])
    read = functools.partial(_read_service, client, params["include"])
    drafts = map_concurrently(chosen, read, WORKERS, client.stop)
    contacts = draft_contacts(Contacts(client)) if "contacts" in params["include"] else None
    return AccountDraft(drafts, contacts, is_whole=not (params["services"] or params["categories"]))


def _chosen(
    client: Client, listed: Sequence[ServiceRecord], services: Sequence[str], categories: Sequence[str]
) -> list[ServiceRecord]:
    """The services of these ids or domains, and of these categories, in the order of their ids."""
    requested = {Services(client).one(each, list(listed))["id"] for each in services}
    found = [each for each in listed if not services or each["id"] in requested]
    for category in categories:
        if not any(_is_of(each, [category]) for each in listed):
            there = ", ".join(sorted({each["category"] for each in listed if each["category"]}))
            raise LookupFailed(f"Category '{category}' not found on this account. Available: {there or 'none'}.")
    found = [each for each in found if not categories or _is_of(each, categories)]
    return sorted(found, key=lambda each: natural_order(each["id"]))


def _is_of(service: ServiceRecord, categories: Collection[str]) -> bool:
    names = (service["category"], service["category_url"])
    return any(equal_names(name, category) for name in names for category in categories)


def _read_service(client: Client, include: Collection[str], record: ServiceRecord) -> ServiceDraft:
    identity = record["id"]
    if not is_active(record["status"]):
        return ServiceDraft(record, f"not exported, as its status is {record['status'] or 'not reported'}")
    if file_of(identity) is None:
        return ServiceDraft(record, "not exported, as its ID cannot be the name of a file")
    service = Service(client, identity)
    methods = service.methods()
    parts = {part for part in ROUTES if (part in include or part == "templates") and _offers(methods, part)}
    return ServiceDraft(
        record,
        label=draft_label(identity, service.label()) if "labels" in parts else None,
        hostname=draft_hostname(Server(client, identity)) if "servers" in parts else None,
        vms=draft_vms(Vms(client, identity), "templates" in parts) if "vms" in parts else None,
        addresses=draft_addresses(Ips(client, identity)) if "ips" in parts else None,
    )


def _offers(methods: Sequence[MethodRecord], part: str) -> bool:
    return all(offers(methods, Request(method, f"/service/@id/{route}")) for method, route in ROUTES[part])


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
