# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ask the server of the launcher for a command of Ansible. Started as ``client.py COMMAND ARGUMENT...`` it takes the
place of that command: of a program that the folder of the launcher has on its PATH.

It imports little, as it is to start at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import socket
import sys
from collections.abc import Mapping, Sequence

#: The commands that the server has imported.
COMMANDS = ("ansible", "ansible-inventory", "ansible-playbook")
#: The variable of the environment that says where the server is: its socket, and the folder of these commands.
VARIABLE = "LAUNCHER"
#: How a command is to be run: its tasks without forks; the control address of an emulator whose clock is moved.
TASKS, CLOCK = "LAUNCHER_TASKS", "LAUNCHER_CLOCK"
#: What a program reads as it starts: the server has done that.
STARTING = ("ANSIBLE_", "PYTHON", "LC_", "LANG", "TZ")
#: Settings that Ansible reads when it needs them, or that the server renews. Others were read by the server long ago.
RENEWED = {
    "ANSIBLE_HOST_KEY_CHECKING": "",
    "ANSIBLE_SSH_ARGS": "",
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "INVENTORY_UNPARSED_IS_FAILED",
    "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "INVENTORY_ANY_UNPARSED_IS_FAILED",
}


class Job:
    """A command that the server is to run."""

    def __init__(self, command: Sequence[str], folder: str, environment: Mapping[str, str]) -> None:
        self.command, self.folder, self.environment = list(command), folder, dict(environment)
        self.group: int | None = None

    def run(self, out: int, err: int, timeout: float | None = None) -> int:
        """Its exit code. :raises TimeoutError: after *timeout* seconds, when all of it was ended."""
        what = {"command": self.command, "folder": self.folder, "environment": self.environment}
        with socket.socket(socket.AF_UNIX) as server:
            server.connect(shlex.split(self.environment[VARIABLE])[0])
            socket.send_fds(server, [b"."], [out, err])
            server.sendall(json.dumps(what).encode() + b"\n")
            with server.makefile("r", encoding="utf-8") as answers:
                self.group = int(answers.readline())
                try:
                    server.settimeout(timeout)
                    return int(answers.readline() or 1)
                except TimeoutError:
                    self.stop()
                    raise
                finally:
                    self.group = None

    def stop(self) -> None:
        """End it, and all that it has started."""
        if self.group:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.group, signal.SIGTERM)


def stranger(environment: Mapping[str, str], folder: str, of_server: Mapping[str, str]) -> str:
    """What the server cannot do alike; empty if nothing."""
    if os.path.exists(os.path.join(folder, "ansible.cfg")):
        return "ansible.cfg"
    names = {name for name in {*environment, *of_server} if name.startswith(STARTING)}
    differing = (name for name in sorted(names) if environment.get(name) != of_server.get(name))
    return next((name for name in differing if name not in RENEWED), "")


def main() -> None:
    name, arguments = sys.argv[1], sys.argv[2:]
    _address, folder = shlex.split(os.environ[VARIABLE])
    with open(os.path.join(folder, "environment.json"), encoding="utf-8") as file:
        of_server = json.load(file)
    if stranger(os.environ, os.getcwd(), of_server):
        os.environ["PATH"] = os.environ["PATH"].replace(f"{folder}:", "")
        os.execvp(name, [name, *arguments])
    job = Job([name, *arguments], os.getcwd(), os.environ)

    def end(number: int, _frame: object) -> None:
        job.stop()
        sys.exit(128 + number)

    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, end)
    sys.exit(job.run(1, 2))


if __name__ == "__main__":
    main()
