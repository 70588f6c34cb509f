# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.filter.not_exported import not_exported

ACCOUNT = {"known_contacts": ["49"], "known_services": ["101"]}
SERVICE = {"id": "101", "vms": [{"label": "added"}, {"vmid": "8"}], "known_vms": ["7", "8"]}
SERVER = {"id": "201", "known_addresses": ["192.0.2.1"]}


def test_what_is_new():
    vms = [{"id": "7", "label": "renamed"}, {"id": "9", "label": "added"}, {"id": "10", "label": "{{ 1 }}"}]
    results = [
        {"contacts": [{"id": "49"}, {"id": "50"}]},
        {"services": [{"id": "101"}, {"id": "102"}]},
        {"results": [{"item": SERVICE, "vms": vms}]},
        {"results": [{"item": SERVER, "ips": [{"address": "192.0.2.1"}, {"address": "192.0.2.2"}]}]},
    ]
    assert not_exported(ACCOUNT, results) == [
        "Contact 50",
        "Service 102",
        "VM 10 of service 101",
        "Address 192.0.2.2 of service 201",
    ]


def test_what_was_skipped_or_failed_tells_nothing():
    results = [{"skipped": True}, {"failed": True}, {"results": [{"item": SERVICE, "failed": True}]}, {"results": []}]
    assert not_exported({}, results) == []
