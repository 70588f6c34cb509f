# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal of one's own for a test: it answers, hangs, drips or breaks off as told, and remembers what it saw.

stub.will(drops(), says({"services": []}))  # one answer a request, in this order; then `stub.otherwise`
stub.seen[0].method, .path, .headers, .body, .connection
"""

from __future__ import annotations

import base64
import contextlib
import http.server
import json
import socket
import struct
import threading
import typing as t


class Seen(t.NamedTuple):
    """One request that came."""

    method: str
    path: str
    headers: t.Any
    body: bytes
    connection: tuple

    @property
    def json(self):
        return json.loads(self.body) if self.body else None

    @property
    def basic(self):
        kind, _blank, value = self.headers.get("Authorization", "").partition(" ")
        return base64.b64decode(value).decode("utf-8") if kind == "Basic" else None


# -- answers ---------------------------------------------------------------------------------------------------------


def says(payload=None, status=200, **headers):
    """JSON; a header's name is written with underscores."""
    return sends(json.dumps(payload), status, **{"Content_Type": "application/json", **headers})


def page(title, status=200, **headers):
    html = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>Hello</h1></body></html>"
    return sends(html, status, **{"Content_Type": "text/html", **headers})


def sends(body=b"", status=200, **headers):
    body = body.encode("utf-8") if isinstance(body, str) else body

    def act(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if status != 204:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


def echoes(status=200):
    """Everything that came, back again: what a debugging portal would do."""

    def act(handler):
        text = handler.requestline + str(handler.headers) + handler.seen.body.decode()
        says({"error": [text, handler.headers.get("Authorization", "")]}, status)(handler)

    return act


def drops():
    """Reads the request, may have done it, and breaks the connection."""

    def act(handler):
        reset(handler.connection)
        handler.close_connection = True

    return act


def breaks_off():
    """Promises more than it sends."""

    def act(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b'{"vms": ')
        handler.close_connection = True

    return act


def hangs():
    """Reads the request and answers nothing."""

    def act(handler):
        handler.server.over.wait(20)
        handler.close_connection = True

    return act


def drips(interval=0.05, head=False):
    """A byte now and then, so that no time-out of the socket is ever reached. With *head* already in the headers."""

    def act(handler):
        start = b"HTTP/1.1 200 OK\r\n" + (b"" if head else b"Content-Length: 1000\r\n\r\n")
        handler.wfile.write(start)
        handler.wfile.flush()
        try:
            for _each in range(1000):
                if handler.server.over.wait(interval):
                    break
                handler.wfile.write(b"x")
        except OSError:
            pass
        handler.close_connection = True

    return act


def endless(**headers):
    """Sends on and on; with a Content-Length, at least as much as it promises."""

    def act(handler):
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        with contextlib.suppress(OSError):
            while not handler.server.over.is_set():
                handler.wfile.write(b"x" * 65536)
        handler.close_connection = True

    return act


def refuses_unread(connection):
    """For `stub.will`: the connection is reset before anything was read."""
    reset(connection)


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


# -- the server ------------------------------------------------------------------------------------------------------


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every second answer waits 40 ms

    def handle(self):
        if self.server.stub.next_is(refuses_unread):
            self.connection.recv(1, socket.MSG_PEEK)  # it was sent
            refuses_unread(self.connection)
            return
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def finish(self):
        with contextlib.suppress(OSError):
            super().finish()

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen = Seen(self.command, self.path, self.headers, body, self.client_address)
        self.server.stub.take(self.seen)(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_CONNECT = answer

    def log_message(self, *args):
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


class PortalStub:
    def __init__(self, tls=None):
        self.seen = []
        self.unread = 0
        self.otherwise = says({"status": True})
        self._script = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.stub, self._server.over = self, threading.Event()
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/api"

    def will(self, *answers):
        self._script += answers
        return self

    def next_is(self, answer):
        with self._lock:
            if self._script[:1] == [answer]:
                self.unread += 1
                self._script.pop(0)
                return True
            return False

    def take(self, seen):
        with self._lock:
            self.seen.append(seen)
            return self._script.pop(0) if self._script else self.otherwise

    @property
    def calls(self):
        """The requests in short: C(["GET /api/service"])."""
        return [f"{each.method} {each.path}" for each in self.seen]

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *args):
        self._server.over.set()
        self._server.shutdown()
        self._server.server_close()
