# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A guess may keep from buying, and never changes anything; what two reads do not agree on is not absent."""

from __future__ import annotations

import copy
import random

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._vm.naming import bearing
from ansible_collections.sindad.cloud.plugins.modules import vm_fleet, vm_rescue
from unit.canned import offers
from unit.module_utils.vm.test_guard import Labelled
from unit.module_utils.vm.test_orders import BOUGHT, Renaming
from unit.module_utils.vm.test_state import VMS, WEB1, WEB2, ok

CHANGES = [
    {"state": "absent"},
    {"state": "absent", "force": True},
    {"state": "rebuilt", "template": "u24"},
    {"state": "stopped"},
    {"state": "restarted"},
    {"memory": 4096},
]


def alone(portal, label, check_mode=False, **options):
    return portal.vm(label, check_mode, **options)


def in_a_fleet(portal, label, check_mode=False, wait_timeout=900, **item):
    return portal.run(vm_fleet, check_mode, service="101", vms=[{"label": label, **item}], wait_timeout=wait_timeout)


WAYS = pytest.mark.parametrize("apply", [alone, in_a_fleet])


def told(result):
    """The messages of a result and its items."""
    return " ".join([result.get("msg") or "", *(each["msg"] or "" for each in result.get("fleet", []))])


def refused(portal, result, *words):
    assert result.get("failed"), result
    assert all(word in told(result) for word in words), told(result)


# -- which one: a table ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "shown", "found"),
    [
        ("web1", ["web1"], [0]),
        ("web1", ["web1 #protected"], [0]),
        ("web1", ["#prod web1, #db"], [0]),
        ("web1", ["WEB 1 #x"], [0]),
        ("web1", ["web1", "web1 #a"], [0]),  # the exact text first
        ("web1 #a", ["web1", "web1 #a"], [1]),
        ("web1 #a", ["web1"], [0]),
        ("web1", ["web1 #a", "web1 #b"], [0, 1]),
        ("web1", ["Web1", "web1 #a"], [1]),  # then the name exactly
        ("web1", ["Web1", "web 1"], [0, 1]),
        ("rack 12", ["rack 1 2"], []),
        ("rack 1 2", ["rack 12", "rack12"], []),
        ("rack 1 2", ["Rack 1  2"], [0]),
        ("rack\u00a01 2", ["rack 1 2"], [0]),
        ("node2", ["node²", "node₂", "node②", "node⑵", "node⒉", "node𝟐", "node𝟚"], []),
        ("node²", ["node2"], []),
        ("node²", ["node²"], [0]),
        ("node2", ["node۲"], [0]),
        ("node2", ["node٢"], [0]),
        ("node2", ["node\uff12"], [0]),
        ("db-1", ["db-10", "db_1", "xdb-1", "db-1a"], []),
        ("web½", ["web1/2", "web12"], []),
        ("سرور\u200cوب", ["سرور وب"], [0]),
        ("#prod", ["#prod"], [0]),
        ("#prod", ["#db", "web1 #prod"], []),
        ("web1", ["#web1", None, ""], []),
        ("a & b", ["a &amp; b"], [0]),
    ],
)
def test_which_of_the_listed_bear_a_label(label, shown, found):
    listed = [{"id": str(number), "label": each, "raw": {}} for number, each in enumerate(shown)]
    assert [int(vm["id"]) for vm in bearing(label, listed)] == found


# -- believed --------------------------------------------------------------------------------------------------------


def with_reused_id():
    """web-2 was bought, and its id is that of a colleague's VM by now."""
    portal = Labelled(WEB1, label="")
    ok(portal.vm("web-2", **WEB2))
    portal.vms["91"] = {**WEB1, "id": 91, "label": "db1"}
    return portal


def with_an_order_that_never_arrived():
    portal = Labelled(WEB1, label="", lost="before")
    assert portal.vm("web-2", wait_timeout=20, **WEB2)["failed"]
    portal.vms["50"] = {**WEB1, "id": 50, "label": "db1"}
    return portal


def with_a_name_of_the_portals():
    portal = Renaming(lambda label: "db1", WEB1)
    ok(portal.vm("web-2", **WEB2))
    return portal


BELIEVED = pytest.mark.parametrize(
    "start", [with_reused_id, with_an_order_that_never_arrived, with_a_name_of_the_portals]
)


