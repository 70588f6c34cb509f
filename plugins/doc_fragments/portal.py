# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation of all modules shares; the options are CONNECTION in module_utils/_module.py."""

from __future__ import annotations


class ModuleDocFragment:
    """Fragments: C(sindad.cloud.portal) and its parts, C(sindad.cloud.portal.info) and so on."""

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the portal's API, with its path.
      - V(http://) is refused except for an address of this machine, as it would send the credentials in clear.
      - Can also be given as E(SINDAD_API_URL).
    type: str
    default: https://my.sindad.com/api
  username:
    description:
      - User name at the portal, an email address. Sent with O(password) as HTTP Basic authentication.
      - Can also be given as E(SINDAD_USERNAME).
    type: str
  password:
    description:
      - Password for O(username).
      - Can also be given as E(SINDAD_PASSWORD).
    type: str
  token:
    description:
      - Access token, sent as C(Bearer). Wins over O(username) and O(password).
      - Can also be given as E(SINDAD_TOKEN).
    type: str
  validate_certs:
    description:
      - Whether the portal's certificate must be valid.
      - Can also be given as E(SINDAD_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the certificates of the authorities to trust.
      - Wins over E(REQUESTS_CA_BUNDLE), which is used if this is not set.
      - Can also be given as E(SINDAD_CA_PATH).
    type: path
  timeout:
    description:
      - Seconds that one request may take.
      - Can also be given as E(SINDAD_TIMEOUT).
    type: float
    default: 30
  retries:
    description:
      - How often a request is tried again after a passing failure, such as a broken connection or a rate limit.
      - A request that changes something is only tried again if it surely did not take effect.
      - Can also be given as E(SINDAD_RETRIES).
    type: int
    default: 4
requirements:
  - requests
notes:
  - On a task whose target is the controller itself (C(hosts=localhost), C(connection=local) or
    C(delegate_to=localhost)) the module runs inside Ansible's own process, which takes a fraction of the time.
    With any other target, C(async) or C(become) it runs as an ordinary module there. The results are the same.
  - Set the connection options of all modules at once with C(module_defaults) and the group C(sindad.cloud.all).
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
      - The service, by its id or by the domain that the list of services shows.
      - Digits are an id and save a request. A domain that several services share is refused; use the id.
    type: str
    required: true
"""

    WAIT = r"""
options:
  wait:
    description:
      - Whether to wait until the portal shows that the change is complete.
    type: bool
    default: true
"""

    PASSWORD = r"""
options:
  return_password:
    description:
      - Whether to return passwords that the portal tells in clear. Use C(no_log=true) on the task then.
    type: bool
    default: false
"""
