# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection against a real server that misbehaves. No test sleeps: the clock is moved instead."""

from __future__ import annotations

import base64
import datetime
import email.utils
import html
import ipaddress
import os
import re
import socket
import ssl
import subprocess
import sys
import textwrap
import threading
import time
import traceback
import warnings
from concurrent.futures import ThreadPoolExecutor, wait
from urllib.parse import quote

import pytest
import requests
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    DecodingError,
    InvalidInput,
    NotFound,
    PortalError,
    RateLimited,
    SindadError,
    TransportError,
    UnannouncedChange,
    UnclearResponse,
    WouldChange,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http import client as _connection
from ansible_collections.sindad.cloud.plugins.module_utils._core.http import options as http_options
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.concurrency import HELPER, map_concurrently
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.throttle import Throttle
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.wire import Adapter
from unit.portal_stub import (
    PortalStub,
    breaks_off,
    drips,
    drops,
    echoes,
    endless,
    hangs,
    page,
    refuses_unread,
    says,
    sends,
)
from urllib3.exceptions import InsecureRequestWarning

WRITES = ("POST", "PUT", "DELETE")


def connect(stub, **options):
    return Client(getattr(stub, "url", stub), **{"username": "user@example.com", "password": "pa:ss", **options})


def call(connection, method, route="/service/@id/vms", **options):
    with connection.one_change():
        return connection.send(Request(method, route, (("id", 301),)), **options)


def failure(connection, method="GET", kind=PortalError, **options):
    with pytest.raises(kind) as caught:
        call(connection, method, **options)
    return caught.value


# -- who asks --------------------------------------------------------------------------------------------------------


def test_basic_authentication_in_utf8(stub):
    connect(stub, username="کاربر", password="گذر:واژه€").get("/service")
    assert stub.seen[0].basic == "کاربر:گذر:واژه€"


def test_token_wins_over_username_and_password(stub):
    connect(stub, token="abc.def").get("/service")
    assert stub.seen[0].headers["Authorization"] == "Bearer abc.def"


def test_netrc_is_not_read(stub, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    connect(stub, token="abc").get("/service")
    connect(stub).get("/service", login=False)
    assert [each.headers["Authorization"] for each in stub.seen] == ["Bearer abc", None]


@pytest.mark.parametrize(
    "options", [{}, {"username": "u"}, {"password": "p"}, {"username": "", "password": ""}, {"token": ""}]
)
def test_without_credentials_it_names_the_ways_to_give_them(stub, options):
    connection = Client(stub.url, **options)
    with pytest.raises(AuthenticationFailed, match=r"username and password, or token.*SINDAD_USERNAME.*SINDAD_TOKEN"):
        connection.get("/service")
    assert not stub.seen
    assert connection.get("/statuses", login=False) == {"status": True}


def test_a_token_may_have_a_line_end_but_no_other_odd_character(stub):
    connect(stub, token="abc.def\n").get("/service")
    assert stub.seen[0].headers["Authorization"] == "Bearer abc.def"
    for odd in ("abc\ndef", "abc def", "گذر", "abc\x00"):
        with pytest.raises(InvalidInput) as caught:
            connect(stub, token=odd)
        assert odd not in str(caught.value)


# -- where to --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://my.sindad.com/api",
        "https://my.sindad.com",
        "https://[2001:db8::1]:8443/a/b/",
        "HTTPS://My.Sindad.com/api",
        "http://localhost:8080/api",
        "http://LOCALHOST/api",
        "http://127.0.0.1:1/api",
        "http://127.0.0.2/api",
        "http://[::1]:8080/api",
        " https://my.sindad.com/api ",
    ],
)
def test_addresses_that_are_taken(url):
    assert connect(url).url == url.strip().rstrip("/")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://my.sindad.com/api", "https"),
        ("http://localhost.evil.com/api", "https"),
        ("http://127.0.0.1.evil.com/api", "https"),
        ("http://192.0.2.1/api", "https"),
        ("http://0.0.0.0/api", "https"),
        ("http://localhost\\@evil.com/api", "credentials"),
        ("http://localhost\\.evil.com/api", "https"),
        ("https://user:geheim@my.sindad.com/api", "credentials"),
        ("https://geheim@my.sindad.com/api", "credentials"),
        ("https://my.sindad.com/api?key=geheim", "path"),
        ("https://my.sindad.com/api#geheim", "path"),
        ("my.sindad.com/api", "address"),
        ("ftp://my.sindad.com/api", "address"),
        ("https://", "address"),
        ("https:///api", "address"),
        ("https://my.sindad.com:port/api", "address"),
        ("https://my.sindad.com:0/api", "address"),
        ("https://my.sindad.com:99999/api", "address"),
        ("https://[::1/api", "address"),
        ("https://my sindad.com/api", "address"),
        ("http://local\nhost/api", "address"),
        ("https://my.sindad.com/api/../x", "path"),
        ("", "address"),
        (None, "address"),
    ],
)
def test_addresses_that_are_refused(url, says):
    with pytest.raises(InvalidInput, match=says) as caught:
        connect(url)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("base", ["", "/api", "/a/b", "/api/"])
def test_the_base_path_is_kept(stub, base):
    connect(stub.url.replace("/api", base)).get("/service/@id", id=5)
    assert stub.seen[0].path == base.rstrip("/") + "/service/5"


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("5/../6", "5%2F..%2F6"),
        ("a b", "a%20b"),
        ("..%2f", "..%252f"),
        ("%2e%2e", "%252e%252e"),
        ("a?b#c", "a%3Fb%23c"),
        ("سرور", "%D8%B3%D8%B1%D9%88%D8%B1"),
        (" 7 ", "7"),
        ("2001:db8::1", "2001%3Adb8%3A%3A1"),
    ],
)
def test_segments_are_quoted(stub, value, path):
    connect(stub).get("/service/@id/vms", id=value)
    assert stub.seen[0].path == f"/api/service/{path}/vms"


