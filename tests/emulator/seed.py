# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small account: a bit of everything, with what is awkward about it."""

from __future__ import annotations

import datetime

from .catalog import REINSTALL_TEMPLATES, by_name, cloud, dedicated, hosting
from .clock import Clock
from .money import item
from .options import Options
from .state import Account, Address, Attachment, Invoice, Product, Reply, Server, Service, Ticket, Vm

ADDRESS = {
    "companyname": "",
    "address1": "Pretty View Lane",
    "address2": "3294",
    "city": "Santa Rosa",
    "state": "California",
    "postcode": "95401",
    "country": "US",
    "phonenumber": "+1.24123123",
}


def day(account: Account, days: int) -> str:
    """A date so many days from the account's today."""
    return (datetime.date.fromisoformat(account.today) + datetime.timedelta(days=days)).isoformat()


def base_account(clock: Clock, options: Options) -> Account:
    """The client, departments, payment and everything that does not depend on services."""
    today = options.today or datetime.date.today().isoformat()
    account = Account(clock, today)
    account.client = {
        "id": "26",
        "email": "api@example.com",
        "lastlogin": "2016-12-30 12:24:28",
        "ip": "172.100.2.1",
        "host": "hostname",
        "firstname": "Joe",
        "lastname": "Doe",
        **ADDRESS,
    }
    account.departments = {"1": "Billing", "2": "Sales", "3": "پشتیبانی فنی"}
    account.stock = [
        {"id": "71", "name": "Server X1", "cpu": "Intel Xeon E-2288G", "ram": "64 GB", "stock": "3", "price": "89.00"},
        {"id": "72", "name": "Server X2", "cpu": "AMD EPYC 7313P", "ram": "128 GB", "stock": 0, "price": "149.00"},
    ]
    _contacts(account)
    _tickets(account)
    _invoices(account)
    _notifications(account)
    _incidents(account)
    return account


def build_vm(
    product: Product, number: int, label: str, os: str, memory: int, cpu: int, disk: int, **more: object
) -> Vm:
    """A VM whose template is the product's template of that name."""
    template = by_name(product.templates, os)
    hostname = f"{label}.example.com"
    return Vm(number, label, hostname, template, memory, cpu, disk, password=f"Vm-{number}-pass", **more)  # type: ignore[arg-type]


def build_server(hostname: str, os: str, net: str, first_id: int, keyed: bool, cpu: str, ram: str) -> Server:
    """A server with three addresses: the main one, another, and one of IPv6."""
    server = Server(hostname, by_name(REINSTALL_TEMPLATES, os), cpu, ram, "2x 960 GB SSD", keyed, net=net)
    server.vlans = {"12": "Public 12", "13": "Private 13"}
    for place, (address, domain) in enumerate(
        [(f"{net}.101", hostname), (f"{net}.102", f"alt.{hostname}"), ("", f"v6.{hostname}")]
    ):
        number = str(first_id + place)
        if address:
            server.ips[number] = Address(
                number, address, domain, place == 0, "12", gateway=f"{net}.1", network=f"{net}.0"
            )
        else:
            high, low = divmod(first_id, 0x10000)
            v6_net = f"2001:db8:{high:x}:{low:x}::" if high else f"2001:db8:{low:x}::"
            v6 = f"{v6_net}1"
            server.ips[number] = Address(number, v6, domain, False, "12", "64", "fe80::1", v6_net)
    return server


def small_account(clock: Clock, options: Options) -> Account:
    account = base_account(clock, options)
    families = [options.families[place % len(options.families)] for place in range(3)]
    _clouds(account, families)
    _servers(account)
    _hosting(account)
    return account


