# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The known answers of every endpoint, and how each is read. Documented ones are samples, the rest as the facts say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Contacts, Login, Notifications
from ansible_collections.sindad.cloud.plugins.module_utils._billing.api import Billing
from ansible_collections.sindad.cloud.plugins.module_utils._incident.api import Incidents
from ansible_collections.sindad.cloud.plugins.module_utils._server.api import ROUTES, Server
from ansible_collections.sindad.cloud.plugins.module_utils._server.record import server_power, to_progress
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import Service, Services
from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms
from ansible_collections.sindad.cloud.plugins.modules.portal_info import ACCOUNT, SERVICE

SAMPLES = Path(__file__).parents[1] / "emulator/samples"


class Known(NamedTuple):
    """An answer of an endpoint; ``before``: those that its reader asks for first."""

    endpoint: str
    answer: Any
    before: dict[str, Any] = {}
    request: str | None = None

    @property
    def asked(self) -> str:
        return self.request or self.endpoint.replace("@id", "1", 1)


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"get_{name}.json").read_text())


def _operation(name: str) -> Callable[..., Any]:
    return lambda client, service: to_progress(name, Server(client, service).operation(name))


def _templates(name: str) -> Callable[..., Any]:
    return lambda client, service: list(Server(client, service).templates(name))


#: How each endpoint is read: as the check of a portal does it, or with more of what was read.
READERS: dict[str, Callable[..., Any]] = {
    **{reader.endpoint: reader.read for reader in (*ACCOUNT, *SERVICE)},
    "GET /contact/privileges": lambda client: Contacts(client).privileges(),
    "GET /notifications/new": lambda client: Notifications(client).list(new_only=True),
    "GET /payment/fees": lambda client: Billing(client).payment_methods(),
    "GET /statuses/specific/@status": lambda client: Incidents(client).list("Finished"),
    "GET /statuses/@id": lambda client: Incidents(client).get("5"),
    "GET /service": lambda client: Services(client).list(),
    "GET /service/@id": lambda client, service: Service(client, service).details(),
    "GET /service/@id/methods": lambda client, service: Service(client, service).methods(),
    "GET /service/@id/label": lambda client, service: Service(client, service).label(),
    "GET /service/@id/resources": lambda client, service: Service(client, service).resources(),
    "GET /service/@id/status": lambda client, service: server_power(Server(client, service).status()),
    "GET /service/@id/vms/@vmid/rebuild": lambda client, service: Vms(client, service).templates("18867"),
    **{f"GET {route}": _operation(name) for name, route in ROUTES.items()},
    **{f"GET {route}/templates": _templates(name) for name, route in ROUTES.items()},
    "POST /login": lambda client: Login(client).log_in("user", "secret"),
    "POST /token": lambda client: Login(client).refresh("old"),
}

VM_A = {
    "id": "18867",
    "label": "test",
    "state": "online",
    "cpus": "1",
    "memory": 512,
    "burstmem": -512,
    "disk": 10,
    "password": "secret",
    "template": "linux-debian-10",
    "template_label": "Debian Buster 10 64 bit",
    "ip": ["192.0.2.10", " 2001:db8::ae42"],
}
VM_B = {
    "id": "31",
    "label": "mail1",
    "hostname": "mail1.example.com",
    "status": "running",
    "power": True,
    "built": True,
    "locked": False,
    "memory": 2048,
    "disk": 40,
    "cores": 2,
    "username": "root",
    "ipv4": "192.0.2.11",
    "ipv6": "2001:db8::11",
}
VM_D = {"id": "1269", "hostname": "example-vm", "status": "stopped", "memory": 1024, "cpus": 1, "disk": 20}
VM_E = {"id": "7", "name": "one-7", "STATE": "3", "LCM_STATE": "3", "memory": 1024, "vcpu": 2}
INCIDENT = {"id": "5", "name": "Switch", "status": "Scheduled", "date": "2026-11-24 09:00:00", "description": "Short"}
NOTE = {"id": "71", "subject": "Paid", "body": "Thanks", "date": "2026-11-24 09:00:00", "seen": 1}
IP = {"id": "501", "ipaddress": "198.51.100.5", "main": "1", "domain": "a.example.com"}
TEMPLATES = [
    {"id": "debian-12", "name": "Debian 12"},
    {"id": "7", "name": "Ubuntu 24.04"},
    {"id": "f47ac10b-58cc-4372-a567-0e02b2c3d479", "name": "Rocky Linux 9"},
]
RECIPES = [{"id": "3", "name": "LAMP", "usablefor": ["debian-12", "7"]}]
RUNNING = {"status": "installing", "template": "debian-12", "progress": 40}


def three(one: dict[str, Any], key: str = "id") -> list[dict[str, Any]]:
    """Three entries, so that pages of two have an end that is not full."""
    return [one, {**one, key: f"{one[key]}1"}, {**one, key: f"{one[key]}2"}]


