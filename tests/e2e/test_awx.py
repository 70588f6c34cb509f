# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way AWX takes: its own injector, ansible-runner, --export, and what we ship for it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import ansible_runner
import certifi
import pytest
import yaml
from ansible.parsing.plugin_docs import read_docstring
from e2e.awx_rules import complaints
from e2e.awx_server import Awx, injected, served
from e2e.support import CACHE, CORES, ROOT, TREE, text_of

CREDENTIAL_TYPE = json.loads((ROOT / "playbooks/files/awx_credential_type.json").read_text())
GUIDE = (ROOT / "docs/guide_awx.md").read_text(encoding="utf-8")
LOGIN = {"username": "user@example.com", "password": "secret"}
ALL = 11


# -- the credential type -----------------------------------------------------------------------------------------------


def test_awx_would_save_the_credential_type():
    assert complaints(CREDENTIAL_TYPE) == []
    fields = {each["id"]: each for each in CREDENTIAL_TYPE["inputs"]["fields"]}
    assert {name for name, each in fields.items() if each.get("secret")} == {"password", "token"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda it: it["inputs"]["fields"].append({"id": "tower", "label": "x"}),
        lambda it: it["inputs"]["fields"].append({"id": "token", "label": "x"}),
        lambda it: it["inputs"]["fields"].append({"id": "b", "label": "x", "type": "boolean", "secret": True}),
        lambda it: it["inputs"]["fields"].append({"id": "n", "label": "x", "type": "number"}),
        lambda it: it["injectors"]["env"].update(SINDAD_TOKEN="{{ tokn }}"),
        lambda it: it["injectors"]["env"].update({"9": "x"}),
        lambda it: it["injectors"]["env"].update(ANSIBLE_CONFIG="x"),
        lambda it: it["injectors"]["file"].update({"template.more": "x"}),
        lambda it: it.update(kind="ssh"),
    ],
)
def test_the_rules_find_mistakes(damage):
    wrong = json.loads(json.dumps(CREDENTIAL_TYPE))
    damage(wrong)
    assert len(complaints(wrong)) == 1


def options_of(fragment):
    text = (ROOT / "plugins" / "doc_fragments" / f"{fragment}.py").read_text()
    return yaml.safe_load(re.search(r'r"""(.*?)"""', text, re.S)[1])["options"]


def test_every_connection_option_has_its_variable():
    inventory, modules = options_of("inventory"), options_of("portal")
    assert set(inventory) == set(modules) and len(inventory) == 9
    for name, option in inventory.items():
        assert option["env"] == [{"name": f"SINDAD_{name.upper()}"}], name
    assert set(CREDENTIAL_TYPE["injectors"]["env"]) <= {f"SINDAD_{name.upper()}" for name in inventory}
    documented = read_docstring(str(ROOT / "plugins/inventory/sindad.py"))["doc"]["options"]
    assert not set(documented) & set(inventory), "they come from the fragment"


CA = re.search(r"-----BEGIN.*?END CERTIFICATE-----\n", Path(certifi.where()).read_text(encoding="ascii"), re.S)[0]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({**LOGIN}, {"API_URL": "https://my.sindad.com/api", "USERNAME": "user@example.com", "PASSWORD": "secret"}),
        (
            {"token": "t0ken", "api_url": "https://x/api"},
            {"API_URL": "https://x/api", "TOKEN": "t0ken", "PASSWORD": ""},
        ),
        ({"token": "", "username": "", "ca_certificates": ""}, {"TOKEN": "", "USERNAME": "", "CA_PATH": ""}),
        ({"skip_certificate_check": True}, {"VALIDATE_CERTS": "False"}),
        ({"skip_certificate_check": False}, {"VALIDATE_CERTS": "True"}),
        ({}, {"VALIDATE_CERTS": "True", "CA_PATH": ""}),
    ],
)
def test_what_is_injected(tmp_path, inputs, expected):
    env, safe = injected(CREDENTIAL_TYPE, inputs, tmp_path)
    assert {name: env[f"SINDAD_{name}"] for name in expected} == expected
    shown = json.dumps(safe)
    assert "secret" not in shown and "t0ken" not in shown
    assert safe["SINDAD_API_URL"] == env["SINDAD_API_URL"]


def test_the_certificates_are_a_file(tmp_path):
    env, safe = injected(CREDENTIAL_TYPE, {**LOGIN, "ca_certificates": CA}, tmp_path)
    assert Path(env["SINDAD_CA_PATH"]).read_text().strip() == CA.strip()
    assert safe["SINDAD_CA_PATH"].startswith("/runner/env/")


def test_the_guide_shows_the_credential_type():
    """What is to be pasted into AWX is what we ship."""
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)]
    assert CREDENTIAL_TYPE["inputs"] in blocks and CREDENTIAL_TYPE["injectors"] in blocks
    assert f"`{CREDENTIAL_TYPE['name']}`" in GUIDE


# -- the execution environment -----------------------------------------------------------------------------------------


