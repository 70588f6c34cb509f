# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a family of the emulator of what a user sends: the shapes file of portal_info, and the dialect if there is one.

python tests/emulator/family.py NAME SHAPES [DIALECT]

The file that is written, families/NAME.json, is a test from then on: see tests/unit/portals/test_families.py.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import yaml

FAMILIES = Path(__file__).parent / "families"


def make(name: str, shapes: str, dialect: str = "") -> Path:
    """Write the file of a family. Of a dialect only its rules are kept, and of a report only the shapes."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise SystemExit(f"NAME={name}: lower-case letters, digits and _ only")
    report = json.loads(Path(shapes).read_text(encoding="utf-8")) if shapes else {"shapes": []}
    if not isinstance(report, dict) or not isinstance(report.get("shapes"), list):
        raise SystemExit(f"SHAPES={shapes}: not a shapes file of portal_info")
    rules = yaml.safe_load(Path(dialect).read_text(encoding="utf-8")) if dialect else {}
    described = {
        "dialect": {"answers": rules["answers"]} if rules else {},
        "shapes": [{"endpoint": each["endpoint"], "shape": each["shape"]} for each in report["shapes"]],
    }
    path = FAMILIES / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    print(make(*sys.argv[1:]))
