# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task would do to a dedicated server: tables, without portal or clock."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import ApiError, InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._server import hostname, install, power
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import Snapshot
from ansible_collections.sindad.cloud.plugins.module_utils._server.diagnostics import StartDiagnostics
from ansible_collections.sindad.cloud.plugins.module_utils._server.hostname import SetHostname, checked_hostname
from ansible_collections.sindad.cloud.plugins.module_utils._server.install import DesiredSystem, Install, notes
from ansible_collections.sindad.cloud.plugins.module_utils._server.operation import Cancel, obstacle
from ansible_collections.sindad.cloud.plugins.module_utils._server.power import Reboot, SwitchPower
from ansible_collections.sindad.cloud.plugins.module_utils._server.record import to_progress, to_server
from ansible_collections.sindad.cloud.plugins.module_utils._server.rescue import StartRescue

DEBIAN = {"id": "ISPsystem__Debian-12-x86_64", "name": "Debian 12", "raw": {}}
UBUNTU = {"id": "ISPsystem__Ubuntu-24.04-x86_64", "name": "Ubuntu 24.04", "raw": {}}
ALMA = {"id": "ISPsystem__AlmaLinux-9-x86_64", "name": "AlmaLinux 9", "raw": {}}
NAME = "web1.example.com"


def server(status="on", os="Ubuntu 24.04", name=NAME, unreadable=(), **operations):
    progress = {each: to_progress(each, {"status": word}) for each, word in operations.items()}
    return Snapshot(to_server("201", {"os": os, "hostname": name}, {"status": status}), progress, dict(unreadable))


def desired(**options):
    return DesiredSystem("server 201", NAME, UBUNTU, templates=(DEBIAN, UBUNTU, ALMA), **options)


# -- power -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "wanted", "steps"),
    [
        ("on", "on", []),
        ("off", "off", []),
        ("on", "off", [SwitchPower("off")]),
        ("off", "on", [SwitchPower("on")]),
        ("on", "rebooted", [Reboot()]),
        ("off", "rebooted", [SwitchPower("on")]),
        ("paused", "on", [SwitchPower("on")]),
        ("paused", "off", [SwitchPower("off")]),
        (None, "on", [SwitchPower("on")]),
        (None, "rebooted", [Reboot()]),
        ("unknown", "off", [SwitchPower("off")]),
    ],
)
def test_power(status, wanted, steps):
    assert power.plan(server(status).record, wanted) == steps


@pytest.mark.parametrize("step", [SwitchPower("on"), SwitchPower("off"), Reboot()])
def test_the_predicted_power_is_done(step):
    assert step.is_done(step.predict(server("paused")))
    assert step.predict(server("unknown")).record["state"] == "unknown"


def test_a_reboot_has_begun_once_it_is_seen():
    assert Reboot().has_begun(server("rebooting")) and not Reboot().has_begun(server("on"))
    assert SwitchPower("off").has_begun(server("stopping")) and not SwitchPower("off").has_begun(server("on"))


# -- host name -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        (NAME, []),
        ("WEB1.Example.com.", []),
        ("db1.example.com", [SetHostname(NAME)]),
        ("web1", [SetHostname(NAME, is_vague=True)]),
        ("localhost", [SetHostname(NAME, is_vague=True)]),
        ("-", [SetHostname(NAME, is_vague=True)]),
        ("", [SetHostname(NAME, is_vague=True)]),
        (None, [SetHostname(NAME, is_vague=True)]),
    ],
)
def test_hostname(told, steps):
    assert hostname.plan(server(name=told).record, NAME) == steps


@pytest.mark.parametrize("value", [None, True, False, "None", "none", "True", "FALSE", "null", 5, "", "a b"])
def test_what_yaml_makes_of_nothing_is_no_host_name(value):
    with pytest.raises(InvalidInput, match="is not a host name"):
        checked_hostname(value)


# -- system ----------------------------------------------------------------------------------------------------------

INSTALL = [Install(UBUNTU, desired())]