@pytest.mark.parametrize("value", ["..", ".", "", "  ", " .. ", None])
@pytest.mark.parametrize("read_only", [False, True])
def test_segments_that_are_refused(stub, value, read_only):
    with pytest.raises(InvalidInput):
        connect(stub, read_only=read_only).delete("/service/@id/vms/@vmid", id=5, vmid=value)
    assert not stub.seen


def test_bodies_are_json_and_queries_are_quoted(stub):
    connection = connect(stub)
    with connection.one_change():
        connection.post("/service/@id/label", {"label": "وب & x"}, id=5)
    stub.otherwise = says({"notifications": []})
    connection.get_list("/notifications", "notifications", query={"rel_type": "a b&c", "rel_id": None})
    assert stub.seen[0].json == {"label": "وب & x"}
    assert stub.seen[0].headers["Content-Type"] == "application/json"
    assert stub.seen[1].path == "/api/notifications?rel_type=a+b%26c"


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": float("nan")},
        {"timeout": float("inf")},
        {"retries": -1},
        {"ca_path": "/does/not/exist"},
    ],
)
def test_odd_options_are_refused(stub, options):
    with pytest.raises(InvalidInput, match=next(iter(options))):
        connect(stub, **options)


# -- through what ----------------------------------------------------------------------------------------------------


def test_proxy_of_the_environment(stub, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"http://proxyuser:geheim@127.0.0.1:{stub.port}")
    stub.otherwise = says({}, 407)
    error = failure(connect("https://portal.invalid/api", retries=0))
    assert stub.calls == ["CONNECT portal.invalid:443"]
    assert "proxy" in str(error).lower() or "tunnel" in str(error).lower()
    assert "geheim" not in everything(error)


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize(
    "proxy", ["http://", "http://proxy:port", "proxy:3128:1", "ftp://proxy:3128", "http://:3128", "http://[::1", "://x"]
)
def test_a_proxy_that_is_not_an_address(monkeypatch, variable, proxy):
    monkeypatch.setenv(variable, proxy.replace("//", "//me:geheim@") if "//proxy" in proxy else proxy)
    with pytest.raises(InvalidInput, match=f"^{variable} of the environment must be an address") as refused:
        connect("https://portal.invalid/api", retries=0).get("/service")
    assert "geheim" not in str(refused.value)


def test_a_socks_proxy_needs_a_library(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "socks5h://127.0.0.1:1080")
    monkeypatch.setattr(http_options.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InvalidInput, match=r"HTTPS_PROXY of the environment is a SOCKS proxy, .* PySocks"):
        connect("https://portal.invalid/api", retries=0).get("/service")


def test_a_proxy_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "127.0.0.1:9")
    error = failure(connect("https://portal.invalid/api", retries=0))
    assert "no connection through the proxy of the environment" in str(error)


def test_plain_http_goes_through_a_proxy_on_this_machine_only(stub, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{stub.port}")
    connect("http://127.0.0.1:9/api").get("/service")
    assert stub.calls == ["GET http://127.0.0.1:9/api/service"]
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")
    connect(stub, username="another").get("/service")  # else the credentials would cross the network in clear
    assert stub.calls[1:] == ["GET /api/service"]


def test_connections_through_a_proxy_can_be_cut_too():
    adapter = Adapter()
    own = adapter.poolmanager.pool_classes_by_scheme
    assert adapter.proxy_manager_for("http://127.0.0.1:9").pool_classes_by_scheme is own


@pytest.mark.parametrize("name", ["no_proxy", "NO_PROXY"])
def test_no_proxy(stub, monkeypatch, name):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv(name, "127.0.0.1")
    connect(stub).get("/service")
    assert stub.calls == ["GET /api/service"]


# -- no connection ---------------------------------------------------------------------------------------------------


def test_a_port_without_tls_is_told(stub):
    error = failure(connect(stub.url.replace("http:", "https:"), retries=0))
    assert "no TLS is spoken at this port; check api_url" in str(error)


def test_no_connection_is_told_without_the_words_of_a_library():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    error = failure(connect(f"https://127.0.0.1:{port}/api", retries=0))
    assert "no connection (" in str(error) and "Connection refused" in str(error)
    assert "host=" not in str(error) and "_Http" not in str(error)


# -- authorities -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A server's TLS context and the path of the authority to trust."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal stub")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context, str(folder / "cert.pem")


@pytest.mark.parametrize(
    ("variable", "options", "trusted"),
    [
        (None, {}, False),
        (None, {"ca_path": "GOOD"}, True),
        (None, {"validate_certs": False}, True),
        (None, {"validate_certs": False, "ca_path": "OTHER"}, True),
        ("GOOD", {}, True),
        ("GOOD", {"ca_path": "OTHER"}, False),
        ("OTHER", {"ca_path": "GOOD"}, True),
        ("OTHER", {}, False),
        ("OTHER", {"validate_certs": False}, True),
        ("MISSING", {"ca_path": "GOOD"}, True),
        ("MISSING", {"validate_certs": False}, True),
    ],
)
def test_what_the_user_sets_wins_over_the_environment(authority, monkeypatch, variable, options, trusted):
    import certifi

    context, good = authority
    paths = {"GOOD": good, "OTHER": certifi.where(), "MISSING": "/does/not/exist.pem"}
    if variable:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", paths[variable])
    options = {key: paths.get(value, value) for key, value in options.items()}
    with PortalStub(tls=context) as stub:
        connection = connect(stub, retries=2, **options)
        if trusted:
            with warnings.catch_warnings():
                warnings.simplefilter("error", InsecureRequestWarning)
                assert connection.get("/service") == {"status": True}
        else:
            error = failure(connection, "POST")
            assert "certificate is not trusted; set ca_path" in str(error)
            assert not error.outcome_unknown and not error.repeatable
            assert not stub.seen


def test_ssl_cert_file_counts_where_nothing_else_is_set(authority, monkeypatch):
    import certifi

    context, good = authority
    monkeypatch.setenv("SSL_CERT_FILE", good)
    with PortalStub(tls=context) as stub:
        assert connect(stub).get("/service") == {"status": True}
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", certifi.where())
        assert "not trusted" in str(failure(connect(stub, retries=0), "GET"))


def test_a_bundle_of_the_environment_that_is_missing_or_broken(monkeypatch, tmp_path):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/does/not/exist.pem")
    with pytest.raises(InvalidInput, match=r"REQUESTS_CA_BUNDLE.*/does/not/exist\.pem"):
        connect("https://127.0.0.1:9/api")
    broken = tmp_path / "broken.pem"
    for content in (
        b"no certificate",
        b"",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        b"\x30\x82\xff",
    ):
        broken.write_bytes(content)
        with pytest.raises(InvalidInput, match=r"^ca_path: .*broken\.pem holds no certificates in PEM format"):
            connect("https://127.0.0.1:9/api", ca_path=str(broken))
    with pytest.raises(InvalidInput, match=r"^ca_path: .* holds no certificates named by their hashes"):
        connect("https://127.0.0.1:9/api", ca_path=str(tmp_path))
    (tmp_path / "0a1b2c3d.0").write_text("")
    connect("https://127.0.0.1:9/api", ca_path=str(tmp_path))


# -- what is sent again ----------------------------------------------------------------------------------------------

BEFORE = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)

