# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import vm_rescue
from ansible_collections.sindad.cloud.plugins.plugin_utils._action import ModuleAction, options_check

main = options_check(vm_rescue)


class ActionModule(ModuleAction):
    MODULE = vm_rescue
