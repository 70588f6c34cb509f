# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules run in this process against the emulator, whose operations take no time, with a clock that is only moved."""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
from types import ModuleType
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.module_utils._context import execute
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from unit.clock import MovedClock

MODULES = "ansible_collections.sindad.cloud.plugins.modules"
#: Nothing takes its time.
QUICK = {"stale": 0, "duration": 0, "create_delay": 0, "operation_duration": 0, "upgrade_delay": 0}


def load_emulator() -> ModuleType | None:
    """The emulator; None where starlette, uvicorn or PyJWT is missing."""
    for package in ("tests.emulator", "ansible_collections.sindad.cloud.tests.emulator"):
        with contextlib.suppress(ImportError):
            return importlib.import_module(f"{package}.portal")
    return None


class Account:
    """An account at an emulated portal, and the modules on it."""

    def __init__(self, portal: Any) -> None:
        self.portal = portal
        self.warnings: list[str] = []

    def run(self, name: str, check_mode: bool = False, **options: Any) -> dict[str, Any]:
        """The result of a module, as a task would get it."""
        module = importlib.import_module(f"{MODULES}.{name}")
        login = {"api_url": self.portal.api_url, "username": "user@example.com", "password": "secret"}
        rules = {key: value for key, value in module.SPEC.items() if key != "supports_check_mode"}
        # as a task gives them: through JSON, so that what is validated is never the table of a test
        checked = ArgumentSpecValidator(**rules).validate(json.loads(json.dumps({**login, **options})))
        if checked.error_messages:
            return {"failed": True, "msg": checked.errors.msg}
        make_client = functools.partial(Client, clock=MovedClock())
        result, self.warnings = execute(
            module.run, checked.validated_parameters, check_mode, diff=True, make_client=make_client
        )
        return result

    @property
    def effects(self) -> dict[str, int]:
        """What was changed, by method and path below the API."""
        return {key.replace("/api", "", 1): count for key, count in self.portal.effects().items()}
