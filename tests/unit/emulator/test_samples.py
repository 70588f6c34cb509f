# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each documented answer against the emulator's answer to the same request: the same keys, the same types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).with_name("samples")
CREDENTIALS = {"username": "user@example.com", "password": "secret"}
PERSON = {"email": "new@example.com", "firstname": "New", "lastname": "One"}
# sample file: method, path, body
REQUESTS: dict[str, tuple[str, str, Any]] = {
    "post_login": ("POST", "/login", CREDENTIALS),
    "post_logout": ("POST", "/logout", None),
    "post_token": ("POST", "/token", "refresh"),
    "post_revoke": ("POST", "/revoke", "refresh"),
    "get_details": ("GET", "/details", None),
    "put_details": ("PUT", "/details", {"address2": "3194", "city": "Santa Rosa"}),
    "get_contact": ("GET", "/contact", None),
    "post_contact": ("POST", "/contact", PERSON),
    "get_contact_privileges": ("GET", "/contact/privileges", None),
    "get_contact_id": ("GET", "/contact/49", None),
    "put_contact_id": ("PUT", "/contact/49", {"city": "Santa Rosa"}),
    "get_balance": ("GET", "/balance", None),
    "get_invoice": ("GET", "/invoice", None),
    "get_invoice_id": ("GET", "/invoice/308976", None),
    "get_payment": ("GET", "/payment", None),
    "get_payment_fees": ("GET", "/payment/fees", None),
    "get_tickets": ("GET", "/tickets", None),
    "get_tickets_number": ("GET", "/tickets/736633", None),
    "post_tickets": ("POST", "/tickets", {"dept_id": 1, "subject": "Subject", "body": "Message ..."}),
    "post_tickets_number": ("POST", "/tickets/736633", {"body": "reply text .."}),
    "put_tickets_number_open": ("PUT", "/tickets/736600/open", None),
    "put_tickets_number_close": ("PUT", "/tickets/736633/close", None),
    "get_service": ("GET", "/service", None),
    "get_service_id": ("GET", "/service/301", None),
    "get_service_id_methods": ("GET", "/service/301/methods", None),
    "get_service_id_upgrade": ("GET", "/service/301/upgrade", None),
    "post_service_id_cancel": ("POST", "/service/301/cancel", {"immediate": "false", "reason": "test"}),
    "get_service_id_label": ("GET", "/service/301/label", None),
    "post_service_id_label": ("POST", "/service/301/label", {"label": "example"}),
}
# objects keyed by ids: the values count, not the keys
KEYED = {"privileges.services", "privileges.domains"}
# answers that are the same word by word
EXACT = {
    "post_logout",
    "post_revoke",
    "put_contact_id",
    "get_payment",
    "get_payment_fees",
    "get_tickets_number",
    "post_tickets",
    "post_tickets_number",
    "put_tickets_number_open",
    "put_tickets_number_close",
    "get_service_id",
    "get_service_id_methods",
    "get_service_id_upgrade",
    "post_service_id_cancel",
    "post_service_id_label",
}


def differences(sample: Any, answer: Any, where: str = "") -> list[str]:
    """Where keys or types differ. Elements of a list have to be like one of the sample's elements."""
    if type(sample) is not type(answer):
        return [f"{where}: {type(answer).__name__}, documented {type(sample).__name__}"]
    found: list[str] = []
    if isinstance(sample, dict):
        if where in KEYED:
            values = list(sample.values())
            return [line for key, value in answer.items() for line in like_one(values, value, f"{where}.{key}")]
        if set(sample) != set(answer):
            found.append(f"{where}: keys {sorted(set(sample) ^ set(answer))}")
        for key in sample.keys() & answer.keys():
            found += differences(sample[key], answer[key], f"{where}.{key}".strip("."))
    elif isinstance(sample, list) and sample:
        assert answer, where
        for place, value in enumerate(answer):
            found += like_one(sample, value, f"{where}[{place}]")
    return found


def like_one(samples: list[Any], value: Any, where: str) -> list[str]:
    """The fewest differences to one of the samples."""
    return min((differences(one, value, where) for one in samples), key=len)


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_the_answer_is_as_documented(portal: Any, name: str) -> None:
    # 102, 202 and 305 have a number for an id, which the facts report beside the documented strings
    portal.tamper(*({"service": id, "set": {"id": id}} for id in ("102", "202", "305")))
    sample = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    method, path, body = REQUESTS[name]
    if body == "refresh":
        body = {"refresh_token": portal.call("POST", "/login", CREDENTIALS, auth=None)["refresh"]}
    anonymous = path in ("/login", "/token", "/revoke")
    answer = portal.call(method, path, body, auth=None if anonymous else "basic")
    assert differences(sample, answer) == []
    if name in EXACT:
        assert answer == sample


def test_the_documented_invoice_is_the_same_but_for_the_address(portal: Any) -> None:
    sample = json.loads((SAMPLES / "get_invoice_id.json").read_text(encoding="utf-8"))["invoice"]
    answer = portal.get("/invoice/308976")["invoice"]
    assert {**answer, "client": None} == {**sample, "client": None}


def test_every_sample_has_a_request() -> None:
    assert {one.stem for one in SAMPLES.glob("*.json")} == set(REQUESTS)


def test_json_is_written_as_php_writes_it(portal: Any) -> None:
    content = portal.raw("GET", "/service/301/methods")[2]
    assert b'"route":"\\/service\\/@id\\/upgrade"' in content
    assert portal.raw("GET", "/service/306")[2].isascii()
