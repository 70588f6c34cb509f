# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Play the integration targets, several at a time, each on an emulator of its own. Prints what failed and a summary.

python tests/play_targets.py --way in_process --pages mixed --jobs 4 --logs .cache/log/targets [TARGET ...]

It does with a target what ansible-test integration does, in less time: it does not copy the collection for each, and
starts nothing but ansible-playbook, or the target's runme.sh. Start it where galaxy.yml is.

Where modules run in process, tasks do not fork, Ansible is imported once for all targets, and nobody sleeps: the clocks
of the collection and of the emulator are moved; see launcher/. With --forks each target is a process that forks for
each task and waits by sleeping, as at a user's. The tasks of a runme.sh always do.

With --pages, the lists of the portal come in pages of two, in one of the forms that portals have for it: "mixed" deals
the forms out by the names of the targets, so that each has the same form in every run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from launcher import Launcher
from launcher.client import CLOCK, TASKS
from with_emulator import PAGE_FORMS, WAYS, emulator, interpreter, missing_endpoints, reached, start_over, variables

TARGETS = Path("tests/integration/targets")
SETTINGS = {"ANSIBLE_NOCOLOR": "1", "ANSIBLE_FORCE_COLOR": "0"}
#: A module is one process, not five.
QUICK = {"ANSIBLE_PIPELINING": "1"}
#: Those that take longest, where nothing was measured yet.
LONGEST = ("inventory_host", "role_account_report", "account_export", "both_ways")
#: So many lines of a log are shown when a target fails.
TAIL = 30


@dataclass(frozen=True)
class Job:
    """One target, played one way, on a portal with pages of this form, or with whole lists."""

    target: Path
    way: str
    pages: str

    def __str__(self) -> str:
        lists = f"pages by {self.pages}" if self.pages else "whole lists"
        return f"{self.target.name}, {self.way}, {lists}"

    @property
    def is_script(self) -> bool:
        return (self.target / "runme.sh").exists()


@dataclass
class Runner:
    """Plays jobs, each in a folder of its own, each on an emulator that no other job uses meanwhile."""

    folder: Path
    logs: Path
    emulators: queue.Queue[str]
    launcher: Launcher | None
    running: set[subprocess.Popen[bytes]] = field(default_factory=set)
    stopped: bool = False

    def play(self, job: Job) -> tuple[Job, int, float]:
        """The job, its exit code, and how many seconds it took."""
        url = self.emulators.get()
        begin = time.monotonic()
        start_over(url, job.pages)
        try:
            return job, self._run(job, url), time.monotonic() - begin
        finally:
            self.emulators.put(url)

    def log(self, job: Job) -> Path:
        return self.logs / f"{job.target.name}.{job.way}.log"

    def _run(self, job: Job, url: str) -> int:
        if self.stopped:
            return 1
        place = Path(tempfile.mkdtemp(dir=self.folder))
        command = _prepared(place, job, url)
        folder = place / "targets" / job.target.name
        with self.log(job).open("wb") as log:
            if not self.launcher or job.way != "in_process":
                return self._run_apart(command, folder, log, os.environ)
            if job.is_script:
                return self._run_apart(command, folder, log, self.launcher.environment)
            without = {TASKS: "in_process", CLOCK: f"{url}/_emulator"}
            return self.launcher.run(command, folder, log, log, {**self.launcher.environment, **without})

    def _run_apart(self, command: list[str], folder: Path, log: IO[bytes], environment: Mapping[str, str]) -> int:
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process:
            self.running.add(process)
            code = process.wait()
            self.running.discard(process)
        return code

    def stop(self) -> None:
        """End what runs, and start nothing more."""
        self.stopped = True
        if self.launcher:
            self.launcher.stop()
        for process in list(self.running):
            os.killpg(process.pid, signal.SIGTERM)


def _prepared(place: Path, job: Job, url: str) -> list[str]:
    """The command that plays a target, after its folder was laid out as ansible-test does it."""
    shutil.copytree(job.target.parent, place / "targets")
    python = interpreter(job.way, place)
    (place / "integration_config.yml").write_text(json.dumps(variables(job.way, url, place)), encoding="utf-8")
    inventory = place / "inventory"
    inventory.write_text(f"[testgroup]\ntesthost ansible_connection=local ansible_python_interpreter='{python}'\n")
    if job.is_script:
        return ["./runme.sh", "-v", "-i", str(inventory)]
    play = {
        "name": f"{job.target.name}, {job.way}",
        "hosts": "testhost",
        "gather_facts": False,
        "roles": [job.target.name],
    }
    playbook = place / "targets" / "playbook.yml"  # beside the roles
    playbook.write_text(json.dumps([play]), encoding="utf-8")
    return ["ansible-playbook", "-v", "-i", str(inventory), "-e", f"@{place}/integration_config.yml", str(playbook)]