#: failure: (what the portal does, how often a GET is seen, how often a write is seen, whether a write is uncertain)
TROUBLE = {
    "drops after reading": (drops(), 3, 1, True),
    "breaks off": (breaks_off(), 3, 1, True),
    "429": (says({"error": ["slow down"]}, 429), 3, 1, False),
    "429 Retry-After": (says({}, 429, Retry_After="2"), 3, 3, False),
    "429 Retry-After: 0": (says({}, 429, Retry_After="0"), 3, 3, False),
    "429 Retry-After of long ago": (says({}, 429, Retry_After=email.utils.format_datetime(BEFORE, True)), 3, 3, False),
    "429 unreadable Retry-After": (says({}, 429, Retry_After="soon"), 3, 1, False),
    "429 odd digits": (says({}, 429, Retry_After="\u00b2"), 3, 1, False),
    "503": (says({"error": "x"}, 503), 3, 1, True),
    "503 Retry-After": (says({"error": "x"}, 503, Retry_After="1"), 3, 1, True),
    "503 HTML": (page("Maintenance", 503), 3, 1, True),
    "503 HTML Retry-After": (page("Maintenance", 503, Retry_After="1"), 3, 1, True),
    "503 empty": (sends(b"", 503), 3, 1, True),
    "502": (page("Bad Gateway", 502), 3, 1, True),
    "502 Retry-After": (page("Bad Gateway", 502, Retry_After="1"), 3, 1, True),
    "504": (says({}, 504), 3, 1, True),
    "504 Retry-After": (says({}, 504, Retry_After="1"), 3, 1, True),
    "500": (says({"error": ["boom"]}, 500), 1, 1, True),
    "500 HTML": (page("Oops", 500), 1, 1, True),
    "500 rate limit in words": (says({"error": ["Rate limit exceeded"]}, 500), 3, 1, True),
    "501": (says({}, 501), 1, 1, True),
    "400": (says({"error": ["bad"]}, 400), 1, 1, False),
    "400 HTML": (page("Bad", 400), 1, 1, False),
    "401": (says({"error": ["token_expired"]}, 401), 1, 1, False),
    "403 HTML": (page("Just a moment...", 403), 1, 1, False),
    "404": (says({"error": ["vm not found"]}, 404), 1, 1, False),
    "200 HTML": (page("Just a moment..."), 1, 1, True),
    "200 empty": (sends(b""), 1, 1, True),
    "200 broken JSON": (sends('{"vms": '), 1, 1, True),
    "200 error": (says({"error": ["invalid_template"]}), 1, 1, False),
    "200 rate limit in words": (says({"error": ["Too many requests"]}), 3, 1, False),
    "200 rate limit and Retry-After": (says({"error": ["Too many requests"]}, Retry_After="1"), 3, 1, False),
    "broken redirect": (sends(b"", 302, Location="http://[::1"), 1, 1, True),
    "deep JSON": (sends("[" * 100000 + "]" * 100000), 1, 1, True),
    "half a character": (sends('{"status": true, "info": ["\\ud800"]}'), 1, 1, True),
    "NUL": (sends('{"status": true, "\\u0000": 1}'), 1, 1, True),
    "no number": (sends('{"status": true, "total": NaN}'), 1, 1, True),
    "too large a number": (sends('{"status": true, "total": 1e999}'), 1, 1, True),
    "too long a number": (sends('{"id": ' + "1" * 5000 + "}"), 1, 1, True),
    "redirect": (sends(b"", 302, Location="https://elsewhere.example.com/"), 1, 1, True),
}


@pytest.mark.parametrize("method", ["GET", *WRITES])
@pytest.mark.parametrize("trouble", TROUBLE)
def test_only_what_is_safe_is_sent_again(stub, clock, method, trouble):
    stub.otherwise, gets, writes, uncertain = TROUBLE[trouble]
    connection = connect(stub, clock=clock, retries=2)
    error = failure(connection, method)
    assert len(stub.seen) == (gets if method == "GET" else writes)
    assert error.outcome_unknown is (uncertain and method != "GET")
    assert ("may still have taken effect" in str(error)) is error.outcome_unknown
    assert (error.request.method, error.details()["path"]) == (method, "/service/301/vms")
    assert not connection.changed


