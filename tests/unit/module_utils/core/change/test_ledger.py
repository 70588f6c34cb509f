# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
import threading

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.ledger import Ledger, Order, is_certain
from ansible_collections.sindad.cloud.plugins.module_utils._core.change.polling import Deadline
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import ApiError, SindadError, TimedOut


@pytest.fixture
def ledger(tmp_path):
    return Ledger("https://portal.example.com/api", "101", "vms", folder=str(tmp_path / "new"))


def test_notes_are_kept_replaced_and_dropped(ledger):
    assert ledger.orders() == [] and ledger.find("web1") is None
    ledger.note(Order("web1", ("7",)))
    ledger.note(Order("db1", ()))
    ledger.note(Order("web1", ("7", "8")))
    assert ledger.find("web1") == Order("web1", ("7", "8"))
    ledger.became("web1", "9")
    assert ledger.find("web1").id == "9" and ledger.find("db1").id is None
    ledger.forget("web1")
    ledger.forget("web1")
    assert ledger.orders() == [Order("db1", ())]
    assert stat.S_IMODE(os.stat(os.path.dirname(ledger.path("db1"))).st_mode) == 0o700


def test_a_note_is_a_file_of_its_own(ledger):
    for label in ("web1", "db1", "", "a\ud800"):
        ledger.note(Order(label, ()))
    os.unlink(ledger.path("web1"))
    assert {order.label for order in ledger.orders()} == {"db1", "", "a\ud800"}


def test_every_place_has_its_own(ledger):
    ledger.note(Order("web1", ()))
    folder = os.path.dirname(ledger.path("web1"))
    assert Ledger("https://portal.example.com/api", "102", "vms", folder=folder).orders() == []


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '[{"label": 1}]', '{"a": 1}'])
def test_a_damaged_note_is_never_taken_for_none(ledger, damaged):
    ledger.note(Order("web1", ()))
    with open(ledger.path("web1"), "w", encoding="utf-8") as file:
        file.write(damaged)
    for look in (ledger.orders, lambda: ledger.find("web1"), lambda: ledger.became("web1", "9")):
        with pytest.raises(SindadError, match="cannot be read"):
            look()


def test_one_at_a_time(ledger, clock):
    with ledger.lock(Deadline(10, clock), "VM web1"):
        with pytest.raises(TimedOut, match="Nothing was sent for VM web2"), ledger.lock(Deadline(5, clock), "VM web2"):
            raise AssertionError("two at a time")
        assert 4 < sum(clock.slept) <= 5
    with ledger.lock(Deadline(10, clock), "VM web2"):
        pass


def test_threads_and_forks_too(ledger):
    within, order = [], []

    def work(name):
        with ledger.lock(Deadline(30), name):
            within.append(name)
            order.append(len(within))
            within.remove(name)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order == [1, 1, 1, 1]


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    ledger = Ledger("https://portal.example.com/api", folder=str(tmp_path / "file" / "below"))
    with pytest.raises(SindadError, match="ANSIBLE_HOME"), ledger.lock(Deadline(1), "VM web1"):
        pass


def test_a_symlink_is_refused(ledger):
    with ledger.lock(Deadline(1), "VM web1"):
        pass
    (path,) = [each for each in os.scandir(os.path.dirname(ledger.path("x"))) if each.name.endswith(".lock")]
    os.rename(path.path, f"{path.path}.real")
    os.symlink(f"{path.path}.real", path.path)
    with pytest.raises(SindadError, match="cannot be opened"), ledger.lock(Deadline(1), "VM web1"):
        pass


def test_a_file_system_without_locks_is_an_error_at_once(ledger, clock, monkeypatch):
    def unlockable(*_args):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unlockable)
    with pytest.raises(SindadError, match="cannot lock files"), ledger.lock(Deadline(10, clock), "VM web1"):
        pass
    assert clock.slept == []


def test_labels_of_one_key_share_their_note(tmp_path):
    ledger = Ledger("https://portal.example.com/api", "101", folder=str(tmp_path), key=str.casefold)
    ledger.note(Order("Web1", ()))
    assert ledger.find("WEB1") == Order("Web1", ())
    ledger.forget("web1")
    assert ledger.orders() == []


def test_spellings_of_the_address_share_their_notes(tmp_path):
    Ledger("https://portal.example.com/api", "101", folder=str(tmp_path)).note(Order("web1", ()))
    for url in ("https://PORTAL.example.com.:443/api/", "https://portal.example.com//a%70i"):
        assert Ledger(url, "101", folder=str(tmp_path)).find("web1")


def test_a_note_of_an_older_release_is_read(ledger):
    ledger.note(Order("web1", ("7",)))
    with open(ledger.path("web1"), "w", encoding="utf-8") as file:
        json.dump({"label": "web1", "before": ["7"], "id": None, "count": 1}, file)
    assert ledger.find("web1") == Order("web1", ("7",))


@pytest.mark.parametrize(
    ("errors", "status", "unknown", "certain"),
    [
        (["resourcelimitreached"], 200, False, True),
        (["invalid_template", "noprivileges"], 200, False, True),
        (["resourcelimitreached", "VM is locked (create)"], 200, False, False),
        (["VM is locked (create)"], 200, False, False),
        (["No free IP address"], 200, False, False),
        ([], 200, False, False),
        (["The disk is too small."], 422, False, True),
        (["VM is locked (create)"], 400, False, False),
        (["Too many requests"], 429, False, True),
        (["conflict"], 409, False, False),
        ([], 500, True, False),
        ([], None, True, False),
        ([], None, False, True),  # it was never sent
    ],
)
def test_what_a_refusal_rules_out(errors, status, unknown, certain):
    assert is_certain(ApiError("No.", None, errors, status, unknown)) is certain


def test_a_full_disk_leaves_the_notes_as_they_were(ledger, monkeypatch):
    ledger.note(Order("web1", ()))

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SindadError, match=r"cannot be written .No space left.*Nothing was sent"):
        ledger.note(Order("db1", ()))
    assert ledger.orders() == [Order("web1", ())]
    assert len(os.listdir(os.path.dirname(ledger.path("web1")))) == 1
