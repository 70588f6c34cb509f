# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plugin's compose, groups and keyed_groups beside those of Ansible's own Constructable, on the same hosts."""

from __future__ import annotations

import json
import os
import sys
import tempfile

from ansible import context
from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable
from ansible.plugins.loader import inventory_loader
from ansible.utils.context_objects import CLIArgs

try:
    from ansible.template import is_trusted_as_template
    from ansible.template import trust_as_template as trusted
except ImportError:
    is_trusted_as_template, trusted = None, str

CONSTRUCTED = ("compose", "groups", "keyed_groups")
DEFAULTS = {
    "strict": False,
    "leading_separator": True,
    "use_extra_vars": False,
    "keyed_groups": [],
    "groups": {},
    "compose": {},
}


class Plain(BaseInventoryPlugin, Constructable):
    """What the plugin constructed does, with nothing remembered."""

    NAME = "plain"

    def get_option(self, option, *_args, **_more):
        return self.given.get(option, DEFAULTS.get(option))

    def construct(self, inventory, loader, path):
        BaseInventoryPlugin.parse(self, inventory, loader, path)
        self.given = loader.load_from_file(path, **({"trusted_as_template": True} if is_trusted_as_template else {}))
        strict = self.get_option("strict")
        for host in list(inventory.hosts):
            known = dict(inventory.hosts[host].vars)
            for name in ("inventory_file", "inventory_dir"):
                known.pop(name, None)
            self._set_composite_vars(self.get_option("compose"), known, host, strict=strict)
            self._add_host_to_composed_groups(self.get_option("groups"), known, host, strict=strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), known, host, strict=strict)


def compare(case):
    """Both results; each is an error, or the hosts' variables with their types, and the groups."""
    context.CLIARGS = CLIArgs({"extra_vars": tuple(map(trusted, case.get("extra_vars", ())))})
    with tempfile.TemporaryDirectory() as folder:
        return {"ours": _result(case, folder, False), "plain": _result(case, folder, True)}


def _result(case, folder, plain):
    plugin = inventory_loader.get("sindad.cloud.sindad")
    sys.modules[type(plugin).__module__].fetch = lambda portal, wanted: json.loads(json.dumps(case["hosts"]))
    options = {"plugin": "sindad.cloud.sindad", "username": "a", "password": "b", **case["options"]}
    simple = {name: value for name, value in options.items() if name not in CONSTRUCTED}
    loader, inventory = DataLoader(), InventoryData()
    try:
        plugin.parse(inventory, loader, _written(folder, "ours", simple if plain else options))
        if plain:
            Plain().construct(inventory, loader, _written(folder, "plain", options))
    except (AnsibleError, TypeError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}".replace("plain.sindad.yml", "ours.sindad.yml")}
    hosts = {
        name: {key: _typed(value) for key, value in host.vars.items() if not key.startswith("inventory_")}
        for name, host in inventory.hosts.items()
    }
    groups = {
        name: [[host.name for host in group.hosts], [child.name for child in group.child_groups]]
        for name, group in inventory.groups.items()
    }
    return {"error": None, "hosts": hosts, "groups": groups}


def _written(folder, name, options):
    path = os.path.join(folder, f"{name}.sindad.yml")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(options, file, indent=1)
    return path


def _typed(value):
    """A value with its types, and for text whether it may be a template."""
    if isinstance(value, dict):
        return ["dict", [[_typed(key), _typed(part)] for key, part in value.items()]]
    if isinstance(value, (list, tuple)):
        return ["list", [_typed(part) for part in value]]
    if isinstance(value, str):
        live = is_trusted_as_template(value) if is_trusted_as_template else not hasattr(value, "__UNSAFE__")
        return ["text", str(value), "template" if live else "inert"]
    for kind in (bool, int, float):
        if isinstance(value, kind):
            return [kind.__name__, repr(value)]
    return [type(value).__name__, repr(value)]
