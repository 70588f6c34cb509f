# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers in the ways in which portals may write them: each is read right, or refused clearly; none is read wrong.

Every known answer (docs/portal_facts.md) is changed in every way that leaves its meaning, at every place where that is
possible, and read by the reader of its endpoint. See the table with ``pytest -s tests/unit/leniency``.
"""

from __future__ import annotations

import collections
import copy
import json
import sys

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import SindadError
from ansible_collections.sindad.cloud.plugins.modules.portal_info import ACCOUNT, SERVICE
from unit.canned import Canned

READERS = {reader.endpoint: reader for reader in (*ACCOUNT, *SERVICE)}

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
SERVICE_ONE = {
    "id": "332",
    "domain": "example.com",
    "total": "9.99",
    "status": "Active",
    "name": "Starter Hosting",
    "billingcycle": "Monthly",
    "next_due": "2026-12-30",
    "category": "Hosting",
    "category_url": "hosting",
}
TICKET = {
    "ticket_number": "736633",
    "subject": "Ticket subject",
    "status": "Open",
    "deptname": "Sales",
    "client_read": "1",
}
INVOICE = {"id": "308976", "date": "2026-12-30", "status": "Paid", "total": "19.65", "currency": "USD", "number": ""}
PERSON = {
    "id": "26",
    "email": "api@example.com",
    "firstname": "Joe",
    "lastname": "Doe",
    "city": "Lublin",
    "country": "US",
}
TEMPLATES = [{"id": "debian-12", "name": "Debian 12"}, {"id": "7", "name": "Ubuntu 24.04"}]
IPS = [
    {"id": "501", "ipaddress": "198.51.100.5", "main": "1", "domain": "a.example.com"},
    {"id": "502", "ipaddress": "198.51.100.6", "main": "0", "domain": "b.example.com"},
]
NOTES = [{"id": "71", "subject": "Paid", "body": "Thanks", "date": "2026-11-24 09:00:00", "seen": 1}]
INCIDENT = {"id": "5", "name": "Switch", "status": "Scheduled", "date": "2026-11-24 09:00:00", "description": "Short"}

#: By endpoint: the answers of the portal, of which the last is the one that is changed.
KNOWN = [
    ("GET /details", [("GET /details", {"client": PERSON})]),
    (
        "GET /balance",
        [("GET /balance", {"details": {"acc_balance": "123456.55", "acc_credit": "0.00", "currency": "USD"}})],
    ),
    ("GET /contact", [("GET /contact", {"contacts": [PERSON, {**PERSON, "id": "27", "email": "b@example.com"}]})]),
    ("GET /contact/@id", [("GET /contact", {"contacts": [PERSON]}), ("GET /contact/26", {"contact": PERSON})]),
    ("GET /notifications", [("GET /notifications", {"notifications": NOTES})]),
    ("GET /invoice", [("GET /invoice", {"invoices": [INVOICE, {**INVOICE, "id": "308977"}]})]),
    ("GET /invoice/@id", [("GET /invoice", {"invoices": [INVOICE]}), ("GET /invoice/308976", {"invoice": INVOICE})]),
    ("GET /tickets", [("GET /tickets", {"tickets": [TICKET, {**TICKET, "ticket_number": "736634"}]})]),
    ("GET /tickets/@number", [("GET /tickets", {"tickets": [TICKET]}), ("GET /tickets/736633", {"ticket": TICKET})]),
    ("GET /ticket/departments", [("GET /ticket/departments", {"departments": [{"id": "1", "name": "Sales"}]})]),
    ("GET /statuses", [("GET /statuses", {"statuses": [INCIDENT]})]),
    ("GET /service/@id/vms", [("GET /service/1/vms", {"vms": {"18867": VM_A}})]),
    ("GET /service/@id/vms", [("GET /service/1/vms", {"vms": {"31": VM_B, "32": {**VM_B, "id": "32", "label": "b"}}})]),
    (
        "GET /service/@id/vms/@vmid",
        [("GET /service/1/vms", {"vms": [VM_A]}), ("GET /service/1/vms/18867", {"vm": VM_A})],
    ),
    ("GET /service/@id/vms/@vmid", [("GET /service/1/vms", {"vms": [VM_B]}), ("GET /service/1/vms/31", {"vm": VM_B})]),
    ("GET /service/@id/templates", [("GET /service/1/templates", {"templates": TEMPLATES})]),
    ("GET /service/@id/ips", [("GET /service/1/ips", {"ips": IPS})]),
    (
        "GET /service/@id/ips/@ip",
        [("GET /service/1/ips", {"ips": IPS[:1]}), ("GET /service/1/ips/501", {"ip": IPS[0]})],
    ),
    ("GET /service/@id/vlans", [("GET /service/1/vlans", {"vlans": [{"id": "12", "name": "Public"}]})]),
    (
        "GET /service/@id/info",
        [("GET /service/1/info", {"info": {"hostname": "s.example.com", "os": "Debian 12", "ip": "192.0.2.1"}})],
    ),
    ("GET /service/@id/status", [("GET /service/1/status", {"status": "on"})]),
]

# -- changes that leave the meaning ----------------------------------------------------------------------------------

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
SIZES = {"memory": ("{} MB", "{}MB"), "disk": ("{} GB", "{}GB SSD")}
WORDS = ("state", "status", "power")
#: What nobody reads as a number or a word.
COUNTS = ("memory", "disk", "cpus", "cores")
FLAGS = ("built", "locked", "main", "client_read", "seen")


def wrapped(answer):
    yield "data around", {"data": answer}
    yield "data and success around", {"success": True, "data": answer}
    yield "code and message around", {"code": 200, "message": "OK", "data": answer}
    yield "data, error and info around", {"data": answer, "error": [], "info": []}
    yield "a list around", [answer]
    yield "error beside", {**answer, "error": []}
    yield "errors beside", {**answer, "errors": [], "info": []}
    yield "success beside", {**answer, "success": True}
    value, *rest = answer.values()
    if not rest and isinstance(value, (list, dict)):
        yield "data instead of the name", {"data": value}
        yield "bare", value


def regrouped(answer):
    """Lists as objects by their ids, and the other way round; entries in a wrapper of their own; lists in groups."""
    (name, value), *rest = answer.items()
    entries = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    if rest or not entries or not all(isinstance(each, dict) for each in entries):
        return
    identity = next((key for key in ("id", "ticket_number") if key in entries[0]), None)
    yield "a list", {name: entries}
    yield "entries wrapped", {name: [{name[:-1]: each} for each in entries]}
    yield "by number", {name: {str(place): each for place, each in enumerate(entries)}}
    yield "one page of one", {name: entries, "page": {"current": 1, "total": 1}}
    yield "a sorter", {name: entries, "sorter": {"perpage": 25, "totalpages": 1, "sorterrecords": len(entries)}}
    yield "half of the list", {name: entries, "total": 2 * len(entries)}
    if name == "templates":
        yield "grouped", {name: {"linux": entries}}
    if identity:
        yield "by id", {name: {each[identity]: each for each in entries}}
        bare = [{key: part for key, part in each.items() if key != identity} for each in entries]
        yield "by id alone", {name: {each[identity]: part for each, part in zip(entries, bare)}}


def rewritten(answer):
    """One value at a time, in another spelling."""
    for path, value in leaves(answer):
        key = path[-1]
        for told, other in spellings(key, value):
            changed = copy.deepcopy(answer)
            inner = changed
            for part in path[:-1]:
                inner = inner[part]
            inner[key] = other
            yield told, changed


def leaves(value, path=()):
    if isinstance(value, (dict, list)):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, key))
    else:
        yield path, value


def spellings(key, value):
    text = str(value)
    if text.isdigit() and key in ("id", "ticket_number", *COUNTS):
        yield "a number as text", text
        yield "a text as number", int(text)
        yield "blanks around", f" {text} "
    if key in COUNTS:
        yield "Persian digits", text.translate(PERSIAN)
    for form in SIZES.get(key, ()):
        yield "with its unit", form.format(value)
    if key == "memory":
        yield "in another unit", f"{int(value) / 1024:g} GB"
        yield "in bytes", int(value) << 20
    if key in FLAGS:
        on = text in ("True", "1")
        yield from (
            ("a switch", each) for each in ((True, 1, "1", "yes", "true") if on else (False, 0, "0", "no", "false"))
        )
    if key in WORDS and isinstance(value, str):
        yield "in capitals", text.upper()
        yield "in lower case", text.lower()
    if key in ("total", "acc_balance"):
        yield "with a currency", f"{text} USD"
        yield "with commas", f"{float(text):,.2f}"
        yield "as a number", float(text)
        yield "Persian digits", text.translate(PERSIAN)
    if key in ("ipaddress", "ipv4", "ipv6"):
        yield "blanks around", f" {text} "
    if key in ("ipv4", "ipv6"):
        yield "a list", [value]


# -- changes that take something away --------------------------------------------------------------------------------


def reduced(answer):
    for path, _value in leaves(answer):
        if isinstance(path[-1], str) and len(path) > 1:
            for told in ("missing", "null", "empty"):
                changed = copy.deepcopy(answer)
                inner = changed
                for part in path[:-1]:
                    inner = inner[part]
                if told == "missing":
                    del inner[path[-1]]
                else:
                    inner[path[-1]] = None if told == "null" else ""
                yield told, changed


# -- reading ---------------------------------------------------------------------------------------------------------


def read(endpoint, answers):
    reader = READERS[endpoint]
    ids = ("1",) if endpoint.startswith("GET /service/@id") else ()
    return comparable(reader.read(Canned(dict(answers)).client, *ids))


def comparable(value):
    """A record without the portal's own objects, with words for a state in one case."""
    if isinstance(value, dict):
        own = {key: part for key, part in value.items() if key not in ("raw", "group", "currency")}
        return {
            key: comparable(part.lower() if key in WORDS and isinstance(part, str) else part)
            for key, part in own.items()
        }
    return [comparable(part) for part in value] if isinstance(value, list) else value


