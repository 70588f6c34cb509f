# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a service is protected, where its label cannot be read."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import ApiError, LookupFailed
from ansible_collections.sindad.cloud.plugins.module_utils._service.protection import label_of_service
from unit.canned import Canned, offers


def portal(**changed):
    answers = {"label": {"error": ["Node is down"]}, "methods": offers(), **changed}
    return Canned({f"GET /service/101/{name}": answer for name, answer in answers.items()})


def test_the_label_is_read():
    assert label_of_service(portal(label={"label": "web #protected"}).client, "101") == "web #protected"


def test_a_service_that_offers_no_label_has_none():
    assert label_of_service(portal().client, "101") == ""


def test_a_label_that_is_offered_and_not_read_is_an_error():
    with pytest.raises(ApiError, match="Node is down"):
        label_of_service(portal(methods=offers("GET /service/@id/label")).client, "101")


def test_a_service_that_lists_no_routes_tells_nothing():
    with pytest.raises(LookupFailed, match=r"It is unknown whether service 101 is tagged #protected.*Use force=true"):
        label_of_service(portal(methods={"methods": []}).client, "101")
