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
VM = "-m sindad.cloud.vm -a"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
NOISE = re.compile(r"PLAY |ok: |skipping: |included: ")
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

    def run(self, command: str, code: int = 0, show: str = "") -> str:
        """Show the command and what it prints, and return that; it has to end with this exit code.

        Of a playbook, what went well without a change is left out; with *show*, each line that does not match.
        """
        self.prompt(command)
        self.portal.clear_log()
        started = time.monotonic()
        lines, title = [], ""
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
                plain = COLOURS.sub("", line)
                if plain.startswith("TASK ["):
                    title = line
                elif plain.strip() and not NOISE.match(plain) and re.search(show, plain):
                    print("" if RECAP.match(plain) else title, line, sep="", end="", flush=True)
                    title = ""
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
        "These are real Ansible commands, which talk over HTTP to an emulated portal on this machine: nothing is "
        "bought. The lines in square brackets say what the portal received. Of the output of playbooks, what went well "
        "without a change is left out.",
    )
    show_inventory(terminal)
    show_playbook(terminal)
    show_fleet(terminal)
    show_mistake(terminal)
    clean_up(terminal)
    show_report(terminal)


def show_inventory(terminal: Terminal) -> None:
    terminal.chapter(
        "1. The account is an inventory, and one command is enough for a machine",
        "Every virtual machine, dedicated server and other service is a host. A module on a host is about this "
        "machine, and asks the portal, not the machine.",
    )
    terminal.run("cat demo/demo.sindad.yml")
    graph = terminal.run(f"ansible-inventory {INVENTORY} --graph sindad_kind_vm")
    so("--web1" in graph, "the VM web1 is not in the inventory")
    restarted = terminal.run(f"ansible web1 {INVENTORY} {VM} state=restarted")
    so("changed: [web1]" in restarted, "web1 was not restarted")
    so(terminal.seen()["POST"] == 1, "there was not one restart")


def show_playbook(terminal: Terminal) -> None:
    terminal.chapter(
        "2. A playbook says what there should be",
        "It names things as people do. The first run creates what is missing, and waits until it is there.",
    )
    terminal.run("sed -n '9,27p' demo/site.yml")
    recap(terminal.run("ansible-playbook demo/site.yml"), changed=4)
    terminal.tell("The same playbook again changes nothing, and the portal receives nothing but GET:")
    recap(terminal.run("ansible-playbook demo/site.yml"), changed=0)
    terminal.only_looked()
    terminal.tell("Somebody needs twice the memory. --check changes nothing, and --diff shows what would be different:")
    pending = terminal.run("ansible-playbook demo/site.yml --check --diff -e web_memory=4096")
    recap(pending, changed=1)
    so(re.search(r"^-.*memory.*2048", pending, re.M), "the old size is not in the difference")
    so(re.search(r"^\+.*memory.*4096", pending, re.M), "the new size is not in the difference")
    terminal.only_looked()


def show_fleet(terminal: Terminal) -> None:
    terminal.chapter(
        "3. Many machines in one task",
        "They are ordered side by side and waited for together: six take hardly longer than one.",
    )
    terminal.run("sed -n '5,14p' demo/fleet.yml")
    recap(terminal.run("ansible-playbook demo/fleet.yml"), changed=1)
    so(terminal.seen()["POST"] == len(WORKERS), "there was not one order for each machine")
    so(terminal.labels("102") >= WORKERS, "not every machine of the fleet is there")
    recap(terminal.run("ansible-playbook demo/fleet.yml"), changed=0)
    terminal.only_looked()


def show_mistake(terminal: Terminal) -> None:
    terminal.chapter(
        "4. A mistake is answered with one clear sentence", "A mistyped template, before anything is changed:"
    )
    wrong = terminal.run(
        f"ansible localhost {VM} 'service=cloud-a.example.com label=web3 memory=2G cpu=2 disk=20G "
        'template="Debain 12"\'',
        code=2,
        show="There is no template|FAILED",
    )
    so("Template 'Debain 12' not found" in wrong and "Debian 12" in wrong, "the message does not help")
    so("Traceback" not in wrong, "there is a traceback")
    terminal.only_looked()


def clean_up(terminal: Terminal) -> None:
    terminal.chapter("5. Clean up", "The same modules with state: absent, or closed.")
    recap(terminal.run("ansible-playbook demo/cleanup.yml"), changed=5)
    so(not WORKERS & terminal.labels("102"), "machines of the fleet are left")


def show_report(terminal: Terminal) -> None:
    terminal.chapter(
        "6. A report for the person who pays the bill",
        "One page about what the account costs, what falls due, and what needs attention: a single file, to be sent by "
        "mail, and read on a phone or on paper.",
    )
    REPORT.unlink(missing_ok=True)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    recap(
        terminal.run(f"ansible-playbook sindad.cloud.report -e account_report_dest={REPORT.relative_to(ROOT)}"),
        changed=2,
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
    terminal.tell(
        f"That was all. It took {time.monotonic() - started:.0f} seconds, and each step did what was said of it. Next: "
        "README.md for your own account, docs/guide_getting_started.md for the first steps."
    )
    terminal.say("", f"The report is {REPORT}. Open it in a browser.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
