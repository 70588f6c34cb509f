# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal of canned answers below the real connection, and a module run against it."""

from __future__ import annotations

import json
from types import SimpleNamespace

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.module_utils._connection import Connection
from ansible_collections.sindad.cloud.plugins.module_utils._module import perform
from returned import ANSIBLE, read, undocumented

OPTIONS = {"api_url": "https://portal.example.com/api", "token": "a-token", "retries": 0}


class Canned:
    """What is answered to which request, and what was asked.

    :param answers: by C(GET /service): the JSON of the answer, an exception, or a function of the body that gives one.
    """

    def __init__(self, monkeypatch, answers):
        self.answers = answers
        self.asked = []
        monkeypatch.setattr(Connection, "_answer", lambda connection, request, *_limits: self._answer(request))
        self.portal = Connection(**OPTIONS)

    def _answer(self, request):
        self.asked.append((str(request), request.body))
        answer = self.answers.get(str(request), {"error": ["Method not found"]})
        answer = answer(request.body) if callable(answer) else answer
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(status_code=200, headers={}, content=json.dumps(answer).encode())

    @property
    def sent(self):
        """The requests that are no GET, with their bodies."""
        return [(request, body) for request, body in self.asked if not request.startswith("GET ")]

    def run(self, module, check_mode=False, **options):
        """The result of a module, as a task would get it, with its diff. What it returns must be documented."""
        rules = {key: value for key, value in module.SPEC.items() if key != "supports_check_mode"}
        checked = ArgumentSpecValidator(**rules).validate({**OPTIONS, **options})
        assert not checked.error_messages, checked.error_messages
        result = perform(module.run, checked.validated_parameters, check_mode, diff=True)[0]
        if not result.get("failed"):
            own = {key: value for key, value in result.items() if key not in ANSIBLE}
            assert undocumented(read(module.RETURN), own, "RETURN") == []
        return result
