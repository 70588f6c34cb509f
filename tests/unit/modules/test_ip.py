# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from ansible_collections.sindad.cloud.plugins.module_utils._ip import state
from ansible_collections.sindad.cloud.plugins.modules import ip
from unit.canned import Canned
from unit.parallel import at_once

ADD = "POST /service/201/ips"
LIST = "GET /service/201/ips"
VLANS = "GET /service/201/vlans"

pytestmark = pytest.mark.usefixtures("clock")


class Portal(Canned):
    """A server whose new addresses are listed after so many looks."""

    def __init__(self, *ips, looks=1, vlans=("12",)):
        self.ips = {str(each["id"]): each for each in ips}
        self.coming, self.looks = [], looks
        answers = {
            LIST: lambda body: self.listed(),
            ADD: self.add,
            VLANS: {"vlans": [{"id": vlan, "name": f"Net {vlan}"} for vlan in vlans]},
        }
        super().__init__(answers)

    def listed(self):
        self.coming = [(looks - 1, each) for looks, each in self.coming]
        for looks, each in self.coming:
            if looks <= 0:
                self.ips[each["id"]] = each
        return {"ips": self.ips or []}

    def add(self, body):
        for place in range(int(body["num"])):
            each = {"id": f"9{place}", "ipaddress": f"203.0.113.{place}", "domain": body["domain"].lower(), "main": "0"}
            self.coming.append((self.looks, {**each, "vlan": body["vlan"]} if "vlan" in body else each))
        return {"status": True}

    def run(self, module=ip, **options):
        return super().run(module, service="201", **options)


def address(number, domain="a.example.com", **more):
    return {"id": number, "ipaddress": f"198.51.100.{number}", "domain": domain, **more}


# -- how many are added ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ips, options, sent",
    [
        ([], {}, {"vlan": "12", "domain": "a.example.com", "num": "1"}),
        ([], {"count": 3}, {"vlan": "12", "domain": "a.example.com", "num": "3"}),
        ([address(1)], {}, None),
        ([address(1, "A.Example.COM.")], {}, None),
        (
            [address(1, vlan="12")],
            {"count": 2, "vlan": "Net 12"},
            {"vlan": "12", "domain": "a.example.com", "num": "1"},
        ),
        ([address(1, vlan="13")], {"vlan": "12"}, {"vlan": "12", "domain": "a.example.com", "num": "1"}),
        ([address(1, vlan=12), address(2, vlan="NET 12")], {"count": 2, "vlan": "12"}, None),
        ([address(1), address(2), address(3)], {"count": 2}, None),
        ([address(1, "other.example.com")], {}, {"vlan": "12", "domain": "a.example.com", "num": "1"}),
    ],
)
def test_what_is_missing_is_added_in_one_request(ips, options, sent):
    portal = Portal(*ips)
    result = portal.run(domain="a.example.com", **options)
    assert portal.sent == ([(ADD, sent)] if sent else [])
    assert result["changed"] is bool(sent)
    assert [each["id"] for each in result["added"]] == [f"9{place}" for place in range(int(sent["num"]) if sent else 0)]
    assert result["ips"][len(result["ips"]) - len(result["added"]) :] == result["added"]
    repeated = portal.run(domain="a.example.com", **options)
    assert (repeated["changed"], repeated["added"], len(repeated["ips"])) == (False, [], len(result["ips"]))


@pytest.mark.parametrize("vlans, sent", [(["12"], "12"), (["12", "13"], None), ([], None)])
def test_a_vlan_goes_along_if_there_is_no_choice(vlans, sent):
    portal = Portal(vlans=vlans)
    portal.run(domain="a.example.com")
    assert portal.sent[0][1].get("vlan") == sent


def test_a_portal_without_vlans():
    portal = Portal()
    portal.answers[VLANS] = {"error": ["Method not found"]}
    assert portal.run(domain="a.example.com")["changed"]
    assert portal.sent == [(ADD, {"domain": "a.example.com", "num": "1"})]


def test_a_refusal_that_asks_for_a_vlan_tells_which_there_are():
    portal = Portal(vlans=["12", "13"])
    portal.answers[ADD] = {"error": ["vlan is required"]}
    result = portal.run(domain="a.example.com")
    assert "vlan is required. Choose one with the option vlan: 12 (Net 12), 13 (Net 13)." in result["msg"]


