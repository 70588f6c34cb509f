# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: an option for each option of the emulator."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Sequence

from .app import Portal
from .options import CHOICES, Options, changed
from .server import address, listen, uvicorn_server


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="portal.py", description="An emulation of the portals' client API.")
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=8642, help="0: any free port (default: %(default)s)")
    made.add_argument("--keep-alive", type=int, default=60, help="seconds an idle connection stays open")
    defaults = Options()
    for one in dataclasses.fields(Options):
        default = getattr(defaults, one.name)
        flag = "--" + one.name.replace("_", "-")
        if isinstance(default, bool):
            made.add_argument(flag, action=argparse.BooleanOptionalAction, default=argparse.SUPPRESS)
        elif isinstance(default, dict):
            made.add_argument(
                flag, type=json.loads, default=argparse.SUPPRESS, help=f"JSON, default: {json.dumps(default)}"
            )
        else:
            kind = type(CHOICES[one.name][0]) if one.name in CHOICES else str
            choices = CHOICES.get(one.name)
            made.add_argument(flag, type=kind, choices=choices, default=argparse.SUPPRESS, help=f"default: {default}")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    given = vars(parser().parse_args(arguments))
    host, port, keep_alive = given.pop("host"), given.pop("port"), given.pop("keep_alive")
    portal = Portal(changed(Options(), given))
    sock = listen(host, port)
    print(f"listening on {address(sock)}", flush=True)
    uvicorn_server(portal, keep_alive).run(sockets=[sock])
