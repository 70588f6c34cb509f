# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection that a portal's address or name starts never ends at the controller."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.plugin_utils._addresses import is_remote_name, means_controller, scope


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", "public"),
        ("192.0.2.1", "public"),  # documentation, as in every test
        ("172.16.0.1", "private"),
        ("172.32.0.1", "public"),
        ("100.64.0.1", "private"),
        ("2001:db8::1", "public"),
        ("::ffff:8.8.8.8", "public"),
        ("::ffff:10.0.0.1", "private"),
        *[(each, None) for each in ("127.0.0.1", "127.9.9.9", "169.254.3.4", "0.0.0.0", "0.1.2.3", "224.0.0.1")],
        *[(each, None) for each in ("255.255.255.255", "fe80::1", "fec0::1", "fd00::1", "::1", "::", "ff02::1")],
        *[(each, None) for each in ("::ffff:127.0.0.1", "::ffff:0.0.0.0", "::127.0.0.1", "no address", "")],
    ],
)
def test_the_scope_of_an_address(address, expected):
    assert scope(address) == expected


LOCAL = ["localhost", "LocalHost", "localhost.", "localhost.localdomain", "localhost6", "web.localhost", "ip6-loopback"]
NUMBERS = ["127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f.1", "0x7f000001", "::1", "::", "[::1]"]


@pytest.mark.parametrize("name", [*LOCAL, *NUMBERS, "::ffff:127.0.0.1"])
def test_names_of_the_controller(name):
    assert means_controller(name) and not is_remote_name(name)


@pytest.mark.parametrize(
    "name", ["web1", "web1.example.com", "cafe", "localhoster.example.com", "my-localhost", "0x7f.example"]
)
def test_names_of_other_machines(name):
    assert is_remote_name(name) and not means_controller(name)


@pytest.mark.parametrize("name", ["18867", "1", "8.8.8.8", "0x08080808"])
def test_numbers_that_are_addresses_of_others(name):
    """Such may be the name of a host, but not what is connected to as a name."""
    assert not means_controller(name) and not is_remote_name(name)


@pytest.mark.parametrize("name", ["a b; rm", "-x.example.com", "{{ 1 }}", "", "شرکت.example.com"])
def test_what_is_no_host_name(name):
    assert not is_remote_name(name)