@pytest.mark.parametrize("method", ["GET", *WRITES])
def test_a_connection_that_is_reset_before_it_was_read(stub, clock, method):
    stub.will(*[refuses_unread] * 9)
    error = failure(connect(stub, clock=clock, retries=2), method, TransportError)
    assert stub.unread == (3 if method == "GET" else 1)  # from here nobody can tell that it was not read
    assert error.outcome_unknown is (method != "GET")


@pytest.mark.parametrize("method", ["GET", *WRITES])
def test_a_refused_connection_is_always_tried_again(clock, method):
    error = failure(connect("http://127.0.0.1:9/api", clock=clock, retries=2), method, TransportError)
    assert len(clock.slept) == 2
    assert not error.outcome_unknown
    assert "Connection refused" in str(error)


@pytest.mark.parametrize("method", ["GET", *WRITES])
def test_a_name_that_is_unknown_is_always_tried_again(clock, monkeypatch, method):
    def getaddrinfo(*args, **options):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    error = failure(connect("https://portal.invalid/api", clock=clock, retries=2), method, TransportError)
    assert len(clock.slept) == 2
    assert not error.outcome_unknown
    assert "Temporary failure in name resolution" in str(error)


@pytest.mark.parametrize("method", ["GET", *WRITES])
def test_no_answer_in_time(stub, clock, method):
    stub.otherwise = hangs()
    error = failure(connect(stub, clock=clock, retries=1, timeout=0.9), method, TransportError)
    assert len(stub.seen) > 1 if method == "GET" else len(stub.seen) == 1
    assert error.outcome_unknown is (method != "GET")
    assert re.search(r"no answer within 0\.\d+ seconds", str(error))


@pytest.mark.parametrize("method", WRITES)
def test_a_proxy_that_breaks_off_after_the_request_was_sent(stub, clock, monkeypatch, method):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{stub.port}")
    stub.otherwise = drops()
    error = failure(connect("http://127.0.0.1:9/api", clock=clock, retries=2), method, TransportError)
    assert len(stub.seen) == 1
    assert error.outcome_unknown


def test_urllib3_1_calls_every_trouble_with_a_proxy_a_proxy_error(stub, clock, monkeypatch):
    requests, urllib3 = pytest.importorskip("requests"), pytest.importorskip("urllib3")
    calls = []

    def request(self, *args, **options):
        calls.append(args)
        inner = urllib3.exceptions.ProxyError("Cannot connect to proxy.", ConnectionResetError(104, "reset"))
        raise requests.exceptions.ProxyError(urllib3.exceptions.MaxRetryError(None, "/x", inner))

    monkeypatch.setattr(requests.Session, "request", request)
    error = failure(connect(stub, clock=clock, retries=2), "POST", TransportError)
    assert len(calls) == 1 and error.outcome_unknown


@pytest.mark.parametrize("method", ["GET", *WRITES])
def test_after_a_passing_trouble_it_goes_on(stub, clock, method):
    stub.will(says({}, 429, Retry_After="3"), says({}, 429, Retry_After="4"), says({"status": True, "n": 1}))
    connection = connect(stub, clock=clock)
    assert call(connection, method) == {"status": True, "n": 1}
    assert clock.slept == [3, 4]
    assert connection.changed is (method != "GET")


def test_retry_after_as_a_date(stub, clock):
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=20)
    stub.will(says({}, 429, Retry_After=email.utils.format_datetime(then, usegmt=True)))
    connect(stub, clock=clock).get("/service")
    assert 17 < clock.slept[0] <= 20


def test_a_retry_after_beyond_the_bound_is_told_and_not_waited_for(stub, clock):
    stub.otherwise = says({}, 429, Retry_After="3600")
    error = failure(connect(stub, clock=clock, timeout=10, retries=4), "GET", RateLimited)
    assert clock.slept == [] and len(stub.seen) == 1
    assert "3600 seconds" in str(error)
    assert error.retry_after == 3600


class Unthrottled(Throttle):
    def turn(self):
        return 0


def test_pauses_grow_and_differ(stub, clock):
    stub.otherwise = says({}, 502)
    for _each in range(3):
        failure(connect(stub, clock=clock, retries=6, timeout=100, throttle=Unthrottled(clock)))
    runs = [clock.slept[:6], clock.slept[6:12], clock.slept[12:]]
    assert len(set(map(tuple, runs))) == 3
    assert all(pause <= 8 for run in runs for pause in run)
    assert all(run[0] <= 0.5 and run[5] >= 4 for run in runs), runs


@pytest.mark.parametrize("pause", [2, 30])
def test_a_refusal_takes_nothing_of_the_time_of_the_next_request(stub, clock, pause):
    """One service that is refused made the healthy ones fail: their time ran out while they waited for their turn."""
    client = connect(stub, clock=clock, timeout=0.5, retries=0)
    stub.will(says({}, 429, Retry_After=str(pause)))
    failure(client, "GET", RateLimited)
    for _service in range(20):
        assert client.get("/service")["status"] is True
    assert pause - 1 < clock.slept[0] <= pause


class Queued(Throttle):
    def turn(self):
        return 3


def test_a_turn_that_comes_late_is_waited_for_but_not_beyond_the_deadline(stub, clock):
    client = connect(stub, clock=clock, timeout=0.5, retries=0, throttle=Queued(clock))
    client.get("/service")
    assert clock.slept == [3]
    with client.until(clock.monotonic() + 1), pytest.raises(TransportError, match="before it could be sent"):
        client.get("/service")
    assert sum(clock.slept) <= 4 and len(stub.seen) == 1


def test_a_long_pause_is_that_of_the_refused_request_alone(stub, clock):
    client = connect(stub, clock=clock)
    stub.will(says({}, 429, Retry_After="3600"))
    failure(client, "GET", RateLimited)
    client.get("/service")
    assert 59 < sum(clock.slept) <= 60


