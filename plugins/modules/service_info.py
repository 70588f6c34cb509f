#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: service_info
short_description: List the services of the account
version_added: 1.0.0
description:
  - Returns all services of the account, or those that match the options.
  - Without O(include), this takes a single request, however many services there are.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
  - sindad.cloud.portal.password
options:
  service:
    description:
      - Only return this service, specified by its ID or by its domain as shown in the list of services.
      - It must exist. If several services have the same domain, the ID must be used.
      - V(all) returns the services of the whole account, also on a host of the inventory plugin, where the service of
        the host is meant otherwise.
    type: str
  category:
    description:
      - Only return services of this category, specified by RV(services[].category) or RV(services[].category_url).
        Compared case-insensitively.
    type: str
  status:
    description:
      - Only return services with this status. Portals use V(Pending), V(Active), V(Suspended), V(Terminated),
        V(Cancelled) and V(Fraud). Compared case-insensitively.
    type: str
  include:
    description:
      - Additional information to return. Each choice takes one request per returned service.
      - V(details) adds the label, the dates and the login.
      - V(methods) adds the API routes that the service offers.
      - V(resources) adds the available and used resources, as reported by services with virtual machines.
      - V(upgrade_options) adds what M(sindad.cloud.service_upgrade) can order.
    type: list
    elements: str
    choices: [details, methods, resources, upgrade_options]
    default: []
seealso:
  - module: sindad.cloud.service_label
  - module: sindad.cloud.service_upgrade
  - module: sindad.cloud.service_cancellation
"""

EXAMPLES = r"""
- name: Get all services
  sindad.cloud.service_info:
  register: result

- name: Show the next payments
  ansible.builtin.debug:
    msg: "{{ item.domain }}: {{ item.total }} on {{ item.next_due }}"
  loop: "{{ result.services }}"
  loop_control:
    label: "{{ item.id }}"

- name: Get the active dedicated servers with their labels
  sindad.cloud.service_info:
    category: dedicated-servers
    status: active
    include: [details]

- name: Get the upgrade options of a service
  sindad.cloud.service_info:
    service: cloud-a.example.com
    include: [resources, upgrade_options]
