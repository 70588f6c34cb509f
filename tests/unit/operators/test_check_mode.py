# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task cannot do is refused in check mode as it is otherwise: in the same words, with nothing changed."""

from __future__ import annotations

import pytest

VM = {"service": "101", "label": "web1"}
NEW = {"service": "101", "label": "web9", "template": "Debian 12", "memory": "2G", "cpu": 1, "disk": 10}
SERVER = {"service": "201", "hostname": "a.example.com", "template": "Ubuntu 24.04"}
NO_VM = "There is no VM web9 of service 101."
NO_SERVER = "does not offer GET /service/@id/info. It offers: "


def fleet(*vms, **options):
    return {"service": "101", "vms": list(vms), **options}


REFUSED = [
    ("vm", {**VM, "memory": 2}, "memory is 2 MB, which is too little for a VM. For 2 GB write memory: 2G."),
    ("vm", {**VM, "cpu": 0}, "cpu must be more than 0"),
    ("vm", {**VM, "disk": "40G"}, "has a disk of 20 GB, and the API cannot change it to 40 GB"),
    ("vm", {**VM, "vmid": "18867"}, "mutually exclusive"),
    ("vm", {**VM, "label": " "}, "must not be empty"),
    ("vm", {**VM, "label": "web9"}, f"{NO_VM} Did you mean 18867 (web1)? Available: 18867"),
    ("vm", {**VM, "label": "web9", "state": "stopped"}, NO_VM),
    ("vm", {**NEW, "state": "restarted"}, NO_VM),
    ("vm", {**NEW, "template": "Debain 12"}, "Template 'Debain 12' not found on service 101. Did you mean linux-deb"),
    ("vm", {**NEW, "service": "102", "template": "Rocky Linux 9"}, "2 templates on service 102 are named 'Rocky Linux"),
    ("vm", {**VM, "state": "rebuilt"}, "missing: template"),
    ("vm", {**VM, "state": "rebuilt", "template": "Debian 99"}, "Template 'Debian 99' not found for VM 18867"),
    ("vm", {**VM, "label": "twin", "state": "absent"}, "2 VMs of service 101 are labelled 'twin'"),
    ("vm", {"service": "101", "vmid": "1"}, "There is no VM 1 of service 101. Available: 18867"),
    ("vm", {**VM, "service": "301"}, "Service 301 does not offer GET /service/@id/vms. It offers: upgrades"),
    ("vm", {**VM, "service": "999"}, "Service 999 not found on this account. Available: 101 (cloud-a"),
    ("vm", {**VM, "service": "cloud-a.exmaple.com"}, "Did you mean 101 (cloud-a.example.com)?"),
    ("vm", {**VM, "service": "twin.example.com"}, "2 services on this account are named 'twin.example.com'"),
    ("vm", {**VM, "wait_timeout": 0}, "wait_timeout must be more than 0"),
    ("vm_fleet", fleet(purge=True), "set force=true too"),
    ("vm_fleet", fleet({"label": "a", "memory": 1}), "memory of a is 1 MB"),
    ("vm_fleet", fleet({"label": "web1"}, {"label": "WEB1"}), "more than once"),
    ("vm_fleet", fleet({"label": "twin", "state": "absent"}), "2 VMs of service 101 are labelled 'twin'"),
    ("vm_fleet", fleet({"label": "web9", "state": "started"}), f"1 of 1 VMs failed: {NO_VM} Did you mean"),
    ("vm_fleet", fleet({"label": "web1", "disk": 99}), "the API cannot change it to 99 GB"),
    ("vm_fleet", fleet({"vmid": "1", "state": "stopped"}), "There is no VM 1 of service 101."),
    ("vm_fleet", fleet({"label": "web1", "statee": "stopped"}), "vms.statee"),
    (
        "vm_fleet",
        {**fleet({"label": "web1"}), "service": "201"},
        "It offers: a dedicated server (use sindad.cloud.serv",
    ),
    ("vm_fleet", fleet({"label": "web1"}, workers=0), "workers must be more than 0"),
    ("vm_rescue", {"service": "101", "label": "web9"}, NO_VM),
    ("vm_rescue", {"service": "301", "vmid": "9"}, "Service 301 does not offer"),
    (
        "server_power",
        {"service": "101", "state": "on"},
        f"Service 101 {NO_SERVER}virtual machines (use sindad.cloud.vm",
    ),
    (
        "server_reinstall",
        {**SERVER, "template": "Debian 99"},
        "Template 'Debian 99' not found for reinstall on server",
    ),
    ("server_reinstall", {**SERVER, "hostname": "-bad-"}, "'-bad-' is not a host name"),
    ("server_reinstall", {**SERVER, "recipe": "nothing"}, "Recipe 'nothing' not found for server 201"),
    ("server_reinstall", {**SERVER, "recipe": "ISPmanager 6"}, "cannot be used with Ubuntu 24.04"),
    ("server_reinstall", {**SERVER, "service": "301"}, f"Service 301 {NO_SERVER}"),
    ("server_rescue", {"service": "201", "template": "nothing"}, "Template 'nothing' not found for rescue"),
    ("server_rescue", {"service": "201"}, "Give template: for rescue server 201 offers"),
    ("server_diagnostics", {"service": "201", "clear_disks": True}, "set force=true too"),
    ("server_diagnostics", {"service": "201", "full_erase": True, "force": True}, "full_erase needs clear_disks=true"),
    ("server_diagnostics", {"service": "201", "template": "nothing"}, "Template 'nothing' not found for diagnostics"),
    ("server_hostname", {"service": "201", "hostname": "under_score"}, "is not a host name"),
    ("server_hostname", {"service": "101", "hostname": "a.example.com"}, f"Service 101 {NO_SERVER}"),
    ("ip", {"service": "201", "domain": "a.example.com", "count": 0}, "count must be more than 0"),
    ("ip", {"service": "201", "domain": "a.example.com", "count": 300}, "count must be at most 256"),
    ("ip", {"service": "201", "domain": "-"}, "is not a host name"),
    ("ip", {"service": "201"}, "missing: address, domain"),
    ("ip", {"service": "201", "address": "501", "state": "absent"}, "is the main one"),
    ("ip", {"service": "201", "address": "1.2.3.4", "domain": "a.example.com"}, "IP address '1.2.3.4' not found"),
    ("ip", {"service": "201", "domain": "a.example.com", "vlan": "99"}, "VLAN '99' not found"),
    ("ip", {"service": "301", "domain": "a.example.com"}, "Service 301 does not offer GET /service/@id/ips"),
    ("service_label", {"service": "301", "tags": ["two words"]}, "'two words' is not a tag"),
    ("service_label", {"service": "999", "label": "x"}, "Service 999 not found"),
    ("service_upgrade", {"service": "101", "resources": {"Bandwith": "500 GB"}}, "Did you mean 1557 (Bandwidth)?"),
    ("service_upgrade", {"service": "101", "resources": {"Bandwidth": "501 GB"}}, "Did you mean 10103 (500 GB)?"),
    ("service_upgrade", {"service": "101", "resources": {"CPU Cores": 99}}, "takes a number from 1 to 16, not 99"),
    ("service_upgrade", {"service": "101", "package": "nothing"}, "Package 'nothing' not found"),
    ("service_upgrade", {"service": "101", "cycle": "Weekly"}, "upgrade_not_available"),
    ("service_upgrade", {"service": "303", "cycle": "Monthly"}, "Service 303 is Pending and does not offer GET"),
    ("service_cancellation", {"service": "301", "when": "immediate", "reason": "x"}, "use force=true"),
    ("service_cancellation", {"service": "301", "reason": ""}, "reason must not be empty"),
    (
        "service_cancellation",
        {"service": "303", "reason": "x"},
        "Service 303 is Pending and does not offer POST /service/@id/c",
    ),
    (
        "ticket",
        {"subject": "x", "department": "x", "body": "x", "state": "open"},
        "Department 'x' not found. Available",
    ),
    ("ticket", {"subject": "x", "state": "open", "body": "x"}, "To create it, give department too."),
    ("ticket", {"number": "1", "reply": "x"}, "There is no ticket 1 on this account. Available: 736650"),
    ("account", {"email": "nonsense"}, "email must be an email address"),
    ("contact", {"id": "1", "firstname": "x"}, "There is no contact 1. Available: 49 (mary@example.com)"),
    ("contact", {"email": "mary@example.com", "privileges": {"nothing": {"x": True}}}, "nothing"),
    ("notification", {"id": ["1"]}, "There is no notification 1. There is: 71"),
    ("token", {"state": "refreshed"}, "missing: refresh_token"),
]


@pytest.mark.parametrize(
    ("module", "options", "says"), REFUSED, ids=[f"{module}: {says[:40]}" for module, _options, says in REFUSED]
)
def test_what_cannot_be_done_is_refused_alike(account, module, options, says):
    twin = {"service": "101", "add_vm": {"label": "twin"}}
    account.portal.tamper(twin, twin)
    predicted, result = account.run(module, True, **options), account.run(module, **options)
    assert result["failed"] and says in result["msg"]
    assert (predicted["failed"], predicted["msg"]) == (True, result["msg"])
    assert account.effects == {}