def test_no_retries(stub, clock):
    stub.otherwise = says({}, 502)
    failure(connect(stub, clock=clock, retries=0))
    assert len(stub.seen) == 1


# -- how long --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [hangs(), drips(), drips(head=True)], ids=["hangs", "drips", "drips headers"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_lasts_no_longer_than_its_timeout(stub, trouble, method):
    stub.otherwise = trouble
    begun = time.monotonic()
    error = failure(connect(stub, timeout=0.2, retries=0), method, TransportError)
    assert time.monotonic() - begun < 1
    assert error.outcome_unknown is (method == "POST")


def test_what_drips_is_given_up_in_time_to_be_sent_again(stub):
    stub.will(drips())
    begun = time.monotonic()
    assert connect(stub, timeout=0.3, retries=5).get("/service") == {"status": True}
    assert time.monotonic() - begun < 1.5


def test_a_file_may_take_longer_than_an_answer(stub):
    def in_parts(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\n")
        for part in b"attached":
            handler.wfile.write(bytes([part]))
            handler.wfile.flush()
            handler.server.over.wait(0.1)

    stub.otherwise = in_parts
    file = connect(stub, timeout=0.4, retries=2).download("/ticket/attachment/@file", file=1, max_bytes=100)
    assert file == b"attached"


def test_a_name_server_that_does_not_answer(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: over.wait(5) and [])
    begun = time.monotonic()
    failure(connect("https://portal.invalid/api", timeout=0.2, retries=0), "GET", TransportError)
    assert time.monotonic() - begun < 1
    over.set()


def test_a_call_lasts_no_longer_than_all_its_attempts(stub):
    stub.otherwise = hangs()
    begun = time.monotonic()
    failure(connect(stub, timeout=0.1, retries=1))
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("trouble", [hangs(), drips(), says({}, 503)], ids=["hangs", "drips", "503"])
def test_no_request_outlasts_the_deadline(stub, trouble):
    stub.otherwise = trouble
    connection = connect(stub)
    begun = time.monotonic()
    with connection.until(begun + 0.3):
        failure(connection, "GET")
        failure(connection, "GET")
    assert time.monotonic() - begun < 1
    stub.otherwise = says({"after": 1})
    assert connect(stub).get("/service") == {"after": 1}


def test_the_nearer_deadline_counts(stub, clock):
    connection = connect(stub, clock=clock)
    with connection.until(clock.monotonic() + 100):
        with connection.until(clock.monotonic() - 1):
            error = failure(connection, "POST", TransportError)
        with connection.until(clock.monotonic() + 1000):
            connection.get("/service")
            clock.ahead += 101
            failure(connection, "GET", TransportError)
    assert len(stub.seen) == 1
    assert not error.outcome_unknown and "before it could be sent" in str(error)


def test_the_deadline_holds_in_threads(stub):
    stub.otherwise = hangs()
    connection = connect(stub)
    begun = time.monotonic()
    with connection.until(begun + 0.3), pytest.raises(TransportError):
        map_concurrently(range(4), lambda each: connection.get("/service/@id", id=each), workers=4)
    assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("promise", [{}, {"Content_Length": str(1 << 40)}])
def test_an_answer_may_not_be_larger_than_the_limit(stub, method, promise):
    stub.otherwise = endless(**promise)
    error = failure(connect(stub, max_bytes=1 << 20, retries=2), method, TransportError)
    assert "larger than 1 MB" in str(error)
    assert error.outcome_unknown is (method == "POST") and len(stub.seen) == 1
    with pytest.raises(TransportError, match="larger than 2 MB"):
        connect(stub, retries=0).download("/ticket/attachment/@file", file=1, max_bytes=2 << 20)


def test_what_is_promised_to_be_too_large_is_not_read(stub):
    stub.otherwise = sends(b"{}", 200)
    stub.will(breaks_off())
    with pytest.raises(TransportError, match="larger than 50 bytes"):
        connect(stub, max_bytes=50, retries=0).get("/service")


@pytest.mark.parametrize("trouble", [hangs(), drips(), drips(head=True)], ids=["hangs", "drips", "drips headers"])
def test_no_thread_goes_on_reading_what_nobody_waits_for(stub, trouble):
    stub.otherwise = trouble
    before = {thread for thread in threading.enumerate() if thread.name.startswith(HELPER)}
    with ThreadPoolExecutor(1) as pool, pytest.raises(TransportError):
        pool.submit(connect(stub, timeout=0.2, retries=0).get, "/service").result()
    assert ends(lambda: helpers() <= before)


@pytest.mark.parametrize("trouble", [hangs(), drips()], ids=["hangs", "drips"])
def test_stop_lets_everyone_go(stub, trouble):
    stub.otherwise = trouble
    client, before = connect(stub, timeout=20), helpers()
    threading.Timer(0.1, client.stop).start()
    begun = time.monotonic()
    with pytest.raises(TransportError):
        map_concurrently(range(4), lambda each: client.get("/service/@id", id=each), workers=4)
    assert time.monotonic() - begun < 2
    assert ends(lambda: helpers() <= before)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_sent_after_stop_nor_thought_to_be(stub, method):
    client = connect(stub)
    client.stop()
    error = failure(client, method, TransportError)
    assert not error.outcome_unknown and not stub.seen


def test_stop_ends_a_pause():
    client = connect("http://127.0.0.1:9/api")
    threading.Timer(0.1, client.stop).start()
    begun = time.monotonic()
    client.pause(20)
    assert time.monotonic() - begun < 2


def test_ctrl_c_ends_what_waits_for_a_hanging_portal(stub):
    stub.otherwise = hangs()
    client = connect(stub, timeout=20)

    def call(number):
        if number == 3:
            raise KeyboardInterrupt
        map_concurrently(range(2), lambda each: client.get("/service/@id", id=each), workers=2)

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        map_concurrently(range(4), call, workers=4)
    assert time.monotonic() - begun < 2


def helpers():
    return {thread for thread in threading.enumerate() if thread.name.startswith(HELPER)}


def ends(is_so):
    for _each in range(1000):
        if is_so():
            return True
        time.sleep(0.02)
    return False


# -- what an answer means --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", *WRITES])
@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ({"error": ["wronglogin"]}, ["wronglogin"]),
        ({"error": "invalid_template"}, ["invalid_template"]),
        ({"status": True, "error": ["boom"]}, ["boom"]),
        ({"vms": {}, "error": ["boom", "bang"]}, ["boom", "bang"]),
        ({"error": {"0": "boom"}}, ["boom"]),
        ({"error": [{"code": "boom", "message": "It went boom"}]}, ["boom"]),
        ({"error": [{"message": "It went boom"}]}, ["It went boom"]),
        ({"error": {"message": "It went boom"}}, ["It went boom"]),
        ({"error": [["boom"], "bang"]}, ["boom", "bang"]),
        ({"error": [{"field": "label", "why": "long"}]}, ["label", "long"]),
        ({"error": True}, ["error"]),
        ({"error": 17}, ["17"]),
        ({"error": ["", "boom"]}, ["boom"]),
        ({"error": ["سرویس فعال نیست"]}, ["سرویس فعال نیست"]),
    ],
)
def test_error_beside_http_200(stub, method, answer, codes):
    stub.otherwise = says(answer)
    connection = connect(stub)
    error = failure(connection, method)
    assert error.errors == codes
    assert error.status_code == 200
    assert all(code in str(error) for code in codes)
    assert len(stub.seen) == 1 and not connection.changed


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("empty", [None, [], {}, "", False, [""], [None]])
def test_an_empty_error_is_none(stub, method, empty):
    stub.otherwise = says({"error": empty, "status": True, "vms": []})
    assert call(connect(stub), method)["vms"] == []


