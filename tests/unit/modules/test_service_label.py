# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import html

import pytest
from ansible_collections.sindad.cloud.plugins.modules import service_label
from unit.canned import Canned

GET = "GET /service/301/label"
SET = "POST /service/301/label"


class Portal(Canned):
    """A portal with a label; *makes* is what it makes of one that is set."""

    def __init__(self, label, makes=lambda label: label):
        self.label, self.makes = label, makes
        super().__init__({GET: lambda body: {"label": self.label}, SET: self.set})

    def set(self, body):
        self.label = self.makes(body["label"])
        return {"info": ["label_updated"]}


@pytest.mark.parametrize(
    "label, wanted, sent",
    [
        ("web", "web", []),
        ("web", " web ", []),
        (None, "", []),
        ("web", "Web", [(SET, {"label": "Web"})]),
        ("web", "", [(SET, {"label": ""})]),
    ],
)
def test_only_another_label_is_sent(label, wanted, sent):
    canned = Portal(label)
    result = canned.run(service_label, service="301", label=wanted)
    assert canned.sent == sent
    assert result["changed"] is bool(sent)
    assert result["label"] == wanted.strip()


@pytest.mark.parametrize(
    ("label", "options", "wanted"),
    [
        ("web #prod", {"tags": ["prod"]}, None),
        ("web #prod", {"tags": ["#db", "prod"]}, "web #db #prod"),
        ("web #prod", {"tags": []}, "web"),
        ("web #prod", {"label": "mail"}, "mail"),
        ("web #prod", {"label": "mail #db", "tags": ["prod"]}, "mail #prod"),
        ("a &amp; b #prod", {"label": "a & b #prod", "tags": ["prod"]}, None),
    ],
)
def test_tags_are_set_and_the_rest_is_left(label, options, wanted):
    canned = Portal(label)
    result = canned.run(service_label, service="301", **options)
    assert canned.sent == ([(SET, {"label": wanted})] if wanted else [])
    assert result["label"] == (wanted or label)
    assert [f"#{tag}" in result["label"] for tag in result["tags"]] == [True] * len(result["tags"])


@pytest.mark.parametrize(
    "makes",
    [
        lambda label: html.escape(label).replace("#", "&#35;"),
        lambda label: label.upper(),
        lambda label: label.replace("#", "＃"),
        lambda label: f"\u200f{label} ",
    ],
)
def test_a_tag_that_the_portal_writes_otherwise_is_there(makes):
    portal = Portal("main & co", makes)
    result = portal.run(service_label, service="301", tags=["protected"])
    assert result["changed"] and [tag.lower() for tag in result["tags"]] == ["protected"]
    assert portal.run(service_label, service="301", tags=["protected"])["changed"] is False
    assert len(portal.sent) == 1


@pytest.mark.parametrize(
    ("makes", "shows", "changed"),
    [
        (lambda label: label[:9], "'main clou'", True),
        (lambda label: label.replace("#", ""), "'main cloud protected'", True),
        (lambda label: label.replace("#", "_"), "'main cloud _protected'", True),
        (lambda label: "main cloud", "'main cloud'", False),
        (lambda label: "", "none", True),
        (lambda label: label.replace("main", ""), "'cloud #protected'", True),
    ],
)
@pytest.mark.parametrize("options", [{"tags": ["protected"]}, {"label": "main cloud #protected"}])
def test_a_label_that_the_portal_does_not_keep_is_a_failure(makes, shows, changed, options):
    portal = Portal("main cloud", makes)
    result = portal.run(service_label, service="301", **options)
    assert result["failed"]
    assert f"The portal accepted the label 'main cloud #protected' of service 301, but reports {shows}" in result["msg"]
    assert result.get("changed", False) is changed


def test_a_label_that_shows_late(clock):
    portal = Portal("main")
    reads = iter(["main"] * 3)
    portal.answers[GET] = lambda body: {"label": next(reads, portal.label)}
    assert portal.run(service_label, service="301", tags=["a"])["label"] == "main #a"


@pytest.mark.parametrize("tag", ["two words", "", " #", "a\tb"])
def test_what_is_no_tag_is_refused_before_anything_is_sent(tag):
    canned = Canned({})
    assert "is not a tag" in canned.run(service_label, service="301", tags=[tag])["msg"]
    assert canned.asked == []