def test_ansible_builder_finds_what_we_need(tmp_path):
    """The requirements of the collection, as an image is built with them."""
    done = subprocess.run(
        [str(CACHE / "venv/dev/bin/ansible-builder"), "introspect", str(TREE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^- '?requests\b.*# from collection sindad\.cloud", done.stdout, re.M), done.stdout
    definition = yaml.safe_load((ROOT / "extensions/awx/execution-environment.yml").read_text())
    (tmp_path / "ee.yml").write_text(yaml.safe_dump(definition))
    made = subprocess.run(
        [str(CACHE / "venv/dev/bin/ansible-builder"), "create", "-f", "ee.yml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "sindad.cloud" in (tmp_path / "context/_build/requirements.yml").read_text()


# -- a sync ------------------------------------------------------------------------------------------------------------


def awx_env(site, tmp_path):
    env = site.core.env()
    return {name: env[name] for name in ("PATH", "ANSIBLE_COLLECTIONS_PATH", "ANSIBLE_NOCOLOR")} | {
        "HOME": str(tmp_path)
    }


def test_ansible_runner_with_the_credential(site, tmp_path, monkeypatch):
    source = site.core.source()
    env, _safe = injected(CREDENTIAL_TYPE, {**LOGIN, "api_url": site.portal.api_url}, tmp_path)
    monkeypatch.setenv("PATH", site.core.env()["PATH"])
    response, errors = ansible_runner.get_inventory(
        action="list",
        inventories=[str(source)],
        response_format="json",
        export=True,
        quiet=True,
        private_data_dir=str(tmp_path),
        envvars={**awx_env(site, tmp_path), **env, "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True"},
    )
    assert "rror" not in errors
    hosts = response["_meta"]["hostvars"]
    assert len(hosts) == ALL
    plain = (
        "ansible_host",
        "sindad_kind",
        "sindad_service_id",
        "sindad_vm_id",
        "sindad_power",
        "sindad_status",
        "sindad_total",
    )
    assert [hosts["web1"][name] for name in plain] == ["192.0.2.10", "vm", "101", "18867", "on", "Active", "9.99"]
    assert hosts["web1"]["sindad_ipv4"] == ["192.0.2.10"]
    label = hosts["web1"]["sindad_label"]
    assert label == ("web1" if site.core.old else {"__ansible_unsafe": "web1"}) and text_of(label) == "web1"
    assert set(response["sindad_power_on"]["hosts"]) == {"web1", "db1", "cloud-b.example.com", "mail1"}
    assert "secret" not in json.dumps(response) + errors


SITE_BOOK = """
- name: What a job does
  hosts: all
  gather_facts: false
  connection: local
  tasks:
    - name: The hosts and their variables are there
      ansible.builtin.assert:
        that:
          - sindad_service_id is string and sindad_power in ['on', 'off', none]
          - ansible_host is not defined or ansible_host is match('[^{]+$')
          - sindad_label is none or sindad_label is string
    - name: A module on a host knows its service
      sindad.cloud.service_info:
      register: own
    - name: It is that of the host
      ansible.builtin.assert:
        that: own.services[0].id == sindad_service_id
- name: What concerns the account
  hosts: localhost
  gather_facts: false
  tasks:
    - name: The credential works for modules too
      sindad.cloud.service_info:
      register: listed
    - name: All services are there
      ansible.builtin.assert: {that: listed.services | length >= 11}
"""


@pytest.fixture
def awx(site, tmp_path):
    """An AWX with an empty project."""
    (tmp_path / "work").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "project/sindad.yml").write_text("plugin: sindad.cloud.sindad\nretries: 0\n")
    (tmp_path / "project/site.yml").write_text(SITE_BOOK)
    return Awx(awx_env(site, tmp_path), tmp_path / "work")


def test_syncs_and_a_job(site, tmp_path, awx):
    """A sync, one that fails, one of an empty account, and a job on the synced hosts."""
    kind = awx.add("credential_types", CREDENTIAL_TYPE)
    inputs = {**LOGIN, "api_url": site.portal.api_url, "ca_certificates": CA}
    credential = awx.add("credentials", {"name": "c", "credential_type": kind["id"], "inputs": inputs})
    project = awx.add("projects", {"name": "p", "organization": 1, "scm_url": f"file://{tmp_path}/project"})
    inventory = awx.add("inventories", {"name": "i", "organization": 1})
    links = {"inventory": inventory["id"], "source_project": project["id"], "credential": credential["id"]}
    source = awx.add("inventory_sources", {"name": "s", "source": "scm", "source_path": "sindad.yml", **links})
    done = awx.sync(source)
    assert done["status"] == "successful", done
    hosts = awx.hosts[inventory["id"]]
    assert inventory["total_hosts"] == len(hosts) == ALL

    template = {"name": "t", "inventory": inventory["id"], "project": project["id"], "playbook": "site.yml"}
    template = awx.add("job_templates", template)
    awx.attached[template["id"]] = [credential["id"]]
    job = awx.launch(template)
    assert job["status"] == "successful", job["result_stdout"]

    site.portal.fault("html", path="^/service/103/vms$", times=None)
    failed = awx.sync(source)
    assert failed["status"] == "failed" and "Just a moment" in " ".join(failed["result_stdout"].split())
    assert awx.hosts[inventory["id"]] is hosts, "the hosts of the last sync stay"
    assert "secret" not in failed["result_stdout"] + done["result_stdout"] + job["result_stdout"]
    site.portal.reset(services=0)
    assert awx.sync(source)["status"] == "successful"
    assert awx.hosts[inventory["id"]] == {} and inventory["total_hosts"] == 0, "an empty account is no failure"


def test_a_folder_with_two_sources_one_of_which_fails(site, tmp_path, awx):
    """Without the source variable that the guide and the playbook set, half of the hosts are all that AWX knows."""
    folder = tmp_path / "project/all"
    folder.mkdir()
    (folder / "one.sindad.yml").write_text("plugin: sindad.cloud.sindad\nservices: ['101']\n")
    (folder / "two.sindad.yml").write_text("plugin: sindad.cloud.sindad\npassword: wrong\nretries: 0\n")
    kind = awx.add("credential_types", CREDENTIAL_TYPE)
    inputs = {**LOGIN, "api_url": site.portal.api_url}
    credential = awx.add("credentials", {"name": "c", "credential_type": kind["id"], "inputs": inputs})
    project = awx.add("projects", {"name": "p", "organization": 1, "scm_url": f"file://{tmp_path}/project"})
    inventory = awx.add("inventories", {"name": "i", "organization": 1})
    links = {"inventory": inventory["id"], "source_project": project["id"], "credential": credential["id"]}
    source = awx.add("inventory_sources", {"name": "s", "source": "scm", "source_path": "all", **links})
    assert awx.sync(source)["status"] == "successful" and inventory["total_hosts"] == 2
    play = yaml.safe_load((ROOT / "playbooks/awx.yml").read_text())[0]
    source["source_vars"] = play["vars"]["awx_source_vars"]
    assert source["source_vars"].strip() in GUIDE
    failed = awx.sync(source)
    assert failed["status"] == "failed" and "wronglogin" in failed["result_stdout"]


def test_the_playbook_that_sets_it_up(site, tmp_path, awx):
    """From nothing to a synced inventory and a job template; and again, which changes nothing that is right."""
    if site.core.version != CORES[-1]:
        pytest.skip("slow, and the same for all")
    login = {f"SINDAD_{name.upper()}": value for name, value in {**LOGIN, "api_url": site.portal.api_url}.items()}
    image = {"awx_execution_environment_image": "registry.example.com/sindad-ee:1"}
    with served(awx) as url:

        def set_up(**more):
            variables = {"awx_scm_url": f"file://{tmp_path}/project", "awx_wait_interval": 0.1, **more}
            env = {"CONTROLLER_HOST": url, "CONTROLLER_OAUTH_TOKEN": "awx-token", "ANSIBLE_PIPELINING": "true"}
            return site.core.run("ansible-playbook", "sindad.cloud.awx", "-e", json.dumps(variables), **login, **env)

        first = set_up(**image)
        assert first.code == 0, first.text
        assert "The inventory contains 11 hosts in" in first.out
        assert "secret" not in first.out + first.err and "awx-token" not in first.out + first.err
        made = {kind: len(some) for kind, some in awx.objects.items() if not kind.endswith(("updates", "jobs"))}
        assert set(made.values()) == {1}
        (source,) = awx.objects["inventory_sources"].values()
        assert (
            "ANY_UNPARSED_IS_FAILED" in source["source_vars"]
            and source["overwrite"]
            and source["update_on_launch"]
            and source["update_cache_timeout"] == 300
        )
        assert source["execution_environment"] in awx.objects["execution_environments"]
        assert awx.attached == {key: list(awx.objects["credentials"]) for key in awx.objects["job_templates"]}

        awx.log.clear()
        site.portal.fault("html", path="^/service/103/vms$", times=None)
        again = set_up(awx_update_cache_timeout=60)
        assert again.code != 0, again.text
        shown = " ".join(again.text.replace("\\n", " ").split())
        assert "ended as failed" in shown and "Just a moment" in shown, shown
        assert [(method, path.split("/")[0]) for method, path, _body in awx.log] == [
            ("PATCH", "credentials"),  # a secret cannot be compared
            ("POST", "projects"),  # to fetch it
            ("PATCH", "inventory_sources"),
            ("POST", "inventory_sources"),  # to sync it
        ]
        assert source["update_cache_timeout"] == 60
        assert {kind: len(some) for kind, some in awx.objects.items() if kind in made} == made

        login["SINDAD_PASSWORD"] = ""
        awx.log.clear()
        assert "Set CONTROLLER_HOST" in set_up().text
        assert awx.log == [], "a password that AWX has is not replaced by nothing"
