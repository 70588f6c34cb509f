# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._service.routes import denies, kind_of, not_offered


def offered(*routes):
    return [{"name": None, "method": route.split()[0], "route": route.split()[1]} for route in routes]


VM = offered(
    "GET /service/@id/vms",
    "POST /service/@id/vms",
    "GET /service/@id/vms/@vmid",
    "GET /service/@id/templates",
    "GET /service/@id/methods",
    "GET /service/@id",
    "POST /service/@id/unheard",
)

SERVER = offered(
    "POST /service/@id/reboot",
    "POST /service/@id/poweroff",
    "GET /service/@id/info",
    "POST /service/@id/label",
)


@pytest.mark.parametrize(
    ("routes", "kind"),
    [
        (VM, "vm"),
        (SERVER, "server"),
        ([], "service"),
        (offered("GET /service/@id/ips"), "service"),
        (offered("GET /service/@id/ips", "POST /service/@id/ips/@ip", "GET /service/@id/vlans"), "service"),
        (offered("GET /service/@id/label", "POST /service/@id/cancel"), "service"),
        (offered("POST /service/@id/reboot"), "server"),
        (offered("get /service/$id/reinstall/templates/"), "server"),
        (offered("get /service/7/vms"), "vm"),
        (offered("POST /service/@id/vms"), "service"),
        ([{"name": None, "method": None, "route": None}], "service"),
    ],
)
def test_the_kind_of_a_service(routes, kind):
    assert kind_of(routes) == kind


@pytest.mark.parametrize(
    ("request_", "there", "says"),
    [
        (
            Request("GET", "/service/@id/ips", (("id", "301"),)),
            VM,
            "Service 301 does not offer GET /service/@id/ips. It offers: virtual machines (use sindad.cloud.vm, "
            "sindad.cloud.vm_template_info), POST /service/@id/unheard.",
        ),
        (
            Request("DELETE", "/service/@id/vms/@vmid", (("id", "301"), ("vmid", "7"))),
            VM,
            "Service 301 does not offer DELETE /service/@id/vms/@vmid. It offers: GET /service/@id/vms, "
            "POST /service/@id/vms, GET /service/@id/vms/@vmid.",
        ),
        (
            Request("GET", "/service/@id/vms", (("id", "201"),)),
            SERVER,
            "Service 201 does not offer GET /service/@id/vms. It offers: a dedicated server "
            "(use sindad.cloud.server_info, sindad.cloud.server_power).",
        ),
        (
            Request("GET", "/service/@id/vms", (("id", "301"),)),
            offered("POST /service/@id/upgrade", "GET /service/@id/label", "POST /service/@id/label"),
            "Service 301 does not offer GET /service/@id/vms. It offers: upgrades (use sindad.cloud.service_upgrade), "
            "a label (use sindad.cloud.service_label).",
        ),
        (
            Request("GET", "/service/@id/vms", (("id", "201"),)),
            [],
            "Service 201 does not offer GET /service/@id/vms. It offers: nothing.",
        ),
    ],
)
def test_what_is_offered_is_told_once_with_its_module(request_, there, says):
    assert str(not_offered(request_, there)) == says


@pytest.mark.parametrize(
    ("method", "route", "there", "denied"),
    [
        ("POST", "/service/@id/vms", VM, False),
        ("DELETE", "/service/@id/vms/@vmid", VM, True),
        ("POST", "/service/@id/label", VM, False),  # it was read, so the list is short
        ("POST", "/service/@id/cancel", VM, True),
        ("POST", "/service/@id/poweron", SERVER, True),
        ("POST", "/service/@id/hostname", SERVER, True),
        ("POST", "/service/@id/cancel", [], False),
    ],
)
def test_what_a_list_denies(method, route, there, denied):
    assert denies(there, Request(method, route, (("id", "1"),))) is denied
