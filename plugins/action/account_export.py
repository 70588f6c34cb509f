# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import account_export
from ansible_collections.sindad.cloud.plugins.plugin_utils._action import ModuleAction, options_check

main = options_check(account_export)


class ActionModule(ModuleAction):
    MODULE = account_export
