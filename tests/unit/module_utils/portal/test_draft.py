# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The draft of a dialect: what it leaves open, what it lists, and that it can be filled in by a script."""

from __future__ import annotations

import pytest
import yaml
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.dialect_file import opened, read_dialect
from ansible_collections.sindad.cloud.plugins.module_utils._portal.draft import Finding, draft, expression, likely_ids
from ansible_collections.sindad.cloud.plugins.modules import portal_info, vm_info
from unit.canned import Canned
from unit.modules.test_portal_info import ANSWERS

URL = "https://portal.example.com/api"
VMS = "GET /service/@id/vms"
VM = {"vmUuid": "a1", "displayName": "web1", "powerState": "PWR_ACTIVE", "spec": {"numCpu": 2, "memoryMb": 2048}}


def listed(*entries):
    return {"success": True, "data": {"items": list(entries), "totalCount": len(entries)}}


#: A portal of which nothing can be read.
STRANGE = {
    "GET /service": listed({"serviceId": "5301", "fqdName": "x.example", "stateName": "Active"}),
    "GET /service/5301/methods": listed({"title": "x", "verb": "GET", "uri": "/service/@id/vms"}),
    "GET /service/5301": {"success": True, "data": {"serviceId": "5301", "fqdName": "x.example"}},
    "GET /service/5301/vms": listed({**VM, "نام ماشین": "x", "disk-size": 5}),
    "GET /service/5301/vms/a1": {"success": True, "data": {**VM, "net": {"addresses": ["192.0.2.1"]}}},
    "GET /service/5301/templates": listed(),
    "GET /tickets": listed({"no": "77", "heading": "hi"}),
    "GET /tickets/77": {"success": True, "data": {"no": "77", "heading": "hi", "posts": []}},
}


def drafted(answers, **options):
    return Canned(answers).run(portal_info, **options)


def test_what_can_be_read_needs_no_draft():
    found = drafted(ANSWERS)
    assert (found["dialect"], found["unused"]) == ("", [])


def test_the_draft_says_where_payloads_are_and_leaves_their_fields_open():
    text = drafted(STRANGE)["dialect"]
    found = yaml.safe_load(text)
    assert found["portal"] == URL
    answers = found["answers"]
    assert {rule["at"] for rule in answers.values()} == {"data.items", "data"}
    assert answers[VMS]["at"] == "data.items"
    assert answers["GET /service/@id/vms/@vmid"]["at"] == "data"
    assert set(answers[VMS]["each"]) >= {"id", "label", "state", "memory", "cpus", "disk", "ip"}
    assert set(answers[VMS]["each"].values()) == {"?"}
    assert answers["GET /tickets/@number"]["beside"] == {"replies": "?"}
    assert "GET /service/@id/methods" in answers


def test_the_keys_that_are_there_stand_in_comments_in_quotes_where_they_are_no_identifiers():
    text = drafted(STRANGE)["dialect"]
    for part in (
        "vmUuid, displayName, powerState, spec.numCpu, spec.memoryMb",
        "item['نام ماشین']",
        "item['disk-size']",
    ):
        assert part in text
    assert "  # spec.memoryMb" in text, "the likely key beside its field"


def test_the_draft_holds_no_value():
    text = drafted(STRANGE)["dialect"]
    for value in ("web1", "2048", "192.0.2.1", "5301", "x.example"):
        assert value not in text


def test_what_is_left_open_is_refused():
    with pytest.raises(InvalidInput, match='is still "\\?"'):
        read_dialect(yaml.safe_load(drafted(STRANGE)["dialect"]))


KNOWN_VM = {
    "id": "vmUuid",
    "label": "displayName",
    "state": "{'PWR_ACTIVE': 'online'}.get(powerState, powerState)",
    "cpus": "spec.numCpu",
    "memory": "spec.memoryMb",
    "ip": "net.addresses",
}
#: What a script knows of the strange portal.
KNOWN = {
    "GET /service": {"id": "serviceId", "domain": "fqdName", "status": "stateName"},
    "GET /service/@id": {"id": "serviceId", "domain": "fqdName"},
    "GET /service/@id/methods": {"name": "title", "method": "verb", "route": "uri"},
    VMS: KNOWN_VM,
    "GET /service/@id/vms/@vmid": KNOWN_VM,
    "GET /tickets": {"ticket_number": "no", "subject": "heading"},
    "GET /tickets/@number": {"ticket_number": "no", "subject": "heading", "replies": "data.posts"},
}


def filled(text):
    """A draft with what is known in place of each "?", and without the rest."""
    source = yaml.safe_load(text)
    for route, rule in source["answers"].items():
        for part in ("each", "beside"):
            rule[part] = {key: KNOWN[route][key] for key in rule.get(part, ()) if key in KNOWN.get(route, {})}
        source["answers"][route] = {key: value for key, value in rule.items() if value not in ("?", {})}
    return source


