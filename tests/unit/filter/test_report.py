# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the report counts, adds up and lists."""

from __future__ import annotations

import json

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.sindad.cloud.plugins.filter.account_report import account_report
from ansible_collections.sindad.cloud.plugins.filter.account_report_snapshot import account_report_snapshot
from ansible_collections.sindad.cloud.plugins.filter.offering import offering

TODAY = "2026-11-23"


def service(id="1", total="10.00", cycle="Monthly", **more):
    return {
        "id": id,
        "domain": f"host-{id}.example.com",
        "product": "Cloud",
        "category": "Cloud Servers",
        "status": "Active",
        "billing_cycle": cycle,
        "total": total,
        "next_due": "2026-12-01",
        "label": None,
        **more,
    }


def report(*services, **read):
    options = {name: read.pop(name) for name in ("due_days", "language", "today", "since") if name in read}
    read.setdefault("account", {"account": {}, "balance": {"currency": "USD", "credit": "0.00"}})
    return account_report({"services": {"services": list(services)}, **read}, options.pop("today", TODAY), **options)


def cost(*services, **read):
    found = report(*services, **read)["costs"]
    assert len(found) == 1
    return found[0]


def value(money):
    return money["value"]


def test_costs_are_added_up_before_they_are_rounded():
    assert value(cost(*(service(str(id), "100.00", "Annually") for id in range(12)))["monthly"]) == "100.00"
    assert value(cost(service("1", "0.10"), service("2", "0.20"))["monthly"]) == "0.30"


def test_a_year_is_not_twelve_rounded_months():
    assert value(cost(service("1", "100.00", "Annually"))["yearly"]) == "100.00"


@pytest.mark.parametrize("status", ["Pending", "Terminated", "Cancelled", "Fraud", "cancelled"])
def test_what_is_not_billed_is_not_counted_but_listed(status):
    found = report(service("1"), service("2", status=status))
    assert value(found["costs"][0]["monthly"]) == "10.00"
    assert value(found["costs"][0]["due_sum"]) == "30.00"
    assert [(one["name"], one["count"]) for one in found["costs"][0]["statuses"]] == [("Active", 1)]
    assert [line["id"] for line in found["not_billed"]] == ["2"]
    assert [line["id"] for line in found["services"]] == ["1", "2"]


def test_suspended_services_are_billed():
    assert value(cost(service("1"), service("2", status="Suspended"))["monthly"]) == "20.00"


@pytest.mark.parametrize("unclear", [{"cycle": "Now and then"}, {"total": None}, {"total": "a lot"}, {"cycle": None}])
def test_what_cannot_be_counted_is_listed(unclear):
    found = report(service("1"), service("2", **unclear))
    assert value(found["costs"][0]["monthly"]) == "10.00"
    assert [line["id"] for line in found["not_counted"]] == ["2"]


def test_categories_share_the_cost():
    found = cost(
        service("1", "75.00"), service("2", "25.00", category="Hosting"), service("3", None, category="Hosting")
    )
    told = [
        (one["name"], one["count"], value(one["monthly"]), one["share"], one["offset"]) for one in found["categories"]
    ]
    assert told == [("Cloud Servers", 1, "75.00", "75.0", "0.0"), ("Hosting", 2, "25.00", "25.0", "75.0")]


def test_the_dearest_category_comes_first_and_in_it_the_dearest_service():
    found = cost(
        service("1", "5.00"), service("2", "60.00", category="Hosting"), service("3", "20.00"), service("4", None)
    )
    groups = [
        (one["name"], value(one["monthly"]), [line["id"] for line in one["lines"]]) for one in found["categories"]
    ]
    assert groups == [("Hosting", "60.00", ["2"]), ("Cloud Servers", "25.00", ["3", "1", "4"])]


def test_an_account_that_costs_nothing():
    found = cost(service("1", "0.00", "Free", next_due=None))
    assert (value(found["monthly"]), found["categories"][0]["share"], value(found["due_sum"])) == (
        "0.00",
        "0.0",
        "0.00",
    )
    assert report()["costs"] == []


