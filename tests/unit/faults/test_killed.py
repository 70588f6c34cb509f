# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fleets killed at some points and run again; ``python -m faults.kill 200`` kills many more."""

from __future__ import annotations

import pytest
from faults.killed import Kill, kill_and_run_again

from tests.emulator import portal as emulator


@pytest.fixture(scope="module")
def portal():
    with emulator.serve() as running:
        yield running


#: Before the first order, in the midst of them, when all are ordered and while they are built.
KILLS = [
    Kill(0, 2, True, 8, 0),
    Kill(0, 5, False, 1, 0),
    Kill(0, 6, True, 1, 3),
    Kill(0, 7, True, 3, 0),
    Kill(0, 9, True, 8, 5),
    Kill(0, 12, False, 8, 0),
]


@pytest.mark.parametrize("kill", KILLS, ids=str)
def test_a_killed_fleet_is_finished_and_nothing_is_bought_twice(portal, kill):
    outcome = kill_and_run_again(portal, kill)
    assert outcome.was_killed
    assert not outcome.problems, str(outcome)
