# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write reports of accounts on the emulator, a hostile and a large one among them, and look at them in Chromium.

python tests/browser/look.py CHROMIUM MODULES PICTURES

MODULES is the folder in which npm installed what package.json names. The pictures are there to be looked at.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from with_emulator import emulator  # noqa: E402

HOSTILE = [
    {"service": "101", "set": {"label": "{{ 1+1 }} <script>alert(1)</script>", "name": "x" * 200}},
    {"service": "102", "set": {"domain": '"><img src=x onerror=alert(1)>', "label": "سرور \u202eevil\u202c #برچسب"}},
    {"service": "103", "vm": "31", "set": {"label": "</title></style><b>" + "\u0633" * 120}},
    {"ticket": 736633, "set": {"subject": "a | b `c` <i>d</i> &amp; " + "long" * 60}},
]
#: Name, options of the emulator, and variables of the role.
REPORTS = [
    # The top of it is docs/images/report.png, the picture of the README.
    ("picture", {"services": 24, "vms_per_service": 2}, {"account_report_title": "Hosting of Example Ltd"}),
    ("small-en", {}, {}),
    ("small-fa", {}, {"account_report_language": "fa"}),
    ("hostile-en", {}, {}),
    ("hostile-fa", {}, {"account_report_language": "fa"}),
    ("large-en", {"services": 1000}, {"account_report_machines": False}),
    ("large-fa", {"services": 1000}, {"account_report_machines": False, "account_report_language": "fa"}),
]


def control(url: str, call: str, body: object) -> None:
    data = json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(f"{url}/_emulator/{call}", data, headers)).close()


def write(url: str, path: Path, variables: dict[str, object]) -> None:
    environment = {
        **os.environ,
        "SINDAD_API_URL": f"{url}/api",
        "SINDAD_USERNAME": "user@example.com",
        "SINDAD_PASSWORD": "secret",
        "ANSIBLE_LOCALHOST_WARNING": "0",
    }
    extra = json.dumps({"account_report_dest": str(path), **variables})
    command = ["ansible-playbook", "sindad.cloud.report", "-e", extra]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def main() -> None:
    chromium, modules, pictures = sys.argv[1:]
    folder = Path(pictures).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    with emulator() as url:
        for name, account, variables in REPORTS:
            control(url, "reset", account)
            if name.startswith("hostile"):
                control(url, "tamper", HOSTILE)
            pages.append(folder / f"{name}.html")
            write(url, pages[-1], variables)
    command = ["node", str(HERE / "check.mjs"), chromium, str(folder), *map(str, pages)]
    environment = {**os.environ, "BROWSER_MODULES": str(Path(modules).resolve())}
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
