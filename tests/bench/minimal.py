# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest module that makes the call: what the modules of the collection are measured against."""

from __future__ import annotations

import requests
from ansible.module_utils.basic import AnsibleModule


def main():
    options = {"url": {"type": "str"}, "username": {"type": "str"}, "password": {"type": "str", "no_log": True}}
    module = AnsibleModule(argument_spec=options)
    url, username, password = (module.params[name] for name in options)
    module.exit_json(label=requests.get(url, auth=(username, password), timeout=30).json()["label"])


if __name__ == "__main__":
    main()
