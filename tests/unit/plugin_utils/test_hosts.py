# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account in the shapes that portals have -> hosts."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed, SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import natural_order
from ansible_collections.sindad.cloud.plugins.plugin_utils._hosts import FIELDS, SECRET_FIELDS, FetchOptions, fetch
from unit.canned import Canned


def service(number, **more):
    about = {
        "id": number,
        "domain": f"s{number}.example.com",
        "name": "Cloud A",
        "category": "Cloud",
        "status": "Active",
    }
    return {**about, **more}


VM_ROUTES = {"methods": [{"name": "List", "method": "GET", "route": "/service/@id/vms"}]}
NO_ROUTES = {"methods": [{"name": "Label", "method": "GET", "route": "/service/@id/label"}]}


def hosts(answers, **wanted):
    portal = Canned(answers)
    return fetch(portal.client, FetchOptions(workers=1, **wanted)), [request for request, _body in portal.asked]


@pytest.mark.parametrize(
    "services",
    [
        {"services": [service(7)]},
        {"services": {"7": service(7)}},
        {"services": {"7": {key: value for key, value in service(7).items() if key != "id"}}},
        [service("7")],
        {"success": True, "services": [service("7")]},
    ],
)
@pytest.mark.parametrize(
    "vms",
    [
        {"vms": {"31": {"label": "a", "state": "online", "ip": ["192.0.2.1", " 2001:db8::1"]}}},
        {"vms": [{"id": 31, "label": "a", "status": "running", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1"}]},
        [{"vmid": "31", "label": "a", "power": "1", "ip": {"5": {"ipaddress": "192.0.2.1"}}, "ipv6": ["2001:db8::1"]}],
    ],
)
def test_shapes(services, vms):
    answers = {"GET /service": services, "GET /service/7/methods": VM_ROUTES, "GET /service/7/vms": vms}
    ((host,), asked) = hosts(answers)
    assert len(asked) == 3
    assert set(host) == {*FIELDS, *SECRET_FIELDS}
    about = ("kind", "service_id", "vm_id", "label", "domain", "power", "ipv4", "ipv6")
    assert [host[name] for name in about] == [
        *("vm", "7", "31", "a", "s7.example.com", "on", ["192.0.2.1"], ["2001:db8::1"]),
    ]


@pytest.mark.parametrize("vms", [{"vms": []}, {"vms": {}}, [], {"status": True, "vms": []}])
def test_a_service_whose_machines_are_gone_is_no_host(vms):
    answers = {"GET /service": [service(7)], "GET /service/7/methods": VM_ROUTES, "GET /service/7/vms": vms}
    assert hosts(answers)[0] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"GET /service": {"status": True}},
        {"GET /service": {"services": "none"}},
        {"GET /service/7/methods": {"methods": None}},
        {"GET /service/7/vms": {"vms": None}},
        {"GET /service/7/vms": {"vms": False}},
        {"GET /service/7/vms": {"error": [], "vms": "x"}},
        {"GET /service/7/vms": {"error": ["Backend is down"], "vms": []}},
    ],
)
def test_another_shape_is_never_nothing(wrong):
    good = {"GET /service": [service(7)], "GET /service/7/methods": VM_ROUTES, "GET /service/7/vms": {"vms": {}}}
    with pytest.raises(SindadError):
        hosts({**good, **wrong})


def test_the_order_is_that_of_the_ids():
    answers = {"GET /service": [service(10), service("9"), service(100)], "GET /service/9/methods": NO_ROUTES}
    found, asked = hosts(answers)
    assert [host["service_id"] for host in found] == ["9", "10", "100"]
    assert asked == ["GET /service", "GET /service/9/methods"], "one product, asked of its first service"
    assert sorted(["b2", "a10", "a9", "", "10", "9"], key=natural_order) == ["", "9", "10", "a9", "a10", "b2"]


def test_services_of_a_product_that_are_not_active_are_asked_for_themselves():
    answers = {
        "GET /service": [service(1), service(2, status="Suspended"), service(3, status="Suspended")],
        "GET /service/1/methods": VM_ROUTES,
        "GET /service/2/methods": NO_ROUTES,
        "GET /service/1/vms": {"vms": {"5": {"label": "a"}}},
    }
    found, asked = hosts(answers, statuses=[])
    assert [host["kind"] for host in found] == ["vm", "service", "service"] and len(asked) == 4


def test_routes_may_be_written_in_another_way():
    for route in ("/service/7/vms", "service/{id}/vms/", "/service/:id/vms"):
        methods = {"methods": {"1": {"name": "List", "method": "GET", "route": route}}}
        answers = {"GET /service": [service(7)], "GET /service/7/methods": methods, "GET /service/7/vms": {"vms": {}}}
        assert len(hosts(answers)[1]) == 3, route


def test_the_main_address_comes_first():
    offers = {"methods": [{"name": "x", "method": "GET", "route": f"/service/@id/{each}"} for each in ("ips", "info")]}
    ips = {
        "1": {"ipaddress": "192.0.2.2"},
        "2": {"ipaddress": "192.0.2.1", "main": "1"},
        "3": {"ipaddress": "2001:db8::1"},
    }
    answers = {"GET /service": [service(7)], "GET /service/7/methods": offers, "GET /service/7/ips": {"ips": ips}}
    ((host,), _asked) = hosts(answers)
    assert (host["kind"], host["ipv4"], host["ipv6"]) == ("server", ["192.0.2.1", "192.0.2.2"], ["2001:db8::1"])


