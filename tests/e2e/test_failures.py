# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account that could not be read completely is an error, never a smaller inventory."""

from __future__ import annotations

import base64
import json
import re
import signal
import subprocess
from urllib.parse import quote

import pytest

#: What happens to the requests for one service, and words of the message about it.
SPOILT = {
    "status 500": ({"kind": "status", "status": 500}, "HTTP 500"),
    "html": ({"kind": "html"}, "Just a moment"),
    "drop": ({"kind": "drop_before"}, "the connection broke"),
    "reset": ({"kind": "drop_after", "how": "reset"}, "the connection broke"),
    "invalid json": ({"kind": "invalid_json"}, "not with JSON"),
    "truncated": ({"kind": "truncate"}, "the connection broke"),
    "empty": ({"kind": "empty"}, "answered nothing"),
    "error with HTTP 200": ({"kind": "error", "error": ["noprivileges"]}, "lacks the privilege"),
    "error beside data": ({"kind": "error", "error": "Backend is down", "body": {"vms": {}}}, "Backend is down"),
    "rate limit": ({"kind": "status", "status": 429}, "HTTP 429"),
    "slow": ({"kind": "hang", "seconds": 5}, "no answer within"),
    "another shape": ({"kind": "invalid_json", "body": '{"vms": "none"}'}, 'does not contain "vms"'),
}
QUICK = {"timeout": 2, "retries": 0}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_one_service_that_cannot_be_read(site, spoilt):
    fault, words = SPOILT[spoilt]
    site.portal.fault(path="^/service/102/vms$", times=None, **fault)
    failed = site.parse(**QUICK)
    assert failed.hosts == {} and failed.error
    assert "is incomplete and not used" in failed.error and words in failed.error
    assert "/service/102/vms" in failed.error or spoilt == "another shape"

    skipped = site.parse(**QUICK, on_error="skip")
    assert skipped.error is None
    assert {"web1", "mail1", "server1.example.com"} < set(skipped.names)
    assert "102" not in skipped.var("sindad_service_id").values()
    (warning,) = [each for each in skipped.warnings if "left out" in each]
    assert "Service 102 (cloud-b.example.com) is left out of the inventory" in warning and words in warning


@pytest.mark.parametrize("path", ["^/service$", "^/service/102/methods$", "^/service/201/ips$", "^/service/202/info$"])
def test_other_routes_that_cannot_be_read(site, path):
    site.portal.fault("status", status=500, path=path, times=None)
    options = {**QUICK, "details": ["vms", "ips", "server"]}
    assert "HTTP 500" in site.parse(**options).error
    skipped = site.parse(**options, on_error="skip")
    if path == "^/service$":
        assert "HTTP 500" in skipped.error, "the list itself is always needed"
    else:
        assert path.split("/")[2] not in skipped.var("sindad_service_id").values()
        assert len([each for each in skipped.warnings if "left out" in each]) == 1


def test_what_a_product_offers_cannot_be_read(site):
    """It is asked of one service for all of the product: each that is left out is named."""
    site.portal.fault("status", status=500, path="^/service/301/methods$", times=None)
    skipped = site.parse(**QUICK, on_error="skip")
    left_out = [each.split()[1] for each in skipped.warnings if "left out" in each]
    assert sorted(left_out) == ["301", "304", "305"]
    assert not {"301", "304", "305"} & set(skipped.var("sindad_service_id").values())


