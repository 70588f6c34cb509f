# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that run at once, on the true clock; each has a client of its own, as a forked task does."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor

from ansible_collections.sindad.cloud.plugins.module_utils._core.change import once
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client


def at_once(monkeypatch, portal, module, tasks=10, **options):
    """The results of *tasks* tasks that begin at once. The two reads that have to agree follow each other closely."""
    monkeypatch.setattr(once, "CONFIRM_S", 0.2)
    monkeypatch.setattr(once, "CONFIRM_NOTED_S", 0.3)
    portal.make_client = functools.partial(Client, transport=portal)
    with ThreadPoolExecutor(tasks) as pool:
        return [each.result() for each in [pool.submit(portal.run, module, **options) for _task in range(tasks)]]
