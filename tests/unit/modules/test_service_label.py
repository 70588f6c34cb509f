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