def _clouds(account: Account, families: list[str]) -> None:
    ids: list[str | int] = ["101", 102, "103"]
    domains = ["cloud-a.example.com", "cloud-b.example.com", "cloud-c.example.com"]
    services = []
    for place, (family, letter) in enumerate(zip(families, "ABC")):
        product = cloud(11 + place, f"Cloud {letter}", family)
        bigger = cloud(21 + place, f"Cloud {letter} Plus", family, 19.99)
        bigger.resources = product.resources
        account.products[bigger.id] = bigger
        product.packages = [bigger.id]
        service = Service(
            ids[place],
            domains[place],
            product,
            label="main cloud" if place == 0 else "",
            total="9.99",
            next_due=day(account, 12 + 9 * place),
            next_invoice=day(account, 5 + 9 * place),
            date_created=day(account, -400 + 30 * place),
        )
        services.append(account.add(service))
    first, second, third = services
    _put(
        first,
        build_vm(
            first.product,
            18867,
            "web1",
            "Debian 12",
            2048,
            2,
            20,
            ipv4=["192.0.2.10"],
            ipv6=["2001:db8::ae42"],
        ),
        build_vm(
            first.product,
            18868,
            "db1",
            "AlmaLinux 9",
            4096,
            4,
            80,
            ipv4=["192.0.2.11", "10.20.30.11"],
            ipv6=["2001:db8::ae43"],
        ),
    )
    _put(
        second,
        build_vm(second.product, 2001, "app1", "Ubuntu 24.04", 2048, 2, 40, ipv4=["198.51.100.21"]),
        build_vm(second.product, 2002, "app2", "Debian 12", 1024, 1, 20, power="off", ipv6=["2001:db8:b::2002"]),
    )
    _put(
        third,
        build_vm(
            third.product,
            31,
            "mail1",
            "Ubuntu 24.04",
            4096,
            2,
            60,
            ipv4=["203.0.113.31"],
            ipv6=["2001:db8:c::31"],
        ),
    )


def _put(service: Service, *vms: Vm) -> None:
    service.vms.update({str(one.id): one for one in vms})


def _servers(account: Account) -> None:
    one = Service(
        "201",
        "server1.example.com",
        dedicated(31, "Server X1", 89.0),
        total="89.00",
        firstpayment="99.00",
        next_due=day(account, 20),
        next_invoice=day(account, 13),
        date_created=day(account, -200),
        username="root",
        password="Srv-201-pass",
        server=build_server(
            "server1.example.com", "Debian 12", "198.51.100", 501, False, "Intel Xeon E-2288G", "64 GB"
        ),
    )
    two = Service(
        202,
        "server2.example.com",
        dedicated(32, "Server X2", 149.0),
        label="backup server",
        billingcycle="Annually",
        total="1490.000",
        firstpayment="1490.000",
        next_due=day(account, 190),
        next_invoice=day(account, 176),
        date_created=day(account, -175),
        username="root",
        password="Srv-202-pass",
        server=build_server("server2.example.com", "Ubuntu 24.04", "192.0.2", 601, True, "AMD EPYC 7313P", "128 GB"),
    )
    account.add(one)
    account.add(two)


def _hosting(account: Account) -> None:
    starter = hosting(41, "Starter Hosting", 9.99)
    persian = hosting(42, "هاست اقتصادی", 4.0)
    account.add(
        Service(
            "301",
            "examplename.com",
            starter,
            next_due="2017-12-30",
            next_invoice="2017-01-27",
            date_created="2016-12-30",
            username="examplen",
            password="pdtzc",
        )
    )
    account.add(
        Service(
            "302",
            "old.example.com",
            starter,
            status="Terminated",
            next_due=day(account, -90),
            next_invoice=day(account, -97),
            date_created=day(account, -900),
            username="oldexamp",
            password="old-pass",
        )
    )
    account.add(
        Service(
            "303",
            "new.example.com",
            starter,
            status="Pending",
            next_due="0000-00-00",
            next_invoice="0000-00-00",
            date_created=account.today,
        )
    )
    for id, due in (("304", 30), (305, 61)):
        account.add(
            Service(
                id,
                "twin.example.com",
                starter,
                next_due=day(account, due),
                next_invoice=day(account, due - 7),
                date_created=day(account, -335),
                username=f"twin{id}",
                password=f"twin-{id}-pass",
            )
        )
    account.add(
        Service(
            "306",
            "shop.example.com",
            persian,
            label="فروشگاه من",
            billingcycle="Quarterly",
            total="4.000",
            firstpayment="4.000",
            next_due=day(account, 45),
            next_invoice=day(account, 38),
            date_created=day(account, -45),
            username="shopexam",
            password="shop-pass",
        )
    )


def _contacts(account: Account) -> None:
    mary = {
        "id": "49",
        "email": "mary@example.com",
        "firstname": "Mary",
        "lastname": "Sue",
        **ADDRESS,
        "address2": "3194",
        "type": "Private",
        "privileges": {"support": ["tickets", "newticket"]},
    }
    reza = {
        "id": "50",
        "lastlogin": "2026-11-01 08:30:00",
        "email": "reza@example.com",
        "firstname": "رضا",
        "lastname": "احمدی",
        "companyname": "شرکت نمونه",
        "address1": "خیابان آزادی",
        "address2": "",
        "city": "تهران",
        "state": "تهران",
        "postcode": "1234567890",
        "country": "IR",
        "phonenumber": "+989121234567",
        "type": "Company",
        "socialsecuritynumberpersonalid": ["0012345678"],
        "mellicardimage": [""],
        "telegramnotifications": [""],
        "langcustomline0180": [""],
        "privileges": [],
    }
    account.contacts = {"49": mary, "50": reza}


