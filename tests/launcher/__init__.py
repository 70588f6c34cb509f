# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run Ansible's commands from one process that has imported Ansible: a command is a fork of it, and starts at once.

    with Launcher(python_of_an_ansible_core, environment) as launcher:
        code = launcher.run(["ansible-playbook", "site.yml"], folder, log, log)

Commands that a command or a script starts are found on the PATH of ``launcher.environment`` and take the same way. What
the server cannot do alike, because Ansible read it as it was imported, is done by the true command; see client.py.
"""

from __future__ import annotations

import json
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from .client import COMMANDS, VARIABLE, Job

HERE = Path(__file__).resolve().parent


class Launcher:
    """A server of an ansible-core, and how it is asked. Threads may share it.

    :ivar environment: for a program that starts commands of Ansible. :ivar variables: what that adds.
    """

    def __init__(self, python: str | Path, environment: Mapping[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="launcher"))
        address = str(self.folder / "socket")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(address)
            listener.listen(64)
            self._server = subprocess.Popen(
                [python, str(HERE / "server.py"), str(listener.fileno())],
                env=dict(environment),
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
            )
        (self.folder / "environment.json").write_text(json.dumps(dict(environment)), encoding="utf-8")
        for name in COMMANDS:
            command = self.folder / name
            command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -IS "{HERE}/client.py" {name} "$@"\n')
            command.chmod(0o755)
        self.variables = {
            "PATH": f"{self.folder}:{environment['PATH']}",
            VARIABLE: shlex.join([address, str(self.folder)]),
        }
        self.environment = {**environment, **self.variables}
        self._running: set[Job] = set()

    def run(
        self,
        command: Sequence[str],
        folder: Path,
        out: IO[bytes],
        err: IO[bytes],
        environment: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> int:
        """The exit code of a command of Ansible.

        :param environment: that of the command; default: ``self.environment``.
        :raises TimeoutError: after *timeout* seconds, when the command and all that it has started were ended.
        """
        job = Job(command, str(folder), environment or self.environment)
        self._running.add(job)
        try:
            return job.run(out.fileno(), err.fileno(), timeout)
        finally:
            self._running.discard(job)

    def stop(self) -> None:
        """End what runs."""
        for job in list(self._running):
            job.stop()

    def close(self) -> None:
        """End what runs, and the server."""
        self.stop()
        self._server.communicate()
        shutil.rmtree(self.folder)

    def __enter__(self) -> Launcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