def test_currencies_are_kept_apart():
    found = report(service("1"), service("2", currency="EUR"), service("3", "1.00"))["costs"]
    assert [(one["currency"], value(one["monthly"])) for one in found] == [("USD", "11.00"), ("EUR", "10.00")]


def test_a_currency_that_is_not_told_is_none():
    found = report(service("1", "2500000"), account={"msg": "refused"})["costs"][0]
    assert (found["currency"], found["monthly"]["text"]) == (None, "2,500,000")


# -- what falls due --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "due", "past"),
    [("2026-11-22", 1, 1), ("2026-11-23", 1, 0), ("2026-12-03", 1, 0), ("2026-12-04", 0, 0), (None, 0, 0)],
)
def test_due_until_the_last_day_with_what_is_overdue(day, due, past):
    found = report(service(next_due=day), due_days=10)
    assert (len(found["costs"][0]["due"]), len(found["past_due"])) == (due, past)


def test_the_sum_that_is_due_counts_every_renewal():
    found = cost(service(next_due="2026-11-30"), service("2", "100.00", "Annually", next_due="2027-01-31"))
    assert value(found["due_sum"]) == "130.00"  # 30 November, 30 December, 30 January; 31 January
    assert [(line["payments"], value(line["payable"])) for line in found["due"]] == [(3, "30.00"), (1, "100.00")]


def test_a_renewal_that_is_overdue_is_due_once():
    found = cost(service(next_due="2026-09-10"), due_days=30)
    assert [(line["payments"], value(line["payable"])) for line in found["due"]] == [(2, "20.00")]
    assert value(found["due_sum"]) == "20.00"  # 10 September; 10 December
    assert value(found["months"][0]["total"]) == "10.00"


def test_what_is_paid_once_does_not_fall_due_again():
    found = report(service(cycle="One Time"), service("2", cycle="One Time", next_due="2020-01-01"))
    assert (found["costs"][0]["due"], found["past_due"]) == ([], [])


def test_the_forecast_repeats_cycles():
    found = cost(service("1", "3.00", "Quarterly", next_due="2026-12-31"), service("2", "24.00", "Annually"))
    assert [value(month["total"]) for month in found["months"]] == [
        *("0.00", "27.00", "0.00", "0.00", "3.00", "0.00"),
        *("0.00", "3.00", "0.00", "0.00", "3.00", "0.00"),
    ]
    assert [(found["months"][place]["year"], found["months"][place]["month"]) for place in (0, 11)] == [
        (2026, 11),
        (2027, 10),
    ]
    assert value(found["highest"]) == "27.00"
    assert found["months"][1]["height"] == "100.0"


def test_the_forecast_goes_on_from_a_date_that_is_over():
    found = cost(service(next_due="2017-12-30"))
    assert [month["count"] for month in found["months"]] == [2, *[1] * 11]


def test_short_cycles_are_forecast_by_the_day():
    hourly = cost(service("1", "1.00", "Hourly", next_due=TODAY))
    assert value(hourly["months"][1]["total"]) == "744.00"  # 31 days
    weekly = cost(service("1", "1.00", "Weekly", next_due="2026-12-01"))
    assert [month["count"] for month in weekly["months"][:2]] == [0, 5]


def test_months_are_jalali_in_persian():
    found = cost(service(next_due="2026-12-22"), language="fa")
    assert [(month["year"], month["month"], month["count"]) for month in found["months"][:2]] == [
        (1405, 9, 0),
        (1405, 10, 1),
    ]
    assert found["monthly"]["text"] == "۱۰٫۰۰"
    assert found["monthly"]["value"] == "10.00"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_time_do_no_harm(day):
    assert report(service(next_due=day), service("2", "1", "Hourly", next_due=day))["costs"]


# -- invoices, tickets, incidents ------------------------------------------------------------------------------------


