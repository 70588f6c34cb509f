# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The recipes of docs/guide_recipes.md, run as they stand there."""

from __future__ import annotations

import contextlib
import re
import socket
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from e2e.support import LOGIN, ROOT, Run, Site

GUIDE = (ROOT / "docs/guide_recipes.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"Save (?:this|it) as\s`(\S+)`:\n\n```\w+\n(.*?)^```$", GUIDE, re.M | re.S))
#: Nothing takes its time; a change of power is to be seen by whoever polls twice a second, who else waits longer.
QUICK = {"stale": 0, "duration": 1, "create_delay": 0, "operation_duration": 0.2}


class Kitchen:
    """A folder with the files of the guide, beside a portal; *more* is for the environment of its commands."""

    def __init__(self, site: Site, folder: Path, **more: str) -> None:
        self.site, self.folder, self.more = site, folder, more
        self.portal: Any = site.portal
        for name, text in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")

    def cook(self, *arguments: str, timeout: float = 180, **env: str) -> Run:
        """ansible-playbook on the inventory of the guide; what happened before is no effect of it."""
        self.portal.clear_log()
        command = ("ansible-playbook", "-i", "production.sindad.yml", *arguments)
        return self.site.core.run(*command, cwd=self.folder, timeout=timeout, **self.environment, **env)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SINDAD_API_URL": self.portal.api_url,
            "SINDAD_USERNAME": LOGIN["username"],
            "SINDAD_PASSWORD": LOGIN["password"],
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "true",
            **self.more,
        }

    @property
    def effects(self) -> dict[str, int]:
        """What was changed, by method and path below the API."""
        return {key.replace("/api", "", 1): count for key, count in self.portal.effects().items()}


@pytest.fixture
def kitchen(site: Site, tmp_path: Path) -> Kitchen:
    site.portal.reset(**QUICK)
    return Kitchen(site, tmp_path)


