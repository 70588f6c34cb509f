# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call for each of many, some at a time."""

from __future__ import annotations

import contextvars
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

WORKERS = 8


def each_of(items, call, workers=WORKERS, stop=None):
    """The results of *call* for each item, in order.

    The first failure, or Ctrl-C, keeps what has not begun from beginning; *stop* is called then, to end what has.
    No thread is left when this returns or raises.
    """
    items = list(items)
    if len(items) < 2 or workers < 2:
        return [call(item) for item in items]
    pool = ThreadPoolExecutor(min(workers, len(items)))
    try:
        futures = [pool.submit(contextvars.copy_context().run, call, item) for item in items]
        for future in wait(futures, return_when=FIRST_EXCEPTION).done:
            future.result()
        return [future.result() for future in futures]
    except BaseException:
        if stop:
            stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
