# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kill many fleets, each at another request, and tell what became of them: ``python -m faults.kill 200``."""

from __future__ import annotations

import collections
import sys

from faults.controller import empty_environment
from faults.killed import Kill, kill_and_run_again
from tests.emulator.portal import serve


def main() -> None:
    empty_environment()
    found: collections.Counter[str] = collections.Counter()
    with serve() as portal:
        for seed in range(int(sys.argv[1])):
            outcome = kill_and_run_again(portal, Kill.drawn(seed))
            found.update(
                fleets=1, killed=outcome.was_killed, unsure=outcome.unsure > 0, wrong=len(outcome.problems) > 0
            )
            if outcome.problems:
                print(outcome, flush=True)
    print(", ".join(f"{count} {name}" for name, count in found.items()))
    sys.exit(found["wrong"] > 0)


if __name__ == "__main__":
    main()
