# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""compose, groups and keyed_groups: exactly what Ansible's constructed gives, only sooner."""

from __future__ import annotations

import os
import re

import pytest
from e2e.support import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FIELDS = [
    "id",
    "kind",
    "service_id",
    "vm_id",
    "label",
    "service_label",
    "tags",
    "hostname",
    "domain",
    "product",
    "category",
    "category_url",
    "status",
    "power",
    "state",
    "billing_cycle",
    "next_due",
    "total",
    "monthly",
    "currency",
    "memory",
    "cpu",
    "disk",
    "template",
    "ipv4",
    "ipv6",
    "username",
    "password",
]
#: E2E_EXAMPLES=2000 tries other examples each time.
EXAMPLES = os.environ.get("E2E_EXAMPLES")


def some(words):
    """One of the words, which semicolons part."""
    return st.sampled_from([each.strip() for each in words.split(";")])


def numbered(letter):
    """Texts as values of c0, c1 and so on."""
    return lambda texts: {f"{letter}{place}": each for place, each in enumerate(texts)}


# -- random expressions over random variables --------------------------------------------------------------------------

TEXTS = st.sampled_from(
    [
        "web1",
        "db1",
        "",
        "1",
        "01",
        "1.0",
        "True",
        "None",
        "[1]",
        "{'a': 1}",
        "سرور",
        "a b",
        "x-y.z",
        "{{ 6*7 }}",
        "{% if",
        "{# x",
        "}}",
        "{{ sindad_label }}",
        "{{ missing }}",
        " padded ",
        "it's",
        "false",
        "{",
        "'}}",
    ]
)
VALUES = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            None,
            True,
            False,
            0,
            1,
            1.0,
            2,
            2.5,
            -1,
            2048,
            [],
            [1],
            [1.0],
            [True],
            ["a", "b"],
            {},
            {"a": 1},
            {"a": {"b": None}},
        ]
    ),
)
VARIED = ("label", "hostname", "state", "template", "memory", "cpu", "disk", "total")
HOST = st.fixed_dictionaries(dict.fromkeys(VARIED, VALUES))
NAMES = st.sampled_from(
    [f"sindad_{name}" for name in (*VARIED, "power", "ipv4", "kind")] + ["ansible_host", "missing", "extra", "live"]
)
CONSTANTS = st.sampled_from(
    ["1", "1.0", "true", "none", "'a'", '"{{"', "[]", "['a', 1]", "{'k': 'v'}", "''", "'{{ 1 }}'"]
)
FILTERS = some(
    """
    upper; lower; length; int; int(7); string; bool; first; last; list; join('-'); default('d'); default(1.0, true);
    replace('w', 'v'); regex_replace('[0-9]+', 'n'); ternary('yes', 'no'); type_debug; to_json; from_json; trim;
    split('.'); unique; map('string') | list; map('upper') | join; select | list; hash('sha1'); b64encode; sort;
    dict2items; combine({'z': 1}); mandatory; abs; round; quote; reverse | list; nosuchfilter
    """
)
TESTS = some(
    """
    defined; undefined; none; string; number; not none; search('1'); match('w'); in ['web1', 1]; true; truthy; mapping;
    sequence; nosuchtest; eq(1)
    """
)
OPERATORS = st.sampled_from(["~", "+", "*", "==", "!=", "<", "in", "and", "or", "is sameas"])


def _grown(inner):
    pair = st.tuples(inner, OPERATORS, inner)
    return st.one_of(
        st.tuples(inner, FILTERS).map(lambda parts: f"({parts[0]}) | {parts[1]}"),
        st.tuples(inner, TESTS).map(lambda parts: f"({parts[0]}) is {parts[1]}"),
        pair.map(lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]}) if ({parts[1]}) else ({parts[2]})"),
        inner.map(lambda part: f"not ({part})"),
        inner.map(lambda part: f"[{part}, {part}]"),
        inner.map(lambda part: f"{{'key': {part}}}"),
        inner.map(lambda part: f"({part}).a.b"),
        inner.map(lambda part: f"({part})[0]"),
        inner.map(lambda part: f"[{part}] | map('default', sindad_label) | list"),
    )