@WAYS
@BELIEVED
@pytest.mark.parametrize("options", CHANGES)
@pytest.mark.parametrize("check_mode", [True, False])
def test_what_only_a_note_names_is_not_changed(apply, start, options, check_mode):
    portal = start()
    refused(
        portal, apply(portal, "web-2", check_mode, **options), "'db1' (id ", "vmid", "Nothing that changes it is sent"
    )
    assert portal.actions == [BOUGHT]


@WAYS
@BELIEVED
@pytest.mark.parametrize("state", ["present", "started"])
def test_what_only_a_note_names_keeps_from_buying(apply, start, state):
    portal = start()
    for check_mode in (True, False):
        result = apply(portal, "web-2", check_mode, state=state, template="d12")
        assert not result.get("failed") and not result["changed"], told(result)
        assert any("'db1' (id " in warning and "vmid" in warning for warning in portal.warnings)
    assert portal.actions == [BOUGHT]


@BELIEVED
def test_what_only_a_note_names_is_not_rescued(start):
    portal = start()
    refused(portal, portal.run(vm_rescue, service="101", label="web-2"), "'db1' (id ", "vmid")
    assert portal.actions == [BOUGHT]


@WAYS
@BELIEVED
def test_what_the_task_names_by_its_id_is_known(apply, start):
    portal = start()
    vmid = max(portal.vms, key=int)
    ok(portal.vm(None, vmid=vmid, state="stopped"))
    assert portal.actions[-1] == f"POST {VMS}/{vmid}/stop"


class Colleague(Labelled):
    """While a VM is being created, another controller's comes up before it."""

    colleagues = {**WEB1, "id": 80, "label": "db1"}

    def happens(self, request):
        super().happens(request)
        if str(request) == BOUGHT:
            self.vms["80"] = dict(self.colleagues)


@WAYS
@pytest.mark.parametrize("sizes", [{}, {"memory": 2048, "cpus": 2, "disk": 20}])
def test_the_vm_of_another_controller_that_is_listed_first_is_not_stopped(apply, sizes):
    portal = Colleague(WEB1, label="", takes=(4, 9))
    portal.colleagues = {**portal.colleagues, **sizes}
    result = apply(portal, "web-2", state="stopped", **WEB2)
    assert not result.get("failed"), told(result)
    assert portal.actions == [BOUGHT, f"POST {VMS}/91/stop"]


@WAYS
def test_what_this_run_bought_under_another_name_is_known_to_its_end(apply):
    portal = Renaming(lambda label: "vm90210", WEB1)
    result = apply(portal, "web-2", state="stopped", **WEB2)
    assert not result.get("failed"), told(result)
    assert portal.actions == [BOUGHT, f"POST {VMS}/91/stop"]


@WAYS
def test_what_came_up_after_a_lost_response_under_another_name_is_believed(apply):
    portal = Renaming(lambda label: "vm90210", WEB1, lost="after")
    refused(portal, apply(portal, "web-2", state="stopped", **WEB2), "'vm90210' (id 91)")
    assert portal.actions == [BOUGHT]


# -- tags, ambiguity, host names -------------------------------------------------------------------------------------


@WAYS
@pytest.mark.parametrize("label", ["web1 #protected", "#a web1", "web1,#prod #x", "Web 1 #b"])
@pytest.mark.parametrize("state", ["present", "started"])
def test_a_tagged_vm_is_not_bought_again(apply, label, state):
    portal = Labelled({**WEB1, "label": label})
    result = apply(portal, "web1", state=state, **{**WEB2, "memory": 1024, "cpu": 1, "disk": 10})
    assert not result.get("failed") and not result["changed"], told(result)
    assert portal.actions == []


def test_purge_keeps_what_is_listed_whatever_its_tags():
    portal = Labelled({**WEB1, "label": "web1 #prod"}, {**WEB1, "id": 8, "label": "old"}, label="")
    new = {"label": "web1", **WEB2, "memory": 1024, "cpu": 1, "disk": 10}
    result = portal.run(vm_fleet, service="101", vms=[new], purge=True, force=True)
    assert not result.get("failed"), told(result)
    assert portal.actions == [f"DELETE {VMS}/8"]


