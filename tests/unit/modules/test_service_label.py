# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import service_label
from unit.canned import Canned

SET = "POST /service/301/label"


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
    canned = Canned({"GET /service/301/label": {"label": label}, SET: {"info": ["label_updated"]}})
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
    canned = Canned({"GET /service/301/label": {"label": label}, SET: {"info": ["label_updated"]}})
    result = canned.run(service_label, service="301", **options)
    assert canned.sent == ([(SET, {"label": wanted})] if wanted else [])
    assert result["label"] == (wanted or label)
    assert [f"#{tag}" in result["label"] for tag in result["tags"]] == [True] * len(result["tags"])


@pytest.mark.parametrize("tag", ["two words", "", " #", "a\tb"])
def test_what_is_no_tag_is_refused_before_anything_is_sent(tag):
    canned = Canned({})
    assert "is not a tag" in canned.run(service_label, service="301", tags=[tag])["msg"]
    assert canned.asked == []
