# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin from its options to groups and variables, on the emulator, without Ansible's plugin loader."""

from __future__ import annotations

import json

import pytest
from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible_collections.sindad.cloud.plugins.inventory import sindad
from unit.inventory.test_sindad import Plugin

from tests.emulator import portal as emulator

try:
    from ansible.template import trust_as_template
except ImportError:
    trust_as_template = str

OPTIONS = {
    **{"username": "user@example.com", "password": "secret", "token": None, "validate_certs": True, "ca_path": None},
    **{
        "timeout": 30,
        "retries": 0,
        "dialect": None,
        "cache": False,
        "on_error": "fail",
        "workers": 4,
        "use_extra_vars": False,
    },
    **{"statuses": ["Active"], "categories": [], "services": [], "details": ["vms", "ips"], "allow_empty": False},
    **{"leading_separator": True, "connect_with": ["public_ipv4", "hostname"]},
}
#: The options that a source file holds, and not the environment.
IN_FILE = ("api_url", "username", "password", "timeout")


class Source(Plugin):
    """The plugin with a source file of these options."""

    def __init__(self, **options):
        super().__init__(**{**OPTIONS, **options})
        self._cache = {}
        self.warned = []
        self._warn = self.warned.append

    @property
    def option_definitions(self):
        return {name: {} for name in (*self.given, "plugin")}

    def _read_config_data(self, path):
        return {name: self.given[name] for name in self.given.get("in_file", IN_FILE)}

    def hosts(self, cache=True, inventory=None):
        self.parse(inventory or InventoryData(), DataLoader(), "x.sindad.yml", cache)
        return {name: host.vars for name, host in self.inventory.hosts.items()}

    def members(self, group):
        return [host.name for host in self.inventory.groups[group].hosts]


@pytest.fixture(scope="module")
def running():
    with emulator.serve() as portal:
        yield portal


@pytest.fixture
def portal(running):
    running.reset()
    return running


@pytest.fixture
def source(portal):
    def made(**options):
        return Source(**{"api_url": trust_as_template(portal.api_url), **options})

    return made


def test_hosts_groups_and_variables(source):
    plugin = source(
        services=["101", "103", "201", "202", "301"],
        compose={"big": trust_as_template("sindad_memory > 2048")},
        groups={"databases": trust_as_template("sindad_label.startswith('db')")},
        keyed_groups=[{"key": trust_as_template("sindad_product"), "prefix": "of"}],
        filters=[{"exclude": trust_as_template("sindad_kind == 'service'")}],
    )
    found = plugin.hosts()
    assert list(found) == ["web1", "db1", "mail1", "server1.example.com", "server2.example.com"]
    assert (found["db1"]["big"], found["web1"]["big"]) == (True, False)
    assert found["web1"]["ansible_host"] == "192.0.2.10"
    assert plugin.members("databases") == ["db1"]
    assert plugin.members("of_Cloud_A") == ["web1", "db1"]
    assert plugin.members("sindad_kind_server") == ["server1.example.com", "server2.example.com"]
    assert plugin.warned == []


def test_names_by_templates_variables_and_ids(source):
    names = ["sindad_vm_id", trust_as_template("sindad_domain ~ '-x'"), "id"]
    found = source(hostnames=names, services=["101", "301"], statuses=[]).hosts()
    assert list(found) == ["18867", "18868", "examplename.com-x"]
    assert list(source(hostnames=[trust_as_template("{{ sindad_label }}/1")], services=["101"]).hosts()) == [
        *("web1_1", "db1_1"),
    ]


def test_two_hosts_of_one_name_and_a_name_of_ansible(source, portal):
    portal.tamper({"service": "101", "vm": "18868", "set": {"label": "web1"}})
    portal.tamper({"service": "103", "vm": "31", "set": {"label": "localhost"}})
    plugin = source(services=["101", "103"])
    assert list(plugin.hosts()) == ["web1", "web1_18868", "localhost_31"]
    assert len(plugin.warned) == 2


@pytest.fixture(scope="module")
def second():
    """A portal with the same names and ids."""
    with emulator.serve() as portal:
        portal.tamper({"service": "101", "vm": "18867", "set": {"power": "off"}})
        yield portal