@WAYS
@pytest.mark.parametrize("options", [*CHANGES, {"state": "present", **WEB2}])
def test_two_vms_of_one_name_are_ambiguous(apply, options):
    portal = Labelled({**WEB1, "label": "web1 #a"}, {**WEB1, "id": 8, "label": "web1 #b"}, label="")
    refused(portal, apply(portal, "web1", **options), "7 (web1 #a), 8 (web1 #b)", "vmid")
    assert portal.actions == []


@WAYS
def test_two_of_one_name_are_ambiguous_whatever_a_note_says(apply):
    portal = Labelled(WEB1, label="")
    ok(portal.vm("web-2", **WEB2))
    portal.vms["50"] = {**WEB1, "id": 50, "label": "web-2"}
    refused(portal, apply(portal, "web-2", state="absent"), "50 (web-2)", "91 (web-2)")
    assert portal.actions == [BOUGHT]


@WAYS
@pytest.mark.parametrize(("label", "shown"), [("rack 1 2", "rack 12"), ("node²", "node2"), ("node2", "node②")])
def test_another_name_is_not_destroyed(apply, label, shown):
    portal = Labelled({**WEB1, "label": shown}, label="")
    ok(apply(portal, label, state="absent"), changed=False) if apply is alone else apply(portal, label, state="absent")
    assert portal.actions == []


@pytest.mark.parametrize(
    "items",
    [
        [{"label": "web1"}, {"vmid": "7"}],
        [{"label": "web 1"}, {"label": "web1"}],
        [{"label": "web1"}, {"label": "web\u200c1"}],
        [{"label": "web1"}, {"label": "web۱"}],
        [{"label": "web1"}, {"label": "web1 #prod"}],
        [{"label": "new 1"}, {"label": "New1"}],
    ],
)
@pytest.mark.parametrize("check_mode", [True, False])
def test_items_that_mean_one_vm_are_refused(items, check_mode):
    portal = Labelled(WEB1, {**WEB1, "id": 8, "label": "db1"}, label="")
    states = ["absent", "present"]
    vms = [{**item, "state": state, **WEB2} for item, state in zip(items, states)]
    refused(portal, portal.run(vm_fleet, check_mode, service="101", vms=vms), "more than once")
    assert portal.actions == []


class ByHostName(Labelled):
    """The list has host names, the details have labels."""

    def look(self, asked):
        answer = super().look(asked)
        if asked == f"GET {VMS}":
            shown = {key: {**vm, "hostname": f"vm{key}.example.com"} for key, vm in answer["vms"].items()}
            return {"vms": {key: {k: v for k, v in vm.items() if k != "label"} for key, vm in shown.items()}}
        return answer


@WAYS
def test_a_label_is_looked_for_in_the_details(apply):
    portal = ByHostName({**WEB1, "label": "web1 #x"}, {**WEB1, "id": 8, "label": "db1"}, label="")
    result = apply(portal, "web1", **{**WEB2, "memory": 1024, "cpu": 1, "disk": 10})
    assert not result.get("failed") and not result["changed"], told(result)
    result = apply(portal, "web-2", **WEB2)
    assert not result.get("failed") and result["changed"], told(result)
    result = apply(portal, "web1", state="absent")
    assert not result.get("failed") and result["changed"], told(result)
    assert portal.actions == [BOUGHT, f"DELETE {VMS}/7"]


@WAYS
def test_details_are_not_read_for_a_label_that_the_list_has(apply):
    portal = ByHostName(WEB1, {**WEB1, "id": 8, "label": "db1"})
    apply(portal, "vm7.example.com", state="started")
    assert f"GET {VMS}/8" not in [request for request, _body in portal.asked]


# -- absent ----------------------------------------------------------------------------------------------------------


class OneBadRead(Labelled):
    """The list is empty at one of its reads."""

    bad = None
    reads = 0

    def look(self, asked):
        answer = super().look(asked)
        if asked == f"GET {VMS}":
            self.reads += 1
            if self.reads == self.bad:
                return {"vms": []}
        return answer


SAME = {**WEB2, "memory": 1024, "cpu": 1, "disk": 10}


