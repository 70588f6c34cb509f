# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import grp
import os
import pwd
import stat

import pytest
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.testing import patch_module_args
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.file import ensure_writable, put

OPTIONS = {"mode": {"type": "raw"}, "owner": {"type": "str"}, "group": {"type": "str"}}


@pytest.fixture(autouse=True)
def umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "گزارش.pdf")


def ansible_module(check_mode=False, **options):
    with patch_module_args({**options, "_ansible_check_mode": check_mode}):
        return AnsibleModule(OPTIONS, supports_check_mode=True)


def write(path, content, check_mode=False, **options):
    module = ansible_module(check_mode, **options)
    ensure_writable(module, path)
    return put(module, path, content)


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def read(path):
    with open(path, "rb") as file:
        return file.read()


@pytest.mark.parametrize(
    "options, given",
    [
        ({}, 0o640),
        ({"mode": "0600"}, 0o600),
        ({"mode": "600"}, 0o600),
        ({"mode": 0o600}, 0o600),
        ({"mode": "u=rw,g=r,o=r"}, 0o644),
        ({"mode": "u+x"}, 0o740),
    ],
)
def test_a_new_file(path, options, given):
    predicted = write(path, b"a", check_mode=True, **options)
    assert not os.path.exists(path)
    written = write(path, b"a", **options)
    assert written == predicted and written.changed
    assert written.before == {"path": path, "state": "absent"}
    assert mode(path) == given
    assert write(path, b"a", **options).changed is False


@pytest.mark.parametrize("options, given", [({}, 0o604), ({"mode": "0640"}, 0o640), ({"mode": "g=r"}, 0o644)])
def test_a_file_that_exists(path, options, given):
    write(path, b"old", mode="0604")
    inode = os.stat(path).st_ino
    predicted = write(path, b"new", check_mode=True, **options)
    assert (read(path), mode(path)) == (b"old", 0o604)
    written = write(path, b"new", **options)
    assert written == predicted and written.changed
    assert written.before["checksum"] != written.after["checksum"]
    assert written.after.get("mode", "0604") == f"{given:04o}"
    assert (read(path), mode(path)) == (b"new", given) and os.stat(path).st_ino != inode


def test_the_rehearsal_changes_nothing(tmp_path, path):
    os.chmod(tmp_path, 0o755)
    before = os.stat(tmp_path)
    module = ansible_module(mode="0600", owner="1", group="1")
    ensure_writable(module, path)
    assert os.stat(tmp_path) == before and os.listdir(tmp_path) == []
    assert module.check_mode is False


def test_only_the_mode_differs(path):
    write(path, b"same", mode="0604")
    inode = os.stat(path).st_ino
    assert write(path, b"same", mode="0640").before["mode"] == "0604"
    assert mode(path) == 0o640 and os.stat(path).st_ino == inode


def test_owner_and_group_by_name_and_id(path):
    owner, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    assert write(path, b"a", owner=owner, group=group).changed
    assert write(path, b"a", owner=str(os.getuid()), group=str(os.getgid())).changed is False


@pytest.mark.parametrize(
    "options, message",
    [
        ({"path": "/"}, "is a folder"),
        ({"path": "/etc"}, "is a folder"),
        ({"path": "/etc/not-there/"}, "is a folder"),
        ({"path": "/dev/null"}, "is not a regular file"),
        ({"path": "/not-there/a"}, "There is no folder /not-there to write a to"),
        ({"mode": "100644"}, "mode must be a number from 0 to 0o7777"),
        ({"mode": -1}, "mode must be a number"),
        ({"mode": True}, "mode must be a number"),
        ({"owner": str(2**70)}, "owner must be a number from 0 to 4294967294"),
        ({"group": "-1"}, "group must be a number"),
    ],
)
def test_what_cannot_be_written_is_refused(path, options, message):
    where = options.pop("path", path)
    with pytest.raises(InvalidInput, match=message):
        ensure_writable(ansible_module(**options), where)


def fail_json(**result):
    raise SystemExit(result["msg"])


@pytest.mark.parametrize(
    "options, message",
    [
        ({"mode": "rwx"}, "mode must be in octal or symbolic form"),
        ({"mode": "99"}, "mode must be in octal or symbolic form"),
        ({"owner": "no such user"}, "failed to look up user"),
        ({"group": "no such group"}, "failed to look up group"),
    ],
)
def test_what_ansible_refuses_is_refused_before_anything_is_fetched(path, options, message):
    module = ansible_module(**options)
    module.fail_json = fail_json
    with pytest.raises(SystemExit, match=message):
        ensure_writable(module, path)
