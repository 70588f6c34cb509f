# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server of the launcher, in the Python of an ansible-core: ``server.py LISTENING_SOCKET``.

It ends when its standard input does. A job comes with the two files for what the command prints.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import warnings

import in_process
import moved_clock
from ansible import constants
from client import CLOCK, RENEWED, TASKS

CLASSES = {
    "ansible": "adhoc.AdHocCLI",
    "ansible-inventory": "inventory.InventoryCLI",
    "ansible-playbook": "playbook.PlaybookCLI",
}
#: What a playbook would import on its way, besides.
ANSIBLE = (
    "ansible.executor.task_executor",
    "ansible.plugins.callback.default",
    "ansible.plugins.connection.local",
    "ansible.plugins.shell.sh",
    "ansible.plugins.strategy.linear",
)
OURS = "ansible_collections.sindad.cloud.plugins"


def preload() -> None:
    """Import what each command would have to import, and let the clock be replaced."""
    for name in CLASSES.values():
        importlib.import_module(f"ansible.cli.{name.partition('.')[0]}")
    for name in ANSIBLE:
        importlib.import_module(name)
    from ansible.plugins.loader import init_plugin_loader

    init_plugin_loader()
    # each command does the same once more
    warnings.filterwarnings("ignore", "AnsibleCollectionFinder has already been configured")
    moved_clock.prepare()
    for kind in ("action", "inventory", "filter"):
        package = importlib.import_module(f"{OURS}.{kind}")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")


def run(command: list[str]) -> int:
    """Run a command as its own program would. Its exit code."""
    module, cli = CLASSES[os.path.basename(command[0])].split(".")
    sys.argv = command
    for setting in filter(None, RENEWED.values()):
        setattr(constants, setting, constants.config.get_config_value(setting))
    if os.environ.get(TASKS) == "in_process":
        in_process.replace_workers()
    if os.environ.get(CLOCK):
        moved_clock.start(os.environ[CLOCK])
    try:
        getattr(importlib.import_module(f"ansible.cli.{module}"), cli).cli_executor(command)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def serve(client: socket.socket) -> int:
    """Do one job, in a process of its own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _sign, files, _flags, _address = socket.recv_fds(client, 1, 2)
    for source, target in zip((os.open(os.devnull, os.O_RDONLY), *files), (0, 1, 2)):
        os.dup2(source, target)
        os.close(source)
    client.sendall(f"{os.getpid()}\n".encode())
    with client.makefile("r", encoding="utf-8") as asked:
        job = json.loads(asked.readline())
    os.chdir(job["folder"])
    os.environ.clear()
    os.environ.update(job["environment"])
    try:
        code = run(job["command"])
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        code = 1
    client.sendall(f"{code}\n".encode())
    return code


def reap(*_signal: object, options: int = os.WNOHANG) -> None:
    """Let no job that has ended stay behind."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            pass


def main() -> None:
    preload()
    signal.signal(signal.SIGCHLD, reap)
    listener = socket.socket(fileno=int(sys.argv[1]))
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        client, _address = listener.accept()
        with client:
            if os.fork() == 0:
                listener.close()
                # without what the server has to clean up at its end
                os._exit(serve(client))
    reap(options=0)


if __name__ == "__main__":
    main()