@pytest.mark.parametrize("bad", range(1, 9))
@pytest.mark.parametrize("new", [True, False])
def test_one_empty_list_among_good_ones_buys_nothing(bad, new):
    portal = OneBadRead(WEB1, {**WEB1, "id": 8, "label": "db1"}, label="")
    portal.bad = bad
    vms = [{"label": label, **SAME} for label in ("web1", "db1", *(["new"] if new else []))]
    result = portal.run(vm_fleet, service="101", vms=vms)
    assert not result.get("failed"), told(result)
    assert portal.actions == [BOUGHT] * new
    portal = OneBadRead(WEB1, {**WEB1, "id": 8, "label": "db1"}, label="")
    portal.bad = bad
    for label in ("web1", "db1", "web1"):
        ok(portal.vm(label, **SAME), changed=False)
    assert portal.actions == []


@WAYS
@pytest.mark.parametrize("bad", range(1, 8))
def test_one_empty_list_does_not_make_a_vm_absent(apply, bad):
    portal = OneBadRead(WEB1, label="", takes=(2, 5))
    portal.bad = bad
    result = apply(portal, "web1", state="absent")
    assert not result.get("failed"), told(result)
    assert portal.actions == [f"DELETE {VMS}/7"] and portal.vms == {}


@WAYS
@pytest.mark.parametrize("bad", range(2, 10))
def test_one_empty_list_does_not_lose_what_was_bought(apply, bad):
    portal = OneBadRead(WEB1, label="")
    portal.bad = bad
    for _run in range(3):
        result = apply(portal, "web-2", **WEB2)
        assert not result.get("failed"), told(result)
    assert portal.actions == [BOUGHT]


@WAYS
def test_the_reads_before_an_order_are_two_seconds_apart(apply):
    portal = Labelled(WEB1)
    times = []
    look = portal.look

    def timed(asked):
        if asked == f"GET {VMS}" and not portal.sent:
            times.append(portal.clock.monotonic())
        return look(asked)

    portal.look = timed
    apply(portal, "web-2", **WEB2)
    assert len(times) == 2 and times[1] - times[0] >= 2


@WAYS
def test_without_the_time_for_a_second_read_nothing_is_ordered(apply):
    portal = Labelled(WEB1)
    refused(portal, apply(portal, "web-2", wait_timeout=1, **WEB2), "Nothing was ordered")
    assert portal.actions == []


@WAYS
def test_check_mode_does_not_wait(apply):
    portal = Labelled(WEB1)
    assert apply(portal, "web-2", check_mode=True, **WEB2)["changed"]
    assert portal.clock.slept == []


class TwoFrontEnds(Labelled):
    """One of two front ends, which are asked at random, lags behind by so many seconds."""

    lag = 6.0

    def __init__(self, *vms, seed=0, **options):
        super().__init__(*vms, **options)
        self.chance = random.Random(seed)
        self.history = []

    def look(self, asked):
        answer = super().look(asked)
        now = self.clock.monotonic()
        self.history.append((now, copy.deepcopy(self.vms)))
        if asked == f"GET {VMS}" and self.chance.random() < 0.5:
            old = [vms for time, vms in self.history if time <= now - self.lag]
            return {"vms": old[-1] if old else {}}
        return answer


@WAYS
@pytest.mark.parametrize("seed", range(24))
def test_a_front_end_that_lags_makes_nothing_be_bought_twice(apply, seed):
    portal = TwoFrontEnds(WEB1, seed=seed)
    for label in ("web-2", "web-3", "web-2", "web-3", "web-2"):
        result = apply(portal, label, **WEB2)
        assert not result.get("failed"), told(result)
    assert portal.actions == [BOUGHT] * 2


@WAYS
def test_a_vm_that_somebody_destroyed_is_bought_again(apply):
    portal = Labelled(WEB1)
    for _time in range(3):
        result = apply(portal, "web-2", **WEB2)
        assert not result.get("failed") and result["changed"], told(result)
        del portal.vms[max(portal.vms, key=int)]
    assert portal.actions == [BOUGHT] * 3


@WAYS
def test_a_note_outlives_the_first_sight_of_its_vm_by_an_hour(apply):
    portal = Labelled(WEB1, label="")
    apply(portal, "web-2", **WEB2)
    portal.vms["91"]["label"] = "renamed"
    portal.clock.sleep(3000)
    refused(portal, apply(portal, "web-2", state="absent"), "'renamed' (id 91), and was called 'web-2' then")
    portal.clock.sleep(700)
    assert not apply(portal, "web-2", state="absent").get("failed")
    assert portal.actions == [BOUGHT]


