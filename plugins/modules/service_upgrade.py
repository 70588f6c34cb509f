#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: service_upgrade
short_description: Order an upgrade of a service
version_added: 1.0.0
description:
  - Orders other resources, another package or another billing cycle for a service. B(An order costs money.)
  - Only what differs from the current selection reported by the portal is ordered. If nothing differs, no request is
    sent.
  - In check mode, an estimate is requested from the portal, and nothing is ordered.
  - Use M(sindad.cloud.service_info) with V(upgrade_options) in its option O(sindad.cloud.service_info#module:include)
    to list what can be ordered.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
attributes:
  check_mode:
    details:
      - The estimate is requested with C(POST /service/@id/upgrade) without the parameter C(send).
  idempotent:
    support: partial
    details:
      - A portal reports an upgrade as selected after it has been applied, which may require that its invoice is paid.
        Until then the controller remembers what it ordered, and does not order it again. The task reports it as
        RV(upgrade.pending), with a warning. A task that requests another upgrade fails meanwhile.
      - Other controllers do not know of the order. There the portal may reject a second one, and the task fails with
        C(upgrade_due_invoice).
      - What is ordered because of O(force=true) is ordered on every run.
options:
  resources:
    description:
      - The resources to order, by ID or name. Resources that are not specified stay unchanged.
      - The value is a number for sliders and quantity fields, the ID or name of an item for resources with a choice, or
        a dictionary of an item and its quantity if the chosen item has a quantity.
      - Quote item names that YAML would read as a boolean, such as C(Yes).
    type: dict
  package:
    description:
      - ID or name of the package to change to.
      - The name is preferable. The list of packages may not contain the current package of the service, which portals
        report by its name.
    type: str
  cycle:
    description:
      - The billing cycle to change to, by its name in the portal or its code.
      - These are V(Hourly) (V(h)), V(Daily) (V(d)), V(Weekly) (V(w)), V(Monthly) (V(m)), V(Quarterly) (V(q)),
        V(Semi-Annually) (V(s)), V(Annually) (V(a)), V(Biennially) (V(b)), V(Triennially) (V(t)),
        V(Quadrennially) (V(p4)) and V(Quinquennially) (V(p5)).
      - Which of them are available depends on the service.
    type: str
  force:
    description:
      - Also order resources whose current selection is not reported by the portal. If V(false), the task fails in this
        case, as it would order them again on every run.
      - Also order what was ordered before from this controller and does not show, for example because that order was
        cancelled and the portal does not report it. B(If it was not cancelled, the upgrade is paid twice.)
    type: bool
    default: false
seealso:
  - module: sindad.cloud.service_info
  - module: sindad.cloud.invoice_info
"""

EXAMPLES = r"""
- name: Get an estimate for more bandwidth
  sindad.cloud.service_upgrade:
    service: examplename.com
    resources:
      Bandwidth: 500 GB
  check_mode: true
  register: offer

- name: Show the estimate
  ansible.builtin.debug:
    var: offer.upgrade.estimate

- name: Order it
  sindad.cloud.service_upgrade:
    service: examplename.com
    resources:
      Bandwidth: 500 GB

- name: Order CPU cores and licences for a server
  sindad.cloud.service_upgrade:
    service: server1.example.com
    resources:
      CPU Cores: 4
      Licence:
        cPanel: 2

- name: Order a larger package with annual billing
  sindad.cloud.service_upgrade:
    service: cloud-a.example.com
    package: Cloud A Plus
    cycle: Annually
"""

RETURN = r"""
upgrade:
  description: The upgrade.
  returned: success
  type: dict
  contains:
    service_id:
      description: ID of the service.
      type: str
      sample: "301"
    ordered:
      description: Whether an order was placed. V(false) in check mode, if nothing differs, and if it is pending.
      type: bool
      sample: true
    pending:
      description: Whether the upgrade was ordered before from this controller, and the portal does not show it yet.
      type: bool
      sample: false
    resources:
      description: The resources that were ordered, by ID, as sent to the portal. In check mode, those that would be.
      type: dict
      sample: {"1557": "10103"}
    package:
      description: ID of the package that was ordered. V(null) if none was.
      type: str
      sample: "21"
    cycle:
      description: Code of the billing cycle that was ordered. V(null) if none was.
      type: str
      sample: a
    charge:
      description: Amount to pay for the upgrade as a decimal string, if reported by the portal.
      type: str
      sample: "4.00"
    currency:
      description: Currency of the amounts, if reported by the portal.
      type: str
      sample: USD
    estimate:
      description: The estimate of the portal, which is only requested in check mode. V(null) otherwise.
      type: dict
      sample: {"charge": "4.00", "old_price": "9.99", "new_price": "13.99"}
    raw:
      description: The response of the portal to the order or, in check mode, the estimate. V(null) if nothing differs.
      type: dict
      sample: {"info": ["upgrade_order_success"]}
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

from ansible_collections.sindad.cloud.plugins.module_utils._billing.api import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service
from ansible_collections.sindad.cloud.plugins.module_utils._service.upgrade import DesiredUpgrade
from ansible_collections.sindad.cloud.plugins.module_utils._service.upgrade_state import UpgradeState

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "resources": {"type": "dict"},
        "package": {"type": "str"},
        "cycle": {"type": "str"},
        "force": {"type": "bool", "default": False},
    },
    required_one_of=[("resources", "package", "cycle")],
)


def run(context: ModuleContext) -> Result:
    desired = DesiredUpgrade.of(context.params)
    service = Service(context.client, context.service())
    state = UpgradeState(context, service, desired, Billing(context.client).is_void)
    return {"upgrade": state.apply(), "diff": state.diff}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
