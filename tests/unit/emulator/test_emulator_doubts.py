# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes a client doubt what it reads: front ends that lag, empty reads, reused ids, busy portals, two accounts."""

from __future__ import annotations

from typing import Any

import pytest

NEW = {"label": "new1", "template": "linux-debian-12-x86_64-min-gen2-v1", "memory": 1024, "cpu": 1, "disk": 10}
VMS = "/service/101/vms"


def order(portal: Any, label: str = "new1") -> Any:
    template = portal.get("/service/101/templates")["templates"][0]["id"]
    return portal.call("POST", VMS, {**NEW, "label": label, "template": template})


def labels(portal: Any) -> list[str]:
    return [one["label"] for one in portal.get(VMS)["vms"].values()]


def test_a_front_end_that_lags_shows_a_new_vm_later(portal: Any) -> None:
    portal.set(lagging=5, lagging_share=1, create_delay=0)
    order(portal)
    assert labels(portal) == ["web1", "db1"]
    portal.advance(4)
    assert labels(portal) == ["web1", "db1"]
    portal.advance(2)
    assert labels(portal) == ["web1", "db1", "new1"]


def test_a_front_end_that_lags_shows_what_is_gone(portal: Any) -> None:
    portal.set(lagging=5, lagging_share=1)
    portal.get(VMS)
    portal.tamper({"service": "101", "remove_vm": "18868"})
    assert labels(portal) == ["web1", "db1"]
    portal.advance(6)
    assert labels(portal) == ["web1"]


def test_one_of_two_front_ends_is_up_to_date(portal: Any) -> None:
    portal.set(lagging=50, create_delay=0)
    order(portal)
    assert {len(labels(portal)) for _read in range(30)} == {2, 3}


def test_a_change_reaches_the_portal_whatever_a_front_end_shows(portal: Any) -> None:
    portal.set(lagging=50, lagging_share=1, stale=0, duration=0)
    portal.get(VMS)
    portal.call("POST", f"{VMS}/18868/stop")
    assert portal.state()["services"]["101"]["vms"]["18868"]["power"] == "off"
    assert portal.get(VMS)["vms"]["18868"]["state"] == "online"


@pytest.mark.parametrize("ways", [{}, {"wrapper": "data"}, {"page_size": 1}])
def test_one_read_of_a_list_is_empty(portal: Any, ways: dict[str, Any]) -> None:
    portal.set(**ways)
    portal.fault("blank", path="/vms$", skip=1)

    def count() -> int:
        answer = portal.get(VMS)
        return len((answer.get("data") or answer)["vms"])

    full = count()
    assert full and [count(), count()] == [0, full]


def test_the_id_of_a_vm_is_used_again(portal: Any) -> None:
    portal.set(reuse_ids=True, stale=0, duration=0, create_delay=0)
    portal.call("DELETE", f"{VMS}/18868")
    order(portal)
    assert portal.get(VMS)["vms"]["18868"]["label"] == "new1"
    assert [entry["made"] for entry in portal.log(method="POST")] == ["18868"]


@pytest.mark.parametrize("effect", [True, False])
def test_a_busy_portal_may_have_done_what_it_refuses(portal: Any, effect: bool) -> None:
    portal.set(create_delay=0)
    portal.fault("busy", form="locked_create", method="POST", effect=effect)
    assert order(portal) == {"error": ["VM is locked (create)"]}
    assert ("new1" in labels(portal)) is effect


def test_a_label_is_tagged(portal: Any) -> None:
    portal.set(label_changes="tag", create_delay=0)
    order(portal)
    assert labels(portal) == ["web1", "db1", "new1 #new"]


SECOND = "two@example.com"


def as_second(portal: Any, path: str) -> Any:
    portal.user = f"{SECOND}:secret"
    return portal.get(path)


def test_two_accounts_of_one_portal_are_alike_and_apart(portal: Any) -> None:
    portal.reset(second=SECOND, create_delay=0)
    order(portal)
    assert labels(portal) == ["web1", "db1", "new1"]
    assert list(as_second(portal, VMS)["vms"]) == ["18867", "18868"]
    portal.tamper({"account": SECOND, "service": "101", "vm": "18867", "set": {"label": "other"}})
    assert "other" in labels(portal)
    assert portal.state(account=SECOND)["services"]["101"]["vms"]["18867"]["label"] == "other"
    assert portal.state()["services"]["101"]["vms"]["18867"]["label"] == "web1"
    assert {entry["account"] for entry in portal.log(account=SECOND)} == {SECOND}
    assert portal.effects(account=SECOND) == {}


def test_a_token_belongs_to_its_account(portal: Any) -> None:
    portal.reset(second=SECOND)
    portal.tamper({"account": SECOND, "service": "101", "vm": "18867", "set": {"label": "other"}})
    given = portal.call("POST", "/login", {"username": SECOND, "password": "secret"}, auth=None)
    assert portal.call("GET", VMS, auth=given["token"])["vms"]["18867"]["label"] == "other"
    renewed = portal.call("POST", "/token", {"refresh_token": given["refresh"]}, auth=None)
    assert portal.call("GET", VMS, auth=renewed["token"])["vms"]["18867"]["label"] == "other"


def test_nobody_else_has_an_account(portal: Any) -> None:
    portal.user = "three@example.com:secret"
    assert portal.get(VMS) == {"error": ["wronglogin"]}
    with pytest.raises(ValueError, match="no account of three"):
        portal.state(account="three@example.com")


def test_the_time_that_a_client_slept_outlasts_a_reset_and_ends_with_a_start(portal: Any) -> None:
    clock = portal.running.portal
    portal.control("POST", "advance", {"seconds": 7, "slept": True})
    portal.advance(100)
    portal.reset()
    assert clock.clock.skew == 7
    portal.start()
    assert clock.clock.skew == 0