def test_false_is_a_server_that_is_off_where_the_status_is_asked_for(stub):
    stub.otherwise = says({"status": False})
    connection = connect(stub)
    assert connection.get("/service/@id/status", own_status=True, id=5) == {"status": False}
    for method in ("GET", *WRITES):
        assert failure(connection, method, ApiError).errors == ["status: false"]
    assert not connection.changed


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("answer", [[], None, False, {}, "Service not found", "OK", 0, {"message": "Queued"}], ids=repr)
def test_what_says_neither_yes_nor_no_is_uncertain(stub, method, answer):
    stub.otherwise = says(answer)
    connection = connect(stub)
    error = failure(connection, method, UnclearResponse)
    assert error.outcome_unknown and "may still have taken effect" in str(error)
    assert len(stub.seen) == 1 and not connection.changed
    assert connection.get("/service") == answer


def test_an_unclear_answer_is_told_without_credentials(stub):
    stub.otherwise = says(f"your token is {SECRETS[1]}")
    error = failure(connect(stub, token=SECRETS[1]), "POST", UnclearResponse)
    assert "your token is ****" in str(error) and "geheim" not in everything(error)


def test_whatever_the_transport_trips_over_may_have_been_sent(stub, monkeypatch):
    def send(self, *args, **options):
        raise AttributeError("nobody thought of this")

    monkeypatch.setattr(requests.Session, "send", send)
    error = failure(connect(stub), "POST", TransportError)
    assert error.outcome_unknown and "nobody thought of this" in str(error)


@pytest.mark.parametrize(
    ("codes", "kind", "words"),
    [
        (["wronglogin"], AuthenticationFailed, "password"),
        (["unauthorized"], AuthenticationFailed, "token is not valid"),
        (["token_expired"], AuthenticationFailed, "token has expired"),
        (["access_blocked"], AuthenticationFailed, "API access is blocked"),
        (["VM not found"], NotFound, "VM not found"),
        (["vm_not_found"], NotFound, "vm_not_found"),
        (["resourcelimitreached"], ApiError, "do not suffice"),
        (["corporate limits apply"], ApiError, "corporate"),
    ],
)
def test_kinds_of_errors(stub, codes, kind, words):
    stub.otherwise = says({"error": codes})
    error = failure(connect(stub, retries=0))
    assert error.__class__ is kind
    assert words in str(error)
    if kind is AuthenticationFailed:
        assert "SINDAD_USERNAME" in str(error)


@pytest.mark.parametrize(
    ("status", "kind"), [(401, AuthenticationFailed), (403, AuthenticationFailed), (404, NotFound)]
)
def test_statuses_without_a_word(stub, status, kind):
    stub.otherwise = says({}, status)
    error = failure(connect(stub))
    assert error.__class__ is kind and error.status_code == status and f"HTTP {status}" in str(error)