ONLY = {"services": ["101"], "filters": [{"exclude": trust_as_template("my_label|default(sindad_label) != 'web1'")}]}


@pytest.mark.parametrize("prefixes", [("sindad_", "sindad_"), ("my_", "sindad_"), ("sindad_", "my_")])
@pytest.mark.parametrize("is_turned", [False, True])
def test_hosts_of_one_name_in_two_accounts_are_two_hosts(source, portal, second, prefixes, is_turned):
    urls = [portal.api_url, second.api_url]
    urls = urls[::-1] if is_turned else urls
    sources = [
        source(api_url=trust_as_template(url), vars_prefix=prefix, group_prefix="sindad_", **ONLY)
        for url, prefix in zip(urls, prefixes)
    ]
    inventory = InventoryData()
    sources[0].hosts(inventory=inventory)
    sources[1].hosts(inventory=inventory)
    assert list(inventory.hosts) == ["web1", "web1_18867"]
    assert sources[0].warned == []
    assert sources[1].warned == ["Two hosts are named web1: the one with the id 18867 is called web1_18867."]
    off, on = (["web1"], ["web1_18867"]) if is_turned else (["web1_18867"], ["web1"])
    assert sources[0].members("sindad_power_off") == off and sources[0].members("sindad_power_on") == on
    found = [host.vars[f"{prefix}api_url"] for host, prefix in zip(inventory.hosts.values(), prefixes)]
    assert found == urls
    # A third one, and both of them once more: those are the same hosts.
    third = source(api_url=trust_as_template(urls[1].replace("127.0.0.1", "localhost")), **ONLY)
    third.hosts(inventory=inventory)
    place = f"_localhost_{urls[1].split(':')[-1].split('/')[0]}"
    assert list(inventory.hosts) == ["web1", "web1_18867", f"web1_18867{place}"]
    for each in sources:
        each.hosts(inventory=inventory)
    assert len(inventory.hosts) == 3


def test_two_logins_of_a_portal_are_two_accounts(source, portal):
    inventory = InventoryData()
    source(**ONLY).hosts(inventory=inventory)
    portal.reset(username="other@example.com")
    other = source(username="other@example.com", **ONLY)
    other.hosts(inventory=inventory)
    assert list(inventory.hosts) == ["web1", "web1_18867"]


def test_a_host_of_the_user_is_the_same_host(source, portal):
    inventory = InventoryData()
    for name, variables in (("web1", {"mine": 1}), ("db1", {"sindad_id": "vm-9-9"})):
        inventory.add_host(name)
        inventory.hosts[name].vars.update(variables)
    exported = {"sindad_id": "vm-103-31", "sindad_api_url": portal.api_url + "/"}
    inventory.add_host("mail1")
    inventory.hosts["mail1"].vars.update(exported)
    plugin = source(services=["101", "103"])
    plugin.hosts(inventory=inventory)
    assert list(inventory.hosts) == ["web1", "db1", "mail1", "db1_18868"]
    assert inventory.hosts["web1"].vars["mine"] == 1 and plugin.members("sindad_kind_vm")[0] == "web1"


RESERVED = ["all", "ungrouped", "localhost", "127.0.0.1", "127.1", "localhost.localdomain", "sindad", "sindad_kind_vm"]


@pytest.mark.parametrize("name", [*RESERVED, "sindad_power_on", "0.0.0.0", "localhost4"])
def test_names_that_mean_something_else_to_ansible(source, portal, name):
    portal.tamper({"service": "101", "vm": "18867", "set": {"label": name}})
    plugin = source(services=["101"])
    assert list(plugin.hosts()) == [f"{name}_18867", "db1"]
    assert plugin.warned == [f"{name} is not a name for a host: the one with the id 18867 is called {name}_18867."]


