# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start the portal emulator, then run a command once for each way in which a module can run, and stop the emulator.

python tests/with_emulator.py --way in_process --way module -- ansible-test integration --local

Before each run it writes tests/integration/integration_config.yml, whose keys are variables in every target. The ways
differ in ansible_python_interpreter: the controller's own Python lets the action plugin run modules inside the
controller's process, any other makes Ansible run them as it runs all modules. In process they meet lists in pages of
two, and as modules whole lists. Start it where galaxy.yml is.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CONFIG = Path("tests/integration/integration_config.yml")
LISTENING = re.compile(r"listening on (http://\S+)")
WAYS = ["in_process", "module"]
#: The forms in which the emulator can tell of pages.
PAGE_FORMS = ["page", "sorter", "total", "next"]
PAGE_SIZE = 2
TARGET = re.compile(r"^Running (\S+) integration test (?:role|script)$")


@contextlib.contextmanager
def emulator() -> Iterator[str]:
    """Run the emulator on a free port and give its address."""
    command = [sys.executable, str(HERE / "emulator" / "portal.py"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                found = LISTENING.search(line)
                if found:
                    break
            else:
                sys.exit(f"the emulator ended before it listened: {shlex.join(command)}")
            # Nobody reads what follows, and a full pipe would stop the emulator.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            yield found[1].rstrip("/")
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


def start_over(url: str, pages: str) -> None:
    """Let an emulator begin again, with lists in pages of this form, or whole."""
    options = {"page_size": PAGE_SIZE, "page_form": pages} if pages else {}
    urllib.request.urlopen(f"{url}/_emulator/start", json.dumps(options).encode()).close()


def interpreter(way: str, folder: Path) -> str:
    """The ansible_python_interpreter that makes modules run this way."""
    if way == "in_process":
        return "{{ ansible_playbook_python }}"
    # The same Python, and so the same libraries, by another name.
    python = shutil.which("python")
    wrapper = folder / "python"
    wrapper.write_text(f'#!/bin/sh\nexec {shlex.quote(python or sys.executable)} "$@"\n')
    wrapper.chmod(0o755)
    return str(wrapper)


def variables(way: str, url: str, folder: Path) -> dict[str, Any]:
    """What every target is told."""
    pythons = {way: interpreter(way, folder) for way in WAYS}
    return {
        "portal_api_url": f"{url}/api",
        "portal_control_url": f"{url}/_emulator",
        "portal_username": "user@example.com",
        "portal_password": "secret",
        "way": way,
        "pythons": pythons,
        "ansible_python_interpreter": pythons[way],
    }


def run(way: str, url: str, command: list[str], folder: Path) -> int:
    """Run the command this way and give the number of integration targets that ran."""
    CONFIG.write_text(
        "---\n" + "".join(f"{name}: {json.dumps(value)}\n" for name, value in variables(way, url, folder).items())
    )
    start_over(url, PAGE_FORMS[0] if way == "in_process" else "")
    print(f"\n===== way: {way} =====", flush=True)
    targets = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
                targets += TARGET.match(line) is not None
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)  # its children too
            raise
    if process.returncode:
        sys.exit(f"way {way}: failed in target {targets}, exit code {process.returncode}")
    if not targets:
        sys.exit(f"way {way}: no target ran")
    return targets


def reached(url: str) -> dict[str, list[str]]:
    """The endpoints that an emulator was asked for, by profile."""
    with urllib.request.urlopen(f"{url}/_emulator/coverage") as answer:
        return json.load(answer)


def missing_endpoints(reached: dict[str, list[str]]) -> list[str]:
    """The endpoints that were not reached, in each profile that has them. Prints their share."""
    with (HERE / "emulator" / "endpoints.tsv").open() as table:
        endpoints = list(csv.DictReader(table, delimiter="\t"))
    missing = []
    for profile in ("sindad", "royaserver"):
        wanted = [f"{row['method']} {row['path']}" for row in endpoints if profile in row["portals"].split()]
        lacking = [endpoint for endpoint in wanted if endpoint not in reached.get(profile, [])]
        print(f"endpoints {len(wanted) - len(lacking)}/{len(wanted)} ({profile})")
        missing += [f"{endpoint} ({profile})" for endpoint in lacking]
    return missing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--way", action="append", choices=["in_process", "module"], help="may be repeated; default: both"
    )
    parser.add_argument("--complete", action="store_true", help="fail unless every endpoint of the API was reached")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()

    # Leave through the clean-up also when somebody ends us.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))

    ran = {}
    with tempfile.TemporaryDirectory() as folder, emulator() as url:
        for way in options.way or WAYS:
            ran[way] = run(way, url, options.command, Path(folder))
        missing = missing_endpoints(reached(url))
    print("\nintegration targets, " + ", ".join(f"{way}: {targets} passed" for way, targets in ran.items()))
    if options.complete and missing:
        sys.exit("not every endpoint was reached by a module or the inventory:\n  " + "\n  ".join(missing))


if __name__ == "__main__":
    main()
