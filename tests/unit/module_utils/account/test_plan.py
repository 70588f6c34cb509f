# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task would do to persons and notifications: tables, without portal or clock."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._account.person import CONTACT_FIELDS, to_person
from ansible_collections.sindad.cloud.plugins.module_utils._account.transitions import (
    Acknowledge,
    ChangeContact,
    ChangeOwner,
    CreateContact,
    DesiredPerson,
    plan_contact,
    plan_owner,
    plan_read,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput

NONE = to_person({}, fields=CONTACT_FIELDS)


def desired(**params):
    fields = dict.fromkeys(field.name for field in CONTACT_FIELDS)
    return DesiredPerson({**fields, **params}, "the account", CONTACT_FIELDS)


@pytest.mark.parametrize(
    ("shown", "wanted", "kinds"),
    [
        ({"city": "Tehran"}, {"city": "Tehran"}, []),
        ({"city": "Tehran"}, {}, []),
        ({"city": "Tehran"}, {"city": "Shiraz"}, [ChangeOwner]),
        ({}, {"national_id": "0012345678"}, [ChangeOwner]),  # it may show once it is set
    ],
)
def test_owner(shown, wanted, kinds):
    steps = plan_owner(to_person(shown, fields=CONTACT_FIELDS), desired(**wanted))
    assert [type(step) for step in steps] == kinds


def test_a_field_that_the_portal_lacks():
    owner = to_person({"mellicardimage": [""]}, fields=CONTACT_FIELDS)
    with pytest.raises(InvalidInput, match="The account has no national_id"):
        plan_owner(owner, desired(national_id="0012345678"))


@pytest.mark.parametrize(
    ("shown", "wanted", "kinds"),
    [
        (None, {"email": "a@example.com"}, [CreateContact]),
        ({"email": "A@example.com"}, {"email": "a@example.com"}, []),
        ({"email": "b@example.com"}, {"email": "a@example.com"}, [ChangeContact]),
    ],
)
def test_contact(shown, wanted, kinds):
    contact = shown and to_person(shown, fields=CONTACT_FIELDS)
    steps = plan_contact(contact, desired(**wanted), None, NONE)
    assert [type(step) for step in steps] == kinds
    assert all(step.is_done(step.predict(contact)) for step in steps)


def test_notifications():
    assert plan_read(["1", "2", "3"], {"1", "3", "4"}) == [Acknowledge("1"), Acknowledge("3")]
    assert not Acknowledge("1").is_done(["1"])
    assert Acknowledge("1").is_done(["3"])
