# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may import whom in plugins/: a folder is a noun, a file is a role, and a role imports only roles to its left.

errors < core < record < api < context < state < module

The core has rooms of its own, and each imports only rooms to its left: reading < response < http < change.
"""

from __future__ import annotations

import ast
import functools
from pathlib import PurePosixPath

ROLES = ("errors", "core", "record", "api", "context", "state", "module")
#: Files that are named otherwise than their role; every other file of a noun is state.
NAMED = {
    "record": "record",
    "person": "record",
    "routes": "record",
    "tags": "record",
    "keys": "record",
    "naming": "record",
    "shapes": "record",
    "api": "api",
}
#: The rooms of the core. What needs no room at all may be imported by all of them.
CORE_ROOMS = ("reading", "response", "http", "change")
LEAVES = ("_core/errors.py", "_core/files.py", "_core/http/clock.py", "_core/http/request.py")
#: Nouns that every noun may import.
SHARED = ("_core", "_service")
PACKAGE = "ansible_collections.sindad.cloud.plugins."


def place(path):
    """The noun and the role of a file below plugins/: ``module_utils/_vm/api.py`` is ``("_vm", "api")``."""
    parts = PurePosixPath(path).parts
    if parts[0] != "module_utils":
        return "", "module"
    if len(parts) == 2:
        return "", "context"
    noun, role = parts[1], PurePosixPath(parts[-1]).stem
    if noun == "_core":
        return noun, "errors" if role == "errors" else "core"
    return noun, NAMED.get(role, "state")


@functools.cache
def imported(path, source):
    """The files below plugins/ that the *source* of *path* imports, relative imports included; with the line."""
    return tuple(_imported(path, ast.parse(source)))


def _imported(path, tree):
    package = PurePosixPath(path).parent.parts
    for_types = [block for block in tree.body if _is_for_types(block)]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not any(_is_within(node, block) for block in for_types):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = node.module or ""
            if not node.level:
                if not module.startswith(PACKAGE):
                    continue
                module = module[len(PACKAGE) :]
            parts = [*base, *filter(None, module.split("."))]
            names = [alias.name for alias in node.names]
            if len(parts) < 3 and parts[:1] == ["module_utils"] and parts[-1] != "_context":
                yield from (("/".join([*parts, name]) + ".py", node.lineno) for name in names)
            else:
                yield "/".join(parts) + ".py", node.lineno


def _is_to_the_left(target, path):
    """Whether a file of the core may import another one."""
    if target.endswith(LEAVES):
        return True
    room, other = (PurePosixPath(each).parts[2] for each in (path, target))
    return room in CORE_ROOMS and CORE_ROOMS.index(other) <= CORE_ROOMS.index(room)


def _is_for_types(block):
    """Whether this is ``if TYPE_CHECKING:``. An import below it is not made when the code runs."""
    return isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)


def _is_within(node, block):
    return block.lineno < node.lineno <= (block.end_lineno or 0)


def violations(path, source):
    """What *source* would do wrong if it stood at *path*, a sentence each."""
    noun, role = place(path)
    found = []
    for target, line in imported(path, source):
        other_noun, other_role = place(target)
        if not target.startswith("module_utils/"):
            if role != "module":
                found.append(f"{path}:{line} imports {target}, which is above it")
            continue
        below = ROLES.index(other_role) < ROLES.index(role)
        beside = other_role == role and other_noun in (noun, *SHARED)
        if not (below or beside):
            found.append(f"{path}:{line} ({role}) imports {target} ({other_role})")
        elif noun not in ("", other_noun) and other_noun not in ("", *SHARED):
            found.append(f"{path}:{line}: the noun {noun} imports the noun {other_noun}")
        elif noun == "_core" and other_noun != "_core":
            found.append(f"{path}:{line}: _core imports {other_noun}")
        elif noun == "_core" and not _is_to_the_left(target, path):
            found.append(f"{path}:{line} imports {target}, which is in a room to its right")
    return found


def cycles(sources):
    """Files that import each other in a circle; *sources* by path."""
    edges = {path: {target for target, _line in imported(path, text)} & set(sources) for path, text in sources.items()}
    rest = dict(edges)
    while True:
        free = [path for path, targets in rest.items() if not targets & set(rest)]
        if not free:
            return sorted(rest)
        for path in free:
            del rest[path]
