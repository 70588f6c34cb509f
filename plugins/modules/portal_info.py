#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: portal_info
short_description: Check a portal and an account
version_added: 1.0.0
description:
  - Checks whether the portal can be reached, whether the login works, how fast the portal responds and whether its
    clock is right, what each product of the account offers, and which modules of this collection work on it.
  - Reports what could not be read, and what to do about it. A login that is refused, or an endpoint that cannot be
    read, is reported as a problem. A route that the portal does not have is not a problem. The task only fails if the
    portal cannot be reached, or is not a portal.
  - Only reads, with one request after the other. Of the services of a product, one for each status is looked at, and of
    that only the routes that it offers.
  - Reads the documentation that many portals publish of their own API, and reports what differs from the one that the
    collection is made from.
  - Returns the draft of a dialect for what could not be read, to be filled in and set as O(dialect).
  - With O(shapes) or O(dest), also describes the structure of all responses, without any value of the account. This is
    what a report about a portal that behaves differently should contain.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
options:
  service:
    description:
      - ID or domain of the only service to look at. If omitted, all products are looked at.
      - V(all) also looks at all products on a host of the inventory plugin, where the service of the host is meant
        otherwise.
    type: str
  shapes:
    description:
      - Whether to return the structure of all responses.
    type: bool
    default: false
  dest:
    description:
      - Path of a file on the target of the task to write the structure of all responses to. Its directory must exist.
        The file is replaced atomically, and not in check mode. This implies O(shapes=true).
      - Nothing is sent anywhere. Read the file before you share it.
    type: path
seealso:
  - module: sindad.cloud.service_info
"""

EXAMPLES = r"""
- name: Check the portal
  sindad.cloud.portal_info:
  register: check

- name: Show what each product can be managed with
  ansible.builtin.debug:
    msg: "{{ item.product }}: {{ item.modules | join(', ') }}"
  loop: "{{ check.products }}"
  loop_control:
    label: "{{ item.product }}"

- name: Write the structure of its responses to a file
  sindad.cloud.portal_info:
    dest: /tmp/shapes.json
"""

RETURN = r"""
portal:
  description: The portal and the login.
  returned: success
  type: dict
  contains:
    api_url:
      description: Base URL of the API.
      type: str
      sample: https://my.sindad.com/api
    login:
      description: How the requests are authenticated, V(basic), V(token), or V(none) without credentials.
      type: str
      sample: basic
    authenticated:
      description: Whether the portal accepted the login.
      type: bool
      sample: true
    latency_ms:
      description: Median response time in milliseconds. V(null) without any response.
      type: int
      sample: 84
    clock_skew:
      description:
        - Seconds by which the clock of the portal is ahead of the clock of this machine. Negative if it is behind.
        - V(null) if the portal does not report its time.
      type: int
      sample: 0
    services:
      description: Number of services of the account that were considered.
      type: int
      sample: 12
    endpoints:
      description: Number of endpoints that could be read.
      type: int
      sample: 24
    missing:
      description: Documented endpoints of the account that this portal does not have. This is not a problem.
      type: list
      elements: str
      sample: ["GET /serverstock"]
products:
  description: The products of the account, and which modules work on them.
  returned: success
  type: list
  elements: dict
  contains:
    category:
      description: Category of the product.
      type: str
      sample: Cloud
    product:
      description: Name of the product.
      type: str
      sample: Cloud Server 2
    services:
      description: IDs of the services of this product.
      type: list
      elements: str
      sample: ["101"]
    kind:
      description: What it offers, V(vm), V(server) (dedicated server) or V(service).
      type: str
      sample: vm
    modules:
      description: Modules of this collection that work on it.
      type: list
      elements: str
      sample: ["service_info", "vm", "vm_info"]
    missing:
      description: Documented routes of this kind that it does not offer.
      type: list
      elements: str
      sample: ["GET /service/@id/resources"]
problems:
  description: What could not be read or understood. An empty list if all is well.
  returned: success
  type: list
  elements: dict
  contains:
    where:
      description: The endpoint, V(login) or V(portal).
      type: str
      sample: GET /notifications
    what:
      description: What could not be read, or not be understood.
      type: str
      sample: "The portal refused GET /notifications: noprivileges (this login lacks the privilege for it)."
    advice:
      description: What to do about it.
      type: str
      sample: Ask the provider what this means, and whether this login has the privilege for it.
documentation:
  description:
    - What the portal publishes of its own API, as Swagger 2.0. V(null) if it does not publish any, which is not a
      problem.
    - The text is the portal's.
  returned: success
  type: dict
  contains:
    url:
      description: Its address, beside the API. It is read without the login.
      type: str
      sample: https://my.sindad.com/?action=swagger&cmd=userapi
    title:
      description: Its title.
      type: str
      sample: User API
    version:
      description: Its version.
      type: str
      sample: 1.0.0
    routes:
      description: The routes in it, in the spelling of the documentation that the collection is made from.
      type: list
      elements: str
      sample: ["GET /service", "GET /service/@id"]
    additional:
      description: Those of them that the documentation which the collection is made from does not have.
      type: list
      elements: str
      sample: ["GET /domain"]
    missing:
      description: Documented routes that are not in it.
      type: list
      elements: str
      sample: ["GET /serverstock"]
    fields:
      description: What requests take besides the IDs in their paths, such as custom fields with their titles.
      type: list
      elements: dict
      contains:
        route:
          description: The route.
          type: str
          sample: PUT /details
        name:
          description: Name of the field, as it is sent.
          type: str
          sample: langcustomline0180
        title:
          description: Its title or description.
          type: str
          sample: Landline
        type:
          description: Its type.
          type: str
          sample: string
        required:
          description: Whether it is required.
          type: bool
          sample: false
        choices:
          description: The values that it may have. An empty list if they are not listed.
          type: list
          elements: str
          sample: []
