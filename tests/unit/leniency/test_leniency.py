# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers in the ways in which portals may write them: each is read right, or refused clearly; none is read wrong.

Every known answer of every endpoint (known.py) is changed in every way that leaves its meaning (changes.py), at every
place where that is possible, and read by the reader of its endpoint. The table of what came of it is printed by
``pytest -s tests/unit/leniency``.
"""

from __future__ import annotations

import collections
import csv
import json
import re
from pathlib import Path

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import PortalError, SindadError, UnclearResponse
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.request import Request
from unit.canned import Canned
from unit.leniency.changes import WORDS, Pages, combined, cut_short, paged, reduced, regrouped, rewritten, wrapped
from unit.leniency.known import KNOWN, READERS

ENDPOINTS = Path(__file__).parents[2] / "emulator/endpoints.tsv"
OUTCOMES = ("right", "refused", "less", "ambiguous", "wrong", "empty", "traceback")
#: Where the portal's own object is returned as it is: there is no other spelling of it.
AS_IT_IS = ("GET /contact/privileges", "GET /service/@id/resources")
#: What is read as a whole, never in pages.
WHOLE = ("GET /service/@id/methods",)
COMBINED = 25


class Portal(Canned):
    """Canned answers, some of them in pages."""

    def send(self, request, credentials, limits):
        pages = self.answers.get(str(request))
        if not isinstance(pages, Pages):
            return super().send(request, credentials, limits)
        asked = (request.query or {}).get("page")
        number = int(asked) if asked is not None else 0 if _counts_from_0(pages[0]) else 1
        place = number if _counts_from_0(pages[0]) else number - 1
        return Canned({str(request): pages[place] if place < len(pages) else pages[-1]}).send(request, None, None)


def _counts_from_0(answer):
    answer = answer.get("data", answer)
    if isinstance(answer, dict) and len(answer) == 1:
        answer = next(iter(answer.values()))
    page = answer.get("page") if isinstance(answer, dict) else None
    return isinstance(page, dict) and page["current"] == 0


# -- reading ---------------------------------------------------------------------------------------------------------


def read(known, answer):
    ids = ("1",) if known.endpoint.startswith("GET /service/@id") else ()
    client = Portal({**known.before, known.asked: answer}).client
    return comparable(READERS[known.endpoint](client, *ids))


def comparable(value):
    """A record without the portal's own objects, with words for a state in one case."""
    if isinstance(value, dict):
        own = {key: part for key, part in value.items() if key not in ("raw", "group", "currency")}
        return {key: comparable(_plain(key, part)) for key, part in own.items()}
    return [comparable(part) for part in value] if isinstance(value, (list, tuple)) else value


def _plain(key, part):
    if isinstance(part, str) and re.fullmatch(r"-?\d+(\.\d+)?", part):
        return str(float(part))
    return part.strip().lower() if key in (*WORDS, "word") and isinstance(part, str) else part


#: Names and ids, one of which stands in for another that is missing, as the records say.
STAND_INS = ("id", "name", "label", "hostname", "template", "template_name", "address", "domain", "due_date")


def less(found, known):
    """Whether *found* says nothing but what is *known*, or nothing."""
    if isinstance(found, dict):
        if not isinstance(known, dict):
            return False
        names = [known.get(key) for key in STAND_INS]
        return all(less(part, known.get(key)) or (key in STAND_INS and part in names) for key, part in found.items())
    if isinstance(found, list):
        return isinstance(known, list) and len(found) in (0, len(known)) and all(map(less, found, known))
    # "active" is OpenNebula's word for all that it does not hold back: it tells less than "running".
    return found in (None, "") or found == known or found == "changing" or (found, known) == ("active", "running")