def chosen(names: list[str]) -> list[Path]:
    """The targets of these names, or all."""
    found = [path for path in TARGETS.iterdir() if "hidden" not in (path / "aliases").read_text().split()]
    unknown = set(names) - {path.name for path in found}
    if unknown:
        sys.exit(f"there is no target {', '.join(sorted(unknown))}")
    return [path for path in found if not names or path.name in names]


def pages_of(target: Path, pages: str) -> str:
    """The form of the pages that a target is played with."""
    return PAGE_FORMS[zlib.crc32(target.name.encode()) % len(PAGE_FORMS)] if pages == "mixed" else pages


class Seconds:
    """How long the jobs took when they were last played, so that the longest begin first."""

    def __init__(self, logs: Path) -> None:
        self.path = logs / "seconds.json"
        self.measured: dict[str, float] = {}
        with contextlib.suppress(OSError, ValueError):
            self.measured = json.loads(self.path.read_text(encoding="utf-8"))

    def first(self, job: Job) -> tuple[float, int]:
        """A sorting key: those that were never measured begin first, of these the longest that are known."""
        name = job.target.name
        rank = LONGEST.index(name) if name in LONGEST else len(LONGEST)
        return -self.measured.get(str(job), float("inf")), rank

    def keep(self, job: Job, seconds: float) -> None:
        self.measured[str(job)] = round(seconds, 1)
        self.path.write_text(json.dumps(self.measured, indent=1, sort_keys=True), encoding="utf-8")


def excerpt(log: Path) -> str:
    """The end of a log, from the task that failed on."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    fatal = [number for number, line in enumerate(lines) if line.startswith(("fatal:", "failed:", "ERROR"))]
    begin = max(0, (fatal[-1] if fatal else len(lines)) - TAIL // 2)
    return "\n".join(f"  {line[:1000]}" for line in lines[begin : begin + TAIL])


def incomplete(urls: list[str]) -> bool:
    """Whether an endpoint of the API was reached on none of these emulators; names those."""
    together: dict[str, list[str]] = {}
    for url in urls:
        for profile, endpoints in reached(url).items():
            together.setdefault(profile, []).extend(endpoints)
    missing = missing_endpoints(together)
    for endpoint in missing:
        print(f"  not reached: {endpoint}")
    return bool(missing)


def play_all(runner: Runner, jobs: list[Job], workers: int, measured: Seconds) -> int:
    """Play these jobs, and at last tell of those that failed. How many did."""
    failed = []
    with ThreadPoolExecutor(workers) as pool:
        try:
            for job, code, seconds in pool.map(runner.play, jobs):
                print(f"{'failed' if code else 'ok':8}{job}  {seconds:.0f} s", flush=True)
                if code:
                    failed.append(job)
                else:
                    measured.keep(job, seconds)
        except BaseException:
            runner.stop()
            raise
    for job in failed:
        print(f"\n{job} failed:\n{excerpt(runner.log(job))}\n  All of it: {runner.log(job)}")
    return len(failed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--way", action="append", choices=WAYS, help="may be repeated; default: in_process")
    parser.add_argument("--pages", choices=["mixed", *PAGE_FORMS], default="", help="default: whole lists")
    parser.add_argument(
        "--forks", action="store_true", help="let each task be a fork, and sleep where there is to wait"
    )
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="how many at a time")
    parser.add_argument("--logs", type=Path, default=Path(".cache/log/targets"), help="a folder for the logs")
    parser.add_argument("target", nargs="*")
    options: Any = parser.parse_args()

    os.environ.update(SETTINGS)
    if not options.forks:
        os.environ.update(QUICK)
        Path("~/.ansible/tmp").expanduser().mkdir(0o700, parents=True, exist_ok=True)  # or a module warns of it once
    # Leave through the clean-up also when somebody ends us.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))

    jobs = [
        Job(target.resolve(), way, pages_of(target, options.pages))
        for way in options.way or ["in_process"]
        for target in chosen(options.target)
    ]
    options.logs.mkdir(parents=True, exist_ok=True)
    measured = Seconds(options.logs)
    jobs.sort(key=measured.first)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = [stack.enter_context(emulator()) for _job in range(min(options.jobs, len(jobs)))]
        launcher = (
            None if options.forks else stack.enter_context(Launcher(shutil.which("python") or "python", os.environ))
        )
        runner = Runner(folder, options.logs.resolve(), queue.Queue(), launcher)
        for url in urls:
            runner.emulators.put(url)
        failed = play_all(runner, jobs, len(urls), measured)
        lacking = not options.target and not failed and incomplete(urls)
    print(f"{len(jobs) - failed} of {len(jobs)} passed")
    if lacking:
        sys.exit("not every endpoint was reached by a module or the inventory")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
