# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cache: a warm run makes no request, and nobody is told another account's hosts, or a secret."""

from __future__ import annotations

import json
import os

import pytest

ALL = 11
SECRETS = ("secret", "Vm-18867-pass", "Vm-2001-pass", "pdtzc", "Srv-201-pass")


@pytest.fixture(params=["jsonfile", "remote"])
def cached(site, tmp_path, request):
    """Options of a source that is cached."""
    folder = tmp_path / "cache"
    folder.mkdir()
    return {"cache": True, "cache_plugin": request.param, "cache_connection": str(folder), "cache_timeout": 60}


def test_cold_and_warm(site, cached, tmp_path):
    options = dict(cached, details=["vms", "vm_details", "ips", "server"], hostnames=["label", "id"])
    source = site.source(**options)
    cold = site.parse_file(source)
    assert len(cold.names) == ALL
    assert sum(site.requests().values()) > ALL
    warm = site.parse_file(source)
    assert site.requests() == {}
    assert (warm.hosts, warm.groups, warm.order) == (cold.hosts, cold.groups, cold.order)

    written = "".join(each.read_text() for each in (tmp_path / "cache").iterdir())
    assert "web1" in written
    for secret in SECRETS:
        assert secret not in written and not any(secret in each.name for each in (tmp_path / "cache").iterdir())

    site.portal.tamper({"service": "101", "remove_vm": "18868"})
    assert len(site.parse_file(source).names) == ALL, "the cache is what counts"
    fresh = site.parse_file(source, cache=False)
    assert len(fresh.names) == ALL - 1 and site.requests(), "a refresh asks, and"
    assert len(site.parse_file(source).names) == ALL - 1 and not site.requests(), "is cached"

    # What only decides how hosts are shown costs no request
    shown = {
        "group_prefix": "x_",
        "vars_prefix": "y_",
        "hostnames": ["id"],
        "filters": [{"exclude": "y_power == 'off'"}],
    }
    source.write_text(json.dumps({"plugin": "sindad.cloud.sindad", **site.options(options), **shown, "workers": 3}))
    other = site.parse_file(source)
    assert "18867" in other.names and "x_kind_vm" in other.groups and "2002" not in other.names
    assert not site.requests()


@pytest.mark.parametrize(
    "other",
    [
        {"username": "other@example.com"},
        {"token": "a-token"},
        {"api_url": "{{ 'http://localhost:' ~ port ~ '/api' }}"},
        {"details": ["vms"]},
        {"statuses": []},
        {"categories": ["cloud-servers"]},
        {"services": ["101"]},
        {"on_error": "skip"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_the_key_holds(site, cached, other):
    source = site.source(**cached)
    assert len(site.parse_file(source).names) == ALL
    site.requests()
    port = site.portal.url.rsplit(":", 1)[1]
    before = source.read_text()
    source.write_text(json.dumps({"plugin": "sindad.cloud.sindad", **site.options({**cached, **other})}, indent=1))
    changed = site.parse_file(source, extra_vars=(f"port={port}",))
    assert site.requests(), "another account or fetch is not read from the cache"
    if {"username", "token"} & set(other):
        assert changed.error and not changed.hosts, "these credentials are wrong"
    source.write_text(before)
    assert len(site.parse_file(source).names) == ALL and not site.requests()


def entries(tmp_path):
    return [each for each in (tmp_path / "cache").iterdir() if each.is_file()]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "{}",
        lambda text: "[]",
        lambda text: "null",
        lambda text: json.dumps({"hosts": "[]"}),
        lambda text: json.dumps({"hosts": [{"kind": "vm"}]}),
        lambda text: json.dumps({"hosts": "5", "digest": "5"}),
        lambda text: text.replace("web1", "web9"),
        lambda text: json.dumps({"web1": {"ansible_host": "192.0.2.66"}}),
    ],
    ids=["half", "empty", "object", "list", "null", "no digest", "not text", "wrong digest", "changed", "foreign"],
)
def test_a_damaged_entry_is_not_believed(site, tmp_path, damage):
    (tmp_path / "cache").mkdir()
    source = site.source(cache=True, cache_plugin="jsonfile", cache_connection=str(tmp_path / "cache"))
    cold = site.parse_file(source)
    (entry,) = entries(tmp_path)
    entry.write_text(damage(entry.read_text()))
    site.requests()
    again = site.parse_file(source)
    assert again.error is None and again.hosts == cold.hosts
    assert site.requests(), "asked anew"
    assert site.parse_file(source).hosts == cold.hosts and not site.requests(), "and mended"


def test_expiry(site, cached, tmp_path):
    source = site.source(**{**cached, "cache_timeout": 1})
    site.parse_file(source)
    site.requests()
    assert len(site.parse_file(source).names) == ALL and not site.requests()
    for entry in entries(tmp_path):
        if cached["cache_plugin"] == "jsonfile":
            os.utime(entry, (1, 1))
        else:
            entry.write_text(entry.read_text().replace('"stored": ', '"stored": 1, "was": ', 1))
    assert len(site.parse_file(source).names) == ALL and site.requests()


def test_passwords_are_never_cached(site, cached, tmp_path):
    source = site.source(**cached, include_passwords=True)
    for _run in range(2):
        found = site.parse_file(source)
        assert found.hosts["web1"]["sindad_password"] == "Vm-18867-pass"
        assert site.requests()
        assert any("never cached" in each for each in found.warnings)
    assert entries(tmp_path) == []


def test_a_failed_or_partial_fetch_is_not_cached(site, cached, tmp_path):
    site.portal.fault("status", status=500, path="^/service/102/vms$", times=None)
    for on_error in ("fail", "skip"):
        found = site.parse(**cached, on_error=on_error, retries=0)
        assert bool(found.error) == (on_error == "fail")
    assert entries(tmp_path) == []


BOOK = """
- name: Flush and refresh
  hosts: localhost
  gather_facts: false
  tasks:
    - name: After --flush-cache
      ansible.builtin.assert: {that: "groups.sindad | length == 10 and 'new1' not in groups.sindad"}
    - name: Add a machine behind Ansible's back
      ansible.builtin.uri:
        url: "{{ control }}/tamper"
        method: POST
        body_format: json
        body: {service: "101", add_vm: {label: new1}}
    - name: Refresh
      ansible.builtin.meta: refresh_inventory
    - name: After the refresh
      ansible.builtin.assert:
        that: groups.sindad | length == 11 and hostvars.new1.ansible_host == '203.0.113.99'
"""


def test_flush_and_refresh_on_the_command_line(site, tmp_path):
    """--flush-cache and meta: refresh_inventory, with the commands themselves."""
    (tmp_path / "cache").mkdir()
    source = site.source(cache=True, cache_plugin="jsonfile", cache_connection=str(tmp_path / "cache"))
    assert len(site.list(source).hosts) == ALL and site.requests()
    site.portal.tamper({"service": "101", "remove_vm": "18868"})
    assert len(site.list(source).hosts) == ALL and not site.requests()
    book = tmp_path / "book.yml"
    book.write_text(BOOK)
    control = f"control={site.portal.url}/_emulator"
    run = site.core.run("ansible-playbook", "-i", source, "--flush-cache", "-e", control, book)
    assert run.code == 0, run.text
    assert site.requests()["GET /service"] == 2
    assert "new1" in site.parse_file(source).names and not site.requests(), "the refresh was cached"
