# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._account.api import Contacts, Notifications
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    InvalidInput,
    LookupFailed,
    UnexpectedResponse,
)
from unit.canned import Canned

TWO = {"7": {"subject": "a", "rel_type": "Invoice", "rel_id": 5}, "8": {"subject": "b", "rel_type": "Ticket"}}


def test_whether_notifications_were_read_is_asked_for_where_the_list_does_not_tell():
    answers = {
        "GET /notifications": {"notifications": TWO},
        "GET /notifications/new": {"notifications": {"8": TWO["8"]}},
    }
    found = Notifications(Canned(answers).client).list()
    assert [(each["id"], each["read"]) for each in found] == [("7", True), ("8", False)]


def test_a_portal_that_ignores_the_query():
    canned = Canned({"GET /notifications/new": {"notifications": TWO}})
    found = Notifications(canned.client).list(new_only=True, rel_type="invoice", rel_id="5")
    assert [each["id"] for each in found] == ["7"]


@pytest.mark.parametrize("answer", [{"notifications": []}, {"notifications": {}}, []])
def test_no_notifications(answer):
    assert Notifications(Canned({"GET /notifications": answer}).client).list() == []


def test_a_contact_by_an_address_that_two_have():
    both = [{"id": 1, "email": "a@example.com"}, {"id": 2, "email": "A@example.com"}]
    contacts = Contacts(Canned({"GET /contact": {"contacts": both}}).client)
    with pytest.raises(LookupFailed, match=r"2 contacts have the email a@example.com. Specify an ID: 1 \(a@.*, 2 \(A@"):
        contacts.find(email="a@example.com")


@pytest.mark.parametrize(
    "answer, expected", [({"privileges": []}, {}), ([], {}), ({"billing": ["a"]}, {"billing": ["a"]})]
)
def test_privileges_of_any_wrapping(answer, expected):
    assert Contacts(Canned({"GET /contact/privileges": answer}).client).privileges() == expected


def test_privileges_of_no_known_shape():
    with pytest.raises(UnexpectedResponse):
        Contacts(Canned({"GET /contact/privileges": {"privileges": "none"}}).client).privileges()


@pytest.mark.parametrize(
    "wanted, words",
    [
        ({"garden": ["a"]}, "There is no section 'garden' of privileges. There is: support, services."),
        ({"support": ["a", "x"]}, "There is no privilege x in the section 'support'. There is: a, b."),
    ],
)
def test_privileges_that_there_are_not(wanted, words):
    there = {"support": ["a", "b"], "services": {"full": 1}}
    contacts = Contacts(Canned({"GET /contact/privileges": {"privileges": there}}).client)
    with pytest.raises(InvalidInput) as caught:
        contacts.ensure_privileges(wanted)
    assert str(caught.value) == words
    contacts.ensure_privileges({"support": {"0": "b"}, "services": {"77": ["anything"]}})
    contacts.ensure_privileges({"support": 1})


@pytest.mark.parametrize("answer", [{"success": True}, {"message": "x"}, {"privileges": "all"}, ["emails"]])
def test_an_answer_without_privileges_is_not_taken_for_some(answer):
    with pytest.raises(UnexpectedResponse):
        Contacts(Canned({"GET /contact/privileges": answer}).client).privileges()


def test_no_privileges():
    for answer in ([], {"privileges": []}, {"privileges": None}):
        assert not Contacts(Canned({"GET /contact/privileges": answer}).client).privileges()
