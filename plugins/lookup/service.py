# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: service
short_description: Look up the ID of a service, or another of its fields
version_added: 1.0.0
author:
  - The sindad.cloud contributors (@sindad-cloud)
description:
  - Returns the ID of each service that is named by its ID or domain, or the field that O(field) names.
  - A service that does not exist, or a domain that several services have, is an error, which lists the candidates.
  - The list of services is read once for all terms of a lookup, and again for each lookup. In a loop over many hosts,
    use the inventory plugin P(sindad.cloud.sindad#inventory) instead.
extends_documentation_fragment:
  - sindad.cloud.inventory
requirements:
  - requests
options:
  _terms:
    description: IDs or domains of services.
    type: list
    elements: str
    required: true
  field:
    description:
      - The field to return. V(label) costs a request for each service.
      - An ID as a term and V(id) as the field cost no request at all. It is then not checked whether there is such a
        service.
    type: str
    choices: [id, domain, label, status, category, product, next_due]
    default: id
notes:
  - The connection options are not templates here, but can be set by expressions, as all options of a lookup.
"""

EXAMPLES = r"""
- name: Show the ID of a service
  ansible.builtin.debug:
    msg: "{{ lookup('sindad.cloud.service', 'cloud-a.example.com') }}"

- name: Show when two services are due
  ansible.builtin.debug:
    msg: "{{ query('sindad.cloud.service', 'cloud-a.example.com', '201', field='next_due') }}"

- name: Show the status of a service at another portal
  ansible.builtin.debug:
    msg: "{{ lookup('sindad.cloud.service', 'vps1.example.com', field='status', api_url=url, token=vault_token) }}"
  vars:
    url: https://my.royaserver.com/api
  when: vault_token is defined
"""

RETURN = r"""
_raw:
  description: The field of each service, in the order of the terms. A field that the portal does not report is V(null).
  type: list
  elements: str
  sample: ["101"]
"""

import os
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.basic import missing_required_lib
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.lookup import LookupBase
from ansible_collections.sindad.cloud.plugins.module_utils._context import CONNECTION, client_options
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.options import refuse_empty, with_environment
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import REQUESTS_ERROR
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.text import printable
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import to_ascii_digits
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, Services
from ansible_collections.sindad.cloud.plugins.plugin_utils._templating import mark_unsafe

FIELDS = ("id", "domain", "label", "status", "category", "product", "next_due")
SPEC: dict[str, Any] = {**CONNECTION, "field": {"type": "str", "choices": list(FIELDS), "default": "id"}}


class LookupModule(LookupBase):
    """The lookup ``sindad.cloud.service``."""

    def run(self, terms: list[Any], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[Any]:
        if REQUESTS_ERROR:
            raise AnsibleError(missing_required_lib("requests")) from REQUESTS_ERROR
        checked = ArgumentSpecValidator(SPEC).validate(with_environment(kwargs, os.environ))
        if checked.error_messages:
            raise AnsibleError("; ".join(checked.error_messages))
        options = checked.validated_parameters
        try:
            refuse_empty(kwargs)
            client = Client(**client_options(options), read_only=True)
            found = _fields(client, [str(term).strip() for term in terms], options["field"])
        except SindadError as failure:
            raise AnsibleError(printable(failure)) from None
        return [mark_unsafe(each) for each in found]


def _fields(client: Client, terms: list[str], field: str) -> list[Any]:
    """The *field* of each service that *terms* name.

    :raises SindadError: if there is none, or several; or if the portal cannot be read.
    """
    services = Services(client)
    if field == "id" and all(to_ascii_digits(term).isdecimal() for term in terms):
        return [services.find(term) for term in terms]
    listed = services.list()
    records = [services.one(term, listed) for term in terms]
    if field == "label":
        return [Service(client, record["id"]).label() for record in records]
    return [dict(record)[field] for record in records]
