# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.module_utils._service.record import to_upgrade
from ansible_collections.sindad.cloud.plugins.modules import service_upgrade
from unit.canned import Canned
from unit.parallel import at_once

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
    assert canned.sent == [(ORDER, {"resources": {"1557": "500"}})]
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
    assert result["msg"].startswith(f"{seen} This machine does not send it again")
    assert "Look at the invoices" in result["msg"]
    again = run(canned)
    assert (again["changed"], again["upgrade"]["pending"], len(canned.sent)) == (False, True, 1)


def test_an_invoice_that_is_due_is_told_in_words():
    result = run(Canned({OPTIONS: options(100), ORDER: DUE}))
    assert result["errors"] == ["upgrade_due_invoice"]
    assert "has to be paid first" in result["msg"]


# -- once ------------------------------------------------------------------------------------------------------------


class Portal(Canned):
    """A portal that shows an upgrade when it is applied, which is when somebody pays."""

    def __init__(self, answer=None, applied=False):
        self.selected, self.orders = 100, []
        self.answer, self.applied = answer or {"info": ["upgrade_order_success"]}, applied
        super().__init__({OPTIONS: lambda body: options(self.selected), ORDER: self.order})

    def order(self, body):
        if body.get("send"):
            self.orders.append(body)
            self.selected = int(body["resources"]["1557"]) if self.applied else self.selected
        return self.answer

    def run(self, module=service_upgrade, **more):
        return super().run(module, **{"service": "301", "resources": {"Bandwidth": "500 GB"}, **more})


@pytest.mark.parametrize("applied", [True, False])
@pytest.mark.parametrize("force", [True, False])
def test_ten_tasks_at_once_order_one(monkeypatch, applied, force):
    portal = Portal(applied=applied)
    results = at_once(monkeypatch, portal, service_upgrade, force=force)
    assert len(portal.orders) == 1
    assert [each["changed"] for each in results].count(True) == 1
    assert not any(each.get("failed") for each in results)


def test_what_shows_only_when_it_is_paid_is_ordered_once():
    portal = Portal()
    portal.run()
    for check_mode in (True, False, False):
        result = portal.run(check_mode=check_mode)
        assert (result["changed"], result["upgrade"]["pending"], result["upgrade"]["ordered"]) == (False, True, False)
        assert result["diff"]["before"] == result["diff"]["after"] == {"resources": {"Bandwidth": "100 GB"}}
        assert "ordered from this machine does not show yet (1557: 500). It is not ordered again." in portal.warnings[0]
    portal.selected = 500
    paid = portal.run()
    assert (paid["changed"], paid["upgrade"]["pending"], portal.warnings) == (False, False, [])
    portal.selected = 100  # somebody changed it back
    assert portal.run()["changed"]
    assert len(portal.orders) == 2


def test_a_portal_that_tells_nothing_before_it_is_paid(clock):
    portal = Portal()
    portal.run()
    portal.answers[OPTIONS] = DUE
    assert portal.run()["upgrade"]["pending"]
    other = portal.run(resources={"Bandwidth": "100 GB"})
    assert "(1557: 500). Nothing was ordered" in other["msg"]
    assert len(portal.orders) == 1


def test_another_upgrade_is_not_ordered_beside_one_that_is_pending():
    portal = Portal()
    items = [{"id": each, "name": f"{each} GB", "selected": each == 100} for each in (100, 500, 900)]
    portal.answers[OPTIONS] = {"resources": [{"id": 1557, "name": "Bandwidth", "type": "select", "items": items}]}
    portal.run()
    result = portal.run(resources={"Bandwidth": "900 GB"})
    assert "An upgrade of service 301 that was ordered from this machine does not show yet (1557: 500)" in result["msg"]
    assert portal.run(resources={"Bandwidth": "100 GB"})["changed"] is False
    assert len(portal.orders) == 1


@pytest.mark.parametrize(
    ("status", "orders"),
    [("Unpaid", 1), ("Paid", 1), ("Cancelled", 2), ("لغو شده", 2), ("Refunded", 2), ("something", 1), (None, 1)],
)
def test_an_order_whose_invoice_was_cancelled_is_placed_again(status, orders):
    portal = Portal({"order_num": "77", "invoice_id": 8})
    portal.answers["GET /invoice/8"] = {"invoice": {"id": "8", "status": status}} if status else {"error": ["no"]}
    portal.run()
    result = portal.run()
    assert len(portal.orders) == orders
    assert result["upgrade"]["pending"] is (orders == 1)
    assert orders == 2 or "(1557: 500, invoice 8)" in portal.warnings[0]


def test_force_orders_what_is_pending_again():
    portal = Portal()
    portal.run()
    assert portal.run(force=True)["changed"]
    assert len(portal.orders) == 2


def test_ten_tasks_at_once_force_one_more(monkeypatch):
    portal = Portal()
    portal.run()
    at_once(monkeypatch, portal, service_upgrade, force=True)
    assert len(portal.orders) == 2


def test_an_order_that_was_refused_is_placed_again():
    portal = Portal()
    portal.answers[ORDER] = {"error": ["noprivileges"]}
    assert portal.run()["failed"]
    portal.answers[ORDER] = portal.order
    assert portal.run()["changed"]


def test_one_read_that_shows_the_old_state_orders_nothing():
    portal = Portal()
    portal.selected = 500
    reads = iter([options(100)])
    portal.answers[OPTIONS] = lambda body: next(reads, options(portal.selected))
    assert portal.run()["changed"] is False
    assert portal.orders == []


@pytest.mark.parametrize(
    "answer, charge",
    [({"charge": "4.00"}, "4.00"), ({"estimate": {"total": 4.5}}, "4.50"), ({"info": ["x"]}, None), ([], None)],
)
def test_the_charge_in_an_answer(answer, charge):
    assert to_upgrade("301", {}, answer, True)["charge"] == charge
