# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which services are chosen, and what is said of a choice that chooses nothing."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.sindad.cloud.plugins.plugin_utils._choice import choose_services


def service(number, **more):
    about = {"category": "Cloud Servers", "category_url": "cloud-servers", "status": "Active"}
    return {"id": str(number), "domain": f"s{number}.example.com", **about, **more}


SUSPENDED = [service(number, status="Suspended") for number in range(57)]
MIXED = [service(10), service(9, status="Pending"), service(8, category="Domains", category_url="")]


def chosen(services, **options):
    return [each["id"] for each in choose_services(services, **options)]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({}, ["8", "9", "10"]),
        ({"statuses": ["active "]}, ["8", "10"]),
        ({"categories": ["CLOUD-servers"]}, ["9", "10"]),
        ({"categories": ["domains", "Cloud Servers"], "statuses": ["Pending"]}, ["9"]),
        ({"names": [8, "S10.example.com"]}, ["8", "10"]),
        ({"statuses": ["ACTIVE", "suspended", "Terminated", "Cancelled", "Canceled", "fraud"]}, ["8", "10"]),
        ({"names": ["9"], "statuses": ["Active"], "allow_empty": True}, []),
    ],
)
def test_what_is_chosen(options, ids):
    assert chosen(MIXED, **options) == ids


@pytest.mark.parametrize(
    ("services", "options", "words"),
    [
        (SUSPENDED, {"statuses": ["Active"]}, "0 of 57 services have status Active; there are: Suspended 57. If"),
        (
            MIXED,
            {"statuses": ["Fraud", "Suspended"]},
            "0 of 3 services have status Fraud or Suspended; there are: Active 2, Pending 1.",
        ),
        (
            MIXED,
            {"statuses": ["Pending"], "categories": ["Domains"]},
            "0 of 1 services with status Pending have category Domains; there are: Cloud Servers 1.",
        ),
        (
            MIXED,
            {"names": ["9"], "statuses": ["Active"]},
            "0 of 1 services with id or domain 9 have status Active; there are: Pending 1.",
        ),
        (
            MIXED,
            {"categories": ["cloud"]},
            "There is no category cloud on this account, but categories names it. There is",
        ),
        (MIXED, {"categories": ["cloud"], "allow_empty": True}, "There is: Cloud Servers (cloud-servers), Domains."),
        (MIXED, {"categories": ["Domains", "cloud"]}, "no category cloud"),
        *[
            (
                MIXED,
                {"statuses": ["Active", word]},
                f"no status {word.lower()} on this account, but statuses names it. ",
            )
            for word in ("Actve", "Suspnded", "On", "")
        ],
        (MIXED, {"statuses": ["Active", "x"], "allow_empty": True}, "There is: Active, Pending."),
        (MIXED, {"names": ["7", "8"]}, "There is no service 7 on this account, but services names it."),
        ([], {"names": ["7"]}, "None are available."),
    ],
)
def test_what_is_said_of_nothing(services, options, words):
    with pytest.raises(LookupFailed) as failure:
        chosen(services, **options)
    assert words in str(failure.value)


def test_an_account_without_services_is_empty():
    assert chosen([], statuses=["Active"], categories=["cloud"]) == []


def test_services_of_no_category():
    bare = [service(1, category=None, category_url=None)]
    with pytest.raises(LookupFailed, match="There is: none"):
        chosen(bare, categories=["x"])
