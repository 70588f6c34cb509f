# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Portals that nobody has seen: modules and the inventory read them right, or refuse. Nothing is done twice."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import SindadError
from ansible_collections.sindad.cloud.plugins.modules import (
    contact,
    invoice_info,
    ip,
    server_diagnostics,
    server_info,
    server_power,
    server_reinstall,
    service_info,
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
        (vm, {**wanted, "state": "rebuilt", "template": "Ubuntu 24.04"}, "/rebuild"),
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
    {"label_changes": "upper", "page_size": 1, "reply": "status_one"},
    {"label_changes": "entities,blanks", "wrapper": "code", "reply": "success_text"},
    {"reply": "message", "page_size": 1, "page_form": "total"},
    {"reply": "null", "wrapper": "data", "create_looks": 2},
    {"reply": "false", "page_size": 1, "page_form": "sorter"},
    {"harmless": "zero_text", "wrapper": "list", "own_ids": "id"},
    {"own_ids": "vmid", "page_size": 1, "page_form": "next", "query_parameters": True},
    {"rebuild_list": "offered", "page_size": 2, "nesting": "groups"},
    {"order_reply": "checkout", "currency": "", "html_entities": True, "page_size": 2},
)


def named(ways):
    return " ".join(map(str, ways.values()))


@pytest.mark.parametrize(
    "number, ways", list(enumerate(WAYS)), ids=lambda each: named(each) if isinstance(each, dict) else ""
)
def test_several_ways_at_once(start, number, ways):
    show = [None, *READABLE][number % (1 + len(READABLE))]
    odd = start(show, **ways)
    assert_done(odd.run(vm, service="101", label="web1", **NEW), False)
    live(odd, "new-web-1 & co" if "entities" in ways.get("label_changes", "") else "new-web-1")


UNITS = ("text", "short", "bytes", "", "text")


@pytest.mark.parametrize("number, family", list(enumerate("ABCDE")))
def test_the_families_of_the_emulator(start, number, family):
    odd = start(None, families=family, units=UNITS[number], **WAYS[number])
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
    (ticket, {"number": "736600", "reply": "It works again, thank you very much."}, "POST /tickets/736600"),
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
    {"idle": "status_true", "reply": "result_success", "wrapper": "list"},
    {"server_status": "bool", "idle": "status_true", "page_size": 1, "page_form": "next"},
    {"server_status": "object", "idle": "online", "wrapper": "data"},
    {"idle": "text", "amounts": "persian", "wrapper": "code", "page_size": 2},
    {"idle": "null", "amounts": "rial", "nesting": "entries"},
    {"idle": "false", "ticket_changes": "paragraph,signature,subject_prefix", "page_size": 1},
    {"idle": "status_text", "ticket_changes": "department", "html_entities": True, "other_ids": True},
)


@pytest.mark.parametrize("ways", MORE_WAYS, ids=named)
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


READS = (
    (service_info, {}),
    (vm_info, {"service": "101"}),
    (server_info, {"service": "201"}),
    (vm, {"service": "101", "label": "web1", **NEW}),
    (vm, {"service": "101", "label": "web1", "state": "absent"}),
    (vm_fleet, {"service": "101", "vms": [{"label": "new-1", **NEW}]}),
    (ticket, {"subject": "Network of Mashhad", "department": "Sales", "body": "It is slow since this morning."}),
    (ip, {"service": "201", "domain": "new.example.com"}),
    (contact, {"email": "new@example.com", "firstname": "Sara", "lastname": "Karimi"}),
)


@pytest.mark.parametrize("form", [*DENIALS, "beside_data"])
def test_a_list_that_is_refused_is_not_taken_for_empty(start, form):
    odd = start(None)
    odd.running.fault("denial", form=form, method="GET", times=None)
    for module, options in READS:
        assert odd.run(module, **options)["failed"], (module.__name__, options)
    with pytest.raises(SindadError):
        fetch(odd.client(), FetchOptions())
    assert odd.effects == {}


@pytest.mark.parametrize(
    "form, lie",
    [(form, lie) for form in ("page", "sorter", "total") for lie in ("more", "ignored", "echo")]
    + [("next", "ignored")],
)
def test_a_list_that_cannot_be_had_whole_is_refused(start, form, lie):
    odd = start(None, page_size=1, page_form=form, page_lie=lie, families="A")
    odd.running.tamper({"service": "101", "add_vm": {"label": "second"}})
    assert odd.run(vm, service="101", label="second", **NEW)["failed"]
    with pytest.raises(SindadError):
        fetch(odd.client(), FetchOptions())
    assert odd.effects == {}


# -- the rest of the table of what once went wrong -------------------------------------------------------------------


@pytest.mark.parametrize("form", ["grouped", "persian", "rial", "dollar"])
def test_amounts_are_decimal_strings(start, form):
    def amounts(odd):
        services, invoices = odd.run(service_info)["services"], odd.run(invoice_info)["invoices"]
        return [float(each["total"]) for each in (*services, *invoices) if each["total"] is not None]

    plain = amounts(start(None))
    assert len(plain) > 10
    assert amounts(start(None, amounts=form)) == plain


def test_letters_and_digits_of_either_script(start):
    odd = start(None)
    wanted = {"department": "Sales", "body": "From today on."}
    each_once(odd, (ticket, {"subject": "شبکه کند است", **wanted}, "POST /tickets"))
    before = odd.effects
    assert_done(odd.run(ticket, subject="شبكه كند است", **wanted), False)
    assert odd.effects == before
    each_once(odd, (service_label, {"service": "۲۰۱", "label": "backup"}, "POST /service/201/label"))


def test_disks_are_not_erased_by_a_switch_that_is_off(start):
    odd = start(None, flags_by_presence=True, operation_duration=60)
    assert_done(odd.run(server_diagnostics, service="201", state="started", template="Memtest86+", wait=False), True)
    (sent,) = [each["body"] for each in odd.running.log(method="POST")]
    assert not {"clearhdd", "fullhddclear"} & set(sent)


def test_addresses_come_from_their_own_list_where_info_has_none(start):
    odd = start(None)
    known = odd.run(server_info, service="201")["servers"][0]
    assert known["ipv4"]
    odd.running.tamper({"service": "201", "server": {"omit": ["ip", "ips", "main_ip", "ipv4", "ipv6", "mainip"]}})
    read = odd.run(server_info, service="201")["servers"][0]
    reinstalled = odd.run(
        server_reinstall, service="201", template="Debian 12", hostname="server1.example.com", check_mode=True
    )
    assert (sorted(read["ipv4"]), sorted(reinstalled["server"]["ipv4"])) == (sorted(known["ipv4"]),) * 2