def is_nothing(value):
    """Whether a record, or a list of them, says nothing at all."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return value in (None, "", "changing") if parts is None else all(map(is_nothing, parts))


def outcome(known, answer, expected, may_lack=False):
    """One of :data:`OUTCOMES`, and what was read, or why it was not."""
    try:
        found = read(known, answer)
    except SindadError as error:
        return "refused", str(error)
    except Exception as error:
        return "traceback", repr(error)
    if found == expected:
        return "right", ""
    if may_lack and found not in ([], {}) and less(found, expected):
        return "less", found
    return ("empty" if is_nothing(found) else "wrong"), found


# -- what cannot be told apart: see docs/portal_facts.md -------------------------------------------------------------


def is_ambiguous(known, told):
    """Whether the facts name this change of this endpoint's answer as one that cannot be told apart."""
    return any(known.endpoint == endpoint and words in told for endpoint, words in AMBIGUOUS)


AMBIGUOUS = (
    # Keys from 1 of bare addresses are ids, or places in a list.
    ("GET /service/@id/ips", "by number from 1"),
)


# -- the tests -------------------------------------------------------------------------------------------------------


def meanings_left(known):
    """The changes after which an answer means the same."""
    yield "as it is", known.answer
    makers = (wrapped,) if known.endpoint in AS_IT_IS else (wrapped, regrouped, rewritten)
    for make in makers:
        for told, changed in make(known.answer):
            yield f"{make.__name__}: {told}", changed
    if len(makers) > 1:
        for told, changed in combined(known.answer, known.asked, COMBINED):
            yield f"several at once: {told}", changed
        for told, changed in paged(known.answer) if known.endpoint not in WHOLE else ():
            yield f"paged: {told}", changed


def samples():
    """Every known answer with all changes of it, whether it may lose something by it, and whether it may be read."""
    for known in KNOWN:
        for told, changed in meanings_left(known):
            yield known, told, changed, False, True
        if known.endpoint not in AS_IT_IS:
            for told, changed in reduced(known.answer):
                yield known, f"reduced: {told}", changed, True, True
            for told, changed in cut_short(known.answer) if known.endpoint not in WHOLE else ():
                yield known, f"cut short: {told}", changed, False, False


def test_every_change_of_a_known_answer_is_read_right_or_refused(capsys, request, sample):
    counts, failures = collections.Counter(), []
    table = collections.defaultdict(collections.Counter)
    expected = {id(known): read(known, known.answer) for known in KNOWN}
    for known, told, changed, may_lack, may_be_read in sample(samples()):
        came, why = outcome(known, changed, expected[id(known)], may_lack)
        if came == "wrong" and is_ambiguous(known, told):
            came = "ambiguous"
        counts[came] += 1
        table[told.partition(":")[0] if told.startswith("several") else told][came] += 1
        if came in ("wrong", "empty", "traceback") or (came != "refused" and not may_be_read):
            failures.append(f"{came}: {known.endpoint}, {told}: {_short(changed)}\n    {_short(why)}")
    if failures or request.config.getoption("capture") == "no":
        with capsys.disabled():
            print_table(table, counts)
            print(*failures, sep="\n")
    assert not failures


def _short(value):
    return json.dumps(value, ensure_ascii=False, default=str)[:400]


def print_table(table, counts):
    """What came of each change: read right, refused, less told ..., over all endpoints."""
    print("\n" + "".join(f"{word:>10}" for word in OUTCOMES))
    for told, found in (*sorted(table.items()), ("all", counts)):
        print("".join(f"{found[word] or '-':>10}" for word in OUTCOMES), told)


def test_every_known_answer_is_read():
    for known in KNOWN:
        assert not is_nothing(read(known, known.answer)), known.endpoint


def endpoints(*methods):
    with ENDPOINTS.open() as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return [f"{row['method']} {row['path']}" for row in rows if row["method"] in methods]


def test_every_endpoint_that_is_read_has_a_known_answer():
    files = {"GET /ticket/attachment/@file"}
    assert set(endpoints("GET")) - files <= {known.endpoint for known in KNOWN}


