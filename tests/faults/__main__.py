# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the whole matrix, and write its table: ``python -m faults docs/fault_matrix.md``."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from faults.controller import empty_environment
from faults.faults import FAULTS
from faults.matrix import Matrix
from faults.routes import CASES
from faults.table import table
from tests.emulator.portal import serve


def column(place: int) -> list[tuple[str, str]]:
    """The mark of one case under each fault, and what is to be said of it if it is a defect."""
    empty_environment()
    with serve() as portal:
        matrix = Matrix(portal)
        cells = [matrix.run(CASES[place], fault) for fault in FAULTS]
    return [(cell.mark, str(cell) if cell.problems else "") for cell in cells]


def main() -> None:
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        columns = []
        for case, found in zip(CASES, pool.map(column, range(len(CASES)))):
            columns.append("".join(mark for mark, _words in found))
            print(f"{columns[-1]} {case.name}", *(words for _mark, words in found if words), sep="\n  ", flush=True)
    Path(sys.argv[1]).write_text(table(columns), encoding="utf-8")
    sys.exit(any("x" in marks for marks in columns))


if __name__ == "__main__":
    main()
