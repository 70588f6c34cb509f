# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes tell how answers are built, and nothing of what stands in them."""

from __future__ import annotations

import ast
import base64
import html
import importlib
import json
import re
import urllib.parse
from pathlib import Path

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._portal.keys import (
    KNOWN_KEYS,
    Values,
    is_made_of_known_words,
)
from ansible_collections.sindad.cloud.plugins.module_utils._portal.record import ROUTES
from ansible_collections.sindad.cloud.plugins.module_utils._portal.shapes import class_of, shape_of
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize(
    "text, told",
    [
        ("", "empty"),
        ("  ", "empty"),
        ("736633", "int"),
        ("۷۳۶۶۳۳", "int"),
        ("9.99", "decimal"),
        ("450,000.00", "decimal"),
        ("2048 MB", "number with unit (MB)"),
        ("450000 ریال", "number with unit (ریال)"),
        ("5300 hamid", "text"),
        ("2026-11-24", "date (YYYY-MM-DD)"),
        ("2026-11-24 09:00:00", "date (YYYY-MM-DD HH:MM:SS)"),
        ("2026-11-24T09:00:00Z", "date (YYYY-MM-DDTHH:MM:SS+ZZ)"),
        ("24/11/2026", "date (DD/MM/YYYY)"),
        ("۱۴۰۵/۰۹/۰۳", "date (YYYY/MM/DD)"),
        ("0000-00-00 00:00:00", "zero date (YYYY-MM-DD HH:MM:SS)"),
        ("192.0.2.10", "ipv4"),
        (" 2001:db8::ae42", "ipv6"),
        ("web1.example.com", "host name"),
        ("me@example.com", "email"),
        ("f47ac10b-58cc-4372-a567-0e02b2c3d479", "uuid"),
        ("linux-debian-12", "slug"),
        ("running", "word"),
        ("خاموش", "word"),
        ("Debian Buster 10 64 bit", "text"),
        ("<p>Hello</p>", "html"),
    ],
)
def test_a_text_has_a_class(text, told):
    assert class_of(text) == told


def test_a_collection_by_ids_is_told_by_what_it_holds():
    vms = {"18867": {"id": "18867", "state": "online"}, "18868": {"id": 18868, "state": "power_off", "label": "web1"}}
    assert shape_of([{"vms": vms}], words=True) == {
        "vms": {
            "<int>": {"id": "int", "label": "missing | slug", "state": "word (online) | word (power_off)"},
            "<count>": 2,
        }
    }


@pytest.mark.parametrize(
    "answer, shape",
    [
        ({"ips": {"192.0.2.1": {"main": 1}}}, {"ips": {"<ip>": {"main": "int"}, "<count>": 1}}),
        ({"contacts": {"me@example.com": {"id": 1}}}, {"contacts": {"<str>": {"id": "int"}, "<count>": 1}}),
        ({"vms": {"status": {"id": 1}}}, {"vms": {"<str>": {"id": "int"}, "<count>": 1}}),
        ({"vms": {"hamid": {"id": 1}, "label": {"id": 2}}}, {"vms": {"<str>": {"id": "int"}, "<count>": 2}}),
        ({"label": "x", "hamid": "y"}, {"label": "word", "<str>": "word", "<count>": 1}),
        ({"vms": []}, {"vms": "empty list"}),
        ([], "empty list"),
        ({"ip": ["192.0.2.1", None]}, {"ip": {"<list>": "ipv4 | null", "<count>": 2}}),
        ([{"id": 1}, "x"], {"<list>": {"<any>": ["word", {"id": "int"}]}, "<count>": 2}),
    ],
)
def test_keys_that_are_values_are_hidden(answer, shape):
    assert shape_of([answer]) == shape


RECORD = {"id": 1, "label": "web1"}


def words(text):
    return text.split()


