# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows the collection at work: real Ansible commands on an account at the portal emulator. Start it with `make demo`.

Every command is printed as a user would type it, with what it really printed. The script checks what it says about each
of them, and ends with another exit code than 0 if something is not so.
"""

from __future__ import annotations

import collections
import locale
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from with_emulator import emulator  # noqa: E402

from tests.emulator.portal import Remote  # noqa: E402

REPORT = ROOT / ".cache" / "demo" / "report.html"
WORKERS = {f"worker{number}" for number in range(1, 7)}
WIDTH = 79  # as wide as Ansible prints where there is no terminal
INVENTORY = "-i demo/demo.sindad.yml"
POWER = "-c local -m sindad.cloud.vm -a 'service={{ sindad_service_id }} vmid={{ sindad_vm_id }} state=%s'"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
RECAP = re.compile(r"^(\S+)\s+: ok=\d+ +changed=(\d+) +unreachable=(\d+) +failed=(\d+)", re.M)


class NotAsSaid(Exception):
    """Something that the demo says about a command is not so."""


class Terminal:
    """Types commands, and knows what the portal saw of each."""

    def __init__(self, url: str) -> None:
        self.portal = Remote(url)
        self.environment = environment(self.portal.api_url)
        self.bold, self.plain = ("\033[1m", "\033[0m") if "ANSIBLE_FORCE_COLOR" in self.environment else ("", "")

    def say(self, *lines: str) -> None:
        print(*lines, sep="\n", flush=True)

    def tell(self, text: str) -> None:
        self.say("", textwrap.fill(text, WIDTH, break_on_hyphens=False))

    def chapter(self, title: str, text: str) -> None:
        self.say("", "", f"{self.bold}=== {title} {'=' * (WIDTH - len(title) - 5)}{self.plain}")
        self.tell(text)

    def prompt(self, command: str) -> None:
        self.say("", f"{self.bold}$ {command}{self.plain}")

    def run(self, command: str, code: int = 0) -> str:
        """Show the command and what it prints, and return that; it has to end with this exit code."""
        self.prompt(command)
        self.portal.clear_log()
        started = time.monotonic()
        lines = []
        with subprocess.Popen(
            ["bash", "-c", command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                lines.append(line)
                print(line, end="", flush=True)
        if self.seen():
            self.say(f"[{time.monotonic() - started:.1f} s. The portal received {self.told()}.]")
        so(process.returncode == code, f"the command ended with exit code {process.returncode}, not {code}")
        return COLOURS.sub("", "".join(lines))

    def seen(self) -> collections.Counter[str]:
        """How many requests of each kind the portal received from the last command."""
        return collections.Counter(each["method"] for each in self.portal.log())

    def only_looked(self) -> None:
        """The last command sent nothing but GET."""
        so(set(self.seen()) == {"GET"}, f"the portal received {self.told()}")

    def labels(self, service: str) -> set[str]:
        """The names of the VMs that a service really has."""
        return {vm["label"] for vm in self.portal.state()["services"][service]["vms"].values()}

    def told(self) -> str:
        return ", ".join(f"{count} {method}" for method, count in sorted(self.seen().items()))


def environment(api_url: str) -> dict[str, str]:
    """The environment of the commands: no account but the emulator's, no settings but the demo's."""
    foreign = ("SINDAD_", "ANSIBLE_")
    made = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    tree = ROOT / ".cache" / "tree"
    link = tree / "ansible_collections" / "sindad" / "cloud"
    if not link.exists():
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(ROOT)
    made.update(
        SINDAD_API_URL=api_url,
        SINDAD_USERNAME="user@example.com",
        SINDAD_PASSWORD="secret",
        ANSIBLE_COLLECTIONS_PATH=str(tree),
        ANSIBLE_CONFIG=str(ROOT / "demo" / "ansible.cfg"),
        ANSIBLE_HOME=str(ROOT / ".cache" / "ansible"),
        PATH=os.pathsep.join([str(Path(sys.executable).parent), made.get("PATH", os.defpath)]),
        PYTHONUNBUFFERED="1",
        # The emulator is on this machine, whatever proxy leads to the world.
        no_proxy="127.0.0.1",
        NO_PROXY="127.0.0.1",
    )
    if locale.getencoding().lower() not in ("utf-8", "utf8"):
        made["LC_ALL"] = "C.UTF-8"  # Ansible runs in no other
    if sys.stdout.isatty() and "NO_COLOR" not in made:
        made["ANSIBLE_FORCE_COLOR"] = "1"
    return made


def so(condition: object, otherwise: str) -> None:
    if not condition:
        raise NotAsSaid(otherwise)


def recap(output: str, changed: int) -> None:
    """The playbook's recap tells of so many changes and of no failure."""
    found = RECAP.findall(output)
    so(found, "there is no recap of the play")
    for host, was_changed, unreachable, failed in found:
        so((unreachable, failed) == ("0", "0"), f"not everything went well on {host}")
        so(int(was_changed) == changed, f"changed={was_changed} on {host}, not changed={changed}")