def test_accepted_errors_are_handed_back(stub):
    stub.otherwise = says({"error": ["cancelled_already"], "info": ["x"]})
    connection = connect(stub)
    assert call(connection, "POST", accept=["cancelled_already"])["info"] == ["x"]
    assert not connection.changed  # the portal did nothing
    with pytest.raises(ApiError):
        call(connection, "POST", accept=["other"])
    stub.otherwise = says({"error": ["cancelled_already", "boom"]})
    with pytest.raises(ApiError):
        call(connection, "POST", accept=["cancelled_already"])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(stub, status):
    target = "https://user:geheim@other.example.com/login?token=geheim#geheim"
    stub.otherwise = sends(b"", status, Location=target)
    error = failure(connect(stub), "GET", DecodingError)
    assert "https://other.example.com/login" in str(error) and "api_url" in str(error)
    assert "geheim" not in everything(error)
    assert len(stub.seen) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (page("Just a moment..."), '"Just a moment..."'),
        (page("سایت در دست&nbsp;تعمیر"), "سایت در دست تعمیر"),
        (page("x" * 500), "x" * 80),
        (sends("Not Found", 200), '"Not Found"'),
        (sends("<h1>It works!</h1>"), '"It works!"'),
        (sends(b"\xff\xfe\x00"), "not with JSON"),
        (sends("<title" * 120000), "not with JSON"),
        (sends("<" * 700000), "not with JSON"),
        (sends("<TITLE lang=fa>\n Oops </Title>"), '"Oops"'),
        (sends(b""), "answered nothing"),
        (sends(b"  \n"), "answered nothing"),
        (page("Maintenance", 503), '"Maintenance"'),
    ],
)
def test_what_is_not_json(stub, clock, answer, words):
    stub.otherwise = answer
    error = failure(connect(stub, clock=clock, retries=0))
    assert words in str(error)
    assert f"HTTP {error.status_code}" in str(error)
    assert f"{stub.url}/service/301/vms" in str(error)
    assert "x" * 81 not in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("answer", "payload"),
    [
        (sends('\ufeff{"vms": []}'), {"vms": []}),
        (sends('\r\n {"vms": []} \n'), {"vms": []}),
        (sends('{"label": "وب‌سرور"}', Content_Type="text/html"), {"label": "وب‌سرور"}),
        (sends(r'{"label": "\u0648\u0628"}'), {"label": "وب"}),
        (sends(b"", 204), {}),
        (sends("[]"), []),
        (sends("null"), None),
    ],
)
def test_what_is_json(stub, answer, payload):
    stub.otherwise = answer
    assert connect(stub).get("/service") == payload


def test_what_is_neither_yes_nor_no_is_shown_as_it_stands(stub):
    stub.otherwise = says({"status": "شاید"})
    error = failure(connect(stub), "POST", UnclearResponse)
    assert 'neither confirms nor rejects the request: {"status": "شاید"}' in str(error)


# -- check mode ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", WRITES)
def test_check_mode_holds_back_what_changes(stub, method):
    connection = connect(stub, read_only=True)
    with pytest.raises(WouldChange) as caught:
        call(connection, method)
    assert caught.value.request.path == "/service/301/vms"
    assert connection.get("/service") == {"status": True}
    assert connection.post("/service/@id/upgrade", {"send": False}, reads=True, id=5) == {"status": True}
    assert stub.calls == ["GET /api/service", "POST /api/service/5/upgrade"]
    assert not connection.changed


# -- files -----------------------------------------------------------------------------------------------------------


def test_a_file_is_handed_over_byte_by_byte(stub, clock):
    content = b"\xef\xbb\xbf\x00\xff{}\r\n"
    stub.will(says({}, 502), breaks_off(), sends(content, Content_Disposition="attachment"))
    assert connect(stub, clock=clock).download("/ticket/attachment/@file", file=1) == content


@pytest.mark.parametrize(
    "answer", [says({"error": ["boom"]}), sends('{"error": ["boom"]}'), says({"error": ["boom"]}, 404)]
)
def test_an_error_is_no_file(stub, answer):
    stub.otherwise = answer
    with pytest.raises(PortalError, match="boom"):
        connect(stub).download("/ticket/attachment/@file", file=1)


def test_a_file_that_looks_like_an_error_is_a_file(stub):
    content = b'{"error": ["in the log of my server"]}'
    stub.otherwise = sends(content, Content_Type="application/json", Content_Disposition='attachment; filename="x"')
    assert connect(stub).download("/ticket/attachment/@file", file=1) == content


# -- credentials stay here -------------------------------------------------------------------------------------------

SECRETS = ("geheim wort/+&\"'<é>", "tok.en-geheim")


def everything(error):
    """All that anyone could print of an exception."""
    texts = ["".join(traceback.format_exception(type(error), error, error.__traceback__)), str(error.details())]
    while error is not None:
        texts += [str(error), repr(error), repr(error.args), repr(vars(error))]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(texts)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "trouble",
    [
        echoes(),
        echoes(500),
        echoes(503),
        drops(),
        says({"error": [f"{SECRETS[0]} {SECRETS[1]}"]}),
        says({"error": [{"field": f"{SECRETS[0]} {SECRETS[1]}"}]}),
        page(f"{'x' * 70} {SECRETS[0]} {SECRETS[1]}"),
        page(SECRETS[1], 502),
        sends(b"", 302, Location=f"https://{SECRETS[1]}.example.com/{SECRETS[1]}"),
        sends(b"", 302, Location="/?next=geheim+wort%2F%2B%26"),
    ],
)
@pytest.mark.parametrize("way", ["basic", "token"])
def test_no_message_holds_credentials(stub, clock, method, trouble, way):
    stub.otherwise = trouble
    options = {"password": SECRETS[0]} if way == "basic" else {"token": SECRETS[1]}
    text = everything(failure(connect(stub, clock=clock, retries=0, **options), method))
    hidden = "geheim" if trouble.__qualname__.startswith(("echoes", "drops")) else options.popitem()[1]
    assert hidden not in text
    assert "dXNlckBleGFtcGxlLmNvbTpn" not in text  # user@example.com:g... as base64


def test_what_a_file_says_holds_no_credentials(stub):
    stub.otherwise = echoes(500)
    connection = connect(stub, token=SECRETS[1])
    with pytest.raises(PortalError) as caught:
        connection.download("/ticket/attachment/@file", file=1)
    assert "geheim" not in everything(caught.value)


@pytest.mark.parametrize("url", ["https://a..b/api", f"https://{'a' * 70}.com/api", "https://portal.invalid:1/api"])
def test_no_failure_is_a_traceback(url, clock):
    with pytest.raises(SindadError) as caught:
        connect(url, clock=clock, retries=0).get("/service")
    assert "api" in str(caught.value)


SENT = {"root_password": "wurzel/passwort<&>", "hostname": "server1"}