VENDORS = words(
    """
memoryMb displayName primaryIp power_on statusmsg numCpu ipAddresses powerState templateId totalCount hasMore
nextPage createdAt updatedAt isLocked vmUuid vmName hostName osType osFamily guestState toolsStatus ramMb diskGb
diskSizeGb storageGb bandwidthGb trafficUsed trafficLimit cpuCount cpuCores vCpus vcpuCount coreCount memorySize
memory_gb mem_mb uptimeSeconds bootTime startedAt finishedAt expiresAt renewalDate nextDueDate billingPeriod
recurringAmount currencyCode pricePerMonth monthlyPrice hourlyRate serviceName productName planSlug regionId
zoneName datacenterId clusterId nodeName hypervisorType imageSlug snapshotCount backupEnabled backupSchedule
networkId macAddress macaddr ipv4Address publicIpv4 floatingIp gatewayIp subnetMask vlanTag dnsServers reverseDns
ptrRecord firewallEnabled securityGroup sshKeyIds rootDisk volumeSize isoMounted bootOrder autoStart autoRenew
isManaged suspendReason statusCode statusText errorMessage requestId taskStatus jobState progressPercent isSuccess
itemCount pageSize currentPage totalRecords sortOrder selfLink ownerId customerId accountName emailAddress
phoneNumber postalCode timeZone ticketNumber replyCount lastReplyAt attachmentCount fileName fileSize mimeType
invoiceNumber paidAt creditBalance taxRate discountAmount unitPrice affectedServices resolvedAt severityLevel isRead
powerstatus vmstatus runstate consoleUrl vncPort rescueMode lockReason customFields IPAddress VMID DISK_SIZE
power-state created-at cycles diskspace وضعیت نام_سرور حافظه آدرس_ها cpu_usage_percent net_in_bytes ssd_gb
"""
)
NAMES = words(
    """
hamid_server sshd_keys disk_used2 web1 server1 hamid-web mainzanjan db1 alireza reza_backup tehranServer node_fars
AcmeCorp acme_vm kish hamidWeb mina shop_mysql_a blog wiki nextcloud gitlab jenkins prod staging frontend-a
persianHost omid2 mainserver cloudhost خانه علی فروشگاه
"""
)


@pytest.mark.parametrize("key", VENDORS)
def test_a_key_of_a_vendor_is_shown(key):
    assert key in shape_of([{**RECORD, key: 5}])
    assert key in shape_of([{"vms": [{"vmName": "x", "memoryMb": 5, key: 5}]}])["vms"]["<list>"]
    assert key not in shape_of([{**RECORD, key: 5, "note": f"a {key} b"}]) or key.lower() in KNOWN_KEYS


@pytest.mark.parametrize("key", [*NAMES, "x" * 50, "memory_" * 8 + "disk"])
def test_a_key_that_may_be_a_name_is_hidden(key):
    assert key not in shape_of([{**RECORD, key: 5}])


def test_a_key_that_may_be_a_name_needs_a_record_beside_it():
    assert shape_of([{"statusmsg": 1, "hamid": 2}]) == {"<str>": "int", "<count>": 2}
    assert shape_of([{"privileges": {"tickets": {"backup_server": "1", "main_disk": "0"}}}]) == {
        "privileges": {"tickets": {"<str>": "int", "<count>": 2}}
    }


@pytest.mark.parametrize(
    "value", ["main_server", "Main Server", "x-main.server-1", "ｍａｉｎＳｅｒｖｅｒ", "main\u200cserver"]
)
def test_a_key_that_spells_a_value_is_hidden(value):
    assert is_made_of_known_words("main_server") and is_made_of_known_words("mainServer")
    for key in ("main_server", "mainServer"):
        assert key not in shape_of([{**RECORD, key: 5, "note": value}])
        assert key not in shape_of([{**RECORD, key: 5}], values=Values.of([value]))
        assert key in shape_of([{**RECORD, key: 5}])


def test_names_of_things_are_hidden_though_they_are_made_of_known_words():
    servers = {"main_server": {"id": 1}, "backup_server": {"id": 2}, "mail_node": {"id": 3}}
    assert shape_of([{"groups": servers}]) == {"groups": {"<str>": {"id": "int"}, "<count>": 3}}


