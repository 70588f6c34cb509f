# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in an answer. (What the connection makes of whole answers: test_connection.py.)"""

from __future__ import annotations

import datetime
import email.utils
import time

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.response import bare_url, retry_after

BEFORE = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\u00b2", None),
        ("Mon, 99 Foo 2026", None),
        ("0", 0),
        (" 7 ", 7),
        ("120", 120),
        (email.utils.format_datetime(BEFORE, usegmt=True), 0),
    ],
)
def test_retry_after(header, seconds):
    assert retry_after(header, time.time()) == seconds


@pytest.mark.parametrize("usegmt", [True, False])
def test_retry_after_as_a_date(usegmt):
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=60)
    assert 50 < retry_after(email.utils.format_datetime(then, usegmt), time.time()) <= 60


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://user:pw@host:8443/a?b#c", "https://host:8443/a"),
        ("/login?next=/api", "/login"),
        ("//user@host/x", "//host/x"),
        ("http://[::1", "an address that cannot be read"),
        ("nowhere", "nowhere"),
    ],
)
def test_an_address_without_what_it_may_hide(address, bare):
    assert bare_url(address) == bare