@pytest.mark.parametrize(
    ("there", "steps"),
    [
        (server(), []),
        (server(os="ubuntu 24.04"), []),
        (server(os=UBUNTU["id"]), []),
        (server(os="Ubuntu 24.04.1 LTS"), []),
        (server(os="Debian 12"), INSTALL),
        (server(os="Debian GNU/Linux 12 (bookworm)"), INSTALL),
        (server(os=ALMA["id"]), INSTALL),
        (server(os="Debian 12", name="db1.example.com"), INSTALL),
        (server(name="db1.example.com"), [SetHostname(NAME)]),  # never costs the disk
        (server(name="web1"), []),
        (server(name="localhost"), []),
        (server(name="-"), []),
        (server(name=None), []),
        (server(os="Debian 12", reinstall="running"), []),  # it is joined
        (server(os="Debian 12", rescue="active"), INSTALL),  # once that has ended
    ],
)
def test_installation(there, steps):
    assert install.plan(there, desired()) == steps


UNCLEAR = [None, "", "-", "?", "unknown", "n/a", "Linux", "GNU/Linux", "Debian", "Ubuntu", "other", "custom", "64 bit"]
UNCLEAR += ["Windows Server 2022", "Ubuntu 22.04", "debian-13", "نامشخص", "Debian 12 / Ubuntu 24.04"]


@pytest.mark.parametrize("told", UNCLEAR)
def test_a_wording_that_names_no_template_never_costs_the_disk(told):
    there = server(os=told)
    with pytest.raises(InvalidInput, match=r"It is not known whether server 201 has Ubuntu 24.04"):
        install.plan(there, desired())
    assert install.plan(there, desired(when_unknown="keep")) == []
    for options in ({"when_unknown": "install"}, {"force": True}):
        (step,) = install.plan(there, desired(**options))
        assert isinstance(step, Install)


def test_force_installs_what_is_there_and_joins_what_runs():
    (step,) = install.plan(server(), desired(force=True))
    assert isinstance(step, Install) and step.destroys
    assert install.plan(server(reinstall="installing"), desired(force=True)) == []


def test_what_is_taken_for_the_wanted_is_told():
    assert notes(server().record, desired()) == []
    assert "'Ubuntu 24.04.1 LTS', which was taken for" in notes(server(os="Ubuntu 24.04.1 LTS").record, desired())[0]
    assert "reports the system as 'Linux'" in notes(server(os="Linux").record, desired(when_unknown="keep"))[0]
    assert "the host name as 'web1'" in notes(server(name="web1").record, desired())[0]


def test_no_password_is_shown():
    assert "S3cret" not in repr(Install(UBUNTU, desired(password="S3cret"))) + repr(StartRescue(DEBIAN, "S3cret"))


# -- one operation at a time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "beside", "words"),
    [
        (server(), (), None),
        (server(rescue="active"), (), "the operation rescue is running on it (status active); it lasts until"),
        (server(rescue="active"), ("rescue",), None),
        (server(diagnostics="running"), ("rescue",), "the operation diagnostics is running on it (status running)"),
        (server("rebooting"), (), "its power state is rebooting"),
        (server(None), (), None),
        (server(unreadable={"diagnostics": ApiError("", errors=["server is busy"])}), (), "asked for diagnostics, the"),
        (server(unreadable={"status": ApiError("", errors=["server is busy"])}), (), None),
    ],
)
def test_obstacles(there, beside, words):
    told = obstacle(there, beside)
    assert told is None if words is None else told.startswith(words)


@pytest.mark.parametrize("start", [StartRescue(DEBIAN), StartDiagnostics(DEBIAN), Install(UBUNTU, desired())])
def test_an_operation_is_started_and_ended(start):
    running = server(**{start.operation: "running"})
    assert start.is_done(running) and not start.is_done(server())
    cancel = Cancel(start.operation)
    assert cancel.is_done(server()) and not cancel.is_done(running)
    assert cancel.predict(running).record["operation"] is None


@pytest.mark.parametrize("clear_disks", [False, True])
def test_only_diagnostics_that_clear_disks_destroy(clear_disks):
    assert StartDiagnostics(DEBIAN, clear_disks).destroys is clear_disks
    assert not StartRescue(DEBIAN).destroys