@pytest.mark.parametrize(
    ("label", "names", "expected"),
    [
        ("web1 #prod", ["label"], "web1"),
        ("#prod web1,#db", ["sindad_label"], "web1"),
        ("#prod #db", ["label", "id"], "18867"),
        ("web1 &#35;prod", ["label"], "web1"),
        ("web1 #prod", [trust_as_template("sindad_label ~ '.example.com'")], "web1.example.com"),
        ("web1 #prod", [trust_as_template("{{ sindad_label }}-{{ sindad_tags[0] }}")], "web1-prod"),
        ("web#1", ["label"], "web#1"),
        ("-oProxyCommand=id", ["label"], "_oProxyCommand=id"),
    ],
)
def test_tags_and_signs_of_a_label_are_not_a_part_of_the_name(source, portal, label, names, expected):
    portal.tamper({"service": "101", "vm": "18867", "set": {"label": label}})
    found = source(services=["101"], hostnames=names).hosts()
    assert next(iter(found)) == expected and found[expected]["sindad_label"] == label


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"filters": [{"include": "true", "exclude": "true"}]}, "either include: or exclude:"),
        ({"filters": [{"exclude": trust_as_template("true")}]}, "leave none of"),
        ({"filters": [{"exclude": trust_as_template("nothing.at.all")}], "strict": True}, "The filter .* failed"),
        ({"hostnames": ["no_such_field"]}, "there is no field no_such_field"),
        ({"hostnames": [trust_as_template("nothing.at ~ 1")], "strict": True}, "hostnames: .* failed"),
        ({"workers": 0}, "workers must be 1 or more"),
        ({"categories": ["nothing"]}, "nothing"),
        ({"timeout": "soon"}, "timeout"),
        ({"password": "wrong"}, "is incomplete and not used"),
    ],
)
def test_what_is_refused(source, options, words):
    with pytest.raises(AnsibleParserError, match=words):
        source(**options).hosts()


def test_an_expression_that_fails_is_passed_over_unless_strict(source):
    options = {"hostnames": [trust_as_template("nothing.at ~ 1"), "label"]}
    options["filters"] = [{"exclude": trust_as_template("nothing.at.all")}]
    assert list(source(services=["103"], **options).hosts()) == ["mail1"]


def test_a_service_that_fails_may_be_skipped(source, portal):
    portal.fault("error", path="^/service/101/vms$", times=None)
    plugin = source(on_error="skip", cache=True)
    assert "web1" not in plugin.hosts() and plugin._cache == {}
    assert "Service 101 (cloud-a.example.com) is left out" in plugin.warned[0]


def test_a_cache_is_read_unless_it_is_damaged_or_not_wanted(source, portal):
    plugin = source(cache=True)
    first = plugin.hosts()
    portal.clear_log()
    assert plugin.hosts() == first and portal.log() == []
    ((key, entry),) = plugin._cache.items()
    assert "secret" not in key and "pass" not in json.dumps(entry)
    plugin.hosts(cache=False)
    assert portal.log() != []
    portal.clear_log()
    plugin._cache[key] = {**entry, "hosts": "[]"}
    assert plugin.hosts() == first and portal.log() != []


def test_passwords_are_never_cached(source):
    plugin = source(cache=True, include_passwords=True, services=["101"])
    assert plugin.hosts()["web1"]["sindad_password"] == "Vm-18867-pass"
    assert plugin._cache == {} and "never cached" in plugin.warned[0]


def test_other_prefixes_and_extra_variables(source):
    plugin = source(vars_prefix="my_", group_prefix="", services=["101"], use_extra_vars=True)
    found = plugin.hosts()
    assert found["web1"]["my_kind"] == "vm" and "kind_vm" in plugin.inventory.groups


def test_groups_by_the_power_of_servers_need_it(source):
    options = {"groups": {"running": trust_as_template("sindad_power == 'on'")}, "services": ["103", "201"]}
    plugin, complete = source(**options), source(**options, details=["vms", "server"])
    plugin.hosts()
    assert "unless details has server" in plugin.warned[0]
    complete.hosts()
    assert complete.warned == [] and complete.members("running") == ["mail1", "server1.example.com"]


def test_requests_are_told(source, monkeypatch):
    told = []
    plugin = source(services=["103"])
    monkeypatch.setattr(plugin.display, "verbosity", 4)
    monkeypatch.setattr(plugin.display, "vvv", told.append)
    plugin.hosts()
    assert any(line.startswith("GET /service/103/vms: HTTP 200") and "{vms: " in line for line in told)


