# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of the portal is never a template: whoever may name a machine must not run code on the controller."""

from __future__ import annotations

import base64
import json
import re

MARKER = "it-was-executed"
SERVICE = ("domain", "name", "category", "category_url", "status", "billingcycle", "next_due", "total", "label")
VM = (
    "label",
    "hostname",
    "state",
    "status",
    "power",
    "template",
    "template_name",
    "template_label",
    "username",
    "password",
)

PLAYBOOK = """
- name: "{{ 'Look at all that the inventory brought' }}"
  hosts: sindad
  connection: local
  gather_facts: false
  tasks:
    - name: "Every variable of {{ inventory_hostname }}, {{ inventory_hostname_short }}, {{ group_names }}"
      ansible.builtin.debug:
        msg:
          - "{{ vars }}"
          - "{{ hostvars }}"
          - "{{ groups }}"
          - "{{ lookup('ansible.builtin.varnames', 'sindad_') }}"
          - "{{ query('ansible.builtin.vars', *query('ansible.builtin.varnames', '^sindad_|^copied')) }}"
          - "{{ sindad_label }}"
          - "{{ sindad_label is search('x') }}"
          - "{{ sindad_status ~ sindad_product ~ sindad_domain }}"
    - name: What the variables are
      ansible.builtin.debug:
        msg: "<<{{ hostvars[inventory_hostname] | to_json | b64encode }}|{{ inventory_hostname | b64encode }}>>"
    - name: Names that come from the portal, as groups, conditions, loops and arguments
      ansible.builtin.add_host:
        name: "{{ sindad_label }}-{{ item }}"
        groups: "{{ group_names }}"
        copied: "{{ item }}"
      loop: "{{ [sindad_label, sindad_domain] + group_names }}"
      when: sindad_label != 'x' or item
"""


def awkward(site):
    """Give every text of the account a text that would leave the file MARKER if Ansible took it for a template."""

    def text(name):
        pipe = f"{{{{ lookup('pipe', 'touch {MARKER}') }}}}"
        return f"{name} {pipe} {{{{ 'EXE' ~ 'CUTED' }}}} {{% if 1 %}}EXE{{% endif %}}CUTED {{# gone #}}"

    site.portal.tamper(
        {"service": "101", "set": {"extra": {name: text(name) for name in SERVICE}}},
        {"service": "101", "vm": "18867", "set": {"extra": {name: text(name) for name in VM}, "ipv4": [text("ip")]}},
        {"service": "101", "vm": "18868", "set": {"label": "{{ 'EXE' ~ 'CUTED' }}.x", "hostname": text("short")}},
        {"service": "201", "set": {"extra": {name: text(f"server's {name}") for name in SERVICE}}},
        {"service": "201", "server": {"extra": {name: text(name) for name in ("hostname", "os", "name", "template")}}},
        {"service": "301", "set": {"extra": {"domain": text("domain"), "label": "{{ undefined_name }}"}}},
    )
    return text


def test_no_text_is_ever_a_template(site, tmp_path):
    text = awkward(site)
    source = site.source(
        services=["101", "201", "301"],
        statuses=[],
        details=["vms", "vm_details", "ips", "server"],
        include_passwords=True,
        use_extra_vars=True,
        hostnames=["{{ sindad_label }}", "domain"],
        filters=[{"exclude": "sindad_label == 'nobody'"}, {"include": "sindad_domain is search('pipe')"}],
        compose={"copied": "sindad_label", "joined": "'x' ~ sindad_domain", "listed": "[sindad_product]"},
        groups={"named": "'touch' in (sindad_domain or '')"},
        keyed_groups=[
            {"key": "sindad_label", "prefix": "of"},
            {"key": "{'a': sindad_product}", "separator": ""},
            {"key": "[sindad_category]", "parent_group": "parents"},
        ],
    )
    book = tmp_path / "book.yml"
    book.write_text(PLAYBOOK)
    run = site.core.run("ansible-playbook", "-i", source, book, "-v", cwd=tmp_path)
    assert run.code == 0, run.text
    assert not list(tmp_path.rglob(MARKER))
    assert "EXECUTED" not in run.out + run.err
    shown = {}
    for variables, name in re.findall(r"<<(\S+)\|(\S+)>>", run.out):
        shown[base64.b64decode(name).decode()] = json.loads(base64.b64decode(variables))

    web1 = next(variables for variables in shown.values() if variables["sindad_vm_id"] == "18867")
    told = {"label": "label", "hostname": "hostname", "domain": "domain", "product": "name", "category": "category"}
    told |= {"status": "status", "billing_cycle": "billingcycle", "next_due": "next_due"}
    for variable, field in {
        **told,
        "category_url": "category_url",
        "username": "username",
        "password": "password",
    }.items():
        assert web1[f"sindad_{variable}"] == text(field), variable
    assert web1["copied"] == text("label") and web1["joined"] == "x" + text("domain")
    assert web1["sindad_total"] is None and web1["sindad_monthly"] is None, "they are no amounts"
    assert web1["sindad_power"] == "changing" and web1["sindad_ipv4"] == []
    assert len(shown) == 4
    db1 = next(variables for variables in shown.values() if variables["sindad_vm_id"] == "18868")
    assert db1["inventory_hostname_short"] == "_'EXE'_'CUTED'_" and db1["sindad_label"] == "{{ 'EXE' ~ 'CUTED' }}.x"


def test_what_is_plain_in_an_export(site):
    """AWX takes what --export prints: checked words and ids as plain strings, free text never as a template."""
    text = awkward(site)
    site.portal.tamper({"service": "101", "vm": "18867", "set": {"ipv4": ["192.0.2.77"]}})
    listed = site.list(
        site.source(statuses=[], keyed_groups=[{"key": "sindad_label", "prefix": "of"}], hostnames=["id"])
    )
    assert not list(site.core.home.rglob(MARKER)) and "EXECUTED" not in listed.out
    free = {
        "label",
        "service_label",
        "tags",
        "hostname",
        "domain",
        "product",
        "category",
        "category_url",
        "state",
        "template",
    }
    for name, variables in listed.hosts.items():
        for key, value in variables.items():
            field = key.removeprefix("sindad_")
            texts = [each for each in (value if isinstance(value, list) else [value]) if each is not None]
            if field in ("memory", "cpu", "disk"):
                assert all(isinstance(each, int) for each in texts), (name, key)
            elif "{{" in str(value) or (field in free and not site.core.old):
                assert all(set(each) == {"__ansible_unsafe"} for each in texts), (name, key)
            else:
                assert all(isinstance(each, str) for each in texts), (name, key)
    web1 = listed.hosts["18867"]
    assert web1["ansible_host"] == "192.0.2.77"
    assert web1["sindad_label"] == {"__ansible_unsafe": text("label")}
    assert listed.hosts["18868"]["sindad_power"] == "on" and listed.hosts["18868"]["sindad_vm_id"] == "18868"
    assert listed.json["sindad"]["hosts"], "names of hosts and groups are plain"


def test_ansible_leaves_every_variable_as_it_is(site):
    """Ansible's templar on every variable and name, for each kind of host."""
    awkward(site)
    found = site.parse_file(site.source(statuses=[]), execute=True)
    assert found.error is None and found.executed == []
    assert not list(site.core.home.rglob(MARKER))