def test_a_draft_that_a_script_has_filled_in_makes_the_modules_work():
    dialect = filled(drafted(STRANGE)["dialect"])
    found = Canned(STRANGE).run(vm_info, service="5301", dialect=dialect)
    (vm,) = found["vms"]
    assert (vm["id"], vm["label"], vm["power"], vm["cpu"], vm["memory"]) == ("a1", "web1", "on", 2, 2048)
    assert vm["ipv4"] == ["192.0.2.1"]
    again = drafted(STRANGE, dialect=dialect)
    assert not [each for each in again["problems"] if "holds no" in each["what"]]
    assert [each["modules"] for each in again["products"]] == [["service_info"]]


def test_a_second_draft_keeps_the_rules_of_the_first_and_names_what_was_never_used():
    dialect = filled(drafted(STRANGE)["dialect"])
    dialect["answers"]["*"] = {"refused": "not success", "reason": "err"}
    dialect["answers"][VMS]["each"]["disk"] = "diskk"
    again = drafted(STRANGE, dialect=dialect)
    found = yaml.safe_load(again["dialect"])
    for route, rule in dialect["answers"].items():
        assert {**found["answers"][route], **rule} == {**rule, **found["answers"][route]} or route in KNOWN
    assert found["answers"]["*"] == dialect["answers"]["*"]
    assert found["answers"][VMS]["each"]["state"].startswith("{'PWR_ACTIVE'")
    assert found["answers"][VMS]["each"].get("hostname") == "?"
    assert again["unused"] == ["net.addresses", "diskk"], "the details are not offered"


def test_a_state_that_is_not_understood_is_left_open_with_its_word():
    vm = {**ANSWERS["GET /service/5301/vms"]["vms"]["18867"], "state": "PWR_HM"}
    answers = {**ANSWERS, "GET /service/5301/vms": {"vms": {"1": vm}}, "GET /service/5301/vms/18867": {"vm": vm}}
    text = drafted(answers)["dialect"]
    assert 'state: "?"  # not understood: PWR_HM' in text
    assert yaml.safe_load(text)["answers"][VMS] == {"each": {"state": "?"}}


def test_a_field_that_is_null_is_left_open_where_there_is_a_key_that_nobody_knows():
    vm = {**ANSWERS["GET /service/5301/vms"]["vms"]["18867"], "memoryInMegs": 1}
    vm = {key: value for key, value in vm.items() if key != "memory"}
    answers = {**ANSWERS, "GET /service/5301/vms": {"vms": [vm]}, "GET /service/5301/vms/18867": {"vm": vm}}
    answers = yaml.safe_load(drafted(answers)["dialect"])["answers"]
    assert answers[VMS]["each"]["memory"] == "?"
    assert "label" not in answers[VMS]["each"]


def test_a_list_that_is_incomplete_asks_for_total_and_next():
    findings = {VMS: Finding([{"vms": [{"id": 1}], "more": True}], None, True)}
    assert yaml.safe_load(draft(findings, URL))["answers"][VMS]["beside"] == {"total": "?", "next": "?"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("data", "items"), "data.items"),
        (("data", "my-list"), "data['my-list']"),
        (("my-list", "0"), "answer['my-list']['0']"),
        (("in", "not"), "answer['in'].not"),
        (("data", "_items"), "data['_items']"),
        (("نتیجه", "ردیف ها"), "نتیجه['ردیف ها']"),
        (("it's",), "answer['it\\'s']"),
        (("none",), "answer['none']"),
    ],
)
def test_expressions_for_keys(path, text):
    assert expression(path, "answer") == text
    read_dialect({"answers": {"GET *": {"at": text}}})


@pytest.mark.parametrize("key", ["a: b", "#", "'", '"', "{{ x }}", "\n", "\u202e", "null", "123", "- a", "!tag", "&a"])
def test_whatever_keys_a_portal_has_the_draft_is_yaml(key):
    findings = {VMS: Finding([{key: [{key: {key: 1}, "x": 2}]}], None)}
    answers = yaml.safe_load(draft(findings, URL))["answers"]
    assert set(answers) == {VMS}
    before = {"answers": {"GET *": {"refused": expression((key, key), "answer"), "beside": {key: "'\\n'"}}}}
    again = yaml.safe_load(draft(findings, URL, opened(before)))["answers"]
    assert again["GET *"] == before["answers"]["GET *"]


@pytest.mark.parametrize(
    ("entries", "noun", "ids"),
    [
        ([{"name": "a", "id": 5}, {"name": "b", "id": 6}], "service", ["5", "6"]),
        ([{"state": "on", "serviceId": "a"}, {"state": "on", "serviceId": "b"}], "service", ["a", "b"]),
        ([{"عنوان": "a b", "شناسه": 7}], "service", ["7"]),
        ([{"name": "../etc"}], "service", []),
        ([], "service", []),
        (["a"], "service", []),
    ],
)
def test_likely_ids(entries, noun, ids):
    assert likely_ids(entries, noun) == ids
