# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run Ansible as a user does: in a process of its own, with an ansible-core of the Makefile's environments.

Where nothing depends on how the program starts, the process is a fork of one that has imported Ansible; see launcher/.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from launcher import Launcher
from launcher.client import CLOCK, COMMANDS, TASKS, stranger

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = ROOT / ".cache"
TREE = CACHE / "tree"
#: The oldest and the newest that we support are enough to see each change; E2E_CORES='2.18 2.19 2.20' chooses others.
CORES = os.environ.get("E2E_CORES", "2.16 2.21").split()
PLUGIN = "sindad.cloud.sindad"
LOGIN = {"username": "user@example.com", "password": "secret"}


@dataclass
class Run:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """All that was printed, lines joined as they were before Ansible wrapped them."""
        return " ".join((self.out + " " + self.err).split())

    @cached_property
    def json(self) -> Any:
        assert self.code == 0, self.text
        return json.loads(self.out)

    @cached_property
    def hosts(self) -> dict[str, dict[str, Any]]:
        return self.json["_meta"]["hostvars"]


@dataclass
class Parsed:
    """What the parser made of a source, see parser.py."""

    error: str | None
    warnings: list[str]
    hosts: dict[str, dict[str, Any]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    executed: list[list[str]] | None = None

    @property
    def names(self) -> list[str]:
        assert self.error is None, self.error
        return sorted(self.order)

    def var(self, name: str) -> dict[str, Any]:
        """The variable of every host that has one."""
        assert self.error is None, self.error
        return {host: values[name] for host, values in self.hosts.items() if values.get(name) is not None}


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")


class Core:
    """An ansible-core, and an emulated portal of its own; with *settings* of Ansible in its environment."""

    def __init__(self, version: str, home: Path, **settings: str) -> None:
        self.version = version
        self.settings = settings
        self.bin = CACHE / "venv" / version / "bin"
        self.home = home
        self.old = tuple(map(int, version.split("."))) < (2, 19)
        self._parser: subprocess.Popen[str] | None = None
        self._sources = 0
        self._started: Launcher | None = None
        home.mkdir()

    @property
    def there(self) -> bool:
        return (self.bin / "ansible-inventory").exists()

    def env(self, **more: str) -> dict[str, str]:
        """The environment of a command: nothing of the caller's Ansible or account, and wide lines."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "SINDAD_"))}
        return {
            **kept,
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "ANSIBLE_HOME": str(self.home / "ansible"),
            "ANSIBLE_COLLECTIONS_PATH": str(TREE),
            "ANSIBLE_CACHE_PLUGINS": str(HERE / "cache_plugins"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_NOCOLOR": "1",
            "COLUMNS": "4000",
            **self.settings,
            **more,
        }

    def source(self, options: dict[str, Any] | str | None = None, **more: Any) -> Path:
        """A source file of the inventory; the options as JSON, which is YAML. A string is the whole text."""
        self._sources += 1
        path = self.home / f"{self._sources}.sindad.yml"
        text = (
            options if isinstance(options, str) else json.dumps({"plugin": PLUGIN, **(options or {}), **more}, indent=1)
        )
        path.write_text(text, encoding="utf-8")
        return path

    @property
    def _launcher(self) -> Launcher:
        self._started = self._started or Launcher(self.bin / "python", self.env())
        return self._started

    def run(
        self,
        program: str,
        *arguments: Any,
        cwd: Path | None = None,
        timeout: float = 180,
        without_forks: str = "",
        **env: str,
    ) -> Run:
        """Run a program of Ansible.

        :param without_forks: the control address of an emulator: tasks run in one process, which does not sleep but
            pushes the clock of that emulator.
        """
        command, folder = [str(self.bin / program), *map(str, arguments)], cwd or self.home
        environment = self.env(**env)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            if program in COMMANDS and not stranger(environment, str(folder), self.env()):
                ways = {TASKS: "in_process", CLOCK: without_forks} if without_forks else {}
                environment = {**environment, **self._launcher.variables, **ways}
                code = self._launcher.run(command, folder, out, err, environment, timeout)
            else:
                code = subprocess.run(
                    command,
                    env=environment,
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    timeout=timeout,
                    check=False,
                ).returncode
            return Run(code, *(_text(file) for file in (out, err)))

    def ask(self, **case: Any) -> dict[str, Any]:
        """Ask the parser, which is started once."""
        if self._parser is None:
            self._parser = subprocess.Popen(
                [str(self.bin / "python"), str(HERE / "parser.py")],
                env=self.env(ANSIBLE_INVENTORY_UNPARSED_FAILED="true", ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true"),
                cwd=self.home,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=sys.stderr,
                text=True,
            )
        assert self._parser.stdin is not None and self._parser.stdout is not None
        self._parser.stdin.write(json.dumps(case) + "\n")
        self._parser.stdin.flush()
        return json.loads(self._parser.stdout.readline())

    def close(self) -> None:
        if self._parser is not None:
            self._parser.communicate(timeout=10)
        if self._started is not None:
            self._started.close()


@dataclass
class Site:
    """An ansible-core beside an emulated portal: what a test works with."""

    core: Core
    portal: Any

    def options(self, options: dict[str, Any]) -> dict[str, Any]:
        """Options of a source file that reach this portal."""
        return {"api_url": self.portal.api_url, **LOGIN, **options}

    def source(self, **options: Any) -> Path:
        return self.core.source(self.options(options))

    def parse(self, env: dict[str, str] | None = None, extra_vars: tuple[str, ...] = (), **options: Any) -> Parsed:
        """The inventory with these options, through Ansible's own machinery."""
        return self.parse_file(self.source(**options), env, extra_vars)

    def parse_file(
        self, source: Path, env: dict[str, str] | None = None, extra_vars: tuple[str, ...] = (), **more: Any
    ) -> Parsed:
        """*more*: cache=False refreshes, execute=True tries every variable as a template."""
        return Parsed(**self.core.ask(source=str(source), env=env or {}, extra_vars=extra_vars, **more))

    def list(self, source: Path, *arguments: Any, **env: str) -> Run:
        """ansible-inventory --list --export, as AWX runs it."""
        env = {"ANSIBLE_INVENTORY_UNPARSED_FAILED": "true", **env}
        return self.core.run("ansible-inventory", "-i", source, "--list", "--export", *arguments, **env)

    def requests(self) -> dict[str, int]:
        """How often each route was asked for since the last look."""
        found = self.portal.summary()["by_route"]
        self.portal.clear_log()
        return found


def text_of(value: Any) -> Any:
    """What the inventory prints, without the marks of free text that ansible-core 2.19 and newer add."""
    if isinstance(value, dict):
        return value.get("__ansible_unsafe", {key: text_of(part) for key, part in value.items()})
    return [text_of(part) for part in value] if isinstance(value, list) else value
