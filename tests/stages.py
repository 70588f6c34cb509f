# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make targets of the Makefile, two at a time, and print a line for each; of one that fails also what matters.

python tests/stages.py --logs .cache/log lint units

All that a target prints is in LOGS/TARGET.log. A failure does not keep the other stages from running.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

#: What tools write before an error.
TELLING = re.compile(r"^(ERROR|FATAL|FAILED|fatal:|failed |E  )|: error: |\bTraceback\b")
#: So many telling lines are shown at the most, and so many from the end.
FIRST, LAST = 40, 25


def excerpt(log: Path) -> list[str]:
    """The lines of a log that tell what failed, and its end."""
    lines = [line[:500] for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    telling = [line for line in lines[:-LAST] if TELLING.search(line)]
    return [f"  {line}" for line in [*dict.fromkeys(telling[:FIRST]), *lines[-LAST:]]]


class Stages:
    """Runs make, and ends it with all that it has started when this program is ended."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.failed: list[str] = []
        self._printing = threading.Lock()
        self._running: set[int] = set()
        self._stopped = False

    def run(self, stage: str) -> None:
        if self._stopped:
            return
        log, begin = self.logs / f"{stage}.log", time.monotonic()
        with (
            log.open("wb") as output,
            subprocess.Popen(
                [os.environ.get("MAKE", "make"), stage],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            ) as process,
        ):
            self._running.add(process.pid)
            code = process.wait()
            self._running.discard(process.pid)
        if not self._stopped:
            self._tell(stage, code, time.monotonic() - begin, log)

    def _tell(self, stage: str, code: int, seconds: float, log: Path) -> None:
        with self._printing:
            print(f"{'FAILED' if code else 'ok':8}{stage:22}{seconds:4.0f} s", flush=True)
            if code:
                self.failed.append(stage)
                print("\n".join([*excerpt(log), f"  All of it: {log}"]), flush=True)

    def stop(self) -> None:
        self._stopped = True
        for group in list(self._running):
            os.killpg(group, signal.SIGTERM)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    parser.add_argument("--logs", type=Path, default=Path(".cache/log"), help="a folder for the logs")
    parser.add_argument("stage", nargs="+")
    options = parser.parse_args()

    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))

    options.logs.mkdir(parents=True, exist_ok=True)
    stages = Stages(options.logs)
    with ThreadPoolExecutor(options.jobs) as pool:
        try:
            list(pool.map(stages.run, options.stage))
        except BaseException:
            stages.stop()
            raise
    if stages.failed:
        sys.exit(f"failed: {' '.join(stages.failed)}")


if __name__ == "__main__":
    main()
