#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_reinstall
short_description: Install an operating system on a dedicated server
version_added: 1.0.0
description:
  - Installs an operating system on a dedicated server and sets its host name. B(All data on it is lost.)
  - A server that already has the operating system is not installed again, unless O(force=true). If the portal does not
    report clearly which operating system the server has, O(when_unknown) decides.
  - A different host name alone never causes an installation. It is set like M(sindad.cloud.server_hostname) does, if
    the service offers this; otherwise the task warns.
  - An installation that is already in progress is waited for. It is never started again, not even if the response to
    the request was lost. If the portal reports that it installs another operating system or sets another host name, the
    task fails.
  - If another operation is in progress on the server, the module waits until it has ended.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
  - sindad.cloud.portal.service
  - sindad.cloud.portal.wait
  - sindad.cloud.portal.password
attributes:
  idempotent:
    support: partial
    details:
      - O(force=true) always installs the operating system.
      - O(when_unknown=install) installs it on every run, as long as the portal does not report it clearly.
options:
  template:
    description:
      - ID or name of the template of the operating system. Use M(sindad.cloud.server_template_info) to list the
        templates.
    type: str
    required: true
  hostname:
    description:
      - Host name of the server.
      - A short name, or a placeholder such as C(localhost), in the response of the portal is not taken for a different
        host name.
    type: str
    required: true
  recipe:
    description:
      - ID or name of a recipe, which installs additional software. It must support the O(template).
      - The portal does not report the recipe of a server, so it is not compared.
    type: str
  root_password:
    description:
      - Password of the administrator of the new operating system. If omitted, the portal generates one; see
        O(return_password).
      - It is not compared.
    type: str
  force:
    description:
      - Install even if the server already has the operating system, if the portal does not report it, or if the service
        is tagged C(#protected) (see M(sindad.cloud.service_label)).
      - An installation that is already in progress is still waited for and not started again.
    type: bool
    default: false
  when_unknown:
    description:
      - What to do if the portal does not report the operating system, or in words that fit none of the templates of the
        server, or several.
      - V(fail) changes nothing. The message shows what the portal reports and what it was compared with.
      - V(keep) assumes that the server has the desired operating system, and warns.
      - V(install) installs it. B(All data on the server is lost.)
    type: str
    choices: [fail, keep, install]
    default: fail
  wait:
    description:
      - Whether to wait until the installation is complete.
      - If V(false), the module only waits a few seconds until the portal reports that the installation is in progress.
  wait_timeout:
    description:
      - Total time to wait, in seconds or with a unit, such as V(10m), including the wait for another operation to end.
        On timeout the task fails with the last observed state; running it again resumes the wait.
    type: str
    default: "3600"
seealso:
  - module: sindad.cloud.server_template_info
  - module: sindad.cloud.server_hostname
"""

EXAMPLES = r"""
- name: Ensure a server runs Ubuntu
  sindad.cloud.server_reinstall:
    service: server1.example.com
    template: Ubuntu 24.04
    hostname: web1.example.com

- name: Reinstall it with Docker and a given password
  sindad.cloud.server_reinstall:
    service: server1.example.com
    template: ISPsystem__Ubuntu-24.04-x86_64
    hostname: web1.example.com
    recipe: Docker
    root_password: "{{ lookup('ansible.builtin.password', '/dev/null length=20') }}"
    force: true
  no_log: true

- name: Start an installation on another server without waiting for it
  sindad.cloud.server_reinstall:
    service: server2.example.com
    template: AlmaLinux 9
    hostname: db1.example.com
    wait: false

- name: Wait until that installation is complete
  sindad.cloud.server_reinstall:
    service: server2.example.com
    template: AlmaLinux 9
    hostname: db1.example.com
"""

RETURN = r"""
server:
  description: The server after the task. In check mode, the predicted server.
  returned: success
  type: dict
  contains:
    service_id:
      description: ID of the service.
      type: str
      sample: "201"
    hostname:
      description: Host name of the server, if reported by the portal.
      type: str
      sample: server1.example.com
    os:
      description: Operating system, as reported by the portal. V(null) if none is installed.
      type: str
      sample: Debian 12
    power:
      description:
        - Power state, V(on) or V(off), or V(changing) for everything that is neither. V(null) if it cannot be read.
      type: str
      sample: "on"
    state:
      description: Power state in the words of the portal. V(null) if it cannot be read.
      type: str
      sample: "on"
    operation:
      description: The operation in progress, V(reinstall), V(rescue) or V(diagnostics). V(null) if there is none.
      type: str
      sample: null
    ipv4:
      description: IPv4 addresses, the primary one first.
      type: list
      elements: str
      sample: ["198.51.100.101"]
    ipv6:
      description: IPv6 addresses, the primary one first.
      type: list
      elements: str
      sample: ["2001:db8:1f5::1"]
    password:
      description:
        - Password of the system that is being installed or of the rescue system, if reported by the portal. V(null)
          unless O(return_password=true).
      type: str
      sample: null
    raw:
      description:
        - The server exactly as returned by the portal, without passwords.
        - C(info) is the response to C(GET /service/@id/info), C(status) the response to C(GET /service/@id/status), and
          C(reinstall), C(rescue) and C(diagnostics) are the responses that describe the operations.
      type: dict
      sample: {"info": {"hostname": "server1.example.com", "os": "Debian 12"}, "status": {"status": "on"}}
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
    RETURN_PASSWORD,
    ModuleContext,
    Result,
    module_spec,
    run_module,
    waiting,
)
from ansible_collections.sindad.cloud.plugins.module_utils._server.install import Installation

SPEC = module_spec(
    {
        "service": {"type": "str", "required": True},
        "template": {"type": "str", "required": True},
        "hostname": {"type": "str", "required": True},
        "recipe": {"type": "str"},
        "root_password": {"type": "str", "no_log": True},
        "force": {"type": "bool", "default": False},
        "when_unknown": {"type": "str", "choices": ["fail", "keep", "install"], "default": "fail"},
        **RETURN_PASSWORD,
        **waiting(3600),
    }
)


def run(context: ModuleContext) -> Result:
    record, before, after = Installation(context, context.params).apply()
    return {"server": record, "diff": {"before": before, "after": after}}


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
