# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket

import pytest
from ansible_collections.sindad.cloud.plugins.filter.leads_to_controller import leads_to_controller
from ansible_collections.sindad.cloud.plugins.plugin_utils import _addresses


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.9.9.9", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "127.1", "0", "[::1]", "localhost"]
)
def test_loopback_and_unspecified_addresses(address):
    assert leads_to_controller(address)


class Socket:
    """A socket whose datagrams would leave from *source*: what the kernel says of a route."""

    def __init__(self, source):
        self.source = source

    def __call__(self, family, kind):
        assert kind == socket.SOCK_DGRAM  # connecting it sends nothing
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def connect(self, target):
        if self.source is None:
            raise OSError("Network is unreachable")

    def getsockname(self):
        return (self.source, 40000)


@pytest.mark.parametrize(
    ("address", "source", "own"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("192.0.2.7", None, False),
        ("2001:db8::7", "2001:db8:0::7", True),
        ("2001:db8::7", "2001:db8::8", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("no address", "192.0.2.7", False),
    ],
)
def test_addresses_of_the_interfaces(monkeypatch, address, source, own):
    """Datagrams to an own address leave from it."""
    monkeypatch.setattr(_addresses.socket, "socket", Socket(source))
    assert leads_to_controller(address) is own
