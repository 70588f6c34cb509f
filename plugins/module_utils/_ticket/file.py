# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file on the task's target: written whole or not at all, with its mode and owner, by the means of AnsibleModule."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from .._core.errors import InvalidInput
from .._core.files import ensure_file_path
from .._core.reading.text import printable

#: The greatest user and group id; one more means none.
MOST_ID = 2**32 - 2
#: The most bytes of a name that file systems take; some are left for the names of temporary files.
MOST_NAME_BYTES = 200


class FileFunctions(Protocol):
    """What AnsibleModule has for files. Each ends the module if it fails."""

    check_mode: bool
    params: Mapping[str, Any]
    tmpdir: str

    def sha1(self, filename: str) -> str | None:
        """Return the checksum of a file; None without the file."""

    def atomic_move(self, src: str, dest: str) -> None:
        """Put the file *src* in the place of *dest*."""

    def load_file_common_arguments(self, params: Mapping[str, Any], path: str | None = None) -> dict[str, Any]:
        """Return what *params* request for the mode and the owner of *path*."""

    def set_fs_attributes_if_different(
        self, file_args: Mapping[str, Any], changed: bool, diff: dict[str, Any] | None = None, expand: bool = True
    ) -> bool:
        """Set mode and owner. Returns whether anything was changed, or *changed*."""


class Written(NamedTuple):
    """Whether anything was changed, or would be in check mode, and what the diff shows."""

    changed: bool
    before: dict[str, Any]
    after: dict[str, Any]


def name_of_file(name: str) -> str:
    """Return a *name* that a portal reports as one in a folder: nothing in it leads elsewhere, or hides the file.

    :raises InvalidInput: if nothing of a name is left.
    """
    plain = re.sub(r"[/\\]", "_", " ".join(printable(name).split()))
    plain = re.sub(r"^[.~-]", "_", plain)
    if not any(sign.isalnum() for sign in plain):
        raise InvalidInput("The portal reports no usable name of the file. Specify dest as the path of a file.")
    stem, suffix = os.path.splitext(plain)
    suffix = suffix if len(os.fsencode(suffix)) <= 16 else ""
    room = MOST_NAME_BYTES - len(os.fsencode(suffix))
    stem = os.fsencode(stem if suffix else plain)[:room].decode("utf-8", "ignore")
    return stem + suffix


def ensure_writable(module: FileFunctions, path: str) -> None:
    """Refuse what cannot be written, or not with the requested mode and owner.

    :raises InvalidInput: for the path.
    """
    ensure_file_path(path)
    _ensure_in_range(module.params)
    _rehearse(module, os.path.dirname(path) or ".")


def _ensure_in_range(params: Mapping[str, Any]) -> None:
    """Refuse numbers that no file system takes, which AnsibleModule hands on as they are."""
    for name, most, written in (("owner", MOST_ID, str), ("group", MOST_ID, str), ("mode", 0o7777, oct)):
        value, base = params[name], 8 if name == "mode" else 10
        with contextlib.suppress(TypeError, ValueError):
            number = value if isinstance(value, int) else int(value, base)
            if isinstance(value, bool) or not 0 <= number <= most:
                raise InvalidInput(f"{name} must be a number from 0 to {written(most)}, or in words, not {value}.")


def _rehearse(module: FileFunctions, folder: str) -> None:
    """Let AnsibleModule check mode, owner and group on a folder that is there; in check mode it changes nothing."""
    check_mode = module.check_mode
    module.check_mode = True
    try:
        requested = module.load_file_common_arguments(module.params, folder)
        module.set_fs_attributes_if_different(requested, False, expand=False)
    finally:
        module.check_mode = check_mode


def put(module: FileFunctions, path: str, content: bytes) -> Written:
    """Give the file at the absolute *path* this content, and the requested mode and owner."""
    checksum, was = sha1(content), module.sha1(path)
    before: dict[str, Any] = {"path": path, "state": "absent"} if was is None else {"path": path, "checksum": was}
    after: dict[str, Any] = {"path": path, "checksum": checksum}
    if was != checksum and not module.check_mode:
        _replace(module, path, content)
    # Of a new file the diff shows no attributes: they cannot be predicted without writing it.
    attributes: dict[str, Any] | None = None if was is None else {"before": before, "after": after}
    requested = module.load_file_common_arguments(module.params, path)
    changed = module.set_fs_attributes_if_different(requested, was != checksum, attributes, expand=False)
    return Written(changed, before, after)


def _replace(module: FileFunctions, path: str, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=module.tmpdir)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    module.atomic_move(temporary, path)


def sha1(content: bytes) -> str:
    """The checksum that Ansible's own modules return for files."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
