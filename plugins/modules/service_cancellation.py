#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: service_cancellation
short_description: Request the cancellation of a service
version_added: 1.0.0
description:
  - Requests the cancellation of a service. B(A cancelled service is lost with all its data.)
  - The request is queued. The service stays unchanged until the provider has processed it.
  - A cancellation request cannot be withdrawn or changed through the API. Contact the support of the provider instead,
    for example with M(sindad.cloud.ticket).
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
attributes:
  check_mode:
    support: partial
    details:
      - Whether a cancellation was requested before cannot be read; the portal reports it only in response to another
        request. Therefore check mode predicts a change for every service that is not terminated or cancelled.
options:
  when:
    description:
      - V(end_of_period) cancels the service at the end of the paid period.
      - V(immediate) cancels it as soon as the provider processes the request. Requires O(force=true).
    type: str
    choices: [end_of_period, immediate]
    default: end_of_period
  reason:
    description:
      - Reason for the cancellation, which is sent to the provider.
    type: str
    required: true
  force:
    description:
      - Confirms O(when=immediate).
      - Also cancels a service that is tagged C(#protected), or has a VM that is, see M(sindad.cloud.service_label).
    type: bool
    default: false
seealso:
  - module: sindad.cloud.service_info
  - module: sindad.cloud.ticket
"""

EXAMPLES = r"""
- name: Cancel a service at the end of the paid period
  sindad.cloud.service_cancellation:
    service: examplename.com
    reason: The project has ended.

- name: Cancel a server immediately
  sindad.cloud.service_cancellation:
    service: server2.example.com
    when: immediate
    force: true
    reason: It is replaced by server1.example.com.
"""

RETURN = r"""
cancellation:
  description: The cancellation request.
  returned: success
  type: dict
  contains:
    service_id:
      description: ID of the service.
      type: str
      sample: "301"
    state:
      description:
        - V(requested) if the cancellation was requested by this task, or would be in check mode.
        - V(already_requested) if it was requested earlier. The portal does not report the date or the reason of that
          request.
        - V(gone) if the service is terminated or cancelled.
      type: str
      sample: requested
    when:
      description: When the cancellation takes effect. V(null) unless RV(cancellation.state) is V(requested).
      type: str
      sample: end_of_period
    reason:
      description: The reason that was given. V(null) unless RV(cancellation.state) is V(requested).
      type: str
      sample: The project has ended.
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

from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.transition import Target
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, advice_if_unknown, is_repeat
from ansible_collections.sindad.cloud.plugins.module_utils._service.protection import (
    ensure_unprotected,
    label_of_service,
)
from ansible_collections.sindad.cloud.plugins.module_utils._service.transitions import Cancel
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms
from ansible_collections.sindad.cloud.plugins.module_utils._vm.guard import ensure_none_protected

ADVICE = "Run the task again: a cancellation that was requested is not requested twice."

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "when": {"type": "str", "choices": ["end_of_period", "immediate"], "default": "end_of_period"},
        "reason": {"type": "str", "required": True},
        "force": {"type": "bool", "default": False},
    }
)


def run(context: ModuleContext) -> Result:
    when, reason, force = context.params["when"], context.params["reason"].strip(), context.params["force"]
    if when == "immediate" and not force:
        raise InvalidInput("when=immediate ends the service at once, with all data on it. To do so, use force=true.")
    if not reason:
        raise InvalidInput("reason must not be empty.")
    service = Service(context.client, context.service())
    if service.is_gone():
        return _result(service, "gone")
    if not force:
        ensure_unprotected(f"Service {service.id}", "cancel it", label_of_service(context.client, service.id))
        ensure_none_protected(Vms(context.client, service.id), "cancel the service")
    target: Target[Service, None] = Target(
        f"service {service.id}", service, None, str
    )  # a request that is queued cannot be read
    with advice_if_unknown(ADVICE):
        outcome = context.apply(Cancel(when == "immediate", reason), target, None)
    if is_repeat(outcome.answer):
        return _result(service, "already_requested")
    return _result(service, "requested", when, reason)


def _result(service: Service, state: str, when: str | None = None, reason: str | None = None) -> Result:
    requested = {"when": when, "reason": reason}
    return {
        "changed": state == "requested",
        "cancellation": {"service_id": service.id, "state": state, **requested},
        "diff": {"before": {}, "after": requested if state == "requested" else {}},
    }


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
