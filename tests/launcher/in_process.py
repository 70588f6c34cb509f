# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks of Ansible in Ansible's own process, one after the other, instead of a fork each.

The class of the worker is replaced, not the strategy: what decides which task comes next is Ansible's own. A fork works
on copies of all that it was given, so here the worker gets copies of what it changes.
"""

from __future__ import annotations

import copy
import io
import signal
import sys
import types
from typing import Any

from ansible.executor.process import worker
from ansible.plugins import strategy
from ansible.utils.display import Display


class InProcessWorker(worker.WorkerProcess):  # type: ignore[misc]
    """A worker that has done its task when ``start`` returns."""

    def __init__(self, *args: Any, **named: Any) -> None:
        tempfiles = (named.get("loader") or args[5])._tempfiles
        super().__init__(*args, **named)
        self._loader._tempfiles = tempfiles
        # the attributes that a fork may change, in a copy
        self._host = copy.copy(self._host)
        self._play_context = self._play_context.copy()
        self._task_vars = dict(self._task_vars)
        parent = self._task._parent
        self._task = self._task.copy(exclude_parent=True)
        self._task._parent = parent

    def start(self) -> None:
        if hasattr(self, "_save_stdin"):  # ansible-core 2.18 and older
            self._save_stdin()
        self.run()

    def is_alive(self) -> bool:
        return False

    def _detach(self) -> None:
        """Stay what this process is."""

    def _hard_exit(self, e: Any) -> None:
        raise SystemExit(f"a worker failed: {e}")


def replace_workers() -> None:
    """From now on, in this process."""
    # What a worker does to its own process, which here is everybody's: it takes the standard files and signals.
    worker.sys = types.SimpleNamespace(stdin=sys.stdin, stdout=io.StringIO(), stderr=io.StringIO())  # type: ignore[attr-defined]
    worker.signal = types.SimpleNamespace(  # type: ignore[attr-defined]
        signal=lambda *_handler: None, SIGINT=signal.SIGINT, SIGTERM=signal.SIGTERM
    )
    Display().set_queue = lambda _queue: None
    strategy.WorkerProcess = InProcessWorker  # type: ignore[attr-defined]
