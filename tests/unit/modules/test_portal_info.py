# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import email.utils
import html
import json
import re
from urllib.parse import quote

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import DecodingError, TransportError
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import Credentials
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.response import RawResponse
from ansible_collections.sindad.cloud.plugins.module_utils._portal.record import MODULE_ROUTES
from ansible_collections.sindad.cloud.plugins.modules import portal_info
from unit.canned import Canned
from unit.drift.test_drift import MODULES, spec

VM_ROUTES = ("vms", "vms/@vmid", "templates", "label")
VM = {
    "id": "18867",
    "label": "hamid-web",
    "state": "online",
    "memory": 4096,
    "ip": ["198.51.100.77"],
    "password": "S3cr3tPw",
}
SERVICES = [
    {"id": "5301", "domain": "cloud.hamid.example", "name": "Cloud A", "category": "Cloud", "status": "Active"},
    {"id": "5302", "domain": "other.hamid.example", "name": "Cloud A", "category": "Cloud", "status": "Active"},
    {"id": "5303", "domain": "third.hamid.example", "name": "Cloud A", "category": "Cloud", "status": "Terminated"},
    {"id": "5304", "domain": "host.hamid.example", "name": "Hosting", "category": "Web", "status": "Active"},
]
VALUES = (
    *("5301", "5302", "5304", "18867", "hamid", "4096", "198.51.100.77", "S3cr3tPw", "736633", "Tehran", "Cloud A"),
    *("Hosting", "9.9900", "a-token"),
)


def methods(*names):
    return {"methods": [{"name": "x", "method": "GET", "route": f"/service/@id/{name}"} for name in names]}


ANSWERS = {
    "GET /details": {"client": {"firstname": "hamid", "email": "me@hamid.example", "state": "Tehran"}},
    "GET /balance": {"details": {"acc_balance": "9.9900", "acc_credit": "0.00"}},
    "GET /contact": {"contacts": []},
    "GET /contact/privileges": {"privileges": {"billing": ["emails"]}},
    "GET /notifications": {"notifications": []},
    "GET /invoice": {"invoices": []},
    "GET /payment": {"payments": {"10": "Bank"}},
    "GET /payment/fees": {"payments": []},
    "GET /tickets": {"tickets": [{"ticket_number": "736633", "subject": "hamid", "status": "Client-Reply"}]},
    "GET /tickets/736633": {"ticket": {"ticket_number": "736633", "body": "<b>hamid</b>"}, "replies": []},
    "GET /ticket/departments": {"departments": [{"id": 1, "name": "Sales"}]},
    "GET /statuses": {"statuses": []},
    "GET /serverstock": {"servers": []},
    "GET /service": {"services": SERVICES},
    "GET /service/5301/methods": methods(*VM_ROUTES),
    "GET /service/5301": {"service": {**SERVICES[0], "date_created": "2026-01-02"}},
    "GET /service/5301/label": {"label": "hamid"},
    "GET /service/5301/vms": {"vms": {"18867": VM}},
    "GET /service/5301/vms/18867": {"vm": VM},
    "GET /service/5301/templates": {"templates": [{"id": "debian-12", "name": "Debian 12"}]},
    "GET /service/5303/methods": {"methods": []},
    "GET /service/5303": {"service": SERVICES[2]},
    "GET /service/5304/methods": methods("label"),
    "GET /service/5304": {"service": SERVICES[3]},
    "GET /service/5304/label": {"label": ""},
}


class Dated(Canned):
    """A portal whose clock is ahead."""

    ahead = 0

    def send(self, request, credentials, limits):
        answer = super().send(request, credentials, limits)
        date = email.utils.formatdate(self.clock.time() + self.ahead, usegmt=True)
        return RawResponse(answer.status, {"Date": date}, answer.content)


