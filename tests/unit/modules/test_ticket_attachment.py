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


@pytest.mark.parametrize(
    "dest, why",
    [
        ("not/there", "There is no folder"),
        ("there/", "is a folder"),
        ("x" * 256, "File name too long"),
        ("گ" * 128, "File name too long"),
        ("a/" * 2500 + "x", "There is no folder"),
        ("loop", "symbolic links"),
        ("pipe", "is not a regular file"),
    ],
)
def test_nothing_is_asked_for_a_file_that_cannot_be_written(stub, tmp_path, dest, why):
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    result = run(stub, dest=f"{tmp_path}/{dest}")
    assert why in result["msg"] and "defect" not in result["msg"]
    assert stub.calls == []


def test_a_relative_path_is_relative_to_the_working_directory(stub, tmp_path, monkeypatch):
    stub.otherwise = sends(CONTENT, **FILE)
    monkeypatch.chdir(tmp_path)
    first = run(stub, dest="a", mode="0600")
    assert (first["dest"], first["changed"]) == (str(tmp_path / "a"), True)
    assert run(stub, dest="./a", mode="0600")["changed"] is False
    assert (tmp_path / "a").read_bytes() == CONTENT


def ticket(*files):
    return says({"ticket": {"ticket_number": 7, "subject": "x", "attachments": list(files)}, "replies": []})


LISTED = ticket({"id": "5501", "filename": "report.pdf"}, {"id": "x-9", "filename": "گزارش.txt"})


@pytest.mark.parametrize(
    "file, asked",
    [("report.pdf", "5501"), ("REPORT.PDF", "5501"), ("x-9", "x-9"), ("گزارش.txt", "x-9"), ("5501", "5501")],
)
@pytest.mark.parametrize("check_mode", [True, False])
def test_an_attachment_by_its_name_or_id(stub, tmp_path, file, asked, check_mode):
    stub.will(*([LISTED] if not file.isdigit() else []), sends(CONTENT, **FILE))
    assert run(stub, check_mode, dest=str(tmp_path / "a"), file=file)["changed"]
    assert stub.calls[-1].startswith(f"GET /api/ticket/attachment/{asked}?")
    assert len(stub.calls) == (1 if file.isdigit() else 2)


@pytest.mark.parametrize(
    "files, told",
    [
        ([{"id": "1", "filename": "a.txt"}, {"id": "2", "filename": "a.txt"}], "1 (a.txt), 2 (a.txt)"),
        ([{"id": "1", "filename": "b.txt"}], "1 (b.txt)"),
    ],
)
def test_a_name_that_means_none_or_several_lists_them(stub, tmp_path, files, told):
    stub.will(ticket(*files))
    result = run(stub, dest=str(tmp_path / "a"), file="a.txt")
    assert told in result["msg"] and len(stub.calls) == 1


def test_where_a_ticket_lists_no_attachments_the_name_is_an_id(stub, tmp_path):
    stub.will(ticket(), sends(CONTENT, **FILE))
    assert run(stub, dest=str(tmp_path / "a"), file="f47ac10b")["changed"]
    assert "/ticket/attachment/f47ac10b?" in stub.calls[-1]


@pytest.mark.parametrize("file", ["5501", "report.pdf"])
def test_in_a_folder_the_file_gets_the_name_that_the_portal_reports(stub, tmp_path, file):
    stub.will(LISTED, sends(CONTENT, **FILE), LISTED, sends(CONTENT, **FILE))
    result = run(stub, dest=f"{tmp_path}/", file=file)
    assert (result["dest"], os.listdir(tmp_path)) == (f"{tmp_path}/report.pdf", ["report.pdf"])
    assert run(stub, dest=str(tmp_path), file=file)["changed"] is False


@pytest.mark.parametrize(
    "name, written",
    [
        ("../../etc/passwd", "_._.._etc_passwd"),
        ("/etc/passwd", "_etc_passwd"),
        ("..\\..\\evil.exe", "_._.._evil.exe"),
        (".bashrc", "_bashrc"),
        ("~root", "_root"),
        ("a\x1b]0;x\x07\n\u202eb.txt", "a ]0;x b.txt"),
        ("گزارش\u200cها.pdf", "گزارش\u200cها.pdf"),
        ("گ" * 300 + ".pdf", "گ" * 98 + ".pdf"),
        ("{{ 1 + 1 }}", "{{ 1 + 1 }}"),
        ("$HOME", "$HOME"),
    ],
)
def test_a_name_of_the_portal_is_never_a_path(stub, tmp_path, name, written):
    stub.will(ticket({"id": "5501", "filename": name}), sends(CONTENT, **FILE))
    folder = tmp_path / "in"
    folder.mkdir()
    assert run(stub, dest=str(folder))["changed"]
    assert os.listdir(folder) == [written] and os.listdir(tmp_path) == ["in"]


@pytest.mark.parametrize("name", ["..", "/", "...", "\u202e"])
def test_a_name_that_is_none(stub, tmp_path, name):
    stub.will(ticket({"id": "5501", "filename": name}))
    result = run(stub, dest=str(tmp_path))
    assert result["msg"] == "The portal reports no usable name of the file. Specify dest as the path of a file."
    assert os.listdir(tmp_path) == []
