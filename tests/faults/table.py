# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the matrix for docs/fault_matrix.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from faults.faults import FAULTS
from faults.matrix import MARKS
from faults.routes import CASES

HEAD = """<!--
SPDX-FileCopyrightText: 2026 sindad.cloud contributors
SPDX-License-Identifier: GPL-3.0-or-later
-->
# The fault matrix

What becomes of every change that this collection makes while the portal, or the way to it, fails. The table is
written by `make faults`: each cell is a task that ran against the portal emulator over HTTP. The fault hit the request
of the change once. Then the fault was over, and the task ran again (three seconds later, as portals show the old state
for a moment), and once more. After each run the log of the emulator says how often the change had taken place. The last
rows are portals that leave a client in doubt from the first request to the last; ten seconds lie between the runs where
a front end lags four seconds behind.

In every cell but those of the last section:

* The change took place **once at the most** in a run, and once in all runs together, except for what each run does by
  what it is: a reboot, a login.
* A task that failed said what failed. If the change may have taken place, it said so, or `changed` was true.
* In the columns marked *believed* only the note of an order says which VM is meant, as the portal gave it another name.
  Nothing that changes it was sent in any run, and each run asked for the `vmid`.
* In the others the run after the fault brought the account to the state that the task asks for, and the one after that
  changed nothing.
"""

LIES = """
## What no client can tell

In the rows with `L` the portal answers clearly, and the answer is not true:

* It says no and does it. The task fails with the words of the portal. The next run looks before it acts, as always,
  and finds what was done where the portal shows it. What the portal never shows, such as a reboot, is done again.
* It says that it is busy, and does it. What is paid is looked for, and is in the table like the rest.
* It says that it is done and does nothing. A task that waits fails once `wait_timeout` is over. One that has nothing
  to wait for, such as a cancellation, succeeds.
"""


def table(columns: Sequence[str]) -> str:
    """The page, for the marks of each case under each fault."""
    counts = Counter("".join(columns))
    marks = [f"| `{mark}` | {counts[mark]} | {meaning} |" for mark, meaning in MARKS.items()]
    routes = [
        f"| {number} | `{case.route}` | `{case.module_name}`{', believed' if case.is_believed else ''} |"
        for number, case in enumerate(CASES, 1)
    ]
    rows = [[fault.name, *(marks[place] for marks in columns)] for place, fault in enumerate(FAULTS)]
    return "\n".join(
        [
            HEAD,
            f"{sum(counts.values()):,} cells: {len(FAULTS)} faults, {len(CASES)} tasks.\n",
            *_grid(["mark", "cells", "meaning"], []),
            *marks,
            "\n## The tasks\n",
            *_grid(["", "change", "module"], []),
            *routes,
            "\n## The cells\n",
            *_grid(["fault", *map(str, range(1, len(CASES) + 1))], rows),
            LIES,
        ]
    )


def _grid(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (names, ["---"] * len(names), *rows)]
