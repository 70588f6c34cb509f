# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options as the inventory plugin has them: the same as a module's, with templates."""

from __future__ import annotations


class ModuleDocFragment:
    """Fragment: C(sindad.cloud.inventory)."""

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the portal's API, with its path. May be a template, as all connection options.
      - V(http://) is refused except for an address of this machine, as it would send the credentials in clear.
    type: str
    default: https://my.sindad.com/api
    env:
      - name: SINDAD_API_URL
  username:
    description:
      - User name at the portal, an email address. Sent with O(password) as HTTP Basic authentication.
    type: str
    env:
      - name: SINDAD_USERNAME
  password:
    description:
      - Password for O(username).
    type: str
    env:
      - name: SINDAD_PASSWORD
  token:
    description:
      - Access token, sent as C(Bearer). Wins over O(username) and O(password).
    type: str
    env:
      - name: SINDAD_TOKEN
  validate_certs:
    description:
      - Whether the portal's certificate must be valid. A boolean, or a template that gives one.
    type: raw
    default: true
    env:
      - name: SINDAD_VALIDATE_CERTS
  ca_path:
    description:
      - File or folder with the certificates of the authorities to trust.
      - Wins over E(REQUESTS_CA_BUNDLE), which is used if this is not set.
    type: str
    env:
      - name: SINDAD_CA_PATH
  timeout:
    description:
      - Seconds that one request may take. A number, or a template that gives one.
    type: raw
    default: 30
    env:
      - name: SINDAD_TIMEOUT
  retries:
    description:
      - How often a request is tried again after a passing failure, such as a broken connection or a rate limit. A
        number, or a template that gives one.
    type: raw
    default: 4
    env:
      - name: SINDAD_RETRIES
"""
