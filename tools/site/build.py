# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the documentation site: the reference of all plugins and roles, and all guides. Called by `make site`.

Usage: build.py BUILD_FOLDER SITE_FOLDER

Needs no network. A page that is in no menu, a link that leads nowhere, and every other warning is an error.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]
HERE = pathlib.Path(__file__).parent
SOURCES = "https://github.com/sindad-cloud/sindad.cloud/blob/main/"
#: The menus of the site: a caption, and the pages below it, as files of the repository without their ending.
MENUS = {
    "Start": ["docs/guide_getting_started", "docs/guide_from_curl", "docs/guide_recipes", "docs/guide_new_portal"],
    "Use": [
        *("docs/guide_inventory", "docs/guide_ad_hoc", "docs/guide_idempotency_and_safety", "docs/guide_report"),
        *("docs/guide_export", "docs/guide_events", "docs/guide_awx", "docs/guide_running_modes"),
        "docs/guide_troubleshooting",
    ],
    "فارسی": ["docs/fa/guide"],
    "Project": [
        *("CHANGELOG", "SECURITY", "CONTRIBUTING", "CODE_OF_CONDUCT", "docs/releases", "docs/design"),
        *("docs/portal_facts", "docs/fault_matrix", "docs/benchmark"),
    ],
}
PAGES = {source for sources in MENUS.values() for source in sources}
LINK = re.compile(r"(\]\()([^)#\s]+)(#[^)\s]*)?(\))")
OTHERS = "All plugins and roles"
HEADING = re.compile(r"^Sindad\.Cloud\n=+$", re.M)
CONTENTS = re.compile(r"^\.\. contents::\n(?:[ ]+\S.*\n)*", re.M)
SUBJECT = re.compile(r"^\| \*\*(.+)\*\* \| \|$")
ROW = re.compile(r"^\| `(?:sindad\.cloud\.)?(\w+)` \| (.*) \|$")


def subjects() -> dict[str, list[str]]:
    """Return the modules by subject, as the README groups them."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if subject := SUBJECT.match(line):
            current = found.setdefault(subject[1], [])
        elif current is not None and (row := ROW.match(line)):
            current.append(row[1])
        elif not line.startswith("|"):
            current = None
    return found


def page(source: str) -> str:
    """Return where a file of the repository stands in the site: guides and project pages at its root."""
    return source.removeprefix("docs/").replace("/", "_") if source.startswith("docs/fa/") else source.split("/")[-1]


def converted(source: str, text: str) -> str:
    """Return *text* with links to pages of the site where there are some, else to the repository."""
    folder = pathlib.PurePosixPath(source).parent

    def link(match: re.Match[str]) -> str:
        before, target, anchor, after = match.groups()
        if "://" in target or target.startswith("mailto:"):
            return match[0]
        path = _normal(folder / target)
        if path.startswith("docs/images/"):
            return f"{before}{path.removeprefix('docs/')}{after}"
        known = path.removesuffix(".md")
        if path.endswith(".md") and known in PAGES:
            return f"{before}{page(known)}.md{anchor or ''}{after}"
        return f"{before}{SOURCES}{path}{anchor or ''}{after}"

    return LINK.sub(link, text)


def _normal(path: pathlib.PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def index() -> str:
    """Return the first page: what the collection is, and the menus."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    intro = readme.split("\n# sindad.cloud\n", 1)[1].split("\n## ", 1)[0]
    intro = re.sub(r"(?m)^\[?!\[.*\n?", "", intro)
    lines = ["# sindad.cloud", converted("README.md", intro), "## Modules", ""]
    for subject, modules in subjects().items():
        names = ", ".join(f"[{name}](reference/{name}_module.rst)" for name in modules)
        lines += [f"**{subject}**: {names}", ""]
    for caption, sources in MENUS.items():
        lines += [_menu(caption, [page(source) for source in sources])]
    lines += [
        _menu(f"Modules: {subject}", [f"reference/{name}_module" for name in names])
        for subject, names in subjects().items()
    ]
    others = ["reference/sindad_inventory"]
    return "\n".join([*lines, _menu("Other plugins and roles", [*others, "reference/index"])])


def _menu(caption: str, pages: list[str]) -> str:
    return "\n".join(["```{toctree}", f":caption: {caption}", ":hidden:", ":maxdepth: 1", "", *pages, "```", ""])


def write_pages(build: pathlib.Path) -> None:
    """Write the guides and the first page to *build*."""
    shutil.copytree(ROOT / "docs/images", build / "images", dirs_exist_ok=True)
    shutil.copytree(HERE / "static", build / "static", dirs_exist_ok=True)
    shutil.copy(HERE / "conf.py", build)
    for source in PAGES:
        text = (ROOT / f"{source}.md").read_text(encoding="utf-8")
        text = re.sub(r"\A<!--.*?-->\n", "", text, flags=re.S)
        (build / f"{page(source)}.md").write_text(converted(f"{source}.md", text), encoding="utf-8")
    (build / "index.md").write_text(index(), encoding="utf-8")


def write_reference(folder: pathlib.Path) -> None:
    """Write a page for each plugin and role to *folder*."""
    folder.mkdir(mode=0o755, parents=True)
    options = ["--use-current", "--squash-hierarchy", "--fail-on-error"]
    subprocess.run(["antsibull-docs", "collection", *options, "--dest-dir", str(folder), "sindad.cloud"], check=True)
    for path in folder.glob("*.rst"):
        text = CONTENTS.sub("", path.read_text(encoding="utf-8"))  # the theme has its own
        path.write_text(HEADING.sub(f"{OTHERS}\n{'=' * len(OTHERS)}", text), encoding="utf-8")


def main(build: pathlib.Path, site: pathlib.Path) -> None:
    """Build the site in *site*, its sources in *build*."""
    for folder in (build, site):
        shutil.rmtree(folder, ignore_errors=True)
    build.mkdir(parents=True)
    write_reference(build / "reference")
    write_pages(build)
    subprocess.run(["sphinx-build", "-q", "-W", "--keep-going", "-b", "html", str(build), str(site)], check=True)
    print(f"{site}/index.html")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