shapes:
  description: Structure of the responses without any value of the account. Empty without O(shapes) and O(dest).
  returned: success
  type: list
  elements: dict
  contains:
    endpoint:
      description: The endpoint.
      type: str
      sample: GET /service/@id/vms
    product:
      description: Number of the product in RV(products), from 1. V(null) for an endpoint of the account.
      type: int
      sample: 1
    read:
      description: Whether the collection could read the responses.
      type: bool
      sample: true
    answers:
      description: Number of responses, such as the pages of a list.
      type: int
      sample: 1
    shape:
      description:
        - Structure of the responses. An object is shown with its keys, a list as its C(<list>) and C(<count>), a value
          as its class, such as C(int), C(email) or C(text | null).
        - Keys that may be IDs, addresses or names are shown as C(<int>), C(<ip>) or C(<str>). A key that is not
          documented is only shown if it is made of usual words of APIs, and is part of no value of the account.
        - Only words for a state, error codes and documented routes are shown as they are.
      type: raw
      sample: {"vms": {"<int>": {"id": "int", "label": "text", "state": "word (online)"}, "<count>": 2}}
    null_fields:
      description: Fields of the records that are V(null), with the number of records unless all are concerned.
      type: list
      elements: str
      sample: ["hostname", "memory (1 of 2)"]
    changing_fields:
      description: Fields of the records that are V(changing).
      type: list
      elements: str
      sample: ["power"]
    unexpected_fields:
      description: Fields of the records that have an unknown form.
      type: list
      elements: str
      sample: []
    unknown_words:
      description: The words of the portal for a power state that are not understood.
      type: list
      elements: str
      sample: []
dialect:
  description:
    - Draft of a dialect as YAML text, for what could not be read, or came out as V(null) or unknown. Each expression
      that is to be written is V("?"), with the keys of the response as a comment.
    - It contains the rules of O(dialect), if set, and keys of the responses, but no values. Empty if there is nothing
      to translate.
  returned: success
  type: str
  sample: ""
unused:
  description: Expressions of O(dialect) that were undefined on every response they were evaluated for.
  returned: success
  type: list
  elements: str
  sample: []
dest:
  description: Path of the file. V(null) without O(dest).
  returned: success
  type: str
  sample: /tmp/shapes.json
size:
  description: Size of the file in bytes. V(null) without O(dest).
  returned: success
  type: int
  sample: 14210
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

from collections.abc import Callable, Sequence
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Account, Contacts, Notifications
from ansible_collections.sindad.cloud.plugins.module_utils._billing.api import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._context import ModuleContext, Result, info_spec, run_module
from ansible_collections.sindad.cloud.plugins.module_utils._core.files import ensure_file_path, put_file
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._incident.api import Incidents
from ansible_collections.sindad.cloud.plugins.module_utils._ip.api import Ips
from ansible_collections.sindad.cloud.plugins.module_utils._portal.state import Check, Reader
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import ROUTES, Server, Stock
from ansible_collections.sindad.cloud.plugins.module_utils._server.record import server_power, to_progress, to_server
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, is_whole_account
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.api import Tickets
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms

Records = Sequence[Any]
#: The largest attachment that is read to see whether attachments can be read.
MOST_ATTACHMENT_BYTES = 32 << 20

SPEC = info_spec(
    {
        "service": {"type": "str"},
        "shapes": {"type": "bool", "default": False},
        "dest": {"type": "path"},
    }
)

# -- how each endpoint is read: of a list, the first entry stands for the details of all -----------------------------


def _contact(client: Client) -> Records:
    contacts = Contacts(client)
    return [contacts.get(each) for each in contacts.list()[:1]]


def _privileges(client: Client) -> Records:
    Contacts(client).privileges()
    return []


def _invoice(client: Client) -> Records:
    billing = Billing(client)
    found = [billing.invoice(each["id"]) for each in billing.invoices()[:1]]
    return [{**each, "lines": None, "items": None} if each["lines"] is None else each for each in found if each]


def _ticket(client: Client) -> Records:
    tickets = Tickets(client)
    return [tickets.get(each["number"]) for each in tickets.list()[:1]]


def _vm(client: Client, service: str) -> Records:
    vms = Vms(client, service)
    return [vms.get(each) for each in vms.list()[:1]]


def _rebuild_templates(client: Client, service: str) -> Records:
    vms = Vms(client, service)
    return [each for vm in vms.list()[:1] for each in vms.templates(vm["id"])]


