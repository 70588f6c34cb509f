#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: token
short_description: Obtain, refresh and revoke an access token
version_added: 1.0.0
description:
  - Obtains an access token by logging in, obtains a new one with a refresh token, or revokes tokens.
  - Other modules accept the access token as their option O(token), instead of a user name and password.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
attributes:
  check_mode:
    details:
      - No request is sent in check mode, so no token is returned, and the credentials are not verified.
  diff_mode:
    support: none
  idempotent:
    support: partial
    details:
      - O(state=present) and O(state=refreshed) obtain a new token on every run. O(state=absent) changes nothing if the
        portal reports that the token is no longer valid.
options:
  state:
    description:
      - V(present) logs in with O(username) and O(password). O(token) is ignored.
      - V(refreshed) obtains a new access token with O(refresh_token). No other credentials are needed.
      - V(absent) revokes O(refresh_token) and its access token, for which no other credentials are needed. Without
        O(refresh_token), it logs out, which revokes O(token).
    type: str
    choices: [present, refreshed, absent]
    default: present
  refresh_token:
    description:
      - The refresh token returned by an earlier task. Required if O(state=refreshed).
    type: str
notes:
  - The result contains the tokens in clear text. Set C(no_log=true) on the task to hide them in output and logs. The
    registered result can still be used.
  - A portal that requires a second factor does not issue a token to a task. Use a login without two-factor
    authentication.
"""

EXAMPLES = r"""
- name: Log in
  sindad.cloud.token:
  register: login
  no_log: true

- name: Use the token
  sindad.cloud.account_info:
    token: "{{ login.token }}"

- name: Obtain a new one before it expires
  sindad.cloud.token:
    state: refreshed
    refresh_token: "{{ login.refresh_token }}"
  register: renewed
  no_log: true

- name: Revoke the tokens
  sindad.cloud.token:
    state: absent
    refresh_token: "{{ renewed.refresh_token or login.refresh_token }}"
"""

RETURN = r"""
token:
  description: The access token. V(null) in check mode and if O(state=absent).
  returned: success
  type: str
  sample: eyJ0eXAiOiJKV1Qi.eyJleHAiOjE3OTUyNTk3MTh9.5lZ9T79ft9uw
refresh_token:
  description:
    - The refresh token. V(null) in check mode, if O(state=absent), and if the portal did not issue one.
    - If it is V(null) with O(state=refreshed), the refresh token that was used remains valid.
  returned: success
  type: str
  sample: eyJ0eXAiOiJKV1Qi.eyJleHAiOjE3OTUzNDYxMTh9.ChwIAb3zvxBu
expires_at:
  description: When RV(token) expires, in UTC (ISO 8601). V(null) if the token does not contain this information.
  returned: success
  type: str
  sample: "2026-11-21T12:08:38Z"
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

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Login
from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput

SPEC = module_spec(
    {
        "state": {"type": "str", "choices": ["present", "refreshed", "absent"], "default": "present"},
        "refresh_token": {"type": "str", "no_log": True},
    },
    required_if=[("state", "refreshed", ["refresh_token"])],
)
NONE = {"token": None, "refresh_token": None, "expires_at": None}


def run(context: ModuleContext) -> Result:
    # No transition: what became of a request whose response was lost cannot be read, and a token more does no harm.
    state, refresh_token = context.params["state"], context.params["refresh_token"]
    username, password = context.params["username"], context.params["password"]
    if state == "present" and not (username and password):
        raise InvalidInput(
            "To log in, set username and password, or the environment variables SINDAD_USERNAME and SINDAD_PASSWORD."
        )
    if context.check_mode:
        return {**NONE, "changed": True}
    login = Login(context.client)
    if state == "present":
        return {**login.log_in(username, password), "changed": True}
    if state == "refreshed":
        return {**login.refresh(refresh_token), "changed": True}
    return {**NONE, "changed": login.revoke(refresh_token) if refresh_token else login.log_out()}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
