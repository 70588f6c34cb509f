# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import stat

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput, SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._ticket import file as _files
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.file import File, _name


@pytest.fixture(autouse=True)
def umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "گزارش.pdf")


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


@pytest.mark.parametrize(
    "wanted, given",
    [
        (None, 0o640),
        ("0600", 0o600),
        ("600", 0o600),
        ("0o600", 0o600),
        (0o600, 0o600),
        ("u=rw,g=r,o=r", 0o644),
        ("u+x", 0o740),
        ("a=r", 0o444),
    ],
)
def test_a_new_file(path, wanted, given):
    changed, before, after = File(path, wanted).put(b"a")
    assert changed
    assert before == {"path": path, "state": "absent"}
    assert after["mode"] == f"{given:04o}" and mode(path) == given
    assert File(path, wanted).put(b"a")[0] is False


@pytest.mark.parametrize("wanted, given", [(None, 0o604), ("0640", 0o640), ("g=r", 0o644), ("u-w", 0o404)])
def test_a_file_that_exists(path, wanted, given):
    File(path, "0604").put(b"old")
    inode = os.stat(path).st_ino
    changed, before, after = File(path, wanted).put(b"new")
    assert changed and before["mode"] == "0604" and after["mode"] == f"{given:04o}"
    assert before["checksum"] != after["checksum"]
    assert mode(path) == given and os.stat(path).st_ino != inode
    with open(path, "rb") as file:
        assert file.read() == b"new"


def test_only_the_mode_differs(path):
    File(path, "0604").put(b"same")
    inode = os.stat(path).st_ino
    assert File(path, "0640").put(b"same", pretend=True)[0] and mode(path) == 0o604
    assert File(path, "0640").put(b"same")[0] and mode(path) == 0o640
    assert os.stat(path).st_ino == inode


def test_owner_and_group_by_name_and_id(path):
    owner, group = _name(os.getuid(), _files.pwd.getpwuid), str(os.getgid())
    assert File(path, owner=owner, group=group).put(b"a")[2]["owner"] == owner
    assert File(path, owner=str(os.getuid())).put(b"a")[0] is False


def test_pretending_writes_nothing(path):
    pretended = File(path, "0600").put(b"a", pretend=True)
    assert not os.path.exists(path)
    assert File(path, "0600").put(b"a") == pretended


def test_a_failure_leaves_the_old_file_and_nothing_else(path, monkeypatch):
    File(path).put(b"old")

    def full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_files.os, "fsync", full)
    with pytest.raises(SindadError, match=r"could not be written: No space left on device\. It is as it was\."):
        File(path).put(b"new")
    assert os.listdir(os.path.dirname(path)) == [os.path.basename(path)]
    with open(path, "rb") as file:
        assert file.read() == b"old"


def test_a_link_is_replaced_and_not_what_it_points_to(path):
    File(path).put(b"old")
    os.symlink(path, path + ".link")
    File(path + ".link").put(b"new")
    assert not os.path.islink(path + ".link")
    with open(path, "rb") as file:
        assert file.read() == b"old"


@pytest.mark.parametrize(
    "options, message",
    [
        ({"path": "/"}, "is a folder"),
        ({"path": "/etc"}, "is a folder"),
        ({"path": "/etc/not-there/"}, "is a folder"),
        ({"path": "/dev/null"}, "no regular file"),
        ({"path": "/not-there/a"}, "There is no folder /not-there to write a to"),
        ({"mode": "rwx"}, "mode must be octal"),
        ({"mode": "99"}, "mode must be octal"),
        ({"mode": "u=q"}, "mode must be octal"),
        ({"mode": "100644"}, "mode must be octal"),
        ({"mode": -1}, "mode must be octal"),
        ({"mode": True}, "mode must be octal"),
        ({"mode": ["0644"]}, "mode must be octal"),
        ({"owner": "no such user"}, "There is no user no such user"),
        ({"group": "no such group"}, "There is no group no such group"),
    ],
)
def test_bad_input(path, options, message):
    with pytest.raises(InvalidInput, match=message):
        File(**{"path": path, **options})