def test_a_passing_fault_is_no_error(site):
    site.portal.fault("status", status=503, path="/vms$", times=2)
    site.portal.fault("drop_before", path="/ips$", times=1)
    found = site.parse()
    assert found.error is None and len(found.names) == 11


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"password": "wrong-pass"}, "the user name or password is wrong (wronglogin). Check username and password"),
        ({"username": None, "password": None}, "No credentials for http"),
        ({"token": "wrong-pass"}, "the token is not valid (unauthorized). Check username and password, or token"),
        ({"api_url": "http://192.0.2.1/api"}, "api_url must begin with https"),
        ({"api_url": "http://127.0.0.1:1/api", "retries": 0}, "could not be asked for GET /service"),
        ({"ca_path": "/no/such/file"}, "there is no file or folder /no/such/file"),
        ({"timeout": "soon"}, "timeout"),
        ({"timeout": 0}, "timeout must be more than 0"),
        ({"retries": -1}, "retries must be 0 or more"),
        ({"details": ["vm"]}, "details"),
        ({"connect_with": ["ipv4"]}, "connect_with"),
        ({"on_error": "ignore"}, "on_error"),
        ({"plugin": "sindad.cloud.other"}, "sindad.cloud.other"),
    ],
)
def test_wrong_options(site, options, words):
    given = {name: value for name, value in site.options(options).items() if value is not None}
    found = site.parse_file(site.core.source(given))
    assert words in " ".join(found.error.split())
    assert "wrong-pass" not in found.error and "Traceback" not in found.error
    assert found.hosts == {}


def test_as_the_command_line_shows_it(site):
    """A failure ends the command if it is told to; else nothing at all is there. No secret is in any output."""
    source = site.source(password="wrong-pass")
    failed = site.list(source, "-vvv")
    assert failed.code != 0
    assert "the user name or password is wrong (wronglogin)" in failed.text
    assert "wrong-pass" not in failed.out + failed.err

    site.portal.fault("html", path="^/service/102/vms$", times=None)
    source = site.source()
    failed = site.list(source)
    assert failed.code != 0 and failed.out.strip() == ""
    assert "Traceback" not in failed.err and "Just a moment" in failed.text
    warned = site.list(source, ANSIBLE_INVENTORY_UNPARSED_FAILED="false")
    assert warned.hosts == {} and "Just a moment" in warned.text
    assert set(warned.json) <= {"_meta", "all", "ungrouped"}


def test_ctrl_c_while_the_portal_hangs(site):
    """Nothing is waited for, neither the answers nor the threads that wait for them."""
    site.portal.fault("hang", seconds=600, path="/vms$", times=None)
    source = site.source(timeout=300)
    running = subprocess.Popen(
        [site.core.bin / "ansible-inventory", "-i", source, "--list"],
        env=site.core.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # a shell lets what runs in its background ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while len(site.portal.log(path="/ips$")) < 2:  # those for VMs are under way, too
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    shown = running.communicate(timeout=120)[0]  # on however busy a machine: nothing is answered before
    assert running.returncode != 0 and "_meta" not in shown and "Traceback" not in shown


def test_each_request_is_told_without_a_secret(site):
    """-vvv: method, path, status, time and size; -vvvv: the shape of the answer, no value of it."""
    password = "planted {{ 1 }} Secret/ü"
    site.portal.reset(password=password)
    source = site.source(password="{{ lookup('ansible.builtin.env', 'MINE') }}", details=["vm_details"])
    told = site.list(source, "-vvv", MINE=password)
    assert told.code == 0
    assert re.search(r"GET /service: HTTP 200, \d+ ms, \d+ bytes", told.text)
    assert re.search(r"GET /service/101/vms/18867: HTTP 200", told.text) and "{services: [" not in told.text
    shapes = site.list(source, "-vvvv", MINE=password)
    assert re.search(r"GET /service: HTTP 200, \d+ ms, \d+ bytes, \{.*services: ", shapes.text)
    spellings = [password, quote(password), quote(password, safe=""), json.dumps(password)[1:-1]]
    spellings += [base64.b64encode(f"user@example.com:{password}".encode()).decode(), "Vm-18867-pass"]
    for secret in spellings:
        assert secret not in told.text + shapes.text, secret


def test_only_files_of_the_right_name(site):
    good = site.source()
    for name in ("sindad.yml", "my.sindad.yaml", "prod-sindad.yml"):
        source = good.with_name(name)
        source.write_text(good.read_text())
        assert len(site.parse_file(source).names) == 11
        source.unlink()
    bad = good.with_name("sindad.other.yml")
    bad.write_text(good.read_text())
    assert "sindad.other.yml" in site.parse_file(bad).error