def test_all_is_well():
    portal = Dated(ANSWERS)
    found = portal.run(portal_info)
    assert found["changed"] is False
    assert found["problems"] == []
    assert found["shapes"] == []
    about = found["portal"]
    assert about["login"] == "token" and about["authenticated"] is True and about["services"] == 4
    assert abs(about["clock_skew"]) <= 1
    assert about["latency_ms"] >= 0
    cloud, hosting = found["products"]
    assert cloud["services"] == ["5301", "5302", "5303"]
    assert cloud["kind"] == "vm" and hosting["kind"] == "service"
    assert cloud["modules"] == ["service_info", "vm_info", "vm_template_info"]
    assert "POST /service/@id/vms" in cloud["missing"]


def test_it_only_reads_nothing_twice_and_one_service_of_each_product_and_status():
    portal = Dated(ANSWERS)
    portal.run(portal_info)
    asked = [request for request, _body in portal.asked]
    assert set(asked) == set(ANSWERS)
    assert len(asked) == len(set(asked))
    assert portal.clock.ahead >= 0.05 * len(asked), "it is in no hurry"


@pytest.mark.parametrize("wanted", ["5302", "other.hamid.example"])
def test_only_one_service(wanted):
    answers = {**ANSWERS, "GET /service/5302": ANSWERS["GET /service/5301"], "GET /service/5302/methods": methods()}
    portal = Canned(answers)
    (product,) = portal.run(portal_info, service=wanted)["products"]
    assert product["services"] == ["5302"]
    assert not [request for request, _body in portal.asked if "/5301" in request or "/5304" in request]


def test_a_service_that_is_not_there():
    assert "Service 'nowhere' not found" in Canned(ANSWERS).run(portal_info, service="nowhere")["msg"]


# -- what goes wrong -------------------------------------------------------------------------------------------------


def test_a_login_that_is_refused_is_told_and_no_more_is_tried_with_it():
    portal = Canned({"GET /statuses": {"statuses": []}, "GET /service": {"error": ["wronglogin"]}})
    found = portal.run(portal_info)
    assert not found.get("failed")
    assert found["portal"]["authenticated"] is False
    assert [problem["where"] for problem in found["problems"]] == ["login"]
    assert [request for request, _body in portal.asked] == ["GET /service", "GET /statuses"]


def test_without_credentials_nothing_but_public_endpoints_is_asked():
    portal = Canned({"GET /statuses": {"statuses": []}})
    found = portal.run(portal_info, token="")
    assert found["portal"]["login"] == "none"
    assert "SINDAD_TOKEN" in found["problems"][0]["what"]
    assert [request for request, _body in portal.asked] == ["GET /statuses"]


@pytest.mark.parametrize(
    "error", [TransportError("no connection"), DecodingError("answered with a page, not with JSON")]
)
def test_what_is_no_portal_fails(error):
    found = Canned({"GET /service": error}).run(portal_info)
    assert found["failed"] and str(error) in found["msg"]


def test_what_cannot_be_read_is_a_problem_and_the_rest_is_read():
    answers = {
        **ANSWERS,
        "GET /notifications": {"error": ["noprivileges"]},
        "GET /invoice": {"invoices": [{"hamid": 5301}]},
        "GET /service/5304/methods": {"error": ["Method not found"]},
    }
    found = Canned(answers).run(portal_info, shapes=True)
    told = {problem["where"]: problem for problem in found["problems"]}
    assert "noprivileges" in told["GET /notifications"]["what"]
    assert "Report" in told["GET /invoice"]["advice"]
    assert "GET /service/@id/methods" in told
    assert found["products"][1]["modules"] == found["products"][1]["missing"] == []
    assert [each["read"] for each in found["shapes"] if each["endpoint"] == "GET /invoice"] == [False]


PAGE_404 = DecodingError("The portal answered with a page", Request("GET", "/serverstock"), (), 404)


