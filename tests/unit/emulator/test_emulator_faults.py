# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults, the rate limit, latency and the log."""

from __future__ import annotations

import concurrent.futures
import http.client
import json
import time
from typing import Any

import pytest

LABEL = "/service/101/label"


@pytest.mark.parametrize("how", ["close", "reset"])
@pytest.mark.parametrize(("kind", "label"), [("drop_before", "main cloud"), ("drop_after", "new")])
def test_a_dropped_request_may_have_taken_effect(portal: Any, kind: str, label: str, how: str) -> None:
    portal.fault(kind, method="POST", path="/label$", how=how)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        portal.raw("POST", LABEL, {"label": "new"})
    assert portal.get(LABEL) == {"label": label}
    dropped = portal.log(method="POST")[-1]
    assert (dropped["status"], dropped["fault"]) == (0, kind)


def test_status_with_and_without_retry_after(portal: Any) -> None:
    portal.fault("status", status=429, retry_after=2, path="^/service$")
    portal.fault("status", status=503, path="^/service$", times=2)
    answers = [portal.raw("GET", "/service")[:2] for _place in range(4)]
    assert [status for status, _headers in answers] == [429, 503, 503, 200]
    assert answers[0][1]["retry-after"] == "2"
    assert "retry-after" not in answers[1][1]


def test_a_status_can_come_after_the_effect(portal: Any) -> None:
    portal.fault("status", status=504, effect=True)
    assert portal.raw("POST", LABEL, {"label": "new"})[0] == 504
    assert portal.get(LABEL) == {"label": "new"}


def test_answers_that_are_no_answers(portal: Any) -> None:
    portal.fault("html", title="Just a moment...")
    portal.fault("empty")
    portal.fault("invalid_json")
    portal.fault("redirect", location="http://127.0.0.1:1/x")
    portal.fault("error", error=[{"code": 5, "message": "Broken"}], body={"status": True})
    status, headers, content = portal.raw("GET", "/service")
    assert (status, b"<title>Just a moment...</title>" in content) == (200, True)
    assert portal.raw("GET", "/service")[2] == b""
    with pytest.raises(ValueError):
        json.loads(portal.raw("GET", "/service")[2])
    status, headers, _content = portal.raw("GET", "/service")
    assert (status, headers["location"]) == (302, "http://127.0.0.1:1/x")
    assert portal.get("/service") == {"status": True, "error": [{"code": 5, "message": "Broken"}]}
    assert "services" in portal.get("/service")


def test_hang_drip_and_truncate(portal: Any) -> None:
    portal.fault("hang", seconds=0.5, method="GET")
    with pytest.raises(TimeoutError):
        portal.raw("GET", "/service", timeout=0.1)
    portal.fault("drip", seconds=0.2)
    began = time.monotonic()
    assert len(json.loads(portal.raw("GET", "/service")[2])["services"]) == 11
    assert time.monotonic() - began >= 0.2
    portal.fault("truncate")
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        portal.raw("GET", "/service")


def test_skip_probability_and_clearing(portal: Any) -> None:
    portal.fault("status", status=500, skip=2, times=1)
    assert [portal.raw("GET", "/service")[0] for _place in range(4)] == [200, 200, 500, 200]
    portal.fault("status", status=502, times=None, probability=0.5, seed=7)
    seen = [portal.raw("GET", "/balance")[0] for _place in range(40)]
    assert 8 < seen.count(502) < 32
    portal.clear_faults()
    assert portal.raw("GET", "/balance")[0] == 200
    with pytest.raises(ValueError, match="no such fault"):
        portal.fault("nonsense")


def test_rate_limit(portal: Any) -> None:
    portal.set(rate_limit=3)
    answers = [portal.raw("GET", "/balance") for _place in range(5)]
    assert [one[0] for one in answers] == [200, 200, 200, 429, 429]
    assert answers[4][1]["retry-after"] == "1"
    portal.set(rate_limit_answer="200")
    assert portal.get("/balance") == {"error": ["too many requests"]}


def test_latency_lets_many_wait_at_once(portal: Any) -> None:
    portal.set(latency=0.2)
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        assert len(list(pool.map(lambda _place: portal.get("/balance"), range(20)))) == 20
    assert 0.2 <= time.monotonic() - began < 2
    assert portal.summary()["peak_in_flight"] > 5


def test_the_log_tells_everything(portal: Any) -> None:
    portal.get("/notifications?rel_type=Ticket&rel_id=1")
    portal.call("POST", LABEL, {"label": "x"})
    portal.raw("GET", "/service/301/vms")
    first, second, third = portal.log()
    assert first["query"] == {"rel_type": "Ticket", "rel_id": "1"}
    assert (second["method"], second["path"], second["route"]) == ("POST", f"/api{LABEL}", "/service/@id/label")
    assert (second["body"], second["auth"], second["status"]) == ({"label": "x"}, "basic", 200)
    assert third["status"] == 404
    assert len({one["port"] for one in (first, second, third)}) == 3
    assert portal.log(method="POST") == [second]
    assert portal.log(since=second["seq"]) == [third]
    summary = portal.summary()
    assert (summary["count"], summary["connections"]) == (3, 3)
    portal.clear_log()
    assert portal.log() == []


