# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of a portal with a dialect: read, cached by its content, and refused where it is wrong."""

from __future__ import annotations

import json

import pytest
from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, inventory_loader

from tests.emulator import portal as emulator

DIALECT = {
    "answers": {
        "GET *": {"at": "data", "each": {"id": "uid", "name": "caption", "label": "display", "domain": "zone"}},
        "GET /service*": {
            "each": {"status": "{'live': 'Active'}.get(phase, phase)", "method": "http", "route": "path"}
        },
        "GET /service/@id/vms": {
            "each": {"state": "{'S0': 'online', 'S5': 'offline'}.get(pwr, pwr)", "memory": "ram_bytes // 1048576"}
        },
    }
}


@pytest.fixture(scope="module")
def portal():
    with emulator.serve(tongue="bytes", families="A") as running:
        yield running


@pytest.fixture
def parse(portal, tmp_path, monkeypatch):
    """Reads a source with these options; gives the hosts."""
    init_plugin_loader()
    monkeypatch.setenv("ANSIBLE_CACHE_PLUGIN_CONNECTION", str(tmp_path / "cache"))

    def made(**options):
        path = tmp_path / "a.sindad.yml"
        login = {"username": "user@example.com", "password": "secret"}
        source = {"plugin": "sindad.cloud.sindad", "api_url": portal.api_url, **login, **options}
        path.write_text(json.dumps(source))
        plugin = inventory_loader.get("sindad.cloud.sindad")
        inventory = InventoryData()
        plugin.parse(inventory, DataLoader(), str(path), cache=True)
        plugin.update_cache_if_changed()
        return {name: host.vars for name, host in inventory.hosts.items()}

    return made


def test_hosts_of_a_portal_with_a_dialect(parse, tmp_path):
    (tmp_path / "dialect.json").write_text(json.dumps(DIALECT))
    for given in (DIALECT, str(tmp_path / "dialect.json")):
        web1 = parse(dialect=given)["web1"]
        assert (web1["sindad_power"], web1["sindad_memory"], web1["sindad_vm_id"]) == ("on", 2048, "18867")


def test_the_cache_is_that_of_the_dialect(parse, portal, tmp_path):
    path = tmp_path / "dialect.json"
    path.write_text(json.dumps(DIALECT))
    cached = {"dialect": str(path), "cache": True, "cache_plugin": "ansible.builtin.jsonfile"}
    cached["cache_connection"] = str(tmp_path / "cache")
    parse(**cached)
    portal.clear_log()
    parse(**cached)
    assert portal.log() == []
    other = json.loads(json.dumps(DIALECT))
    other["answers"]["GET /service/@id/vms"]["each"]["memory"] = "1"
    path.write_text(json.dumps(other))
    assert parse(**cached)["web1"]["sindad_memory"] == 1


@pytest.mark.parametrize(
    ("dialect", "words"),
    [
        ({"answers": {"GET *": {"at": "?"}}}, 'still "?"'),
        ({"portal": "https://other.example.com/api", "answers": {}}, "but api_url is"),
        ("/nowhere.yml", "there is no file"),
    ],
)
def test_a_wrong_dialect_is_an_error_before_anything_is_sent(parse, portal, dialect, words):
    portal.clear_log()
    with pytest.raises(AnsibleParserError, match=words.replace("?", "\\?")):
        parse(dialect=dialect)
    assert portal.log() == []