def _attachment(client: Client) -> Records:
    """Of the first ticket, the first attachment, which shows nothing but whether it can be read."""
    tickets = Tickets(client)
    for ticket in tickets.list()[:1]:
        for file in (tickets.get(ticket["number"])["attachments"] or [])[:1]:
            tickets.attachment(ticket["number"], file["id"], MOST_ATTACHMENT_BYTES)
    return []


def _incident(client: Client) -> Records:
    incidents = Incidents(client)
    return [found for each in incidents.list()[:1] if each["id"] and (found := incidents.get(each["id"]))]


def _ip(client: Client, service: str) -> Records:
    ips = Ips(client, service)
    return [ips.details(each) for each in ips.list()[:1]]


def _info(client: Client, service: str) -> Records:
    found = to_server(service, Server(client, service).info())
    return [{key: value for key, value in found.items() if key not in ("power", "state", "operation")}]


def _status(client: Client, service: str) -> Records:
    return [server_power(client.get("/service/@id/status", own_status=True, id=service))]


def _resources(client: Client, service: str) -> Records:
    Service(client, service).resources()
    return []


def _upgrade_options(client: Client, service: str) -> Records:
    return Service(client, service).upgrade_options()["resources"]


def _label(client: Client, service: str) -> Records:
    Service(client, service).label()
    return []


def _operation(name: str) -> Callable[[Client, str], Records]:
    def read(client: Client, service: str) -> Records:
        found = to_progress(name, Server(client, service).operation(name))
        return [{key: found[key] for key in ("running", "failed")}]

    return read


def _templates(name: str) -> Callable[[Client, str], Records]:
    def read(client: Client, service: str) -> Records:
        return Server(client, service).templates(name)[0]

    return read


ACCOUNT = (
    Reader("GET /details", "account_info", lambda client: [Account(client).details()]),
    Reader("GET /balance", "account_info", lambda client: [Billing(client).balance()]),
    Reader("GET /contact", "contact_info", lambda client: Contacts(client).list()),
    Reader("GET /contact/@id", "contact_info", _contact),
    Reader("GET /contact/privileges", "contact_privilege_info", _privileges),
    Reader("GET /notifications", "notification_info", lambda client: Notifications(client).list()),
    Reader("GET /invoice", "invoice_info", lambda client: Billing(client).invoices()),
    Reader("GET /invoice/@id", "invoice_info", _invoice),
    Reader("GET /payment", "payment_method_info", lambda client: Billing(client).payment_methods()),
    Reader("GET /tickets", "ticket_info", lambda client: Tickets(client).list()),
    Reader("GET /tickets/@number", "ticket_info", _ticket),
    Reader("GET /ticket/attachment/@file", "ticket_attachment", _attachment),
    Reader("GET /ticket/departments", "ticket_department_info", lambda client: Tickets(client).departments()),
    Reader("GET /statuses", "incident_info", lambda client: Incidents(client).list(), public=True),
    Reader("GET /statuses/@id", "incident_info", _incident, public=True),
    Reader("GET /serverstock", "server_stock_info", lambda client: Stock(client).list()),
)
SERVICE = (
    Reader("GET /service/@id/label", "service_label", _label),
    Reader("GET /service/@id/upgrade", "service_upgrade", _upgrade_options),
    Reader("GET /service/@id/resources", "service_info", _resources),
    Reader("GET /service/@id/vms", "vm_info", lambda client, service: Vms(client, service).list()),
    Reader("GET /service/@id/vms/@vmid", "vm_info", _vm),
    Reader("GET /service/@id/vms/@vmid/rebuild", "vm", _rebuild_templates),
    Reader("GET /service/@id/templates", "vm_template_info", lambda client, service: Vms(client, service).templates()),
    Reader("GET /service/@id/info", "server_info", _info),
    Reader("GET /service/@id/status", "server_info", _status),
    *(Reader(f"GET {route}", "server_info", _operation(name)) for name, route in ROUTES.items()),
    *(Reader(f"GET {route}/templates", "server_template_info", _templates(name)) for name, route in ROUTES.items()),
    Reader("GET /service/@id/ips", "ip_info", lambda client, service: Ips(client, service).list()),
    Reader("GET /service/@id/ips/@ip", "ip_info", _ip),
    Reader("GET /service/@id/vlans", "vlan_info", lambda client, service: Ips(client, service).vlans()),
)


def run(context: ModuleContext) -> Result:
    dest = context.params["dest"]
    if dest:
        ensure_file_path(dest)
    check = Check(context.client, ACCOUNT, SERVICE)
    service = context.params["service"]
    check.run(None if is_whole_account(service) else service)
    result = {
        "portal": check.portal(),
        "products": check.products,
        "problems": check.problems,
        "documentation": check.documentation,
        "shapes": check.shapes() if context.params["shapes"] or dest else [],
        "dialect": check.draft(),
        "unused": check.drafts.unused,
        "dest": dest,
        "size": None,
    }
    if dest:
        content = check.report()
        context.changed = put_file(dest, content, context.check_mode)
        result.update(size=len(content))
    return result


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
