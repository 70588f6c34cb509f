# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
import yaml
from ansible_collections.sindad.cloud.plugins.doc_fragments.person import ModuleDocFragment
from ansible_collections.sindad.cloud.plugins.module_utils._account.person import (
    CONTACT_FIELDS,
    OPTIONS,
    YES,
    granted,
    to_person,
)
from ansible_collections.sindad.cloud.plugins.module_utils._account.transitions import DesiredPerson
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput, UnexpectedResponse


def wanted(**params):
    return DesiredPerson(
        {**dict.fromkeys([field.name for field in CONTACT_FIELDS]), **params}, "the account", CONTACT_FIELDS
    )


def differs(raw, **params):
    return [field.name for field in wanted(**params).differing(to_person(raw, fields=CONTACT_FIELDS))]


@pytest.mark.parametrize(
    "option, value, key, stored",
    [
        ("firstname", " Joe  Frank", "firstname", "Joe Frank "),
        ("companyname", "A & B", "companyname", "A &amp; B"),
        ("companyname", "", "companyname", None),
        ("email", "Joe@Example.com", "email", "joe@example.com"),
        ("lastname", "كريمي", "lastname", "کریمی"),
        ("city", "می‌بد", "city", "میبد"),
        ("address1", "خیابان ۱۲", "address1", "خیابان 12"),
        ("companyname", "Ｓｉｎｄａｄ", "companyname", "Sindad"),
        ("phonenumber", "989121234567", "phonenumber", "+98.9121234567"),
        ("phonenumber", "۰۹۱۲۱۲۳۴۵۶۷", "phonenumber", "00989121234567"),
        ("phonenumber", "447911123456", "phonenumber", "+44 7911 123456"),
        ("country", "ir", "country", "IR"),
        ("type", "Company", "type", "company"),
        ("type", "Company", "company", "1"),
        ("type", "Private", "company", 0),
        ("province", "تهران", "state", "تهران"),
        ("postcode", "12345-67890", "postcode", 1234567890),
        ("postcode", "۱۲۳۴۵", "postcode", "12345"),
        ("phonenumber", "0912 123 4567", "phonenumber", "+989121234567"),
        ("phonenumber", "+98 0912-123-4567", "phonenumber", "9121234567"),
        ("phonenumber", "00989121234567", "phonenumber", "+98.9121234567"),
        ("phonenumber", "+1 (24) 123123", "phonenumber", "+1.24123123"),
        ("landline", "021 88776655", "langcustomline0180", ["+982188776655"]),
        ("national_id", "0012345678", "socialsecuritynumberpersonalid", ["0012345678"]),
        ("national_id", "۰۰۱۲۳۴۵۶۷۸", "socialsecuritynumberpersonalid", {"1": "0012345678"}),
        ("national_id", "", "socialsecuritynumberpersonalid", [""]),
        ("national_id", "", "other", ""),
        ("telegram_notifications", True, "telegramnotifications", [YES]),
        ("telegram_notifications", True, "telegramnotifications", "1"),
        ("telegram_notifications", False, "telegramnotifications", [""]),
        ("telegram_notifications", False, "telegramnotifications", "0"),
        ("telegram_notifications", False, "other", ""),
        ("privileges", {"support": ["b", "a"]}, "privileges", {"support": {"0": "a", "2": "b"}, "billing": []}),
        (
            "privileges",
            {"services": {"full": True, "12": ["x"]}},
            "privileges",
            {"services": {"12": ["x"], "full": "1"}},
        ),
        ("privileges", {}, "privileges", []),
    ],
)
def test_what_means_the_same_does_not_differ(option, value, key, stored):
    assert differs({key: stored}, **{option: value}) == []


@pytest.mark.parametrize(
    "option, value, key, stored",
    [
        ("firstname", "joe", "firstname", "Joe"),
        ("companyname", "", "companyname", "A"),
        ("phonenumber", "09121234567", "phonenumber", "09121234568"),
        ("phonenumber", "09121234567", "phonenumber", ""),
        ("national_id", "0012345678", "socialsecuritynumberpersonalid", [""]),
        ("national_id", "0012345678", "other", ""),
        ("telegram_notifications", True, "telegramnotifications", [""]),
        ("telegram_notifications", False, "telegramnotifications", YES),
        ("type", "Private", "other", ""),
        ("privileges", {}, "privileges", {"support": ["a"]}),
        ("privileges", {"services": {"full": 1}}, "privileges", {"services": {"full": 0}}),
    ],
)
def test_what_means_another_thing_differs(option, value, key, stored):
    assert differs({key: stored}, **{option: value}) == [option]


