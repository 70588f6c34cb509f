# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When an operation counts as failed: the failure of an older one shows for a while, and is none of this one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.polling import STALE_READ_WINDOW_S
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._server.operation import Watch
from ansible_collections.sindad.cloud.plugins.module_utils._server.record import to_progress
from unit.clock import MovedClock

IDLE, RUNNING, FAILED = (
    to_progress("reinstall", {"reinstall": {"status": word}}) for word in ("idle", "running", "failed")
)


def watch(before):
    clock = MovedClock()
    client = SimpleNamespace(clock=clock)
    state = SimpleNamespace(name="server 201", own="reinstall", progress=before, context=SimpleNamespace(client=client))
    return Watch(state), clock


def test_an_old_failure_is_not_believed():
    seen, clock = watch(FAILED)
    assert seen.idle_seconds(FAILED) == 0
    clock.sleep(STALE_READ_WINDOW_S - 1)
    assert seen.idle_seconds(FAILED) < STALE_READ_WINDOW_S


def test_an_old_failure_that_stays_is_that_of_this_operation():
    seen, clock = watch(FAILED)
    seen.idle_seconds(FAILED)
    clock.sleep(STALE_READ_WINDOW_S)
    with pytest.raises(SindadError, match=r"reports it as 'failed'. Check the server in the portal\.$"):
        seen.idle_seconds(FAILED)


@pytest.mark.parametrize("before", [FAILED, IDLE])
def test_a_failure_after_it_was_seen_to_run_is_believed_at_once(before):
    seen, _clock = watch(before)
    seen.idle_seconds(RUNNING)
    with pytest.raises(SindadError):
        seen.idle_seconds(FAILED)


def test_a_failure_where_none_was_before_is_believed_at_once():
    seen, _clock = watch(IDLE)
    with pytest.raises(SindadError):
        seen.idle_seconds(FAILED)