EMPTY = ["", "  ", None, trust_as_template("{{ '' }}"), trust_as_template("{{ lookup('env', 'NOT_SET') }}")]


@pytest.mark.parametrize("empty", EMPTY, ids=repr)
@pytest.mark.parametrize("name", ["token", "username", "password", "api_url"])
def test_an_option_without_a_value_is_an_error_and_sends_nothing(source, portal, monkeypatch, name, empty):
    for variable, value in LOGIN.items():
        monkeypatch.setenv(variable, value)
    portal.clear_log()
    with pytest.raises(AnsibleParserError, match=f"{name} is set but empty"):
        source(**{name: empty}, in_file=["api_url", name]).hosts()
    assert portal.log() == []


LOGIN = {"SINDAD_USERNAME": "user@example.com", "SINDAD_PASSWORD": "secret", "SINDAD_TOKEN": ""}


@pytest.mark.parametrize("address", ["", "https://elsewhere.example.com/api"])
@pytest.mark.parametrize("in_file", [["api_url"], ["api_url", "username"], ["api_url", "password"]])
def test_a_login_of_the_environment_goes_to_no_other_portal(source, portal, monkeypatch, address, in_file):
    for variable, value in {**LOGIN, "SINDAD_API_URL": address}.items():
        monkeypatch.setenv(variable, value)
    portal.clear_log()
    with pytest.raises(AnsibleParserError, match="No credentials for"):
        source(in_file=in_file).hosts()
    assert portal.log() == []


def test_an_option_that_is_omitted_is_not_set(source, portal, monkeypatch):
    omitted = trust_as_template("{{ nothing | default(omit) }}")
    assert "web1" in source(token=omitted, in_file=[*IN_FILE, "token"]).hosts()
    for variable, value in LOGIN.items():
        monkeypatch.setenv(variable, value)
    portal.clear_log()
    with pytest.raises(AnsibleParserError, match="No credentials for"):
        source(username=omitted).hosts()
    assert portal.log() == []


def test_a_login_of_the_environment_is_used_at_its_portal(source, portal, monkeypatch):
    for variable, value in {**LOGIN, "SINDAD_API_URL": portal.api_url}.items():
        monkeypatch.setenv(variable, value)
    assert "web1" in source(in_file=[]).hosts()
    assert "web1" in source(api_url=trust_as_template(portal.api_url + "/"), in_file=["api_url"]).hosts()


@pytest.mark.parametrize("text", ["{{ 1 + 1 }}", "{% raw %}", "{# no comment #}secret"])
def test_a_variable_of_the_environment_is_not_a_template(source, portal, monkeypatch, text):
    for variable, value in {**LOGIN, "SINDAD_API_URL": portal.api_url, "SINDAD_PASSWORD": text}.items():
        monkeypatch.setenv(variable, value)
    sent = []
    monkeypatch.setattr(sindad, "fetch", lambda client, _options: sent.append(client.password) or [])
    source(in_file=[]).hosts()
    assert sent == [text]


def test_without_requests(source, monkeypatch):
    monkeypatch.setattr(sindad, "REQUESTS_ERROR", ImportError("no requests"))
    with pytest.raises(AnsibleParserError, match="requests"):
        source().hosts()


def test_a_source_by_its_name(tmp_path):
    for name, is_one in (("a.sindad.yml", True), ("sindad.yaml", True), ("a.yml", False)):
        path = tmp_path / name
        path.write_text("")
        assert Source(api_url="").verify_file(str(path)) is is_one
    path.write_text("---\nplugin: sindad.cloud.sindad\n")
    with pytest.raises(
        AnsibleParserError, match=r"a\.yml: the name of a source of .* must end in .*, such as a\.sindad\.yml"
    ):
        Source(api_url="").verify_file(str(path))


def test_details_that_are_called_tags(source, monkeypatch):
    def refuse(_path):
        raise AnsibleParserError("Invalid value ['tags'] for config 'details'. Valid values are: vms, labels")

    plugin = source()
    monkeypatch.setattr(plugin, "_read_config_data", refuse)
    with pytest.raises(AnsibleParserError, match="set labels instead"):
        plugin.hosts()