def test_addresses_of_an_untold_vlan_are_counted():
    portal = Portal(address(1))
    portal.answers["GET /service/201/ips/1"] = {"ip": address(1)}
    result = portal.run(domain="a.example.com", vlan="12")
    assert (result["changed"], portal.sent) == (False, [])


def test_nothing_is_added_if_no_domains_are_told():
    portal = Portal()
    portal.answers[LIST] = {"ips": ["198.51.100.5"]}
    result = portal.run(domain="a.example.com")
    assert "does not report the domains of the addresses on service 201" in result["msg"]
    assert portal.sent == []


def test_check_mode():
    portal = Portal(address(1))
    portal.answers["GET /service/201/methods"] = {"methods": [{"method": "POST", "route": "/service/@id/ips"}]}
    result = portal.run(domain="a.example.com", count=3, check_mode=True)
    assert (result["changed"], result["added"], len(result["ips"])) == (True, [], 1)
    assert (result["diff"]["before"]["count"], result["diff"]["after"]["count"]) == (1, 3)
    assert portal.sent == []


# -- addresses that come late ----------------------------------------------------------------------------------------


def test_addresses_that_were_about_to_be_listed_are_not_added_again():
    portal = Portal()
    portal.add({"domain": "a.example.com", "num": "2"})
    portal.coming = [(2, portal.coming[0][1]), (4, portal.coming[1][1])]
    result = portal.run(domain="a.example.com", count=2)
    assert (result["changed"], result["added"], len(result["ips"])) == (False, [], 2)
    assert portal.sent == []


def test_a_time_out_says_that_the_order_was_taken():
    portal = Portal(looks=1000)
    result = portal.run(domain="a.example.com", wait_timeout=20)
    assert result["failed"]
    assert result["changed"]
    assert (
        "Timed out after 20 s waiting for 1 new IP address for a.example.com on service 201 to be listed "
        "(last state: 0 listed)." in result["msg"]
    )
    assert "The order was accepted. Run the task again to go on waiting" in result["msg"]


def test_ten_tasks_at_once_order_once(monkeypatch):
    monkeypatch.setattr(state, "LATE_LISTING_WINDOW_S", 0.3)
    portal = Portal()
    results = at_once(monkeypatch, portal, ip, domain="a.example.com", count=2)
    assert len(portal.sent) == 1
    assert [len(each["ips"]) for each in results] == [2] * 10
    assert sum(len(each["added"]) for each in results) == 2


def test_addresses_are_counted_again_inside_the_lock():
    """Somebody gave an address the domain meanwhile: it is not a new one, and is enough."""
    portal = Portal()
    names = iter(["other.example.com"])
    portal.answers[LIST] = lambda body: {"ips": [address(1, next(names, "a.example.com"))]}
    result = portal.run(domain="a.example.com")
    assert (result["changed"], len(result["ips"]), portal.sent) == (False, 1, [])


def lost_order(portal):
    portal.answers[ADD] = TransportError("No answer.", outcome_unknown=True)
    portal.run(domain="a.example.com")
    portal.answers[ADD] = portal.add


@pytest.mark.parametrize("wait", [True, False])
def test_the_note_of_a_lost_order_keeps_from_ordering(wait):
    portal = Portal()
    lost_order(portal)
    later = portal.run(domain="A.example.com.", wait=wait)
    assert (later["changed"] if not wait else later["failed"]) is wait
    assert len(portal.sent) == 1
    portal.add({"domain": "a.example.com", "num": "1"})
    assert len(portal.run(domain="a.example.com", wait=wait)["ips"]) == 1
    assert len(portal.sent) == 1


def test_the_note_of_a_lost_order_is_of_its_domain_and_vlan():
    portal = Portal()
    lost_order(portal)
    assert portal.run(domain="b.example.com")["changed"]
    assert portal.run(domain="a.example.com", vlan="12")["changed"]
    assert len(portal.sent) == 3