def invoice(id, total, status="Unpaid", due="2026-12-01", currency="USD"):
    return {
        "id": id,
        "number": None,
        "status": status,
        "total": total,
        "date": TODAY,
        "due_date": due,
        "currency": currency,
    }


def test_unpaid_invoices_and_their_sum():
    invoices = [
        invoice("1", "89.00", due="2026-12-05"),
        invoice("2", "9.99", due="2026-11-01"),
        invoice("3", "5.00", "Paid"),
        invoice("4", "7.00", currency="EUR", due=None),
        invoice("5", None, currency=None, due="2026-12-06"),
    ]
    found = report(invoices={"invoices": invoices})["invoices"]
    assert [row["id"] for row in found["rows"]] == ["2", "1", "5", "4"]
    assert [(sum["currency"], value(sum)) for sum in found["sums"]] == [("EUR", "7.00"), ("USD", "98.99")]
    assert (found["overdue"], found["unknown"]) == (1, 1)


def test_open_tickets_the_newest_first():
    tickets = [
        {"number": "1", "status": "Open", "date": "2026-01-01 10:00:00", "client_read": True},
        {"number": "2", "status": "Closed", "date": "2026-11-01"},
        {"number": "3", "status": "Answered", "date": "2026-11-02", "client_read": False},
        {"number": "4", "status": None, "date": None, "client_read": None},
    ]
    found = report(tickets={"tickets": tickets})["tickets"]
    assert [(one["number"], one["unread"]) for one in found] == [("3", True), ("1", False), ("4", False)]


def test_incidents_that_are_not_over():
    words = ["Scheduled", "InProgress", "Cancelled", "ResolvedFaultIssue", "CompletedMaintenance", "Finished"]
    incidents = [{"name": word, "status": word, "start": TODAY} for word in words]
    found = report(incidents={"incidents": incidents})["incidents"]
    assert [(one["name"], one["running"]) for one in found] == [("Scheduled", False), ("InProgress", True)]


# -- machines --------------------------------------------------------------------------------------------------------


def vm(id, service_id, label, power="on"):
    return {"id": id, "service_id": service_id, "label": label, "power": power}


def test_running_machines_without_a_tag():
    details = [service("1", label="shop #prod"), service("2", label="old"), service("3", label=None), service("4")]
    vms = [
        vm("a", "1", "web"),
        vm("b", "2", "db"),
        vm("c", "2", "db #keep"),
        vm("d", "2", "off", "off"),
        vm("e", "2", "# no"),
    ]
    found = report(
        *details,
        details={"services": details},
        vms={"results": [{"item": "1", "vms": vms[:1]}, {"item": "2", "vms": vms[1:]}]},
        servers={"results": [{"item": "3", "servers": [{"service_id": "3", "hostname": "s", "power": "on"}]}]},
    )
    assert [machine["name"] for machine in found["untagged"]] == ["db", "# no", "s"]
    assert found["running"] == 5
    assert [(one["state"], one["count"], one["share"]) for one in found["powers"]] == [
        ("on", 5, "83.3"),
        ("off", 1, "16.7"),
    ]


def test_nobody_is_warned_of_missing_tags_where_nobody_uses_tags():
    details = [service("1", label="shop"), service("2", label="old #")]
    vms = {"results": [{"item": "1", "vms": [vm("a", "1", "web"), vm("b", "2", "db")]}]}
    assert report(*details, details={"services": details}, vms=vms)["untagged"] == []


def test_a_machine_whose_labels_are_not_known_is_not_accused():
    found = report(service("1"), details={"msg": "no"}, vms={"results": [{"item": "1", "vms": [vm("a", "1", "web")]}]})
    assert (found["running"], found["untagged"]) == (1, [])


def test_powers_that_are_no_power_are_unknown():
    found = report(vms={"results": [{"item": "1", "vms": [vm("a", "1", "web", None), vm("b", "1", "c", "changing")]}]})
    assert [(one["state"], one["count"]) for one in found["powers"]] == [("changing", 1), ("unknown", 1)]