def test_one_connection_is_counted_once(portal: Any) -> None:
    connection = http.client.HTTPConnection(portal.host)
    for _place in range(3):
        connection.request("GET", "/api/statuses")
        connection.getresponse().read()
    connection.close()
    assert portal.summary()["connections"] == 1


def test_wrong_options_are_refused(portal: Any) -> None:
    with pytest.raises(ValueError, match="no such option"):
        portal.set(colour="red")
    with pytest.raises(ValueError, match="reset"):
        portal.set(services=5)
    with pytest.raises(ValueError, match="profile"):
        portal.reset(profile="other")


def test_a_hang_before_the_effect_and_a_redirect_to_nowhere(portal: Any) -> None:
    portal.fault("hang", seconds=0, effect=False, method="POST")
    with pytest.raises(http.client.RemoteDisconnected):
        portal.raw("POST", LABEL, {"label": "new"})
    portal.fault("redirect", location="http://[::1", effect=True, method="POST")
    assert portal.raw("POST", LABEL, {"label": "moved"})[1]["location"] == "http://[::1"
    assert portal.get(LABEL) == {"label": "moved"}
    portal.fault("status", status=520, effect=True, method="POST")
    assert portal.raw("POST", LABEL, {"label": "cloud"})[0] == 520
    assert portal.running.effects() == {f"POST /api{LABEL}": 2}


def test_a_token_expires_in_the_middle(portal: Any) -> None:
    credentials = {"username": "user@example.com", "password": "secret"}
    pair = portal.call("POST", "/login", credentials, auth=None)
    portal.set(auth_status=401)
    portal.fault("expire", method="POST", path="/label$", effect=True)
    answer = portal.full("POST", LABEL, {"label": "new"}, auth=pair["token"])
    assert answer == (401, {"error": ["token_expired"]})
    assert portal.full("GET", LABEL, auth=pair["token"])[0] == 401
    fresh = portal.call("POST", "/token", {"refresh_token": pair["refresh"]}, auth=None)["token"]
    assert portal.call("GET", LABEL, auth=fresh) == {"label": "new"}
    portal.fault("expire", method="POST", path="/label$", status=200)
    assert portal.call("POST", LABEL, {"label": "newer"}, auth=fresh) == {"error": ["token_expired"]}
    assert portal.get(LABEL) == {"label": "new"}


def test_reads_fail_after_a_lost_answer(portal: Any) -> None:
    reads = [{"kind": "status", "status": 502, "method": "GET"}, {"kind": "error", "method": "GET"}]
    portal.fault("drop_after", method="POST", then=reads)
    assert portal.raw("GET", LABEL)[0] == 200
    with pytest.raises(http.client.RemoteDisconnected):
        portal.raw("POST", LABEL, {"label": "new"})
    assert portal.raw("GET", LABEL)[0] == 502
    assert portal.get(LABEL) == {"error": ["Internal error"]}
    assert portal.get(LABEL) == {"label": "new"}
    with pytest.raises(ValueError, match="no such fault"):
        portal.fault("drop_after", then=[{"kind": "nonsense"}])


def test_a_body_without_end(portal: Any) -> None:
    portal.fault("endless", seconds=30)
    connection = http.client.HTTPConnection(portal.host, timeout=5)
    connection.request("GET", "/api/statuses")
    answer = connection.getresponse()
    assert len(answer.read(5_000_000)) == 5_000_000
    answer.close()
    connection.close()
    # the emulator goes on
    assert portal.raw("GET", "/balance")[0] == 200


def test_a_body_of_some_size(portal: Any) -> None:
    portal.fault("endless", unit="<title>", size=700_000, body="<html>", effect=True, method="POST")
    status, _headers, content = portal.raw("POST", LABEL, {"label": "new"})
    assert (status, len(content), content[:13]) == (200, 700_006, b"<html><title>")
    assert portal.get(LABEL) == {"label": "new"}
    portal.fault("endless", unit="[", size=100_000)
    assert portal.raw("GET", "/service")[2] == b"[" * 100_000


def test_something_happens_right_before_a_request(portal: Any) -> None:
    body = {"template": "ISPsystem__Debian-12-x86_64", "hostname": "a.example.com"}
    portal.call("POST", "/service/201/reinstall", body)
    portal.advance(20)
    portal.fault("advance", seconds=100, method="GET", path="/201/info$")
    assert portal.get("/service/201/reinstall")["reinstall"]["status"] == "running"
    assert portal.get("/service/201/info")["info"]["hostname"] == "a.example.com"
    assert portal.get("/service/201/reinstall") == {"reinstall": []}
    portal.fault("tamper", path="/vms/18867$", changes=[{"service": "101", "remove_vm": "18867"}])
    portal.fault("status", status=500, path="/vms/18867$")
    assert "18867" in portal.get("/service/101/vms")["vms"]
    assert portal.raw("GET", "/service/101/vms/18867")[0] == 500
    assert portal.full("GET", "/service/101/vms/18867") == (404, {"error": ["VM not found"]})


def test_an_answer_with_headers_of_its_own(portal: Any) -> None:
    headers = {"Content-Type": "text/html", "Content-Disposition": 'attachment; filename="../x"'}
    portal.fault("status", status=200, body={"services": []}, headers=headers)
    status, found, content = portal.raw("GET", "/service")
    assert (status, content) == (200, b'{"services":[]}')
    assert found["content-type"] == "text/html"
    assert found["content-disposition"] == 'attachment; filename="../x"'
