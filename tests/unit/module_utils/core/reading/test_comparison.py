# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What portals write beside what is wanted: same, another, or unknown, on which nothing is erased or bought."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.comparison import (
    Comparison,
    compare_department,
    compare_hostname,
    compare_label,
    compare_text,
    is_cut_or_prefixed,
)

SAME, ANOTHER, UNKNOWN = Comparison


def test_unknown_cannot_be_taken_for_no():
    with pytest.raises(TypeError, match="compare it with"):
        bool(UNKNOWN)


# -- host names, domains, addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("web1.example.com", SAME),
        ("WEB1.Example.COM.", SAME),
        (" web1.example.com ", SAME),
        ("db1.example.com", ANOTHER),
        ("web1.example.org", ANOTHER),
        ("web10.example.com", ANOTHER),
        ("server1.provider.net", ANOTHER),
        (None, UNKNOWN),
        ("", UNKNOWN),
        ("-", UNKNOWN),
        ("web1", UNKNOWN),
        ("server1", UNKNOWN),
        ("localhost", UNKNOWN),
        ("localhost.localdomain", UNKNOWN),
        ("unknown", UNKNOWN),
        ("none", UNKNOWN),
        ("web1.local", UNKNOWN),
        ("web1.example.com.provider.net", UNKNOWN),
        ("web1.example", UNKNOWN),
        ("192.0.2.1", UNKNOWN),
        ("static-192-0-2-1.provider.net", UNKNOWN),
        ("192.0.2.1.provider.net", UNKNOWN),
    ],
)
def test_host_names(shown, expected):
    assert compare_hostname(shown, "web1.example.com") is expected


@pytest.mark.parametrize(
    ("shown", "wanted", "expected"),
    [
        ("web1", "web1", SAME),
        ("web2", "web1", UNKNOWN),
        ("xn--mgbh0fb.example.com", "مثال.example.com", SAME),
        ("web1.example.com", None, UNKNOWN),
        ("web1.example.com", "", UNKNOWN),
    ],
)
def test_more_host_names(shown, wanted, expected):
    assert compare_hostname(shown, wanted) is expected


# -- labels ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "wanted", "expected"),
    [
        ("web1", "web1", SAME),
        ("WEB1", "web1", SAME),
        (" web1 ", "web1", SAME),
        ("my vm", "my  vm", SAME),
        ("myvm", "my vm", SAME),
        ("R&amp;D", "R&D", SAME),
        ("it&#39;s", "it's", SAME),
        ("وب۱", "وب1", SAME),
        ("شبكه", "شبکه", SAME),
        ("db-1", "db-10", ANOTHER),
        ("db-10", "db-1", ANOTHER),
        ("db1", "db-1", ANOTHER),
        ("db_1", "db-1", ANOTHER),
        ("my-web1", "web1", ANOTHER),
        ("web1.example.com", "web1", ANOTHER),
        ("production-web-s", "production-web-server-01", ANOTHER),
        (None, "web1", UNKNOWN),
        ("", "web1", UNKNOWN),
        ("  ", "web1", UNKNOWN),
    ],
)
def test_labels(shown, wanted, expected):
    assert compare_label(shown, wanted) is expected


@pytest.mark.parametrize(
    ("label", "wanted", "made_of_it"),
    [
        ("production-web-s", "production-web-server-01", True),
        ("PRODUCTION-WEB-S", "production-web-server-01", True),
        ("vps301-web1", "web1", True),
        ("s301_web1", "web1", True),
        ("c-301.web1", "web1", True),
        ("db-1", "db-10", False),
        ("db-10", "db-1", False),
        ("myweb1", "web1", False),
        ("web1", "web1", False),
        ("Web1", "web1", False),
        ("other", "web1", False),
        ("", "web1", False),
        (None, "web1", False),
    ],
)
def test_labels_that_a_portal_made_of_others(label, wanted, made_of_it):
    assert is_cut_or_prefixed(label, wanted) is made_of_it


# -- texts of tickets ------------------------------------------------------------------------------------------------

SUBJECT = "Server 301 does not boot since Monday"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (SUBJECT, SAME),
        (f" {SUBJECT}\r\n", SAME),
        (SUBJECT.upper(), SAME),
        (f"<p>{SUBJECT}</p>", SAME),
        (SUBJECT.replace(" ", "&nbsp;"), SAME),
        (SUBJECT.replace(" boot ", "<br />boot<br>"), SAME),
        (f"Re: {SUBJECT}", SAME),
        (f"[#4711] {SUBJECT}", SAME),
        (f"{SUBJECT}\n-- \nJane Doe", SAME),
        (f"{SUBJECT}<br>IP Address: 192.0.2.1", SAME),
        (f"{SUBJECT}. Sent by mail", SAME),
        (SUBJECT[:30], SAME),
        (f"{SUBJECT[:25]}...", SAME),
        (f"{SUBJECT[:25]}…", SAME),
        (SUBJECT[:10], UNKNOWN),
        (f"{SUBJECT}s and Tuesdays", UNKNOWN),
        ("Server 302 does not boot since Monday", ANOTHER),
        ("Another thing", ANOTHER),
        ("", UNKNOWN),
        (None, UNKNOWN),
        ("<p></p>", UNKNOWN),
    ],
)
def test_texts(shown, expected):
    assert compare_text(shown, SUBJECT) is expected


@pytest.mark.parametrize(
    ("shown", "wanted", "expected"),
    [
        ("ok", "ok", SAME),
        ("OK", "ok", SAME),
        ("ok, but please look again", "ok", UNKNOWN),
        ("ok\n-- \nJane", "ok", SAME),
        ("o", "ok", UNKNOWN),
        ("a &lt;b&gt; c", "a <b> c", SAME),
        ("شبكه قطع است", "شبکه قطع است", SAME),
        ("سلام", "درود", ANOTHER),
        ("text", "", UNKNOWN),
        ("text", None, UNKNOWN),
    ],
)
def test_short_texts(shown, wanted, expected):
    assert compare_text(shown, wanted) is expected


DEPARTMENTS = [
    {"id": "1", "name": "Sales & Billing"},
    {"id": "2", "name": "Technical"},
    {"id": "3", "name": "پشتیبانی شبکه"},
]


@pytest.mark.parametrize(
    ("shown", "wanted", "expected"),
    [
        ("Technical", 1, SAME),
        ("technical", 1, SAME),
        ("2", 1, SAME),
        (" Technical ", 1, SAME),
        ("Sales &amp; Billing", 0, SAME),
        ("<b>Technical</b>", 1, SAME),
        ("پشتيباني شبكه", 2, SAME),
        ("پشتیبانی\u200cشبکه", 2, SAME),
        ("Technical", 0, ANOTHER),
        ("1", 1, ANOTHER),
        ("پشتیبانی شبکه", 1, ANOTHER),
        ("Technical Support", 1, UNKNOWN),
        ("Support", 1, UNKNOWN),
        ("9", 1, UNKNOWN),
        ("", 1, UNKNOWN),
        (None, 1, UNKNOWN),
    ],
)
def test_departments(shown, wanted, expected):
    assert compare_department(shown, DEPARTMENTS[wanted], DEPARTMENTS) is expected