#: Names and ids, one of which stands in for another that is missing, as the records say.
STAND_INS = ("id", "name", "label", "hostname", "template", "template_name", "address", "domain")


def less(found, known):
    """Whether *found* says nothing but what is *known*, or nothing."""
    if isinstance(found, dict):
        if not isinstance(known, dict):
            return False
        names = [known.get(key) for key in STAND_INS]
        return all(less(part, known.get(key)) or (key in STAND_INS and part in names) for key, part in found.items())
    if isinstance(found, list):
        return isinstance(known, list) and (found == [] or list(map(less, found, known)) == [True] * len(known))
    return found is None or found == known or found == "changing"


def outcome(endpoint, answers, known, may_lack):
    try:
        found = read(endpoint, answers)
    except SindadError:
        return "refused"
    except Exception as error:
        return f"traceback {type(error).__name__}"
    if found == known:
        return "right"
    return "less" if may_lack and less(found, known) else "wrong"


def changes(answer):
    for make in (wrapped, regrouped, rewritten):
        for told, changed in make(answer):
            yield f"{make.__name__}: {told}", changed, False
    for told, changed in reduced(answer):
        yield f"reduced: {told}", changed, True


def test_every_change_of_a_known_answer_is_read_right_or_refused(capsys):
    counts, failures = collections.Counter(), []
    kinds = collections.defaultdict(collections.Counter)
    for endpoint, answers in KNOWN:
        *before, (request, answer) = answers
        known = read(endpoint, answers)
        assert known, endpoint
        for told, changed, may_lack in changes(answer):
            came = outcome(endpoint, [*before, (request, changed)], known, may_lack)
            counts[came] += 1
            kinds[told][came] += 1
            if came not in ("right", "refused", "less"):
                failures.append(f"{came}: {endpoint}, {told}: {json.dumps(changed, ensure_ascii=False)[:300]}")
    with capsys.disabled():
        if failures or "-s" in sys.argv:
            for told, found in sorted(kinds.items()):
                print(f"{told:45} {dict(found)}")
            print(dict(counts), *failures, sep="\n")
    assert not failures


FAILURES = (
    {"error": ["noprivileges"]},
    {"errors": ["noprivileges"]},
    {"error": [{"message": "not allowed"}], "data": []},
    {"success": False, "message": "not allowed"},
    {"success": "no"},
    {"result": "error"},
    {"ok": False},
    {"code": 500, "message": "not allowed"},
    {"status": False, "msg": "not allowed"},
    {"status": "error"},
)


@pytest.mark.parametrize("endpoint, answers", KNOWN, ids=[endpoint for endpoint, _answers in KNOWN])
def test_no_failure_is_read_as_an_answer(endpoint, answers):
    *before, (request, _answer) = answers
    known = read(endpoint, answers)
    for failure in FAILURES:
        if endpoint == "GET /service/@id/status" and "status" in failure:
            continue  # there it is the state of the server
        assert outcome(endpoint, [*before, (request, failure)], known, False) == "refused", failure
