# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError, UnexpectedResponse
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, advice_if_unknown, is_repeat
from ansible_collections.sindad.cloud.plugins.module_utils._service.record import (
    to_resources,
    to_service,
    to_upgrade_options,
    to_upgrade_resource,
)
from unit.canned import Canned


@pytest.mark.parametrize(
    "answer, found",
    [
        ({"resources": {"memory": {"used": 1}}}, {"memory": {"used": 1}}),
        ({"resources": []}, []),
        ({"status": True, "memory": {"used": 1}}, {"memory": {"used": 1}}),
        ({"memory": {"used": 1}}, {"memory": {"used": 1}}),
        ({"success": True, "total": 4, "used": 2}, {"total": 4, "used": 2}),
        ([{"name": "memory"}], [{"name": "memory"}]),
    ],
)
def test_resources_are_handed_back_without_their_envelope(answer, found):
    assert to_resources(answer) == found


@pytest.mark.parametrize("answer", [[], {"resources": [], "package": []}, {"resources": {}, "package": None}])
def test_no_upgrade_options(answer):
    assert to_upgrade_options(answer) == {"resources": [], "package": [], "raw": answer}


def test_upgrade_options_of_an_unknown_shape_are_not_taken_for_none():
    with pytest.raises(UnexpectedResponse):
        to_upgrade_options({"status": True})


def test_upgrade_options_keyed_by_id():
    found = to_upgrade_options(
        {
            "resources": {"7": {"name": "Disk", "type": "slider", "qty": "20", "min": 10, "items": []}},
            "packages": {"21": "Bigger"},
        }
    )
    assert [(each["id"], each["quantity"], each["min"]) for each in found["resources"]] == [("7", 20, 10)]
    assert [(each["id"], each["name"]) for each in found["package"]] == [("21", "Bigger")]


@pytest.mark.parametrize(
    "source, selected",
    [
        ({"items": [{"id": 1, "selected": True}, {"id": 2, "selected": False}]}, [True, False]),
        ({"items": {"1": {"selected": "0"}, "2": {"selected": "1"}}}, [False, True]),
        ({"items": [{"id": "1"}, {"id": "2"}], "value": 2}, [False, True]),
        ({"items": [{"id": "1"}, {"id": "2"}], "data": {"1": {"qty": 1}}}, [True, False]),
        ({"items": [{"id": "1"}, {"id": "2"}]}, [None, None]),
    ],
)
def test_which_item_is_selected(source, selected):
    found = to_upgrade_resource({"id": 5, "name": "Backup", "type": "select", **source})
    assert [item["selected"] for item in found["choices"]] == selected


@pytest.mark.parametrize(
    "source, quantity",
    [
        ({"items": [{"id": 1, "qty": "3", "selected": True}]}, 3),
        ({"items": [{"id": 1, "qty": "0", "selected": False}]}, 0),
        ({"value": "8", "items": [{"id": 1}]}, 8),
        ({"items": [{"id": 1, "selected": True}]}, None),
        ({}, None),
    ],
)
def test_the_quantity_of_a_slider(source, quantity):
    assert to_upgrade_resource({"id": 5, "type": "slider", **source})["quantity"] == quantity


MORE = ["resources", "upgrade_options"]
RECORD = to_service({"id": "301", "status": "Active"})


def test_what_a_service_does_not_offer_is_null():
    canned = Canned(
        {
            "GET /service/301/upgrade": {"error": ["upgrade_due_invoice"]},
            "GET /service/301/methods": {"methods": [{"method": "GET", "route": "/service/@id/label"}]},
        },
    )
    found = Service(canned.client, "301").with_more(RECORD, MORE)
    assert found["resources"] is None
    assert found["upgrade_options"] is None
    assert found["methods"] is None


def test_a_route_that_is_offered_and_fails_is_a_failure():
    methods = {"methods": [{"method": "GET", "route": "/service/@id/resources"}]}
    canned = Canned({"GET /service/301/methods": methods})
    with pytest.raises(Exception, match="Method not found"):
        Service(canned.client, "301").with_more(RECORD, MORE)
    pending = {**RECORD, "status": "Pending"}
    assert Service(canned.client, "301").with_more(pending, MORE)["resources"] is None


def test_a_portal_that_does_not_answer_is_a_failure_whatever_the_status():
    canned = Canned({"GET /service/301/resources": TransportError("no")})
    with pytest.raises(TransportError):
        Service(canned.client, "301").with_more({**RECORD, "status": "Terminated"}, MORE)


@pytest.mark.parametrize(
    "answer, label",
    [({"label": None}, ""), ([], ""), ({"label": "a"}, "a"), ({"label": 7}, "7"), ({"response": {"label": "a"}}, "a")],
)
def test_label(answer, label):
    assert Service(Canned({"GET /service/301/label": answer}).client, "301").label() == label


@pytest.mark.parametrize("answer", [{"name": "x"}, {"label": ["a"]}, {"label": {"label": "a"}}, "a", ["a"]])
def test_an_answer_without_a_label_is_not_taken_for_an_empty_one(answer):
    with pytest.raises(UnexpectedResponse):
        Service(Canned({"GET /service/301/label": answer}).client, "301").label()


@pytest.mark.parametrize(
    "answer, new",
    [
        ({"info": ["cancell_sent"]}, True),
        ({"status": True}, True),
        ({"info": ["cancelled_already"]}, False),
        ({"info": "cancelled_already"}, False),
        ({"info": {"0": "cancelled_already"}}, False),
        ({"error": ["cancelled_already"]}, False),
        ({"success": False, "info": ["cancelled_already"]}, False),
    ],
)
def test_whether_a_cancellation_is_new(answer, new):
    canned = Canned({"POST /service/301/cancel": answer})
    with canned.client.one_change():
        assert is_repeat(Service(canned.client, "301").cancel(immediate=False, reason="why")) is not new
    assert canned.sent == [("POST /service/301/cancel", {"immediate": "false", "reason": "why"})]


@pytest.mark.parametrize("uncertain, message", [(True, "lost. Look."), (False, "lost.")])
def test_advice_is_added_only_where_there_is_doubt(uncertain, message):
    with pytest.raises(TransportError) as raised, advice_if_unknown("Look."):
        raise TransportError("lost.", outcome_unknown=uncertain)
    assert str(raised.value) == message


def test_upgrade_options_in_a_wrapper_with_a_single_part():
    answer = {"upgrade": {"resources": {"memory": {"type": "slider", "min": 1, "value": 2}}}}
    (memory,) = to_upgrade_options(answer)["resources"]
    assert (memory["id"], memory["quantity"]) == ("memory", 2)