def _with_list(name: str, entries: list[Any]) -> dict[str, Any]:
    return {f"GET /{name}": {name.rpartition("/")[2]: entries}}


_DOCUMENTED = (
    Known("GET /details", sample("details")),
    Known("GET /balance", sample("balance")),
    Known("GET /contact", {"contacts": three(sample("contact")["contacts"][0])}),
    Known("GET /contact/@id", sample("contact_id"), {"GET /contact": sample("contact")}, "GET /contact/49"),
    Known("GET /contact/privileges", sample("contact_privileges")),
    Known("GET /invoice", {"invoices": three(sample("invoice")["invoices"][0])}),
    Known("GET /invoice/@id", sample("invoice_id"), {"GET /invoice": sample("invoice")}, "GET /invoice/308976"),
    Known("GET /payment", sample("payment"), {"GET /payment/fees": {"payments": []}}),
    Known("GET /payment/fees", sample("payment_fees"), {"GET /payment": {"payments": []}}),
    Known("GET /tickets", {"tickets": three(sample("tickets")["tickets"][0], "ticket_number")}),
    Known("GET /tickets/@number", sample("tickets_number"), {"GET /tickets": sample("tickets")}, "GET /tickets/736633"),
    Known("GET /service", {"services": three(sample("service")["services"][0])}),
    Known("GET /service/@id", sample("service_id")),
    Known("GET /service/@id/label", sample("service_id_label")),
    Known("GET /service/@id/methods", sample("service_id_methods")),
    Known("GET /service/@id/upgrade", sample("service_id_upgrade")),
    Known("POST /login", json.loads((SAMPLES / "post_login.json").read_text())),
    Known("POST /token", json.loads((SAMPLES / "post_token.json").read_text())),
)
_OF_THE_FACTS = (
    Known("GET /notifications", {"notifications": three(NOTE)}),
    Known("GET /notifications/new", {"notifications": three(NOTE)}),
    Known("GET /ticket/departments", {"departments": three({"id": "1", "name": "Sales"})}),
    Known("GET /statuses", {"statuses": three(INCIDENT)}),
    Known("GET /statuses/specific/@status", {"statuses": three(INCIDENT)}, {}, "GET /statuses/specific/Finished"),
    Known("GET /statuses/@id", {"status": INCIDENT}, _with_list("statuses", []), "GET /statuses/5"),
    Known("GET /serverstock", {"servers": three({"id": "9", "name": "X1 E-2236"})}),
    Known("GET /service/@id/resources", {"resources": {"memory": {"total": 4096, "used": 1024}, "cpu": 4}}),
)
_OF_VMS = (
    *(
        Known("GET /service/@id/vms", {"vms": {each["id"]: each for each in three(vm)}})
        for vm in (VM_A, VM_B, VM_D, VM_E)
    ),
    *(
        Known("GET /service/@id/vms/@vmid", {"vm": vm}, {"GET /service/1/vms": {"vms": [vm]}}, request)
        for vm in (VM_A, VM_B, VM_D, VM_E)
        for request in [f"GET /service/1/vms/{vm['id']}"]
    ),
    Known("GET /service/@id/templates", {"templates": TEMPLATES}),
    Known(
        "GET /service/@id/vms/@vmid/rebuild",
        {"templates": TEMPLATES},
        {
            "GET /service/1/templates": {"templates": TEMPLATES[:1]},
            "GET /service/1/methods": {
                "methods": [{"name": "a", "method": "GET", "route": "/service/@id/vms/@vmid/rebuild"}]
            },
        },
        "GET /service/1/vms/18867/rebuild",
    ),
)
_OF_SERVERS = (
    Known("GET /service/@id/ips", {"ips": three(IP)}),
    Known("GET /service/@id/ips", {"ips": ["198.51.100.5", "198.51.100.6", "198.51.100.7"]}),
    Known("GET /service/@id/ips/@ip", {"ip": IP}, {"GET /service/1/ips": {"ips": [IP]}}, "GET /service/1/ips/501"),
    Known("GET /service/@id/vlans", {"vlans": three({"id": "12", "name": "Public"})}),
    Known("GET /service/@id/info", {"info": {"hostname": "s.example.com", "os": "Debian 12", "ip": "192.0.2.1"}}),
    Known("GET /service/@id/status", {"status": "on"}),
    Known("GET /service/@id/status", {"status": "offline"}),
    Known("GET /service/@id/status", {"status": {"power": "on"}}),
    *(Known(f"GET {route}", {name: RUNNING}) for route, name in zip(ROUTES.values(), ("reinstall", "rescue", "diag"))),
    *(Known(f"GET {route}", RUNNING) for route in ROUTES.values()),
    *(Known(f"GET {route}/templates", {"templates": TEMPLATES}) for route in list(ROUTES.values())[1:]),
    Known("GET /service/@id/reinstall/templates", {"templates": TEMPLATES, "recipes": RECIPES}),
)
KNOWN = (*_DOCUMENTED, *_OF_THE_FACTS, *_OF_VMS, *_OF_SERVERS)
