#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: service_info
short_description: List the services of the account
version_added: 0.1.0
description:
  - Returns the services of the account, or those that the options name.
  - Without O(include) this takes one request, however many services there are.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.info
  - sindad.cloud.portal.password
options:
  service:
    description:
      - Return only this service, by its id or by the domain that the list of services shows.
      - It must exist. A domain that several services share is refused; use the id.
    type: str
  category:
    description:
      - Return only the services of this category, by its name or the name that it has in addresses
        (RV(services[].category) or RV(services[].category_url)), in any case.
    type: str
  status:
    description:
      - Return only the services with this status, in any case. Portals use V(Pending), V(Active), V(Suspended),
        V(Terminated), V(Cancelled) and V(Fraud).
    type: str
  include:
    description:
      - What to ask for beyond the list. Each of these takes a request for every service that is returned.
      - V(details) asks for the label, the dates and the login.
      - V(methods) asks for the routes of the API that the service offers.
      - V(resources) asks what is available and used, as services with virtual machines tell it.
      - V(upgrade_options) asks what M(sindad.cloud.service_upgrade) can order.
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
- name: Look at all services
  sindad.cloud.service_info:
  register: account

- name: Show what is due when
  ansible.builtin.debug:
    msg: "{{ item.domain }}: {{ item.total }} on {{ item.next_due }}"
  loop: "{{ account.services }}"
  loop_control:
    label: "{{ item.id }}"

- name: Look at the active dedicated servers, with their labels
  sindad.cloud.service_info:
    category: dedicated-servers
    status: active
    include: [details]

- name: See what a service can be upgraded to
  sindad.cloud.service_info:
    service: cloud-a.example.com
    include: [resources, upgrade_options]
"""

RETURN = r"""
services:
  description: The services, in the portal's order; an empty list if none fits O(category) and O(status).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the service.
      type: str
      sample: "201"
    domain:
      description: Its domain, or host name.
      type: str
      sample: server1.example.com
    label:
      description: The label that you gave it. It is V(null) without V(details) in O(include), or if there is none.
      type: str
      sample: backup server
    product:
      description: Name of the product that it was bought as.
      type: str
      sample: Server X1
    category:
      description: Category of the product.
      type: str
      sample: Dedicated Servers
    category_url:
      description: The name that the category has in addresses.
      type: str
      sample: dedicated-servers
    status:
      description: The portal's own word for its status.
      type: str
      sample: Active
    billing_cycle:
      description: How often it is billed, in the portal's word.
      type: str
      sample: Monthly
    total:
      description: Price of a billing cycle, in the currency of the account.
      type: str
      sample: "89.00"
    first_payment:
      description: What the first payment was. It is V(null) without V(details) in O(include).
      type: str
      sample: "99.00"
    next_due:
      description: When it has to be paid next.
      type: str
      sample: "2026-10-20"
    next_invoice:
      description: When the next invoice is made. It is V(null) without V(details) in O(include).
      type: str
      sample: "2026-10-13"
    date_created:
      description: When it was ordered. It is V(null) without V(details) in O(include).
      type: str
      sample: "2026-03-14"
    username:
      description: Login name of the service. It is V(null) without V(details) in O(include), or if there is none.
      type: str
      sample: root
    password:
      description:
        - Login password of the service. It is V(null) without V(details) in O(include) and O(return_password=true).
      type: str
      sample: null
    methods:
      description: The routes that it offers. It is V(null) without V(methods) in O(include).
      type: list
      elements: dict
      contains:
        name:
          description: What the route does.
          type: str
          sample: Change service label
        method:
          description: The HTTP method.
          type: str
          sample: POST
        route:
          description: The route.
          type: str
          sample: /service/@id/label
    resources:
      description:
        - What is available and used, as the portal tells it; the shape is the backend's own.
        - It is V(null) without V(resources) in O(include), or if the service does not offer this.
      type: raw
      sample: {"memory": {"limit": "32768", "used": 6144, "free": 26624}}
    upgrade_options:
      description:
        - What the service can be upgraded to, and what is selected now.
        - It is V(null) without V(upgrade_options) in O(include), or if there is no upgrade for the service now.
      type: dict
      contains:
        resources:
          description: The parts of the service that can be upgraded.
          type: list
          elements: dict
          contains:
            id:
              description: Id of the resource.
              type: str
              sample: "1557"
            name:
              description: Its name.
              type: str
              sample: Bandwidth
            type:
              description: How it is chosen, in the portal's word.
              type: str
              sample: select
            quantity:
              description: The quantity now, of a resource that has one and if the portal tells.
              type: int
              sample: 4
            min:
              description: The least quantity, if the portal tells.
              type: int
              sample: 1
            max:
              description: The greatest quantity, if the portal tells.
              type: int
              sample: 16
            step:
              description: The step between quantities, if the portal tells.
              type: int
              sample: 1
            choices:
              description: The items that there are to choose from; the portal calls them C(items).
              type: list
              elements: dict
              contains:
                id:
                  description: Id of the item.
                  type: str
                  sample: "9953"
                name:
                  description: Its name.
                  type: str
                  sample: 100 GB
                price:
                  description: Its price.
                  type: str
                  sample: "1"
                setup_price:
                  description: What it costs once.
                  type: str
                  sample: "0"
                selected:
                  description: Whether it is selected now, if the portal tells.
                  type: bool
                  sample: true
                quantity:
                  description: The quantity now, of an item that has one and if the portal tells.
                  type: int
                  sample: 1
        package:
          description: The packages that it can be changed to.
          type: list
          elements: dict
          contains:
            id:
              description: Id of the package.
              type: str
              sample: "21"
            name:
              description: Its name.
              type: str
              sample: Cloud A Plus
            raw:
              description: The portal's own object.
              type: dict
              sample: {"id": "21", "name": "Cloud A Plus"}
        raw:
          description: The portal's own answer.
          type: dict
          sample: {"resources": [], "package": []}
    raw:
      description: The portal's own object, without passwords.
      type: dict
      sample: {"id": "201", "domain": "server1.example.com", "status": "Active"}
"""

from ansible_collections.sindad.cloud.plugins.module_utils._choice import same_name
from ansible_collections.sindad.cloud.plugins.module_utils._module import RETURN_PASSWORD, module_spec, run_module
from ansible_collections.sindad.cloud.plugins.module_utils._services import Services

SPEC = module_spec(
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


def run(task):
    params = task.params
    services = Services(task.portal)
    found = services.list()
    if params["service"] is not None:
        found = [services.one(params["service"], found)]
    for option, keys in (("category", ("category", "category_url")), ("status", ("status",))):
        if params[option] is not None:
            found = [record for record in found if any(same_name(record[key], params[option]) for key in keys)]
    return {"services": services.with_more(found, params["include"] or ())}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