def test_what_was_seen_and_is_missing_for_a_while_is_not_ordered_again():
    """Two front ends of a portal, one some seconds behind."""
    portal = Portal()
    portal.run(domain="a.example.com", count=2)
    behind = portal.clock.monotonic() + 8
    portal.answers[LIST] = lambda body: {"ips": []} if portal.clock.monotonic() < behind else portal.listed()
    again = portal.run(domain="a.example.com", count=2)
    assert (again["changed"], len(again["ips"]), len(portal.sent)) == (False, 2, 1)


def test_what_was_removed_is_ordered_again():
    portal = Portal()
    portal.run(domain="a.example.com", count=2)
    portal.coming = []
    del portal.ips["90"]
    again = portal.run(domain="a.example.com", count=2)
    assert (again["changed"], len(again["ips"]), len(portal.sent)) == (True, 2, 2)


def test_addresses_that_came_without_the_task_close_their_note():
    """Ordered without waiting, seen as enough by the next run, and removed long after."""
    portal = Portal(looks=1000)
    portal.run(domain="a.example.com", wait=False)
    portal.coming = [(1, each) for _looks, each in portal.coming]
    portal.run(domain="a.example.com")
    portal.run(domain="a.example.com")
    portal.ips, portal.coming, portal.looks = {}, [], 1
    assert portal.run(domain="a.example.com")["changed"]


def test_nothing_is_added_where_no_address_is_reported_with_a_domain():
    portal = Portal()
    portal.answers[LIST] = {"ips": {"1": {"ipaddress": "198.51.100.5", "main": "1"}}}
    portal.answers["GET /service/201/ips/1"] = {"ip": {"ipaddress": "198.51.100.5", "netmask": "255.255.255.0"}}
    result = portal.run(domain="a.example.com")
    assert "does not report the domains of the addresses on service 201" in result["msg"]
    portal.answers["GET /service/201/ips/1"] = {"ip": {"ipaddress": "198.51.100.5", "rdns": None}}
    assert portal.run(domain="a.example.com", wait=False)["changed"]


def test_a_lost_answer():
    portal = Portal(looks=5)

    def lost(body):
        portal.add(body)
        return TransportError("No answer.", outcome_unknown=True)

    portal.answers[ADD] = lost
    result = portal.run(domain="a.example.com", count=2)
    assert (result["changed"], len(result["added"]), len(portal.sent)) == (True, 2, 1)


def test_a_request_that_was_lost_is_not_repeated():
    portal = Portal()
    portal.answers[ADD] = TransportError("No answer.", outcome_unknown=True)
    result = portal.run(domain="a.example.com")
    assert result["msg"].startswith("No answer. No sign of it was seen within 120 seconds. This machine does not send")
    assert len(portal.sent) == 1


@pytest.mark.parametrize("wait", [True, False])
def test_addresses_that_come_very_late_are_not_ordered_again(wait):
    portal = Portal(looks=1000)
    portal.run(domain="a.example.com", count=2, wait_timeout=20, wait=wait)
    again = portal.run(domain="a.example.com", count=2, wait_timeout=20, wait=wait)
    assert not wait or "ordered from this machine and are not listed yet, so they are not ordered again" in again["msg"]
    assert portal.run(domain="a.example.com", count=2, check_mode=True)["changed"] is False
    portal.coming = [(1, each) for _looks, each in portal.coming]
    late = portal.run(domain="a.example.com", count=2, wait_timeout=20, wait=wait)
    assert (late["changed"], len(late["ips"]), len(portal.sent)) == (False, 2, 1)
    more = portal.run(domain="a.example.com", count=3, wait_timeout=20, wait=wait)
    assert (more["changed"], len(portal.sent)) == (True, 2)


def test_an_order_that_was_refused_is_placed_again():
    portal = Portal()
    add, portal.answers[ADD] = portal.answers[ADD], {"error": ["no free addresses"]}
    assert portal.run(domain="a.example.com")["failed"]
    portal.answers[ADD] = add
    assert portal.run(domain="a.example.com")["changed"]


@pytest.mark.parametrize("looks, listed", [(2, 1), (1000, 0)])
def test_without_waiting_new_addresses_are_looked_for_a_while(looks, listed):
    portal = Portal(looks=looks)
    result = portal.run(domain="a.example.com", wait=False)
    assert (result["changed"], len(result["added"])) == (True, listed)


