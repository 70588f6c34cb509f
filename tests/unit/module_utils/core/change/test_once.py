# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is created or paid once: two reads that agree, and the note of what was sent."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.ledger import Ledger
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.once import Once, account_of
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import ApiError, TransportError

PAID, FREE = SimpleNamespace(is_paid=True), SimpleNamespace(is_paid=False)


def guard(clock, tmp_path, *label, read_only=False):
    client = SimpleNamespace(clock=clock, read_only=read_only)
    return Once(client, Ledger("https://portal", folder=str(tmp_path)), *(label or ("thing",)))


def planning(*plans):
    """A plan that reads something else each time, and what was carried out."""
    rest, done = list(plans), []
    return (lambda: rest.pop(0)), done.append, done


def test_what_is_paid_is_planned_again_two_seconds_later(clock, tmp_path):
    plan, act, done = planning([PAID], [])
    guard(clock, tmp_path).planned(plan, act, "a thing")
    assert done == [[]]
    assert sum(clock.slept) == pytest.approx(2, abs=0.5)


def test_a_longer_look_at_what_was_there_before(clock, tmp_path):
    once = guard(clock, tmp_path)
    with once.placing():
        pass
    once.found("7")
    plan, act, _done = planning([PAID], [PAID])
    once.planned(plan, act, "a thing")
    assert sum(clock.slept) == pytest.approx(10, abs=0.5)


@pytest.mark.parametrize(("steps", "read_only"), [([FREE], False), ([PAID], True), ([], False)])
def test_what_costs_nothing_is_done_as_planned(clock, tmp_path, steps, read_only):
    plan, act, done = planning(steps)
    guard(clock, tmp_path, read_only=read_only).planned(plan, act, "a thing")
    assert done == [steps]
    assert clock.slept == []


def test_a_note_is_open_until_its_thing_is_seen(clock, tmp_path):
    once = guard(clock, tmp_path)
    assert not once.is_open
    with pytest.raises(TransportError), once.placing(["1"], count=2):
        raise TransportError("lost", outcome_unknown=True)
    assert once.is_open
    assert (once.order.before, once.order.count) == (("1",), 2)
    guard(clock, tmp_path, read_only=True).found("7")
    assert once.is_open
    once.found("7")
    assert not once.is_open
    assert once.order.id == "7"


def test_a_note_goes_an_hour_after_the_first_sight(clock, tmp_path):
    once = guard(clock, tmp_path)
    with once.placing():
        pass
    once.found("7")
    clock.ahead += 3500
    once.found("7")
    assert once.order
    clock.ahead += 200
    once.found("7")
    assert once.order is None


def test_an_open_note_stays_for_ever(clock, tmp_path):
    once = guard(clock, tmp_path)
    with once.placing():
        pass
    clock.ahead += 10**6
    assert once.is_open


def test_an_open_note_of_what_costs_nothing_ends(clock, tmp_path):
    client = SimpleNamespace(clock=clock, read_only=False)
    once = Once(client, Ledger("https://portal", folder=str(tmp_path)), "reply", open_for=3600)
    with once.placing():
        pass
    assert once.is_open
    clock.ahead += 3700
    assert not once.is_open


def test_a_refusal_leaves_no_note(clock, tmp_path):
    once = guard(clock, tmp_path)
    with pytest.raises(ApiError), once.placing():
        raise ApiError("no")
    assert once.order is None


@pytest.mark.parametrize("words", ["Order is locked (create)", "Another operation is in progress", "busy"])
def test_a_refusal_because_of_what_goes_on_leaves_the_note(clock, tmp_path, words):
    once = guard(clock, tmp_path)
    with pytest.raises(ApiError), once.placing():
        raise ApiError(words, None, (words,), 200)
    assert once.is_open


@pytest.mark.parametrize("words", ["upgrade_not_available", "The phone number is not valid"])
def test_any_other_refusal_leaves_no_note(clock, tmp_path, words):
    once = guard(clock, tmp_path)
    with pytest.raises(ApiError), once.placing():
        raise ApiError(words, None, (words,), 200)
    assert once.order is None


def test_spellings_of_one_thing_have_one_note(clock, tmp_path):
    with guard(clock, tmp_path, "Joe@Example.com ").placing():
        pass
    assert guard(clock, tmp_path, "joe@example.com").is_open
    assert not guard(clock, tmp_path, "joan@example.com").is_open
    assert not guard(clock, tmp_path, "joe", "example.com").is_open


def test_tags_and_numbers_are_a_part_of_what_a_thing_is(clock, tmp_path):
    with guard(clock, tmp_path, "reply", "Ticket #1").placing():
        pass
    assert not guard(clock, tmp_path, "reply", "Ticket #2").is_open
    assert len(os.listdir(tmp_path)) == 1


@pytest.mark.parametrize(
    ("username", "token", "account"), [("Joe", None, "joe"), (None, "Secret", "Secret"), (None, None, "")]
)
def test_one_account_in_any_spelling(username, token, account):
    assert account_of(SimpleNamespace(username=username, token=token)) == account