@pytest.mark.parametrize("spelt", [str, html.escape, quote, lambda text: base64.b64encode(f"root:{text}".encode())])
def test_what_was_sent_as_a_secret_is_in_no_message(stub, spelt):
    secret = SENT["root_password"]
    spelling = spelt(secret)
    stub.otherwise = says({"error": [f"bad: {spelling if isinstance(spelling, str) else spelling.decode()}"]})
    client, told = connect(stub), []
    client.on_exchange = told.append
    with client.one_change(), pytest.raises(ApiError, match="bad: ") as caught:
        client.post("/service/@id/reinstall", SENT, id=5)
    assert "wurzel" not in everything(caught.value) and "d3Vyem" not in str(caught.value)


def test_what_came_as_a_secret_is_in_no_later_message(stub):
    stub.will(says({"vms": [{"id": 1, "password": "geheim-1", "vnc": "on"}]}))
    stub.otherwise = says({"error": ["geheim-1 is on"]})
    client = connect(stub)
    client.get("/service/@id/vms", id=5)
    assert "******** is on" in str(failure(client))


# -- sessions --------------------------------------------------------------------------------------------------------


def test_one_connection_for_many_requests(stub):
    connection, same = connect(stub), connect(stub)
    for each in (connection, same, connection):
        each.get("/service")
        with each.one_change():
            each.post("/service/@id/label", {}, id=5)
    assert len({each.connection for each in stub.seen}) == 1


def test_credentials_do_not_share_a_session(stub):
    for options in ({}, {"username": "other"}, {"password": "other"}, {"token": "x"}, {"token": "y"}):
        connect(stub, **options).get("/service")
    connect(stub).get("/service", login=False)
    assert len({each.connection for each in stub.seen}) == 6
    assert [each.headers["Authorization"] for each in stub.seen].count(None) == 1


def test_a_connection_that_the_portal_closed_is_opened_again(stub):
    stub.will(says({"n": 1}, Connection="close"))
    connection = connect(stub, retries=0)
    assert connection.get("/service") == {"n": 1}
    time.sleep(0.02)
    with connection.one_change():
        assert connection.post("/service/@id/label", {}, id=5) == {"status": True}


def test_cookies_are_not_kept(stub):
    stub.will(says({}, Set_Cookie="PHPSESSID=abc; Path=/"))
    connection = connect(stub)
    connection.get("/service")
    connection.get("/service")
    assert "Cookie" not in stub.seen[1].headers


def test_many_threads_share_a_connection(stub):
    connection = connect(stub)
    answers = map_concurrently(range(40), lambda each: connection.get("/service/@id", id=each), workers=8)
    assert len(answers) == len(stub.seen) == 40
    assert len({each.connection for each in stub.seen}) <= 8


# -- requests --------------------------------------------------------------------------------------------------------


def test_a_module_without_requests_says_so(tmp_path):
    """The usual message for a missing library, from a module as it is run on a target."""
    (tmp_path / "requests.py").write_text("raise ImportError('No module named requests')")
    script = textwrap.dedent(
        """
        import json
        from ansible.module_utils import basic
        options = {"service": "1", "label": "x", "token": "geheim"}
        basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": options}).encode()
        basic._ANSIBLE_PROFILE = "legacy"
        from ansible_collections.sindad.cloud.plugins.modules import service_label
        service_label.main()
        """
    )
    path = [str(tmp_path), *(each for each in sys.path if each)]
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{script}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "Failed to import the required Python library (requests)" in run.stdout
    assert "geheim" not in run.stdout and "Traceback (most recent" not in run.stderr


def test_without_requests_it_raises_the_import_error(stub, monkeypatch):
    monkeypatch.setattr(_connection, "REQUESTS_ERROR", ImportError("No module named 'requests'"))
    with pytest.raises(ImportError):
        connect(stub).get("/service")


# -- changes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_a_change_that_no_transition_sends_is_refused(stub, verb):
    with pytest.raises(UnannouncedChange):
        getattr(connect(stub), verb)("/service/@id/label", id=5)
    assert not stub.seen


def test_one_change_is_one(stub):
    client = connect(stub)
    with client.one_change():
        client.post("/service/@id/label", id=5)
        with pytest.raises(UnannouncedChange):
            client.post("/service/@id/label", id=5)
    assert len(stub.seen) == 1


def test_every_attempt_is_told_without_credentials_and_values(stub):
    stub.will(says({}, 502), says({"services": [{"id": "1", "password": "geheim", "192.0.2.1": 1}]}))
    client, told = connect(stub), []
    client.on_exchange, client.with_shapes = told.append, True
    client.get("/service/@id", id="pa:ss")
    assert [each.outcome for each in told] == ["HTTP 502", "HTTP 200"]
    assert "pa%3Ass" not in str(told[1]) and "geheim" not in str(told[1]) and "192.0.2.1" not in str(told[1])
    assert "services: [{id: str, password: str, <key>: int}]" in str(told[1])


def test_a_fork_opens_a_connection_of_its_own(stub):
    """Two processes on one connection would read each other's answers."""
    connect(stub).get("/service")
    child = os.fork()
    if child == 0:
        try:
            connect(stub).get("/service")
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert len({each.connection for each in stub.seen}) == 2


def test_a_change_that_was_sent_is_not_abandoned_by_the_stop_of_another_thread(stub):
    client, received, release = connect(stub, retries=0), threading.Event(), threading.Event()

    def slowly(handler):
        received.set()
        assert release.wait(10)
        says({"status": True})(handler)

    stub.will(slowly)
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(call, client, "POST")
        assert received.wait(10)
        client.stop()
        assert not wait([future], 0.5).done  # longer than it takes a thread to see that it is stopped
        release.set()
        assert future.result() == {"status": True}
    assert len(stub.calls) == 1
