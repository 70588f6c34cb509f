# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floor of an inventory: hosts, variables and groups that are in memory already, set in bulk."""

from __future__ import annotations

DOCUMENTATION = r"""
name: floor
short_description: Hosts from nowhere, for the benchmark
description: Makes hosts with 25 variables in five groups, the fastest way there is.
options:
  plugin:
    description: The name of this plugin.
    type: str
  count:
    description: How many hosts.
    type: int
    default: 0
"""

from ansible.plugins.inventory import BaseInventoryPlugin


class InventoryModule(BaseInventoryPlugin):
    NAME = "floor"

    def verify_file(self, path):
        return path.endswith("floor.yml")

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        groups = [inventory.groups[inventory.add_group(f"group_{number}")] for number in range(5)]
        for number in range(self.get_option("count")):
            name = inventory.add_host(f"host{number}")
            variables = {f"variable_{each}": f"value {each} of host {number}" for each in range(25)}
            host = inventory.hosts[name]
            host.vars.update(variables)
            for group in groups:
                group.add_host(host)