@pytest.mark.parametrize("word, is_shown", [("running", True), ("Zanjan", False), ("Frozen", True)])
def test_a_state_that_is_also_a_name_is_hidden_unless_it_is_known(word, is_shown):
    assert (word in json.dumps(shape_of([{"vm": {"state": word, "label": word}}], words=True))) is is_shown
    assert word in json.dumps(shape_of([{"vm": {"state": word}}], words=True))


def test_an_error_that_is_a_name_is_hidden():
    answers = [{"error": ["web_server_one"]}, {"error": ["vm_not_found"]}, {"vm": {"label": "web_server_one"}}]
    assert [each in json.dumps(shape_of(answers)) for each in ("web_server_one", "vm_not_found")] == [False, True]


def test_a_number_of_four_digits_is_not_told_even_as_a_count():
    assert shape_of([{"vms": [{"id": 1}] * 1234}])["vms"]["<count>"] == "many"


@pytest.mark.parametrize(
    "answer, words, leak",
    [
        ({"vm": {"state": "running"}}, True, True),
        ({"vm": {"state": "running"}}, False, False),
        ({"vm": {"label": "running"}}, True, False),
        ({"vm": {"state": "two words"}}, True, False),
        ({"vm": {"state": "a" * 25}}, True, False),
        ({"vm": {"state": "hamid-secret"}}, True, False),
        ({"vm": {"state": "web1"}}, True, False),
        ({"ticket": {"status": "Client-Reply"}}, True, True),
        ({"ticket": {"client": {"state": "Tehran"}}}, True, False),
        ({"client": {"city": "Tehran", "state": "Fars"}}, True, False),
        ({"service": {"city": "Shiraz", "state": "Fars"}}, True, False),
        ({"error": ["wronglogin"]}, False, True),
        ({"error": "some_unknown_code"}, False, True),
        ({"error": ["VM hamid not found"]}, False, False),
        ({"error": ["hamid"]}, False, False),
        ({"contact": {"error": "some_unknown_code"}}, False, False),
        ({"methods": [{"route": "/service/@id/vms"}]}, True, True),
        ({"methods": [{"route": "/service/5301/vms/hamid"}]}, True, False),
    ],
)
def test_only_words_for_states_codes_and_documented_routes_are_shown(answer, words, leak):
    assert ("(" in json.dumps(shape_of([answer], words, ROUTES))) is leak


# -- no value of an account, for any account -------------------------------------------------------------------------

HOSTILE = st.one_of(
    st.text(alphabet="qxjzQXJZ", min_size=5, max_size=24).map(lambda text: f"Zq{text}"),
    st.integers(10**6, 10**12).map(str),
    st.tuples(
        st.text("qxjz", min_size=4, max_size=8), st.sampled_from(["@qz.example", ".qzx.example", "_qzx", " qzxj"])
    ).map("".join),
    st.tuples(*[st.integers(1, 255)] * 4).map(lambda parts: ".".join(map(str, parts))),
    st.integers(10**6, 10**9).map(lambda number: f"{number} qxjz"),
    st.text(alphabet="ژپچگ ", min_size=4, max_size=12),
)
SPELT_LIKE_KEYS = st.sampled_from(["Status", "label", "running", "hostname", "<list>", "<count>", "missing"])
#: Names of things that are spelt like keys; they stand as keys and as values.
COMPOUNDS = st.sampled_from(
    [
        "main_server",
        "mainServer",
        "Main-Server",
        "backup_disk",
        "backupDisk",
        "BACKUP DISK",
        "user_host_name",
        "x_disk_1",
    ]
)
VALUES = st.one_of(HOSTILE, COMPOUNDS, st.integers(10**6, 10**12), st.floats(10**6, 10**9), st.none(), st.booleans())
KEYS = st.sampled_from(sorted(KNOWN_KEYS))
ANSWERS = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(KEYS, KEYS, HOSTILE, COMPOUNDS, SPELT_LIKE_KEYS), inner, max_size=5),
    ),
    max_leaves=20,
)
#: All that a shape may consist of.
CLASSES = re.compile(
    r"missing|null|bool|int|decimal|empty|ipv[46]|email|uuid|html|host name|word|slug|text|many|empty (list|object)|"
    r"number with unit \([^()]{1,12}\)|(zero )?date \([YMDHSfTZ:+/. -]+\)|route \([/@a-z]+\)"
)