"""

RETURN = r"""
services:
  description:
    - The services, in the order returned by the portal. The list is empty if no service matches O(category) and
      O(status).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the service.
      type: str
      sample: "201"
    domain:
      description: Domain or host name of the service.
      type: str
      sample: server1.example.com
    label:
      description: Label of the service. V(null) if it has none, or if O(include) does not contain V(details).
      type: str
      sample: backup server
    product:
      description: Name of the product that was ordered.
      type: str
      sample: Server X1
    category:
      description: Category of the product.
      type: str
      sample: Dedicated Servers
    category_url:
      description: Name of the category as used in the URLs of the portal.
      type: str
      sample: dedicated-servers
    status:
      description: Status of the service, as reported by the portal.
      type: str
      sample: Active
    billing_cycle:
      description: Billing cycle, as reported by the portal.
      type: str
      sample: Monthly
    total:
      description: Price per billing cycle as a decimal string, in the currency of the account.
      type: str
      sample: "89.00"
    first_payment:
      description: Amount of the first payment. V(null) if O(include) does not contain V(details).
      type: str
      sample: "99.00"
    currency:
      description: Currency of the amounts, if reported by the portal.
      type: str
      sample: USD
    next_due:
      description: Date when the next payment is due.
      type: str
      sample: "2026-10-20"
    next_invoice:
      description: Date of the next invoice. V(null) if O(include) does not contain V(details).
      type: str
      sample: "2026-10-13"
    date_created:
      description: Date when the service was ordered. V(null) if O(include) does not contain V(details).
      type: str
      sample: "2026-03-14"
    username:
      description: Login name of the service. V(null) if it has none, or if O(include) does not contain V(details).
      type: str
      sample: root
    password:
      description:
        - Login password of the service. V(null) unless O(include) contains V(details) and O(return_password=true).
      type: str
      sample: null
    methods:
      description: The API routes that the service offers. V(null) if O(include) does not contain V(methods).
      type: list
      elements: dict
      contains:
        name:
          description: What the route does.
          type: str
          sample: Change service label
        method:
          description: HTTP method.
          type: str
          sample: POST
        route:
          description: Path of the route.
          type: str
          sample: /service/@id/label
    resources:
      description:
        - Available and used resources, in the structure used by the backend of the service.
        - V(null) if the service does not report them, or if O(include) does not contain V(resources).
      type: raw
      sample: {"memory": {"limit": "32768", "used": 6144, "free": 26624}}
    upgrade_options:
      description:
        - What the service can be upgraded to, and the current selection.
        - V(null) if the service cannot be upgraded at present, or if O(include) does not contain V(upgrade_options).
      type: dict
      contains:
        resources:
          description: The resources that can be upgraded.
          type: list
          elements: dict
          contains:
            id:
              description: ID of the resource.
              type: str
              sample: "1557"
            name:
              description: Name of the resource.
              type: str
              sample: Bandwidth
            type:
              description: How the resource is selected, as reported by the portal.
              type: str
              sample: select
            quantity:
              description: Current quantity, if the resource has one and the portal reports it.
              type: int
              sample: 4
            min:
              description: Minimum quantity, if reported by the portal.
              type: int
              sample: 1
            max:
              description: Maximum quantity, if reported by the portal.
              type: int
              sample: 16
            step:
              description: Increment between quantities, if reported by the portal.
              type: int
              sample: 1
            choices:
              description: The items to choose from, called C(items) by the portal.
              type: list
              elements: dict
              contains:
                id:
                  description: ID of the item.
                  type: str
                  sample: "9953"
                name:
                  description: Name of the item.
                  type: str
                  sample: 100 GB
                price:
                  description: Price of the item as a decimal string.
                  type: str
                  sample: "1"
                setup_price:
                  description: One-time setup fee as a decimal string.
                  type: str
                  sample: "0"
                selected:
                  description: Whether the item is currently selected, if reported by the portal.
                  type: bool
                  sample: true
                quantity:
                  description: Current quantity, if the item has one and the portal reports it.
                  type: int
                  sample: 1
        package:
          description: The packages that the service can be changed to.
          type: list
          elements: dict
          contains:
            id:
              description: ID of the package.
              type: str
              sample: "21"
            name:
              description: Name of the package.
              type: str
              sample: Cloud A Plus
            raw:
              description: The package exactly as returned by the portal. Not returned with O(raw=false).
              type: dict
              sample: {"id": "21", "name": "Cloud A Plus"}
        raw:
          description: The response of the portal. Not returned with O(raw=false).
          type: dict
          sample: {"resources": [], "package": []}
    raw:
      description: The service exactly as returned by the portal, without passwords. Not returned with O(raw=false).
      type: dict
      sample: {"id": "201", "domain": "server1.example.com", "status": "Active"}
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

from collections.abc import Mapping
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    RETURN_PASSWORD,
    ModuleContext,
    Result,
    info_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.lookup import equal_names
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Services, is_whole_account

SPEC = info_spec(
    {
        "service": {"type": "str"},
        "category": {"type": "str"},
        "status": {"type": "str"},
        "include": {
            "type": "list",
            "elements": "str",
            "choices": ["details", "methods", "resources", "upgrade_options"],
            "default": [],
        },
        **RETURN_PASSWORD,
    }
)


def run(context: ModuleContext) -> Result:
    params = context.params
    services = Services(context.client)
    found = services.list()
    if params["service"] is not None and not is_whole_account(params["service"]):
        found = [services.one(params["service"], found)]
    for option, keys in (("category", ("category", "category_url")), ("status", ("status",))):
        if params[option] is not None:
            found = [record for record in found if _is_among(record, keys, params[option])]
    return {"services": services.with_more(found, params["include"] or ())}


def _is_among(record: Mapping[str, Any], keys: tuple[str, ...], requested: str) -> bool:
    return any(equal_names(record[key], requested) for key in keys)


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
