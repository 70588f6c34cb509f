# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulator for these tests, and a new account for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from unit.emulated import QUICK, Account, load_emulator

EMULATOR = load_emulator()
if EMULATOR is None:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def running() -> Iterator[Any]:
    assert EMULATOR is not None
    with EMULATOR.serve() as one:
        yield one


@pytest.fixture
def account(running: Any) -> Account:
    """The small account."""
    running.reset(**QUICK)
    running.clear_faults()
    return Account(running)
