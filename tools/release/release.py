# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prepare a release of the collection, check that a tree is one, and print its notes. Called by `make release`.

Usage: release.py prepare|check|notes VERSION
"""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]
#: Where the version stands, and how: the first group before it, the second behind it.
PLACES = {
    "galaxy.yml": r"(?m)(^version: )[\w.+-]+()$",
    "plugins/module_utils/_core/http/session.py": r"(USER_AGENT = \"sindad\.cloud/)[\w.+-]+( )",
}
VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9a-z.]+)?")


def versions(root: pathlib.Path = ROOT) -> dict[str, str]:
    """Return the version that each of :data:`PLACES` names.

    :raises SystemExit: if one names none.
    """
    found = {}
    for name, pattern in PLACES.items():
        before, behind = re.sub(r"\(\?m\)", "", pattern).split(r"[\w.+-]+")
        match = re.search(f"(?m){before}(?P<version>[\\w.+-]+){behind}", (root / name).read_text(encoding="utf-8"))
        if match is None:
            raise SystemExit(f"{name} names no version.")
        found[name] = match.group("version")
    return found


def set_version(version: str, root: pathlib.Path = ROOT) -> None:
    """Write *version* wherever it stands."""
    for name, pattern in PLACES.items():
        path = root / name
        path.write_text(re.sub(pattern, rf"\g<1>{version}\g<2>", path.read_text(encoding="utf-8")), encoding="utf-8")


def notes(version: str, root: pathlib.Path = ROOT) -> str:
    """Return the section of CHANGELOG.md for *version*, without its heading.

    :raises SystemExit: if there is none.
    """
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.escape(version).replace(r"\.", r"\\?\.")  # the changelog escapes dots
    match = re.search(rf"^## v{heading}\n(.*?)(?=^## v|^<a id=\"v\d|\Z)", text, re.M | re.S)
    if match is None or not match.group(1).strip():
        raise SystemExit(f"CHANGELOG.md has no section v{version}.")
    return re.sub(r"<a id=.*?</a>\n", "", match.group(1)).strip() + "\n"


def check(version: str, root: pathlib.Path = ROOT) -> None:
    """Refuse a tree that is not the release *version*.

    :raises SystemExit: naming what differs.
    """
    wrong = [f"{name} says {found}" for name, found in versions(root).items() if found != version]
    fragments = sorted(path.name for path in (root / "changelogs/fragments").glob("*.y*ml"))
    wrong += [f"changelogs/fragments/{name} is not released" for name in fragments]
    if wrong:
        raise SystemExit(f"This is not release {version}: {'; '.join(wrong)}.")
    notes(version, root)


def prepare(version: str) -> None:
    """Set *version*, and write the changelog from the fragments. The tree must have no changes."""
    if subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, check=True, capture_output=True).stdout:
        raise SystemExit("The tree has changes. Commit them first.")
    set_version(version)
    subprocess.run(["antsibull-changelog", "release", "--version", version], cwd=ROOT, check=True)
    check(version)


def main(arguments: list[str]) -> None:
    """Run the command that *arguments* name."""
    if len(arguments) != 2 or arguments[0] not in ("prepare", "check", "notes"):
        raise SystemExit(__doc__)
    command, version = arguments
    if not VERSION.fullmatch(version):
        raise SystemExit(f"'{version}' is not a version such as 1.0.0.")
    if command == "notes":
        print(notes(version), end="")
    else:
        {"prepare": prepare, "check": check}[command](version)


if __name__ == "__main__":
    main(sys.argv[1:])
