# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is parsed is bounded, before it is built."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.decoding import (
    MAX_CONTAINERS,
    MAX_VALUES,
    decode,
    words_of_page,
)

MUCH = 8 << 20


@pytest.mark.parametrize(
    "part, head, tail",
    [(b"{},", b"[", b"{}]"), (b"[],", b"[", b"[]]"), (b"0,", b"[", b"0]"), (b"[", b"", b""), (b'{"":', b"", b"")],
    ids=repr,
)
def test_what_holds_too_much_is_refused_before_it_is_built(part, head, tail):
    content = head + part * (MUCH // len(part)) + tail
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="it contains more than 2,000,000 values or 400,000 objects"):
            decode(content)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_accounts_that_are_large_are_read():
    service = {"id": "1", "domain": "a.example.com", "label": "x, y, z", "total": "9.99", "status": "Active"}
    services = [{**service, "id": str(number)} for number in range(20_000)]
    assert len(decode(json.dumps({"services": services}).encode())["services"]) == 20_000
    assert decode(b'{"body": "' + b"a" * (4 << 20) + b'"}')["body"][:3] == "aaa"
    assert MAX_VALUES > 50_000 * 25 and MAX_CONTAINERS >= 50_000 * 8


@pytest.mark.parametrize("content", [b"", b"  ", b"<html>", b"[1", b"NaN", b"[1e999]", b'"\\ud800"', b'["\\u0000"]'])
def test_what_cannot_be_used(content):
    with pytest.raises(ValueError):
        decode(content)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf{}", b" {} \n"])
def test_a_mark_and_blanks_around_do_not_matter(content):
    assert decode(content) == {}


def test_the_words_of_a_page_that_is_hostile():
    for part in (b"<", b"<title", b"&#9", b"&", b"<title>&#" + b"9" * 6000, b"<a ", b"\xff"):
        assert len(words_of_page(part * (200_000 // len(part)))) <= 4000