@pytest.mark.parametrize("answer", [{"error": ["Method not found"]}, {"error": ["یافت نشد: not found"]}, PAGE_404])
@pytest.mark.parametrize("endpoint", ["GET /serverstock", "GET /notifications", "GET /ticket/departments"])
def test_a_route_that_the_portal_does_not_have_is_not_a_problem(endpoint, answer):
    found = Canned({**ANSWERS, endpoint: answer}).run(portal_info)
    assert found["problems"] == []
    assert found["portal"]["missing"] == [endpoint]


def test_without_a_list_its_details_are_missing_too():
    found = Canned({**ANSWERS, "GET /tickets": {"error": ["not found"]}}).run(portal_info)
    assert found["problems"] == []
    assert found["portal"]["missing"] == ["GET /tickets", "GET /tickets/@number", "GET /ticket/attachment/@file"]


@pytest.mark.parametrize(
    "endpoint, answer, where",
    [
        ("GET /tickets/736633", {"error": ["ticket not found"]}, "GET /tickets/@number"),
        ("GET /service/5301/vms", {"error": ["Method not found"]}, "GET /service/@id/vms"),
        ("GET /service/5301/methods", {"error": ["Method not found"]}, "GET /service/@id/methods"),
        ("GET /balance", {"error": ["server exploded"]}, "GET /balance"),
        ("GET /balance", DecodingError("a page", None, (), 500), "GET /balance"),
        ("GET /balance", DecodingError("a page", None, (), 200), "GET /balance"),
    ],
)
def test_what_is_still_a_problem_has_advice(endpoint, answer, where):
    found = Canned({**ANSWERS, endpoint: answer}).run(portal_info)
    assert where in [problem["where"] for problem in found["problems"]]
    assert all(len(problem["advice"]) > 20 for problem in found["problems"])
    assert found["portal"]["missing"] == []


def test_details_that_hang_on_a_list_are_read():
    incident = {"id": "7", "name": "hamid", "status": "InProgress", "startdate": "2026-01-01"}
    ticket = ANSWERS["GET /tickets/736633"]
    answers = {
        **ANSWERS,
        "GET /statuses": {"statuses": [incident]},
        "GET /statuses/7": {"status": incident},
        "GET /tickets/736633": {**ticket, "attachments": [{"id": 9, "filename": "hamid.txt"}]},
        "GET /ticket/attachment/9": {"a": "file of JSON"},
        "GET /service/5301/methods": methods(*VM_ROUTES, "vms/@vmid/rebuild"),
        "GET /service/5301/vms/18867/rebuild": {"templates": [{"id": "7", "name": "Debian"}]},
    }
    portal = Canned(answers)
    found = portal.run(portal_info, shapes=True)
    assert found["problems"] == []
    asked = {request for request, _body in portal.asked}
    assert {"GET /statuses/7", "GET /ticket/attachment/9", "GET /service/5301/vms/18867/rebuild"} <= asked
    read = {shape["endpoint"] for shape in found["shapes"] if shape["read"]}
    assert {"GET /statuses/@id", "GET /ticket/attachment/@file", "GET /service/@id/vms/@vmid/rebuild"} <= read


@pytest.mark.parametrize("ahead, way", [(4000, "ahead of"), (-4000, "behind")])
def test_a_clock_that_is_wrong(ahead, way):
    portal = Dated(ANSWERS)
    portal.ahead = ahead
    found = portal.run(portal_info)
    assert abs(found["portal"]["clock_skew"] - ahead) <= 1
    assert way in found["problems"][0]["what"]


def test_a_power_word_that_nobody_knows():
    odd = {**VM, "state": "dreamy"}
    answers = {**ANSWERS, "GET /service/5301/vms": {"vms": [odd]}, "GET /service/5301/vms/18867": {"vm": odd}}
    found = Canned(answers).run(portal_info, shapes=True)
    (shape,) = [each for each in found["shapes"] if each["endpoint"] == "GET /service/@id/vms"]
    assert shape["changing_fields"] == shape["unexpected_fields"] == ["power"]
    assert "hostname" in shape["null_fields"]
    assert "dreamy" in json.dumps(shape["shape"])
    assert any("power" in problem["what"] and "dreamy" in problem["what"] for problem in found["problems"])
    assert shape["unknown_words"] == ["dreamy"]


