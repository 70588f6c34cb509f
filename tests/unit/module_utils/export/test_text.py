# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
import yaml
from ansible_collections.sindad.cloud.plugins.module_utils._export.files import is_sealed, sealed
from ansible_collections.sindad.cloud.plugins.module_utils._export.text import comments, to_comment, to_yaml

TEXTS = [
    *("", "web1", "null", "yes", "1e3", "0x1F", "~", "=", "<<", "!", "*a &b", "- dash", "!unsafe x", "@x", "a: b # c"),
    *(
        "2026-11-23",
        "2001-12-14\t21:59:43",
        "{{ 7*7 }}",
        "{% raw %}",
        "{# x #}",
        "[1,2]",
        "{'a': 1}",
        "100%",
        "\ufeffx",
    ),
    *("#jinja2:variable_start_string:'[%'\n[% 1 %]", "a\nb\r\n\tc", "\x07\x1b[31m\x7f\x85\u2028\u202e", "\ufffe", "😀"),
    *("فروشگاه من\u200c\u200f", "'\"`\\n\\u0041", "x" * 5000),
]


def loaded(written):
    """As libyaml reads it, where it is there; a tag must not change what it is."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(f"- {written.removeprefix('!unsafe ')}\n", loader)[0]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_the_same_text_again(text):
    written = to_yaml(text)
    assert "\n" not in written and loaded(written) == text
    assert written.isprintable() or "\u200c" in written


@pytest.mark.parametrize("text", TEXTS)
def test_what_may_be_a_template_is_tagged_and_what_looks_like_a_number_is_not(text):
    """ansible-core 2.19 and newer resolve a tagged text anew, as if it had no quotes."""
    tagged = to_yaml(text).startswith("!unsafe ")
    assert tagged or not any(sign in text for sign in ("{{", "{%", "{#", "#jinja2"))
    if tagged:
        resolver = yaml.resolver.Resolver()
        assert resolver.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str"


def test_of_containers_the_whole_is_tagged():
    assert to_yaml({"a": ["b"]}) == '{"a": ["b"]}'
    assert to_yaml({"{{ a }}": ["b"]}) == '!unsafe {"{{ a }}": ["b"]}'
    assert to_yaml(2048) == "2048" and to_yaml(True) == "true"


@pytest.mark.parametrize("text", TEXTS)
def test_a_comment_is_one_line_whatever_it_holds(text):
    written = comments([text, "end"])
    assert yaml.safe_load(written) is None and len(written.splitlines()) == 2
    assert len(to_comment(text)) <= 200


def test_a_seal_breaks_with_any_change():
    text = sealed("# a\n", "---\nb: 1\n")
    assert is_sealed(text)
    for other in (text.replace("b: 1", "b: 2"), text.replace("# a", "# c"), text + "\n", "b: 1\n", ""):
        assert not is_sealed(other)
