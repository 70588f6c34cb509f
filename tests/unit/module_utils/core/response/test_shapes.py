# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collections, objects and secrets in answers, in every shape that is known or likely."""

from __future__ import annotations

import json

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import EmptyResponse, UnexpectedResponse
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.envelope import entries, entry
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.redaction import without_secrets

# -- collections -----------------------------------------------------------------------------------------------------

A, B = {"id": "1", "name": "a"}, {"id": "2", "name": "b"}


@pytest.mark.parametrize(
    "answer",
    [
        {"vms": {"1": {"name": "a"}, "2": {"name": "b"}}},
        {"vms": {"1": {"id": "1", "name": "a"}, "2": {"id": "2", "name": "b"}}},
        {"vms": [A, B]},
        {"status": True, "vms": [A, B], "total": 2, "error": []},
        {"servers": [A, B]},
        {"servers": {"1": A, "2": B}},
        {"status": True, "machines": {"1": A, "2": B}},
        [A, B],
        {"1": A, "2": B},
        {"1": A, "2": B, "status": True},
        {"1": "a", "2": "b"},
        {"vms": {"1": "a", "2": "b"}},
        {"data": {"vms": [A, B]}},
    ],
    ids=json.dumps,
)
def test_entries(answer):
    assert entries(answer, "vms") == [A, B]


@pytest.mark.parametrize("answer", [{}, [], {"vms": {}}, {"vms": []}, {"machines": []}, {"status": True, "vms": []}])
def test_no_entries(answer):
    assert entries(answer, "vms") == []


def test_entries_that_are_no_objects():
    assert entries({"ips": ["192.0.2.1"]}, "ips") == [{"name": "192.0.2.1"}]
    assert entries({"payment": {"1": "PayPal"}}, "payment") == [{"id": "1", "name": "PayPal"}]
    assert entries({"templates": {"debian-12": "Debian 12"}}, "templates") == [{"id": "debian-12", "name": "Debian 12"}]


def test_a_single_object_is_a_collection_of_one():
    assert entries({"vms": {"id": "1", "name": "a"}}, "vms") == [A]
    assert entries({"vms": {"id": "1", "name": "a", "ip": {"4": {}}}}, "vms")[0]["id"] == "1"


def test_ids_that_an_entry_has_are_kept():
    assert entries({"vms": {"7": {"vmid": 5}}}, "vms") == [{"vmid": 5}]
    assert entries({"vms": {"7": {"id": 5}}}, "vms") == [{"id": 5}]
    assert entries({"vms": {"7": {"id": None, "label": "a"}}}, "vms") == [{"id": "7", "label": "a"}]


ODD = [
    {"vms": False},
    {"vms": True},
    {"vms": None},
    {"vms": "text"},
    {"vms": 0},
    {"vms": ""},
    {"vms": [None]},
    {"vms": [False]},
    {"vms": [["a"]]},
    {"vms": {"1": None}},
    {"vms": {"1": False}},
    {"status": True},
    {"status": True, "info": []},
    {"success": True},
    {"message": "no VMs"},
    {"info": ["x"]},
    {"currency": "USD", "items": []},
    {"vm_count": 0},
    {"reason": "maintenance"},
    {"a": "x", "b": "y"},
    None,
    "text",
    "",
    0,
    False,
    True,
    17,
    ["a", None],
]


@pytest.mark.parametrize("answer", ODD, ids=repr)
def test_an_unknown_shape_is_never_nothing(answer):
    with pytest.raises(UnexpectedResponse) as caught:
        entries(answer, "vms")
    assert "vms" in str(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        {"vm": B},
        {"vm": [B]},
        {"vms": {"2": B}},
        {"vms": {"1": A, "2": B}},
        {"vms": [A, B]},
        {"vms": {"2": {"name": "b"}}},
        {"vm": {"2": {"name": "b"}}},
        {"server": B},
        B,
        [B],
        {"2": B},
        {"status": True, "vm": B},
        {"status": True, **B},
        {"status": True, "error": [], "info": [], **B},
        {"data": {"vm": B}},
    ],
    ids=json.dumps,
)
def test_entry(answer):
    assert entry(answer, "vm", "vms", key="2") == B


def test_a_flat_object_keeps_its_own_state():
    flat = {"id": "2", "label": "b", "status": "running", "total": "9.99"}
    assert entry(flat, "vm") == flat
    assert entry({**flat, "status": True, "success": True}, "vm") == {"id": "2", "label": "b", "total": "9.99"}


def test_an_entry_of_objects_only():
    info = {"cpu": {"cores": 2}, "memory": {"total": 512}}
    assert entry({"info": info}, "info") == info


@pytest.mark.parametrize("answer", [{}, [], {"vm": {}}, {"vm": []}, {"vm": None}, {"vms": {}}, None], ids=repr)
def test_nothing(answer):
    with pytest.raises(EmptyResponse):
        entry(answer, "vm", "vms", key="2")


@pytest.mark.parametrize(
    "answer",
    [
        {"vm": False},
        {"vm": True},
        {"vm": "text"},
        {"vm": 0},
        {"vm": ""},
        {"vms": [A, A]},
        {"vms": {"1": A, "3": A}},
        {"status": True},
        {"info": ["x"]},
        {"message": "x"},
        "text",
        "",
        0,
        False,
        True,
    ],
    ids=repr,
)
def test_an_unknown_shape_is_not_nothing(answer):
    with pytest.raises(UnexpectedResponse) as caught:
        entry(answer, "vm", "vms", key="2")
    assert not isinstance(caught.value, EmptyResponse)


# -- secrets ---------------------------------------------------------------------------------------------------------


def words(text):
    return text.split()


SECRET_KEYS = words(
    """
    password Password root_password rootpassword rootpass rootpw root_pw user_pass pass passwd passphrase pwd
    root_pwd vncpass vnc_password adminpass admin_pass secret client_secret private_key privatekey
    ssh_private_key token access_token refresh_token auth_token tokens console_token api_key apikey access_key
    credentials password_plain new_password vnc_pw smbpassword db_pass passcode
    """
)

HARMLESS_KEYS = words(
    """
    id label state status username login bypass compass passed passive ssh_keys public_key keyboard monkey
    hostname privileges os tokenized passenger passport cpus spawned power key keys name
    """
)


@pytest.mark.parametrize("key", SECRET_KEYS)
def test_secrets_are_removed_at_any_depth(key):
    value = {"id": "1", "deep": [{"er": {key: "geheim", "name": "a"}}], key: {"value": "geheim"}}
    assert without_secrets(value) == {"id": "1", "deep": [{"er": {"name": "a"}}]}
    assert value[key] == {"value": "geheim"}  # not changed itself


@pytest.mark.parametrize("key", HARMLESS_KEYS)
def test_harmless_keys_stay(key):
    assert without_secrets({"raw": {key: "x"}, key: "x"}) == {"raw": {key: "x"}, key: "x"}


def test_a_record_keeps_the_key():
    record = {"id": "1", "password": "geheim", "raw": {"password": "geheim", "id": "1"}}
    assert without_secrets([record]) == [{"id": "1", "password": None, "raw": {"id": "1"}}]


def test_values_that_hold_no_objects_stay_as_they_are():
    for value in (None, 1, "password", True, ["password"], []):
        assert without_secrets(value) == value
