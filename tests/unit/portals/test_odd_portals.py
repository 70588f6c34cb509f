# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Portals that nobody has seen: modules and the inventory read them right, or refuse. Nothing is done twice."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.modules import (
    contact,
    ip,
    server_power,
    server_reinstall,
    service_label,
    ticket,
    vm,
    vm_fleet,
    vm_info,
)
from ansible_collections.sindad.cloud.plugins.plugin_utils._hosts import FetchOptions, fetch
from unit.portals.odd import AT_ONCE, EMULATOR, READABLE, UNREADABLE, Odd

if EMULATOR is None:
    pytest.skip("starlette, uvicorn or PyJWT is missing", allow_module_level=True)

NEW = {"template": "Debian 12", "memory": 2048, "cpu": 2, "disk": 20}
ORDER = "POST /service/101/vms"


@pytest.fixture(scope="module")
def running():
    with EMULATOR.serve() as one:
        yield one


@pytest.fixture
def start(running):
    """An account all of whose VMs a backend shows so, on a portal with these ways."""

    def begin(show, **options):
        running.reset(**{"families": "A", **AT_ONCE, **options})
        return Odd(running, show)

    return begin


def names(show):
    return show.__name__


# -- what a user does with VMs ---------------------------------------------------------------------------------------


def live(odd, label="new-web-1"):
    """A VM from its order to its end."""
    wanted = {"service": "101", "label": label}
    vms = [{"label": label}, {"label": f"{label}0", **NEW}]
    fleet = {"service": "101", "vms": vms}
    each_once(
        odd,
        (vm, {**wanted, **NEW}, ORDER),
        (vm, {**wanted, "memory": 4096, "cpu": 2}, "PUT"),
        (vm, {**wanted, "state": "stopped"}, "/stop"),
        (vm, {**wanted, "state": "started"}, "/start"),
        (vm_fleet, fleet, ORDER),
        (vm_fleet, {**fleet, "vms": [vms[0], {**vms[1], "state": "stopped"}]}, "/stop"),
        (vm, {**wanted, "state": "absent"}, "DELETE"),
        (vm_fleet, {**fleet, "state": "absent"}, "DELETE"),
    )


def each_once(odd, *tasks):
    """Each task, a module, its options and a part of its request, changes something, and once; again, nothing."""
    for module, options, sign in tasks:
        before = odd.effects
        assert_done(odd.run(module, **options), True)
        done = {key: count - before.get(key, 0) for key, count in odd.effects.items() if count > before.get(key, 0)}
        assert list(done.values()) == [1] and sign in next(iter(done)), (options, done)
        before = odd.effects
        assert_done(odd.run(module, **options), False)
        assert odd.effects == before, options


def assert_done(result, changed):
    assert not result.get("failed"), result["msg"]
    assert result["changed"] is changed, result


@pytest.mark.parametrize("show", READABLE, ids=names)
def test_a_backend_that_can_be_read(start, show):
    odd = start(show)
    assert_done(odd.run(vm, service="101", label="web1", **NEW), False)
    assert_done(odd.run(vm, service="101", label="web1", state="started"), False)
    assert odd.effects == {}
    live(odd)


@pytest.mark.parametrize("show", READABLE, ids=names)
def test_what_is_read_of_it(start, show):
    plain = start(None).run(vm_info, service="101")["vms"]
    read = start(show).run(vm_info, service="101")["vms"]
    told = ("id", "label", "power", "memory", "cpu", "disk", "ipv4", "ipv6")
    assert [{key: each[key] for key in told} for each in read] == [{key: each[key] for key in told} for each in plain]


@pytest.mark.parametrize("show", READABLE, ids=names)
def test_the_inventory_of_it(start, show):
    plain = fetch(start(None).client(), FetchOptions(services=["101"]))
    read = fetch(start(show).client(), FetchOptions(services=["101"]))
    told = ("vm_id", "label", "power", "memory", "cpu", "disk", "ipv4", "ipv6")
    assert [{key: each[key] for key in told} for each in read] == [{key: each[key] for key in told} for each in plain]


def test_a_label_in_arabic_letters_is_found(start):
    odd = start(next(show for show in READABLE if show.__name__ == "persian"))
    vmid = odd.run(vm_info, service="101")["vms"][0]["id"]
    odd.running.tamper({"service": "101", "vm": vmid, "set": {"label": "شبکه یک"}})
    assert_done(odd.run(vm, service="101", label="شبکه یک", **NEW), False)
    assert odd.effects == {}


@pytest.mark.parametrize("show", UNREADABLE, ids=names)
def test_vms_without_a_name_are_neither_ordered_again_nor_taken_for_gone(start, show):
    odd = start(show)
    for options in ({**NEW}, {"state": "absent"}, {"state": "stopped"}, {"state": "started", **NEW}):
        result = odd.run(vm, service="101", label="web1", **options)
        assert result["failed"], result
    fleet = odd.run(vm_fleet, service="101", vms=[{"label": "web1", **NEW}, {"label": "new-1", **NEW}])
    assert fleet["failed"]
    assert odd.run(vm_fleet, service="101", vms=[], purge=True, force=True).get("failed") or show.__name__ != "strange"
    assert ORDER not in odd.effects
    assert not [key for key in odd.effects if key.startswith("DELETE") and show.__name__ == "strange"]


# -- the portal's other ways, several at once ------------------------------------------------------------------------

