# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call for each of many, some at a time."""

from __future__ import annotations

import contextvars
from concurrent.futures import ThreadPoolExecutor

WORKERS = 8


def each_of(items, call, workers=WORKERS):
    """The results of *call* for each item, in order. The first failure, or Ctrl-C, stops what has not begun."""
    items = list(items)
    if len(items) < 2 or workers < 2:
        return [call(item) for item in items]
    pool = ThreadPoolExecutor(min(workers, len(items)))
    try:
        futures = [pool.submit(contextvars.copy_context().run, call, item) for item in items]
        return [future.result() for future in futures]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
