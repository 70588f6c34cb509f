# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control routes under /_emulator/. They have no latency and no faults, and are not logged."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from .options import NEED_RESET, changed
from .snapshot import snapshot
from .tamper import tamper

if TYPE_CHECKING:
    from .app import Portal


async def _json(request: Request) -> Any:
    raw = await request.body()
    return json.loads(raw) if raw.strip() else {}


def _wrong(problem: Exception) -> JSONResponse:
    words = f"no such {problem}" if isinstance(problem, KeyError) else str(problem)
    return JSONResponse({"problem": words}, 400)


class Control:
    """What a test can ask of the emulator itself."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal

    def _options(self) -> dict[str, Any]:
        return dataclasses.asdict(self.portal.options)

    async def log(self, request: Request) -> JSONResponse:
        if request.method == "DELETE":
            self.portal.log.clear()
            return JSONResponse({"done": True})
        try:
            return JSONResponse(self.portal.log.report(dict(request.query_params)))
        except ValueError as problem:
            return _wrong(problem)

    async def coverage(self, _request: Request) -> JSONResponse:
        return JSONResponse({profile: sorted(done) for profile, done in self.portal.log.reached.items()})

    async def reset(self, request: Request) -> JSONResponse:
        try:
            self.portal.reset(await _json(request))
        except (ValueError, TypeError) as problem:
            return _wrong(problem)
        return JSONResponse({"options": self._options(), "services": len(self.portal.account.services)})

    async def start(self, request: Request) -> JSONResponse:
        """The options that every reset begins with, besides those of the command line; with a reset."""
        try:
            self.portal.restart(await _json(request))
        except (ValueError, TypeError) as problem:
            return _wrong(problem)
        return JSONResponse({"options": self._options()})

    async def options(self, request: Request) -> JSONResponse:
        if request.method == "POST":
            try:
                values = await _json(request)
                rebuilt = sorted(NEED_RESET & set(values))
                if rebuilt:
                    raise ValueError(f"{', '.join(rebuilt)}: use reset, these build the account")
                self.portal.options = changed(self.portal.options, values)
            except (ValueError, TypeError) as problem:
                return _wrong(problem)
        return JSONResponse({"options": self._options()})

    async def state(self, request: Request) -> JSONResponse:
        try:
            account = self.portal.account_of(request.query_params.get("account", ""))
        except ValueError as problem:
            return _wrong(problem)
        account.settle()
        return JSONResponse(snapshot(account))

    async def faults(self, request: Request) -> JSONResponse:
        if request.method == "DELETE":
            self.portal.faults.active = []
        elif request.method == "POST":
            try:
                wanted = await _json(request)
                for one in wanted if isinstance(wanted, list) else [wanted]:
                    self.portal.faults.add(one)
            except (ValueError, TypeError) as problem:
                return _wrong(problem)
        return JSONResponse({"faults": [one.describe() for one in self.portal.faults.active]})

    async def tamper(self, request: Request) -> JSONResponse:
        try:
            wanted = await _json(request)
            done = [self._tamper(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
        except (ValueError, TypeError, KeyError) as problem:
            return _wrong(problem)
        return JSONResponse({"done": done})

    def _tamper(self, wanted: dict[str, Any]) -> str:
        account = self.portal.account_of(str(wanted.get("account", "")))
        account.settle()
        return tamper(account, wanted)

    async def advance(self, request: Request) -> JSONResponse:
        """Push the clock of the account; where it is because a client sleeps, a reset does not set it back."""
        body = await _json(request)
        push = self.portal.sleep if body.get("slept") else self.portal.clock.advance
        push(float(body.get("seconds", 0)))
        self.portal.account.settle()
        return JSONResponse({"done": True})


def control_app(portal: Portal) -> Starlette:
    control = Control(portal)
    return Starlette(
        routes=[
            Mount(
                "/_emulator",
                routes=[
                    Route("/log", control.log, methods=["GET", "DELETE"]),
                    Route("/coverage", control.coverage, methods=["GET"]),
                    Route("/reset", control.reset, methods=["POST"]),
                    Route("/start", control.start, methods=["POST"]),
                    Route("/options", control.options, methods=["GET", "POST"]),
                    Route("/state", control.state, methods=["GET"]),
                    Route("/faults", control.faults, methods=["GET", "POST", "DELETE"]),
                    Route("/tamper", control.tamper, methods=["POST"]),
                    Route("/advance", control.advance, methods=["POST"]),
                ],
            )
        ]
    )
