# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The recipes that log in to a machine, on a true sshd (see machine.sh). On the newest core: others need sshpass."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from e2e.support import CACHE, CORES, HERE, Site
from e2e.test_recipes import QUICK, Kitchen, closed_port

PASSWORD = "Chosen-by-the-portal-1"
Start = Callable[[str], int]


def sshd() -> tuple[str, dict[str, str]]:
    """The server, and the environment that it needs: the system's, or the one that make e2e has fetched."""
    system = Path("/usr/sbin/sshd")
    own = CACHE / "sshd/usr/sbin/sshd"
    assert system.exists() or own.exists(), "there is no sshd: make e2e fetches it"
    libraries = ":".join(str(each) for each in sorted((CACHE / "sshd/usr/lib").glob("*-linux-*")))
    return (str(system), {}) if system.exists() else (str(own), {"LD_LIBRARY_PATH": libraries})


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Start]:
    """Starts a machine whose root has this password, and gives its port."""
    if os.geteuid() != 0 or subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode:
        pytest.skip("only root can keep the machine apart, in a mount namespace")
    program, environment = sshd()
    started: list[subprocess.Popen[bytes]] = []

    def start(password: str) -> int:
        port = closed_port()
        folder = tmp_path / "machine"
        folder.mkdir()
        command = ["unshare", "--mount", "sh", str(HERE / "machine.sh"), program, str(port), str(folder)]
        with (tmp_path / "sshd.log").open("wb") as log:
            started.append(
                subprocess.Popen(
                    command,
                    env={**os.environ, **environment, "PASSWORD": password},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )
        wait_until_it_answers(port, started[-1], tmp_path / "sshd.log")
        return port

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(5)


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _each in range(1200):
        assert process.poll() is None, log.read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@pytest.fixture
def kitchen(site: Site, tmp_path: Path) -> Iterator[Kitchen]:
    if site.core.version != CORES[-1]:
        pytest.skip("once is enough")
    site.portal.reset(**QUICK)
    # A socket's path may have 108 characters, and those of pytest's folders have about as many.
    with tempfile.TemporaryDirectory() as sockets:
        yield Kitchen(site, tmp_path, ANSIBLE_SSH_CONTROL_PATH_DIR=sockets)


def arguments(kitchen: Kitchen, port: int) -> tuple[str, ...]:
    """Where the machine of the portal is in truth."""
    given = {
        "ansible_host": "127.0.0.1",
        "ansible_port": port,
        "ansible_python_interpreter": kitchen.site.core.bin / "python",
        "ansible_ssh_extra_args": f"-o UserKnownHostsFile={kitchen.folder}/known_hosts -o IdentitiesOnly=yes",
    }
    return tuple(part for name, value in given.items() for part in ("-e", f'{{"{name}": "{value}"}}'))


def provision(kitchen: Kitchen, port: int, **more: object) -> tuple[str, ...]:
    """The recipe for a new VM, with the place where the machine of the portal is in truth."""
    given = {
        "ansible_host": "127.0.0.1",
        "ansible_python_interpreter": str(kitchen.site.core.bin / "python"),
        "vm_provision_ssh_port": port,
        "vm_provision_ssh_timeout": 60,
        "vm_provision_public_key": f"{kitchen.folder}/key.pub",
        "vm_provision_known_hosts": f"{kitchen.folder}/known_hosts",
        **more,
    }
    return ("new_vm.yml", "-e", json.dumps(given))


def make_key(path: Path) -> str:
    """A pair of keys, of which the public one is returned."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    return path.with_suffix(".pub").read_text()


def offered(kitchen: Kitchen, port: int) -> str:
    """What the machine says of the ways to log in."""
    command = ["ssh", *quiet(kitchen), "-o", "PreferredAuthentications=none", "-p", str(port), "root@127.0.0.1", "true"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def test_the_first_login_on_a_new_vm(kitchen: Kitchen, machine: Start) -> None:
    """The VM was ordered by somebody else, so this run has not created it."""
    make_key(kitchen.folder / "key")
    password = password_of_new_vm(kitchen)
    port = machine(password)
    recipe = provision(kitchen, port)

    checked = kitchen.cook(*recipe, "--check", "--diff")
    assert checked.code == 0 and "changed=0" in checked.text, checked.text
    assert not (kitchen.folder / "known_hosts").exists()
    done = kitchen.cook(*recipe, "-vvv")
    assert done.code == 0, done.text
    assert "changed=3" in done.text, done.text  # the host key, the key, the closed login
    assert kitchen.effects == {}
    assert password not in done.text
    assert login(kitchen, port, "-i", str(kitchen.folder / "key")) == 0
    assert login(kitchen, port) != 0
    assert "(publickey)" in offered(kitchen, port)
    again = kitchen.cook(*recipe, "-v")
    assert again.code == 0, again.text
    assert "changed=0" in again.text and "Read the password" not in again.text, again.text
    for path in kitchen.folder.rglob("*"):
        assert not path.is_file() or "machine" in path.parts or password.encode() not in path.read_bytes(), path


def test_the_host_key_of_an_address(kitchen: Kitchen, machine: Start) -> None:
    """Another key is an error, unless the VM was created in this run."""
    make_key(kitchen.folder / "key")
    known = kitchen.folder / "known_hosts"
    port = machine(PASSWORD)
    older = f"[127.0.0.1]:{port} {make_key(kitchen.folder / 'older')}"
    known.write_text(older)
    closing = {"vm_provision_close_password_login": False}

    # The machine does not know the password that the portal chooses when it creates the VM.
    created = kitchen.cook(*provision(kitchen, port, vm_provision_ssh_timeout=1, **closing))
    assert created.code != 0 and "does not accept the password that the portal reports" in created.text, created.text
    assert kitchen.effects["POST /service/101/vms"] == 1
    assert "ssh-ed25519" in known.read_text() and older not in known.read_text()

    known.write_text(older)
    refused = kitchen.cook(*provision(kitchen, port, **closing))
    assert refused.code != 0 and "has another host key than the one in" in refused.text, refused.text
    assert known.read_text() == older and kitchen.effects == {}

    alone = kitchen.cook(*provision(kitchen, port, vm_provision_known_hosts="", **closing), HOME=str(kitchen.folder))
    assert "has another host key" not in alone.text, alone.text
    assert known.read_text() == older and not (kitchen.folder / ".ssh/known_hosts").exists()


@pytest.mark.parametrize(
    ("key", "said"),
    [("{folder}/key", "must be a public key"), ("{folder}/none.pub", "none.pub"), ("a word", "a word")],
)
def test_a_bad_key_orders_nothing(kitchen: Kitchen, key: str, said: str) -> None:
    make_key(kitchen.folder / "key")
    given = {"vm_provision_public_key": key.format(folder=kitchen.folder)}
    done = kitchen.cook(*provision(kitchen, 9, **given))
    assert done.code != 0 and said in done.text, done.text
    assert "PRIVATE KEY" not in done.text and kitchen.effects == {}


def test_an_address_of_the_controller_is_never_used(kitchen: Kitchen) -> None:
    make_key(kitchen.folder / "key")
    password_of_new_vm(kitchen)
    (vm,) = (vm for vm in kitchen.portal.state()["services"]["101"]["vms"].values() if vm["label"] == "web9")
    kitchen.portal.tamper({"service": "101", "vm": str(vm["id"]), "set": {"ipv4": ["127.0.0.1"]}})
    given = json.dumps({"vm_provision_public_key": f"{kitchen.folder}/key.pub"})
    done = kitchen.cook("new_vm.yml", "-e", given, HOME=str(kitchen.folder))
    assert done.code != 0 and "leads to the controller itself" in done.text, done.text


def password_of_new_vm(kitchen: Kitchen) -> str:
    """The one that the portal chooses for the VM of the recipe, created before it so that the machine can have it."""
    options = "service=101 label=web9 template='Debian 12' memory=2048 cpu=2 disk=20 state=started return_password=true"
    command = ("ansible", "localhost", "-c", "local", "-i", "localhost,", "-m", "sindad.cloud.vm", "-a", options)
    made = kitchen.site.core.run(*command, **kitchen.environment)
    assert made.code == 0, made.text
    (password,) = set(re.findall(r'"password": "(.{8,})"', made.out))
    return password


def quiet(kitchen: Kitchen) -> list[str]:
    known = f"UserKnownHostsFile={kitchen.folder}/known_hosts"
    return ["-o", known, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes"]


def login(kitchen: Kitchen, port: int, *key: str) -> int:
    command = ["ssh", *quiet(kitchen), *key, "-p", str(port), "root@127.0.0.1", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_reinstall_then_configure(kitchen: Kitchen, machine: Start) -> None:
    port = machine(PASSWORD)
    kitchen.portal.tamper({"service": "201", "server": {"os": {"id": "alma9", "name": "AlmaLinux 9"}}})
    (kitchen.folder / "vault.yml").write_text(f"vault_root_password: {PASSWORD}\n")
    recipe = ("reinstall.yml", *arguments(kitchen, port))
    done = kitchen.cook(*recipe, HOME=str(kitchen.folder))
    assert done.code == 0, done.text
    assert PASSWORD not in done.text
    assert kitchen.effects.pop("POST /service/201/reinstall", None) == 1, kitchen.effects
    motd = (kitchen.folder / "machine/etc/motd").read_text()
    assert motd == "This is db1.example.com. It is managed by Ansible.\n"
    again = kitchen.cook(*recipe, HOME=str(kitchen.folder))
    assert again.code == 0, again.text
    assert "changed=0" in again.text and kitchen.effects == {}


def test_a_server_from_bare_metal_to_ssh(kitchen: Kitchen, machine: Start) -> None:
    """The key is installed as a text, so that the login with passwords can only be closed when its path is given."""
    port = machine(PASSWORD)
    kitchen.portal.tamper({"service": "201", "server": {"os": {"id": "alma9", "name": "AlmaLinux 9"}}})
    make_key(kitchen.folder / "key")
    older = f"[127.0.0.1]:{port} {make_key(kitchen.folder / 'older')}"
    (kitchen.folder / "known_hosts").write_text(older)
    given = {
        "ansible_host": "127.0.0.1",
        "ansible_python_interpreter": str(kitchen.site.core.bin / "python"),
        "server_provision_root_password": PASSWORD,
        "server_provision_ssh_timeout": 10,
        "server_provision_ssh_port": port,
        "server_provision_public_key": (kitchen.folder / "key.pub").read_text(),
        "server_provision_known_hosts": f"{kitchen.folder}/known_hosts",
    }
    recipe = ("sindad.cloud.provision", "-e", "@server1.yml", "-e")
    checked = kitchen.cook(*recipe, json.dumps(given), "--check")
    assert checked.code == 0 and "changed=3" in checked.text, checked.text
    assert kitchen.effects == {} and (kitchen.folder / "known_hosts").read_text() == older

    done = kitchen.cook(*recipe, json.dumps(given))
    assert done.code == 0, done.text
    assert PASSWORD not in done.text
    assert kitchen.effects == {
        "POST /service/201/reinstall": 1,
        "POST /service/201/label": 1,
        "POST /service/201/ips/502": 1,
    }
    assert (kitchen.folder / "known_hosts").read_text() != older
    given["server_provision_public_key"] = f"{kitchen.folder}/key.pub"
    given["server_provision_close_password_login"] = True
    closed = kitchen.cook(*recipe, json.dumps(given))
    assert closed.code == 0 and "changed=1" in closed.text, closed.text
    again = kitchen.cook(*recipe, json.dumps(given))
    assert again.code == 0 and "changed=0" in again.text, again.text
    assert kitchen.effects == {}


def test_a_server_that_does_not_answer(kitchen: Kitchen) -> None:
    port = closed_port()
    given = f"ansible_host=127.0.0.1 server_provision_ssh_timeout=1 server_provision_ssh_port={port}"
    late = kitchen.cook("sindad.cloud.provision", "-e", "@server1.yml", "-e", given)
    assert late.code != 0
    assert f"did not answer SSH on 127.0.0.1, port {port}, within 1 s" in late.text
    assert "POST /service/201/label" not in kitchen.effects
