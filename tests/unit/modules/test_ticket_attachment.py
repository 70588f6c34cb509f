# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import hashlib
import os

import pytest
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.testing import patch_module_args
from ansible_collections.sindad.cloud.plugins.module_utils._context import execute
from ansible_collections.sindad.cloud.plugins.modules import ticket_attachment
from unit.portal_stub import breaks_off, page, says, sends

CONTENT = b"%PDF\r\n\x00\xff"
FILE = {"Content_Type": "application/octet-stream", "Content_Disposition": 'attachment; filename="../../etc/passwd"'}


def run(stub, check_mode=False, **options):
    options = {"api_url": stub.url, "token": "a-token", "retries": 0, "number": "7", "file": "5501", **options}
    with patch_module_args({**options, "_ansible_check_mode": check_mode}):
        module = AnsibleModule(**ticket_attachment.SPEC)
    return execute(ticket_attachment.run, module.params, check_mode, diff=True, module=module)[0]


def test_written_once(stub, tmp_path):
    stub.otherwise = sends(CONTENT, **FILE)
    dest = str(tmp_path / "a")
    predicted = run(stub, check_mode=True, dest=dest)
    assert os.listdir(tmp_path) == []
    result = run(stub, dest=dest)
    assert result == predicted
    assert (result["changed"], result["dest"], result["size"]) == (True, dest, len(CONTENT))
    assert result["checksum"] == hashlib.sha1(CONTENT).hexdigest()
    assert (tmp_path / "a").read_bytes() == CONTENT
    assert run(stub, dest=dest)["changed"] is False
    assert stub.calls == ["GET /api/ticket/attachment/5501?number=7"] * 3


@pytest.mark.parametrize(
    "answer",
    [
        breaks_off(),
        page("Just a moment..."),
        sends(b""),
        says({"error": ["access denied"]}),
        sends('{"error": "access denied"}', Content_Type="text/plain"),
        sends(b"oops", 500),
    ],
)
def test_what_is_no_whole_file_leaves_the_old_one(stub, tmp_path, answer):
    stub.otherwise = answer
    (tmp_path / "a").write_bytes(b"old")
    result = run(stub, dest=str(tmp_path / "a"))
    assert result["failed"] and result["path"] == "/ticket/attachment/5501"
    assert os.listdir(tmp_path) == ["a"] and (tmp_path / "a").read_bytes() == b"old"


@pytest.mark.parametrize("max_size, fits", [("8", True), ("7", False), ("1K", True), ("1 KB", True), ("7B", False)])
def test_no_larger_than_asked_for(stub, tmp_path, max_size, fits):
    stub.otherwise = sends(CONTENT, **FILE)
    result = run(stub, dest=str(tmp_path / "a"), max_size=max_size)
    assert (result.get("failed", False), os.listdir(tmp_path)) == ((False, ["a"]) if fits else (True, []))
    assert fits or "larger than 7 bytes" in result["msg"]


def test_a_size_that_is_none(stub, tmp_path):
    result = run(stub, dest=str(tmp_path / "a"), max_size="much")
    assert result["msg"] == "max_size must be a size such as 256M or 1048576 (bytes), not 'much'."
    assert stub.calls == []


@pytest.mark.parametrize("content", [b"", b"<title>a page</title>", b'{"error": "a file all the same"}'])
def test_what_is_sent_as_a_file_is_one(stub, tmp_path, content):
    stub.otherwise = sends(content, Content_Type="text/html", Content_Disposition="attachment")
    assert run(stub, dest=str(tmp_path / "a"))["changed"]
    assert (tmp_path / "a").read_bytes() == content


def test_the_files_that_there_are(stub, tmp_path):
    told = {"ticket": {"ticket_number": 7, "attachments": {"5": "a.txt"}}, "replies": [{"attachments": [{"id": 6}]}]}
    stub.will(says({"error": ["file_not_found"]}), says(told))
    result = run(stub, dest=str(tmp_path / "a"))
    assert result["msg"] == "Ticket 7 has no file 5501. There is: 5 (a.txt), 6."
    assert result["errors"] == ["file_not_found"]


def test_nothing_is_asked_for_a_file_that_cannot_be_written(stub, tmp_path):
    assert run(stub, dest=str(tmp_path))["msg"].endswith("is a folder. Give the path of the file to write.")
    assert stub.calls == []