def test_which_services_offer_a_route():
    def offers(*routes):
        return [{"name": None, "method": method, "route": route} for method, route in routes]

    services = [
        {"id": "1", "methods": offers(("GET", "/service/@id/vms"))},
        {"id": "2", "methods": offers(("get", "service/$id/vms/"))},
        {"id": "3", "methods": offers(("POST", "/service/@id/vms"), ("GET", "/service/@id/vms/@vmid"))},
        {"id": "4", "methods": None},
    ]
    assert offering(services, "vms") == ["1", "2"]


# -- what could not be read ------------------------------------------------------------------------------------------


def test_what_could_not_be_read_is_told():
    found = report(
        service("1"),
        tickets={"failed": False, "msg": "The portal refused."},
        vms={"results": [{"item": "1", "msg": "It is not\nthere."}, {"item": "2", "vms": []}]},
        servers={"skipped": True, "changed": False},
        incidents={"incidents": []},
    )
    assert [(one["section"], one["service"], one["message"]) for one in found["unread"]] == [
        ("tickets", "", "The portal refused."),
        ("vms", "host-1.example.com", "It is not there."),
    ]


def test_a_day_must_be_a_day():
    with pytest.raises(AnsibleFilterError, match="is not a date"):
        report(today="today")


# -- what has changed ------------------------------------------------------------------------------------------------


def changed(before, after, **read):
    earlier = report(*before, today="2026-10-23", **read.pop("earlier", {}))["snapshot"]
    kept = json.dumps(earlier)
    found = report(*after, since=kept, **read)["changes"]
    return found, [(one["name"], one["change"], one["before"], one["after"]) for one in found["services"]]


def test_services_that_came_went_and_changed():
    found, services = changed(
        [service("1"), service("2"), service("3", "7.00"), service("4"), service("5", label="shop")],
        [
            service("1"),
            service("3", "9.00"),
            service("4", status="Suspended"),
            service("5", label="mall"),
            service("6"),
        ],
    )
    assert found["since"]["iso"] == "2026-10-23"
    assert [(value(one["before"]), value(one["after"])) for one in found["costs"]] == [("47.00", "49.00")]
    price = next(one for one in found["services"] if one["change"] == "price")
    assert (value(price["before"]), value(price["after"])) == ("7.00", "9.00")
    assert [each for each in services if each[1] != "price"] == [
        ("host-2.example.com", "gone", "", ""),
        ("host-4.example.com", "status", "Active", "Suspended"),
        ("host-5.example.com", "label", "shop", "mall"),
        ("host-6.example.com", "new", "", ""),
    ]


def test_machines_that_came_and_went():
    def read(*vms):
        return {"vms": {"results": [{"item": "1", "vms": list(vms)}]}}

    earlier, later = read(vm("a", "1", "web"), vm("b", "1", "db")), read(vm("b", "1", "db9"), vm("c", "1", "new"))
    found, _services = changed([service()], [service()], earlier=earlier, **later)
    assert [(one["name"], one["change"]) for one in found["machines"]] == [("web", "gone"), ("new", "new")]


def test_machines_that_were_not_asked_for_are_not_gone():
    earlier = {"vms": {"results": [{"item": "1", "vms": [vm("a", "1", "web")]}]}}
    assert changed([service()], [service()], earlier=earlier)[0]["machines"] == []


def test_nothing_changed():
    found, services = changed([service()], [service()])
    assert (found["costs"], services, found["machines"]) == ([], [], [])


@pytest.mark.parametrize("since", ["{", "[]", "{}", '{"format": "x"}', "7"])
def test_only_a_report_can_be_compared_with(since):
    with pytest.raises(AnsibleFilterError, match="since cannot be compared with"):
        report(service(), since=since)


def test_a_snapshot_holds_no_secret():
    kept = account_report_snapshot({"services": {"services": [service(password="hunter2", username="root")]}}, TODAY)
    assert "hunter2" not in kept
    assert json.loads(kept)["services"]["1"]["price"] == "10"
