# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.modules import contact_privilege_info
from ansible_collections.sindad.cloud.plugins.plugin_utils._action import ModuleAction


class ActionModule(ModuleAction):
    MODULE = contact_privilege_info
