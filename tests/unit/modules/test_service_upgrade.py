# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.module_utils._service.record import to_upgrade
from ansible_collections.sindad.cloud.plugins.modules import service_upgrade
from unit.canned import Canned

OPTIONS = "GET /service/301/upgrade"
ORDER = "POST /service/301/upgrade"
DUE = {"error": ["upgrade_due_invoice"]}


def options(selected):
    items = [{"id": each, "name": f"{each} GB", "selected": each == selected} for each in (100, 500)]
    return {"resources": [{"id": 1557, "name": "Bandwidth", "type": "select", "items": items}], "package": []}


def run(canned, **more):
    return canned.run(service_upgrade, service="301", resources={"Bandwidth": "500 GB"}, **more)


def test_check_mode_asks_for_an_estimate_and_nothing_else():
    methods = {"GET /service/301/methods": {"methods": []}}
    canned = Canned({OPTIONS: options(100), ORDER: {"charge": 4}, **methods})
    result = run(canned, check_mode=True)
    assert canned.sent == [(ORDER, {"resources": {"1557": "500"}, "send": False})]
    assert result["changed"] is True
    assert result["upgrade"]["ordered"] is False
    assert result["upgrade"]["charge"] == "4"
    assert result["upgrade"]["estimate"] == {"charge": 4}


def test_an_order_is_sent_once():
    canned = Canned({OPTIONS: options(100), ORDER: {"info": ["upgrade_order_success"]}})
    result = run(canned)
    assert canned.sent == [(ORDER, {"resources": {"1557": "500"}, "send": True})]
    assert (result["changed"], result["upgrade"]["ordered"]) == (True, True)
    assert result["diff"]["after"] == {"resources": {"Bandwidth": "500 GB"}}


@pytest.mark.parametrize("check_mode", [True, False])
def test_what_is_selected_already_sends_nothing(check_mode):
    canned = Canned({OPTIONS: options(500)})
    result = run(canned, check_mode=check_mode)
    assert canned.sent == []
    assert result["changed"] is False
    assert result["upgrade"]["resources"] == {}
    assert result["upgrade"]["raw"] is None


def lost(canned, then):
    """An order whose answer is lost; after it the options are *then*."""

    def answer(body):
        canned.answers[OPTIONS] = then
        raise TransportError("The connection broke.", outcome_unknown=True)

    canned.answers = {OPTIONS: options(100), ORDER: answer}
    return run(canned)


@pytest.mark.parametrize("then", [options(500), DUE])
def test_a_lost_order_that_is_seen_is_a_success(clock, then):
    canned = Canned({})
    result = lost(canned, then)
    assert len(canned.sent) == 1
    assert result["upgrade"]["ordered"] is True


def test_a_lost_order_that_is_not_seen_says_where_to_look(clock):
    canned = Canned({})
    result = lost(canned, options(100))
    assert len(canned.sent) == 1
    assert result["failed"]
    seen = "The connection broke. No sign of it was seen within 30 seconds."
    assert result["msg"].startswith(f"{seen} Before you run the task again, look at the invoices")


def test_an_invoice_that_is_due_is_told_in_words():
    result = run(Canned({OPTIONS: options(100), ORDER: DUE}))
    assert result["errors"] == ["upgrade_due_invoice"]
    assert "has to be paid first" in result["msg"]


@pytest.mark.parametrize(
    "answer, charge",
    [({"charge": "4.00"}, "4.00"), ({"estimate": {"total": 4.5}}, "4.50"), ({"info": ["x"]}, None), ([], None)],
)
def test_the_charge_in_an_answer(answer, charge):
    assert to_upgrade("301", {}, answer, True)["charge"] == charge
