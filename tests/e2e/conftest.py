# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each test runs on each ansible-core of E2E_CORES, beside a portal whose account is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from e2e.support import CORES, Core, Site
from emulator.portal import serve

#: The files that take longest begin first, so that no worker is left alone with one of them.
LONGEST = ("test_examples", "test_awx", "test_logins", "test_playbooks", "test_recipes", "test_secrets")
#: The files whose tests share what takes long to make, and so stay with one worker.
TOGETHER = ("test_examples", "test_crash", "test_playbooks")


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups right after it
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
    for item in items:
        if item.path.stem in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session", params=CORES)
def core(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    one = Core(request.param, tmp_path_factory.mktemp("core") / request.param)
    assert one.there, f"{one.bin} holds no Ansible: make e2e sets it up"
    yield one
    one.close()


@pytest.fixture(scope="session")
def running() -> Iterator[Any]:
    with serve() as portal:
        yield portal


@pytest.fixture
def site(core: Core, running: Any) -> Site:
    """The small account."""
    running.reset()
    running.clear_log()
    return Site(core, running)