@pytest.mark.parametrize(
    "key, word, is_shown",
    [
        ("state", "در خواب عمیق", True),
        ("state", "half_asleep", True),
        ("state", "hamid web", False),
        ("state", "ask 5301", False),
        ("state", "<b>x</b>", False),
        ("powerState", "dreamy", True),
        ("guest_status", "رویایی", True),
        ("وضعیت", "رویایی", True),
        ("runstate", "dreamy", True),
        ("owner", "dreamy", False),
    ],
)
def test_words_that_were_not_understood_reach_the_file_wherever_they_stand(tmp_path, key, word, is_shown):
    odd = {name: value for name, value in VM.items() if name != "state"}
    odd = {**odd, "runtime": {key: word}} if key == "powerState" else {**odd, key: word}
    answers = {**ANSWERS, "GET /service/5301/vms": {"vms": [odd]}, "GET /service/5301/vms/18867": {"vm": odd}}
    Canned(answers).run(portal_info, dest=str(tmp_path / "shapes.json"))
    assert (word in (tmp_path / "shapes.json").read_text()) is is_shown


# -- shapes ----------------------------------------------------------------------------------------------------------


def test_no_value_of_the_account_is_in_the_shapes(tmp_path):
    dest = tmp_path / "shapes.json"
    found = Canned(ANSWERS).run(portal_info, dest=str(dest))
    assert found["changed"] is True
    assert found["size"] == dest.stat().st_size
    spelt = dest.read_text() + json.dumps(found["shapes"])
    for value in VALUES:
        assert value not in spelt and value[::-1] not in spelt, value
    told = json.loads(dest.read_text())
    (vms,) = [each for each in told["shapes"] if each["endpoint"] == "GET /service/@id/vms"]
    assert vms["shape"]["vms"]["<int>"]["state"] == "word (online)"
    assert vms["shape"]["vms"]["<int>"]["password"] == "slug"


def test_the_file_is_the_same_the_second_time_and_not_written_in_check_mode(tmp_path):
    dest = tmp_path / "shapes.json"
    assert Canned(ANSWERS).run(portal_info, check_mode=True, dest=str(dest))["changed"] is True
    assert not dest.exists()
    assert Canned(ANSWERS).run(portal_info, dest=str(dest))["changed"] is True
    assert Canned(ANSWERS).run(portal_info, dest=str(dest))["changed"] is False


@pytest.mark.parametrize("name, told", [("", "is a folder"), ("none/shapes.json", "There is no folder")])
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_asked(tmp_path, name, told):
    portal = Canned(ANSWERS)
    found = portal.run(portal_info, dest=f"{tmp_path}/{name}")
    assert told in found["msg"]
    assert portal.asked == []


def test_the_file_holds_the_problems_without_what_the_portal_said(tmp_path):
    answers = {
        **ANSWERS,
        "GET /notifications": {"error": ["noprivileges"]},
        "GET /balance": {"error": ["hamid may not see 5301 of qzxj"]},
        "GET /invoice": {"invoices": [{"qzxj": 5301, "displayName": "x"}]},
    }
    dest = tmp_path / "shapes.json"
    Canned(answers).run(portal_info, dest=str(dest))
    problems = {each["where"]: each for each in json.loads(dest.read_text())["problems"]}
    assert problems["GET /notifications"]["kind"] == "ApiError"
    assert "noprivileges" in problems["GET /notifications"]["what"]
    assert problems["GET /invoice"]["kind"] == "UnexpectedResponse"
    assert "invoices" in problems["GET /invoice"]["what"]
    assert not [word for word in ("hamid", "5301", "qzxj") if word in dest.read_text()]


