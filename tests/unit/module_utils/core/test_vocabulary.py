# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the words of portals mean."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.vocabulary import is_transitional, power


def words(text):
    return text.split()


# -- power -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["running", "online", "on", "active", "true", "1", 1, True, "Running", " ONLINE "])
def test_on(word):
    assert power(word) == "on"


@pytest.mark.parametrize("word", ["stopped", "offline", "off", "shutoff", "halted", "false", "0", 0, False, "Stopped "])
def test_off(word):
    assert power(word) == "off"


@pytest.mark.parametrize(
    "word",
    [
        *words(
            """
    starting stopping shutdown paused rebuild rebuilding creating resetting backup snapshot restore updating pending
    provisioning suspended error unknown crashed rescue deleted 2 -1 not_running خاموش
            """
        ),
        *("", None, "not running", "shutting down", "something new", [], {}, ["off"], {"off": "off"}),
    ],
)
def test_everything_else_is_changing_and_never_off(word):
    assert power(word) == "changing"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("1", "stopping"), "changing"),
        (("on", "rebuilding"), "changing"),
        (("0", "weird"), "off"),
        (("1", "weird"), "on"),
        (("weird", "stopped"), "off"),
        ((None, "running"), "on"),
        ((False, None), "off"),
        ((None, None), "changing"),
        (("weird", "strange"), "changing"),
    ],
)
def test_two_words(words, expected):
    assert power(*words) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("rebuilding", True),
        ("Pending", True),
        ("shutting down", True),
        ("in progress", True),
        ("powering_off", True),
        ("running", False),
        ("online", False),
        ("paused", False),
        ("shutdown", False),
        ("not running", False),
        ("not_running", False),
        ("missing", False),
        ("nothing", False),
        ("", False),
        (None, False),
        (True, False),
    ],
)
def test_passing(word, expected):
    assert is_transitional(word) is expected