# -- refusals --------------------------------------------------------------------------------------------------------

DENIALS = (
    {"error": ["noprivileges"]},
    {"error": "noprivileges"},
    {"error": True},
    {"error": 1},
    {"error": {"message": "not allowed"}},
    {"error": [{"code": 5, "message": "not allowed"}]},
    {"error": [{"message": "no"}]},
    {"error": ["no"]},
    {"errors": ["noprivileges"]},
    {"errors": {"node": ["not allowed"]}},
    {"success": False, "message": "not allowed"},
    {"success": "no"},
    {"success": 0},
    {"result": "error"},
    {"result": "failed", "message": "not allowed"},
    {"ok": False},
    {"code": 500, "message": "not allowed"},
    {"code": "403", "message": "not allowed"},
    {"status": False, "msg": "not allowed"},
    {"status": "error", "message": "not allowed"},
    {"status": "error"},
    {"status": "failed"},
    {"status": False},
    {"status": 0},
)
#: There, ``status`` is what was asked for: alone, it cannot be told from a refusal.
OWN_STATUS = {f"GET /service/@id/{name}" for name in ("status", "reinstall", "rescue", "diag")}


def around(denial, answer=None):
    """A refusal alone, wrapped, and beside an empty list."""
    yield denial
    yield {"data": denial}
    yield [denial]
    yield {**denial, "data": None}
    yield {**denial, "data": []}
    name = list(answer)[0] if isinstance(answer, dict) else None  # noqa: RUF015
    if name and name not in denial:
        yield {**denial, name: []}


@pytest.mark.parametrize("known", KNOWN, ids=[known.asked for known in KNOWN])
def test_no_refusal_is_read_as_an_answer(known):
    expected = read(known, known.answer)
    for denial in DENIALS:
        if known.endpoint in OWN_STATUS and set(denial) == {"status"}:
            continue
        for answer in around(denial, known.answer):
            assert outcome(known, answer, expected)[0] == "refused", answer


def changing(endpoint, answer):
    """What becomes of a change that the portal answers so."""
    method, _blank, route = endpoint.partition(" ")
    ids = tuple((name[1:], "1") for name in route.split("/") if name.startswith("@"))
    request = Request(method, route, ids, {})
    client = Canned({str(request): answer}).client
    with client.one_change():
        return client.send(request)


LOGINS = {"POST /login", "POST /token", "POST /revoke", "POST /logout"}
ACTIONS = sorted(set(endpoints("POST", "PUT", "DELETE")) - LOGINS)
DONE = (
    {"status": True},
    {"status": 1},
    {"status": "1"},
    {"status": "ok"},
    {"success": True},
    {"success": "1"},
    {"result": "success"},
    {"ok": True},
    {"info": ["label_updated"]},
    *({"status": True, "error": word} for word in ([], "", None, "0", 0, False, "none")),
)
UNCLEAR = (
    *([], {}, None, False, True, "OK", {"data": None}, {"message": "Please wait"}, {"info": []}, {"error": []}),
    *({"code": 200, "message": "OK"}, {"task_id": "58213"}, {"info": ["not_started"]}, {"redirect": "/login"}),
)


@pytest.mark.parametrize("endpoint", ACTIONS)
def test_an_action_was_done_or_refused_or_nobody_knows(endpoint):
    for denial in (*DENIALS, {"status": True, "error": ["Node is down"]}):
        for answer in around(denial):
            with pytest.raises(PortalError) as refused:
                changing(endpoint, answer)
            assert not isinstance(refused.value, UnclearResponse), answer
    for answer in DONE:
        changing(endpoint, answer)
        for each in ({"data": answer}, [answer], {"code": 200, "data": answer}) if isinstance(answer, dict) else ():
            changing(endpoint, each)
    for answer in UNCLEAR:
        with pytest.raises(UnclearResponse):
            changing(endpoint, answer)