@pytest.mark.parametrize("labels", [("web-2", "Web-2"), ("web 2", "web2"), ("web2", "web2 #prod"), ("web۲", "web2")])
def test_labels_that_compare_as_the_same_share_their_note(labels):
    portal = Labelled(WEB1, takes=(40, 42))
    for label in labels * 3:
        portal.vm(label, wait_timeout=4, **WEB2)
    assert portal.actions == [BOUGHT]


@pytest.mark.parametrize(
    "api_url",
    [
        "https://PORTAL.example.com/api",
        "https://portal.example.com:443/api/",
        "https://portal.example.com./api",
        "https://portal.example.com//api",
        "HTTPS://portal.example.com/ap%69",
    ],
)
def test_spellings_of_the_address_share_their_notes(api_url):
    portal = Labelled(WEB1, takes=(40, 42))
    assert portal.vm("web-2", wait_timeout=4, **WEB2)["failed"]
    assert portal.vm("web-2", wait_timeout=4, api_url=api_url, **WEB2)["failed"]
    assert portal.actions == [BOUGHT]


# -- refusals --------------------------------------------------------------------------------------------------------

BUSY = [
    "VM is locked (create)",
    "Another operation is in progress",
    "Please try again in a moment",
    "سیستم مشغول است",
    "internal_error_0",
    "Task 7712 queued behind another",
    "Template not found on node 3 yet",
]


class Refuses(Labelled):
    """Each order is refused, and yet placed if it *does*."""

    def __init__(self, *vms, words, does, **options):
        super().__init__(*vms, **options)
        self.words, self.does = words, does

    def look(self, asked):
        return offers(BOUGHT.replace("101", "@id")) if asked.endswith("/methods") else super().look(asked)

    def act(self, request):
        if self.does:
            self.happens(request)
        return {"error": [self.words]}


@WAYS
@pytest.mark.parametrize("words", BUSY)
@pytest.mark.parametrize("takes", [(1, 2), (6, 9)])
def test_a_refusal_that_did_order_orders_once(apply, words, takes):
    portal = Refuses(WEB1, words=words, does=True, takes=takes)
    for _run in range(3):
        result = apply(portal, "web-2", **WEB2)
        assert not result.get("failed"), told(result)
    assert portal.actions == [BOUGHT]


@WAYS
@pytest.mark.parametrize("words", BUSY)
def test_an_order_that_is_refused_is_placed_once_in_a_run(apply, words):
    portal = Refuses(WEB1, words=words, does=False)
    result = apply(portal, "web-2", **WEB2)
    refused(portal, result, words, "did not come up within 3")
    assert not result.get("changed") and portal.actions == [BOUGHT]
    assert "again" not in told(result).replace("try again in a moment", "")


@WAYS
def test_after_a_while_a_later_run_places_a_refused_order(apply):
    portal = Refuses(WEB1, words="VM is locked (create)", does=False)
    assert apply(portal, "web-2", **WEB2)["failed"]
    portal.act = lambda request: (portal.happens(request), {"status": True})[1]
    refused_at = portal.clock.monotonic() - 30
    result = apply(portal, "web-2", **WEB2)
    assert not result.get("failed") and result["changed"], told(result)
    assert portal.actions == [BOUGHT] * 2 and portal.clock.monotonic() - refused_at > 55


@WAYS
@pytest.mark.parametrize("words", ["resourcelimitreached", "invalid_template", "noprivileges"])
def test_a_certain_refusal_is_reported_at_once(apply, words):
    portal = Refuses(WEB1, words=words, does=False)
    before = portal.clock.monotonic()
    refused(portal, apply(portal, "web-2", **WEB2), words)
    assert portal.clock.monotonic() - before < 5
    refused(portal, apply(portal, "web-2", **WEB2), words)
    assert portal.actions == [BOUGHT] * 2


@WAYS
def test_the_vm_of_a_colleague_does_not_make_a_refused_order_a_success(apply):
    portal = Refuses(WEB1, words="VM is locked (create)", does=False)
    act = portal.act
    portal.act = lambda request: (portal.vms.update({"80": {**WEB1, "id": 80, "label": "db1"}}), act(request))[1]
    refused(portal, apply(portal, "web-2", **WEB2), "VM is locked (create)")
    assert portal.actions == [BOUGHT]


