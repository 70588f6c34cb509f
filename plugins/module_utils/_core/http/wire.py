# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The socket of a request, so that another thread can end it: nothing else ends a read from a portal that drips."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any


def _bases() -> list[Any]:
    """The classes of requests and urllib3 to build on; without requests, which fails later, empty ones."""
    try:
        import requests.adapters
        import urllib3.connection
        import urllib3.connectionpool
    except ImportError:
        return [object] * 5
    connection, pool = urllib3.connection, urllib3.connectionpool
    return [
        requests.adapters.HTTPAdapter,
        *(connection.HTTPConnection, connection.HTTPSConnection, pool.HTTPConnectionPool, pool.HTTPSConnectionPool),
    ]


_BASES = _bases()
BaseAdapter: Any = _BASES[0]
BaseHttp: Any = _BASES[1]
BaseHttps: Any = _BASES[2]
BaseHttpPool: Any = _BASES[3]
BaseHttpsPool: Any = _BASES[4]
_OWN = threading.local()


class Wire:
    """The socket that the request of one thread uses. As a context manager, for the time of the request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: Any = None
        self._is_cut = False

    def __enter__(self) -> Wire:
        _OWN.wire = self
        return self

    def __exit__(self, *exception: object) -> None:
        _OWN.wire = None
        with self._lock:
            self._socket = None

    def use(self, used: Any) -> None:
        with self._lock:
            self._socket = used
            is_cut = self._is_cut
        if is_cut:
            self.cut()

    def cut(self) -> None:
        """Let whoever reads from the socket, or writes to it, fail at once."""
        with self._lock:
            self._is_cut = True
            if self._socket is not None:
                with contextlib.suppress(Exception):
                    # Of a TLS socket the lower one: the upper is in use by the other thread.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Watched:
    """A connection that gives the wire of its thread the socket that it uses."""

    sock: Any

    def connect(self) -> Any:
        connected = super().connect()  # type: ignore[misc]
        _register(self.sock)
        return connected

    def putrequest(self, *args: Any, **options: Any) -> Any:
        _register(self.sock)
        return super().putrequest(*args, **options)  # type: ignore[misc]


def _register(used: Any) -> None:
    wire = getattr(_OWN, "wire", None)
    if wire is not None and used is not None:
        wire.use(used)


class _Http(_Watched, BaseHttp):
    pass


class _Https(_Watched, BaseHttps):
    pass


class _HttpPool(BaseHttpPool):
    ConnectionCls = _Http


class _HttpsPool(BaseHttpsPool):
    ConnectionCls = _Https


POOLS = {"http": _HttpPool, "https": _HttpsPool}


class Adapter(BaseAdapter):
    """The adapter of requests, with connections that can be cut."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = POOLS
        return manager
