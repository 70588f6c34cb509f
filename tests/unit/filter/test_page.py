# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page and the Markdown of the role account_report: what a portal sent is shown, and does nothing."""

from __future__ import annotations

import html.parser
import importlib
import re
from pathlib import Path

import pytest
import yaml
from ansible_collections.sindad.cloud.plugins.filter.account_report_page import account_report_page
from ansible_collections.sindad.cloud.plugins.filter.markdown_text import markdown_text

ROOT = Path(__file__).resolve().parents[3]
ROLE = ROOT / "roles/account_report"
WORDS = yaml.safe_load((ROLE / "vars/main.yml").read_text(encoding="utf-8"))["account_report_words"]
FILTERS = sorted(path.stem for path in (ROOT / "plugins/filter").glob("*.py"))
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><b>bold</b>",
    "{{ 1+1 }} {% raw %} {# gone #} ${x}",
    "سرور \u202eevil\u202c اصلی\u200cها",
    "#" + "x" * 300,
    "a | b `c` *d* [e](javascript:f) \\",
    "line\nbreak\r\n\x00\x08\u2028 \ud800 end",
    "&lt;already&gt; &amp;",
]


class Seen(html.parser.HTMLParser):
    """The elements, attributes and text of a page."""

    VOID = {"meta", "link"}

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.open, self.text = set(), [], [], ""
        self.ids, self.targets, self.fault = [], [], None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [name for name, _value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        self.targets += [value[1:] for name, value in attrs if name == "href" and value.startswith("#")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.fault = self.fault or f"</{tag}> at {self.getpos()}"

    def handle_data(self, data):
        self.text += data


def hostile_account():
    """Every text that a portal can send is hostile."""
    every = [
        {
            **dict.fromkeys(("domain", "label", "product", "category", "status", "billing_cycle"), text),
            **{"id": str(place), "total": "1.00", "next_due": "2026-12-01"},
        }
        for place, text in enumerate(HOSTILE)
    ]
    some = HOSTILE[0]
    return {
        "services": {"services": every},
        "account": {
            "account": {"firstname": HOSTILE[0], "lastname": HOSTILE[1], "email": HOSTILE[2], "companyname": None},
            "balance": {"currency": HOSTILE[1], "credit": "5"},
        },
        "invoices": {
            "invoices": [
                {"id": text, "number": text, "status": "Unpaid", "total": "1", "date": text, "due_date": "2026-11-01"}
                for text in HOSTILE
            ]
        },
        "tickets": {
            "tickets": [dict.fromkeys(("number", "subject", "status", "department", "date"), text) for text in HOSTILE]
        },
        "incidents": {
            "incidents": [dict.fromkeys(("name", "status", "description", "related"), text) for text in HOSTILE]
        },
        "details": {"services": every},
        "vms": {
            "results": [
                {
                    "item": "0",
                    "vms": [{"id": text, "service_id": "1", "label": text, "power": "on"} for text in HOSTILE],
                },
                {"item": "2", "msg": HOSTILE[1]},
            ]
        },
        "servers": {"results": [{"item": some, "msg": some}]},
    }


def page(read, language="en", form="html", **options):
    return account_report_page(
        read,
        template=str(ROLE / f"templates/report.{form}.j2"),
        words=WORDS[language],
        today="2026-11-23",
        language=language,
        **options,
    )


def shown(text):
    """How the report shows the text: without control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text.replace("\ud800", "\ufffd")).strip()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_hostile_text_is_shown_and_does_nothing(language):
    seen = Seen(page(hostile_account(), language, title="<i>{{ title }}</i>"))
    assert not seen.tags & {"script", "img", "b", "i", "iframe", "object"}
    assert not [name for name in seen.attributes if name.startswith("on") or name in ("src", "style", "srcset")]
    assert (seen.fault, seen.open) == (None, [])
    for text in HOSTILE:
        assert seen.text.count(shown(text)) > 5, text
    assert "<i>{{ title }}</i>" in seen.text


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_page_needs_nothing_but_itself(language):
    text = page(hostile_account(), language)
    assert not re.findall(r"url\(|@import|<script|<link(?! rel=\"icon\" href=\"data:,\")", text)
    assert "default-src 'none'" in text
    assert f'lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}"' in text
    text.encode("utf-8")


@pytest.mark.parametrize(
    "read", [hostile_account(), {}, {"services": {"services": []}}], ids=["hostile", "nothing", "empty"]
)
def test_links_lead_somewhere_and_ids_are_unique(read):
    seen = Seen(page(read))
    assert len(seen.ids) == len(set(seen.ids))
    assert set(seen.targets) <= set(seen.ids)


def test_every_chart_says_in_words_what_it_shows():
    text = page(hostile_account())
    charts = re.findall(r"<svg[^>]*>.*?</svg>", text, re.S)
    assert len(charts) == 3
    for chart in charts:
        names = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', chart)
        assert f'<title id="{names[1]}">' in chart
        assert f'<desc id="{names[2]}">' in chart


@pytest.mark.parametrize("language", ["en", "fa"])
def test_hostile_text_in_markdown(language):
    text = page(hostile_account(), language, "md")
    assert "<" not in text
    assert not re.search(r"(?<!\\)`|(?<!\\)!?\[", text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    for line in text.splitlines():
        if line.startswith("|") and "Cloud" not in line:
            assert len(re.findall(r"(?<!\\)\|", line)) in (4, 5, 6), line


def test_a_thousand_services_are_all_there():
    services = [
        {
            "id": str(id),
            "domain": f"host-{id:04}.example.com",
            "status": "Active",
            "billing_cycle": "Monthly",
            "total": "0.10",
        }
        for id in range(1000)
    ]
    text = page({"services": {"services": services}})
    assert re.findall(r"host-\d{4}\.example\.com", text) == [each["domain"] for each in services]
    assert '<data value="100">100</data>' in text
    assert "<details>\n<summary>Show the other 980</summary>" in text


def test_a_section_that_could_not_be_read_says_so():
    text = page(
        {"services": {"services": []}, "invoices": {"msg": "Not for you."}, "tickets": {"msg": "No such route."}}
    )
    assert "Could not be read: Invoices · <bdi>Not for you.</bdi>" in re.sub(r"\s+", " ", text)
    assert WORDS["en"]["invoices_none"] not in text
    assert WORDS["en"]["tickets_none"] not in text
    assert WORDS["en"]["incidents_none"] in text


def test_persian_pages_have_persian_digits_and_both_calendars():
    text = page(
        {
            "services": {
                "services": [
                    {
                        "id": "1",
                        "status": "Active",
                        "billing_cycle": "Monthly",
                        "total": "9.99",
                        "next_due": "2026-12-01",
                    }
                ]
            }
        },
        "fa",
    )
    assert '<time datetime="2026-12-01"><span class="nowrap" dir="ltr">۱۴۰۵/۰۹/۱۰</span>' in text
    assert '<bdi class="gregorian" dir="ltr">2026-12-01</bdi>' in text
    assert '<data value="9.99">۹٫۹۹</data>' in text
    body = re.sub(r'<bdi class="gregorian".*?</bdi>|<[^>]*>', " ", text.partition("<body>")[2])
    assert re.findall(r"\d", re.sub("[۰-۹]", "", body)) == []


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        (None, ""),
        ("a | b", r"a \| b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("`x` *y* _z_ [l](m) #n", r"\`x\` \*y\* \_z\_ \[l\](m) \#n"),
        ("a\nb", "a b"),
        ("a\\", r"a\\"),
        ("\u202ea", "a"),
        (7, "7"),
    ],
)
def test_markdown_is_escaped(text, escaped):
    assert markdown_text(text) == escaped


# -- words and documentation -----------------------------------------------------------------------------------------


def shape(words):
    return {
        key: len(each) if isinstance(each, list) else shape(each) if isinstance(each, dict) else each.count("%s")
        for key, each in words.items()
    }


def test_both_languages_have_the_same_words():
    english, persian = (
        shape({key: each for key, each in WORDS[one].items() if key not in ("portal_words", "currencies")})
        for one in ("en", "fa")
    )
    assert english == persian


@pytest.mark.parametrize("language", WORDS)
def test_what_follows_a_number_sign_is_no_comment(language):
    assert "#" in WORDS[language]["untagged_note"]


def test_every_word_is_used_and_every_used_word_is_there():
    text = "".join(path.read_text(encoding="utf-8") for path in (ROLE / "templates").glob("*.j2"))
    made = {f"power_{each}" for each in ("on", "off", "changing", "unknown")} | {"kind_vm", "kind_server"}
    made |= {f"change_{each}" for each in ("new", "gone", "status", "price", "cycle", "label")}
    assert set(re.findall(r"\bt\.(\w+)", text)) | made == set(WORDS["en"])


@pytest.mark.parametrize("name", FILTERS)
def test_filters_are_documented_as_they_are(name):
    module = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.filter.{name}")
    documentation = yaml.safe_load(module.DOCUMENTATION)
    assert documentation["name"] == name
    assert list(module.FilterModule().filters()) == [name]
    assert yaml.safe_load(module.EXAMPLES)
    assert yaml.safe_load(module.RETURN)["_value"]["type"]
    function = module.FilterModule().filters()[name]
    names = function.__code__.co_varnames[1 : function.__code__.co_argcount]
    assert list(documentation["options"]) == ["_input", *names]


def test_the_variables_of_the_role_are_documented_as_they_are():
    specs = yaml.safe_load((ROLE / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
    defaults = yaml.safe_load((ROLE / "defaults/main.yml").read_text())
    assert set(specs) == {"account_report_dest", *defaults}
    for name, value in defaults.items():
        if name != "account_report_today":
            assert specs[name]["default"] == value
