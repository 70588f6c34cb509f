# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A controller in a process of its own that is killed at a request, and started again."""

from __future__ import annotations

import collections
import json
import multiprocessing
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.sindad.cloud.plugins.modules import vm_fleet

from faults.controller import Controller, JoinedClock
from tests.emulator.portal import Remote, Running

LABELS = [f"fleet{number}" for number in range(1, 7)]
SIZE = {"template": "Debian 12", "memory": "1024", "cpu": 1, "disk": "10"}
ORDER = "/service/101/vms"
#: What a message says of an order that may have been sent or not.
UNSURE = "so it is not ordered again"
#: Each fleet is a child of one process that has all imported and no threads: it starts at once.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["__main__", "faults.killed"])


class FarClock(JoinedClock):
    """Its portal is in another process."""

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.ahead += seconds
            Remote(self.portal.url).advance(seconds)


def options(workers: int) -> dict[str, Any]:
    vms = [{"label": label, **SIZE} for label in LABELS]
    return {"service": "101", "state": "started", "vms": vms, "workers": workers, "wait_timeout": 120}


def run_apart(url: str, home: str, workers: int) -> None:
    """What the process that is killed does."""
    controller = Controller(Remote(url), Path(home))  # type: ignore[arg-type]
    controller.clock = FarClock(controller.portal)
    controller.run(vm_fleet, options(workers))


@dataclass(frozen=True)
class Kill:
    """When a fleet is killed, and how the portal is. *answered*: after the request took effect, not before."""

    seed: int
    request: int
    answered: bool
    workers: int
    looks: int

    @classmethod
    def drawn(cls, seed: int) -> Kill:
        draw = random.Random(seed)
        return cls(seed, draw.randint(1, 14), draw.random() < 0.5, draw.choice([1, 3, 8]), draw.choice([0, 0, 2, 5]))


@contextmanager
def at_request(portal: Running, kill: Kill, act: Callable[[], None]) -> Iterator[None]:
    """*act* at a request that the portal receives meanwhile."""
    log, name = portal.portal.log, "close" if kill.answered else "open"
    true, seen = getattr(log, name), [0]

    def counted(*args: Any, **fields: Any) -> Any:
        seen[0] += 1
        if seen[0] == kill.request:
            act()
        return true(*args, **fields)

    setattr(log, name, counted)
    try:
        yield
    finally:
        delattr(log, name)


@dataclass
class Outcome:
    """What became of a fleet: how many runs it took after the kill, and what is wrong."""

    kill: Kill
    was_killed: bool
    unsure: int
    problems: list[str]

    def __str__(self) -> str:
        return f"{self.kill}: {'; '.join(self.problems)}"


def kill_and_run_again(portal: Running, kill: Kill) -> Outcome:
    """Kill a fleet at a request, run it again, and count its VMs."""
    portal.reset(create_looks=kill.looks, create_delay=0.3, duration=20)
    portal.clear_log()
    with tempfile.TemporaryDirectory() as folder:
        process = PROCESSES.Process(target=run_apart, args=(portal.url, folder, kill.workers))
        with at_request(portal, kill, process.kill):
            process.start()
            process.join()
        controller = Controller(portal, Path(folder))
        result = controller.run(vm_fleet, options(kill.workers))
        unsure = [each["label"] for each in result.get("fleet", []) if UNSURE in (each["msg"] or "")]
        problems = _wrong(portal, result, len(unsure))
        if unsure:
            for note in controller.notes:
                if json.loads(note.read_text())["label"] in unsure:
                    note.unlink()
            problems += _wrong(portal, controller.run(vm_fleet, options(kill.workers)), 0)
        if len(unsure) > kill.workers - kill.answered:
            problems.append(f"of {len(unsure)} orders it is not known whether they were sent")
    return Outcome(kill, process.exitcode != 0, len(unsure), problems)


def _wrong(portal: Running, result: dict[str, Any], unsure: int) -> list[str]:
    """What is not as it should be, if so many VMs may have been ordered in vain."""
    portal.advance(60)
    count = collections.Counter(vm["label"] for vm in portal.state()["services"]["101"]["vms"].values())
    there = [count[label] for label in LABELS]
    orders = portal.effects(method="POST").get(f"POST /api{ORDER}", 0)
    failures = [each["msg"] for each in result.get("fleet", [result]) if each.get("failed")]
    others = [each["label"] for each in result.get("fleet", []) if each["vm"] and each["vm"]["label"] != each["label"]]
    checks = {
        f"{there} VMs": max(there) == 1 and there.count(0) == unsure,
        f"{orders} orders took effect": orders == len(LABELS) - unsure,
        f"it failed: {failures}": bool(result.get("failed")) == bool(unsure)
        and (not unsure or len(failures) == unsure),
        f"{others} are other VMs": not others,
    }
    return [problem for problem, fine in checks.items() if not fine]