EXPRESSIONS = st.recursive(st.one_of(NAMES, NAMES, CONSTANTS), _grown, max_leaves=4)
BROKEN = st.sampled_from(["sindad_label ==", "}} {{", "'", "sindad_label | ", "{% if 1 %}", "", "sindad label"])
ANY = st.one_of(*[EXPRESSIONS] * 12, BROKEN)
KEYED = st.fixed_dictionaries(
    {"key": ANY},
    optional={
        "prefix": st.sampled_from(["", "p", "{{ sindad_label }}"]),
        "separator": st.sampled_from(["", "-", "_"]),
        "parent_group": st.sampled_from(
            ["parents", "of_{{ sindad_kind }}", "of_{{ sindad_label }}", "of_{{ missing }}"]
        ),
        "default_value": st.sampled_from(["none", ""]),
    },
)
OPTIONS = st.fixed_dictionaries(
    {
        "compose": st.lists(ANY, min_size=3, max_size=8).map(numbered("c")),
        "groups": st.lists(ANY, min_size=1, max_size=5).map(numbered("g")),
        "keyed_groups": st.lists(KEYED, max_size=4),
    },
    optional={
        "strict": st.sampled_from([False, False, True]),
        "leading_separator": st.booleans(),
        "use_extra_vars": st.booleans(),
    },
)
EXTRA = ('{"extra": "e1", "live": "{{ sindad_label }}-{{ sindad_memory }}"}',)


def host(number, **fields):
    """A host as the plugin gets it from an account."""
    blank = dict.fromkeys(FIELDS)
    own = {
        "kind": "vm",
        "service_id": "1",
        "vm_id": str(number),
        "power": "on",
        "ipv4": [f"192.0.2.{number}"],
        **{"ipv6": [], "tags": []},
    }
    return {**blank, **own, **fields}


def compared(core, hosts, extra_vars=EXTRA, **options):
    return core.ask(task="compare", hosts=hosts, extra_vars=extra_vars, options={"hostnames": ["id"], **options})