# -- what a portal publishes of itself -------------------------------------------------------------------------------

SWAGGER = {
    "swagger": "2.0",
    "info": {"title": "User API", "version": "1.0"},
    "basePath": "/api",
    "paths": {
        "/service/{id}": {"get": {"parameters": [{"in": "path", "name": "id", "required": True}]}},
        "/domain": {"get": {}, "x-vendor": 1},
        "/details": {
            "put": {
                "parameters": [
                    {"in": "query", "name": "email", "type": "string", "required": True},
                    {"in": "body", "name": "body", "schema": {"$ref": "#/definitions/Client"}},
                ]
            }
        },
    },
    "definitions": {
        "Client": {
            "required": ["type"],
            "properties": {
                "langcustomline0180": {"type": "string", "description": "تلفن\u200cثابت\u202e"},
                "type": {"type": "string", "enum": ["Private", "Company"]},
            },
        }
    },
}


class Publishing(Canned):
    """A portal that has something beside its API."""

    def __init__(self, answers, page):
        super().__init__(answers)
        self.page, self.requests = page, []

    def beside(self, url):
        return Beside(self, url)


class Beside:
    def __init__(self, portal, url):
        self.portal, self.url = portal, url

    def send(self, request, credentials, limits):
        self.portal.requests.append((request.method, self.url + request.path, dict(request.query), credentials, limits))
        if isinstance(self.portal.page, Exception):
            raise self.portal.page
        return self.portal.page if isinstance(self.portal.page, RawResponse) else RawResponse(200, {}, self.portal.page)


def test_the_documentation_of_the_portal_is_compared():
    portal = Publishing(ANSWERS, json.dumps(SWAGGER).encode())
    told = portal.run(portal_info)["documentation"]
    ((method, url, query, credentials, limits),) = portal.requests
    assert (method, url, query) == ("GET", "https://portal.example.com/", {"action": "swagger", "cmd": "userapi"})
    assert credentials == Credentials() and limits.total <= 10 and limits.size <= 4 << 20
    assert told["url"] == "https://portal.example.com/?action=swagger&cmd=userapi"
    assert (told["title"], told["version"]) == ("User API", "1.0")
    assert told["routes"] == ["GET /domain", "GET /service/@id", "PUT /details"]
    assert told["additional"] == ["GET /domain"]
    assert "GET /service" in told["missing"] and "GET /service/@id" not in told["missing"]
    assert [(each["name"], each["title"], each["required"], each["choices"]) for each in told["fields"]] == [
        ("email", None, True, []),
        ("langcustomline0180", "تلفن\u200cثابت", False, []),
        ("type", None, True, ["Private", "Company"]),
    ]


@pytest.mark.parametrize(
    "page",
    [
        b"<html><title>Welcome</title></html>",
        b"",
        b"[]",
        b"{}",
        b'{"error": ["no"]}',
        b'{"paths": []}',
        RawResponse(302, {"Location": "https://elsewhere.example.com/"}, b""),
        RawResponse(404, {}, b"<h1>Not found</h1>"),
        RawResponse(500, {}, b""),
        TransportError("broken"),
    ],
)
def test_without_a_documentation_nothing_is_said(page):
    portal = Publishing(ANSWERS, page)
    found = portal.run(portal_info)
    assert found["documentation"] is None and found["problems"] == []
    assert len(portal.requests) == 1, "no redirect is followed, and nothing is tried again"


@pytest.mark.parametrize(
    "odd", [None, 5, "x", [], {}, [None], {"get": 5}, {"get": {"parameters": 5}}, {"get": {"parameters": [5]}}]
)
def test_an_odd_documentation_is_read_as_far_as_it_goes(odd):
    source = {**SWAGGER, "info": odd, "definitions": odd, "paths": {"/x": odd, **SWAGGER["paths"], "/y/{id": odd}}
    told = Publishing(ANSWERS, json.dumps(source).encode()).run(portal_info)["documentation"]
    assert "GET /domain" in told["routes"]


