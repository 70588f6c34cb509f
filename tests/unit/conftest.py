# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What unit tests share: an empty environment, a portal that answers as a test says, a clock that only has to be moved.

Some tests try one thing in very many ways. A share of those ways is run, chosen by SEED; all with WHOLE=1.
"""

from __future__ import annotations

import collections
import itertools
import os
import random
from pathlib import Path

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import forget_sessions
from unit.clock import MovedClock
from unit.portal_stub import PortalStub

HERE = Path(__file__).parent
#: The folders whose tests are many ways of one thing, and the share of them that is run.
SAMPLED, SHARE = ("faults", "hostile", "leniency", "portals"), 0.25
SEED, WHOLE = os.environ.get("SEED") or "1", bool(os.environ.get("WHOLE"))


def _chance(name):
    """Alike in every run with one seed, whatever else is run."""
    return random.Random(f"{SEED} {name}")


def pytest_collection_modifyitems(config, items):
    """Leave out a part of the ways of each test, but where somebody names the test."""
    if WHOLE or any("::" in argument for argument in config.args):
        return
    ways = collections.defaultdict(list)
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.relative_to(HERE).parts[0] in SAMPLED:
            ways[item.nodeid.partition("[")[0]].append(item)
    left_out = set()
    for name, found in ways.items():
        left_out.update(_chance(name).sample(found, int(len(found) * (1 - SHARE))))
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))


def pytest_terminal_summary(terminalreporter):
    if not WHOLE and terminalreporter.stats.get("deselected"):
        terminalreporter.write_line(f"A share of the ways of some tests was run: SEED={SEED}. All: WHOLE=1.")


@pytest.fixture
def sample(request):
    """Gives a share of many things, chosen by SEED."""
    chance = _chance(request.node.name)
    return lambda things: (thing for thing in things if WHOLE or chance.random() < SHARE)


@pytest.fixture(scope="session")
def homes(tmp_path_factory):
    """Gives folders, one after the other: pytest's own way looks at all that there are, for each."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch, homes):
    """No account, proxy, authority or order of the developer's own machine."""
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("ANSIBLE_HOME", str(home))
    for name in list(os.environ):
        if (
            name.startswith("SINDAD_")
            or name.lower().endswith("_proxy")
            or name.endswith(("_CA_BUNDLE", "SSL_CERT_FILE"))
        ):
            monkeypatch.delenv(name)
    forget_sessions()


@pytest.fixture
def stub():
    """A portal on this machine that answers as a test says; see portal_stub.py."""
    with PortalStub() as portal:
        yield portal


@pytest.fixture
def clock():
    return MovedClock()
