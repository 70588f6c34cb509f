# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options of the inventory plugin: those of the modules, with templates."""

from __future__ import annotations


class ModuleDocFragment:
    """The fragment ``sindad.cloud.inventory``."""

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - URL of the API of the portal, including the path. Like all connection options, it can be a template.
      - V(http://) is only accepted for loopback addresses, as it would send the credentials in clear text.
      - The variables E(SINDAD_USERNAME), E(SINDAD_PASSWORD), E(SINDAD_TOKEN) and E(SINDAD_VALIDATE_CERTS) belong to the
        portal of E(SINDAD_API_URL), or to the default if that is not set. They are never used for another portal. A
        source with another O(api_url) must set O(token), or both O(username) and O(password).
      - A connection option that is set but empty, for example because a variable has no value, is an error. An empty
        environment variable counts as not set.
    type: str
    default: https://my.sindad.com/api
    env:
      - name: SINDAD_API_URL
  username:
    description:
      - User name at the portal, which is an email address. It is sent with O(password) as HTTP Basic authentication.
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
      - Access token, which is sent as C(Bearer) token. Takes precedence over O(username) and O(password). That of the
        environment is not used if the source sets one of these.
    type: str
    env:
      - name: SINDAD_TOKEN
  validate_certs:
    description:
      - Whether to validate the TLS certificate of the portal. A boolean, or a template that evaluates to one.
    type: raw
    default: true
    env:
      - name: SINDAD_VALIDATE_CERTS
  ca_path:
    description:
      - Path of a file or directory with the CA certificates to trust.
      - Takes precedence over E(REQUESTS_CA_BUNDLE), E(CURL_CA_BUNDLE) and E(SSL_CERT_FILE), of which the first is used
        if this option is not set.
    type: str
    env:
      - name: SINDAD_CA_PATH
  timeout:
    description:
      - Timeout of a single request, in seconds, or with the unit V(s), V(m) or V(h), such as V(90s). A template can be
        used.
    type: raw
    default: "30"
    env:
      - name: SINDAD_TIMEOUT
  retries:
    description:
      - Number of times a request is retried after a temporary failure, such as a broken connection or a rate limit. A
        number, or a template that evaluates to one.
    type: raw
    default: 4
    env:
      - name: SINDAD_RETRIES
  dialect:
    description:
      - How to translate the responses of the portal if this collection cannot read them, as a mapping, or as the path
        of a YAML or JSON file. The guide on other portals describes it.
      - Variables of the environment and C(~) in the path are expanded. A relative path is relative to the working
        directory.
    type: raw
    env:
      - name: SINDAD_DIALECT
"""