def spellings(value):
    text = str(value)
    raw = base64.b64encode(text.encode()).decode().rstrip("=")
    forms = {text, text[::-1], text.lower(), text.upper(), html.escape(text), urllib.parse.quote(text), raw[:-1]}
    return {form for form in (*forms, json.dumps(text)[1:-1]) if len(form.strip()) >= 4}


def values_of(answer):
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield key
            yield from values_of(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from values_of(value)
    elif not isinstance(answer, bool) and answer is not None:
        yield answer


def leaves_of(answer):
    """The values without the keys."""
    if isinstance(answer, (dict, list)):
        for value in answer.values() if isinstance(answer, dict) else answer:
            yield from leaves_of(value)
    else:
        yield answer


def texts_of(shape):
    """The keys and the classes that a shape consists of."""
    if isinstance(shape, dict):
        for key, value in shape.items():
            yield "key", key
            yield from texts_of(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from texts_of(value)
    elif isinstance(shape, str):
        yield from (("class", part) for part in shape.split(" | "))


@settings(max_examples=100, deadline=None)
@given(st.lists(ANSWERS, min_size=1, max_size=3))
def test_no_value_of_any_account_is_in_a_shape(answers):
    shape = shape_of(answers, words=False, routes=ROUTES)
    for kind, text in texts_of(shape):
        if kind == "key":
            hidden = text in ("<int>", "<ip>", "<str>", "<list>", "<any>", "<count>")
            assert hidden or text.lower() in KNOWN_KEYS or is_made_of_known_words(text)
        else:
            assert CLASSES.fullmatch(text), text
    spelt = json.dumps(shape, ensure_ascii=False)
    for value in leaves_of(answers):
        if not isinstance(value, (bool, type(None))) and str(value).lower() not in KNOWN_KEYS | {"running"}:
            assert not [form for form in spellings(value) if form in spelt]
    for value in values_of(answers):
        if is_made_of_known_words(str(value)):
            continue  # as a key of a record that no value spells
        if str(value).lower() not in KNOWN_KEYS and value not in ("running", "<list>", "<count>", "missing"):
            assert not [form for form in spellings(value) if form in spelt]


# -- the list of known keys ------------------------------------------------------------------------------------------


def keys_of_samples():
    for path in (ROOT / "tests/unit/emulator/samples").glob("*.json"):
        yield from (key for key in keys_in(json.loads(path.read_text())) if not key.isdigit())


def keys_in(answer):
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield key
            yield from keys_in(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from keys_in(value)


def keys_of_readers():
    """What the readers ask an object for: ``first_present(source, "a", "b")`` and ``source.get("a")``."""
    for path in (ROOT / "plugins/module_utils").glob("_*/record.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(node, "func", None), "id", None) or getattr(getattr(node, "func", None), "attr", "")
            if not {"_portal", "_core"} & set(path.parts) and name in ("first_present", "first_told", "get", "_size"):
                yield from (each.value for each in node.args if isinstance(each, ast.Constant) and each.value)


def keys_by_name():
    names = {
        "_vm": "VM_KEYS",
        "_server": "INFO_KEYS",
        "_ip": "IP_KEYS",
        "_ticket": "TICKET_KEYS",
        "_service": "SERVICE_KEYS",
    }
    for noun, name in names.items():
        module = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.module_utils.{noun}.api")
        yield from getattr(module, name)


def test_what_is_documented_or_read_is_known():
    asked = {key for key in (*keys_of_samples(), *keys_of_readers(), *keys_by_name()) if isinstance(key, str)}
    assert sorted(key for key in asked - {"MB", "GB", "-"} if key.lower() not in KNOWN_KEYS) == []