@settings(
    max_examples=int(EXAMPLES or 30),
    deadline=None,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(accounts=st.lists(HOST, min_size=2, max_size=5), options=OPTIONS)
def test_as_constructed(core, accounts, options):
    # Each host comes twice, or nothing would be remembered.
    hosts = [host(place + 1, **fields) for place, fields in enumerate(accounts + accounts)]
    both = compared(core, hosts, **options)
    assert both["ours"] == both["plain"]


# -- examples of what is easily confused -------------------------------------------------------------------------------


def test_equal_is_not_the_same(core):
    """1, 1.0 and True are equal, hash alike, and print differently; so do texts that look like them."""
    values = [1, 1.0, True, "1", "1.0", "True", None, "None", "", 0, False, 0.0, [1], [1.0], [True]]
    hosts = [host(place + 1, memory=value, label="same") for place, value in enumerate(values)]
    compose = {"same": "sindad_memory", "text": "sindad_memory ~ ''", "kind": "sindad_memory | type_debug"}
    both = compared(core, hosts, compose=compose, keyed_groups=[{"key": "sindad_memory | string", "prefix": "m"}])
    assert both["ours"] == both["plain"]
    assert both["ours"]["error"] is None
    kinds = [both["ours"]["hosts"][str(place + 1)]["same"] for place in range(len(values))]
    assert kinds[:3] == [["int", "1"], ["float", "1.0"], ["bool", "True"]]


def test_a_container_is_not_shared(core):
    """What a play changes in one host's list must not change another's."""
    hosts = [host(1, label="a"), host(2, label="a")]
    both = compared(core, hosts, compose={"some": "[sindad_label]", "more": "{'a': [sindad_label]}"})
    assert both["ours"] == both["plain"]


IMPURE = [
    "999999999999 | random",
    "range(99999) | random",
    "[range(99999) | list] | map('random') | first",
    "range(60) | shuffle | join",
    "now().timestamp()",
    "now(fmt='%f%S')",
    "lookup('ansible.builtin.password', '/dev/null')",
    "lookup('random_choice', *range(99))",
    "query('random_choice', *range(99))",
    "q('ansible.builtin.random_choice', *range(99))",
    "(999999999 | random) if sindad_label else 0",
    "{'a': 999999999 | random}",
    "lookup('ansible.builtin.vars', 'sindad_vm_id')",
    "vars.sindad_vm_id | default(999999999 | random)",
    "dice",
    "dice ~ sindad_label",
    "[dice, 1]",
]


@pytest.mark.parametrize("way", ["compose", "keyed_groups"])
def test_what_changes_by_itself_is_never_remembered(core, way):
    """Random, the time, lookups, and variables that are templates of such."""
    hosts = [host(place + 1, label="same") for place in range(4)]
    extra_vars = ('{"dice": "{{ 999999999 | random }}"}',)
    if way == "compose":
        options = {"compose": {f"v{place}": text for place, text in enumerate(IMPURE)}}
    else:
        options = {
            "keyed_groups": [{"key": f"({text}) | string", "prefix": f"v{place}"} for place, text in enumerate(IMPURE)]
        }
    found = compared(core, hosts, extra_vars, use_extra_vars=True, **options)["ours"]
    assert found["error"] is None
    for place, text in enumerate(IMPURE):
        if way == "compose":
            values = [str(variables.get(f"v{place}")) for variables in found["hosts"].values()]
        else:
            values = [name for name in found["groups"] if name.startswith(f"v{place}_")]
        if values and "None" not in values and not (core.old and "lookup('ansible.builtin.vars'" in text):
            assert len(set(values)) > 1, (text, values)


FILTERS_OF_A_USER = """
count = 0

def number(value):
    global count
    count += 1
    return f"{value}-{count}"

class FilterModule:
    def filters(self):
        return {"number": number, "upper": number}
"""


def test_a_filter_of_the_user_is_asked_for_each_host(site, tmp_path):
    """One of a name of its own, and one in the place of Ansible's."""
    (tmp_path / "mine.py").write_text(FILTERS_OF_A_USER)
    compose = {"own": "sindad_status | number", "replaced": "sindad_status | upper"}
    source = site.source(
        compose=compose, hostnames=["id"], keyed_groups=[{"key": "sindad_kind | number", "prefix": "n"}]
    )
    found = site.list(source, ANSIBLE_FILTER_PLUGINS=str(tmp_path))
    for name in compose:
        values = [str(variables[name]) for variables in found.hosts.values()]
        assert len(set(values)) == len(values) == 11, values
    assert len([name for name in found.json if name.startswith("n_")]) == 11


def test_the_recipe_of_the_guide_for_null(site, tmp_path):
    """ansible.builtin.constructed, strict, beside hosts of another source that have none of the variables."""
    guide = (ROOT / "docs/guide_inventory.md").read_text(encoding="utf-8")
    (recipe,) = [
        each for each in re.findall(r"```yaml\n(.*?)```", guide, re.S) if "ansible.builtin.constructed" in each
    ]
    (tmp_path / "a.sindad.yml").write_text(site.source().read_text())
    (tmp_path / "b_hosts").write_text("other ansible_host=192.0.2.200\n")
    (tmp_path / "zz.constructed.yml").write_text(recipe)
    found = site.parse_file(tmp_path)
    assert found.error is None and len(found.names) == 12
    assert found.groups["web"] == ["web1"] and "other" in found.groups["os_unknown"]
    assert set(found.var("owner").values()) == {"nobody"}
    (tmp_path / "zz.constructed.yml").write_text(recipe.replace("default(0, true)", "default(0)"))
    assert "large" in site.parse_file(tmp_path).error, "null is not undefined"


def test_as_a_user_writes_them(site):
    """strict, leading_separator, use_extra_vars, parents, defaults: in a source file, through Ansible."""
    found = site.parse(
        extra_vars=('{"who": "admin"}',),
        use_extra_vars=True,
        compose={
            "ansible_user": "who",
            "size": "'big' if sindad_memory | default(0, true) > 2048 else 'small'",
            "lost": "no_such.thing",
        },
        groups={"large": "size == 'big'", "of two-words": "sindad_kind == 'vm'", "lost": "no_such"},
        keyed_groups=[
            {"key": "sindad_product", "prefix": "product", "parent_group": "products"},
            {"key": "sindad_label", "prefix": "", "default_value": "unlabelled"},
            {"key": "sindad_ipv4", "prefix": "ip", "separator": "-"},
        ],
    )
    assert found.error is None
    assert set(found.var("ansible_user").values()) == {"admin"} and not found.var("lost")
    assert found.groups["large"] == ["db1", "mail1"] and "lost" not in found.groups
    assert len(found.groups["of_two_words"]) == 5
    assert found.groups["product_Cloud_A"] == ["web1", "db1"] and found.groups["product_هاست_اقتصادی"] == [
        "shop.example.com"
    ]
    assert "product_Cloud_A" in found.children["products"]
    assert found.groups["_web1"] == ["web1"] and found.groups["ip_192_0_2_10"] == ["web1"]
    bare = site.parse(leading_separator=False, keyed_groups=[{"key": "sindad_label", "prefix": ""}])
    assert bare.groups["web1_"] == ["web1"] if "web1_" in bare.groups else bare.error is None

    for option in (
        {"compose": {"lost": "no_such.thing"}},
        {"groups": {"lost": "no_such"}},
        {"keyed_groups": [{"key": "no_such", "prefix": "x"}]},
    ):
        assert "no_such" in site.parse(strict=True, **option).error
        assert site.parse(**option).error is None
    assert "who" in site.parse(strict=True, extra_vars=("who=me",), compose={"ansible_user": "who"}).error
