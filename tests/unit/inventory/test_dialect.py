# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of a portal with a dialect: read, cached by its content, and refused where it is wrong."""

from __future__ import annotations

import json

import pytest
from ansible.errors import AnsibleParserError
from unit.inventory.test_parse import Source

from tests.emulator import portal as emulator

DIALECT = {
    "answers": {
        "GET *": {"at": "data", "each": {"id": "uid", "name": "caption", "label": "display", "domain": "zone"}},
        "GET /service*": {
            "each": {"status": "{'live': 'Active'}.get(phase, phase)", "method": "http", "route": "path"}
        },
        "GET /service/@id/ips*": {"each": {"ipaddress": "cidr"}},
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
def source(portal):
    """A source with these options."""

    def made(**options):
        in_file = ("api_url", "username", "password", *options)
        return Source(api_url=portal.api_url, in_file=in_file, **options)

    return made


def test_hosts_of_a_portal_with_a_dialect(source, tmp_path):
    (tmp_path / "dialect.json").write_text(json.dumps(DIALECT))
    for given in (DIALECT, str(tmp_path / "dialect.json")):
        web1 = source(dialect=given).hosts()["web1"]
        assert (web1["sindad_power"], web1["sindad_memory"], web1["sindad_vm_id"]) == ("on", 2048, "18867")


def test_the_cache_is_that_of_the_dialect(source, portal, tmp_path):
    path = tmp_path / "dialect.json"
    path.write_text(json.dumps(DIALECT))
    read = source(dialect=str(path), cache=True)
    read.hosts()
    portal.clear_log()
    assert read.hosts()["web1"]["sindad_memory"] == 2048
    assert portal.log() == []
    other = json.loads(json.dumps(DIALECT))
    other["answers"]["GET /service/@id/vms"]["each"]["memory"] = "1"
    path.write_text(json.dumps(other))
    assert read.hosts()["web1"]["sindad_memory"] == 1


@pytest.mark.parametrize(
    ("dialect", "words"),
    [
        ({"answers": {"GET *": {"at": "?"}}}, 'still "?"'),
        ({"portal": "https://other.example.com/api", "answers": {}}, "but api_url is"),
        ("/nowhere.yml", "there is no file"),
    ],
)
def test_a_wrong_dialect_is_an_error_before_anything_is_sent(source, portal, dialect, words):
    portal.clear_log()
    with pytest.raises(AnsibleParserError, match=words.replace("?", "\\?")):
        source(dialect=dialect).hosts()
    assert portal.log() == []
