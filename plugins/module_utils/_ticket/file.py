# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file on the task's target: written whole or not at all, with its mode and owner.

AnsibleModule can do this too, but there is none when a module runs in the controller's process.
"""

from __future__ import annotations

import contextlib
import grp
import hashlib
import os
import pwd
import stat
import tempfile

from ansible.module_utils.basic import AnsibleModule

from .._core.errors import InvalidInput, SindadError


class File:
    """What a file should be. All of it is checked here, before its content is fetched.

    :param mode: octal digits (text), a number, or symbolic as for chmod; None keeps it, or takes the default.
    :param owner: name or id; None keeps it. :param group: the same.
    """

    def __init__(self, path, mode=None, owner=None, group=None):
        self.path = path
        folder = os.path.dirname(path) or "."
        if os.path.isdir(path) or not os.path.basename(path):
            raise InvalidInput(f"{path} is a folder. Give the path of the file to write.")
        if os.path.exists(path) and not os.path.isfile(path):
            raise InvalidInput(f"{path} exists and is no regular file. Give another path.")
        if not os.path.isdir(folder):
            raise InvalidInput(f"There is no folder {folder} to write {os.path.basename(path)} to. Create it first.")
        self.folder = folder
        self.there = os.stat(path) if os.path.exists(path) else None
        self.mode = _mode(mode, self.there)
        self.uid = _number(owner, lambda name: pwd.getpwnam(name).pw_uid, "user")
        self.gid = _number(group, lambda name: grp.getgrnam(name).gr_gid, "group")

    def put(self, content, pretend=False):
        """Make the file so, or only *pretend* to. Returns C((changed, before, after)), the latter two for the diff."""
        try:
            before = self._now()
            after = {"path": self.path, "checksum": sha1(content), "mode": f"{self.mode:04o}"}
            after.update(owner=_name(self.uid, pwd.getpwuid), group=_name(self.gid, grp.getgrgid))
            after = {key: value for key, value in after.items() if value is not None}
            before = {key: value for key, value in before.items() if key in after or key == "state"}
            if before == after:
                return False, before, after
            write = before.get("checksum") != after["checksum"]
            if write and not os.access(self.folder, os.W_OK | os.X_OK):
                raise SindadError(
                    f"{self.path} cannot be written: this user may not write to the folder {self.folder}."
                )
            if not pretend:
                self._replace(content) if write else self._set_attributes(self.path)
        except OSError as error:
            raise SindadError(
                f"{self.path} could not be written: {error.strerror or error}. It is as it was."
            ) from None
        return True, before, after

    def _now(self):
        if not self.there:
            return {"path": self.path, "state": "absent"}
        with open(self.path, "rb") as file:
            checksum = sha1(*iter(lambda: file.read(1 << 20), b""))
        mode, uid, gid = stat.S_IMODE(self.there.st_mode), self.there.st_uid, self.there.st_gid
        owner, group = _name(uid, pwd.getpwuid), _name(gid, grp.getgrgid)
        return {"path": self.path, "checksum": checksum, "mode": f"{mode:04o}", "owner": owner, "group": group}

    def _replace(self, content):
        handle, temporary = tempfile.mkstemp(prefix=".ansible_tmp", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if self.there:
                with contextlib.suppress(PermissionError):  # as far as this user may keep the owner
                    os.chown(temporary, self.there.st_uid, self.there.st_gid)
            self._set_attributes(temporary)
            os.replace(temporary, self.path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise

    def _set_attributes(self, path):
        if self.uid is not None or self.gid is not None:
            os.chown(path, *(-1 if number is None else number for number in (self.uid, self.gid)))
        os.chmod(path, self.mode)  # last, as chown takes bits away


def sha1(*parts):
    """The checksum that Ansible's own modules return for files."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def _mode(mode, there):
    """The wanted permissions as a number."""
    umask = os.umask(0)
    os.umask(umask)
    now = there or os.stat_result((stat.S_IFREG | 0o666 & ~umask, *[0] * 9))
    if mode is None:
        return stat.S_IMODE(now.st_mode)
    wanted = None
    if isinstance(mode, str):
        with contextlib.suppress(ValueError):
            wanted = int(mode, 8)
        if wanted is None:
            with contextlib.suppress(ValueError, KeyError):
                wanted = AnsibleModule._symbolic_mode_to_octal(now, mode)
    elif isinstance(mode, int) and not isinstance(mode, bool):
        wanted = mode
    if wanted is None or not 0 <= wanted <= 0o7777:
        raise InvalidInput(f"mode must be octal in quotes, such as '0640', or symbolic, such as u=rw,g=r, not {mode}.")
    return wanted


def _number(name, known, noun):
    """The number of a user or group, by its name or the number itself."""
    if name is None:
        return None
    try:
        return int(name) if name.isdecimal() else known(name)
    except KeyError:
        raise InvalidInput(f"There is no {noun} {name} on this machine.") from None


def _name(number, known):
    if number is None:
        return None
    try:
        return known(number)[0]
    except KeyError:
        return str(number)
