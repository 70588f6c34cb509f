# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The decisions of the inventory plugin. All of it at work, on every ansible-core: tests/e2e."""

from __future__ import annotations

import pytest
from ansible.inventory.data import InventoryData
from ansible_collections.sindad.cloud.plugins.inventory import sindad
from ansible_collections.sindad.cloud.plugins.inventory.sindad import InventoryModule
from ansible_collections.sindad.cloud.plugins.plugin_utils._hosts import FIELDS, SECRET_FIELDS

try:
    from ansible.template import is_trusted_as_template
except ImportError:
    is_trusted_as_template = None


def host(**fields):
    return {
        **dict.fromkeys((*FIELDS, *SECRET_FIELDS)),
        "kind": "vm",
        "service_id": "1",
        **{"tags": [], "ipv4": [], "ipv6": []},
        **fields,
    }


class Plugin(InventoryModule):
    """The plugin without a source file."""

    def __init__(self, **options):
        super().__init__()
        self.given = {
            **{"group_prefix": "sindad_", "vars_prefix": "sindad_", "include_passwords": False, "strict": False},
            **{"connect_with": ["public_ipv4", "public_ipv6", "private_ipv4", "hostname"], "filters": []},
            **{"hostnames": ["label", "domain", "id"], "compose": {}, "groups": {}, "keyed_groups": []},
            **options,
        }

    def get_option(self, option, *_arguments, **_more):
        return self.given[option]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"ipv4": ["10.0.0.1", "198.51.100.1"], "ipv6": ["2001:db8::1"]}, "198.51.100.1"),
        ({"ipv4": ["10.0.0.1"], "ipv6": ["2001:db8::1"]}, "2001:db8::1"),
        ({"ipv4": ["127.0.0.1", "10.0.0.1"]}, "10.0.0.1"),
        ({"hostname": "a.example.com", "domain": "b.example.com"}, "a.example.com"),
        ({"kind": "server", "domain": "b.example.com"}, "b.example.com"),
        ({"kind": "vm", "domain": "b.example.com"}, None),  # that is the service's, and may hold many VMs
        ({"kind": "server", "hostname": "a b; rm", "domain": "-x.example.com"}, None),
        ({"ipv4": ["0.0.0.0", "224.0.0.1"], "ipv6": ["::", "::ffff:127.0.0.1", "::1"]}, None),
        ({"kind": "server", "hostname": "localhost", "domain": "LOCALHOST.localdomain"}, None),
        ({"kind": "service", "hostname": "{{ 1 }}", "domain": "شرکت.example.com"}, None),
        ({}, None),
    ],
)
def test_what_to_connect_to(given, address):
    assert Plugin()._address(host(**given)) == address


@pytest.mark.parametrize(
    ("given", "groups"),
    [
        ({}, ["sindad_kind_vm"]),
        ({"category_url": "cloud-servers", "category": "Cloud"}, ["sindad_category_cloud_servers", "sindad_kind_vm"]),
        ({"category": "Cloud  Servers/1"}, ["sindad_category_cloud__servers_1", "sindad_kind_vm"]),
        ({"status": "Client-Hold", "power": "on"}, ["sindad_status_client_hold", "sindad_power_on", "sindad_kind_vm"]),
        ({"category_url": "سرور‌ها"}, ["sindad_category_سرور_ها", "sindad_kind_vm"]),
        ({"tags": ["Prod", "db-1", "prod"]}, ["sindad_kind_vm", "sindad_tag_prod", "sindad_tag_db_1"]),
    ],
)
def test_groups(given, groups):
    assert list(Plugin()._groups(host(**given))) == ["sindad", *groups]


@pytest.mark.skipif(is_trusted_as_template is None, reason="no text is marked before ansible-core 2.19")
@pytest.mark.parametrize(
    ("name", "value", "checked"),
    [
        ("service_id", "101", True),
        ("vm_id", "a-b_c.d:e", True),
        ("vm_id", "{{ 1 }}", False),
        ("status", "Active", True),
        ("status", "Active ", False),
        ("status", "active {{ 1 }}", False),
        ("power", "changing", True),
        ("next_due", "2026-01-02", True),
        ("next_due", "2026-01-02 {{", False),
        ("total", "-9.99", True),
        ("total", "9,99", False),
        ("id", "vm-301-18867", True),
        ("id", "vm-301-{{", False),
        ("monthly", "9.99", True),
        ("currency", "USD", True),
        ("currency", "تومان", False),
        ("tags", ["prod"], False),
        ("billing_cycle", "Semi-Annually", True),
        ("label", "web1", False),
        ("category_url", "cloud-servers", False),
    ],
)
def test_only_what_was_checked_is_trusted(name, value, checked):
    shown = sindad._shown(name, value)
    assert shown == value
    assert all(is_trusted_as_template(text) is checked for text in (shown if isinstance(shown, list) else [shown]))


