# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages, in all forms, followed to their end or refused."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import IncompleteList
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.envelope import entries
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.pages import follow, paging_of

VMS = [{"id": str(number), "label": f"vm{number}"} for number in range(1, 6)]


def page(number, last, count):
    return {"page": {"current": number, "total": last}}


def sorter(number, last, count):
    return {"sorter": {"perpage": "2", "totalpages": str(last), "sorterrecords": str(count)}}


def total(number, last, count):
    return {"total": count, "per_page": 2, "current_page": number, "last_page": last}


def pages(number, last, count):
    return {"page": number, "pages": last}


def bare_total(number, last, count):
    return {"total": str(count)}


def following(number, last, count):
    return {"next": f"https://elsewhere.example.com/api/service/1/vms?page={number + 1}" if number < last else None}


def next_number(number, last, count):
    return {"next_page": number + 1 if number < last else None}


def meta(number, last, count):
    return {"meta": {"current_page": number, "last_page": last, "total": count}, "links": {"next": "x"}}


def more(number, last, count):
    return {"has_more": number < last}


FORMS = [page, sorter, total, pages, bare_total, following, next_number, more]


class Portal:
    """Gives *size* VMs a page, and tells of pages in a *form*."""

    def __init__(self, form, size=2, vms=VMS, wrap=lambda answer: answer, lie=None):
        self.form, self.size, self.vms, self.wrap, self.lie = form, size, vms, wrap, lie
        self.asked = []

    def fetch(self, query):
        self.asked.append(query)
        number = int(query.get("page", 1))
        told = 1 if self.lie == "ignores" else number
        given = 1 if self.lie in ("ignores", "echoes") else number
        count = len(self.vms) + (self.size if self.lie == "more" else 0)
        last = max(1, -(-count // self.size))
        shown = self.vms[(given - 1) * self.size : given * self.size]
        return self.wrap({"vms": shown, **self.form(told, last, count)}), {}


def read(answer):
    return entries(answer, "vms")


def nested(answer):
    return {"data": answer, "error": [], "info": []}


def beside(answer):
    return {"data": {"vms": answer.pop("vms")}, "error": [], **answer}


def bare(answer):
    return {"code": 200, "message": "OK", "data": answer.pop("vms"), **answer}


def listed(answer):
    return [answer]


@pytest.mark.parametrize("wrap", [dict, nested, beside, bare, listed])
@pytest.mark.parametrize("form", [*FORMS, meta])
def test_every_form_is_followed_to_its_end(form, wrap):
    portal = Portal(form, wrap=wrap)
    if form is meta:
        portal.form = lambda *told: {"meta": meta(*told)["meta"]}
    assert follow(portal.fetch, read, "vms").entries == VMS
    assert portal.asked == [{}, {"page": 2}, {"page": 3}] or portal.asked == [{}, {"page": "2"}, {"page": "3"}]


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("form", FORMS)
def test_one_page_is_one_request(form, count):
    portal = Portal(form, vms=VMS[:count])
    assert follow(portal.fetch, read, "vms").entries == VMS[:count]
    assert portal.asked == [{}]


@pytest.mark.parametrize("lie", ["ignores", "echoes", "more"])
@pytest.mark.parametrize("form", [each for each in FORMS if each is not more])
def test_a_list_that_cannot_be_had_whole_is_refused(form, lie):
    if (form, lie) == (bare_total, "echoes"):
        return  # the same as to ignore the query
    with pytest.raises(IncompleteList) as caught:
        follow(Portal(form, lie=lie).fetch, read, "vms")
    assert "list of vms is incomplete" in str(caught.value) and "entries in" in str(caught.value)


def test_a_list_without_end_is_refused():
    def fetch(query):
        number = int(query.get("page", 1))
        return {"vms": [{"id": number}], "next": f"/x?page={number + 1}"}, {}

    with pytest.raises(IncompleteList, match="no end"):
        follow(fetch, read, "vms", max_pages=20)


def test_what_moves_to_the_next_page_meanwhile_is_listed_once():
    answers = [{"vms": VMS[:2], "pages": 2}, {"vms": VMS[1:3], "pages": 2}]
    assert follow(lambda query: (answers.pop(0), {}), read, "vms").entries == VMS[:3]


def test_two_that_differ_stay_two():
    twin = {**VMS[1], "label": "other"}
    answers = [{"vms": VMS[:2], "pages": 2}, {"vms": [twin], "pages": 2}]
    assert follow(lambda query: (answers.pop(0), {}), read, "vms").entries == [*VMS[:2], twin]


def test_pages_that_are_counted_from_0():
    answers = {0: VMS[:2], 1: VMS[2:4], 2: VMS[4:]}

    def fetch(query):
        number = int(query.get("page", 0))
        return {"vms": answers[number], "page": {"current": number, "total": 3}}, {}

    assert follow(fetch, read, "vms").entries == VMS


@pytest.mark.parametrize(
    "answer",
    [
        {"vms": []},
        {"invoices": [{"id": 1}], "total": "9.99"},
        {"invoices": [{"id": 1}], "total": None},
        {"vms": [], "page": None, "next": None},
        {"vms": [], "next": ""},
        {"id": 5, "total": 17, "page": 3},
        [{"id": 5, "total": 17}, {"id": 6}],
        [],
        None,
        "text",
        {"1": {"total": 5}, "2": {"total": 6}},
    ],
    ids=repr,
)
def test_what_tells_of_no_more_pages(answer):
    paging = paging_of(answer)
    assert paging.last is None and paging.records is None and paging.following is None


def test_an_address_of_the_next_page_that_cannot_be_read_says_that_there_is_one():
    assert paging_of({"vms": [], "next": "http://[::1?page=7"}).following == {}