@pytest.mark.parametrize(
    ("given", "shown", "sent"),
    [
        ("989121234567", None, "+989121234567"),
        ("989121234567", "+982188776655", "+989121234567"),
        ("989121234567", "+98.2188776655", "+98.9121234567"),
        ("989121234567", "00982188776655", "00989121234567"),
        ("989121234567", "02188776655", "09121234567"),
        ("09121234567", "+98 21 8877 6655", "+989121234567"),
        ("09121234567", "+98.2188776655", "+98.9121234567"),
        ("09121234567", "00982188776655", "00989121234567"),
        ("9121234567", "+98.2188776655", "+98.9121234567"),
        ("09121234567", "02188776655", "09121234567"),
        ("09121234567", None, "09121234567"),
        ("09121234567", "+1.2025550100", "09121234567"),
        ("2025550123", "+1.2025550100", "2025550123"),
        ("+1 202 555 0123", "+1.2025550100", "+1.2025550123"),
        ("12025550123", "+1.2025550100", "+1.2025550123"),
        ("447911123456", None, "+447911123456"),
        ("447911123456", "+98.2188776655", "+447911123456"),
        ("+98 912 123 4567", None, "+98 912 123 4567"),
        ("۰۰۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷", None, "0098 912 123 4567"),
        ("۹۸۹۱۲۱۲۳۴۵۶۷", "", "+989121234567"),
        ("", "+98.2188776655", ""),
        ("110", "+98.2188776655", "110"),
    ],
)
def test_a_number_is_sent_as_the_portal_writes_numbers(given, shown, sent):
    asked = wanted(phonenumber=given)
    assert asked.payload(asked.values, {"phonenumber": shown}) == {"phonenumber": sent}
    if asked.differing({"phonenumber": shown}):
        assert asked.applied({"phonenumber": shown}) == {"phonenumber": sent}
        assert asked.differing({"phonenumber": sent}) == []


def test_an_option_that_is_left_out_is_never_sent():
    assert differs({"firstname": "Joe", "city": ""}) == []


def test_the_portal_gets_its_own_names_and_forms():
    asked = wanted(
        province=" Tehran ", country="ir", national_id="۰۰۱۲۳۴۵۶۷۸", telegram_notifications=True, landline=""
    )
    assert asked.payload(asked.values, {}) == {
        "state": "Tehran",
        "country": "IR",
        "socialsecuritynumberpersonalid": "0012345678",
        "telegramnotifications": [YES],
        "langcustomline0180": "",
    }
    asked = wanted(telegram_notifications=False)
    assert asked.payload(asked.values, {}) == {"telegramnotifications": [""]}


@pytest.mark.parametrize(
    "option, value, words",
    [
        ("email", "", "email must be an email address"),
        ("email", "joe", "email must be an email address, not 'joe'"),
        ("national_id", "2739128", "ten digits, in quotes"),
        ("national_id_card_image", "card.bmp", ".jpg, .gif, .png or .pdf"),
    ],
)
def test_a_value_that_no_portal_takes_is_refused(option, value, words):
    with pytest.raises(InvalidInput, match=words.replace(".", r"\.")):
        wanted(**{option: value})


def test_a_record_of_next_to_nothing():
    record = to_person({"id": 26, "telegramnotifications": [""], "lastlogin": "0000-00-00 00:00:00"})
    assert record["id"] == "26"
    assert record["telegram_notifications"] is False
    assert record["national_id"] is record["type"] is record["last_login"] is None


@pytest.mark.parametrize(
    "privileges, expected",
    [
        (None, {}),
        (["a", "b"], {"a": True, "b": True}),
        ({"support": {"a": 1, "b": "0", "c": ""}}, {"support": {"a": True}}),
        ({"services": {"332": []}}, {}),
    ],
)
def test_privileges_in_one_form(privileges, expected):
    assert granted(privileges) == expected


def test_the_documentation_has_the_options_of_the_table():
    documented = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
    assert {
        name: {key: part for key, part in option.items() if key != "description"} for name, option in documented.items()
    } == OPTIONS


@pytest.mark.parametrize("nothing", [None, "", [], {}, False, "0"])
def test_no_privileges(nothing):
    assert granted(nothing) == {}


@pytest.mark.parametrize("unclear", [True, 7, "all"])
def test_privileges_that_tell_nothing_are_an_error(unclear):
    with pytest.raises(UnexpectedResponse, match="list of privileges"):
        granted(unclear)