def test_hosts_are_in_the_inventory_as_if_they_had_been_added_one_by_one():
    """They are added in bulk, past the methods that Ansible has for it."""
    hosts = {f"web{number}": {"number": number} for number in range(5)}
    members = {"sindad": list(hosts), "first": ["web0"], "some": ["web1", "web3"], "none": []}
    ours, theirs = InventoryData(), InventoryData()
    ours.add_group("some")
    ours.add_host("web1", "some")
    ours.set_variable("web1", "before", 1)
    plugin = Plugin()
    plugin.inventory = ours
    plugin._add(hosts, members)

    theirs.add_host("web1", theirs.add_group("some"))
    theirs.set_variable("web1", "before", 1)
    for name, variables in hosts.items():
        theirs.add_host(name)
        for key, value in variables.items():
            theirs.set_variable(name, key, value)
    for group, names in members.items():
        theirs.add_group(group)
        for name in names:
            theirs.add_child(group, name)
    for inventory in (ours, theirs):
        inventory.reconcile_inventory()

    def all_of(inventory):
        hosts = {
            name: (each.vars, sorted(group.name for group in each.groups), sorted(map(str, each.get_groups())))
            for name, each in inventory.hosts.items()
        }
        return hosts, {name: sorted(some) for name, some in inventory.get_groups_dict().items()}

    assert all_of(ours) == all_of(theirs)


def test_the_key_of_the_cache():
    """It tells accounts and fetches apart, and nobody can read a secret from it."""

    def key(login=None, **options):
        fetch = {
            "statuses": [],
            "categories": [],
            "services": [],
            "details": ["vms"],
            "on_error": "fail",
            "allow_empty": False,
        }
        fetch.update(options)
        plugin = Plugin(cache_prefix="", **fetch)
        plugin.get_cache_key = lambda path: f"name_{path}"
        login = {"api_url": "https://x/api", "username": "u", "password": "secret-1", "token": None, **(login or {})}
        return plugin._cache_key("a", login)

    keys = [
        key(),
        *(key(login) for login in ({"api_url": "https://y/api"}, {"username": "v"}, {"token": "t"})),
        *(
            key(**option)
            for option in ({"statuses": ["Active"]}, {"services": ["1"]}, {"details": []}, {"allow_empty": True})
        ),
    ]
    assert len(set(keys)) == len(keys) and key() == key()
    assert not any("secret-1" in each for each in keys)
    assert key(workers=3) == key(workers=9)
    assert key({"password": "p"}) == key(), "a hash of it could be guessed"


def test_what_another_version_cached_is_not_read(monkeypatch):
    plugin = Plugin(cache_prefix="", **dict.fromkeys((*sindad.FETCH_OPTIONS, "on_error"), "x"))
    plugin.get_cache_key = str
    login = {"api_url": "https://x/api", "username": "u", "password": "p", "token": None}
    before = plugin._cache_key("a", login)
    monkeypatch.setattr(sindad, "CACHE_SCHEMA", sindad.CACHE_SCHEMA + 1)
    assert plugin._cache_key("a", login) != before


def test_the_schema_of_the_cache_goes_with_the_fields():
    """Whoever adds a field also raises CACHE_SCHEMA, and then this number."""
    assert (sindad.CACHE_SCHEMA, len(FIELDS)) == (2, 26)


class Cached(Plugin):
    """The plugin with a cache that is a dict, and a portal of which one service may be left out."""

    def __init__(self, **options):
        super().__init__(**dict.fromkeys(sindad.FETCH_OPTIONS), on_error="skip", **options)
        self._skipped = False
        self._cache = {}

    def _connection_options(self):
        return {"api_url": "https://portal.example.com/api", "token": "t", "username": None}

    def _client(self, connection):
        return None

    def _wanted(self):
        return None

    def get_cache_key(self, path):
        return path


@pytest.mark.parametrize("skips", [False, True])
def test_an_inventory_of_which_something_was_left_out_is_not_cached(monkeypatch, skips):
    plugin = Cached()

    def fetched(_client, _wanted):
        plugin._skipped = skips
        return [host(vm_id="7")]

    monkeypatch.setattr(sindad, "fetch", fetched)
    assert [each["vm_id"] for each in plugin._cached("a.sindad.yml", True)] == ["7"]
    assert bool(plugin._cache) is not skips