def test_services_by_name():
    answers = {"GET /service": [service(1), service(2, domain=None)], "GET /service/1/methods": NO_ROUTES}
    assert len(hosts(answers, services=["S1.EXAMPLE.com", 1])[0]) == 1
    with pytest.raises(LookupFailed, match=r"no service 3, x on this account.*1 \(s1.example.com\), 2"):
        hosts(answers, services=["x", 1, "3"])


LABELLED = {"methods": [*VM_ROUTES["methods"], *NO_ROUTES["methods"]]}
PRICED = {"total": "10.00", "billingcycle": "Monthly", "currency": "EUR"}


def test_labels_tags_ids_and_shares():
    """A VM has the tags of its service; the label of the service is not its own."""
    answers = {
        "GET /service": [
            service(1, **PRICED),
            service(2, name="Domain", total="7", billingcycle="Odd", label="listed #x"),
        ],
        "GET /service/1/methods": LABELLED,
        "GET /service/2/methods": {"methods": []},
        "GET /service/1/label": {"label": "main #prod"},
        "GET /service/1/vms": {"vms": {"5": {"label": "web #db #Prod"}, "6": {"state": "online"}, "7": {"label": "c"}}},
    }
    found, asked = hosts(answers, details=("vms", "labels"))
    names = ("id", "label", "service_label", "tags", "monthly", "total")
    assert [[host[name] for name in names] for host in found] == [
        ["vm-1-5", "web #db #Prod", "main #prod", ["prod", "db"], "3.34", "10.00"],
        ["vm-1-6", None, "main #prod", ["prod"], "3.33", "10.00"],
        ["vm-1-7", "c", "main #prod", ["prod"], "3.33", "10.00"],
        ["service-2", "listed #x", "listed #x", ["x"], None, "7"],
    ]
    assert "GET /service/1/label" in asked and "GET /service/2/label" not in asked, "it offers none"


def test_a_service_without_vms_asked_for_is_labelled_itself():
    answers = {
        "GET /service": [service(1)],
        "GET /service/1/methods": LABELLED,
        "GET /service/1/label": {"label": ""},
    }
    ((host,), _asked) = hosts(answers, details=("labels",))
    assert (host["id"], host["label"], host["service_label"], host["tags"]) == ("service-1", None, None, [])


GONE = {"error": ["VM not found"]}


def test_a_vm_that_goes_between_the_list_and_its_details():
    vms = [{"vms": {"5": {"label": "a"}, "6": {"label": "b"}}}, {"vms": {"5": {"label": "a"}}}]
    answers = {
        "GET /service": [service(1)],
        "GET /service/1/methods": VM_ROUTES,
        "GET /service/1/vms": lambda _body: vms.pop(0),
        "GET /service/1/vms/5": {"vm": {"label": "a"}},
        "GET /service/1/vms/6": GONE,
    }
    assert [host["vm_id"] for host in hosts(answers, details=("vm_details",))[0]] == ["5"]


def test_a_vm_that_is_listed_still_and_cannot_be_read():
    answers = {
        "GET /service": [service(1)],
        "GET /service/1/methods": VM_ROUTES,
        "GET /service/1/vms": {"vms": {"6": {"label": "b"}}},
        "GET /service/1/vms/6": GONE,
    }
    with pytest.raises(SindadError, match="not found"):
        hosts(answers, details=("vm_details",))


def test_a_service_that_is_skipped_is_named_with_its_failure():
    skipped = []
    answers = {
        "GET /service": [service(1), service(2), service(3, name="Other"), service(4, name="Third")],
        "GET /service/1/methods": VM_ROUTES,
        "GET /service/1/vms": {"error": "Backend is down"},
        "GET /service/2/vms": {"vms": {"5": {"label": "a"}}},
        "GET /service/3/methods": {"error": "no"},
        "GET /service/4/methods": NO_ROUTES,
    }
    found, _asked = hosts(answers, skip=lambda service, failure: skipped.append((service["id"], str(failure))))
    assert [host["service_id"] for host in found] == ["2", "4"]
    assert [number for number, _failure in skipped] == ["1", "3"] and "Backend is down" in skipped[0][1]


def test_a_service_that_differs_from_its_product_is_asked_what_it_offers():
    answers = {
        "GET /service": [service(7), service(8)],
        "GET /service/7/methods": VM_ROUTES,
        "GET /service/7/vms": {"vms": {"31": {"label": "a"}}},
        "GET /service/8/methods": NO_ROUTES,
    }
    found, asked = hosts(answers)
    assert [(host["kind"], host["service_id"]) for host in found] == [("vm", "7"), ("service", "8")]
    assert asked.count("GET /service/7/methods") == asked.count("GET /service/8/methods") == 1


def test_a_service_that_refuses_what_it_offers_is_an_error():
    answers = {
        "GET /service": [service(7), service(8)],
        "GET /service/7/methods": VM_ROUTES,
        "GET /service/7/vms": {"vms": {"31": {"label": "a"}}},
        "GET /service/8/methods": VM_ROUTES,
        "GET /service/8/vms": {"error": ["backend is away"]},
    }
    with pytest.raises(SindadError, match="backend is away"):
        hosts(answers)
