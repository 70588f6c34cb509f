# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write what a new module needs: the module, its action, tests, target and RETURN, and its entry in the action group.

python tools/new/module.py NAME

What it writes passes the linters and fails the tests that say what is left to do. It overwrites nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).resolve().parent / "templates"
LICENCE = "# SPDX-FileCopyrightText: 2026 sindad.cloud contributors\n# SPDX-License-Identifier: GPL-3.0-or-later\n"
#: Each template, and where what is written from it belongs.
FILES = {
    "module.py.txt": "plugins/modules/{name}.py",
    "action.py.txt": "plugins/action/{name}.py",
    "unit.py.txt": "tests/unit/modules/test_{name}.py",
    "target.yml.txt": "tests/integration/targets/{name}/tasks/main.yml",
    "meta.yml.txt": "tests/integration/targets/{name}/meta/main.yml",
    "aliases.txt": "tests/integration/targets/{name}/aliases",
    "returns.yml.txt": "tools/returns/{name}.yml",
}
LEFT_TO_DO = """
Left to do:
  1. plugins/modules/{name}.py: documentation, options, run().
  2. tools/returns/{name}.yml: what it returns; move it to the file of its noun. Then: make docs-return
  3. tests/unit/modules/test_{name}.py and tests/integration/targets/{name}: each says what is missing.
  4. tests/integration/targets/both_ways/tasks/each_module.yml: a call of it.
  5. README.md: a row in the table of modules.
Then run: make lint units targets TARGETS={name}
"""


def write_files(name: str, root: Path) -> list[str]:
    """Write every file of the module *name*; what is there already is an error before anything is written."""
    texts = {
        root / where.format(name=name): (TEMPLATES / template).read_text().replace("NAME", name)
        for template, where in FILES.items()
    }
    there = [str(path) for path in texts if path.exists()]
    if there:
        raise FileExistsError(f"There already is {', '.join(there)}.")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        shebang = "#!/usr/bin/python\n" if path.parent.name == "modules" and "plugins" in path.parts else ""
        path.write_text(shebang + text.replace("LICENCE\n", LICENCE) if path.suffix == ".py" else text)
    return [str(path.relative_to(root)) for path in texts]


def list_module(name: str, runtime: str) -> str:
    """meta/runtime.yml with *name* in the action group, in its order."""
    members = sorted({*re.findall(r"^    - (\w+)$", runtime, re.M), name})
    return re.sub(r"(?:^    - \w+\n)+", "".join(f"    - {each}\n" for each in members), runtime, flags=re.M)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", help="of the module: lower case, words with _ between them")
    name = parser.parse_args().name
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
        sys.exit(f"'{name}' cannot be the name of a module: give lower case words with _ between them.")
    try:
        written = write_files(name, ROOT)
    except FileExistsError as error:
        sys.exit(str(error))
    runtime = ROOT / "meta/runtime.yml"
    runtime.write_text(list_module(name, runtime.read_text()))
    print("\n".join([f"Written: {path}" for path in written]))
    print(LEFT_TO_DO.format(name=name))


if __name__ == "__main__":
    main()
