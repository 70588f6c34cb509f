# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation that all modules share; the options are CONNECTION in module_utils/_module.py."""

from __future__ import annotations


class ModuleDocFragment:
    """The fragment ``sindad.cloud.portal`` and its parts, ``sindad.cloud.portal.info`` and so on."""

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - URL of the API of the portal, including the path.
      - V(http://) is only accepted for loopback addresses, as it would send the credentials in clear text.
      - If not set, the value of the environment variable E(SINDAD_API_URL) is used.
      - The variables E(SINDAD_USERNAME), E(SINDAD_PASSWORD), E(SINDAD_TOKEN) and E(SINDAD_VALIDATE_CERTS) belong to the
        portal of E(SINDAD_API_URL), or to the default if that is not set. They are never used for another portal. A
        task that sets another O(api_url) must set O(token), or both O(username) and O(password).
    type: str
    default: https://my.sindad.com/api
  username:
    description:
      - User name at the portal, which is an email address. It is sent with O(password) as HTTP Basic authentication.
      - If not set, the value of the environment variable E(SINDAD_USERNAME) is used.
    type: str
  password:
    description:
      - Password for O(username).
      - If not set, the value of the environment variable E(SINDAD_PASSWORD) is used.
    type: str
  token:
    description:
      - Access token, which is sent as C(Bearer) token. Takes precedence over O(username) and O(password).
      - If not set, the value of the environment variable E(SINDAD_TOKEN) is used, unless O(username) or O(password) is
        set.
    type: str
  validate_certs:
    description:
      - Whether to validate the TLS certificate of the portal.
      - If not set, the value of the environment variable E(SINDAD_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - Path of a file or directory with the CA certificates to trust.
      - Takes precedence over E(REQUESTS_CA_BUNDLE), E(CURL_CA_BUNDLE) and E(SSL_CERT_FILE), of which the first is used
        if this option is not set.
      - If not set, the value of the environment variable E(SINDAD_CA_PATH) is used.
    type: path
  timeout:
    description:
      - Timeout of a single request, in seconds, or with the unit V(s), V(m) or V(h), such as V(90s) or V(2m).
      - If not set, the value of the environment variable E(SINDAD_TIMEOUT) is used.
    type: str
    default: "30"
  retries:
    description:
      - Number of times a request is retried after a temporary failure, such as a broken connection or a rate limit.
      - A request that changes something is only retried if it certainly did not take effect.
      - If not set, the value of the environment variable E(SINDAD_RETRIES) is used.
    type: int
    default: 4
  dialect:
    description:
      - How to translate the responses of the portal if this collection cannot read them, as a mapping, or as the path
        of a YAML or JSON file on the controller. The guide on other portals describes it.
      - Variables of the environment and C(~) in the path are expanded. A relative path is relative to the working
        directory.
      - If not set, the value of the environment variable E(SINDAD_DIALECT) is used.
    type: raw
requirements:
  - requests
  - jinja2 (if O(dialect) is set)
notes:
  - If the target of the task is the controller itself (C(hosts=localhost), C(connection=local) or
    C(delegate_to=localhost)), the module runs inside the process of Ansible, which takes a fraction of the time. With
    any other target, C(async) or C(become), it runs as an ordinary module on the target. The results are the same.
  - A connection option that is set but empty, for example because a variable has no value, is an error. The environment
    does not replace it. An empty environment variable counts as not set.
  - Use C(module_defaults) with the group C(sindad.cloud.all) to set the connection options of all modules at once.
  - If the task fails, the result contains C(msg). If a request failed, it also contains C(method) and C(path), and, if
    the portal responded, C(status_code) and its error codes as C(errors).
attributes:
  action_group:
    description: Use C(group/sindad.cloud.all) in C(module_defaults) to set options for this module.
    support: full
    membership:
      - sindad.cloud.all
  platform:
    description: Target OS or families that can be operated against.
    support: full
    platforms: posix
"""

    CHANGES = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
    support: full
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in check mode) in diff mode.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second run changes nothing.
    support: full
"""

    INFO = r"""
options:
  raw:
    description:
      - Whether to return the C(raw) objects of the portal beside the values that this module makes of them. With
        V(false) the result is much smaller.
    type: bool
    default: true
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
    support: full
    details:
      - This module does not modify state.
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in check mode) in diff mode.
    support: N/A
    details:
      - This module does not modify state.
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second run changes nothing.
    support: full
    details:
      - This module does not modify state.
"""

    SERVICE = r"""
options:
  service:
    description:
      - ID of the service, or its domain as shown in the list of services.
      - A number is an ID and saves a request. If several services have the same domain, the ID must be used.
      - Can be omitted on hosts of the inventory plugin P(sindad.cloud.sindad#inventory) if the task does not name a VM
        either. The service is then taken from the variable C(sindad_service_id) of the host, a VM from C(sindad_vm_id),
        and the module runs on the controller, regardless of the connection of the host.
    type: str
    required: true
"""

    WAIT = r"""
options:
  wait:
    description:
      - Whether to wait until the portal reports that the change is complete.
    type: bool
    default: true
"""

    PASSWORD = r"""
options:
  return_password:
    description:
      - Whether to return passwords that the portal sends in clear text. Set C(no_log=true) on the task in this case.
    type: bool
    default: false
"""
