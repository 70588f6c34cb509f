# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags in labels: what is read, what is written, and what protects a machine."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._service.tags import (
    is_protected,
    same_tags,
    tags_of,
    with_tags,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("label", "tags"),
    [
        ("main cloud #prod #db", ["prod", "db"]),
        ("#prod", ["prod"]),
        ("#a,#b; #c", ["a", "b", "c"]),
        ("#Prod #prod ##x", ["Prod", "x"]),
        ("شاپ #فروش‌گاه", ["فروش‌گاه"]),
        ("main,#prod", ["prod"]),
        ("main،#prod؛ #db", ["prod", "db"]),
        ("web &#35;prod &num;db &#x23;c &amp;#35;d", ["prod", "db", "c", "d"]),
        ("web ＃prod ﹟db", ["prod", "db"]),
        ("web \u200f#prod #\u200cd\u00adb\ufeff", ["prod", "db"]),
        ("#Prod #PROD ＃ｐｒｏｄ", ["Prod"]),
        *[(label, []) for label in (None, "", "web", "C#", "a#b", "# b", "#-", "&#39;", "{# x #}", "a\u200b#b")],
    ],
)
def test_the_tags_of_a_label(label, tags):
    assert tags_of(label) == tags


@pytest.mark.parametrize(
    ("label", "tags", "expected"),
    [
        ("main cloud #prod #db", ["db", "web"], "main cloud #db #web"),
        ("main  cloud", ["#prod"], "main cloud #prod"),
        ("main #prod  #db cloud", ["DB", "prod"], "main #prod  #db cloud"),
        ("#prod", [], ""),
        (None, ["a", "A"], "#a"),
        ("C# and a#b", ["x"], "C# and a#b #x"),
        ("a &amp; b &#35;old", ["new"], "a & b #new"),
        ("main &#35;PROD", ["prod"], "main &#35;PROD"),
    ],
)
def test_other_tags(label, tags, expected):
    assert with_tags(label, tags) == expected


@given(st.text(), st.lists(st.from_regex(r"[\w-]{0,9}\w", fullmatch=True)))
def test_what_was_written_is_read(label, tags):
    written = with_tags(label, tags)
    assert same_tags(written, tags)
    assert with_tags(written, tags) == written


@pytest.mark.parametrize("tag", ["", "#", "-", "a b", "a,b", "a#b", "a;b", "\n", "\u200f", "a،b", "a＃b"])
def test_what_is_no_tag(tag):
    with pytest.raises(InvalidInput, match="is not a tag"):
        with_tags("web", [tag])


@pytest.mark.parametrize(
    "labels",
    [
        ("web #protected",),
        (None, "#Protected"),
        ("(#protected)", ""),
        ("a#PROTECTED,b",),
        ("# protected",),
        ("web &#35;protected",),
        ("web &amp;#35;protected",),
        ("web &#x23;Protected",),
        ("web &num;protected",),
        ("web %23protected",),
        ("web ＃protected",),
        ("web ﹟protected",),
        ("web ＃ｐｒｏｔｅｃｔｅｄ",),
        ("web #pro\u200ctected",),
        ("web #\u200fprotected\u200e",),
        ("web #pro\u00adtected",),
        ("web #\ufe0fprotected",),
        ("web #protected\u200cها",),
        ("web1\u200b#protected",),
        ("<b>#protected</b>",),
        ("#protected-web",),
    ],
)
def test_what_is_protected(labels):
    assert is_protected(*labels)


@pytest.mark.parametrize("labels", [(), (None,), ("protected",), ("#protected_not", "#unprotected", "#protected2")])
def test_what_is_not_protected(labels):
    assert not is_protected(*labels)