WAYS = (
    {"page_size": 1, "page_form": "page", "wrapper": "data"},
    {"page_size": 2, "page_form": "sorter", "wrapper": "code", "nesting": "entries"},
    {"page_size": 2, "page_form": "total", "wrapper": "list", "nesting": "groups"},
    {"page_size": 1, "page_form": "next", "wrapper": "data", "nesting": "entries"},
    {"label_changes": "upper", "page_size": 1, "reply": "task"},
    {"label_changes": "entities,blanks", "wrapper": "code", "reply": "success_text"},
    {"reply": "message", "page_size": 1, "page_form": "total"},
    {"reply": "null", "wrapper": "data", "create_looks": 2},
    {"reply": "false", "page_size": 1, "page_form": "sorter"},
    {"harmless": "zero_text", "wrapper": "list", "own_ids": "id"},
    {"own_ids": "vmid", "page_size": 1, "page_form": "next", "query_parameters": True},
    {"order_reply": "checkout", "currency": "", "html_entities": True, "page_size": 2},
)


@pytest.mark.parametrize("ways", WAYS, ids=lambda ways: " ".join(map(str, ways.values())))
@pytest.mark.parametrize("show", [None, READABLE[0], READABLE[3]], ids=["family A", "vendor", "switched"])
def test_several_ways_at_once(start, show, ways):
    odd = start(show, **ways)
    assert_done(odd.run(vm, service="101", label="web1", **NEW), False)
    live(odd, "new-web-1 & co" if "entities" in ways.get("label_changes", "") else "new-web-1")


@pytest.mark.parametrize("families", "ABCDE")
@pytest.mark.parametrize("ways", WAYS[:4], ids=lambda ways: " ".join(map(str, ways.values())))
def test_the_families_of_the_emulator(start, families, ways):
    odd = start(None, families=families, **ways)
    assert_done(odd.run(vm, service="101", label="web1", **NEW), False)
    live(odd)


WORDS = (
    ("online", "offline"),
    ("PoweredOn", "PoweredOff"),
    ("power_on", "power-off"),
    ("Up", "Down"),
    ("ACTIVE", "SHUTOFF"),
    ("started", "halted"),
    ("booted", "shut off"),
    ("روشن", "خاموش"),
    ("فعال", "غیرفعال"),
    ("1", "0"),
    ("true", "false"),
    (" Running ", "Shut down"),
)


@pytest.mark.parametrize("on, off", WORDS, ids=lambda word: word.strip())
def test_words_for_the_power(start, on, off):
    odd = start(None, words={"on": on, "off": off})
    wanted = {"service": "101", "label": "web1"}
    assert_done(odd.run(vm, **wanted, state="started"), False)
    tasks = (vm, {**wanted, "state": "stopped"}, "/stop"), (vm, {**wanted, "state": "started"}, "/start")
    each_once(odd, *tasks)


#: What a user does with the rest, each task with a part of its request.
REST = (
    (
        ticket,
        {"subject": "Network of شبکه", "department": "Sales", "body": "It is slow since this morning."},
        "POST /tickets",
    ),
    (contact, {"email": "new@example.com", "firstname": "Sara", "lastname": "Karimi"}, "POST /contact"),
    (contact, {"email": "new@example.com", "city": "Shiraz"}, "PUT /contact"),
    (ip, {"service": "201", "domain": "new.example.com", "count": 2}, "POST /service/201/ips"),
    (ip, {"service": "201", "address": "198.51.100.102", "domain": "b.example.com"}, "POST /service/201/ips"),
    (service_label, {"service": "201", "label": "backup"}, "POST /service/201/label"),
    (server_power, {"service": "201", "state": "off"}, "POST /service/201/poweroff"),
    (server_power, {"service": "201", "state": "on"}, "POST /service/201/poweron"),
    (
        server_reinstall,
        {"service": "201", "template": "Ubuntu 24.04", "hostname": "server1.example.com"},
        "POST /service/201/reinstall",
    ),
)
#: Ways of servers, tickets and money; those of VMs change nothing here.
MORE_WAYS = (
    *WAYS[:4],
    {"idle": "status_true", "reply": "task", "wrapper": "list"},
    {"server_status": "bool", "idle": "status_true", "page_size": 1, "page_form": "next"},
    {"server_status": "object", "idle": "online", "wrapper": "data"},
    {"idle": "text", "amounts": "persian", "wrapper": "code", "page_size": 2},
    {"idle": "null", "amounts": "rial", "nesting": "entries"},
    {"idle": "false", "ticket_changes": "paragraph,signature,subject_prefix", "page_size": 1},
    {"idle": "status_text", "ticket_changes": "department", "html_entities": True, "other_ids": True},
)


@pytest.mark.parametrize("ways", MORE_WAYS, ids=lambda ways: " ".join(map(str, ways.values())))
def test_the_rest_in_several_ways(start, ways):
    each_once(start(None, **ways), *REST)


# -- refusals --------------------------------------------------------------------------------------------------------

DENIALS = (
    *("error_text", "error_list", "error_objects", "error_beside_true", "errors_list", "errors_object", "status_error"),
    *("status_failed", "status_false", "status_false_message", "success_false", "success_no", "success_zero"),
    *("result_error", "ok_false", "code_500"),
)


@pytest.mark.parametrize("form", DENIALS)
def test_a_change_that_is_refused_has_failed(start, form):
    odd = start(READABLE[0])
    for options in (
        {**NEW, "label": "new-1"},
        {"label": "web1", "state": "stopped"},
        {"label": "web1", "state": "absent"},
    ):
        odd.running.clear_faults()
        odd.running.fault("denial", form=form, method="POST,PUT,DELETE", times=None)
        result = odd.run(vm, service="101", **options)
        assert result["failed"] and not result.get("changed"), result
    assert odd.effects == {}
