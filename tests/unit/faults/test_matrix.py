# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A part of the fault matrix in which every change and every fault appears; `make faults` runs all of it."""

from __future__ import annotations

import csv

import pytest
from faults.faults import FAULTS
from faults.matrix import Matrix
from faults.routes import CASES

from tests.emulator import portal as emulator

#: One cell of so many is run here. No factor of STEP, so that each fault meets a task.
SHARE, STEP = 15, 4
ENDPOINTS = emulator.__file__.replace("portal.py", "endpoints.tsv")


@pytest.fixture(scope="module")
def matrix():
    with emulator.serve() as portal:
        yield Matrix(portal)


def chosen(place):
    """The faults of the case at this place."""
    return [fault for number, fault in enumerate(FAULTS) if (number + STEP * place) % SHARE == 0]


@pytest.mark.parametrize("place", range(len(CASES)), ids=[case.name for case in CASES])
def test_a_change_under_some_faults(matrix, place):
    cells = [matrix.run(CASES[place], fault) for fault in chosen(place)]
    assert not [str(cell) for cell in cells if cell.problems]


def test_every_fault_is_met_by_some_change():
    met = {fault.name for place in range(len(CASES)) for fault in chosen(place)}
    assert met == {fault.name for fault in FAULTS}
    assert len(met) == len(FAULTS)


def test_every_change_of_the_api_has_a_task():
    with open(ENDPOINTS, encoding="utf-8") as file:
        changes = [row for row in csv.DictReader(file, delimiter="\t") if row["method"] != "GET"]
    assert {case.route for case in CASES} == {f"{row['method']} {row['path']}" for row in changes}