def test_a_huge_documentation_is_cut():
    source = {"paths": {f"/r{number}": {"get": {"parameters": [{"name": "x" * 999}] * 9}} for number in range(2000)}}
    told = Publishing(ANSWERS, json.dumps(source).encode()).run(portal_info)["documentation"]
    assert len(told["routes"]) == 500 and len(told["fields"]) == 1000
    assert max(len(field["name"]) for field in told["fields"]) == 120


def test_every_module_that_takes_a_service_has_its_routes():
    own = {name for name in MODULES if "service" in spec(name)["argument_spec"]} - {"portal_info"}
    assert own == set(MODULE_ROUTES)


def hostile(text, number):
    """An account whose every text is *text*, every number is *number*, and whose collections have them as keys."""
    person = {
        "firstname": text,
        "email": f"{text}@{text}.example",
        "state": text,
        "city": text,
        "id": number,
        text: text,
    }
    vm = {
        **VM,
        "id": number,
        "label": text,
        "template": text,
        "memory": number,
        text: number,
        "owner": {"status": text},
    }
    service = {**SERVICES[0], "domain": f"{text}.example", "label": text, "name": text, "category": text}
    return {
        **ANSWERS,
        "GET /details": {"client": person},
        "GET /contact": {"contacts": {f"{text}@{text}.example": person}},
        f"GET /contact/{number}": {"contact": {**person, "privileges": {text: [text]}}},
        "GET /contact/privileges": {"privileges": {text: {text: [text, number]}}},
        "GET /notifications": {"notifications": {text: {"id": number, "subject": text, "body": f"<b>{text}</b>"}}},
        "GET /payment": {"payments": {text: text}},
        "GET /statuses": {"error": [f"{text} {number} not found"]},
        "GET /serverstock": {"servers": {text: [{"id": number, "name": text, "price": f"{number} {text}"}]}},
        "GET /service": {"services": [service, {**SERVICES[3], "status": f"{text} {text}"}], text: text},
        "GET /service/5301": {"service": {**service, text: {text: text}}, text: number},
        "GET /service/5301/methods": {
            "methods": [*methods(*VM_ROUTES)["methods"], {"name": text, "method": "GET", "route": f"/{text}/{number}"}]
        },
        "GET /service/5301/vms": {"vms": {text: vm, "198.51.100.77": {**vm, "id": f"{number}7", "ip": text}}},
        f"GET /service/5301/vms/{number}": {"vm": vm, text: [text]},
        "GET /service/5301/templates": {"templates": {text: [{"id": text, "name": text}]}},
        "GET /service/5301/label": {"label": text},
    }


@pytest.mark.parametrize(
    "text", ["qzxjqz", "qzxj-qzxj", "qzxj_qzxj", "qzxj qzxj", "Qzxj9", "ژپچگ", "<i>qzxj</i>", "{{qzxj}}"]
)
def test_no_value_of_a_hostile_account_is_in_the_shapes(tmp_path, text):
    dest, number = tmp_path / "shapes.json", 778899
    found = Canned(hostile(text, number)).run(portal_info, dest=str(dest))
    assert not found.get("failed"), found
    assert len(found["shapes"]) > 15
    spelt = dest.read_text() + json.dumps(found["shapes"], ensure_ascii=False) + json.dumps(found["shapes"])
    secret = max(re.split(r"[^\w]+|_", text), key=len)
    for value in (secret, str(number), "198.51.100.77", "5301"):
        forms = {value, value[::-1], value.upper(), value.lower(), quote(value), json.dumps(value)[1:-1]}
        forms |= {base64.b64encode(value.encode()).decode()[:6], html.escape(value)}
        assert not [form for form in forms if form in spelt]
