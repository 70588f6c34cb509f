# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import token
from ansible_collections.sindad.cloud.plugins.plugin_utils._action import ModuleAction, options_check

main = options_check(token)


class ActionModule(ModuleAction):
    MODULE = token