def _tickets(account: Account) -> None:
    account.tickets = {
        "736633": Ticket(
            "736633",
            "Lore Ipsum",
            "Donec sollicitudin molestie malesuada. \nSed porttitor lectus nibh. Vivamus magna justo, \n"
            "lacinia eget consectetur sed, convallis at tellus.",
            "Answered",
            "Billing",
            "2016-12-30 12:48:13",
            replies=[
                Reply(
                    "929",
                    "Suppport Staff",
                    "2016-12-30 12:51:04",
                    "Vestibulum ac diam sit amet quam \nvehicula elementum sed sit amet dui. \n"
                    "Praesent sapien massa\n\n-- Maecenas efficitur elit est --",
                    "Admin",
                )
            ],
        ),
        "736600": Ticket(
            "736600",
            "Disk & <memory> report",
            "See the file.",
            "Closed",
            "Sales",
            "2016-12-20 08:00:00",
            replies=[Reply("901", "Joe Doe", "2016-12-20 09:15:00", 'Thanks, "all" is well.')],
            attachments=[
                Attachment("5501", "../../etc/passwd", b"%PDF-1.4 report\r\n\x00\x01\xff binary\n"),
                Attachment("5502", "گزارش.txt", "گزارش\n".encode()),
            ],
        ),
        "736650": Ticket(
            "736650",
            "مشکل در اتصال سرور",
            "سلام\nسرور من در دسترس نیست.",
            "In-Progress",
            "پشتیبانی فنی",
            f"{day(account, -3)} 10:30:00",
            client_read="0",
            replies=[Reply("950", "کارشناس پشتیبانی", f"{day(account, -3)} 11:00:00", "در حال بررسی هستیم.", "Admin")],
        ),
    }


def _invoices(account: Account) -> None:
    lines = [item("12305", "Example Service", 15.0), item("12309", "PayPal Payment Fee", 1.24, item_id="-2")]
    cloud_line = [item("12401", "Cloud A (101)", 9.99, "Hosting", "101", "0")]
    server_line = [item("12402", "Server X1 (201)", 89.0, "Hosting", "201", "0")]
    old_line = [item("12300", "Old Hosting (302)", 9.99, "Hosting", "302", "0")]
    account.invoices = {
        one.id: one
        for one in [
            Invoice("308950", "2016/11/3", "2016-11-02", "2016-11-09", "Cancelled", old_line),
            Invoice(
                "308976", "2016/12/1", "2016-12-30", "2017-01-06", "Paid", lines, "2016-12-30 12:40:47", taxrate=21
            ),
            Invoice("308980", "", day(account, -2), day(account, 5), "Unpaid", cloud_line),
            Invoice("308981", "", day(account, -20), day(account, -13), "Unpaid", server_line),
        ]
    }


def _notifications(account: Account) -> None:
    entries = [
        ("71", "Invoice created", "Invoice 308980 is due", "Invoice", "308980", "0"),
        ("72", "Ticket answered", "Staff replied to your ticket", "Ticket", "736650", "0"),
        ("73", "Service activated", "Your service examplename.com is active", "Service", "301", "1"),
    ]
    account.notifications = {
        id: {
            "id": id,
            "subject": subject,
            "body": body,
            "date": f"{day(account, -2)} 07:00:00",
            "rel_type": rel_type,
            "rel_id": rel_id,
            "seen": seen,
        }
        for id, subject, body, rel_type, rel_id, seen in entries
    }


def _incidents(account: Account) -> None:
    entries = [
        ("5", "Core switch upgrade", "Scheduled", 4, 5, "Short interruptions.", "Server X1"),
        ("6", "اختلال شبکه", "InProgress", 0, None, "در حال بررسی", "Cloud A"),
        ("7", "Storage fault", "ResolvedFaultIssue", -9, -8, "A disk shelf was replaced.", "Cloud B"),
    ]
    account.incidents = {
        id: {
            "id": id,
            "name": name,
            "date": f"{day(account, start - 1)} 09:00:00",
            "status": status,
            "startdate": day(account, start),
            "start": "01:00:00",
            "enddate": "0000-00-00" if end is None else day(account, end),
            "end": "00:00:00" if end is None else "03:00:00",
            "description": text,
            "relatedinfo": related,
        }
        for id, name, status, start, end, text, related in entries
    }
