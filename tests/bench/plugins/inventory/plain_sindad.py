# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our inventory plugin with Ansible's own templar, which forgets: what remembering is measured against."""

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.inventory import sindad

DOCUMENTATION = sindad.DOCUMENTATION.replace("choices: [sindad.cloud.sindad]", "choices: [plain_sindad]")


class InventoryModule(sindad.InventoryModule):
    NAME = "plain_sindad"

    def parse(self, *arguments, **options):
        remembering, sindad.RememberingTemplar = sindad.RememberingTemplar, lambda templar: templar
        try:
            super().parse(*arguments, **options)
        finally:
            sindad.RememberingTemplar = remembering