def show(terminal: Terminal) -> None:
    """The demo, chapter by chapter."""
    terminal.chapter(
        "sindad.cloud: your hosting account in Ansible",
        "What follows are real Ansible commands. They talk over HTTP to an emulated portal on this machine, so nothing "
        "is bought and nothing can break. For a real account, set the address of your portal and your own login. The "
        "lines in square brackets are the demo's own: they tell what the portal received.",
    )
    terminal.prompt(f"export SINDAD_API_URL={terminal.portal.api_url}")
    terminal.prompt("export SINDAD_USERNAME=user@example.com SINDAD_PASSWORD=secret")

    terminal.chapter(
        "1. The account is an inventory",
        "One line names the plugin, and every virtual machine, dedicated server and other service is a host, in groups "
        "by category, kind, power and status. The two lines after it choose what is read; both could be left out.",
    )
    terminal.run("cat demo/demo.sindad.yml")
    before = terminal.run(f"ansible-inventory {INVENTORY} --graph")
    so("@sindad_kind_vm" in before and "--web1" in before, "the VM web1 is not in the inventory")
    terminal.tell("Each host comes with what the portal knows of it, and with the address to connect to:")
    host = terminal.run(f"ansible-inventory {INVENTORY} --host web1 --yaml")
    so("ansible_host: 192.0.2.10" in host, "web1 has no address")

    terminal.chapter(
        "2. A playbook says what there should be",
        "It names things as people do: a service by its domain, a template and a department by name.",
    )
    terminal.run("cat demo/site.yml")
    terminal.tell("The first run creates what is missing, and waits until it is there:")
    recap(terminal.run("ansible-playbook demo/site.yml"), changed=4)

    terminal.chapter(
        "3. The same playbook again changes nothing",
        "Each task looks first and acts only on a difference: changed=0, and the portal receives nothing but GET. "
        "No second VM, no second address, no second ticket.",
    )
    recap(terminal.run("ansible-playbook demo/site.yml"), changed=0)
    terminal.only_looked()

    terminal.chapter(
        "4. See a change before it is made",
        "Somebody wants twice the memory. --check changes nothing, and --diff shows what would become different.",
    )
    pending = terminal.run("ansible-playbook demo/site.yml --check --diff -e web_memory=4096")
    recap(pending, changed=1)
    so(re.search(r"^-.*memory.*2048", pending, re.M), "the old size is not in the difference")
    so(re.search(r"^\+.*memory.*4096", pending, re.M), "the new size is not in the difference")
    terminal.only_looked()

    terminal.chapter(
        "5. One command for a group of machines",
        "The groups and variables of the inventory are all that an ad-hoc command needs. Here it stops every VM whose "
        "name begins with web.",
    )
    stopped = terminal.run(f"ansible sindad_kind_vm --limit 'web*' {INVENTORY} {POWER % 'stopped'}")
    so(stopped.count("changed: [web") == 2, "not both machines were stopped")
    off = terminal.run(f"ansible-inventory {INVENTORY} --graph sindad_power_off")
    so("--web1" in off and "--web2" in off, "the machines are not shown as off")

    terminal.chapter(
        "6. Many machines in one task",
        "A fleet is a list of machines. They are ordered side by side and waited for together, so that six take hardly "
        "longer than one, and one list a round serves all of them.",
    )
    terminal.run("cat demo/fleet.yml")
    recap(terminal.run("ansible-playbook demo/fleet.yml"), changed=1)
    so(terminal.seen()["POST"] == len(WORKERS), "there was not one order for each machine")
    so(terminal.labels("102") >= WORKERS, "not every machine of the fleet is there")
    terminal.tell("Again, nothing is done twice:")
    recap(terminal.run("ansible-playbook demo/fleet.yml"), changed=0)
    terminal.only_looked()

    terminal.chapter(
        "7. A mistake is answered with one clear sentence",
        "A mistyped template: the message says what is wrong, where, and what there is instead. Nothing was changed.",
    )
    wrong = terminal.run(
        "ansible localhost -m sindad.cloud.vm -a 'service=cloud-a.example.com label=web3 memory=2048 cpu=2 disk=20 "
        'template="Debain 12"\'',
        code=2,
    )
    so("Template 'Debain 12' not found" in wrong and "Debian 12" in wrong, "the message does not help")
    so("Traceback" not in wrong, "there is a traceback")
    terminal.only_looked()

    terminal.chapter(
        "8. Clean up",
        "What was stopped is started, what is not wanted any more is absent or closed. Then the same machines "
        "run as at the beginning.",
    )
    started = terminal.run(f"ansible sindad_power_off --limit 'web*' {INVENTORY} {POWER % 'started'}")
    so(started.count("changed: [web") == 2, "not both machines were started")
    terminal.run("cat demo/cleanup.yml")
    recap(terminal.run("ansible-playbook demo/cleanup.yml"), changed=5)
    so(not WORKERS & terminal.labels("102"), "machines of the fleet are left")
    after = terminal.run(f"ansible-inventory {INVENTORY} --graph sindad_power_on")
    so(textwrap.indent(after, "  |")[3:] + "  |--@" in before, "the inventory is not as it was")

    terminal.chapter(
        "9. A report for the person who pays the bill",
        "One page about what the account costs, what falls due, and what needs attention. It is a single file that can "
        "be sent by mail, and read on a phone or on paper.",
    )
    REPORT.unlink(missing_ok=True)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    recap(
        terminal.run(f"ansible-playbook sindad.cloud.report -e account_report_dest={REPORT.relative_to(ROOT)}"),
        changed=1,
    )
    terminal.only_looked()
    page = REPORT.read_text(encoding="utf-8")
    so(page.startswith("<!DOCTYPE html>") and "web1" in page, "the report does not show the account")


def main() -> int:
    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)  # through the clean-up

    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the emulator inherits this: it ends with us, not by itself
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    started = time.monotonic()
    with emulator() as url:
        signal.signal(signal.SIGINT, leave)
        terminal = Terminal(url)
        try:
            show(terminal)
        except NotAsSaid as problem:
            terminal.say("", f"THE DEMO FAILED: {problem}.")
            return 1
    terminal.chapter(
        "That was all",
        f"It took {time.monotonic() - started:.0f} seconds, and each step did what was said of it. Next: README.md for "
        "your own account, docs/guide_getting_started.md for the first steps, and `make test` for the proof.",
    )
    terminal.say("", f"The report lies at {REPORT}. Open it in a browser.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
