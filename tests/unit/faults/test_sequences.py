# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random tasks of two controllers under random faults; `make faults` runs a thousand of them."""

from __future__ import annotations

import pytest
from faults.sequences import tried
from faults.twice import done_twice

from tests.emulator import portal as emulator


@pytest.fixture(scope="module")
def portal():
    with emulator.serve() as running:
        yield running


@pytest.mark.parametrize("seed", range(50))
def test_what_was_asked_for_last_is_so_and_nothing_was_done_twice(portal, seed):
    words = tried(seed, portal)
    assert not words, words


def entry(change, path, **body):
    method, route = change.split(" ")
    return {"method": method, "route": route, "path": path, "body": body, "account": "one", "made": "90001"}


VMS = entry("POST /service/@id/vms", "/api/service/1/vms", label="a")
DESTROY = entry("DELETE /service/@id/vms/@vmid", "/api/service/1/vms/90001")
UPGRADE = entry("POST /service/@id/upgrade", "/api/service/1/upgrade", resources={"1": "2"})
TICKET = entry("POST /tickets", "/api/tickets", subject="s")
TWO_IPS = entry("POST /service/@id/ips", "/api/service/1/ips", num="2")


@pytest.mark.parametrize("log", [[VMS, VMS], [UPGRADE, UPGRADE], [TICKET, VMS, TICKET], [TWO_IPS, TWO_IPS]])
def test_what_was_done_twice_is_seen(log):
    assert len(done_twice(log, {TWO_IPS["path"]: 2})) == 1


@pytest.mark.parametrize("log", [[VMS, DESTROY, VMS], [UPGRADE, {**UPGRADE, "body": {"resources": {}}}], [TWO_IPS]])
def test_what_makes_sense_twice_is_no_fault(log):
    assert done_twice(log, {TWO_IPS["path"]: 2}) == []
