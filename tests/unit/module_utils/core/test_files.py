# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where notes, locks and paces are kept: in one folder, whatever the working directory is."""

from __future__ import annotations

import os
import pwd

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._core.files import default_folder


def nobody(_uid):
    raise KeyError("no entry")


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"ANSIBLE_HOME": "/srv/ansible", "HOME": "/home/x"}, "/srv/ansible/sindad.cloud"),
        ({"ANSIBLE_HOME": "", "HOME": "/home/x"}, "/home/x/.ansible/sindad.cloud"),
        ({"ANSIBLE_HOME": "~/a", "HOME": "/home/x"}, "/home/x/a/sindad.cloud"),
    ],
)
def test_the_folder_is_below_the_home_of_ansible(monkeypatch, environment, folder):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_folder() == folder


@pytest.mark.parametrize("home", ["", "~/a", "relative", "./~"])
def test_a_folder_that_depends_on_the_working_directory_is_refused(monkeypatch, home):
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.setenv("ANSIBLE_HOME", home)
    with pytest.raises(SindadError, match=r"not an absolute path.*Nothing was sent"):
        default_folder()
    assert os.environ["ANSIBLE_HOME"] == home