# -- details ---------------------------------------------------------------------------------------------------------


@WAYS
@pytest.mark.parametrize("words", ["ماشین مجازی یافت نشد", "vm not found", "something else", "noprivileges"])
def test_details_that_are_refused_while_the_vm_is_new_are_asked_for_again(apply, words):
    portal = Labelled(WEB1, takes=(1, 4))
    look, asked_for = portal.look, []

    def young(asked):
        answer = look(asked)
        if asked == f"GET {VMS}/91":
            asked_for.append(asked)
            if len(asked_for) < 4:
                return {"error": [words]}
        return answer

    portal.look = young
    result = apply(portal, "web-2", state="stopped", **WEB2)
    assert not result.get("failed"), told(result)
    assert portal.actions == [BOUGHT, f"POST {VMS}/91/stop"]


# -- planned again ---------------------------------------------------------------------------------------------------


class RebuiltMeanwhile(Labelled):
    """Another controller rebuilds the VM after so many looks."""

    at = 0

    def look(self, asked):
        answer = super().look(asked)
        if self.looks == self.at:
            self.vms["7"].update(template="u24")
        return answer


@WAYS
@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("busy", [True, False])
def test_what_another_controller_rebuilt_meanwhile_is_not_rebuilt_again(apply, at, busy):
    portal = RebuiltMeanwhile(WEB1, label="")
    portal.at = at
    if busy:
        portal.events = [
            (at + 1, lambda: portal.vms["7"].update(status="rebuilding")),
            (at + 6, lambda: portal.vms["7"].update(status="running")),
        ]
    result = apply(portal, "web1", state="rebuilt", template="u24")
    assert not result.get("failed"), told(result)
    if not (at == 3 and portal.actions):  # the last look came before it
        assert portal.actions == []


@WAYS
def test_a_busy_vm_is_planned_again_once_it_is_idle(apply):
    portal = Labelled(WEB1, label="")
    portal.events = [
        (2, lambda: portal.vms["7"].update(status="rebuilding")),
        (9, lambda: portal.vms["7"].update(status="running", template="u24")),
    ]
    result = apply(portal, "web1", state="rebuilt", template="u24")
    assert not result.get("failed"), told(result)
    assert portal.actions == []


@WAYS
def test_an_installation_that_does_not_show_is_not_advised_to_be_repeated(apply):
    portal = Labelled(WEB1, label="", takes=(1, 999))
    result = apply(portal, "web1", state="rebuilt", template="u24", wait_timeout=30)
    refused(portal, result, "look at the VM in the portal")
    assert "again" not in told(result) and portal.actions == [f"POST {VMS}/7/rebuild"]


@WAYS
def test_a_vm_that_bears_another_name_at_the_last_look_is_left_alone(apply):
    portal = Labelled(WEB1, label="")
    look, reads = portal.look, []

    def renamed(asked):
        reads.append(asked)
        if len([each for each in reads if each == f"GET {VMS}"]) > 1:
            portal.vms["7"]["label"] = "db1"
        return look(asked)

    portal.look = renamed
    refused(portal, apply(portal, "web1", state="absent"), "in several ways: db1, web1")
    assert portal.actions == []


# -- the looks that a mutant left out --------------------------------------------------------------------------------


@WAYS
def test_a_creation_is_looked_for_again_inside_the_lock(apply, monkeypatch):
    """Another task of this machine orders the same while this one waits for the lock."""
    portal = Labelled(WEB1)
    from ansible_collections.sindad.cloud.plugins.module_utils._core.change.ledger import Ledger

    lock = Ledger.lock

    def late(self, *args):
        portal.vms["50"] = {**WEB1, "id": 50, "label": "web-2"}
        portal.clock.sleep(5)
        return lock(self, *args)

    monkeypatch.setattr(Ledger, "lock", late)
    result = apply(portal, "web-2", **SAME)
    assert not result.get("failed") and not result["changed"], told(result)
    assert portal.actions == []


def test_no_message_names_a_note_or_advises_to_order_again():
    portal = Labelled(WEB1, lost="before")
    for apply in (alone, in_a_fleet, alone):
        words = told(apply(portal, "web-2", wait_timeout=20, **WEB2))
        assert words and not any(word in words for word in (".json", "remove", "Run the task"))
    assert portal.actions == [BOUGHT]