@contextlib.contextmanager
def listener() -> Iterator[int]:
    """A port of this machine that answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


REBOOT = ("sindad.cloud.rolling_reboot", "-e", "rolling_reboot_hosts=web1,db1,server1.example.com")
LOCAL = ("-e", "ansible_connection=local", "-e", "ansible_python_interpreter={{ ansible_playbook_python }}")
REBOOTS = {
    "POST /service/101/vms/18867/reboot": 1,
    "POST /service/101/vms/18868/reboot": 1,
    "POST /service/201/reboot": 1,
}


def test_rolling_reboot(kitchen: Kitchen) -> None:
    done = kitchen.cook(*REBOOT, *LOCAL, "-e", "rolling_reboot_command=true")
    assert done.code == 0, done.text
    assert kitchen.effects == REBOOTS


def test_rolling_reboot_predicts_and_leaves_alone_what_is_off(kitchen: Kitchen) -> None:
    kitchen.portal.tamper({"service": "101", "vm": "18868", "set": {"power": "off"}})
    done = kitchen.cook(*REBOOT, "--check")
    assert done.code == 0, done.text
    assert kitchen.effects == {}
    assert re.search(r"web1 : ok=\d+ changed=1 ", done.text) and re.search(r"db1 : ok=\d+ changed=0 ", done.text)


def test_rolling_reboot_stops_at_the_first_failure(kitchen: Kitchen) -> None:
    done = kitchen.cook(*REBOOT, *LOCAL, "-e", "rolling_reboot_command=false")
    assert done.code == 2
    assert len(kitchen.effects) == 1


def test_rolling_reboot_checks_a_port(kitchen: Kitchen) -> None:
    by_port = (*REBOOT, "-e", "ansible_host=127.0.0.1", "-e", "rolling_reboot_check=port")
    with listener() as port:
        assert kitchen.cook(*by_port, "-e", f"rolling_reboot_port={port}").code == 0
    assert kitchen.effects == REBOOTS
    failed = kitchen.cook(*by_port, "-e", f"rolling_reboot_port={closed_port()}", "-e", "rolling_reboot_timeout=2")
    assert failed.code == 2 and len(kitchen.effects) == 1


def test_rolling_reboot_needs_to_be_told_what(kitchen: Kitchen) -> None:
    done = kitchen.cook("sindad.cloud.rolling_reboot")
    assert done.code != 0 and "rolling_reboot_hosts" in done.text
    assert kitchen.effects == {}
    done = kitchen.cook(*REBOOT, "-e", "rolling_reboot_check=ping")
    assert done.code == 2 and kitchen.effects == {}


def test_rolling_reboot_of_a_host_that_is_not_there(kitchen: Kitchen) -> None:
    for pattern in ("web7", "web1,web7", "sindad_tag_none"):
        done = kitchen.cook("sindad.cloud.rolling_reboot", "-e", f"rolling_reboot_hosts={pattern}")
        assert done.code != 0 and "There is no host that matches" in done.text, done.text
        assert kitchen.effects == {}


#: What a recipe needs besides its name, to run with --check.
NEEDS = {"night.yml": ("-e", "state=stopped"), "new_vm.yml": ("-e", "vm_provision_public_key=key.pub")}


@pytest.mark.parametrize("name", [name for name, text in FILES.items() if "hosts:" in text])
def test_each_recipe_predicts(kitchen: Kitchen, name: str) -> None:
    """With --check --diff a recipe ends well, and changes nothing; what it is about may not exist yet."""
    kitchen.portal.tamper({"department": "9", "name": "Technical support"})
    (kitchen.folder / "vault.yml").write_text("vault_root_password: Chosen-by-me-1\n")
    (kitchen.folder / "key.pub").write_text("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB me@example.com\n")
    before = sorted(kitchen.folder.iterdir())
    done = kitchen.cook(name, "--check", "--diff", *NEEDS.get(name, ()), "-e", "ansible_host=127.0.0.1", *LOCAL)
    assert done.code == 0, done.text
    assert kitchen.effects == {} and sorted(kitchen.folder.iterdir()) == before
    assert "censored" not in done.text


def test_a_recipe_whose_host_was_renamed(kitchen: Kitchen) -> None:
    kitchen.portal.tamper({"service": "103", "vm": "31", "set": {"label": "post1", "hostname": "post1"}})
    done = kitchen.cook("rescue.yml")
    assert "skipping: no hosts matched" in done.text
    done = kitchen.cook("rescue.yml", ANSIBLE_HOST_PATTERN_MISMATCH="error")
    assert done.code != 0 and kitchen.effects == {}


def test_labels_from_a_spreadsheet(kitchen: Kitchen) -> None:
    assert kitchen.cook("labels.yml", "--check").code == 0
    assert kitchen.effects == {}
    done = kitchen.cook("labels.yml")
    assert done.code == 0, done.text
    assert kitchen.effects == {f"POST /service/{service}/label": 1 for service in ("301", "201")}
    sent = [each["body"]["label"] for each in kitchen.portal.log(method="POST")]
    assert sent == ["shop", "database, rack 4"], "306 has its label already"
    assert "changed=0" in kitchen.cook("labels.yml").text


def test_tickets_for_machines_that_do_not_respond(kitchen: Kitchen) -> None:
    kitchen.portal.tamper({"department": "9", "name": "Technical support"})
    watch = kitchen.folder / "watch.yml"
    patient = watch.read_text(encoding="utf-8")
    assert patient.count("timeout: 20") == 1
    watch.write_text(patient.replace("timeout: 20", "timeout: 2"), encoding="utf-8")
    only = ("watch.yml", "--limit", "web1,db1", "-e", "ansible_host=127.0.0.1")

    announced = kitchen.cook(*only, "-e", f"ansible_port={closed_port()}")
    assert announced.code == 0, announced.text
    assert kitchen.effects == {}, "the seed account has an incident in progress"

    kitchen.portal.tamper({"incident": "6", "remove": True})
    opened = kitchen.cook(*only, "-e", f"ansible_port={closed_port()}")
    assert opened.code == 0, opened.text
    assert kitchen.effects == {"POST /tickets": 2}
    assert kitchen.cook(*only, "-e", f"ansible_port={closed_port()}").code == 0
    assert kitchen.effects == {}

    with listener() as port:
        back = kitchen.cook(*only, "-e", f"ansible_port={port}")
        assert back.code == 0, back.text
        assert sum(kitchen.effects.values()) == 4, kitchen.effects
        assert kitchen.cook(*only, "-e", f"ansible_port={port}").code == 0
        assert kitchen.effects == {}


#: A portal that does much in another way than the usual one.
ODD: dict[str, Any] = {"page_size": 2, "wrapper": "data", "units": "text", "families": "EDC"}


def test_a_tier_of_web_servers_at_an_odd_portal(kitchen: Kitchen) -> None:
    kitchen.portal.reset(**QUICK, **ODD)
    done = kitchen.cook("web_tier.yml")
    assert done.code == 0, done.text
    assert kitchen.effects == {"POST /service/101/vms": 3}
    assert set(re.findall(r'"msg": "(\w+) #web has the address [\d.]+"', done.text)) == {"web11", "web12", "web13"}
    assert kitchen.cook("web_tier.yml").code == 0
    assert kitchen.effects == {}


def test_addresses_with_reverse_names(kitchen: Kitchen) -> None:
    done = kitchen.cook("addresses.yml")
    assert done.code == 0, done.text
    assert kitchen.effects == {"POST /service/201/ips": 2}
    assert re.search(r"mx2.example.com is [\d.]+", done.text)
    assert kitchen.cook("addresses.yml").code == 0
    assert kitchen.effects == {}


def test_a_vm_is_repaired(kitchen: Kitchen) -> None:
    done = kitchen.cook("rescue.yml")
    assert done.code == 0, done.text
    assert kitchen.effects == {"POST /service/103/vms/31/rescue": 1, "POST /service/103/vms/31/unrescue": 1}
    assert not (kitchen.folder / "rescue-password").exists()


def test_machines_with_a_tag_stop_at_night(kitchen: Kitchen) -> None:
    kitchen.portal.tamper(
        {"service": "101", "vm": "18867", "set": {"label": "web1 #office"}},
        {"service": "103", "set": {"label": "mail #office"}},
    )
    assert kitchen.cook("night.yml", "-e", "state=stopped", "--check").code == 0
    assert kitchen.effects == {}
    done = kitchen.cook("night.yml", "-e", "state=stopped")
    assert done.code == 0, done.text
    assert kitchen.effects == {"POST /service/101/vms/18867/stop": 1, "POST /service/103/vms/31/stop": 1}
    assert kitchen.cook("night.yml", "-e", "state=started").code == 0
    assert kitchen.effects == {"POST /service/101/vms/18867/start": 1, "POST /service/103/vms/31/start": 1}


def test_costs_by_currency(kitchen: Kitchen) -> None:
    kitchen.portal.tamper(
        {"service": "201", "set": {"extra": {"total": "1,200,000 ریال"}}},
        {"service": "202", "set": {"extra": {"total": "$89.00 USD"}}},
        {"service": "301", "set": {"extra": {"billingcycle": "Every full moon"}}},
    )
    done = kitchen.cook("costs.yml")
    assert done.code == 0, done.text
    hosts = kitchen.site.parse_file(kitchen.folder / "production.sindad.yml", kitchen.environment).hosts
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for host in hosts.values():
        sums[host["sindad_currency"] or "unknown"] += Decimal(host["sindad_monthly"] or 0)
    assert len(sums) > 1
    told = dict(re.findall(r"\(item=costs_in_(\w+)\) => { \"msg\": \"([\d.]+) per month", done.text))
    assert {currency: Decimal(amount) for currency, amount in told.items()} == sums
    assert "examplename.com is not included" in done.text
    assert kitchen.effects == {}