@pytest.mark.parametrize("shown, named", [("", 1), (None, 1), ("server9.example.net", 0)])
def test_new_addresses_under_another_domain_are_not_ordered_again(shown, named):
    """A portal may forget the domain of an order, or put its own in its place."""
    portal = Portal(looks=2)

    def add(body):
        portal.coming.append((2, address(90, shown)))
        portal.answers["GET /service/201/ips/90"] = {"ip": address(90, shown)}
        return {"status": True}

    def edit(body):
        portal.ips[90]["domain"] = body["domain"]
        portal.answers["GET /service/201/ips/90"] = {"ip": portal.ips[90]}
        return {"status": True}

    portal.answers.update({ADD: add, "POST /service/201/ips/90": edit})
    result = portal.run(domain="a.example.com")
    assert [request for request, _body in portal.sent] == [ADD, "POST /service/201/ips/90"][: 1 + named]
    assert [each["address"] for each in result["added"]] == ["198.51.100.90"]
    again = portal.run(domain="a.example.com")
    assert (again["changed"], [each["address"] for each in again["ips"]]) == (False, ["198.51.100.90"])
    assert bool(portal.warnings) is not bool(named)


# -- one address -----------------------------------------------------------------------------------------------------


def test_a_domain_is_set():
    there = address(1, "")
    portal = Portal(there, address(2))
    portal.answers["GET /service/201/ips/1"] = lambda body: {"ip": there}
    portal.answers["POST /service/201/ips/1"] = lambda body: there.update(body) or {"status": True}
    result = portal.run(address="198.51.100.1", domain="New.example.com.")
    assert portal.sent == [("POST /service/201/ips/1", {"domain": "New.example.com"})]
    assert (result["changed"], result["ips"][0]["domain"]) == (True, "New.example.com")
    assert portal.run(address="1", domain="new.example.com")["changed"] is False


@pytest.mark.parametrize(
    "ips, force, refused",
    [
        ([address(2, main="0"), address(1, main="1")], False, True),
        ([address(2, main="1"), address(1, main="0")], False, False),
        ([address(1), address(2)], False, True),
        ([address(2), address(1)], False, False),
        ([address(1, main="0")], False, True),
        ([address(1, main="1")], True, False),
    ],
)
def test_the_main_address_is_removed_by_force_only(ips, force, refused):
    portal = Portal(*ips)
    for each in ips:
        portal.answers[f"GET /service/201/ips/{each['id']}"] = {"ip": each}
    portal.answers["DELETE /service/201/ips/1"] = lambda body: portal.ips.pop("1") and {"status": True}
    result = portal.run(address="198.51.100.1", state="absent", force=force)
    assert result.get("failed", False) is refused
    assert portal.sent == ([] if refused else [("DELETE /service/201/ips/1", None)])
    if not refused:
        assert portal.run(address="198.51.100.1", state="absent")["changed"] is False


def test_an_address_whose_details_tell_another_one_is_not_removed():
    portal = Portal(address(1), address(2))
    portal.answers["GET /service/201/ips/1"] = {"ip": address(1)}
    portal.answers["GET /service/201/ips/2"] = {"ip": address(1, main="0")}
    result = portal.run(address="198.51.100.2", state="absent")
    assert "has another address in its details than in the list" in result["msg"]
    assert portal.sent == []


def test_what_is_no_address_is_not_there():
    portal = Portal(address(1))
    portal.answers["GET /service/201/ips/1"] = {"ip": address(1)}
    assert portal.run(address="198.51.100.9", state="absent")["changed"] is False
    result = portal.run(address="198.51.100.9", domain="a.example.com")
    assert result["msg"].endswith("Available: 1 (198.51.100.1).")


@pytest.mark.parametrize(
    "options, says",
    [
        ({"domain": "a.example.com", "count": 0}, "count must be more than 0, not 0."),
        ({"domain": "a.example.com", "count": 2147483648}, "count must be at most 256, not 2147483648."),
        ({"domain": "a b"}, "domain: 'a b' is not a host name"),
        ({"address": "198.51.100", "domain": "a.example.com"}, "'198.51.100' is neither an IP address nor an id"),
        ({"address": "1", "domain": ""}, "domain: '' is not a host name"),
    ],
)
def test_bad_input_is_refused_before_anything_is_sent(options, says):
    portal = Portal()
    assert says in portal.run(**options)["msg"]
    assert portal.asked == []
