# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documented routes of the API, and the key under which each answer has its payload.

A dialect names these routes, and puts what it finds under these keys. A test compares them with the documentation and
with what the readers of the nouns ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Payload(NamedTuple):
    """Where the payload of a route stands.

    :ivar keys: what readers look under, the documented key first. Empty: the answer itself is the payload.
    :ivar is_list: whether it is a collection, and not one object.
    """

    keys: tuple[str, ...] = ()
    is_list: bool = False


#: A line a route: the method, the route, and the keys of its payload, of a list with ``[]``.
_ROUTES = """
POST /login
POST /logout
POST /token
POST /revoke
GET /details client details
PUT /details client
GET /contact contacts[] contact
POST /contact contact_id
GET /contact/privileges privileges
GET /contact/@id contact contacts
PUT /contact/@id contact
GET /notifications notifications[]
GET /notifications/new notifications[]
PUT /notifications/@id/ack
GET /balance details balance
GET /invoice invoices[]
GET /invoice/@id invoice invoices
GET /payment payments[] payment
GET /payment/fees payments[] fees
GET /tickets tickets[]
GET /tickets/@number ticket
GET /ticket/attachment/@file
POST /tickets ticket
POST /tickets/@number
PUT /tickets/@number/open
PUT /tickets/@number/close
GET /ticket/departments departments[]
GET /service services[]
GET /service/@id service
GET /service/@id/methods methods[]
GET /service/@id/upgrade upgrade options
POST /service/@id/upgrade
POST /service/@id/cancel
GET /service/@id/label label
POST /service/@id/label
GET /statuses statuses[] incidents incident status
GET /statuses/specific/@status statuses[] incidents incident status
GET /statuses/@id statuses incidents incident status
GET /service/@id/vms vms[]
GET /service/@id/vms/@vmid vm vms
GET /service/@id/vms/@vmid/rebuild templates[]
POST /service/@id/vms/@vmid/stop
POST /service/@id/vms/@vmid/start
POST /service/@id/vms/@vmid/reboot
POST /service/@id/vms/@vmid/rescue
POST /service/@id/vms/@vmid/unrescue
POST /service/@id/vms/@vmid/rebuild
GET /service/@id/templates templates[]
GET /service/@id/resources resources
GET /service/@id/reinstall/templates templates[]
GET /service/@id/reinstall reinstall
POST /service/@id/reinstall
POST /service/@id/diag/cancel
GET /service/@id/diag/templates templates[]
GET /service/@id/diag diag
POST /service/@id/diag
GET /service/@id/rescue/templates templates[]
GET /service/@id/rescue rescue
POST /service/@id/rescue
POST /service/@id/rescue/cancel
GET /service/@id/info server info
POST /service/@id/hostname
GET /service/@id/ips ips[]
GET /service/@id/vlans vlans[]
POST /service/@id/ips
GET /service/@id/ips/@ip ip ips
POST /service/@id/ips/@ip
DELETE /service/@id/ips/@ip
POST /service/@id/reboot
POST /service/@id/poweroff
POST /service/@id/poweron
POST /service/@id/vms
DELETE /service/@id/vms/@vmid
PUT /service/@id/vms/@vmid
GET /service/@id/status status
GET /serverstock servers[] serverstock stock products
"""


def _routes() -> Iterator[tuple[str, Payload]]:
    for line in _ROUTES.strip().splitlines():
        method, route, *keys = line.split()
        names = tuple(key.removesuffix("[]") for key in keys)
        yield f"{method} {route}", Payload(names, keys[:1] != list(names[:1]))


#: The payload of each documented route, such as ``GET /service/@id/vms``.
PAYLOADS: dict[str, Payload] = dict(_routes())
